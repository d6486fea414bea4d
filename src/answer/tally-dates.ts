/** Days and months without their year, in a report whose headings say of which year it is. */

import { dateRange, type Period } from "../domain/report.ts";
import { MONTHS } from "../text/words.ts";
import type { Figure } from "./figures.ts";
import { clauseOf } from "./surroundings.ts";
import type { CountedTime } from "./tally-time.ts";
import type { Reported } from "./told.ts";

const MONTH = `(?:${MONTHS.map((month) => month.charAt(0).toUpperCase() + month.slice(1)).join("|")})`;
const DATE = `(?:${MONTH}\\s\\d{1,2}|\\d{1,2}\\s${MONTH})(?![\\d,]*\\d|[-–]\\d)`;
const ON_DAY = new RegExp(`(?:\\b[Oo]n\\s)(${DATE})(?!\\s(?:and|to|or)\\s)`, "u");
const SPAN = new RegExp(
  `\\b(?:[Bb]etween|[Ff]rom)\\s(${DATE}|${MONTH})\\s(?:and|to|through|until)\\s(${DATE}|${MONTH})\\b`,
  "u",
);
const IN_MONTH = new RegExp(`\\bin the month of (${MONTH})\\b`, "u");
const FIRST_MONTHS = /\b(?:[Ii]n|[Dd]uring|for|over)\sthe\sfirst\s(\w+)\s(months|quarters)\sof\sthe\syear\b/u;
const HALF = /\b(?:[Ii]n|[Dd]uring)\sthe\s(first|second)\shalf\sof\sthe\syear\b/u;
const WHOLE = /\b(?:[Dd]uring|[Tt]hroughout|[Ii]n)\sthe\syear\b(?!\s(?:before|prior|ending|of|to))/u;
const ANY = new RegExp(`${DATE}|\\b${MONTH}\\b(?!\\s(?:said|told|be|not|have)\\b)`, "gu");
/** "On April 4, the Portal reported 300 dead": the day is that of the telling. */
const TELLING =
  /^,?\s(?:[^,;.]{0,60},\s)?[^,;.]{0,80}\b(?:reported|released|announced|said|published|stated|claimed|told|noted|estimated|alleged|confirmed|denied|ordered|ruled|sentenced|called)\b/u;
/** Other words of time, with which a bare date is not all of it. */
const OTHER =
  /\b(?:previously|following|after|previous|prior|past|last|earlier|ago|since|until|later|following day|as of|by the end|to date|anniversary|next)\b/iu;
const NUMBERS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
};

/**
 * The time of a figure whose sentence names days or months without a year, where title and headings name one year; null
 * where that is not sure: another year before it in its paragraph, several dates, or the day on which it was told.
 */
export function datedByHeading(figure: Figure, reported: Reported): CountedTime | null {
  const { reading, counts, aboutTimes, hit, sentence } = reported;
  const years = new Set(aboutTimes.map(({ from, to }) => `${from} ${to}`));
  const [about] = aboutTimes;
  if (about === undefined || years.size !== 1 || about.exactness !== "year" || counts.times.length > 0) return null;
  const year = about.from.slice(0, 4);
  if (about.to.slice(0, 4) !== year || OTHER.test(reading)) return null;
  const { passage } = hit;
  const first = passage.sentences.find(({ paragraph }) => paragraph === sentence.paragraph) ?? sentence;
  const before = passage.reading.slice(first.start - passage.start, sentence.start - passage.start);
  const others = [...before.matchAll(/\b(?:19|20)\d\d\b/gu)].filter(([other]) => other !== year);
  if (others.length > 0) return null;
  const period = periodOf(reading, figure, year);
  return period === null ? null : { ...period, part: "", base: "", basis: "heading" };
}

function periodOf(reading: string, figure: Figure, year: string): Period | null {
  const { start, end } = clauseOf(reading, figure);
  const clause = reading.slice(start, end);
  const dates = [...reading.matchAll(ANY)].length;
  const span = SPAN.exec(clause);
  if (span !== null) {
    const [from, to] = [dayOf(span[1] ?? "", year), dayOf(span[2] ?? "", year)];
    return dates !== 2 || from === null || to === null || to.to < from.from ? null : { from: from.from, to: to.to };
  }
  const month = IN_MONTH.exec(clause)?.[1];
  if (month !== undefined) return dates === 1 ? dayOf(month, year) : null;
  const day = ON_DAY.exec(clause);
  if (day !== null) {
    const isTold = TELLING.test(clause.slice(day.index + day[0].length));
    return dates === 1 && !isTold ? dayOf(day[1] ?? "", year) : null;
  }
  if (dates > 0) return null;
  const firsts = FIRST_MONTHS.exec(clause);
  if (firsts !== null) {
    const count = NUMBERS[firsts[1] ?? ""] ?? Number(firsts[1]);
    const months = firsts[2] === "quarters" ? 3 * count : count;
    return months >= 1 && months < 12 ? { from: `${year}-01-01`, to: dateRange(`${year}-${two(months)}`).to } : null;
  }
  const half = HALF.exec(clause)?.[1];
  if (half !== undefined)
    return half === "first"
      ? { from: `${year}-01-01`, to: `${year}-06-30` }
      : { from: `${year}-07-01`, to: `${year}-12-31` };
  return WHOLE.test(clause) ? dateRange(year) : null;
}

const two = (number: number): string => String(number).padStart(2, "0");

/** "May 25" or "May" of a year as days; null for a day that there is not. */
function dayOf(words: string, year: string): Period | null {
  const month = MONTHS.findIndex((name) => words.toLowerCase().includes(name)) + 1;
  const day = /\d+/u.exec(words)?.[0];
  if (month === 0 || (day !== undefined && (Number(day) < 1 || Number(day) > 31))) return null;
  return dateRange(day === undefined ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(Number(day))}`);
}
