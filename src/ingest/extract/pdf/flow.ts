/** The paragraphs of all pages as one text: sentences go on over columns and pages, and notes stand beside them. */

import type { CanonicalWriter } from "../canonical-writer.ts";
import { joinLines, type Vocabulary } from "./hyphens.ts";
import { type BodyStyle, isTerminated, type Line, startsSmall } from "./layout.ts";
import { type Paragraph, SMALL, withoutBullet } from "./paragraphs.ts";
import type { Column } from "./tables.ts";

/** Notes stand below this share of the page's height. */
const NOTES_BELOW = 0.45;
/** Without other text above them, below this one. */
const NOTES_ALONE_BELOW = 0.7;
/** Characters of a line that need be no part of a sentence. */
const SHORT = 20;
const CAPTION = /^(?:figure|fig\.|table|chart|graph|map|box|sources?|notes?|photo|image)\b/iu;

/** Marks the footnotes at the end of a region, and captions, as standing beside the text. */
export function markAsides(region: readonly Paragraph[], body: BodyStyle, pageHeight: number): void {
  let first = region.length;
  while (first > 0 && isSmall(region[first - 1], body)) first -= 1;
  const top = region[first]?.lines[0]?.y ?? 0;
  if (top > pageHeight * (first > 0 ? NOTES_BELOW : NOTES_ALONE_BELOW)) {
    for (const note of region.slice(first)) note.isAside = true;
  }
  for (const paragraph of region) {
    if (isSmall(paragraph, body) && CAPTION.test(paragraph.lines[0]?.text ?? "")) paragraph.isAside = true;
  }
}

function isSmall(paragraph: Paragraph | undefined, body: BodyStyle): boolean {
  if (paragraph === undefined || /^(?:table-row|table-head|heading)$/.test(paragraph.kind)) return false;
  return paragraph.lines.every(({ size }) => size < body.size * SMALL);
}

/**
 * The paragraphs with those put together that a column's or a page's end has cut. What stands beside the text and
 * comes in between goes after the paragraph; but on the page where a paragraph begins that ends on the next one it
 * goes before it, because after it, it would count as of the next page.
 */
export function flow(paragraphs: readonly Paragraph[]): Paragraph[] {
  const placed: Paragraph[] = [];
  /** The main paragraph that may go on, and its place. */
  let open: { paragraph: Paragraph; at: number } | null = null;
  for (const paragraph of paragraphs) {
    if (paragraph.isAside) {
      placed.push(paragraph);
      continue;
    }
    const isCut = paragraph.isFirst || placed.at(-1)?.isAside === true;
    if (open !== null && isCut && goesOn(open.paragraph, paragraph)) {
      const merged: Paragraph = { ...paragraph, ...open.paragraph, isFull: paragraph.isFull };
      for (const line of paragraph.lines) merged.lines.push(line);
      const page = merged.lines[0]?.page ?? 0;
      const isOver = pageOf(paragraph) > page;
      const asides = placed.slice(open.at + 1);
      const isBefore = (aside: Paragraph) => isOver && pageOf(aside) === page;
      const before = asides.filter(isBefore);
      const after = asides.filter((aside) => !isBefore(aside));
      placed.length = open.at;
      for (const part of [before, [merged], after].flat()) placed.push(part);
      open = { paragraph: merged, at: open.at + before.length };
    } else {
      placed.push(paragraph);
      const mayGoOn = paragraph.kind === "paragraph" || paragraph.kind === "list-item";
      open = mayGoOn ? { paragraph, at: placed.length - 1 } : null;
    }
  }
  return placed;
}

function pageOf({ lines }: Paragraph): number {
  return lines[0]?.page ?? 0;
}

/** Whether the second paragraph is the rest of the first. */
function goesOn(first: Paragraph, second: Paragraph): boolean {
  const last = first.lines.at(-1);
  const next = second.lines[0];
  if (last === undefined || next === undefined || second.kind !== "paragraph" || !isAlike(last, next)) return false;
  if (next.page - last.page > 1) return false;
  if (/\p{L}[-\u2010\u00ad]$/u.test(last.text) && /^\p{L}/u.test(next.text)) return true;
  if (isTerminated(last.text) || last.text.endsWith(":")) return false;
  // Labels and items are as short as their column; sentences are not.
  if (startsSmall(next.text)) return last.text.length > SHORT || next.page > last.page;
  // A name may follow; but what is no full line was ended there.
  return first.isFull && first.lines.length > 1 && second.lines.length > 1 && /^["“‘'(]?[\p{L}\p{N}]/u.test(next.text);
}

function isAlike(a: Line, b: Line): boolean {
  return Math.abs(a.size - b.size) <= a.size * 0.08 && a.isBold === b.isBold;
}

/** Whether a table without a head is the rest of the one that the page before ends with: the same columns. */
function goesOnWithTable(before: Paragraph | undefined, row: Paragraph): boolean {
  const [one, other] = [before?.columns ?? [], row.columns ?? []];
  if (before === undefined || one.length === 0 || one.length !== other.length) return false;
  const isBelow = (column: Column, at: number): boolean => {
    const overlapping = one.flatMap(({ x, right }, index) => (x <= column.right && right >= column.x ? [index] : []));
    return overlapping.length === 1 && overlapping[0] === at;
  };
  return pageOf(row) === pageOf(before) + 1 && other.every(isBelow);
}

/** Writes paragraphs, and says where each of the document's pages begins. */
export function write(
  paragraphs: readonly Paragraph[],
  vocabulary: Vocabulary,
  pages: number,
  to: CanonicalWriter,
): void {
  /** Pages begun so far. */
  let begun = 0;
  for (const [index, paragraph] of paragraphs.entries()) {
    const { kind, level, lines, text } = paragraph;
    for (; begun <= pageOf(paragraph); begun += 1) to.beginPage();
    if (text !== undefined) {
      const isNew = paragraph.beginsTable === true && !goesOnWithTable(paragraphs[index - 1], paragraph);
      to.add(kind, text, level, isNew ? { beginsTable: true } : {});
      continue;
    }
    const [head = "", ...rest] = joinLines(lines, vocabulary);
    to.add(kind, [kind === "list-item" ? withoutBullet(head) : head, ...rest], level);
    begun += rest.length;
  }
  for (; begun < pages; begun += 1) to.beginPage();
}
