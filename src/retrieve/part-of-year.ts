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

/** The part of a year that the words before it name, from 1, with the length of these words. */
export interface PartOfYear {
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

const ORDER = "first|1st|second|2nd|third|3rd|fourth|4th|latter|last|final|other|opening|closing|initial";
/** Words right before a year: "the first half of", "Q3", "the first nine months of", "mid-". */
const HALF = new RegExp(
  `\\b(?:the\\s+)?(?:(?<word>${ORDER})\\s+half\\s+(?:of\\s+)?(?:the year\\s+)?|H(?<number>[12])\\s+(?:of\\s+)?)$`,
  "iu",
);
const QUARTER = new RegExp(
  `\\b(?:the\\s+)?(?:(?<word>${ORDER})\\s+quarter\\s+(?:of\\s+)?(?:the year\\s+)?|Q(?<number>[1-4])\\s+(?:of\\s+)?)$`,
  "iu",
);
const SOME_MONTHS = new RegExp(
  `\\b(?:the\\s+)?(?<word>${ORDER})\\s+(?<count>\\p{L}+|\\d{1,2})\\s+months\\s+of\\s+(?:the year\\s+)?$`,
  "iu",
);
const ROUGHLY: readonly (readonly [RegExp, number, number])[] = [
  [/\b(?:the\s+)?(?:early|beginning of|start of)[\s-]+$/iu, 1, 4],
  [/\b(?:the\s+)?(?:mid|middle of)[\s-]*$/iu, 5, 8],
  [/\b(?:the\s+)?(?:late|end of)[\s-]+$/iu, 9, 12],
];
const ORDERS = new Map([
  ["first", 1],
  ["1st", 1],
  ["opening", 1],
  ["initial", 1],
  ["second", 2],
  ["2nd", 2],
  ["third", 3],
  ["3rd", 3],
  ["fourth", 4],
  ["4th", 4],
]);

/** The part of a year that the words right before it name ("the first half of", "Q3", "mid-"); null where they name none. */
export function partOfYear(before: string): PartOfYear | null {
  const exact = exactPartOfYear(before);
  if (exact !== null) return exact;
  for (const [pattern, first, last] of ROUGHLY) {
    const match = pattern.exec(before);
    if (match !== null) return { first, last, length: match[0].length };
  }
  return null;
}

/** The same for what has months of its own: halves, quarters and months that are counted. */
export function exactPartOfYear(before: string): PartOfYear | null {
  const half = HALF.exec(before);
  if (half !== null) {
    const isFirst = (half.groups?.number ?? String(orderOf(half, 2))) === "1";
    return { first: isFirst ? 1 : 7, last: isFirst ? 6 : 12, length: half[0].length };
  }
  const quarter = QUARTER.exec(before);
  if (quarter !== null) {
    const number = Number(quarter.groups?.number ?? orderOf(quarter, 4));
    return { first: number * 3 - 2, last: number * 3, length: quarter[0].length };
  }
  const some = SOME_MONTHS.exec(before);
  const word = some?.groups?.count?.toLowerCase() ?? "";
  const count = Number(NUMBER_WORDS.get(word) ?? word);
  if (some === null || !(count >= 1 && count <= 12)) return null;
  return orderOf(some, 4) === 1
    ? { first: 1, last: count, length: some[0].length }
    : { first: 13 - count, last: 12, length: some[0].length };
}

/** Which one of so many it is; the last where the word says no number. */
function orderOf({ groups }: RegExpExecArray, of: number): number {
  return ORDERS.get(groups?.word?.toLowerCase() ?? "") ?? of;
}
