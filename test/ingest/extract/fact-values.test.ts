import { describe, expect, test } from "vitest";
import { factDate, factText } from "../../../src/ingest/extract/fact-values.ts";

describe("a date that a document gives", () => {
  test.each([
    ["2024-04-17T08:00:00Z", "2024-04-17"],
    ["2024/4/7", "2024-04-07"],
    ["2024", "2024"],
    ["April 17, 2024", "2024-04-17"],
    [" Apr. 7th 2024 ", "2024-04-07"],
    ["17 April 2024", "2024-04-17"],
    ["1st of September, 2023", "2023-09-01"],
    ["Sept 2023", "2023-09"],
    ["may 2025, revised", "2025-05"],
  ])("%j is %s", (raw, date) => {
    expect(factDate(raw)).toBe(date);
  });

  test.each([
    [undefined],
    [""],
    ["04/05/2024"],
    ["31 February 2024"],
    ["Monday"],
    ["20241"],
    ["Marching 20245"],
    ["2024-13"],
  ])("%j is none", (raw) => {
    expect(factDate(raw)).toBeUndefined();
  });
});

test("a text is one line of at most 300 characters, and no half of a character", () => {
  expect(factText(" A \n title\u200b ")).toBe("A title");
  expect(factText(" \u00ad ")).toBeUndefined();
  const long = factText(`${"x".repeat(298)}😀😀`) ?? "";
  expect(long.length).toBeLessThanOrEqual(300);
  expect(long.isWellFormed()).toBe(true);
});
