import { expect, test } from "vitest";
import { SitrepError } from "../../../src/domain/errors.ts";
import { canonicalWriter } from "../../../src/ingest/extract/canonical-writer.ts";
import { CELL_GAP } from "../../../src/text/blocks.ts";

test("pages begin at blocks, and in the middle of a block that is added in parts", () => {
  const writer = canonicalWriter(1000);
  writer.beginPage();
  writer.add("paragraph", ["The ferry was  closed ", " for secu", "rity reasons", "", "."]);
  writer.beginPage();
  writer.add("heading", "Trade", 1);
  const { text, blocks, pages = [] } = writer.finish();
  expect(text).toBe("The ferry was closed for security reasons.\n\nTrade");
  expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual([
    "The ferry was closed for security reasons.",
    "Trade",
  ]);
  expect(pages.map((start) => text.slice(start, start + 5))).toEqual([
    "The f",
    "for s",
    "rity ",
    ".\n\nTr",
    ".\n\nTr",
    "Trade",
  ]);
});

test("parts without text begin their pages all the same", () => {
  const writer = canonicalWriter(1000);
  writer.beginPage();
  writer.add("paragraph", [" ", " "]);
  writer.add("paragraph", "Salt");
  expect(writer.finish()).toMatchObject({ text: "Salt", pages: [0, 0] });
});

test("rows stand below their head, a table without one apart, and the gap between cells is no other space", () => {
  const writer = canonicalWriter(1000);
  writer.add("table-head", `Country${CELL_GAP} Lost  boats`, 0, { context: "Lost" });
  writer.add("table-row", `Mali${CELL_GAP}7`);
  writer.add("table-row", `Chad${CELL_GAP}8`, 0, { beginsTable: true });
  const { text, reading, blocks } = writer.finish();
  expect(text).toBe(`Country${CELL_GAP}Lost boats\nMali${CELL_GAP}7\n\nChad${CELL_GAP}8`);
  expect(reading).toBe(text);
  expect(blocks.map(({ context, beginsTable }) => [context, beginsTable])).toEqual([
    ["Lost", undefined],
    [undefined, undefined],
    [undefined, true],
  ]);
});

test("what only leads a block is in the text, and nothing to read", () => {
  const writer = canonicalWriter(1000);
  writer.beginPage();
  writer.add("list-item", ["Weigh ", "it."], 0, { lead: "7. " });
  writer.add("list-item", "Sell.", 0, { lead: "8. " });
  expect(writer.finish()).toMatchObject({
    text: "7. Weigh it.\n8. Sell.",
    reading: "   Weigh it.\n   Sell.",
    blocks: [
      { start: 0, end: 12 },
      { start: 13, end: 21 },
    ],
    pages: [0, 9],
  });
});

test("what is longer than allowed is refused", () => {
  const writer = canonicalWriter(10);
  expect(() => writer.add("paragraph", ["twelve ", "letters"])).toThrow(SitrepError);
});
