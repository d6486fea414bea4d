import { expect, test } from "vitest";
import { SitrepError } from "../../../src/domain/errors.ts";
import { canonicalWriter } from "../../../src/ingest/extract/canonical-writer.ts";

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

test("what is longer than allowed is refused", () => {
  const writer = canonicalWriter(10);
  expect(() => writer.add("paragraph", ["twelve ", "letters"])).toThrow(SitrepError);
});
