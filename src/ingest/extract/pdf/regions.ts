/** The order in which the parts of a page are read: columns one after the other, what stands beside the text last. */

import { byBaseline, greatest, least, median, type Region, type Segment } from "./layout.ts";

/** The narrowest gutter between columns, in shares of the usual font size. */
const GUTTER = 0.8;
/** Fewest lines on each side of a gutter. */
const LEAST_LINES = 2;
/** Pages nest columns in columns, but not deeper. */
const DEEPEST = 6;
/** Gutters tried for one part of a page, the likeliest first. */
const MOST_GUTTERS = 40;
/** No page that a person reads has more; the search for columns is quadratic. */
const MOST_SEGMENTS = 3000;
/** A column that is narrower and has less text than this share of the other one is a sidebar. */
const SIDEBAR = 0.6;

/** What stands between two full-width elements, on both sides of a gutter. */
interface Band {
  readonly left: Segment[];
  readonly right: Segment[];
  readonly top: number;
  readonly bottom: number;
  readonly weight: number;
}

/** The parts of a page in reading order. */
export function regionsOf(segments: readonly Segment[]): Region[] {
  return cut(segments, 0, false);
}

function cut(segments: readonly Segment[], depth: number, isSide: boolean): Region[] {
  if (segments.length === 0) return [];
  const band = depth < DEEPEST && segments.length <= MOST_SEGMENTS ? widestBand(segments) : null;
  if (band === null) return [{ segments, isSide }];
  const inBand = new Set([...band.left, ...band.right]);
  const outside = segments.filter((segment) => !inBand.has(segment));
  const above = outside.filter(({ y }) => y < band.top);
  const below = outside.filter(({ y }) => y >= band.top);
  const [left, right] = [extentOf(band.left), extentOf(band.right)];
  // A title beside its subtitle is larger than that, and no sidebar.
  const isSidebar = (one: Extent, other: Extent) =>
    one.size <= other.size * 1.1 && one.width < other.width * SIDEBAR && one.characters < other.characters * SIDEBAR;
  const columns = isSidebar(left, right)
    ? [...cut(band.right, depth + 1, isSide), ...cut(band.left, depth + 1, true)]
    : [...cut(band.left, depth + 1, isSide), ...cut(band.right, depth + 1, isSide || isSidebar(right, left))];
  return [...cut(above, depth + 1, isSide), ...columns, ...cut(below, depth + 1, isSide)];
}

interface Extent {
  readonly width: number;
  readonly characters: number;
  /** The usual font size. */
  readonly size: number;
}

function extentOf(segments: readonly Segment[]): Extent {
  const x = least(segments.map((segment) => segment.x));
  const right = greatest(segments.map((segment) => segment.right));
  return {
    width: right - x,
    size: usualSize(segments),
    characters: segments.reduce((sum, { text }) => sum + text.length, 0),
  };
}

/** The part of a page with columns that holds most text; null where there is none. */
function widestBand(segments: readonly Segment[]): Band | null {
  const rows = byBaseline(segments, 0.3);
  let best: Band | null = null;
  for (const x of likelyGutters(segments)) {
    for (const band of bandsAt(x, rows, usualSize(segments) * GUTTER)) {
      if (band.weight > (best?.weight ?? 0) && areColumns(band)) best = band;
    }
  }
  return best;
}

function usualSize(segments: readonly Segment[]): number {
  return median(
    segments.map(({ size }) => size),
    10,
  );
}

/** Where several lines begin with something to their left: the left edges of possible right columns. */
function likelyGutters(segments: readonly Segment[]): number[] {
  const leftmost = least(segments.map(({ x }) => x));
  const counts = new Map<number, { x: number; lines: number }>();
  for (const { x } of segments) {
    if (x < leftmost + 10) continue;
    const key = Math.round(x / 3);
    const found = counts.get(key);
    counts.set(key, { x: Math.min(x, found?.x ?? x), lines: (found?.lines ?? 0) + 1 });
  }
  const likely = [...counts.values()].filter(({ lines }) => lines >= 2).sort((a, b) => b.lines - a.lines);
  return likely.slice(0, MOST_GUTTERS).map(({ x }) => x - 0.5);
}

/** The runs of rows that leave the gutter free. */
function bandsAt(x: number, rows: readonly Segment[][], gutter: number): Band[] {
  const bands: Band[] = [];
  let open: Segment[][] = [];
  const close = (): void => {
    const band = bandOf(x, open);
    if (band !== null) bands.push(band);
    open = [];
  };
  for (const row of rows) {
    if (row.some((segment) => segment.x < x && segment.right > x - gutter)) close();
    else open.push(row);
  }
  close();
  return bands;
}

function bandOf(x: number, rows: readonly Segment[][]): Band | null {
  const isRight = (segment: Segment) => segment.x >= x;
  // What stands above the other column is not beside it.
  const first = rows.findIndex((row) => row.some(isRight));
  const used = rows.slice(Math.max(first, 0));
  const left = used.flat().filter((segment) => !isRight(segment));
  const right = used.flat().filter(isRight);
  const leftLines = used.filter((row) => row.some((segment) => !isRight(segment))).length;
  const rightLines = used.filter((row) => row.some(isRight)).length;
  if (Math.min(leftLines, rightLines) < LEAST_LINES) return null;
  const ys = [...left, ...right].map(({ y }) => y);
  return { left, right, top: least(ys), bottom: greatest(ys), weight: Math.min(leftLines, rightLines) };
}

/** Whether the two sides are texts of their own, and not the cells of a table. */
function areColumns({ left, right }: Band): boolean {
  const [sparse, dense] = left.length <= right.length ? [left, right] : [right, left];
  const size = usualSize(dense);
  const isBeside = ({ y }: Segment) => dense.some((other) => Math.abs(other.y - y) < size * 0.3);
  const aligned = sparse.filter(isBeside).length / sparse.length;
  // Cells stand on the baselines of their row; two texts with different leading or start do not.
  if (aligned < 0.5) return true;
  if (sparse.length < 3) return false;
  const prose = [left, right].filter(isProse).length;
  return prose > 0 && !(prose === 1 && aligned > 0.9 && sparse.length <= dense.length * 0.5) && !hasRows(left, right);
}

/** Whether lines mostly go on with the sentence of the line before. */
function isProse(segments: readonly Segment[]): boolean {
  const long = segments.filter(({ text }) => text.length >= 15);
  const going = segments.filter(({ text }) => /^["“‘'(]?\p{Ll}{2,}/u.test(text));
  return long.length > segments.length * 0.5 && going.length >= segments.length * 0.3;
}

/** Whether white stripes across both sides cut them into at least three rows that begin on one baseline. */
function hasRows(left: readonly Segment[], right: readonly Segment[]): boolean {
  const rows = byBaseline([...left, ...right], 0.3);
  const gaps = rows.slice(1).map((row, index) => (row[0]?.y ?? 0) - (rows[index]?.[0]?.y ?? 0));
  const usual = least(gaps.filter((gap) => gap > 2));
  const isLeft = new Set(left);
  let bands = 0;
  let shared = 0;
  for (const [index, row] of rows.entries()) {
    if (index > 0 && (gaps[index - 1] ?? 0) <= usual * 1.3) continue;
    bands += 1;
    if (row.some((segment) => isLeft.has(segment)) && row.some((segment) => !isLeft.has(segment))) shared += 1;
  }
  return bands >= 3 && shared >= bands * 0.7 && rows.length / bands < 8;
}
