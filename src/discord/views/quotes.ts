/** Quotes as blocks of a message, and which quotes an exchange has. */

import type { Answer, Citation } from "../../domain/answer.ts";
import type { Outcome } from "../../domain/exchange.ts";
import { button, section, text } from "../components.ts";
import { customId, type ViewName } from "../custom-id.ts";
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
      return [...shownIn(outcome.answer), ...outcome.evidence];
    case "search":
      return outcome.passages;
    case "check":
      return outcome.result.statements.flatMap(({ citations }) => citations);
  }
}

/** The quotes of an answer; of an abstention those that are near. */
export function shownIn(answer: Answer): readonly Citation[] {
  return answer.kind === "answer"
    ? answer.claims.flatMap(({ citations }) => citations)
    : answer.nearest.map(({ citation }) => citation);
}

/** The quotes that a view of an outcome shows; "around" looks its own up. */
export function quotesIn(outcome: Outcome, { view }: ViewName): readonly Citation[] {
  if (view === "around") return [];
  if (outcome.kind !== "ask") return quotesOf(outcome);
  return view === "evidence" ? outcome.evidence : shownIn(outcome.answer);
}
