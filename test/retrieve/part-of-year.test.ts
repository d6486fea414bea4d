import { expect, it } from "vitest";
import { monthsOfPart } from "../../src/retrieve/part-of-year.ts";

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
