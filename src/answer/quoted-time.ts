/** The time that the quoted words of a claim are about. */

import type { AsOf } from "../domain/answer.ts";
import type { Passage, Span } from "../domain/passage.ts";
import { dateRange, isPartialDate, type PartialDate, type Period, type ReportSource } from "../domain/report.ts";
import { overlaps } from "../retrieve/period.ts";
import type { Candidate } from "./evidence.ts";
import { type SpokenTime, spokenTimes, type TimeContext } from "./spoken-times.ts";
import { timesOf } from "./times.ts";

/** The parts of a candidate that tell its time. */
type Dated = Pick<Candidate, "hit" | "index">;

/**
 * The time that the quoted span of a candidate's passage is about; null where nothing tells. The quoted words come
 * first ("quote", also where only their year stands in the title), then a heading or the sentence before ("heading"),
 * then what the report covers ("report"); before a time of more than a year, the day on which the press told of it.
 * @param span of the report's canonical text, within the passage; one or more of its sentences.
 */
export function asOf(dated: Dated, span: Span): AsOf | null {
  const { passage, source } = dated.hit;
  const known = kept.get(passage);
  const times = known?.source === source ? known.times : new Map<string, AsOf | null>();
  if (known?.source !== source) kept.set(passage, { source, times });
  const key = `${dated.index} ${span.start} ${span.end}`;
  const time = times.get(key);
  if (time !== undefined) return time;
  const read = timeOf(dated, span);
  times.set(key, read);
  return read;
}

/** Of each passage the times that were read, as long as the passage is kept: every question asks for them again. */
const kept = new WeakMap<Passage, { readonly source: ReportSource; readonly times: Map<string, AsOf | null> }>();

function timeOf(dated: Dated, span: Span): AsOf | null {
  const found = readAsOf(dated, span);
  if (found !== null && (found.basis === "quote" || daysOf(found) <= LONGEST_CLEAR)) return found;
  // "Dawn reported on 22 August 2025 that ...", under "Estimates from 2021 to 2025": the day says more than the years.
  const day = pressDay(dated, span);
  return day === null ? found : { ...day, basis: "quote", isOlder: false };
}

/** Days of a heading or a report beyond which it leaves the time of its sentences open. */
const LONGEST_CLEAR = 366;

function daysOf({ from, to }: Period): number {
  const dayOf = (date: string) => Date.parse(`${date.replace("-02-29", "-02-28")}T00:00:00Z`) / 86_400_000;
  return dayOf(dateRange(to).to) - dayOf(dateRange(from).from) + 1;
}

/** The day on which the press told of what the last quoted sentence says; null where none is named, or several are. */
function pressDay({ hit: { passage } }: Dated, span: Span): Period | null {
  const last = passage.sentences.findLast(({ start, end }) => start < span.end && span.start < end);
  if (last === undefined) return null;
  const [start, end] = [Math.max(last.start, span.start), Math.min(last.end, span.end)];
  const reading = passage.reading.slice(start - passage.start, end - passage.start).replace(/\s+/g, " ");
  const [day, ...others] = timesOf(reading).filter(({ isPress }) => isPress);
  const isDay = day !== undefined && others.length === 0 && isPartialDate(day.from);
  return isDay ? { from: day.from, to: day.from } : null;
}

function readAsOf({ hit, index }: Dated, span: Span): AsOf | null {
  const { passage, source } = hit;
  const context = contextOf(source, passage.locator.headings);
  const read = (start: number, end: number) =>
    spokenTimes(passage.reading.slice(start - passage.start, end - passage.start).replace(/\s+/g, " "), context);
  const sentences = passage.sentences.filter(({ start, end }) => start < span.end && span.start < end);
  // The last quoted sentence is the claim; those before it are there to make it understood.
  for (const sentence of [...sentences].reverse()) {
    const times = read(Math.max(sentence.start, span.start), Math.min(sentence.end, span.end));
    const period = wholeOf(times);
    if (period !== null) return { ...period, basis: "quote", isOlder: false };
  }
  for (const heading of [...passage.locator.headings].reverse()) {
    const period = wholeOf(spokenTimes(heading, context));
    if (period !== null && isCovered(period, source.period)) return { ...period, basis: "heading", isOlder: false };
  }
  const first = passage.sentences.findIndex(({ start, end }) => start < span.end && span.start < end);
  const before = passage.sentences[(first < 0 ? index : first) - 1];
  if (before !== undefined && before.paragraph === sentences[0]?.paragraph && goesOn(source)) {
    const period = wholeOf(read(before.start, before.end));
    if (period !== null && isCovered(period, source.period)) return { ...period, basis: "heading", isOlder: false };
  }
  if (source.period !== null) return { ...ordered(source.period), basis: "report", isOlder: false };
  const titled = wholeOf(spokenTimes(source.title, context));
  return titled === null ? null : { ...titled, basis: "report", isOlder: false };
}

/** Kinds of report that tell of things in their order, so that a sentence goes on where the one before it was. */
function goesOn({ kind }: ReportSource): boolean {
  return kind !== "reference" && kind !== "op-ed";
}

/** A time in a heading that the report does not cover is that of something else: "after the coup of 1999". */
function isCovered(period: Period, covered: Period | null): boolean {
  return covered === null || overlaps(period, covered);
}

/** From the first to the last of the times that count: those "as of" which something is, or else those that are not of the saying. */
function wholeOf(times: readonly SpokenTime[]): Period | null {
  const asOfThen = times.filter(({ isAsOf }) => isAsOf);
  const own = times.filter(({ isOfSaying }) => !isOfSaying);
  const all = asOfThen.length > 0 ? asOfThen : own.length > 0 ? own : times;
  const [first, ...rest] = all;
  if (first === undefined) return null;
  let { from, to } = first;
  for (const time of rest) {
    if (dateRange(time.from).from < dateRange(from).from) from = time.from;
    if (dateRange(time.to).to > dateRange(to).to) to = time.to;
  }
  return ordered({ from, to });
}

/** Metadata may have its ends the wrong way round. */
function ordered({ from, to }: Period): Period {
  return dateRange(from).from <= dateRange(to).to ? { from, to } : { from: to, to: from };
}

/** What the report and its headings tell of the years of months that have none. */
export function contextOf(source: ReportSource, headings: readonly string[]): TimeContext {
  const known = latest(source.published, source.period?.to ?? null);
  return {
    known: source.published === null ? null : known,
    yearOf: (month) => {
      for (const heading of [...headings].reverse()) {
        const year = onlyYear(heading);
        if (year !== null) return year;
      }
      return yearCovered(source, month) ?? onlyYear(source.title) ?? yearOfNews(source, month);
    },
  };
}

/** The only year that a title or a heading names; null where it names none or several. */
function onlyYear(text: string): number | null {
  const times = spokenTimes(text, { yearOf: () => null, known: null });
  const years = new Set(times.flatMap(({ from, to }) => [from.slice(0, 4), to.slice(0, 4)]));
  const [year] = years;
  return years.size === 1 && year !== undefined ? Number(year) : null;
}

/** The year in which a month lies within what the report covers; null where it lies there more than once, or not. */
function yearCovered({ period }: ReportSource, month: number): number | null {
  if (period === null) return null;
  const [first, last] = [Number(period.from.slice(0, 4)), Number(period.to.slice(0, 4))];
  if (first === last) return first;
  if (last - first > LONGEST_COVERED) return null;
  const digits = String(month).padStart(2, "0");
  const years: number[] = [];
  for (let year = first; year <= last; year += 1) {
    const date = `${year}-${digits}`;
    if (overlaps({ from: date, to: date }, period)) years.push(year);
  }
  return years.length === 1 ? (years[0] ?? null) : null;
}

/** Years; a month lies in any longer time more than once. */
const LONGEST_COVERED = 2;

/** News tells of the last months: "in December" of a text of February is in the year before. */
function yearOfNews({ kind, published, period }: ReportSource, month: number): number | null {
  if (kind !== "news" || period !== null || published === null || published.length < 7) return null;
  const year = Number(published.slice(0, 4));
  return month <= Number(published.slice(5, 7)) ? year : year - 1;
}

function latest(a: PartialDate | null, b: PartialDate | null): PartialDate | null {
  if (a === null || b === null) return a ?? b;
  return dateRange(a).to >= dateRange(b).to ? a : b;
}
