/** The cells of a row of the table of figures. */

import type { FigureCell, FigureRow } from "../domain/briefing.ts";
import type { ReportedFigure, Slice } from "../domain/figure.ts";
import { dateRange, type Period } from "../domain/report.ts";
import type { Glossary } from "../text/glossary.ts";
import { placeOfHeading } from "./headed-place.ts";
import type { RowDraft } from "./material.ts";

/** Characters of a slice from the first to the last place, above which the first is shown alone. */
const LONGEST_PLACES = 60;

/** All of a row but its citation: words of the report with where they stand, or what is told otherwise. */
export function cellsOf({ item, figure }: RowDraft, glossary: Glossary): Omit<FigureRow, "citation" | "alsoIn"> {
  const { written, start, end, low, high, unit, counted, countedKey, time, change, who } = figure;
  const { publisher } = item.hit.source;
  return {
    value: { text: written, at: { start, end } },
    low,
    high,
    unit,
    counted: { text: counted, at: null },
    countedKey,
    time,
    period: time === null ? null : { text: isoOf(time), at: null },
    place: placeOf(figure, item.hit.passage) ?? headedPlace(figure, item.hit.passage.locator.headings, glossary),
    who: who !== null ? cellOf(who) : publisher === null ? null : { text: publisher, at: null },
    change,
    base: baseOf(figure),
  };
}

function cellOf({ text, start, end }: Slice): FigureCell {
  return { text, at: { start, end } };
}

/** "2024", "2024-07", "2024-07/2024-12" or "2024-07-03/2024-08-02": as exact as both of its ends are. */
export function isoOf(period: Period): string {
  const [from, to] = [dateRange(period.from).from, dateRange(period.to).to];
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  const areMonths = from === dateRange(first).from && to === dateRange(last).to;
  const areYears = areMonths && first.endsWith("-01") && last.endsWith("-12");
  const [start, end] = areYears ? [from.slice(0, 4), to.slice(0, 4)] : areMonths ? [first, last] : [from, to];
  return start === end ? start : `${start}/${end}`;
}

function placeOf({ places }: ReportedFigure, passage: RowDraft["item"]["hit"]["passage"]): FigureCell | null {
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined) return null;
  const isWhole = first.start >= passage.start && last.end <= passage.end && last.end > first.start;
  if (first === last || !isWhole || last.end - first.start > LONGEST_PLACES) return cellOf(first);
  const text = passage.text.slice(first.start - passage.start, last.end - passage.start);
  return { text, at: { start: first.start, end: last.end } };
}

/** The place that the nearest heading with one names as that of all under it; not for money, which is paid to somebody. */
function headedPlace(
  { unit, places }: ReportedFigure,
  headings: readonly string[],
  glossary: Glossary,
): FigureCell | null {
  if (places.length > 0 || (unit !== "" && unit !== "%")) return null;
  const text = headings.map((heading) => placeOfHeading(heading, glossary)).findLast((place) => place !== null);
  return text === undefined || text === null ? null : { text, at: null };
}

function baseOf({ change }: ReportedFigure): FigureCell | null {
  if (change === null) return null;
  if (change.baseWords !== null) return cellOf(change.baseWords);
  return change.base === null ? null : { text: isoOf(change.base), at: null };
}
