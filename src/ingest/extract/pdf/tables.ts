/** Tables, known by cells that stand below each other; where that is in doubt, lines stay lines. */

import { isEntry, isTerminated, type Line, least, median, startsSmall } from "./layout.ts";
import { bodyWithoutHeader, type Cell, joinCells, joinRows, type LogicalRow, NUMBER, rowText } from "./table-rows.ts";

export interface Row {
  readonly text: string;
  readonly lines: readonly Line[];
}

export interface Table {
  /** The names of the columns; null where no row differs from the others. */
  readonly head: Row | null;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
}

export type Part = { readonly line: Line } | { readonly table: Table };

/** Fewest rows of a table, its header included. */
const LEAST_ROWS = 3;
/** A table is looked for in so many lines; a longer one is two tables. */
const MOST_LINES = 150;
/** Lines further apart than this many font sizes are not of one table. */
const FARTHEST = 4;
/** A gap between lines that is so many times the least one separates rows. */
const ROW_GAP = 1.35;
/** Segments of one cell that stand further apart, in font sizes, are two cells. */
const WITHIN_CELL = 1.5;

export interface Column {
  x: number;
  right: number;
}

interface PhysicalRow {
  readonly line: Line;
  readonly cells: readonly Cell[];
}

/** The lines of a region with its tables put together. */
export function partsOf(lines: readonly Line[]): Part[] {
  const parts: Part[] = [];
  let index = 0;
  while (index < lines.length) {
    const found = tableAt(lines, index);
    const line = lines[index];
    if (found !== null) {
      parts.push({ table: found.table });
      index += found.lines;
    } else {
      if (line !== undefined) parts.push({ line });
      index += 1;
    }
  }
  return parts;
}

function tableAt(lines: readonly Line[], start: number): { table: Table; lines: number } | null {
  if ((lines[start]?.segments.length ?? 0) < 2) return null;
  const { used, columns } = grow(lines, start);
  if (used.length < LEAST_ROWS || columns.length < 2) return null;
  const logical = logicalRows(used, columns);
  if (logical === null) return null;
  // What only looks like a row at the end is the text below.
  while ((logical.at(-1)?.cells.filter((cell) => cell !== null).length ?? 2) < 2) logical.pop();
  const full = logical.filter(({ cells }) => cells.filter((cell) => cell !== null).length >= 2);
  if (full.length < LEAST_ROWS || full.length < logical.length * 0.7 || looksLikeProse(logical, columns.length)) {
    return null;
  }
  const { header, body } = bodyWithoutHeader(logical);
  if (header !== null && body.length < LEAST_ROWS - 1) return null;
  const written = (row: LogicalRow): Row => ({ text: rowText(row), lines: row.lines });
  const table = { head: header && written(header), rows: body.map(written), columns };
  return { table, lines: logical.reduce((sum, row) => sum + row.lines.length, 0) };
}

/** The lines from here on that leave white columns free between their segments. */
function grow(lines: readonly Line[], start: number): { used: Line[]; columns: Column[] } {
  const used: Line[] = [];
  let columns: Column[] = [];
  for (const line of lines.slice(start, start + MOST_LINES)) {
    const before = used.at(-1);
    if (isEntry(line.text)) break;
    if (before !== undefined && line.y - before.y > FARTHEST * Math.max(line.size, before.size)) break;
    const merged = mergeColumns([...columns, ...line.segments.map(({ x, right }) => ({ x, right }))]);
    // A line across columns is a heading or text, and not of this table.
    if (used.length > 0 && merged.length < columns.length) break;
    if (used.length > 0 && line.segments.length === 1 && merged.length > columns.length) break;
    used.push(line);
    columns = merged;
    if (columns.length < 2) break;
  }
  return { used, columns };
}

function mergeColumns(columns: readonly Column[]): Column[] {
  const merged: Column[] = [];
  for (const column of [...columns].sort((a, b) => a.x - b.x)) {
    const last = merged.at(-1);
    if (last !== undefined && column.x <= last.right) last.right = Math.max(last.right, column.right);
    else merged.push({ ...column });
  }
  return merged;
}

/** The rows with their cells, each of which may have several lines; null when cells run into each other. */
function logicalRows(lines: readonly Line[], columns: readonly Column[]): LogicalRow[] | null {
  const physical: PhysicalRow[] = [];
  for (const line of lines) {
    const cells = cellsOf(line, columns);
    if (cells === null) return null;
    physical.push({ line, cells });
  }
  return groupsOf(physical).flatMap((group, _, groups) =>
    isOneRow(group, groups.length) ? [joined(group)] : apart(group),
  );
}

/** Lines that stand closer to each other than to the next ones. */
function groupsOf(lines: readonly PhysicalRow[]): PhysicalRow[][] {
  const gaps = lines.map(({ line }, index) => line.y - (lines[index - 1]?.line.y ?? line.y));
  const near = least(gaps.filter((gap) => gap > 2)) * ROW_GAP;
  const groups: PhysicalRow[][] = [];
  for (const [index, line] of lines.entries()) {
    const group = groups.at(-1);
    if (group !== undefined && (gaps[index] ?? 0) <= near) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** Whether lines that stand close are one row whose cells wrap, and not several rows. */
function isOneRow(group: readonly PhysicalRow[], groups: number): boolean {
  // Where all lines are evenly spaced, only their cells can tell.
  if (groups === 1) return false;
  const [first] = group;
  const columns = first?.cells.map((_, column) => group.flatMap(({ cells }) => cells[column]?.texts[0] ?? [])) ?? [];
  if (columns.some((texts) => texts.filter((text) => NUMBER.test(text)).length >= 2)) return false;
  const heads = columns[0]?.filter((text) => !startsSmall(text)) ?? [];
  return heads.length < 3;
}

function joined(group: readonly PhysicalRow[]): LogicalRow {
  return group.map(({ line, cells }): LogicalRow => ({ cells, lines: [line] })).reduce(joinRows);
}

/** Each line as a row, but for those that go on with cells of the one before. */
function apart(group: readonly PhysicalRow[]): LogicalRow[] {
  const rows: PhysicalRow[][] = [];
  for (const line of group) {
    const row = rows.at(-1);
    if (row !== undefined && continues(joined(row).cells, line.cells)) row.push(line);
    else rows.push([line]);
  }
  return rows.map(joined);
}

/** Whether a line has nothing in its first cell, or only ends of words and sentences in some of its cells. */
function continues(row: readonly Cell[], cells: readonly Cell[]): boolean {
  if ((cells[0] ?? null) === null) return true;
  const filled = cells.flatMap((cell, column) => (cell === null ? [] : [{ cell, before: row[column] ?? null }]));
  const goesOn = filled.every(
    ({ cell, before }) => startsSmall(cell.texts[0] ?? "") || /[-\u00ad]$/.test(before?.texts.at(-1) ?? ""),
  );
  return goesOn && filled.length < row.length;
}

function cellsOf({ segments }: Line, columns: readonly Column[]): Cell[] | null {
  const cells: Cell[] = columns.map(() => null);
  for (const { text, x, right, size, isBold } of segments) {
    const column = columns.findIndex((candidate) => x >= candidate.x && right <= candidate.right);
    const before = cells[column] ?? null;
    if (before !== null && x - before.right > WITHIN_CELL * size) return null;
    cells[column] = joinCells(before, { texts: [text], right, size, isBold });
  }
  return cells;
}

/** Whether the cells are the lines of texts that stand side by side. */
function looksLikeProse(rows: readonly LogicalRow[], columns: number): boolean {
  for (let column = 0; column < columns; column += 1) {
    const texts = rows.flatMap(({ cells }) => cells[column]?.texts.join(" ") ?? []);
    const going = texts.filter((text) => startsSmall(text) && text.length > 20).length;
    const ended = texts.filter((text) => text.length > 20 && !isTerminated(text)).length;
    const length = median(
      texts.map((text) => text.length),
      0,
    );
    if (length > 20 && going > texts.length * 0.4 && ended > texts.length * 0.5) return true;
  }
  return false;
}
