import { describe, expect, it } from "vitest";
import { exactPartOfYear, monthsOfPart, partOfYear } from "../../src/retrieve/part-of-year.ts";

it.each([
  ["in the first half of 2021", ["january", "june"]],
  ["the second half of the year", ["july", "december"]],
  ["in the first ten months of 2023", ["january", "october"]],
  ["over the first 3 months", ["january", "march"]],
  ["in the third quarter", ["july", "september"]],
  ["Q4 2022", ["october", "december"]],
  ["in its last quarter", ["october", "december"]],
  ["in the first month", []],
  ["the first many months", []],
  ["in January 2023", []],
])("%s", (text, expected) => {
  expect(monthsOfPart(text)).toEqual(expected);
});

describe("partOfYear", () => {
  it.each([
    ["in the first half of ", [1, 6]],
    ["the latter half of ", [7, 12]],
    ["in H1 ", [1, 6]],
    ["by the end of the third quarter of ", [7, 9]],
    ["in Q4 ", [10, 12]],
    ["the last quarter of ", [10, 12]],
    ["the first ten months of ", [1, 10]],
    ["the final 3 months of ", [10, 12]],
    ["in early ", [1, 4]],
    ["in mid-", [5, 8]],
    ["by the end of ", [9, 12]],
  ])("%j", (before, expected) => {
    const part = partOfYear(before);
    expect([part?.first, part?.last]).toEqual(expected);
    expect(before.trimStart().length).toBeGreaterThanOrEqual(part?.length ?? 0);
  });

  it.each(["in ", "", "half a year of ", "the first some months of ", "the first 13 months of "])(
    "none in %j",
    (before) => {
      expect(partOfYear(before)).toBeNull();
    },
  );

  it("knows no months of what is only rough", () => {
    expect(exactPartOfYear("in mid-")).toBeNull();
    expect(exactPartOfYear("in the first half of ")).toMatchObject({ first: 1, last: 6 });
  });
});
