/** Whether every stored figure still stands in the text of its report as it was read. */

import type { Database } from "better-sqlite3";
import { counted, type Finding, fault, named, well } from "../domain/health.ts";
import { type FigureRow, figureOf, slicesOf } from "./figure-rows.ts";

const REMEDY = "Run `npm run ingest -- --force`: it reads the figures of every report again.";

/**
 * Goes through the figures of every report, one text at a time. Nothing is changed.
 * @param database open on one snapshot.
 */
export function examineFigures(database: Database): Finding {
  const reports = database.prepare<[], string>("SELECT id FROM reports ORDER BY id").pluck().all();
  const textOf = database.prepare<[string], string>("SELECT text FROM reports WHERE id = ?").pluck();
  const rows = database.prepare<[string], FigureRow & { readonly from: number; readonly to: number }>(
    `SELECT report_id, passage_id, figures.start_offset, figures.end_offset, written, low, high, unit, counted,
            counted_key, rest, passages.start_offset AS "from", passages.end_offset AS "to"
     FROM figures JOIN passages ON passages.id = passage_id
     WHERE report_id = ? ORDER BY figures.start_offset`,
  );
  let done = 0;
  const wrong: string[] = [];
  for (const id of reports) {
    const text = textOf.get(id) ?? "";
    for (const row of rows.all(id)) {
      done += 1;
      if (row.start_offset < row.from || row.end_offset > row.to || !isThere(row, text)) {
        wrong.push(`${id} (${row.written} at ${row.start_offset})`);
      }
    }
  }
  if (wrong.length === 0) return well("index.figures", `${counted(done, "figure")}, each where its report has it`);
  const message = `Figures that are not, character for character, what the report says there: ${wrong.length}, ${named(wrong)}`;
  return fault("index.figures", message, REMEDY);
}

function isThere(row: FigureRow, text: string): boolean {
  try {
    return slicesOf(figureOf(row)).every(
      ({ start, end, text: words }) => words !== "" && words === text.slice(start, end),
    );
  } catch {
    return false;
  }
}
