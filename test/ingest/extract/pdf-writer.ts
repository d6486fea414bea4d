/** PDF files for tests. */

import { once } from "node:events";
import { deflateSync } from "node:zlib";
import PDFDocument from "pdfkit";

export type Pdf = PDFKit.PDFDocument;
export type PdfOptions = PDFKit.PDFDocumentOptions;

/** A4, in points. */
export const WIDTH = 595.28;
export const HEIGHT = 841.89;
export const MARGIN = 72;

/** What is drawn into a new document; pages are added by `draw`. */
export async function pdfOf(draw: (pdf: Pdf) => void, options: PdfOptions = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: "A4", margin: MARGIN, autoFirstPage: false, ...options });
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const end = once(pdf, "end");
  draw(pdf);
  pdf.end();
  await end;
  return new Uint8Array(Buffer.concat(chunks));
}

/** Pages of text that wraps by itself, each with what `around` draws at its edges. */
export async function pagesOf(
  texts: readonly string[],
  around: (pdf: Pdf, page: number) => void = () => undefined,
): Promise<Uint8Array> {
  return pdfOf((pdf) => {
    for (const [page, text] of texts.entries()) {
      pdf.addPage();
      around(pdf, page);
      pdf
        .font("Times-Roman")
        .fontSize(11)
        .text(text, MARGIN, MARGIN + 20, { width: WIDTH - 2 * MARGIN });
    }
  });
}

/** A line at a place, without wrapping and without a new page near the foot. */
export function put(pdf: Pdf, text: string, x: number, y: number, size = 11, font = "Times-Roman"): void {
  const { margins } = pdf.page;
  pdf.page.margins = { top: 0, bottom: 0, left: 0, right: 0 };
  pdf.font(font).fontSize(size).text(text, x, y, { lineBreak: false });
  pdf.page.margins = margins;
}

/** Lines below each other. */
export function putLines(pdf: Pdf, lines: readonly string[], x: number, y: number, size = 11, leading = 14): void {
  for (const [index, line] of lines.entries()) put(pdf, line, x, y + index * leading, size);
}

/** A file of the given objects, the first of which is the catalogue, with its index. */
export function fileOf(objects: readonly string[], trailer = ""): Uint8Array {
  const parts = ["%PDF-1.7\n"];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const part = `${index + 1} 0 obj\n${object}\nendobj\n`;
    offsets.push(length);
    parts.push(part);
    length += part.length;
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  parts.push(`xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\n`);
  parts.push(`startxref\n${length}\n%%EOF\n`);
  return new Uint8Array(Buffer.from(parts.join(""), "latin1"));
}

/** A stream object. */
export function streamOf(content: string, entries = ""): string {
  return `<<${entries}/Length ${Buffer.byteLength(content, "latin1")}>>\nstream\n${content}\nendstream`;
}

/** A page of text in Helvetica, as objects 2 (pages) to 5 of a file whose catalogue is object 1. */
export function pageObjects(content: string): string[] {
  return [
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    streamOf(content),
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
  ];
}

/** A grey picture of one pixel, as PNG. */
export function picture(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc(body), body.length + 4);
    return framed;
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.from([0, 128]));
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
