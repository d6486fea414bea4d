/** Tables of data: each row in its own words, with what it is read with beside it. */

import { type Block, CELL_GAP } from "../../../text/blocks.ts";
import { isNeverText } from "./chrome.ts";
import { lineOf } from "./inline.ts";
import { type HtmlElement, type HtmlNode, isElement, isText, walk } from "./tree.ts";

/** A row's own text, and what is known of it beside that. */
export interface TableLine {
  readonly text: string;
  readonly more: Pick<Block, "context">;
}

export interface TableLines {
  readonly caption: string;
  /** The names of the columns; null for a table without any, and for one that has nothing else. */
  readonly head: TableLine | null;
  readonly rows: readonly TableLine[];
}

export interface TableOptions {
  /** Whether a first row of words is a header without being marked as one, as in text processors. */
  readonly hasUnmarkedHeaders: boolean;
}

interface Cell {
  readonly text: string;
  readonly isHeader: boolean;
  readonly isBold: boolean;
}

interface Row {
  /** By column: a cell stands in each column and row that it covers. */
  readonly cells: Cell[];
  /** The cells that are written in this row. */
  readonly own: Cell[];
  readonly isHead: boolean;
}

/** Columns of the grid that spans are resolved to; what is further right is left out of it. */
const MOST_COLUMNS = 200;
/** Cells of the grid, those that spans fill included: spans can ask for any number. */
const MOST_CELLS = 1_000_000;
/** A cell of a table without any header that is longer than this is part of a layout, in characters. */
const LONGEST_CELL = 400;
/** Paragraphs of one cell of data. */
const MOST_PARAGRAPHS = 3;
/** Rows that a cell heads are one line up to this length in characters. */
const LONGEST_GROUP = 400;
/** No heading is so long; and a cell can ask to stand in any number of rows. In characters. */
const LONGEST_CONTEXT = 500;

const INSIDE_LAYOUT = new Set("table h1 h2 h3 h4 h5 h6 pre article section main form dl blockquote".split(" "));
const NO_ROLES = new Set(["presentation", "none"]);

/**
 * The rows of a table of data, or null for a table that only arranges other content (role "presentation", one
 * column or one cell, headings, tables or several paragraphs inside of a cell).
 */
export function tableLines(
  table: HtmlElement,
  chrome: ReadonlySet<HtmlNode>,
  options: TableOptions,
): TableLines | null {
  if (NO_ROLES.has(table.attribs.role?.toLowerCase() ?? "") || !holdsOnlyData(table, chrome)) return null;
  const { rows, caption } = rowsOf(table, chrome);
  const columns = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  if (rows.length === 0 || columns < 2) return null;
  const isMarked = rows.some(({ isHead, cells }) => isHead || cells.some(({ isHeader }) => isHeader));
  if (!isMarked && rows.some(({ cells }) => cells.some(({ text }) => text.length > LONGEST_CELL))) return null;
  const heads = headRows(rows, columns, isMarked, options);
  // Headers only are all that there is to say.
  if (heads === rows.length) return { caption, head: null, rows: bodyOf(rows) };
  return { caption, head: headOf(rows.slice(0, heads), columns), rows: bodyOf(rows.slice(heads)) };
}

/** Whether nothing in the cells has a structure of its own. */
function holdsOnlyData(table: HtmlElement, chrome: ReadonlySet<HtmlNode>): boolean {
  let isData = true;
  let paragraphs = 0;
  walk(table, (node) => {
    if (!isElement(node)) return false;
    if (chrome.has(node) || isNeverText(node)) return false;
    if (INSIDE_LAYOUT.has(node.name)) isData = false;
    if (node.name === "td" || node.name === "th") paragraphs = 0;
    if (node.name === "p") paragraphs += 1;
    if (paragraphs > MOST_PARAGRAPHS) isData = false;
    return isData ? node.name !== "caption" : "stop";
  });
  return isData;
}

/** The rows with text of their own, their spans resolved. */
function rowsOf(table: HtmlElement, chrome: ReadonlySet<HtmlNode>): { rows: Row[]; caption: string } {
  const rows: Row[] = [];
  let caption = "";
  let row: Row | null = null;
  let cells = 0;
  /** By column, the cell that reaches down from a row above, and for how many rows more. */
  let reaching: ({ cell: Cell; rows: number } | undefined)[] = [];
  const fill = (target: Row): void => {
    for (let held = reaching[target.cells.length]; held !== undefined; held = reaching[target.cells.length]) {
      reaching[target.cells.length] = held.rows > 1 ? { cell: held.cell, rows: held.rows - 1 } : undefined;
      target.cells.push(held.cell);
      cells += 1;
    }
  };
  walk(table, (node) => {
    if (!isElement(node) || chrome.has(node) || isNeverText(node)) return false;
    if (node.name === "caption") caption = lineOf(node, chrome);
    if (node.name === "thead" || node.name === "tbody" || node.name === "tfoot") {
      reaching = [];
      return true;
    }
    if (node.name === "tr") {
      const group = node.parent;
      row = { cells: [], own: [], isHead: group !== null && isElement(group) && group.name === "thead" };
      rows.push(row);
      fill(row);
      return true;
    }
    if ((node.name !== "td" && node.name !== "th") || row === null) return false;
    const cell = { text: lineOf(node, chrome), isHeader: node.name === "th", isBold: isBold(node) };
    row.own.push(cell);
    const width = spanOf(node, "colspan");
    const height = spanOf(node, "rowspan");
    for (let column = 0; column < width && row.cells.length < MOST_COLUMNS && cells < MOST_CELLS; column += 1) {
      if (height > 1) reaching[row.cells.length] = { cell, rows: height - 1 };
      row.cells.push(cell);
      cells += 1;
    }
    fill(row);
    return false;
  });
  return { rows: rows.filter(({ own }) => own.some(({ text }) => text !== "")), caption };
}

function spanOf(cell: HtmlElement, attribute: "colspan" | "rowspan"): number {
  const span = Number.parseInt(cell.attribs[attribute] ?? "1", 10);
  // Zero rows means all that remain.
  if (attribute === "rowspan" && span === 0) return 65_534;
  return Number.isFinite(span) ? Math.min(65_534, Math.max(1, span)) : 1;
}

/** Whether all text of a cell is in bold elements. */
function isBold(cell: HtmlElement): boolean {
  let hasText = false;
  let isAll = true;
  walk(cell, (node) => {
    if (isElement(node)) {
      if (node.name !== "b" && node.name !== "strong") return true;
      hasText = true;
      return false;
    }
    if (isText(node) && node.data.trim() !== "") isAll = false;
    return isAll ? false : "stop";
  });
  return isAll && hasText;
}

/** How many rows at the top are headers. */
function headRows(rows: readonly Row[], columns: number, isMarked: boolean, options: TableOptions): number {
  let marked = 0;
  while (rows[marked]?.isHead) marked += 1;
  if (marked > 0) return marked;
  while (marked < rows.length && isHeaderRow(rows[marked])) marked += 1;
  // A column of headers down the whole table says what each row is, and not what the columns are.
  if (marked > 0) return marked;
  const [first, second] = rows;
  if (first === undefined || second === undefined || isMarked) return 0;
  const isWords = first.cells.length === columns && first.cells.every(({ text }) => text !== "" && !isNumeric(text));
  const isOnlyBold = first.cells.every((cell) => cell.isBold) && !second.cells.every((cell) => cell.isBold);
  if (isWords && isOnlyBold) return 1;
  if (!options.hasUnmarkedHeaders || !isWords) return 0;
  // Two columns are as often names and values, without any header.
  const hasNumbers = rows.slice(1).some(({ cells }) => cells.slice(1).some(({ text }) => isNumeric(text)));
  const isNames = rows.every(({ cells }) => cells[0]?.isBold || cells[0]?.text.endsWith(":"));
  return !isNames && (columns > 2 || hasNumbers) ? 1 : 0;
}

function isHeaderRow(row: Row | undefined): boolean {
  return row?.cells.every(({ isHeader, text }) => isHeader || text === "") ?? false;
}

/** A figure, a date or a share: "1,024", "12 %", "2023-04-01", "n/a", "–". */
function isNumeric(text: string): boolean {
  return /^(?:[^\p{L}]*\d[^\p{L}]*|n\/?a|[-–—.]+)$/iu.test(text);
}

/** The header rows as one line; where there are several, with what they say of each column: "2023 Killed". */
function headOf(heads: readonly Row[], columns: number): TableLine | null {
  const text = heads.map(textOf).join(CELL_GAP);
  if (text === "") return null;
  const isContext = heads.length > 1 && text.length <= LONGEST_CONTEXT;
  return { text, more: isContext ? contextOf(namesOf(heads, columns)) : {} };
}

/** What stands over all columns, then for each column what stands over it, from the top. */
function namesOf(heads: readonly Row[], columns: number): string[] {
  const isTitle = ({ cells }: Row) => cells.every((cell) => cell === cells[0]);
  const titles = heads.filter(isTitle).map(textOf);
  const levels = heads.filter((row) => !isTitle(row));
  const names = Array.from({ length: columns }, (_, column) => {
    const texts = levels.map(({ cells }) => cells[column]?.text ?? "");
    return [...new Set(texts)].filter((text) => text !== "").join(" ");
  });
  return [...titles, ...names];
}

/** The rows as lines, with the cells that stand in several lines as context: a line is without those above it. */
function bodyOf(rows: readonly Row[]): TableLine[] {
  const groups = groupsOf(rows);
  const seen = new Set<Cell>();
  const shared = new Set<Cell>();
  for (const group of groups) {
    const distinct = new Set(group.flatMap(({ cells }) => cells));
    for (const cell of distinct) (seen.has(cell) ? shared : seen).add(cell);
  }
  return groups.map((group) => {
    const over = group.flatMap(({ cells }) => cells.filter((cell) => shared.has(cell)));
    return { text: group.map(textOf).join(CELL_GAP), more: contextOf(over.map(({ text }) => text)) };
  });
}

/**
 * Rows that one cell of the first column heads are one group, if they are short: apart, only the first of them would
 * name what all are about, and be taken for the answer to what is asked about the others.
 */
function groupsOf(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const open = groups.at(-1);
    const [first] = row.cells;
    const isHeaded = first !== undefined && first.text !== "" && first === open?.[0]?.cells[0];
    if (isHeaded) open?.push(row);
    else groups.push([row]);
  }
  return groups.flatMap((group) => {
    const length = group.reduce((sum, row) => sum + textOf(row).length, 0);
    return group.length > 1 && length > LONGEST_GROUP ? group.map((row) => [row]) : [group];
  });
}

function contextOf(texts: readonly string[]): TableLine["more"] {
  const distinct = [...new Set(texts)].filter((text) => text !== "" && text.length <= LONGEST_CONTEXT);
  const context = distinct.join(" | ");
  return context === "" || context.length > LONGEST_CONTEXT ? {} : { context };
}

function textOf({ own }: Row): string {
  return own
    .map(({ text }) => text)
    .filter((text) => text !== "")
    .join(CELL_GAP);
}
