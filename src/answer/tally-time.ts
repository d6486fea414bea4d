/** The time that a figure of a report is for, and what a change is measured against. */

import { dateRange, type Period } from "../domain/report.ts";
import { MONTHS } from "../text/words.ts";
import type { Counted } from "./counted.ts";
import { clauseOf } from "./surroundings.ts";
import { isSameTime, type Time } from "./times.ts";
import type { Reported, Told } from "./told.ts";

/** The time of a figure. */
export interface CountedTime extends Period {
  /** Which part of it is meant, or which way from it: "second half", "since"; "" for all of it. */
  readonly part: string;
  /** Of a change, what it is measured against; "" where nothing is, "?" where it is not told. */
  readonly base: string;
  /** What tells it: the sentence, a heading or sentence around it, or the period that its report covers. */
  readonly basis: "quote" | "heading" | "report";
}

const MONTH = MONTHS.map((month) => month.charAt(0).toUpperCase() + month.slice(1)).join("|");
const BARE_MONTH = new RegExp(`\\b(?:${MONTH})\\b(?!\\s+(?:said|told|was|is)\\b)`, "gu");
/** "The Nation of 1 January 2025": the day of a press report is not what its figure is for. */
const PUBLISHED =
  /(?:\b(?:text|story|article|account|report|release|copy|entry|issue|edition|coverage|briefing|statement|version|post|piece)|\p{Lu}\p{L}+)\s(?:of|from|dated)\s$/u;
/** A time within the named one that the sentence means and does not name. */
const SHORTER =
  /\b(?:(?:that|the|a|one|worst|deadliest|bloodiest|single|same|first|last|final|opening|closing)\s(?:\p{L}+\s)?(?:day|week|month|quarter|half|weekend|night|season)|so far|to date|since then|until then|Ramadan|summer|winter|spring|autumn)\b/iu;
const SPAN_FROM = new RegExp(`((?:\\d{1,2}\\s)?(?:${MONTH}))\\s(?:to|-|–|until|and|through)\\s$`, "u");
const YEAR_BEFORE =
  /\b(?:a|the|one) year (?:before|earlier)\b|\b(?:the )?(?:previous|preceding|prior) year\b|\bthe year before\b|\byear[- ]on[- ]year\b/iu;

/**
 * The time that a figure is for; null where the sentence has several and none is surely its own, or nothing tells.
 * @param isOfDeeds whether what is counted happened: then the month in which it was told is not its time either.
 */
export function timeFor(counted: Counted, reported: Reported, isOfDeeds = false): CountedTime | null {
  const { reading } = reported;
  const isChange = counted.figure.unit === "%" && counted.direction !== null;
  const shown = timesIn(reported);
  const times = isOfDeeds ? shown.filter((time) => !isWhenTold(time, reading)) : shown;
  if (times.length === 0 && shown.length > 0) return null;
  const compared = isChange ? comparedTimes(reading, times) : null;
  if (compared !== null) return { ...plain(compared.time), part: "", base: keyOf(compared.base), basis: "quote" };
  const time = monthNamed(reported) ?? ownTime(counted, reported, times);
  if (time === null) return null;
  if (time.from.slice(0, 4) === time.to.slice(0, 4) && time.to.slice(5) === "12-31" && time.from.slice(5) === "01-01") {
    // "November was the worst month of 2024, with 125 attacks"
    const clause = clauseOf(reading, counted.figure);
    const isShorter = SHORTER.test(
      reading.slice(clause.start, clause.end).replace(/\b(?:first|second) half of\b/giu, ""),
    );
    if (isShorter || hasBareMonth(reported)) return null;
  }
  return { ...time, base: isChange ? baseOf(counted, reported, time) : "" };
}

const TOLD_OF =
  /\b(?:text|story|article|account|report|release|copy|entry|issue|edition|coverage|briefing|statement|version|post|piece|digest|summary|figure|data|page|editorial|op-ed|column|speech|letter)s?\s(?:of|from|dated|in)\s$/u;
const TOLD_ON =
  /\b(?:reported|said|says|wrote|told|noted|relayed|claimed|alleged|announced|cited|carried|printed|published|seen)(?:\s(?:by|to|in|the|a)|\s\p{Lu}[\p{L}.’'-]*){0,6}\s(?:in|on|by)\s$/u;

/** "In its December 2024 story", "the July 2024 UN report". */
const TELLS_AFTER =
  /^\s(?:(?!and\b|in\b|of\b|by\b|as\b|the\b)[\p{L}-]+\s){0,2}(?:story|stories|article|account|report|release|entry|coverage|statement|piece|editorial|op-ed|column|speech|text|texts|copy)s?\b/u;
/** "ISPR on 12 March 2025 named 21 passengers". */
const TELLER_AFTER = /^\s(?:named|said|reported|gave|gives|told|claimed|put|spoke|listed)\b/u;

/** "The 35th report of February 2025", "Reuters reported in March 2024": when it was told. */
export function isWhenTold({ exactness, start, end }: Time, reading: string): boolean {
  if (exactness === "year") return false;
  const before = reading.slice(Math.max(0, start - 70), start);
  const after = reading.slice(end, end + 60);
  if (TOLD_OF.test(before) || TOLD_ON.test(before) || TELLS_AFTER.test(after)) return true;
  return exactness === "day" && TELLER_AFTER.test(after) && /\p{Lu}\S*\son\s$/u.test(before);
}

/** "November was the worst month of 2024, with 125 attacks". */
const MONTH_OF = new RegExp(
  `^(${MONTH})\\s(?:was|is|became|had|saw)\\b[^,;:.]{0,50}\\bmonth (?:of|in) (\\d{4})\\b`,
  "u",
);

function monthNamed({ reading }: Told): Dated | null {
  const [, month = "", year] = MONTH_OF.exec(reading) ?? [];
  const number = MONTHS.indexOf(month.toLowerCase()) + 1;
  if (year === undefined || number === 0) return null;
  return { ...dateRange(`${year}-${String(number).padStart(2, "0")}`), part: "", basis: "quote" };
}

type Dated = Omit<CountedTime, "base">;

const plain = ({ from, to }: Period): Period => ({ from, to });
const keyOf = ({ from, to }: Period): string => `${from} ${to}`;

/** The times that a sentence speaks of, without days of publication and years in titles. */
function timesIn({ reading, counts }: Told): Time[] {
  return counts.times.filter(
    ({ isEdition, isPress, exactness, start }) =>
      !isEdition && !isPress && !(exactness === "day" && PUBLISHED.test(reading.slice(Math.max(0, start - 40), start))),
  );
}

/** "between 2023 and 2024", "from 2023 to 2024": of a change the first is the base. */
function comparedTimes(reading: string, times: readonly Time[]): { base: Time; time: Time } | null {
  for (const [index, base] of times.entries()) {
    const time = times[index + 1];
    if (time === undefined) break;
    const isJoined = /^\s(?:and|to)\s$/u.test(reading.slice(base.end, time.start));
    if (isJoined && /\b(?:between|from)\s$/iu.test(reading.slice(0, base.start))) return { base, time };
  }
  return null;
}

function ownTime({ time, figure }: Counted, reported: Reported, times: readonly Time[]): Dated | null {
  const { reading, before, aboutTimes, hit } = reported;
  // "a rise of 45%, from 748 in 2023"
  const isFormer = ({ start }: Time) => figure.unit === "%" && /\bfrom [\d.,]+ in\s$/u.test(reading.slice(0, start));
  const plainly = times.filter((each) => !each.isBase && !isFormer(each));
  // "the most since July 2018" is no time that a count is for where another one is.
  const closed = plainly.filter(({ part }) => !OPEN_PARTS.has(part));
  const main = closed.length > 0 ? closed : plainly;
  const isOwn = time !== null && !isFormer(time) && times.some((each) => isSameTime(each, time));
  if (isOwn && time !== null) return dated(time, reading);
  const distinct = distinctOf(main);
  if (distinct.length === 1 && distinct[0] !== undefined) return dated(distinct[0], reading);
  if (distinct.length > 1) {
    const clause = clauseOf(reading, figure);
    const near = distinctOf(main.filter(({ start, end }) => start >= clause.start && end <= clause.end));
    return near.length === 1 && near[0] !== undefined ? dated(near[0], reading) : null;
  }
  if (times.length > 0) return null;
  const earlier = before === null ? [] : distinctOf(timesIn(before).filter(({ isBase }) => !isBase));
  if (earlier.length > 0)
    return earlier.length === 1 && earlier[0] !== undefined
      ? dated(earlier[0], before?.reading ?? "", "heading")
      : null;
  const headed = new Map(aboutTimes.map((each) => [keyOf(each), each]));
  const [first] = headed.values();
  if (headed.size === 1 && first !== undefined) return { ...plain(first), part: "", basis: "heading" };
  const { period } = hit.source;
  return headed.size === 0 && period !== null ? { ...plain(period), part: "", basis: "report" } : null;
}

const OPEN_PARTS = new Set(["since", "after", "before"]);

function distinctOf(times: readonly Time[]): Time[] {
  return [...new Map(times.map((time) => [`${keyOf(time)} ${time.part}`, time])).values()];
}

/** Of a span of time ("January to August 2024") the words of its beginning belong to what is meant. */
function dated(time: Time, reading: string, basis: CountedTime["basis"] = "quote"): Dated | null {
  if (time.part !== "span") return { ...plain(time), part: time.part, basis };
  const from = SPAN_FROM.exec(reading.slice(0, time.start))?.[1];
  return from === undefined ? null : { ...plain(time), part: `from ${from}`, basis };
}

function hasBareMonth({ reading, counts }: Told): boolean {
  return [...reading.matchAll(BARE_MONTH)].some(
    ({ index, 0: month }) =>
      !counts.times.some(({ start, end }) => start <= index && index < end) &&
      // "may" and "march" are words; as months they are written large, and at the head of a sentence both.
      !(index === 0 && (month === "May" || month === "March")),
  );
}

function baseOf({ figure }: Counted, { reading, counts }: Told, time: Dated): string {
  const base = counts.times.find(({ isBase, start }) => isBase && start >= figure.end);
  if (base !== undefined) return keyOf(base);
  const year = Number(time.from.slice(0, 4));
  const isYear = time.from.endsWith("01-01") && time.to.endsWith("12-31") && time.part === "";
  // Of a whole year it is the year before, said or not; of a month it can be the month or the year before.
  const isSaid = YEAR_BEFORE.test(reading.slice(figure.end));
  if (isYear) return `${year - 1}-01-01 ${year - 1}-12-31`;
  return isSaid ? "the year before" : "?";
}
