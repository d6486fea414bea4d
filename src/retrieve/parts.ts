/** A question that asks several things, taken apart. */

import type { Question } from "./question.ts";

/** Parts that are looked for at most; more is a list, not a question. */
const MOST_PARTS = 3;
const ASKS =
  "(?:(?:in|on|at|by|for|from|to|with|of|under|since|until|against|about) )?(?:who|whom|whose|what|which|when|where|why|how)\\b|(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would|should)\\b";
/** Where one question ends and another begins: after its mark, or before "and who", "but why". */
const BETWEEN = new RegExp(
  `[?;]+\\s+(?:(?:and|or|but|also|then)\\b,?\\s+)*|[.]\\s+(?=${ASKS})|,?\\s+(?:and|or|but|also|then)(?:\\s+also)?,?\\s+(?=${ASKS})`,
  "giu",
);
const ASKS_SOMETHING = /\?|\b(?:who|whom|whose|what|which|when|where|why|how)\b/iu;
/** Words of a part, or it is a tail such as "and why". */
const LEAST_WORDS = 3;

/**
 * The questions in a text, in order; empty where it asks one thing. "Who leads X, and how many fighters has X?" has
 * two; "What does X say and do?" has one. Linear in its length.
 */
export function partsOf(text: string): string[] {
  // A statement has no parts: "It was founded in 2007, and was banned in 2008" asks nothing.
  if (!ASKS_SOMETHING.test(text)) return [];
  const parts = text
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => (part.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= LEAST_WORDS);
  return parts.length < 2 || parts.length > MOST_PARTS ? [] : parts;
}

/** Things that a part must name for itself; fewer lean on the rest ("and how many of them died?"). */
const LEAST_KNOWN = 3;

/**
 * The parts of a question that stand on their own, understood; empty where there are not two of them. A part that
 * leans on another is found by the whole.
 */
export function partsOfQuestion(text: string, understand: (part: string) => Question): Question[] {
  const parts = partsOf(text)
    .map(understand)
    .filter(({ units }) => units.filter(({ shaping, known }) => !shaping && known).length >= LEAST_KNOWN);
  return parts.length < 2 ? [] : parts;
}
