/** From pieces of text to segments of lines: spaces, raised marks, list marks. */

import { isRightToLeft } from "./characters.ts";
import { byBaseline, greatest, heaviest, least, median, type Run, type Segment } from "./layout.ts";

// Shares of the font size.
/** Pieces whose baselines differ by less are of one line. */
const SAME_BASELINE = 0.25;
/** The narrowest space: justified text squeezes its 0.25 to about 0.15, kerning stays below 0.1. */
const SPACE = 0.14;
/** A gap that may separate columns; words of justified text may also stand so far apart, and are joined later. */
const GAP = 0.65;
/** How near a raised mark stands to its word. */
const TOUCHING = 0.3;
/** How far the text of a list item stands from its mark, at most. */
const MARK_GAP = 5;

/** A font smaller than this share of its neighbour's can be a raised mark. */
const RAISED_SIZE = 0.8;
/** By how much a mark is raised, in shares of its neighbour's font size. */
const LEAST_RISE = 0.12;
const MOST_RISE = 0.65;
/** By how much what is lowered may be. */
const MOST_FALL = 0.35;

const MARK = /^(?:[-–—*•‣▪●◦○■□·o]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)$/iu;
/** What refers to a footnote. "m2" and "1st" are raised as well, and are words. */
const REFERENCE = /^[([]?(?:\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|[a-z]|[*†‡§¶#]+)[)\]]?[,;]?$/u;
const LEADER = /(?:\s?[.…·_]){5,}/g;
const UNIT_OR_POWER = /(?:^|[\d\s(/])(?:[kcdm]?m|10)$/u;

/** No page that a person reads has more pieces; each is compared with those of the lines beside it. */
const MOST_RUNS = 20_000;

/** A piece in its line, with what its size and height say about it. */
interface Placed {
  readonly run: Run;
  readonly isRaised: boolean;
}

/** The segments of a page, top first. */
export function segmentsOf(runs: readonly Run[]): Segment[] {
  return rowsOf(runs).flatMap((row) => joinMarks(splitRow(row)));
}

/** Pieces by line, with raised and lowered marks in the line that they belong to. */
function rowsOf(runs: readonly Run[]): Placed[][] {
  const rows = byBaseline(runs, SAME_BASELINE).map((row) => row.map((run): Placed => ({ run, isRaised: false })));
  if (runs.length > MOST_RUNS) return rows;
  for (const [index, row] of rows.entries()) {
    const staying = row.filter(({ run }) => {
      // A mark is short; the text of a smaller font beside other text is not.
      if (run.text.length > 8) return true;
      const host = [rows[index + 1], rows[index - 1], rows[index + 2], rows[index - 2]].find(
        (other) => other?.some((neighbour) => isRaisedBy(run, neighbour)) === true,
      );
      if (host === undefined) return true;
      host.push({ run, isRaised: run.y < (host[0]?.run.y ?? run.y) });
      return false;
    });
    rows[index] = staying;
  }
  return rows.filter((row) => row.length > 0);
}

function isRaisedBy(run: Run, { run: neighbour, isRaised }: Placed): boolean {
  const { size, y } = neighbour;
  if (isRaised || run.size > size * RAISED_SIZE) return false;
  const rise = y - run.y;
  if (!(rise >= 0 ? rise >= size * LEAST_RISE && rise <= size * MOST_RISE : -rise <= size * MOST_FALL)) return false;
  return (
    (run.x > neighbour.x && Math.abs(run.x - neighbour.right) < size * TOUCHING) ||
    (run.x < neighbour.x && Math.abs(neighbour.x - run.right) < size)
  );
}

/** The segments of one line, from left to right. */
function splitRow(row: readonly Placed[]): Segment[] {
  const isBackward = isRightToLeft(row.map(({ run }) => run.text).join(""));
  const sorted = [...row].sort((a, b) => (isBackward ? b.run.right - a.run.right : a.run.x - b.run.x));
  const segments: Segment[] = [];
  let open: Placed[] = [];
  for (const placed of sorted) {
    const last = open.at(-1);
    if (last !== undefined && isRepeated(last.run, placed.run)) continue;
    const size = last === undefined ? 0 : Math.max(last.run.size, placed.run.size);
    if (last !== undefined && gapBetween(last.run, placed.run, isBackward) > GAP * size) {
      segments.push(segmentOf(open, isBackward));
      open = [];
    }
    open.push(placed);
  }
  if (open.length > 0) segments.push(segmentOf(open, isBackward));
  return segments.filter(({ text }) => text !== "").sort((a, b) => a.x - b.x);
}

/** Whether a piece is set a second time over the first, as a shadow or to look bold. */
function isRepeated(first: Run, second: Run): boolean {
  const tolerance = first.size * 0.15;
  return first.text === second.text && Math.abs(first.x - second.x) < Math.min(tolerance, (first.right - first.x) / 2);
}

function gapBetween(before: Run, after: Run, isBackward: boolean): number {
  return isBackward ? before.x - after.right : after.x - before.right;
}

function segmentOf(row: readonly Placed[], isBackward: boolean): Segment {
  const sizes = new Map<number, number>();
  let bold = 0;
  let characters = 0;
  for (const { run } of row) {
    sizes.set(run.size, (sizes.get(run.size) ?? 0) + run.text.length);
    characters += run.text.length;
    if (run.isBold) bold += run.text.length;
  }
  const size = heaviest(sizes) ?? 0;
  const upright = row.filter(({ isRaised }) => !isRaised).map(({ run }) => run.y);
  return {
    text: textOf(row, isBackward),
    x: least(row.map(({ run }) => run.x)),
    right: greatest(row.map(({ run }) => run.right)),
    y: median(upright, row[0]?.run.y ?? 0),
    size,
    isBold: bold > characters * 0.6,
    startsRaised: row[0]?.isRaised === true && row.length > 1,
  };
}

function textOf(row: readonly Placed[], isBackward: boolean): string {
  let text = "";
  let before: Run | undefined;
  for (const { run, isRaised } of row) {
    const gap = before === undefined ? 0 : gapBetween(before, run, isBackward);
    const hasSpace = gap > SPACE * run.size || (run.hasSpaceBefore && gap > 0.02 * run.size);
    const isReference =
      isRaised && REFERENCE.test(run.text.trim()) && /[\p{L}\p{N}\p{P}]$/u.test(text) && !UNIT_OR_POWER.test(text);
    // A number at the head of a footnote names it, and does not run into its first word.
    const isHead = text !== "" && before !== undefined && row[0]?.isRaised === true && before === row[0].run;
    if (!isReference) text += before !== undefined && (hasSpace || isHead) ? ` ${run.text}` : run.text;
    before = run;
  }
  return text.replace(/ {2,}/g, " ").trim().normalize("NFC");
}

/** Puts the mark of a list item before its text, and leaders of a table of contents between its two ends. */
function joinMarks(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const before = joined.at(-1);
    const isMarked =
      before !== undefined && MARK.test(before.text) && segment.x - before.right < MARK_GAP * segment.size;
    const isLed = before !== undefined && (isLeader(before.text) || isLeader(segment.text));
    if (before === undefined || !(isMarked || isLed)) {
      joined.push(segment);
      continue;
    }
    const text = `${before.text} ${segment.text}`;
    joined[joined.length - 1] = { ...segment, x: before.x, text, startsRaised: before.startsRaised };
  }
  return joined.map((segment) => ({ ...segment, text: segment.text.replace(LEADER, shortened).trim() }));
}

/** Leaders as long as anybody needs, in the document's own characters. */
function shortened(leader: string): string {
  return ` ${leader.trim().charAt(0).repeat(3)}`;
}

function isLeader(text: string): boolean {
  return /(?:\s?[.…·_]){4,}$/.test(text);
}
