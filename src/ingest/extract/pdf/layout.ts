/** What stands where on a page of a PDF. Points, from the upper left corner of the page as it is read. */

/** A piece of text that the PDF sets in one go. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  /** Of the baseline. */
  readonly y: number;
  /** Of the font, in points. */
  readonly size: number;
  readonly isBold: boolean;
  /** Whether the PDF has white space before it. */
  readonly hasSpaceBefore: boolean;
}

/** Text of one baseline without a gap that could be a column's. */
export interface Segment {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  /** Of most of its characters. */
  readonly size: number;
  readonly isBold: boolean;
  /** Whether it begins with a raised mark, as a footnote does. */
  readonly startsRaised: boolean;
}

/** The segments of one baseline in one region. */
export interface Line extends Segment {
  readonly segments: readonly Segment[];
  /** 0 for the first page. */
  readonly page: number;
}

export interface PageLayout {
  readonly width: number;
  readonly height: number;
  readonly segments: readonly Segment[];
}

/** Lines that are read from top to bottom before anything beside them. */
export interface Region {
  readonly segments: readonly Segment[];
  /** Whether it stands beside the main text, and is none of it. */
  readonly isSide: boolean;
}

/** What most of the text of a document looks like. */
export interface BodyStyle {
  readonly size: number;
  readonly isBold: boolean;
}

/** Whether a line is of a table of contents, with its leaders as the segments have them. */
export function isEntry(text: string): boolean {
  return / (?:\.{3}|…{3}|·{3}|_{3}) (?:\d{1,4}|[ivxlc]{1,7})$/i.test(text);
}

export function isTerminated(text: string): boolean {
  return /[.!?。！？؟۔…]["”’»)\]]*$/u.test(text);
}

/** Whether a text goes on with a sentence. */
export function startsSmall(text: string): boolean {
  return /^["“‘'(«[]?\p{Ll}/u.test(text);
}

/** The value that stands in the middle; `fallback` of nothing. */
export function median(values: readonly number[], fallback: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? fallback;
}

/** The least value; infinity of nothing. Spreading into Math.min overflows the stack on long lists. */
export function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

/** The greatest value; minus infinity of nothing. */
export function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

/** The key that has the greatest weight. */
export function heaviest<Key>(weights: ReadonlyMap<Key, number>): Key | undefined {
  let best: Key | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const [key, weight] of weights) {
    if (weight <= most) continue;
    best = key;
    most = weight;
  }
  return best;
}

/** Things grouped by baseline, top first; in a group, in the order in which they came. */
export function byBaseline<Thing extends { readonly y: number; readonly size: number }>(
  things: readonly Thing[],
  tolerance: number,
): Thing[][] {
  const rows: { y: number; things: Thing[] }[] = [];
  for (const thing of [...things].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row !== undefined && thing.y - row.y <= tolerance * thing.size) row.things.push(thing);
    else rows.push({ y: thing.y, things: [thing] });
  }
  return rows.map((row) => row.things);
}
