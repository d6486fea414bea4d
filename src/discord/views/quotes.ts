/** Quotes as blocks of a message, and which quotes an exchange has. */

import type { AbstentionReason, Answer, Citation, Claim } from "../../domain/answer.ts";
import { citationsIn } from "../../domain/briefing.ts";
import { claimOf } from "../../domain/claim-rules.ts";
import type { Outcome } from "../../domain/exchange.ts";
import { claimLines, corroborationNotes, opinionLines } from "../claim-lines.ts";
import { button, text } from "../components.ts";
import { customId, type ViewName } from "../custom-id.ts";
import { type Block, LONGEST_BLOCK } from "../pages.ts";
import { citationLines } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { quoted } from "../text.ts";

/** The quotes of a claim, each with the claim's time and voice; who else says so stands below the last one. */
export function claimBlocks(claim: Claim, exchange: string, strings: Strings): Block[] {
  const last = claim.citations.length - 1;
  return claim.citations.map((citation, at) => {
    const notes = at === last ? corroborationNotes(claim.corroboration, strings) : [];
    return quoteBlock(citation, exchange, strings, { claim, notes });
  });
}

/**
 * A quote with its source, and a button that shows it where it stands.
 * @param around lines above it, at most 60 characters, the claim that it carries, and more of small print below its
 *   source.
 */
export function quoteBlock(
  citation: Citation,
  exchange: string,
  strings: Strings,
  around: { readonly above?: readonly string[]; readonly claim?: Claim; readonly notes?: readonly string[] } = {},
): Block {
  const { claim = null } = around;
  const source = citationLines(citation, strings);
  const above = [...(around.above ?? []), `**[${citation.number}]**`, ...opinionLines(citation, claim, strings)];
  const required = [...(claim === null ? [] : claimLines(citation, claim, strings)), ...source.required];
  const optional = [...(around.notes ?? []).map((note) => `-# ${note}`), ...source.optional];
  const lines = [...above, quoted(citation.quote.text), ...required];
  // A quote is shown whole or not at all, and never without its source.
  const isWhole = lengthOf(lines) <= LONGEST_BLOCK;
  const shown = isWhole ? lines : [...above, `*${strings.answer.tooLong}*`, ...required];
  for (const line of optional) if (lengthOf([...shown, line]) <= LONGEST_BLOCK) shown.push(line);
  const id = customId({ kind: "open", exchange, view: "around", quote: citation.number });
  return {
    components: [text(shown.join("\n"))],
    button: id === null ? undefined : button(id, strings.buttons.passage(citation.number)),
  };
}

function lengthOf(lines: readonly string[]): number {
  return lines.join("\n").length;
}

/** Every quote that an exchange shows, and what else was found for it, numbered through. */
export function quotesOf(outcome: Outcome): readonly Citation[] {
  switch (outcome.kind) {
    case "ask":
      return [...shownIn(outcome.answer), ...outcome.evidence];
    case "search":
      return outcome.passages;
    case "check":
      return outcome.result.statements.flatMap(({ citations }) => citations);
    case "brief":
      return citationsIn(outcome.briefing);
  }
}

/** The claim that a quote of an exchange carries; null where it carries none. */
export function claimShowing(outcome: Outcome, quote: number): Claim | null {
  if (outcome.kind === "brief") {
    return claimOf(
      outcome.briefing.sections.flatMap(({ lines }) => lines),
      quote,
    );
  }
  if (outcome.kind !== "ask" || outcome.answer.kind !== "answer") return null;
  return claimOf(outcome.answer.claims, quote);
}

/** The quotes of an answer; of an abstention those that are near, where anything was asked that they could be near to. */
export function shownIn(answer: Answer): readonly Citation[] {
  if (answer.kind === "answer") return answer.claims.flatMap(({ citations }) => citations);
  return LOOK_NO_FURTHER.has(answer.reason) ? [] : answer.nearest.map(({ citation }) => citation);
}

/** A greeting, an order, a single word, the present moment. */
const LOOK_NO_FURTHER: ReadonlySet<AbstentionReason> = new Set([
  "empty-question",
  "not-a-question-for-reports",
  "too-vague",
  "live-event",
]);

/** The quotes that a view of an outcome shows; "around" looks its own up, and each page of a briefing has its own. */
export function quotesIn(outcome: Outcome, { view }: ViewName): readonly Citation[] {
  if (view === "around" || (outcome.kind === "brief" && view === "main")) return [];
  if (outcome.kind !== "ask") return quotesOf(outcome);
  return view === "evidence" ? outcome.evidence : shownIn(outcome.answer);
}
