/** The text of one page as pdf.js finds it, turned so that it is read from left to right and top to bottom. */

import type { PDFPageProxy } from "unpdf/pdfjs";
import { cleanCharacters } from "./characters.ts";
import type { Run } from "./layout.ts";

export interface PageRuns {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
}

/** Whether a font is bold, by pdf.js's name for it in this document. */
export type BoldFonts = Map<string, boolean>;

/** pdf.js's types for what a page's text holds. */
type TextItems = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>["items"];
type TextItem = Extract<TextItems[number], { readonly str: string }>;
type Matrix = readonly [number, number, number, number, number, number];

const BOLD_NAME = /bold|black|heavy|semibold|demi(?!ur)|extrabold/i;
/** How far text may lean and still belong to its direction, as the sine of the angle: scans are not straight. */
const LEAN = 0.12;

/** A piece of text on the page as it is shown, with its direction in quarter turns. */
interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly width: number;
  readonly turns: number;
  readonly isBold: boolean;
  readonly hasSpaceBefore: boolean;
}

/**
 * The text of a page in its main direction; text that is turned against it is left out, as stamps and labels of
 * diagrams are no part of what is read.
 * @param bold what is known of the document's fonts; gets what this page adds.
 */
export async function readPage(page: PDFPageProxy, bold: BoldFonts): Promise<PageRuns> {
  const content = await page.getTextContent({ disableNormalization: true });
  await learnFonts(page, Object.keys(content.styles), bold);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const placed = placedOf(content.items, matrixOf(transform), bold);
  const turns = mainDirection(placed);
  const isSideways = turns % 2 === 1;
  const size = isSideways ? { width: height, height: width } : { width, height };
  const runs = placed.flatMap((piece) => {
    const run = piece.turns === turns ? runOf(piece, width, height) : null;
    // What stands outside of the page is not seen.
    const isSeen = run !== null && run.y > 0 && run.y - run.size < size.height && run.x < size.width && run.right > 0;
    return isSeen ? [run] : [];
  });
  return { ...size, runs };
}

/**
 * Learns which fonts are bold. Only an operator list makes pdf.js tell a font's name, so it is made only for pages
 * that bring a new font.
 */
async function learnFonts(page: PDFPageProxy, names: readonly string[], bold: BoldFonts): Promise<void> {
  const isKnown = (name: string) => bold.has(name);
  if (names.every(isKnown)) return;
  try {
    await page.getOperatorList();
  } catch {
    // Without it the fonts count as regular; the text is there.
  }
  for (const name of names) {
    if (!isKnown(name)) bold.set(name, page.commonObjs.has(name) && isBoldFont(page.commonObjs.get(name)));
  }
}

function isBoldFont(font: unknown): boolean {
  if (typeof font !== "object" || font === null) return false;
  const { name, bold, black } = font as { name?: unknown; bold?: unknown; black?: unknown };
  return bold === true || black === true || (typeof name === "string" && BOLD_NAME.test(name));
}

function placedOf(items: TextItems, viewport: Matrix, bold: BoldFonts): Placed[] {
  const placed: Placed[] = [];
  let hasSpaceBefore = false;
  for (const item of items) {
    if (!("str" in item)) continue;
    const text = cleanCharacters(item.str);
    if (text.trim() === "") {
      hasSpaceBefore ||= text !== "";
      continue;
    }
    const piece = place(item, text, viewport, bold.get(item.fontName) ?? false, hasSpaceBefore);
    if (piece !== null) placed.push(piece);
    hasSpaceBefore = false;
  }
  return placed;
}

function place(
  item: TextItem,
  text: string,
  viewport: Matrix,
  isBold: boolean,
  hasSpaceBefore: boolean,
): Placed | null {
  const [a, b, c, d, x, y] = multiply(viewport, matrixOf(item.transform));
  const length = Math.hypot(a, b);
  const size = Math.hypot(c, d);
  // Some files set text of no size, or with numbers that are none.
  if (![x, y, length, size, item.width].every(Number.isFinite) || length === 0 || size < 0.5) return null;
  const turns = turnsOf(a / length, b / length);
  // A width is in the units of the page, whose viewport is not scaled.
  return turns === null ? null : { text, x, y, size, width: Math.abs(item.width), turns, isBold, hasSpaceBefore };
}

/** Quarter turns, clockwise, of a direction on the page; null for text that is slanted. */
function turnsOf(right: number, down: number): number | null {
  if (Math.abs(down) <= LEAN) return right > 0 ? 0 : 2;
  if (Math.abs(right) <= LEAN) return down > 0 ? 1 : 3;
  return null;
}

function mainDirection(placed: readonly Placed[]): number {
  const characters = [0, 0, 0, 0];
  for (const { turns, text } of placed) characters[turns] = (characters[turns] ?? 0) + text.length;
  return characters.indexOf(Math.max(...characters));
}

/** A piece with the page turned so that it is upright. */
function runOf({ turns, ...piece }: Placed, width: number, height: number): Run {
  const { text, size, isBold, hasSpaceBefore } = piece;
  const x = [piece.x, piece.y, width - piece.x, height - piece.y][turns] ?? piece.x;
  const y = [piece.y, width - piece.x, height - piece.y, piece.x][turns] ?? piece.y;
  return { text, x, right: x + piece.width, y, size, isBold, hasSpaceBefore };
}

function matrixOf(values: readonly unknown[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = values.map(Number);
  return [a, b, c, d, e, f];
}

/** The matrix that does first `second`, then `first`. */
function multiply(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [g, h, i, j, k, l] = second;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
