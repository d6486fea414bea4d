/** What stands on the pages of a document and is none of its text: running headers and footers, page numbers. */

import { byBaseline, type PageLayout, type Segment } from "./layout.ts";

/** Share of the page's height, at its top and at its bottom, in which headers and footers stand. */
const ZONE = 0.15;
/** Rows at each end of a page that are looked at. */
const ROWS = 4;
/** A header stands at the same height on its pages, give or take this many points. */
const SAME_HEIGHT = 12;
/** A row of more segments is the head of a table that is repeated. */
const MOST_SEGMENTS = 3;
/** Pages that repeat a line before it counts as furniture, and the share that does in a shorter document. */
const REPEATED = 3;
const MOST_PAGES = 0.5;
/** A font larger than this share of the body's is a heading's, even if it is repeated. */
const LARGE = 1.5;

/** Letters of a heading that a header can be known by. */
const SHORTEST_HEADING = 6;

const PAGE_NUMBER =
  /^(?:[-–—|[(]\s*)?(?:(?:page|seite|página|p\.)\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|von|de|sur|\/|\|)\s*\d{1,4})?(?:\s*[-–—|\])]|\s*\|\s*page)?$/i;
/** A page number that says that it is one. */
const NAMED_PAGE_NUMBER =
  /^(?:page|seite|página)\s*\d{1,4}|^\d{1,4}\s*(?:of|von|\/)\s*\d{1,4}$|^[-–—]\s*\d{1,4}\s*[-–—]$/i;

interface Candidate {
  readonly page: number;
  readonly segment: Segment;
  /** The other segments of its row. */
  readonly row: readonly Segment[];
  /** Rows between it and the end of the page. */
  readonly depth: number;
  readonly isTop: boolean;
  /** What it has in common with the same line of other pages: its text without figures, or its figures. */
  readonly key: string;
  /** Points from that end. */
  readonly height: number;
  /** What it is as a page number. */
  readonly number: number | null;
}

/**
 * The pages without running headers, footers and page numbers. A line is one of these when its text, figures
 * aside, stands at the same height of at least three pages or of most pages, and a number alone when it counts
 * the pages. A line that occurs once stays, unless it is a page number in so many words.
 * @param bodySize points, of most of the document's text.
 */
export function withoutFurniture(pages: readonly PageLayout[], bodySize: number): PageLayout[] {
  const candidates = pages.flatMap((page, index) => candidatesOf(page, index, bodySize));
  const repeated = repeatedOf(candidates, pages.length);
  const numbers = pageNumbersOf(candidates, pages.length);
  const isFurniture = (segment: Segment) => repeated.has(segment) || numbers.has(segment);
  const removed = new Set<Segment>(numbers);
  for (const { segment, row, depth } of candidates) {
    if (!repeated.has(segment)) continue;
    // A cell that is the same on several pages stands in a row with others that are not.
    const others = row.filter((other) => !isFurniture(other)).length;
    if (others === 0 || (others === 1 && depth <= 1)) removed.add(segment);
  }
  for (const segment of besideNumbers(candidates, numbers, pages)) removed.add(segment);
  return pages.map((page) => ({ ...page, segments: page.segments.filter((segment) => !removed.has(segment)) }));
}

function candidatesOf({ segments, height }: PageLayout, page: number, bodySize: number): Candidate[] {
  const rows = byBaseline(segments, 0.3);
  return rows.flatMap((row, index) => {
    const fromBottom = rows.length - 1 - index;
    return row.flatMap((segment): Candidate[] => {
      const isTop = segment.y - segment.size < height * ZONE && index < ROWS;
      const isBottom = segment.y > height * (1 - ZONE) && fromBottom < ROWS;
      if (row.length > MOST_SEGMENTS || segment.size > bodySize * LARGE || !(isTop || isBottom)) return [];
      return [
        {
          page,
          segment,
          row,
          depth: isTop ? index : fromBottom,
          isTop,
          key: keyOf(segment.text),
          height: isTop ? segment.y : height - segment.y,
          number: pageNumber(segment.text),
        },
      ];
    });
  });
}

/** The segments whose words stand at the same height of enough pages. */
function repeatedOf(candidates: readonly Candidate[], pages: number): Set<Segment> {
  const repeated = new Set<Segment>();
  for (const group of groupBy(candidates, ({ key }) => key).values()) {
    if (group[0]?.key === "") continue;
    const isRepeated = [true, false].some((isTop) => {
      const heights = group.filter((candidate) => candidate.isTop === isTop).sort((a, b) => a.height - b.height);
      return windowsOf(heights).some((same) => isOften(new Set(same.map(({ page }) => page)), pages));
    });
    // What is a header elsewhere is one at the foot of the first page, too.
    if (isRepeated) for (const { segment } of group) repeated.add(segment);
  }
  return repeated;
}

/** Figures alone are cells of tables or page numbers, unless they are a date; and that is the same everywhere. */
function keyOf(text: string): string {
  const folded = text.toLowerCase().replace(/\s/g, "");
  if (/\p{L}{2}/u.test(folded)) return folded.replace(/\d+/g, "#");
  return /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(folded) ? folded : "";
}

/** The candidates that stand at about one height, for each height. */
function windowsOf(sorted: readonly Candidate[]): Candidate[][] {
  const windows: Candidate[][] = [];
  for (const candidate of sorted) {
    const open = windows.at(-1);
    const start = open?.[0];
    if (open !== undefined && start !== undefined && candidate.height - start.height <= SAME_HEIGHT) {
      open.push(candidate);
    } else {
      windows.push([candidate]);
    }
  }
  return windows;
}

function isOften(on: ReadonlySet<number>, pages: number): boolean {
  if (pages < REPEATED) return false;
  if (on.size >= REPEATED || on.size > pages * MOST_PAGES) return true;
  // Left and right pages may have headers of their own.
  const [first = 0] = on;
  const isOneSide = [...on].every((page) => page % 2 === first % 2);
  return on.size >= 2 && isOneSide && on.size >= Math.floor(pages / 2);
}

/** The segments that number the pages: in the outermost rows, as far from the page's own number as on other pages. */
function pageNumbersOf(candidates: readonly Candidate[], pages: number): Set<Segment> {
  const outer = candidates.filter(({ number, depth, row }) => number !== null && (depth <= 1 || row.length > 1));
  const offsets = groupBy(outer, ({ number, page }) => (number ?? 0) - page);
  const numbers = new Set<Segment>();
  for (const { segment, number, page, depth } of outer) {
    const offset = (number ?? 0) - page;
    const agreeing = new Set(offsets.get(offset)?.map((other) => other.page));
    const isNamed = NAMED_PAGE_NUMBER.test(segment.text);
    // In a document of one or two pages nothing else agrees with it, so it must be the page's own number.
    const isOwn = offset === 1 && depth === 0 && pages < REPEATED && segment.text.length < 8;
    if (isNamed || isOwn || (agreeing.size >= 2 && pages >= REPEATED)) numbers.add(segment);
  }
  return numbers;
}

/**
 * The headers of single chapters: what stands beside a page number in the outermost row, and is of two pages or
 * ends with the words of a heading elsewhere.
 */
function besideNumbers(
  candidates: readonly Candidate[],
  numbers: ReadonlySet<Segment>,
  pages: readonly PageLayout[],
): Segment[] {
  const beside = candidates.filter(
    ({ row, depth, segment, key }) =>
      depth === 0 && key !== "" && !numbers.has(segment) && row.some((other) => numbers.has(other)),
  );
  if (beside.length === 0 || pages.length < REPEATED) return [];
  const uses = groupBy(beside, ({ key }) => key);
  const headings = pages.flatMap(({ segments }) =>
    segments.flatMap(({ text, size }) => (size > (beside[0]?.segment.size ?? size) ? lettersOf(text) : [])),
  );
  const names = new Set(headings.filter((letters) => letters.length >= SHORTEST_HEADING));
  return beside.flatMap(({ segment, key }) => {
    const letters = lettersOf(segment.text);
    const isNamed = Array.from(letters, (_, index) => letters.slice(index)).some((end) => names.has(end));
    return isNamed || (uses.get(key)?.length ?? 0) >= 2 ? [segment] : [];
  });
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/\P{L}/gu, "");
}

function pageNumber(text: string): number | null {
  const [, digits] = PAGE_NUMBER.exec(text) ?? [];
  if (digits === undefined) return null;
  return /^\d/.test(digits) ? Number(digits) : romanNumber(digits.toLowerCase());
}

function romanNumber(text: string): number | null {
  if (!/^(?:xc|xl|l?x{0,3}|c{1,3}l?x{0,3})(?:ix|iv|v?i{0,3})$/.test(text)) return null;
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  const letters = [...text].map((letter) => values[letter] ?? 0);
  return letters.reduce((sum, value, index) => sum + (value < (letters[index + 1] ?? 0) ? -value : value), 0);
}

function groupBy<Thing, Key>(things: readonly Thing[], keyOf: (thing: Thing) => Key): Map<Key, Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [thing]);
    else group.push(thing);
  }
  return groups;
}
