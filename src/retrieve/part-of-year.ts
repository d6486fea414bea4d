/** Parts of a year as reports write them: "the first ten months of 2023" is "from January to October". */

import { MONTHS, NUMBER_WORDS } from "../text/words.ts";

/** First and last month, from 1. */
const PARTS: readonly (readonly [RegExp, (match: RegExpExecArray) => readonly [number, number] | null])[] = [
  [/\bfirst (?:half|six months|semester)\b|\bH1\b/iu, () => [1, 6]],
  [/\b(?:second|last|latter) (?:half|semester)\b|\bH2\b/iu, () => [7, 12]],
  [
    /\b(first|second|third|fourth|last|final) quarter\b|\bQ([1-4])\b/iu,
    ([, word = "", digit]) => {
      const quarter =
        digit === undefined
          ? ["first", "second", "third", "fourth"].indexOf(word.toLowerCase()) + 1 || 4
          : Number(digit);
      return [quarter * 3 - 2, quarter * 3];
    },
  ],
  [
    /\bfirst (\p{L}+|\d{1,2}) months\b/iu,
    ([, count = ""]) => {
      const last = Number(NUMBER_WORDS.get(count.toLowerCase()) ?? count);
      return last >= 2 && last <= 12 ? [1, last] : null;
    },
  ],
];

/** The names of the first and the last month of the part of a year that a text names; empty for none. */
export function monthsOfPart(text: string): string[] {
  for (const [pattern, monthsOf] of PARTS) {
    const match = pattern.exec(text);
    const months = match === null ? null : monthsOf(match);
    if (months !== null) return [...new Set(months)].map((month) => MONTHS[month - 1] ?? "");
  }
  return [];
}
