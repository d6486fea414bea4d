import { describe, expect, it } from "vitest";
import { overlaps, periodsIn } from "../../src/retrieve/period.ts";

const ranges = (text: string) => periodsIn(text).map(({ from, to, exactness }) => [from, to, exactness]);

describe("periodsIn", () => {
  it.each([
    ["in January 2025", [["2025-01-01", "2025-01-31", "month"]]],
    ["on 3 February 2025", [["2025-02-03", "2025-02-03", "day"]]],
    ["March 11, 2025", [["2025-03-11", "2025-03-11", "day"]]],
    ["2025-02-03", [["2025-02-03", "2025-02-03", "day"]]],
    ["in Sept. 2014", [["2014-09-01", "2014-09-30", "month"]]],
    [
      "between 2018 and 2022",
      [
        ["2018-01-01", "2018-12-31", "year"],
        ["2022-01-01", "2022-12-31", "year"],
      ],
    ],
    ["in the 1990s", [["1990-01-01", "1999-12-31", "year"]]],
    ["the first of May", []],
    ["S/2025/71 and CVE-2024-3400", []],
    ["2,024 attacks and 2024% and 12024", []],
    ["the killed numbered 2024.5", []],
  ])("reads %j", (text, expected) => {
    expect(ranges(text)).toEqual(expected);
  });
});

describe("overlaps", () => {
  it("compares dates of different exactness", () => {
    expect(overlaps({ from: "2024", to: "2024" }, { from: "2024-12-31", to: "2025" })).toBe(true);
    expect(overlaps({ from: "2024-02", to: "2024-02" }, { from: "2024-03-01", to: "2024-03-02" })).toBe(false);
  });
});
