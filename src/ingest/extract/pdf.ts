/** PDF files: only what stands where is known, and everything else has to be seen from that. */

import { getDocumentProxy } from "unpdf";
import type { PDFDocumentProxy } from "unpdf/pdfjs";
import { SitrepError } from "../../domain/errors.ts";
import { canonicalWriter } from "./canonical-writer.ts";
import type { Extracted, ExtractionLimits } from "./extracted.ts";
import { factsOf } from "./pdf/facts.ts";
import { flow, markAsides, write } from "./pdf/flow.ts";
import { withoutFurniture } from "./pdf/furniture.ts";
import { bodyStyleOf, markHeadings } from "./pdf/headings.ts";
import { vocabularyOf } from "./pdf/hyphens.ts";
import type { PageLayout, Region } from "./pdf/layout.ts";
import { type Paragraph, paragraphsOf } from "./pdf/paragraphs.ts";
import { regionsOf } from "./pdf/regions.ts";
import { type BoldFonts, readPage } from "./pdf/runs.ts";
import { segmentsOf } from "./pdf/segments.ts";

/** Characters per page below which a document with pictures counts as scanned: stamps and page numbers. */
const SCANNED = 8;
/** Characters of a line that is of a paragraph, and of no table. */
const LONG_LINE = 30;
/** Bytes at the head of a file in which its mark may stand, as readers of PDF have always allowed. */
const HEAD = 1024;

/**
 * The text of a PDF in reading order, with the pages' starts, and what it says about itself. Running headers and
 * footers, page numbers and the marks of footnotes are left out, words broken at line ends are joined.
 * @throws {SitrepError} "bad-corpus" with the reason: not a PDF, protected, damaged, too long, or scanned.
 */
export async function extractPdf(bytes: Uint8Array, limits: ExtractionLimits): Promise<Extracted> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!raw.subarray(0, HEAD).includes("%PDF-")) throw refusal("is not a PDF file");
  if (isCutOff(raw)) throw refusal("is damaged: its end is missing");
  const hasPictures = /\/Subtype\s*\/Image\b/.test(raw.toString("latin1"));
  const pdf = await open(bytes);
  try {
    if (pdf.numPages > limits.maxPages) {
      const [pages, most] = [pdf.numPages, limits.maxPages].map((count) => count.toLocaleString("en"));
      throw refusal(`has ${pages} pages, more than ${most}`);
    }
    const layouts = await readPages(pdf, limits).catch(refuse);
    const characters = layouts.flatMap(({ segments }) => segments).reduce((sum, { text }) => sum + text.length, 0);
    if (characters === 0 || (hasPictures && characters < pdf.numPages * SCANNED)) {
      throw refusal(`holds no text${hasPictures ? ": it looks scanned; run it through OCR first" : ""}`);
    }
    const writer = canonicalWriter(limits.maxCharacters);
    writeText(layouts, writer);
    const document = writer.finish();
    return { document, facts: await factsOf(pdf, document).catch(refuse) };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function open(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  provideForNode20();
  // pdf.js takes the bytes for itself. Pictures are of no use here, and can be huge.
  return getDocumentProxy(Uint8Array.from(bytes), {
    verbosity: 0,
    maxImageSize: 1,
    disableFontFace: true,
    useWorkerFetch: false,
    stopAtErrors: false,
  }).catch(refuse);
}

/** The text of all pages, one page held at a time. */
async function readPages(pdf: PDFDocumentProxy, { maxCharacters }: ExtractionLimits): Promise<PageLayout[]> {
  const bold: BoldFonts = new Map();
  const layouts: PageLayout[] = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { width, height, runs } = await readPage(page, bold);
    page.cleanup();
    const segments = segmentsOf(runs);
    layouts.push({ width, height, segments });
    for (const { text } of segments) characters += text.length;
    // Far more than the text can lose by joining; the writer says exactly.
    if (characters > maxCharacters * 2) {
      throw refusal(`holds more than ${maxCharacters.toLocaleString("en")} characters of text`);
    }
  }
  return layouts;
}

function writeText(layouts: readonly PageLayout[], writer: ReturnType<typeof canonicalWriter>): void {
  const pages = withoutFurniture(layouts, bodyStyleOf(layouts).size);
  const body = bodyStyleOf(pages);
  const paragraphs: Paragraph[] = [];
  const regions = pages.map((page) => regionsOf(page.segments));
  const right = usualRight(regions);
  for (const [index, page] of pages.entries()) {
    const ofPage = regions[index] ?? [];
    for (const region of ofPage) {
      const found = paragraphsOf(region, index, body, ofPage.length === 1 ? right : 0);
      markAsides(found, body, page.height);
      for (const paragraph of found) paragraphs.push(paragraph);
    }
  }
  markHeadings(paragraphs, body);
  const vocabulary = vocabularyOf(pages.flatMap(({ segments }) => segments));
  write(flow(paragraphs), vocabulary, pages.length, writer);
}

/**
 * Where full lines end on pages of one column: a page of short lines does not show it by itself. 0 when there are
 * no such pages.
 */
function usualRight(regions: readonly (readonly Region[])[]): number {
  const single = regions.flatMap((ofPage) => (ofPage.length === 1 ? ofPage : []));
  const long = single.flatMap(({ segments }) => segments.filter(({ text }) => text.length > LONG_LINE));
  const rights = long.map(({ right }) => right).sort((a, b) => a - b);
  return rights[Math.floor(rights.length * 0.9)] ?? 0;
}

/**
 * Whether objects follow the last index of the file: what was being written when the file was cut. pdf.js would
 * read what is left and not say that the rest is missing.
 */
function isCutOff(raw: Buffer): boolean {
  const index = raw.lastIndexOf("startxref");
  return index === -1 || /\d\s+obj\b/.test(raw.subarray(index).toString("latin1"));
}

function refusal(reason: string, cause?: unknown): SitrepError {
  return new SitrepError("bad-corpus", reason, cause === undefined ? {} : { cause });
}

/** Whatever pdf.js throws comes from the file, which it trusts to be well formed: not only its own errors. */
function refuse(error: unknown): never {
  if (error instanceof SitrepError) throw error;
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") throw refusal("is protected by a password", error);
  const message = error instanceof Error ? error.message : String(error);
  throw refusal(`is damaged: ${message.replace(/\s+/g, " ").trim().replace(/\.$/, "").slice(0, 80)}`, error);
}

/** pdf.js hands over fonts by a method of `ArrayBuffer` that Node has from version 21 on. */
function provideForNode20(): void {
  if ("transferToFixedLength" in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, "transferToFixedLength", {
    configurable: true,
    writable: true,
    value: function transferToFixedLength(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
      const moved = new ArrayBuffer(length);
      new Uint8Array(moved).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
      return moved;
    },
  });
}
