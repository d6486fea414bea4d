/** The check by hand of the cells of figures: a table that people fill in, held against the tables of briefings. */

import type { Briefing, FigureRow } from "../domain/briefing.ts";
import { figureWords } from "../domain/briefing-words.ts";
import { SitrepError } from "../domain/errors.ts";

/** Columns of a table of figures, in the order in which it shows them. */
export const CELL_COLUMNS = ["value", "counted", "period", "place", "who", "base"] as const;
export type CellColumn = (typeof CELL_COLUMNS)[number];

/** One row of a table as it was looked at beside its report. */
export interface CheckedRow {
  readonly subject: string;
  readonly doc: string;
  /** Where the sentence begins and ends in the report's canonical text. */
  readonly start: number;
  readonly end: number;
  /** What each cell said; "" for an empty one. */
  readonly cells: Readonly<Record<CellColumn, string>>;
  /** The columns that are wrong, an empty one that the report could have filled among them; null: nobody has looked yet. */
  readonly wrong: readonly CellColumn[] | null;
  readonly remark: string;
}

const HEAD = ["subject", "doc", "start", "end", ...CELL_COLUMNS, "wrong", "remark"];
/** In the place of the wrong columns while nobody has looked. */
const UNCHECKED = "?";

/**
 * The rows of a check. The form is that of RFC 4180.
 * @param file name for messages.
 * @throws {SitrepError} "bad-input" for what is not of that form, with the line.
 */
export function parseCells(csv: string, file: string): readonly CheckedRow[] {
  const [head = [], ...rows] = recordsOf(csv, file);
  if (head.join() !== HEAD.join()) throw badCells(file, 1, `the first line must be ${HEAD.join(",")}`);
  return rows.map((values, index) => {
    const line = index + 2;
    if (values.length !== HEAD.length) throw badCells(file, line, `${values.length} fields, not ${HEAD.length}`);
    const field = (name: string) => values[HEAD.indexOf(name)] ?? "";
    const [start, end] = [Number(field("start")), Number(field("end"))];
    if (!(Number.isInteger(start) && Number.isInteger(end) && start < end)) throw badCells(file, line, "no span");
    const cells = Object.fromEntries(CELL_COLUMNS.map((column) => [column, field(column)])) as CheckedRow["cells"];
    const named = field("wrong")
      .trim()
      .split(/\s+/)
      .filter((each) => each !== "");
    const isUnchecked = named.includes(UNCHECKED);
    const strange = named.find((each) => each !== UNCHECKED && !isColumn(each));
    if (strange !== undefined) throw badCells(file, line, `there is no column ${JSON.stringify(strange)}`);
    const wrong = isUnchecked ? null : named.filter(isColumn);
    return { subject: field("subject"), doc: field("doc"), start, end, cells, wrong, remark: field("remark") };
  });
}

/** The rows as a file; what `parseCells` reads. */
export function formatCells(rows: readonly CheckedRow[]): string {
  const lines = rows.map(({ subject, doc, start, end, cells, wrong, remark }) => [
    subject,
    doc,
    String(start),
    String(end),
    ...CELL_COLUMNS.map((column) => cells[column]),
    wrong === null ? UNCHECKED : wrong.join(" "),
    remark,
  ]);
  return [HEAD, ...lines].map((values) => `${values.map(quotedField).join(",")}\n`).join("");
}

/** The rows of a briefing's table, not looked at yet. */
export function cellsOf(subject: string, { sections }: Pick<Briefing, "sections">): readonly CheckedRow[] {
  return sections
    .flatMap(({ table = [] }) => table)
    .map((row) => ({
      subject,
      doc: row.citation.path,
      start: row.citation.quote.start,
      end: row.citation.quote.end,
      cells: {
        value: row.value.text,
        counted: row.counted.text,
        // As a reader sees it: "second half of 2024", and not the year that it is in.
        period: figureWords(row).period,
        place: row.place?.text ?? "",
        who: row.who?.text ?? "",
        base: baseOf(row),
      },
      wrong: null,
      remark: "",
    }));
}

/** A change without a base is shown as such; what is no change has no cell there. */
function baseOf({ change, base }: FigureRow): string {
  if (change === null) return "";
  return base?.text ?? "not told";
}

/** What was said before of rows that are still the same, cell by cell. */
export function withChecks(rows: readonly CheckedRow[], checked: readonly CheckedRow[]): readonly CheckedRow[] {
  const known = new Map(checked.map((row) => [keyOf(row), row]));
  return rows.map((row) => {
    const before = known.get(keyOf(row));
    return before === undefined ? row : { ...row, wrong: before.wrong, remark: before.remark };
  });
}

const keyOf = ({ subject, doc, start, end, cells }: CheckedRow): string =>
  JSON.stringify([subject, doc, start, end, ...CELL_COLUMNS.map((column) => cells[column])]);

/** Cells that count: all but the base of what is no change. */
export function countCells(rows: readonly CheckedRow[]): {
  readonly rows: number;
  readonly cells: number;
  readonly right: number;
  readonly unchecked: number;
} {
  let [cells, right, unchecked] = [0, 0, 0];
  for (const row of rows) {
    const here = CELL_COLUMNS.filter((column) => column !== "base" || row.cells.base !== "").length;
    if (row.wrong === null) unchecked += here;
    else {
      cells += here;
      right += here - row.wrong.length;
    }
  }
  return { rows: rows.length, cells, right, unchecked };
}

function isColumn(name: string): name is CellColumn {
  return (CELL_COLUMNS as readonly string[]).includes(name);
}

function badCells(file: string, line: number, reason: string): SitrepError {
  return new SitrepError("bad-input", `${file}: line ${line}: ${reason}`);
}

function quotedField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function recordsOf(csv: string, file: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  // A field in quotation marks, or up to the next comma or line end; then what ends it.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < csv.length) {
    const found = field.exec(csv);
    if (found === null) throw badCells(file, records.length + 1, "a quotation mark in the wrong place");
    const [, quoted, plain = "", end = ""] = found;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") {
      records.push(record);
      record = [];
    }
  }
  return records;
}
