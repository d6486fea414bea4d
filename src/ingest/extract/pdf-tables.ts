/** Tables, known by cells that stand below each other; where that is in doubt, lines stay lines. */

import { greatest, isTerminated, type Line, least, median, startsSmall } from "./pdf-layout.ts";
import { bodyWithoutHeader, type Cell, type LogicalRow, labelledRow, plainRow } from "./pdf-table-rows.ts";

export interface Table {
  readonly rows: readonly { readonly text: string; readonly lines: readonly Line[] }[];
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

interface Column {
  x: number;
  right: number;
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
  const rows = body.map((row) => ({
    text: header === null ? plainRow(row) : labelledRow(header, row),
    lines: row.lines,
  }));
  return { table: { rows }, lines: logical.reduce((sum, row) => sum + row.lines.length, 0) };
}

/** The lines from here on that leave white columns free between their segments. */
function grow(lines: readonly Line[], start: number): { used: Line[]; columns: Column[] } {
  const used: Line[] = [];
  let columns: Column[] = [];
  for (const line of lines.slice(start, start + MOST_LINES)) {
    const before = used.at(-1);
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
  const physical: { line: Line; cells: Cell[] }[] = [];
  for (const line of lines) {
    const cells = cellsOf(line, columns);
    if (cells === null) return null;
    physical.push({ line, cells });
  }
  const gaps = lines.map((line, index) => line.y - (lines[index - 1]?.y ?? line.y));
  const leastGap = least(gaps.filter((gap) => gap > 2));
  const isUniform = greatest(gaps) <= leastGap * ROW_GAP;
  const rows: { cells: Cell[]; lines: Line[] }[] = [];
  for (const [index, { line, cells }] of physical.entries()) {
    const row = rows.at(-1);
    const isNear = (gaps[index] ?? 0) <= leastGap * ROW_GAP;
    if (row !== undefined && isNear && continues(row, cells, isUniform)) {
      row.lines.push(line);
      row.cells = row.cells.map((cell, column) => joinCells(cell, cells[column] ?? null));
    } else {
      rows.push({ cells, lines: [line] });
    }
  }
  return rows;
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

function joinCells(first: Cell, second: Cell): Cell {
  if (first === null || second === null) return first ?? second;
  return { ...first, texts: [...first.texts, ...second.texts], right: second.right };
}

/** Whether a line near the one before goes on with its row: cells wrap, so some of its cells are empty or go on. */
function continues(row: LogicalRow, cells: readonly Cell[], isUniform: boolean): boolean {
  const filled = cells.flatMap((cell, column) => (cell === null ? [] : [{ cell, before: row.cells[column] ?? null }]));
  const goesOn = filled.every(
    ({ cell, before }) => startsSmall(cell.texts[0] ?? "") || /[-\u00ad]$/.test(before?.texts.at(-1) ?? ""),
  );
  if (cells[0] === null || cells[0] === undefined) return true;
  const isFuller = row.cells.every((cell, column) => cell === null || (cells[column] ?? null) !== null);
  return isUniform ? goesOn && filled.length < row.cells.length : !isFuller || goesOn;
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
