/** Figures of reports in rows: checked against the text, written with their passages, looked up by what they are of. */

import type { Database, Statement } from "better-sqlite3";
import type { FigureQuery, NewFigure, ReportedFigure, Slice } from "../domain/figure.ts";
import type { Span } from "../domain/passage.ts";
import { dateRange, type Report } from "../domain/report.ts";
import type { NewPassage } from "./records.ts";

/** What has no column of its own. */
type Rest = Pick<ReportedFigure, "sentence" | "bound" | "time" | "change" | "places" | "actors" | "placeTerms" | "who">;

/** A figure as it is stored. */
export interface FigureRow {
  readonly report_id: string;
  readonly passage_id: number;
  readonly start_offset: number;
  readonly end_offset: number;
  readonly written: string;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly counted: string;
  readonly counted_key: string | null;
  readonly rest: string;
}

/** All words of a report that a figure holds, with where they are said to stand. */
export function slicesOf({ start, end, written, places, who, change }: Omit<NewFigure, "ordinal">): Slice[] {
  return [{ start, end, text: written }, ...places, who, change?.baseWords ?? null].filter((slice) => slice !== null);
}

/**
 * @throws {RangeError} when a figure is not in its passage, its words are not the report's text at their spans, or its
 *   value is none.
 */
export function checkFigures(
  figures: readonly NewFigure[],
  { id, text }: Pick<Report, "id" | "text">,
  passages: readonly Pick<NewPassage, "ordinal" | "start" | "end" | "sentences">[],
): void {
  const byOrdinal = new Map(passages.map((passage) => [passage.ordinal, passage]));
  for (const figure of figures) {
    const where = `The figure ${JSON.stringify(figure.written)} at ${figure.start} of report ${id}`;
    const passage = byOrdinal.get(figure.ordinal);
    const sentence = passage?.sentences[figure.sentence];
    if (passage === undefined || sentence === undefined) throw new RangeError(`${where} has no sentence`);
    if (!isWithin(figure, sentence)) throw new RangeError(`${where} is not in its sentence`);
    for (const { start, end, text: words } of slicesOf(figure)) {
      if (words === "" || words !== text.slice(start, end)) {
        throw new RangeError(`${where}: ${JSON.stringify(words)} is not the text at ${start}..${end}`);
      }
    }
    const isValue = Number.isFinite(figure.low) && Number.isFinite(figure.high) && figure.low <= figure.high;
    if (!isValue) throw new RangeError(`${where} has no value: ${figure.low} to ${figure.high}`);
  }
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.start < inner.end && inner.end <= outer.end;
}

/**
 * Writes the figures of a report.
 * @param passageIds by the ordinal of the passage.
 */
export function figureWriter(
  database: Database,
): (figures: readonly NewFigure[], passageIds: ReadonlyMap<number, number>) => void {
  const insertFigure = database.prepare(
    `INSERT INTO figures (passage_id, start_offset, end_offset, written, low, high, unit, counted, counted_key,
                          from_date, to_date, rest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertTerm = database.prepare("INSERT INTO figure_terms (term, figure_id) VALUES (?, ?)");
  return (figures, passageIds) => {
    for (const figure of figures) {
      const { ordinal, start, end, written, low, high, unit, counted, countedKey, ...rest } = figure;
      const { sentence, bound, time, change, places, actors, placeTerms, who } = rest;
      const kept: Rest = { sentence, bound, time, change, places, actors, placeTerms, who };
      const days = time === null ? null : daysOf(time);
      const { lastInsertRowid } = insertFigure.run(
        passageIds.get(ordinal),
        start,
        end,
        written,
        low,
        high,
        unit,
        counted,
        countedKey,
        days?.from ?? null,
        days?.to ?? null,
        JSON.stringify(kept),
      );
      for (const term of new Set([...actors, ...placeTerms])) insertTerm.run(term, lastInsertRowid);
    }
  };
}

/** Looks figures up; see `Store.figures`. */
export function figureReader(database: Database): (query: FigureQuery) => ReportedFigure[] {
  const prepared = new Map<string, Statement<unknown[], FigureRow>>();
  return ({ terms, countedKey, period, passages }) => {
    const conditions: string[] = [];
    const values: string[] = [];
    const where = (condition: string, ...given: string[]) => {
      conditions.push(condition);
      values.push(...given);
    };
    if (terms !== undefined) {
      const named = "SELECT figure_id FROM figure_terms WHERE term IN (SELECT value FROM json_each(?))";
      where(`figures.id IN (${named})`, JSON.stringify(terms));
    }
    if (countedKey !== undefined) where("counted_key = ?", countedKey);
    if (period !== undefined) {
      const { from, to } = daysOf(period);
      // The plus keeps SQLite from the index of the times, which holds most figures, where a better one can be used.
      const isNarrowed = terms !== undefined || countedKey !== undefined || passages !== undefined;
      where(`${isNarrowed ? "+" : ""}from_date <= ? AND to_date >= ?`, to, from);
    }
    if (passages !== undefined) {
      where("passage_id IN (SELECT value FROM json_each(?))", JSON.stringify(passages.map(({ id }) => id)));
    }
    // CROSS JOIN keeps the order: first the few figures, by their index, and then what they belong to.
    const sql = `SELECT report_id, passage_id, figures.start_offset, figures.end_offset, written, low, high, unit,
                        counted, counted_key, rest
                 FROM figures CROSS JOIN passages ON passages.id = passage_id
                 CROSS JOIN reports ON reports.id = report_id
                 ${conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`}
                 ORDER BY reports.path, figures.start_offset, figures.id`;
    const statement = prepared.get(sql) ?? database.prepare<unknown[], FigureRow>(sql);
    prepared.set(sql, statement);
    return statement.all(...values).map(figureOf);
  };
}

/**
 * A figure of a row.
 * @throws {SyntaxError} where the row was damaged.
 */
export function figureOf(row: FigureRow): ReportedFigure {
  const rest: Rest = JSON.parse(row.rest);
  return {
    ...rest,
    reportId: row.report_id,
    passageId: row.passage_id,
    start: row.start_offset,
    end: row.end_offset,
    written: row.written,
    low: row.low,
    high: row.high,
    unit: row.unit,
    counted: row.counted,
    countedKey: row.counted_key,
  };
}

/** First and last day of a period, so that they compare as strings. */
function daysOf({ from, to }: { readonly from: string; readonly to: string }) {
  return { from: dateRange(from).from, to: dateRange(to).to };
}
