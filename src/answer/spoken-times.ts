/** The times that quoted words speak of, with their years where these have to be taken from around them. */

import type { PartialDate, Period } from "../domain/report.ts";
import { dateRange, isPartialDate } from "../domain/report.ts";
import { exactPartOfYear } from "../retrieve/part-of-year.ts";
import { MONTH_ABBREVIATIONS, MONTHS } from "../text/words.ts";
import { type Time, timesOf } from "./times.ts";

/** A time that quoted words speak of, as exactly as they name it. `from` is never after `to`. */
export interface SpokenTime extends Period {
  readonly start: number;
  readonly end: number;
  /** When a document came out or somebody spoke: what is said is about it only where no other time is named. */
  readonly isOfSaying: boolean;
  /** That of a document: "the report of July 2024". */
  readonly isOfDocument: boolean;
  /** "As of" it: whatever else is named, this is the time that counts. */
  readonly isAsOf: boolean;
  readonly isYearOnly: boolean;
}

/** What stands around quoted words and tells what they leave out. */
export interface TimeContext {
  /** The year that a month without one is in; null where nothing tells. `month` is 1 to 12. */
  readonly yearOf: (month: number) => number | null;
  /** The last day that the report can know of; null where that is unknown. */
  readonly known: PartialDate | null;
}

const FULL_MONTH = MONTHS.map((month) => month.charAt(0).toUpperCase() + month.slice(1)).join("|");
const SHORT_MONTH = [...MONTH_ABBREVIATIONS.keys()].map((month) => month.charAt(0).toUpperCase() + month.slice(1));
const MONTH = `(?<month>${FULL_MONTH}|(?:${SHORT_MONTH.join("|")})\\b\\.?)`;
const DAY = "(?<day>0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
/** Days and months without a year, from the most exact to the least. "May" and "March" need a word that makes them times. */
const BARE: readonly RegExp[] = [
  new RegExp(`\\b${DAY}\\s+(?:of\\s+)?${MONTH}(?![\\p{L}\\d])`, "gu"),
  new RegExp(
    `\\b${MONTH}\\s+${DAY}(?![\\p{L}\\d%]|[.,:]\\d|\\s+(?:percent|people|militants|attacks|soldiers)\\b)`,
    "gu",
  ),
  new RegExp(
    `\\b(?:in|by|of|since|until|till|during|from|to|between|and|through|early|mid|late|last|this|for|before|after|around|or|[-–])[\\s-]*${MONTH}(?![\\p{L}\\d-])`,
    "giu",
  ),
  new RegExp(
    `\\b(?<month>${MONTHS.filter((month) => month !== "may" && month !== "march")
      .map((month) => month.charAt(0).toUpperCase() + month.slice(1))
      .join("|")})(?![\\p{L}\\d-])`,
    "gu",
  ),
];
/** A day that became the name of an event. */
const EVENT = /^\s+(?:attacks?|hijackers?|plot|terrorists?|Commission)\b/u;

/** A year in the name of a law, a resolution or a committee. */
const LAW_AFTER =
  /^\s+(?:\([^)]{1,30}\)\s+)?(?:[\p{L}’'-]+\s+){0,5}?(?:Act|Ordinance|Convention|Constitution|Treaty|Protocol|Committee|Monitoring Team|Code|Rules|Regulations?|Declaration|Covenant|Doctrine|Accords?|Agreement|Commission)\b/u;
const LAW_BEFORE =
  /(?:\b(?:Act|Ordinance|Convention|Constitution|Treaty|Protocol|Code|Rules|Regulations?|Declaration|Covenant|Order|Resolution)s?,?\s(?:of\s|\()?|\bresolutions?\s[\d\s,and()]{1,40}\(|\d{3,4}\s?\()\s*$/iu;
/** What a document says in its name or its date: "report of July 2024", "the 35th report (February 2025)". */
const DOCUMENT_BEFORE =
  /\b(?:report|reports|edition|survey|story|entry|article|accounts?|coverage|text|piece|digest|feature|editorial|op-ed|briefing|statement|letter|release|wording|excerpts?|copy|version|speech|interview|judg?ment|memo|assessment|bulletin|update)\s(?:(?:published|issued|dated|released|circulated|delivered|for|of|in|on|from)\s){1,2}(?:about\s|around\s|early\s|late\s|mid-?\s?|the\s)?\s*$|\breports?\s\(\s*$|\baccording to\b[^,;.]{1,70}\s(?:of|in|on|from)\s*$/iu;
const DOCUMENT_AFTER =
  /^(?:['’]s)?\s+(?:[\p{L}-]+\s+){0,2}?(?:report|story|entry|article|editorial|op-ed|edition|feature|survey|assessment|bulletin|briefing|statement|interview|speech|letter|press release|release|update)\b/iu;
const SAID_BEFORE =
  /\b(?:said|told|stated|wrote|reported|relayed|alleged|claimed|argued|asserted|added|warned|noted|quoted|cited|remarked|published|released|said so|carried(?! out))\b(?:\s(?:\p{Lu}[\p{L}-]+\s?){1,4})?(?:\s(?:again|so|publicly|the figures|the data|its data|this|it|them|in a statement|to \p{L}+))?\s?\b(?:on|in|around|about)\s(?:about\s|around\s|early\s|late\s)?\s*$/iu;
/** "The worst month since 2016": how far one looks back, not what is spoken of. */
const RECORD =
  /\b(?:first|worst|highest|lowest|deadliest|largest|biggest|smallest|fewest|most|least|record|bloodiest|second|third|fastest|steepest)\b[^;.]{0,60}\bsince\s*(?:about\s|early\s|late\s|mid-?)?$/iu;
/** What a figure is compared with, further away than the times themselves are looked at. */
const BASE_AFAR =
  /(?:\bthan(?!\s(?:[\d.,$]|(?:an?|one|two|three|half|some)\s|\p{L}+\s(?:hundred|thousand|dozen)))|\b(?:compared (?:with|to)|in comparison (?:with|to)|versus|relative to|as opposed to|down from|up from|the same (?:period|time|months?|quarter|half|stretch) (?:in|of|a year|the year))|\b(?:below|above|against|behind)(?=\s(?:the\s)?(?:\d|(?:in\s)?$)))(?!\p{L})(?:(?!\b(?:in|during|for|of)\s\p{Lu}?\p{L}*\s?(?:19|20)\d\d)[^,;.]){0,60}$/iu;
const CHANGED_FROM =
  /\bfrom\s(?:(?:about|some|around|over|nearly|at least|just)\s)*[\d.,]+%?(?:\s\p{L}+){0,3}\s(?:in|for|during)\s$/iu;
const CHANGE =
  /%|\bper\s?cent\b|\b(?:more|fewer|less|higher|lower|rose|fell|increase\w*|decrease\w*|decline\w*|grew|drop\w*|behind|up|down|same|worse|better|double\w*|below|above)\b/iu;
const NO_EDITION =
  /\b(?:between|around|late|early|mid|against|circa|to|till|fiscal|fy|year|about|calendar|spring|summer|autumn|winter|fall|ramadan|at|as of|starting|beginning|earlier|later)\)?\s$/iu;
const AS_OF = /\bas (?:of|at|on)\s(?:the end of\s|early\s|late\s|mid-?\s?|about\s)?\s*$/iu;
const LIMIT = /\b(?:until|till|through|by|before|expir\w+ (?:on|in)|valid to)\s(?:the end of\s)?$/iu;
/** Characters around a time that say how it is meant. */
const REACH = 90;

/**
 * The times that a text speaks of, in order: not those that a figure is compared with, nor the days of the press, nor
 * years in names, nor what lies beyond what the report can know. Linear in its length but for the short stretches around each time.
 */
export function spokenTimes(text: string, context: TimeContext): SpokenTime[] {
  const full = timesOf(text);
  const found: SpokenTime[] = [];
  const add = (span: { start: number; end: number }, period: Period, isYearOnly: boolean) => {
    const before = text.slice(Math.max(0, span.start - REACH), span.start);
    const isAhead = context.known !== null && dateRange(period.from).from > dateRange(context.known).to;
    // Nobody knows how things are then: a mandate is renewed until it.
    if (isAhead && LIMIT.test(before)) return;
    const after = text.slice(span.end, span.end + REACH);
    if (RECORD.test(before) || isBaseAfar(before, after)) return;
    const isOfDocument = DOCUMENT_BEFORE.test(before) || DOCUMENT_AFTER.test(after);
    const isOfSaying = isOfDocument || SAID_BEFORE.test(before);
    found.push({ ...span, ...period, isOfSaying, isOfDocument, isAsOf: AS_OF.test(before), isYearOnly });
  };
  for (const time of full) {
    const before = text.slice(Math.max(0, time.start - REACH), time.start);
    const after = text.slice(time.end, time.end + REACH);
    if (time.isPress || time.isBase || (time.isEdition && !NO_EDITION.test(before))) continue;
    if (time.exactness === "year" && (LAW_AFTER.test(after) || LAW_BEFORE.test(before))) continue;
    add(time, periodOf(time, before, after, context.known), time.exactness === "year");
  }
  for (const bare of bareTimes(text, full, context)) {
    const before = text.slice(Math.max(0, bare.start - REACH), bare.start);
    const openEnd = /\bsince\s*$/iu.test(before) ? context.known : null;
    add(bare, { from: bare.date, to: openEnd !== null && openEnd > bare.date ? openEnd : bare.date }, false);
  }
  return withoutYearsOfMonths(
    text,
    found.sort((a, b) => a.start - b.start),
  );
}

function isBaseAfar(before: string, after: string): boolean {
  if (/^\W*(?:Against|Compared (?:with|to)|Versus)\s(?:the \p{L}+ of\s)?$/u.test(before)) return true;
  if (CHANGED_FROM.test(before) && /^[^;.]{0,60}\bto\b/u.test(after)) return true;
  return BASE_AFAR.test(before) && CHANGE.test(before);
}

/** "November was the worst month of 2024" speaks of November. */
function withoutYearsOfMonths(text: string, times: readonly SpokenTime[]): SpokenTime[] {
  return times.filter(
    (time) =>
      !(
        time.isYearOnly &&
        /\b(?:month|day|week|quarter|half|year)s? (?:of|in)\s*$/iu.test(text.slice(0, time.start)) &&
        times.some((other) => !other.isYearOnly && other.from.startsWith(time.from) && other.end <= time.start)
      ),
  );
}

interface BareTime {
  readonly start: number;
  readonly end: number;
  readonly date: PartialDate;
}

/** Days and months without a year, with the year of what they are joined to, or else of what stands around. */
function bareTimes(text: string, full: readonly Time[], context: TimeContext): BareTime[] {
  const found: BareTime[] = [];
  for (const pattern of BARE) {
    for (const match of text.matchAll(pattern)) {
      const name = match.groups?.month ?? "";
      if (!/^\p{Lu}/u.test(name)) continue;
      const written = match.groups?.day === undefined ? name : match[0];
      const end = match.index + match[0].length;
      const start = end - written.length;
      if ([...full, ...found].some((other) => start < other.end && other.start < end)) continue;
      if (EVENT.test(text.slice(end, end + 20))) continue;
      const lower = name.toLowerCase().replace(".", "");
      const month = MONTHS.indexOf(MONTH_ABBREVIATIONS.get(lower) ?? lower) + 1;
      const year = yearIn(text, start, end, month, full) ?? context.yearOf(month);
      if (month === 0 || year === null) continue;
      const parts = [
        String(year),
        digits(month),
        ...(match.groups?.day === undefined ? [] : [digits(match.groups.day)]),
      ];
      const date = parts.join("-");
      if (isPartialDate(date)) found.push({ start, end, date });
    }
  }
  return found;
}

/** What may stand between a month without its year and the time that has it: "January and February 2025". */
const JOINED =
  /^(?:\s*(?:to|and|or|through|until|till|,|-|–|—|\/)\s*(?:(?:early|late|mid-?|on|in|the)\s)?(?:\d{1,2}\s)?(?:\p{Lu}\p{Ll}+\.?(?:\s\d{1,2})?\s*,?\s*(?:and|or|to)?\s*)?){1,3}$/u;

/** The year that the text itself gives a month: that of the time it is joined to, or of the last exact one before it. */
function yearIn(text: string, start: number, end: number, month: number, full: readonly Time[]): number | null {
  const next = full.find((time) => time.start >= end && time.start - end < 40);
  if (next !== undefined && next.exactness !== "year" && JOINED.test(text.slice(end, next.start))) {
    const year = Number(next.from.slice(0, 4));
    return month > Number(next.from.slice(5, 7)) ? year - 1 : year;
  }
  // "November was the worst month of 2024"; "in March of that year" after an exact date.
  const later = full.find((time) => time.start >= end && time.exactness === "year");
  if (
    later !== undefined &&
    /^[^;.]{0,40}\b(?:month|day|week|quarter) (?:of|in)\s$/u.test(text.slice(end, later.start))
  ) {
    return Number(later.from.slice(0, 4));
  }
  const last = full.findLast((time) => time.end <= start && !time.isBase && !time.isEdition && !time.isPress);
  if (last === undefined || last.exactness === "year") return null;
  const year = Number(last.from.slice(0, 4));
  // "From November 2022 to March".
  const goesOver = /^\s*(?:to|and|until|till|through|-|–|—)\s*$/u.test(text.slice(last.end, start));
  return goesOver && month < Number(last.from.slice(5, 7)) ? year + 1 : year;
}

/** A named time as exactly as it is named: a half or a quarter of a year, a span that goes on, or the time itself. */
function periodOf(time: Time, before: string, after: string, known: PartialDate | null): Period {
  const year = time.from.slice(0, 4);
  // A decade is named as years are.
  const last = time.to.slice(0, 4);
  if (time.exactness === "year" && last !== year) return { from: year, to: last };
  if (time.exactness === "year") {
    const part = exactPartOfYear(before);
    if (part !== null) return { from: `${year}-${digits(part.first)}`, to: `${year}-${digits(part.last)}` };
    // "2018-2022", "2024-25": the second year is none by itself.
    const second = /^\s?[-–—/]\s?((?:19|20)\d\d|\d\d)(?![\d-])/u.exec(after)?.[1];
    if (second !== undefined) {
      const to = second.length === 4 ? second : `${year.slice(0, 2)}${second}`;
      if (Number(to) > Number(year) && Number(to) - Number(year) < 50 && (second.length === 4 || Number(second) > 12)) {
        return { from: year, to };
      }
    }
  }
  const own = asNamed(time);
  if (time.part === "since" && known !== null && dateRange(known).to > time.to) return { from: own, to: known };
  return { from: own, to: own };
}

function asNamed({ from, exactness }: Time): PartialDate {
  // "30 February" is a slip of the pen; the month is right.
  const day = exactness === "day" && isPartialDate(from) ? from : from.slice(0, 7);
  return exactness === "year" ? from.slice(0, 4) : day;
}

function digits(value: number | string): string {
  return String(Number(value)).padStart(2, "0");
}
