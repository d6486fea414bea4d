/** What an extractor makes of a file: its canonical text, the reading view beside it, and its blocks. */

import type { Span } from "../domain/passage.ts";

/**
 * A `table-head` is the row of column names that the `table-row`s right after it are read with. A head without a
 * row after it is read as a row itself.
 */
export type BlockKind = "heading" | "paragraph" | "list-item" | "quote" | "table-head" | "table-row" | "code";

/**
 * What stands between the cells of a row where the canonical text is made at ingest: white space only, because
 * anything else would not be in the document. An em space, which neither a cell nor a screen folds away as it would a
 * tab or a second space, so that "1,024" and "900" stay apart; and a common one, at which lines can be broken.
 */
export const CELL_GAP = "\u2003 ";

/** A block of canonical text, its own markup included. Blocks are in order and do not overlap. */
export interface Block {
  kind: BlockKind;
  start: number;
  end: number;
  /** 1 to 6 for headings, else 0. */
  level: number;
  /** On the first row of a table without a head to read: a table that ends right above it has nothing to do with it. */
  beginsTable?: true;
  /**
   * What its rows are read with, where its own text does not say it: on a head of several rows, the names of the
   * columns; on a row, the cells that stand in several rows, this one among them.
   */
  context?: string;
}

export interface StructuredText {
  /** Canonical text. */
  text: string;
  /** As long as `text`, offset for offset, with markup replaced by spaces. */
  reading: string;
  blocks: Block[];
  /** Footnote marks in order; `at` is the offset of the mark in the canonical text. */
  footnotes: { key: string; at: number }[];
  /** What the text itself says about its footnotes. */
  definitions: { key: string; text: string }[];
  /** Where each page begins, first page first, ascending; absent where the format has no pages. */
  pages?: readonly number[];
}

/** Whether a UTF-16 code unit is white space, as `\s` sees it. */
export function isSpaceCode(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0xa0) return false;
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** The span without white space at its ends, or null when nothing else is in it. */
export function trimSpan(text: string, start: number, end: number): Span | null {
  let from = start;
  let to = end;
  while (from < to && isSpaceCode(text.charCodeAt(from))) from += 1;
  while (to > from && isSpaceCode(text.charCodeAt(to - 1))) to -= 1;
  return from < to ? { start: from, end: to } : null;
}

/** Whether cutting before this offset would separate the halves of a surrogate pair. */
export function isInsidePair(text: string, offset: number): boolean {
  return (text.charCodeAt(offset) & 0xfc00) === 0xdc00 && (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800;
}
