/** An answer, or an abstention, as a message. */

import type { Abstained, AbstentionReason, Answered } from "../../domain/answer.ts";
import type { Exchange, Outcome } from "../../domain/exchange.ts";
import type { Filters } from "../../domain/retrieval.ts";
import { type Button, button, type Component, LONGEST_LABEL, row, text } from "../components.ts";
import { customId } from "../custom-id.ts";
import type { Block, View } from "../pages.ts";
import type { Strings } from "../strings.ts";
import { brief, shortened } from "../text.ts";
import { disagreementBlocks, premiseLines } from "./disagreement.ts";
import { claimBlocks, quoteBlock, shownIn } from "./quotes.ts";
import { unmetBlocks } from "./unmet.ts";

export type AskOutcome = Extract<Outcome, { kind: "ask" }>;

/** Characters of the question that stand above its answer; the rest was read by who typed it. */
const LONGEST_QUESTION = 180;
/** Where the question as it was understood stands below it. */
const LONGEST_BESIDE_UNDERSTOOD = 120;
const LONGEST_LIMIT = 60;
const LONGEST_EXPANSIONS = 80;
const LONGEST_EXPLANATION = 140;
const LONGEST_SUGGESTION = 400;
/** A block has room for no more. */
const MOST_SUGGESTIONS = 5;

/** @param suggestions questions that the reports answer; shown with an abstention only. */
export function answerView(
  exchange: Exchange,
  outcome: AskOutcome,
  suggestions: readonly string[],
  strings: Strings,
): View {
  const { answer } = outcome;
  return answer.kind === "answer"
    ? answeredView(exchange, outcome, answer, strings)
    : abstainedView(exchange, outcome, answer, suggestions, strings);
}

function answeredView(exchange: Exchange, outcome: AskOutcome, answer: Answered, strings: Strings): View {
  const { buttons } = strings;
  const hasMore = outcome.evidence.length > 0;
  return {
    colour: answer.confidence === "low" ? "weakAnswer" : "answer",
    head: [...questionLines(exchange, outcome, strings), ...premiseLines(answer, strings)],
    blocks: [
      ...answer.claims.flatMap((claim) => claimBlocks(claim, exchange.id, strings)),
      ...disagreementBlocks(answer, strings),
    ],
    foot: [strings.answer.confidence(answer.confidence)],
    buttons: [
      [
        ...(hasMore ? [opening(exchange, "evidence", buttons.moreEvidence)] : []),
        opening(exchange, "sources", buttons.sources),
        simple(exchange, "follow-up", buttons.followUp),
        ...(exchange.isPrivate ? [simple(exchange, "share", buttons.share)] : []),
      ],
      opinionButtons(exchange, strings),
    ],
  };
}

/** Reasons that the explanation says once more. */
const SAY_ENOUGH: ReadonlySet<AbstentionReason> = new Set(["period-not-covered", "weak-support"]);
const EXAMPLE = "Who leads the TTP?";

/** The explanation is in English: where the missing parts are known, they stand in its place, in any language. */
function explanationLines({ reason, explanation, unmet }: Abstained): string[] {
  return SAY_ENOUGH.has(reason) || unmet.length > 0 ? [] : [`-# ${brief(explanation, LONGEST_EXPLANATION)}`];
}

/** Whether most letters of a question are of another script than English is written in. */
function isForeign(question: string): boolean {
  const letters = question.match(/\p{L}/gu)?.length ?? 0;
  const latin = question.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters > 0 && latin < letters / 2;
}

function abstainedView(
  exchange: Exchange,
  outcome: AskOutcome,
  answer: Abstained,
  suggestions: readonly string[],
  strings: Strings,
): View {
  const { abstention, buttons } = strings;
  // Of a question in another language every word is missing, which says nothing of the reports.
  const isRead = !isForeign(outcome.question.text);
  const hasChoices = answer.choices.length > 0;
  // They are no answer, so they are shown briefly: without what their footnotes cite.
  const near = shownIn(answer).map((citation, at) =>
    quoteBlock({ ...citation, footnotes: [] }, exchange.id, strings, { above: at === 0 ? [abstention.near] : [] }),
  );
  return {
    colour: "abstention",
    head: [
      `### ${abstention.title}`,
      ...questionLines(exchange, outcome, strings),
      abstention.reasons[answer.reason],
      ...(isRead ? explanationLines(answer) : [abstention.inEnglish(EXAMPLE)]),
    ],
    blocks: [
      ...(isRead ? unmetBlocks(answer.unmet, strings) : []),
      // One row of questions: who is asked what was meant is not shown something else beside it.
      ...(hasChoices
        ? suggestionBlocks(answer.choices.slice(0, MOST_SUGGESTIONS), strings, abstention.didYouMean)
        : suggestionBlocks(suggestions, strings)),
      ...near,
    ],
    foot: [],
    buttons: [
      [
        simple(exchange, "follow-up", buttons.followUp),
        ...(exchange.isPrivate ? [simple(exchange, "share", buttons.share)] : []),
        ...opinionButtons(exchange, strings),
      ],
    ],
  };
}

/** What was asked, and as what it was understood. Discord shows others that somebody used a command, not with what. */
function questionLines({ question, filters }: Exchange, outcome: AskOutcome, { answer }: Strings): string[] {
  const { text: whole, isMadeWhole, expansions } = outcome.question;
  const lines = [answer.asked(brief(question, isMadeWhole ? LONGEST_BESIDE_UNDERSTOOD : LONGEST_QUESTION))];
  const limits = limitWords(filters, answer);
  if (limits.length > 0) lines.push(`-# ${limits.join(" · ")}`);
  if (isMadeWhole) lines.push(answer.understoodAs(brief(whole, LONGEST_QUESTION)));
  const telling = expansions.filter(isTelling);
  if (telling.length > 0) {
    lines.push(`-# ${answer.searchedAs(brief(telling.join(", ").replaceAll("->", "→"), LONGEST_EXPANSIONS))}`);
  }
  return lines;
}

/** Which reports an answer was looked for in, where not in all. */
function limitWords({ sources = [], since, until }: Filters, answer: Strings["answer"]): string[] {
  return [
    ...sources.slice(0, 1).map((id) => answer.limitedTo(brief(id, LONGEST_LIMIT))),
    ...(since === undefined ? [] : [answer.limitedSince(since)]),
    ...(until === undefined ? [] : [answer.limitedUntil(until)]),
  ];
}

/** Whether more than capitals were changed. */
function isTelling(expansion: string): boolean {
  const [typed = "", used = ""] = expansion.split(" -> ");
  return typed.toLowerCase() !== used.toLowerCase();
}

/**
 * Questions with a button each; one that is too long for a button stands there all the same.
 * @param suggestions at most `MOST_SUGGESTIONS`.
 */
export function suggestionBlocks(suggestions: readonly string[], strings: Strings, title?: string): Block[] {
  const questions = [...new Set(suggestions)].filter((question) => question.trim() !== "");
  if (questions.length === 0) return [];
  const asked = questions.map((question) => ({ question, id: customId({ kind: "try", question }) }));
  const buttons = asked.flatMap(({ question, id }) => {
    return id === null ? [] : [button(id, shortened(question, LONGEST_LABEL))];
  });
  const lines = asked.filter(({ id }) => id === null).map(({ question }) => `- ${brief(question, LONGEST_SUGGESTION)}`);
  const heading = text([title ?? strings.abstention.suggestions, ...lines].join("\n"));
  // A row for each: the questions are long, and a phone shows two buttons beside each other cut short.
  const components: Component[] = [heading, ...buttons.map((each) => row(each))];
  return [{ components }];
}

function opinionButtons(exchange: Exchange, { buttons }: Strings): Button[] {
  return [simple(exchange, "helpful", buttons.helpful), simple(exchange, "not-helpful", buttons.notHelpful)];
}

function simple({ id }: Exchange, kind: "helpful" | "not-helpful" | "share" | "follow-up", label: string): Button {
  return button(customId({ kind, exchange: id }) ?? "", label);
}

function opening({ id }: Exchange, view: "evidence" | "sources", label: string): Button {
  return button(customId({ kind: "open", exchange: id, view }) ?? "", label);
}
