/** Quotes as blocks of a message, and which quotes an exchange has. */

import type { AbstentionReason, Answer, Citation } from "../../domain/answer.ts";
import type { Outcome } from "../../domain/exchange.ts";
import { button, text } from "../components.ts";
import { customId, type ViewName } from "../custom-id.ts";
import { type Block, LONGEST_BLOCK } from "../pages.ts";
import { citationLines } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { quoted } from "../text.ts";

/**
 * A quote with its source, and a button that shows it where it stands.
 * @param around lines above it, at most 200 characters, and more of small print below its source.
 */
export function quoteBlock(
  citation: Citation,
  exchange: string,
  strings: Strings,
  around: { readonly above?: readonly string[]; readonly notes?: readonly string[] } = {},
): Block {
  const { required, optional } = citationLines(citation, strings);
  const above = [...(around.above ?? []), `**[${citation.number}]**`];
  const notes = (around.notes ?? []).map((note) => `-# ${note}`);
  const lines = [...above, quoted(citation.quote.text), ...required];
  // A quote is shown whole or not at all, and never without its source.
  const isWhole = lengthOf(lines) <= LONGEST_BLOCK;
  const shown = isWhole ? lines : [...above, `*${strings.answer.tooLong}*`, ...required];
  for (const line of [...notes, ...optional]) if (lengthOf([...shown, line]) <= LONGEST_BLOCK) shown.push(line);
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
  }
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

/** The quotes that a view of an outcome shows; "around" looks its own up. */
export function quotesIn(outcome: Outcome, { view }: ViewName): readonly Citation[] {
  if (view === "around") return [];
  if (outcome.kind !== "ask") return quotesOf(outcome);
  return view === "evidence" ? outcome.evidence : shownIn(outcome.answer);
}
