import fc from "fast-check";
import { expect, test } from "vitest";
import { extractPdf } from "../../../src/ingest/extract/pdf.ts";
import { MARGIN, type Pdf, pdfOf, put } from "./pdf-writer.ts";

const LIMITS = { maxPages: 100, maxCharacters: 1_000_000 };

/** Words with their end punctuation, so that sentences and fragments of any length come about. */
const word = fc
  .tuple(fc.stringMatching(/^[A-Za-z][a-z]{1,8}$/), fc.constantFrom("", "", "", "", ".", ",", ":", "?", ")"))
  .map(([letters, end]) => letters + end);
const words = fc.array(word, { minLength: 1, maxLength: 60 });
const element = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), words, size: fc.integer({ min: 6, max: 30 }), isBold: fc.boolean() }),
  fc.record({ kind: fc.constant("columns" as const), words, columns: fc.integer({ min: 2, max: 3 }) }),
  fc.record({
    kind: fc.constant("table" as const),
    rows: fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 6 }),
  }),
);
type Element = typeof element extends fc.Arbitrary<infer Value> ? Value : never;

/** Words of one page differ from all words of the others, so that none is a running header by chance. */
function marked(text: string, page: number): string {
  return String.fromCharCode(97 + page).repeat(2) + text;
}

function draw(pdf: Pdf, element: Element, page: number): string[] {
  if (element.kind === "table") {
    const rows = element.rows.map((row) => row.map((cell) => marked(cell, page)));
    for (const row of rows) {
      pdf.moveDown();
      const { y } = pdf;
      for (const [column, cell] of row.entries()) put(pdf, cell, MARGIN + column * 150, y, 10);
      pdf.x = MARGIN;
    }
    return rows.flat();
  }
  const all = element.words.map((text) => marked(text, page));
  const font = element.kind === "text" && element.isBold ? "Helvetica-Bold" : "Helvetica";
  pdf.font(font).fontSize(element.kind === "text" ? element.size : 10);
  const columns = element.kind === "text" ? {} : { columns: element.columns, columnGap: 24, height: 200 };
  pdf.text(all.join(" "), MARGIN, pdf.y + 12, columns);
  return all;
}

test("whatever is set comes out, in blocks that are in order, disjoint and clean", { timeout: 120_000 }, async () => {
  const pageOf = fc.array(element, { minLength: 0, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(pageOf, { minLength: 1, maxLength: 5 }), async (pages) => {
      fc.pre(pages.some((elements) => elements.length > 0));
      const set: string[] = [];
      let count = 0;
      const bytes = await pdfOf((pdf) => {
        pdf.on("pageAdded", () => {
          count += 1;
        });
        for (const [page, elements] of pages.entries()) {
          pdf.addPage();
          for (const element of elements) set.push(...draw(pdf, element, page));
        }
      });
      const { document } = await extractPdf(bytes, LIMITS);
      const { text, reading, blocks, pages: starts = [] } = document;
      expect(reading).toBe(text);
      let end = 0;
      for (const block of blocks) {
        const content = text.slice(block.start, block.end);
        expect(text.slice(end, block.start).trim()).toBe("");
        expect(content).not.toBe("");
        expect(content).toBe(content.trim());
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there.
        expect(content).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u00ad]/);
        expect(block.level >= 1 && block.level <= 6).toBe(block.kind === "heading");
        end = block.end;
      }
      expect(end).toBe(text.length);
      expect(starts).toHaveLength(count);
      expect([...starts].sort((a, b) => a - b)).toEqual(starts);
      expect(starts.every((start) => start >= 0 && start <= text.length)).toBe(true);
      const found = text.replace(/\s/g, "");
      for (const expected of set) expect(found).toContain(expected);
    }),
    { numRuns: 60 },
  );
});
