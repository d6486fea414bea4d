/** Hostile files, made where they are needed and as large as they have to be. */

import { closeSync, openSync, writeSync } from "node:fs";
import { zipOf } from "../ingest/extract/zip-writer.ts";

const MEBIBYTE = 1024 * 1024;

/** Writes a text again and again until the file has so many MiB. */
export function writeRepeated(path: string, text: string, mebibytes: number, ending = ""): void {
  const piece = text.repeat(Math.ceil(MEBIBYTE / text.length)).slice(0, MEBIBYTE);
  const file = openSync(path, "w");
  for (let written = 0; written < mebibytes; written += 1) writeSync(file, piece);
  writeSync(file, ending);
  closeSync(file);
}

/** A DOCX of some 100 KB whose one part says so many MiB of text when it is inflated. */
export function bombDocx(mebibytes: number): Uint8Array {
  const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
  const relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;
  const start = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`;
  const body = Buffer.alloc(mebibytes * MEBIBYTE, "boats ");
  const document = Buffer.concat([Buffer.from(start), body, Buffer.from("</w:t></w:r></w:p></w:body></w:document>")]);
  return zipOf([
    { name: "[Content_Types].xml", content: types, isDeflated: true },
    { name: "_rels/.rels", content: relations, isDeflated: true },
    // The directory lies about it too.
    { name: "word/document.xml", content: document, isDeflated: true, declaredSize: 1000 },
  ]);
}

/** A PDF with so many objects, and so many of them pages. */
export function largePdf(objects: number, pages: number): Uint8Array {
  const kids = Array.from({ length: pages }, (_, at) => `${at + 4} 0 R`).join(" ");
  const parts = [
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
    `2 0 obj<</Type/Pages/Kids[${kids}]/Count ${pages}>>endobj\n`,
    "3 0 obj<</Length 42>>stream\nBT /F1 12 Tf 72 700 Td (Boats counted) Tj ET\nendstream endobj\n",
  ];
  for (let number = 4; number <= objects; number += 1) {
    const content = number < pages + 4 ? "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>" : "[1 2 3]";
    parts.push(`${number} 0 obj${content}endobj\n`);
  }
  const head = "%PDF-1.7\n";
  let at = head.length;
  const places = parts.map((part) => {
    const place = at;
    at += part.length;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const size = parts.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join("")}`;
  const trailer = `trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.from(`${head}${parts.join("")}${table}${trailer}`, "latin1");
}
