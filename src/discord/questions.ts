/** A question from its asking to its exchange: what was asked before, the answer, and the record. */

import type { AbstentionReason, Answer, Citation } from "../domain/answer.ts";
import type { Turn as PastTurn } from "../domain/conversation.ts";
import type { Exchange, Outcome } from "../domain/exchange.ts";
import type { Span } from "../domain/passage.ts";
import type { Filters, Hit } from "../domain/retrieval.ts";
import { describe } from "./faults.ts";
import type { BotParts } from "./parts.ts";
import { shownIn } from "./views/quotes.ts";

/** Who asks, and where. */
export interface Asker {
  readonly guildId: string;
  readonly channelId: string;
  readonly memberId: string;
  /** Whether only that member is to see what comes of it. */
  readonly isPrivate: boolean;
}

export interface Asked extends Asker {
  readonly question: string;
  readonly filters: Filters;
  /** Gives the id of the one report to look in. */
  readonly within?: () => Promise<string>;
  /** Whether the filters are those of the exchange that it may point back to. */
  readonly areFiltersInherited?: boolean;
  /** The exchange that it may point back to. */
  readonly follows: Exchange | null;
}

/** Earlier questions that a follow-up is understood from. */
const MOST_TURNS = 8;

/**
 * Asks Sitrep and keeps what came of it.
 * @throws {SitrepError} what `ask` throws.
 */
export async function ask(parts: BotParts, { within, ...whole }: Asked): Promise<Exchange> {
  const sources = within === undefined ? {} : { sources: [await within()] };
  const asked = { ...whole, filters: { ...whole.filters, ...sources } };
  const { question, filters } = asked;
  const conversation = await conversationOf(parts, asked.follows);
  const limited = await parts.sitrep.ask(question, { filters, conversation, trace: false });
  // A question that stands on its own is not meant for the one report that another was limited to.
  const isInherited = asked.areFiltersInherited === true && Object.keys(filters).length > 0;
  const isFree = isInherited && !limited.question.isMadeWhole;
  const result = isFree ? await parts.sitrep.ask(question, { conversation, trace: false }) : limited;
  const { answer, question: understood, retrieved, milliseconds } = result;
  // The question itself is kept out of the log by the logger, unless the settings let it in.
  const outcome = answer.kind === "answer" ? answer.confidence : answer.reason;
  parts.logger.info({ member: asked.memberId, question, outcome, milliseconds }, "A question was answered");
  return keep(parts, isFree ? { ...asked, filters: {} } : asked, {
    kind: "ask",
    question: understood,
    answer,
    evidence: evidenceBeside(shownIn(answer), retrieved),
  });
}

/** Keeps an outcome; where that fails it is shown all the same, and its buttons will find nothing. */
export function keep(parts: BotParts, asked: Asked, outcome: Outcome): Exchange {
  const { guildId, channelId, memberId, isPrivate, question, filters } = asked;
  const exchange = {
    guildId,
    channelId,
    memberId,
    isPrivate,
    question,
    filters,
    follows: asked.follows?.id ?? null,
    outcome,
  };
  try {
    if (parts.exchanges !== null) return parts.exchanges.keep(exchange);
  } catch (fault) {
    parts.logger.error({ fault: describe(fault) }, "An exchange could not be kept");
  }
  return { ...exchange, id: "unkept", askedAt: new Date().toISOString() };
}

/** A record of its own for what everybody sees now: a follow-up of it need not be private. */
export function keepShared({ exchanges, logger }: BotParts, exchange: Exchange, channelId: string): Exchange {
  // What came before it was private, and stays so.
  const shared = { ...exchange, channelId, isPrivate: false, follows: null };
  try {
    return exchanges?.keep(shared) ?? shared;
  } catch (fault) {
    logger.error({ fault: describe(fault) }, "A shared exchange could not be kept");
    return shared;
  }
}

/** Notes which message shows an exchange, so that a reply to it is understood. */
export function noteShown(parts: BotParts, exchange: Exchange, messageId: string): void {
  try {
    parts.exchanges?.shownIn(exchange.id, messageId);
  } catch (fault) {
    parts.logger.error({ fault: describe(fault) }, "What a message shows could not be noted");
  }
}

/** The last question that everybody in a thread saw answered; null where a channel is no thread. */
export function lastInThread(
  { exchanges }: BotParts,
  channel: { readonly id: string; isThread(): boolean } | null,
): Exchange | null {
  if (exchanges === null || channel?.isThread() !== true) return null;
  // A thread that was opened from a message has that message's id.
  return exchanges.lastIn(channel.id) ?? exchanges.ofMessage(channel.id);
}

/**
 * What was asked and answered before, as it may still be shown: of reports that were changed, removed or marked more
 * strictly since, nothing is taken up again.
 */
async function conversationOf({ exchanges, sitrep }: BotParts, last: Exchange | null): Promise<PastTurn[]> {
  if (last === null) return [];
  const chain = exchanges?.chain(last.id, MOST_TURNS) ?? [];
  // What everybody sees takes up nothing that was private.
  const open = (chain.length === 0 ? [last] : chain).filter(({ isPrivate }) => last.isPrivate || !isPrivate);
  const turns = open.flatMap(({ outcome }) => {
    if (outcome.kind !== "ask" || isBesideTheSubject(outcome.answer)) return [];
    const quotes = outcome.answer.kind === "answer" ? shownIn(outcome.answer).map(({ quote }) => quote) : [];
    return [{ question: outcome.question.text, isMadeWhole: outcome.question.isMadeWhole, quotes }];
  });
  const stands = await sitrep.verify(turns.flatMap(({ quotes }) => quotes));
  let at = 0;
  let isOneGone = false;
  return turns.flatMap(({ question, isMadeWhole, quotes }) => {
    const standing = quotes.filter(() => stands[at++] === true);
    isOneGone ||= standing.length < quotes.length;
    // A question that was made whole can hold words of what was quoted before it.
    return isOneGone && isMadeWhole ? [] : [{ question, quotes: standing }];
  });
}

/** Whether a question says nothing about what the next one may point back to: an order, thanks, a single word. */
function isBesideTheSubject(answer: Answer): boolean {
  return answer.kind === "abstention" && BESIDE_THE_SUBJECT.has(answer.reason);
}

const BESIDE_THE_SUBJECT: ReadonlySet<AbstentionReason> = new Set([
  "empty-question",
  "not-a-question-for-reports",
  "too-vague",
]);

/** What was found beside the quotes, with numbers that go on from theirs. */
function evidenceBeside(shown: readonly Citation[], found: readonly Hit[]): Citation[] {
  const last = Math.max(0, ...shown.map(({ number }) => number));
  return found
    .filter(({ passage }) => !shown.some(({ quote }) => quote.reportId === passage.reportId && overlap(quote, passage)))
    .map((hit, at) => citationOf(hit, last + at + 1));
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** A passage as a quote. What its report's other footnotes cite is left out: a record of every question keeps it. */
export function citationOf({ passage, reportPath, source }: Hit, number: number): Citation {
  const { reportId, start, end, text, locator } = passage;
  const quote = { reportId, start, end, text };
  return { number, quote, path: reportPath, source: { ...source, sources: [] }, locator, footnotes: [] };
}
