import { expect, test } from "vitest";
import { carries, contains } from "../../src/eval/matching.ts";

test.each([
  ["at least 74 attacks", "74", true],
  ["at least 174 attacks", "74", false],
  ["at least 74.5 attacks", "74", false],
  ["at least 1,074 attacks", "74", false],
  ["at least 1,074 attacks", "1074", true],
  ["at least 1074 attacks", "1,074", true],
  ["the 74th attack", "74", false],
  ["74.", "74", true],
  ["2024,74", "74", true],
  ["a rise of 42 per cent", "42%", true],
  ["a rise of 42 percent", "42%", true],
  ["a rise of 42%", "42 per cent", true],
  ["42 attacks", "42%", false],
  ["142%", "42%", false],
  ["They rejected the claim", "reject", true],
  ["They rejected the claim", "ject", false],
  ["They rejected the claim", "reject claim", false],
  ["They rejected claims", "reject claim", true],
  ["Türkiye", "turkiye", true],
  ["ISIL-K fighters", "isil-k", true],
  ["**74** attacks", "74 attacks", true],
  ["some attacks.[^s74]", "74", false],
  ["[attacks](https://example.org/74)", "74", false],
  ["S/2025/71", "S/2025/71", true],
  ["$5 million", "$5", true],
  ["5 million", "$5", false],
  ["anything", "!!!", false],
])("%j contains %j: %s", (text, member, expected) => {
  expect(contains(text, member)).toBe(expected);
});

test("every group needs one member, in whichever quote", () => {
  const must = [["74"], ["42%", "forty-two"]];
  expect(carries(["74 attacks", "a rise of 42%"], must)).toBe(true);
  expect(carries(["74 attacks", "forty-two more"], must)).toBe(true);
  expect(carries(["74 attacks"], must)).toBe(false);
  expect(carries([], must)).toBe(false);
  // Words of one member never come from two quotes.
  expect(carries(["the 74", "attacks"], [["74 attacks"]])).toBe(false);
});
