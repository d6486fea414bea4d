/** Quotes as blocks of a message, and which quotes an exchange has. */

import type { Citation } from "../../domain/answer.ts";
import type { Outcome } from "../../domain/exchange.ts";
import type { Hit } from "../../domain/retrieval.ts";
import { button, section, text } from "../components.ts";
import { customId } from "../custom-id.ts";
import { type Block, LONGEST_BLOCK } from "../pages.ts";
import { citationLines } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { quoted } from "../text.ts";

/**
 * A quote with its source, and a button that shows it where it stands.
 * @param exchange null: no button.
 * @param notes lines of small print below the source.
 */
export function quoteBlock(
  citation: Citation,
  exchange: string | null,
  strings: Strings,
  notes: readonly string[] = [],
): Block {
  const label = `**[${citation.number}]**`;
  const below = [...citationLines(citation, strings), ...notes.map((note) => `-# ${note}`)];
  const whole = (lines: readonly string[]) => [label, quoted(citation.quote.text), ...lines].join("\n");
  const without = (lines: readonly string[]) => [label, `*${strings.answer.tooLong}*`, ...lines].join("\n");
  // A quote is shown whole or not at all. What is said about a source can be as long as somebody makes it, too.
  let content = whole(below);
  while (content.length > LONGEST_BLOCK && below.length > 4) {
    below.pop();
    content = whole(below);
  }
  if (content.length > LONGEST_BLOCK) content = without(below);
  const id = exchange === null ? null : customId({ kind: "open", exchange, view: "around", quote: citation.number });
  return [id === null ? text(content) : section(content, button(id, strings.buttons.passage(citation.number)))];
}

/** Every quote that an exchange shows, and what else was found for it, numbered through. */
export function quotesOf(outcome: Outcome): readonly Citation[] {
  switch (outcome.kind) {
    case "ask":
      return [...shownIn(outcome), ...evidenceOf(outcome)];
    case "search":
      return outcome.result.hits.map((hit, at) => citationOf(hit, at + 1));
    case "check":
      return outcome.result.statements.flatMap(({ citations }) => citations);
  }
}

type AskOutcome = Extract<Outcome, { kind: "ask" }>;

/** The quotes of an answer; of an abstention those that are near. */
export function shownIn({ result: { answer } }: AskOutcome): readonly Citation[] {
  return answer.kind === "answer"
    ? answer.claims.flatMap(({ citations }) => citations)
    : answer.nearest.map(({ citation }) => citation);
}

/** The passages that were found beside those that are quoted; their numbers go on from the quotes'. */
export function evidenceOf(outcome: AskOutcome): readonly Citation[] {
  const shown = shownIn(outcome);
  const last = Math.max(0, ...shown.map(({ number }) => number));
  return outcome.result.retrieved
    .filter(
      ({ passage }) => !shown.some(({ quote }) => quote.reportId === passage.reportId && overlaps(quote, passage)),
    )
    .map((hit, at) => citationOf(hit, last + at + 1));
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function overlaps(one: Range, other: Range): boolean {
  return one.start < other.end && other.start < one.end;
}

function citationOf({ passage, reportPath, source }: Hit, number: number): Citation {
  const { reportId, start, end, text: words, locator } = passage;
  return { number, quote: { reportId, start, end, text: words }, path: reportPath, source, locator, footnotes: [] };
}
