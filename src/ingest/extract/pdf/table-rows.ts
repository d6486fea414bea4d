/** The rows of a table as sentences that can be quoted, and the head that they are read with. */

import { CELL_GAP } from "../../../text/blocks.ts";
import { type Line, median } from "./layout.ts";

/** What stands in one column of one row, line by line. */
export type Cell = {
  readonly texts: readonly string[];
  readonly right: number;
  readonly size: number;
  readonly isBold: boolean;
} | null;

export interface LogicalRow {
  readonly cells: readonly Cell[];
  readonly lines: readonly Line[];
}

/** Longest name of a column, in characters. */
const LONGEST_NAME = 60;
/** Lines of a header. */
const DEEPEST_HEADER = 6;
/** Fonts that differ by less than this share are of one size. */
const SAME_SIZE = 0.04;

/** A figure with its unit. */
export const NUMBER = /^[-–−+(<>~]?\s?[$€£]?\s?\d[\d.,\s]*(?:%|\p{L}{1,3})?\)?$/u;
const YEAR = /^(?:19|20)\d\d(?:[-–/]\d{2,4})?$/;
const EMPTY = /^(?:n\/?a|[-–—.…]+|nil|none)$/i;

/** The rows below the header, and the header as one row; null where the first row does not differ from the others. */
export function bodyWithoutHeader(rows: readonly LogicalRow[]): { header: LogicalRow | null; body: LogicalRow[] } {
  const [first, ...rest] = rows;
  if (first === undefined || !first.cells.every((cell, column) => column === 0 || cell !== null)) {
    return { header: null, body: [...rows] };
  }
  const isLike = styleOfHeader(first, rest);
  const isHeader = isLike !== null || isAboveFigures(first, rest);
  let header = first;
  let depth = 0;
  while (isLike !== null && depth + 1 < rest.length && depth < DEEPEST_HEADER) {
    const row = rest[depth];
    if (row === undefined || !isLike(row) || row.cells.every((cell) => cell !== null)) break;
    header = joinRows(header, row);
    depth += 1;
  }
  const isShort = header.cells.every((cell) => joinTexts(cell?.texts ?? []).length <= LONGEST_NAME);
  return isHeader && isShort ? { header, body: rest.slice(depth) } : { header: null, body: [...rows] };
}

/** A row and what wraps from it into the next one, column by column. */
export function joinRows(first: LogicalRow, second: LogicalRow): LogicalRow {
  const cells = first.cells.map((cell, column) => joinCells(cell, second.cells[column] ?? null));
  return { cells, lines: [...first.lines, ...second.lines] };
}

export function joinCells(first: Cell, second: Cell): Cell {
  if (first === null || second === null) return first ?? second;
  return { ...first, texts: [...first.texts, ...second.texts], right: second.right };
}

/** The cells of a row one after the other, and nothing else. */
export function rowText({ cells }: Pick<LogicalRow, "cells">): string {
  return cells.flatMap((cell) => (cell === null ? [] : [joinTexts(cell.texts)])).join(CELL_GAP);
}

/** The lines of a cell. Cells are narrow, so a hyphen between small letters at a line end is a syllable's. */
function joinTexts(texts: readonly string[]): string {
  let joined = "";
  for (const text of texts) {
    const isSyllable = /\p{Ll}[-\u00ad]$/u.test(joined) && /^\p{Ll}/u.test(text);
    // Hashes and addresses are wrapped anywhere.
    const isCode = /(?:^|\s)[\da-f]{16,}$/i.test(joined) && /^[\da-f]+$/i.test(text);
    if (isSyllable) joined = joined.slice(0, -1) + text;
    else joined += joined === "" || isCode ? text : ` ${text}`;
  }
  return joined.replace(/\u00ad/g, "");
}

/** What tells the header's rows from the others by their look; null where nothing does. */
function styleOfHeader(first: LogicalRow, rest: readonly LogicalRow[]): ((row: LogicalRow) => boolean) | null {
  const share = (isSo: (row: LogicalRow) => boolean) => rest.filter(isSo).length / Math.max(rest.length, 1);
  const bodySize = median(rest.map(sizeOf), 0);
  const size = sizeOf(first);
  const differs = (row: LogicalRow) =>
    Math.abs(sizeOf(row) - size) <= size * SAME_SIZE && Math.abs(size - bodySize) > bodySize * SAME_SIZE;
  return [isBold, isShouted, differs].find((isSo) => isSo(first) && share(isSo) < 0.5) ?? null;
}

function isBold({ cells }: LogicalRow): boolean {
  return cells.every((cell) => cell === null || cell.isBold);
}

function isShouted({ cells }: LogicalRow): boolean {
  const text = cells.flatMap((cell) => cell?.texts ?? []).join("");
  return /\p{Lu}{4}/u.test(text) && !/\p{Ll}{2}/u.test(text);
}

function sizeOf({ cells }: LogicalRow): number {
  return median(
    cells.flatMap((cell) => cell?.size ?? []),
    0,
  );
}

/** Whether the first row has words or years, and the columns below it figures. */
function isAboveFigures(first: LogicalRow, rest: readonly LogicalRow[]): boolean {
  let columns = 0;
  for (const [column, cell] of first.cells.entries()) {
    const texts = rest.flatMap(({ cells }) => cells[column]?.texts.join(" ") ?? []).filter((text) => !EMPTY.test(text));
    const hasFigures = texts.length >= 2 && texts.filter((text) => NUMBER.test(text)).length >= texts.length * 0.6;
    const label = cell?.texts.join(" ") ?? "";
    const isLabel = !NUMBER.test(label) || (YEAR.test(label) && !texts.some((text) => YEAR.test(text)));
    if (hasFigures && !isLabel) return false;
    if (hasFigures && column > 0) columns += 1;
  }
  return columns > 0;
}
