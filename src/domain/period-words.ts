/** A period as a person says it: "2024", "January to June 2025", "3 to 5 February 2025". */

import type { PartialDate, Period } from "./report.ts";

/** What a language needs to say a period in the order of day, month, year. */
export interface PeriodWords {
  /** Twelve, January first. */
  readonly months: readonly string[];
  /** Between the first date and the last. */
  readonly to: string;
}

export const ENGLISH_PERIODS: PeriodWords = {
  months: [
    ...["January", "February", "March", "April", "May", "June"],
    ...["July", "August", "September", "October", "November", "December"],
  ],
  to: "to",
};

/** The period in words, no more exact than it has to be: the days of whole months and the months of whole years go. */
export function periodInWords(period: Period, words: PeriodWords): string {
  const { from, to } = wholeYears(wholeMonths(period));
  const [first, last] = [dateInWords(from, words), dateInWords(to, words)];
  if (from === to) return first.join(" ");
  // What the end says once more is left out of the beginning, where both are equally exact.
  let kept = first.length;
  const isAlike = first.length === last.length;
  while (isAlike && kept > 0 && first[kept - 1] === last[kept - 1]) kept -= 1;
  return [...first.slice(0, kept), words.to, ...last].join(" ");
}

function dateInWords(date: PartialDate, { months }: PeriodWords): string[] {
  const [year = "", month, day] = date.split("-");
  const named = month === undefined ? [] : [months[Number(month) - 1] ?? month];
  return [...(day === undefined ? [] : [String(Number(day))]), ...named, year];
}

function wholeMonths({ from, to }: Period): Period {
  const isWhole = from.length === 10 && to.length === 10 && from.endsWith("-01") && isLastOfMonth(to);
  return isWhole ? { from: from.slice(0, 7), to: to.slice(0, 7) } : { from, to };
}

function isLastOfMonth(date: PartialDate): boolean {
  // The end of every February of a range of days that is compared as text.
  if (date.endsWith("-02-29")) return true;
  const [year, month, day] = date.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate() === day;
}

function wholeYears({ from, to }: Period): Period {
  const isWhole = from.length === 7 && to.length === 7 && from.endsWith("-01") && to.endsWith("-12");
  return isWhole ? { from: from.slice(0, 4), to: to.slice(0, 4) } : { from, to };
}
