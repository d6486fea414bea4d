/** Which paragraphs are headings, and of which level. */

import { type BodyStyle, heaviest, isTerminated, type PageLayout } from "./layout.ts";
import type { Paragraph } from "./paragraphs.ts";

/** Longest heading, in characters and in lines. */
const LONGEST = 200;
const MOST_LINES = 4;
/** A font that is larger than the body's by this factor makes a heading; by the second one, whatever it says. */
const LARGER = 1.12;
const MUCH_LARGER = 1.3;
/** Headings deeper than this are of no use to a reader. */
const DEEPEST = 6;

/** "Date: 3 May 2020" tells something, and a heading is never quoted as evidence. */
const STATEMENT = /^[^:]{2,60}:\s*\S/u;
const NUMBERED = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z]\.)\s+\p{Lu}/u;

/** What most characters of a document look like. */
export function bodyStyleOf(pages: readonly PageLayout[]): BodyStyle {
  const sizes = new Map<number, number>();
  for (const { segments } of pages) {
    for (const { size, text } of segments) {
      const key = Math.round(size * 4) / 4;
      sizes.set(key, (sizes.get(key) ?? 0) + text.length);
    }
  }
  const size = heaviest(sizes) ?? 10;
  let bold = 0;
  let characters = 0;
  for (const { segments } of pages) {
    for (const segment of segments) {
      if (Math.abs(segment.size - size) > 0.5) continue;
      characters += segment.text.length;
      if (segment.isBold) bold += segment.text.length;
    }
  }
  return { size, isBold: bold > characters / 2 };
}

/** Makes headings of the paragraphs that look like some; the larger the font, the higher the level. */
export function markHeadings(paragraphs: readonly Paragraph[], body: BodyStyle): void {
  const headings = paragraphs.filter((paragraph, index) => isHeading(paragraph, paragraphs[index + 1], body));
  const styles = [...new Set(headings.map(styleOf))].sort((a, b) => b - a);
  for (const heading of headings) {
    heading.kind = "heading";
    heading.level = Math.min(styles.indexOf(styleOf(heading)) + 1, DEEPEST);
  }
}

/** Larger first, then bold ones; in half points, so that rounding makes no levels. */
function styleOf({ lines }: Paragraph): number {
  const [first] = lines;
  return Math.round((first?.size ?? 0) * 2) + (first?.isBold === true ? 0.5 : 0);
}

function isHeading(paragraph: Paragraph, next: Paragraph | undefined, body: BodyStyle): boolean {
  const { lines, kind } = paragraph;
  const [first] = lines;
  const text = lines.map((line) => line.text).join(" ");
  const isNumbered = NUMBERED.test(text);
  if (first === undefined || next === undefined || paragraph.text !== undefined) return false;
  if (
    kind === "table-row" ||
    (kind !== "paragraph" && !isNumbered) ||
    text.length > LONGEST ||
    lines.length > MOST_LINES
  )
    return false;
  if (!/\p{L}{2}/u.test(text) || /^\p{Ll}/u.test(text)) return false;
  if (first.size > body.size * MUCH_LARGER) return !/[.;,]$/.test(text);
  if (isTerminated(text) && !text.endsWith("?")) return false;
  if (STATEMENT.test(text) || /[:;,]$/.test(text)) return first.isBold && !body.isBold && /[^\d:;,]:$/.test(text);
  if (first.size > body.size * LARGER) return true;
  if (first.size < body.size * 0.93 || lines.length > 2) return false;
  const isBold = lines.every((line) => line.isBold) && !body.isBold;
  // An item of a list of numbered phrases is followed by the next one, a heading by text.
  if (isBold) return kind === "paragraph" || next.kind === "paragraph";
  if (next.kind !== "paragraph" || next.lines.length < 2) return false;
  return isShouted(text) || (isNumbered && /^\d+\.\d/.test(text) && text.length < 80);
}

function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const visible = text.match(/\S/gu)?.length ?? 0;
  return text.length < 80 && /\p{Lu}{3}/u.test(text) && !/\p{Ll}/u.test(text) && letters > visible * 0.6;
}
