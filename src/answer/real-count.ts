/** Whether a figure of a sentence is a count at all: no change, rate, rank or sum of our own, and nothing denied. */

import type { Counted } from "./counted.ts";
import type { Figure } from "./figures.ts";
import { clauseOf, phraseOf, stretchOf } from "./surroundings.ts";
import type { Reported } from "./told.ts";

const RATE =
  /\b(?:[Aa]n average of|[Oo]n average|averaging|averaged)\b|\b(?:per|each|every) (?:day|week|month|year)\b|\ba (?:day|week|month|year)\b|\b(?:daily|monthly)\b/u;
const CHANGE_BEFORE =
  /\b(?:by|difference of|gap of|(?:rise|increase|fall|drop|decrease|decline|growth|surge|jump) of|additional|another|further|extra)\s+(?:\p{Ll}+\s){0,2}$/u;
const CHANGE_AFTER = /^\s(?:more|fewer|less|additional|further|extra)\b/iu;
/** "in the other paper the 45% is the increase in deaths": of what it is comes after it. */
const SAID_OF = /^\s(?:is|was|are|were) (?:the|an?|of)\s/u;
const PART_OF = /\b(?:of (?:whom|which|them|these|those)|including|among them|among whom|among these)\b/iu;
const OWN_SUM = /\bour own (?:arithmetic|sum|reading|count|comparison)\b/iu;
const DENIED = /\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut(?:es|ed)|disput(?:es|ed))\b/iu;
const SUPPOSED = /\b(?:doubt|misprint|wrongly|mistakenly|incorrectly|not confirmed|unconfirmed)\b/iu;

/** Whether a figure counts something that is so, and is no change, rate, rank or sum of our own. */
export function isACount({ figure, named }: Counted, reported: Reported, figures: readonly Figure[]): boolean {
  const { reading, polarity, view } = reported;
  if (figure.unit === "rank") return false;
  // "US$43,000": the name of the country is a part of the currency.
  const isOfCurrency = (end: number) => figure.unit === "dollar" && reading[end] === "$";
  if (view.names.some(({ start, end }) => start < figure.end && figure.start < end && !isOfCurrency(end))) return false;
  const before = reading.slice(Math.max(0, figure.start - 60), figure.start);
  const after = reading.slice(figure.end, figure.end + 60);
  const { start, end } = stretchOf(reading, figure, figures);
  if (RATE.test(reading.slice(start, end))) return false;
  if (figure.unit !== "%" && (CHANGE_BEFORE.test(before) || CHANGE_AFTER.test(after))) return false;
  // "(1,533 to 2,546)" behind a change is where it began and ended.
  if (figure.low !== figure.high && before.endsWith("(")) return false;
  // "saw it grow from 4,000 to 6,000": what it was before.
  if (/\bfrom\s$/u.test(before) && /^\s(?:\p{L}+\s){0,2}?to\s\p{N}/u.test(after)) return false;
  const comma = Math.max(reading.lastIndexOf(",", figure.start - 1), reading.lastIndexOf(";", figure.start));
  if (named === null && PART_OF.test(reading.slice(comma + 1, figure.start))) return false;
  if (figure.unit === "%" && SAID_OF.test(after)) return false;
  const phrase = phraseOf(reading, figure);
  if (OWN_SUM.test(reading.slice(phrase.start, phrase.end)) || OWN_SUM.test(reading.slice(0, 40))) return false;
  if (SUPPOSED.test(reading.slice(phrase.start, phrase.end))) return false;
  if (DENIED.test(reading.slice(clauseOf(reading, figure).start, figure.start))) return false;
  const at = view.tokens.findIndex((word) => word.end > figure.start);
  const part = polarity.stretchOf[at] ?? -1;
  return (polarity.negated[part]?.length ?? 0) === 0 && polarity.conditional[part] !== true;
}
