/** From lines to paragraphs, list items and rows, one region after the other. */

import { type BlockKind, CELL_GAP } from "../../../text/blocks.ts";
import {
  type BodyStyle,
  byBaseline,
  greatest,
  heaviest,
  isEntry,
  isTerminated,
  type Line,
  least,
  type Region,
  type Segment,
  startsSmall,
} from "./layout.ts";
import { type Column, partsOf, type Table } from "./tables.ts";

export interface Paragraph {
  kind: BlockKind;
  /** 1 to 6 for headings. */
  level: number;
  readonly lines: Line[];
  /** What is quoted in place of the lines, for rows of tables. */
  readonly text?: string;
  /** The columns of the table that a row is of; none where a line only looks like a row. */
  readonly columns?: readonly Column[];
  /** Whether a row begins a table without a head. */
  readonly beginsTable?: boolean;
  /** Whether it stands beside or below the main text: a sidebar or a footnote. */
  isAside: boolean;
  /** Whether its last line has no room for another word. */
  readonly isFull: boolean;
  /** Whether the paragraph begins a region of its page. */
  readonly isFirst: boolean;
}

// Shares of the font size.
/** An indent of a first line. */
const INDENT = 0.8;
/** Words that stand further apart are cells. */
const BETWEEN_CELLS = 2;
/** How much the sizes of a paragraph's lines may differ, as a share. */
const SAME_SIZE = 0.08;
/** A gap between lines above this many times the usual one ends a paragraph. */
const PARAGRAPH_GAP = 1.25;
/** After a full line without an end, above this many times. */
const FULL_LINE_GAP = 1.5;
/** Lines of a sentence are not further apart than this many times the usual gap. */
const SENTENCE_GAP = 1.9;
/** Footnotes and captions are set smaller than this share of the body. */
export const SMALL = 0.93;

const BULLET = /^[•‣▪●◦○■□*·]\s?|^(?:[-–—]|o(?=\s+\p{Lu}))\s/u;
const NUMBERED = /^(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\))\s/iu;
const NOTE_MARK = /^(?:\d{1,3}|[*†‡§¶]+)\s?\S/u;

/** The lines of a region, top first. */
export function linesOf({ segments }: Region, page: number): Line[] {
  return byBaseline(segments, 0.3).map((row) => {
    const sorted = [...row].sort((a, b) => a.x - b.x);
    const [first] = sorted;
    const longest = sorted.reduce((a, b) => (b.text.length > a.text.length ? b : a));
    const bold = sorted.filter(({ isBold }) => isBold).reduce((sum, { text }) => sum + text.length, 0);
    const characters = sorted.reduce((sum, { text }) => sum + text.length, 0);
    return {
      segments: sorted,
      page,
      text: sorted.map(({ text }) => text).join(" "),
      x: first?.x ?? 0,
      right: greatest(sorted.map(({ right }) => right)),
      y: longest.y,
      size: longest.size,
      isBold: bold > characters * 0.6,
      startsRaised: first?.startsRaised ?? false,
    };
  });
}

/**
 * The paragraphs of a region, without headings told apart yet.
 * @param columnRight where full lines end, as far as other pages tell; 0 when they do not.
 */
export function paragraphsOf(region: Region, page: number, body: BodyStyle, columnRight: number): Paragraph[] {
  const lines = linesOf(region, page);
  const context = contextOf(lines, columnRight);
  const paragraphs: Paragraph[] = [];
  let open: Line[] = [];
  const close = (): void => {
    if (open.length > 0) paragraphs.push(paragraphOf(open, context, region.isSide, paragraphs.length === 0));
    open = [];
  };
  for (const part of partsOf(lines)) {
    if ("table" in part) {
      close();
      for (const row of rowsOf(part.table, region.isSide)) paragraphs.push(row);
    } else if (isRowOfCells(part.line) && !isStretched(part.line, open.at(-1), context)) {
      // Not surely a table: the line stays whole, so that a quote of it is.
      close();
      paragraphs.push({ ...rowOf([part.line], region.isSide), text: textOfCells(part.line), beginsTable: true });
    } else {
      if (open.length > 0 && startsParagraph(open, part.line, context, body)) close();
      open.push(part.line);
    }
  }
  close();
  return paragraphs;
}

function rowOf(lines: readonly Line[], isAside: boolean): Paragraph {
  return { kind: "table-row", level: 0, lines: [...lines], isAside, isFull: false, isFirst: false };
}

function rowsOf({ head, rows, columns }: Table, isAside: boolean): Paragraph[] {
  const body = rows.map(({ lines, text }, index) => {
    const beginsTable = head === null && index === 0;
    return { ...rowOf(lines, isAside), text, columns, beginsTable };
  });
  if (head === null) return body;
  return [{ ...rowOf(head.lines, isAside), kind: "table-head", text: head.text, columns }, ...body];
}

function isRowOfCells(line: Line): boolean {
  return isEntry(line.text) || line.segments.some((_, index) => isCellAt(line, index));
}

/** Whether a segment stands so far from the one before it that it is another cell. */
function isCellAt({ segments, size }: Line, index: number): boolean {
  const [before, segment] = [segments[index - 1], segments[index]];
  return before !== undefined && segment !== undefined && segment.x - before.right > BETWEEN_CELLS * size;
}

function textOfCells(line: Line): string {
  const parts = line.segments.map(({ text }, index) =>
    index === 0 ? text : (isCellAt(line, index) ? CELL_GAP : " ") + text,
  );
  return parts.join("").replace(/\u00ad/g, "");
}

/** Whether a line with wide gaps is one of a paragraph, set to the full width with too few words. */
function isStretched({ segments, x, right, size, y }: Line, before: Line | undefined, context: Context): boolean {
  if (before === undefined || before.segments.length > 1 || isTerminated(before.text)) return false;
  const isFull = Math.abs(right - context.right) < size && Math.abs(x - before.x) < size * 0.3;
  const gaps = segments.map((segment, index) => segment.x - (segments[index - 1]?.right ?? segment.x));
  return isFull && y - before.y < size * 1.8 && before.right > right - size && greatest(gaps) < size * 5;
}

interface Context {
  /** Where most lines begin, and where full ones end. */
  readonly left: number;
  readonly right: number;
  /** The usual distance between baselines, by font size in half points. */
  readonly leading: ReadonlyMap<number, number>;
}

function contextOf(lines: readonly Line[], columnRight: number): Context {
  const lefts = new Map<number, number>();
  const gaps = new Map<number, Map<number, number>>();
  for (const [index, line] of lines.entries()) {
    const left = Math.round(line.x);
    lefts.set(left, (lefts.get(left) ?? 0) + 1);
    const before = lines[index - 1];
    const gap = before === undefined ? 0 : Math.round((line.y - before.y) * 2) / 2;
    if (before === undefined || !isSameSize(line, before) || gap > line.size * 2.6 || gap <= 0) continue;
    const ofSize = gaps.get(halves(line.size)) ?? new Map<number, number>();
    // Lines of one sentence count more: they are surely of one paragraph.
    ofSize.set(gap, (ofSize.get(gap) ?? 0) + (startsSmall(line.text) ? 4 : 1));
    gaps.set(halves(line.size), ofSize);
  }
  // Tables may be wider than the text.
  const text = lines.filter(({ segments }) => segments.length === 1);
  const right = greatest((text.length > 0 ? text : lines).map((line) => line.right));
  const leading = new Map([...gaps].map(([size, ofSize]) => [size, heaviest(ofSize) ?? 0]));
  return {
    left: heaviest(lefts) ?? 0,
    right: Math.max(columnRight, right),
    leading,
  };
}

function halves(size: number): number {
  return Math.round(size * 2);
}

function isSameSize(a: Segment, b: Segment): boolean {
  return Math.abs(a.size - b.size) <= Math.max(a.size, b.size) * SAME_SIZE;
}

function paragraphOf(lines: readonly Line[], { right }: Context, isAside: boolean, isFirst: boolean): Paragraph {
  const last = lines.at(-1);
  const isItem = isListItem(lines[0]?.text ?? "");
  const isFull = last !== undefined && last.right > right - last.size * 4;
  return { kind: isItem ? "list-item" : "paragraph", level: 0, lines: [...lines], isAside, isFull, isFirst };
}

function isListItem(text: string): boolean {
  return BULLET.test(text) || NUMBERED.test(text);
}

/** The text of a list item without the bullet, which says nothing; a number may be referred to and stays. */
export function withoutBullet(text: string): string {
  return text.replace(BULLET, "");
}

/** Whether a line is not of the paragraph whose lines so far are `open`. */
function startsParagraph(open: readonly Line[], line: Line, context: Context, body: BodyStyle): boolean {
  const before = open.at(-1) ?? line;
  const first = open[0] ?? line;
  if (!isSameSize(before, line)) return true;
  const isHeadingLike = isLarge(line, body) || (line.isBold && !body.isBold);
  const usual = context.leading.get(halves(line.size)) ?? line.size * 1.3;
  const gap = line.y - before.y;
  const isEnded = isTerminated(before.text);
  // The widest line of the region may be short itself, when everything is.
  const hadRoom = before.right + firstWordWidth(line) + line.size * 0.5 < context.right;
  if (BULLET.test(line.text) || line.startsRaised) return true;
  if (before.isBold !== line.isBold && (hadRoom || isEnded)) return true;
  if (isLarge(line, body)) return gap > line.size * 1.8;
  if (gap > usual * SENTENCE_GAP || gap > line.size * 3) return true;
  if (/[\p{L}\p{N}][-\u2010\u00ad]$/u.test(before.text) && /^[\p{L}\p{N}]/u.test(line.text)) return false;
  if (NUMBERED.test(line.text) && (isEnded || hadRoom || isListItem(first.text) || /[:;,]$/.test(before.text))) {
    return true;
  }
  if (line.size < body.size * SMALL && NOTE_MARK.test(line.text) && isEnded) return true;
  const isClosed = isEnded || /[)\]};|]$/.test(before.text);
  const goesOn = startsSmall(line.text) && !isEnded && !(isClosed && hadRoom) && !/^(?:https?:|www\.)/i.test(line.text);
  if (goesOn && !(isListItem(first.text) && line.x < first.x - line.size * INDENT)) return false;
  // A full line without an end is followed by the rest of its sentence, if not too far off.
  const isRest = !isEnded && !hadRoom && before.text.length > 40 && /[\p{L}\p{N}]$/u.test(before.text);
  if (gap > usual * (isRest ? FULL_LINE_GAP : PARAGRAPH_GAP)) return true;
  if (isListItem(first.text) && open.length > 1 && line.x < before.x - line.size * INDENT) return true;
  if (isListItem(first.text) && open.length === 1 && line.x <= first.x + line.size * 0.3 && isEnded && hadRoom) {
    return true;
  }
  const isIndented = open.length > 1 || !isListItem(first.text) ? line.x > before.x + line.size * INDENT : false;
  if (isIndented && (isEnded || hadRoom) && line.x < context.left + line.size * 6) return true;
  if (isHeadingLike) return false;
  const width = context.right - least([context.left, before.x]);
  return hadRoom && (isClosed || before.right < context.right - width * 0.25);
}

function isLarge({ size }: Segment, body: BodyStyle): boolean {
  return size > body.size * 1.1;
}

function firstWordWidth({ text, x, right }: Line): number {
  const [word = ""] = text.split(" ", 1);
  return ((right - x) * word.length) / Math.max(text.length, 1);
}
