import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { filtersFrom, parseDate, parseWholeNumber } from "../../src/cli/options.ts";

describe("parseDate", () => {
  test.each(["2025", "2025-02", "2024-02-29", " 2025-12-31 "])("takes %s", (value) => {
    expect(parseDate(value)).toBe(value.trim());
  });

  test.each([
    "",
    "25",
    "2025-2",
    "2025-13",
    "2025-00",
    "2025-02-29",
    "2025-04-31",
    "2025-01-00",
    "yesterday",
    "2025-01-01T00:00",
  ])("refuses %j", (value) => {
    expect(() => parseDate(value)).toThrow(InvalidArgumentError);
  });
});

describe("parseWholeNumber", () => {
  test("takes the ends of the range", () => {
    expect([parseWholeNumber("1", 1, 4), parseWholeNumber("4", 1, 4)]).toEqual([1, 4]);
  });

  test.each(["0", "5", "-1", "abc", "", "1.5", "1e0", "0x2"])("refuses %j", (value) => {
    expect(() => parseWholeNumber(value, 1, 4)).toThrow("Give a whole number from 1 to 4.");
  });
});

describe("filtersFrom", () => {
  test("an option that is not given leaves no key that would hide a setting", () => {
    expect(Object.keys(filtersFrom({}))).toEqual([]);
  });

  test("renames", () => {
    expect(
      filtersFrom({ source: ["a"], kind: ["news"], marking: "TLP:GREEN", since: "2024", until: "2024-05" }),
    ).toEqual({
      sources: ["a"],
      kinds: ["news"],
      maxMarking: "TLP:GREEN",
      since: "2024",
      until: "2024-05",
    });
  });

  test("since and until may overlap but not cross", () => {
    expect(() => filtersFrom({ since: "2025-03", until: "2025" })).not.toThrow();
    expect(() => filtersFrom({ since: "2025-03", until: "2025-02-28" })).toThrow(
      "--since 2025-03 is after --until 2025-02-28",
    );
  });
});
