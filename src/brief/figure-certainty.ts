/** Whether a figure can stand in a table: what it counts, for when, of whom and by whom is beyond doubt. */

import { clauseOf } from "../answer/surroundings.ts";
import type { ReportedFigure } from "../domain/figure.ts";
import type { Span } from "../domain/passage.ts";
import { dateRange, type Period } from "../domain/report.ts";
import type { Placed } from "./figure-subject.ts";

const OPEN_PARTS = new Set(["since", "after", "before", "until"]);
const FORETOLD =
  /\b(?:forecast\w*|project(?:s|ed|ions?)|expect(?:s|ed)|predict\w*|foresees?|anticipat\w+|by the end of|target(?:s|ed)? of|plan(?:s|ned) to)\b/iu;
/** Days beyond which the period of a report does not tell what time its figures are for. */
const LONGEST_COVERED = 366;
/** "the deadliest attack of 2024, with 25 dead": a year that one attack was in is not what its dead are counted for. */
const OF_ONE_EVENT =
  /\b(?:deadliest|worst|bloodiest|largest|biggest|single|most lethal)\s(?:\p{Ll}+\s){0,3}(?:attacks?|assaults?|bombings?|incidents?|strikes?|operations?)\b/iu;
/** "aged 17 to 18", "up to 40 years old" */
const AGE_BEFORE = /\b(?:aged?|ages|aging|ageing|years? old)(?:\s(?:of|between|from|about|around))?\s$/iu;
const AGE_AFTER = /^[\s-]years?[\s-]old\b/iu;
/** "31 killed, including 21 hostages": a part of another figure, of which something else is said. */
const PART_BEFORE = /\b(?:including|among them|among whom|plus)\s(?:(?:the|at least|about|some|over)\s)?$/iu;
/** "in its December 2024 story": when it was printed. */
const PRINTED_AFTER =
  /^\s(?:stor(?:y|ies)|articles?|pieces?|accounts?|coverage|editorials?|op-eds?|columns?|posts?|editions?|issue)\b/iu;
/** A count of several that are one unit there. */
const TAKEN_TOGETHER =
  /\b(?:together with|combined with|along with|counting|counted together|jointly|between them|put together|for .{3,40} together)\b/iu;

/** Whether it is told what is counted and for when, and nothing in the sentence casts doubt on it. */
export function isSure(placed: Placed): boolean {
  const { item, figure } = placed;
  const { time, countedKey, unit, written } = figure;
  const { kind, published } = item.hit.source;
  const { reading, reported } = item;
  // An opinion piece is no source of figures.
  if (time === null || countedKey === null || OPEN_PARTS.has(time.part) || kind === "op-ed") return false;
  // "two camps", "six provinces": in words they count what nobody follows over time.
  if (unit === "" && !/\d/u.test(written)) return false;
  if (time.basis === "report" && daysIn(time) > LONGEST_COVERED) return false;
  if (isNarrated(figure, item.reading) || figure.counted === "fine") return false;
  if (published !== null && dateRange(time.from).from > dateRange(published).to) return false;
  const { isDenied, isDoubted } = reported.polarity;
  if (isDenied || isDoubted || FORETOLD.test(reading)) return false;
  const at = spanIn(placed);
  if (at === null) return false;
  const before = reading.slice(0, at.start);
  if (AGE_BEFORE.test(before) || PART_BEFORE.test(before) || AGE_AFTER.test(reading.slice(at.end))) return false;
  if (!isOfOneDay(figure) && isOfOneEvent(placed)) return false;
  return isWhoSure(placed, at) && isTimeSure(placed);
}

/** "Activists put the death toll at 80": told among what happened in the year of the report, and not for all of it. */
function isNarrated({ time, countedKey }: ReportedFigure, reading: string): boolean {
  if (time === null || time.basis === "quote" || daysIn(time) < MOST_DAYS_NARRATED) return false;
  return (
    /^\|(?:death|injury|arrest|captivity|flight)\|/u.test(countedKey ?? "") &&
    !/\b(?:years?|annual|total|overall)\b/iu.test(reading)
  );
}

const MOST_DAYS_NARRATED = 360;

/** Whether a figure is that of an event, and not of a month or a year. */
export const isOfOneDay = ({ time }: ReportedFigure): boolean => time !== null && daysIn(time) <= MOST_DAYS_OF_AN_EVENT;

const MOST_DAYS_OF_AN_EVENT = 3;

function isOfOneEvent({ item: { reading, reported } }: Placed): boolean {
  const isEvent = reported.view.names.some(({ entries }) => entries.some(({ kind }) => kind === "event"));
  return isEvent || OF_ONE_EVENT.test(reading);
}

/** Whether a sentence counts several groups as one. */
export const countsTogether = (reading: string): boolean => TAKEN_TOGETHER.test(reading);

/** Where a figure stands in the reading of its sentence; null where that cannot be told. */
export function spanIn({ item, figure }: Placed): Span | null {
  const { passage } = item.hit;
  const textBefore = passage.reading.slice(item.sentence.start - passage.start, figure.start - passage.start);
  const start = textBefore.replace(/\s+/gu, " ").length;
  const written = passage.reading.slice(figure.start - passage.start, figure.end - passage.start).replace(/\s+/gu, " ");
  return item.reading.startsWith(written, start) ? { start, end: start + written.length } : null;
}

/** "APP gave 600, while Dawn had 3,500": who is named after the break did not count what stands before it. */
function isWhoSure({ item, figure }: Placed, at: Span): boolean {
  if (figure.who === null) return true;
  const { passage } = item.hit;
  const from = Math.max(item.sentence.start, figure.who.start) - passage.start;
  const start = passage.reading.slice(item.sentence.start - passage.start, from).replace(/\s+/gu, " ").length;
  return start < clauseOf(item.reading, at).end;
}

/** Whether the only time of the sentence that could be the figure's is not that of a press story. */
function isTimeSure({ item: { reading, reported }, figure: { time } }: Placed): boolean {
  const own = reported.counts.times.filter(({ from, to }) => from === time?.from && to === time?.to);
  return own.length === 0 || own.some(({ end }) => !PRINTED_AFTER.test(reading.slice(end)));
}

function daysIn({ from, to }: Period): number {
  const dayOf = (date: string) => Date.parse(`${date.replace("-02-29", "-02-28")}T00:00:00Z`) / 86_400_000;
  return dayOf(dateRange(to).to) - dayOf(dateRange(from).from) + 1;
}
