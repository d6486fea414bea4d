/** Dates and periods that a text names in words, as ranges of days. */

import { dateRange, type Period } from "../domain/report.ts";
import { MONTH_ABBREVIATIONS, MONTHS } from "../text/words.ts";

/** A time named in a text. */
export interface PeriodMention extends Period {
  readonly start: number;
  readonly end: number;
  /** How exactly it is named; a decade as years are. */
  readonly exactness: "day" | "month" | "year";
}

const MONTH = `(?<month>${[...MONTHS, ...MONTH_ABBREVIATIONS.keys()].join("|")})\\.?`;
const DAY = "(?<day>0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
const YEAR = "(?<year>(?:19|20)\\d\\d)";

/** Tried at each place from the most exact to the least. */
const FORMS: readonly { pattern: RegExp; exactness: PeriodMention["exactness"] }[] = [
  {
    pattern: new RegExp(`\\b${YEAR}-(?<monthNumber>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\\d|3[01])\\b`, "giu"),
    exactness: "day",
  },
  { pattern: new RegExp(`\\b${DAY}\\s+(?:of\\s+)?${MONTH},?\\s+${YEAR}\\b`, "giu"), exactness: "day" },
  { pattern: new RegExp(`\\b${MONTH}\\s+${DAY},?\\s+${YEAR}\\b`, "giu"), exactness: "day" },
  { pattern: new RegExp(`\\b${MONTH},?\\s+(?:of\\s+|in\\s+)?${YEAR}\\b`, "giu"), exactness: "month" },
  {
    pattern: new RegExp(
      `(?<![\\d/.,]|[A-Z\\d]-)\\b${YEAR}\\b(?![\\d/%]|[.,]\\d|\\s+(?:\\([^)]*\\)\\s+)?(?:[Cc]ommittee|[Ll]ist\\b|[Rr]esolution|[Tt]eam))`,
      "gu",
    ),
    exactness: "year",
  },
  // "The 1990s".
  { pattern: /(?<![\d/.,]|[A-Z\d]-)\b(?<decade>(?:19|20)\d0)s\b/gu, exactness: "year" },
];

/** Texts whose times are remembered: those of a few hundred passages and their sentences, about 5 MB. */
const MOST_REMEMBERED = 5_000;
const remembered = new Map<string, readonly PeriodMention[]>();

/** Named times in order of appearance, not overlapping. A month or day without its year is not a period. */
export function periodsIn(text: string): PeriodMention[] {
  if (!/(?:19|20)\d\d/.test(text)) return [];
  const known = remembered.get(text) ?? readPeriods(text);
  // A speed-up for texts that come back with every question, not a store.
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, known);
  return [...known];
}

function readPeriods(text: string): PeriodMention[] {
  const found: PeriodMention[] = [];
  for (const { pattern, exactness } of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const { year = "", month, monthNumber, day, decade } = match.groups ?? {};
      if (decade !== undefined) {
        found.push({ start, end, exactness, from: `${decade}-01-01`, to: `${Number(decade) + 9}-12-31` });
        continue;
      }
      const parts = [year, monthNumber ?? monthDigits(month), day?.padStart(2, "0")];
      const date = parts.filter((part) => part !== undefined).join("-");
      found.push({ start, end, exactness, ...dateRange(date) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function monthDigits(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const lower = name.toLowerCase();
  const index = MONTHS.indexOf(MONTH_ABBREVIATIONS.get(lower) ?? lower);
  return String(index + 1).padStart(2, "0");
}

/** Whether two periods share a day. */
export function overlaps(a: Period, b: Period): boolean {
  const first = { from: dateRange(a.from).from, to: dateRange(a.to).to };
  const second = { from: dateRange(b.from).from, to: dateRange(b.to).to };
  return first.from <= second.to && second.from <= first.to;
}
