import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { SitrepError } from "../../../src/domain/errors.ts";
import type { ExtractionLimits } from "../../../src/ingest/extract/extracted.ts";
import { extractPdf } from "../../../src/ingest/extract/pdf.ts";
import { fileOf, pageObjects, pagesOf, pdfOf, picture, put, streamOf } from "./pdf-writer.ts";

const LIMITS: ExtractionLimits = { maxPages: 100, maxCharacters: 1_000_000 };
const CATALOG = "<</Type/Catalog/Pages 2 0 R>>";
const TEXT = "BT /F 12 Tf 72 700 Td (The ferry is closed.) Tj ET";

async function reason(bytes: Uint8Array, limits = LIMITS): Promise<string> {
  const error: unknown = await extractPdf(bytes, limits).then(
    ({ document }) => `read: ${document.text}`,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SitrepError)) return String(error);
  expect(error.code).toBe("bad-corpus");
  return error.message;
}

describe("what cannot be read is refused with its reason", () => {
  test("a file of another kind", async () => {
    expect(await reason(new Uint8Array())).toBe("is not a PDF file");
    expect(await reason(new Uint8Array(randomBytes(5000)))).toBe("is not a PDF file");
  });

  test("a file with a password", async () => {
    const draw = (pdf: PDFKit.PDFDocument) => pdf.addPage().text("Secret of the ferrymen.");
    expect(await reason(await pdfOf(draw, { userPassword: "salt" }))).toBe("is protected by a password");
    // A password for changes keeps nobody from reading.
    expect(await reason(await pdfOf(draw, { ownerPassword: "salt" }))).toBe("read: Secret of the ferrymen.");
  });

  test("a file that is cut off, or junk behind a true head", async () => {
    const whole = await pagesOf(["One page.", "Another page."]);
    for (const share of [0.2, 0.5, 0.9]) {
      expect(await reason(whole.slice(0, whole.length * share))).toBe("is damaged: its end is missing");
    }
    const junk = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(20_000), Buffer.from("\nstartxref\n12\n%%EOF")]);
    expect(await reason(new Uint8Array(junk))).toMatch(/^is damaged: \S/);
  });

  test("bytes turned over anywhere are read or refused, and nothing else", async () => {
    const whole = await pagesOf(["One page of text.", "Another page of text."]);
    for (let at = 20; at < whole.length; at += Math.ceil(whole.length / 60)) {
      const damaged = whole.slice();
      damaged.fill(0x20 + (at % 90), at, at + 7);
      expect(await reason(damaged)).toMatch(/^(?:read: |is damaged: |holds no text)/);
    }
  });

  test("too many pages, too much text", async () => {
    const bytes = await pagesOf(["One page.", "Another page.", "A third page."]);
    expect(await reason(bytes, { ...LIMITS, maxPages: 2 })).toBe("has 3 pages, more than 2");
    expect(await reason(bytes, { ...LIMITS, maxCharacters: 30 })).toBe("holds more than 30 characters of text");
    expect(await reason(bytes, { ...LIMITS, maxCharacters: 12 })).toBe("holds more than 12 characters of text");
  });

  test("a file without text, with pictures or without", async () => {
    const scanned = await pdfOf((pdf) => {
      for (let page = 0; page < 3; page += 1) pdf.addPage().image(picture(), 72, 72, { width: 300 });
    });
    expect(await reason(scanned)).toBe("holds no text: it looks scanned; run it through OCR first");
    expect(await reason(await pdfOf((pdf) => pdf.addPage().rect(10, 10, 50, 50).fill()))).toBe("holds no text");
    const partly = await pdfOf((pdf) => {
      pdf.addPage().image(picture(), 72, 72, { width: 300 });
      put(pdf.addPage(), "The second page has text.", 72, 72);
    });
    expect(await reason(partly)).toBe("read: The second page has text.");
  });

  test("a page tree that refers to itself, or names more pages than there are", async () => {
    const [pages = "", ...rest] = pageObjects(TEXT);
    for (const kids of ["[2 0 R]", "[3 0 R 2 0 R]", "[99 0 R]", "[3 0 R 99 0 R]", "7"]) {
      const tree = pages.replace("[3 0 R]", kids).replace("Count 1", "Count 2");
      expect(await reason(fileOf([CATALOG, tree, ...rest]))).toMatch(/^(?:is damaged: |read: The ferry is closed\.$)/);
    }
    const many = pages.replace("Count 1", "Count 99999999");
    expect(await reason(fileOf([CATALOG, many, ...rest]))).toMatch(/^(?:has 99,999,999 pages|is damaged|read: )/);
  });

  test("a million objects do not matter to a page of text", { timeout: 60_000 }, async () => {
    const filler = Array.from({ length: 1_000_000 }, () => "0");
    expect(await reason(fileOf([CATALOG, ...pageObjects(TEXT), ...filler]))).toBe("read: The ferry is closed.");
  });
});

describe("what a file says about itself", () => {
  test("title, author, day and language, folded", async () => {
    const info = {
      Title: " River \n Survey ",
      Author: "A. Boatwright",
      CreationDate: new Date("2021-03-09T12:00:00Z"),
    };
    const bytes = await pdfOf((pdf) => pdf.addPage().text("The ferry is closed."), { info, lang: "fr-CA" });
    const { facts } = await extractPdf(bytes, LIMITS);
    expect(facts).toEqual({ title: "River Survey", author: "A. Boatwright", published: "2021-03-09", language: "fr" });
  });

  test("the name of a file is no title: the largest heading of page 1 is", async () => {
    const draw = (pdf: PDFKit.PDFDocument) => {
      pdf.addPage();
      put(pdf, "Annual review", 72, 72, 14);
      put(pdf, "The Eastern Ford", 72, 100, 26);
      put(pdf, "The ferry is closed until the end of the summer, and nobody knows why it was.", 72, 150);
    };
    for (const Title of ["Microsoft Word - ford_v3.doc", "untitled", "", "ford.indd", "   "]) {
      const { facts } = await extractPdf(await pdfOf(draw, { info: { Title } }), LIMITS);
      expect(facts.title).toBe("The Eastern Ford");
    }
  });

  test("what is no date is none; a long title is cut; a publisher is in the XMP", async () => {
    const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
      xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:publisher><rdf:Bag><rdf:li>Office of Waterways</rdf:li>
      </rdf:Bag></dc:publisher></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
    const objects = [
      "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>",
      ...pageObjects(TEXT),
      streamOf(xmp, "/Type/Metadata/Subtype/XML"),
      `<</Title(${"Salt ".repeat(100)})/CreationDate(D:20211399)>>`,
    ];
    const { facts } = await extractPdf(fileOf(objects, "/Info 7 0 R"), LIMITS);
    expect(facts.publisher).toBe("Office of Waterways");
    expect(facts.published).toBeUndefined();
    expect(facts.title?.length).toBeLessThanOrEqual(300);
    expect(facts.title).toMatch(/Salt$/);
  });
});
