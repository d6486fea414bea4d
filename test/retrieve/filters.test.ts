import { describe, expect, it } from "vitest";
import type { Filters } from "../../src/domain/retrieval.ts";
import { allowedPassages, checkFilters, mayUse, withinMarking } from "../../src/retrieve/filters.ts";
import { head } from "../helpers/sources.ts";

const picss = head("picss-january-2025", {
  title: "Monthly report",
  publisher: "Pakistan Institute for Conflict and Security Studies (PICSS)",
  published: "2025-02",
  period: { from: "2025-01-01", to: "2025-01-31" },
  kind: "think-tank",
});

describe("mayUse", () => {
  const cases: [string, Filters, boolean][] = [
    ["nothing asked", {}, true],
    ["publisher, any case", { sources: ["picss"] }, true],
    ["id", { sources: ["PICSS-january-2025"] }, true],
    ["another source", { sources: ["crss"] }, false],
    ["one of two sources", { sources: ["crss", "monthly"] }, true],
    ["kind", { kinds: ["un-report"] }, false],
    ["since within the month of publication", { since: "2025-02-15" }, true],
    ["since after it", { since: "2025-03" }, false],
    ["until before it", { until: "2025-01" }, false],
    ["until within it", { until: "2025-02-01" }, true],
    ["a year", { since: "2025", until: "2025" }, true],
  ];
  it.each(cases)("%s", (_name, filters, expected) => {
    expect(mayUse(picss, filters)).toBe(expected);
  });

  it("counts a period that ends after publication", () => {
    expect(mayUse(head("a", { published: "2024", period: { from: "2024", to: "2026-03" } }), { since: "2026" })).toBe(
      true,
    );
  });

  it("lets an undated report through no date filter", () => {
    expect(mayUse(head("a", { published: null }), { since: "1990" })).toBe(false);
    expect(mayUse(head("a", { published: null }), {})).toBe(true);
  });

  it("treats an unmarked report as AMBER+STRICT", () => {
    const unmarked = head("a", { marking: null });
    expect(mayUse(unmarked, { maxMarking: "TLP:AMBER" })).toBe(false);
    expect(mayUse(unmarked, { maxMarking: "TLP:AMBER+STRICT" })).toBe(true);
    expect(mayUse(head("a", { marking: "TLP:RED" }), { maxMarking: "TLP:AMBER+STRICT" })).toBe(false);
  });
});

describe("withinMarking", () => {
  it.each([
    ["nothing", {}, "TLP:AMBER"],
    ["an undefined marking", { maxMarking: undefined }, "TLP:AMBER"],
    ["a looser marking", { maxMarking: "TLP:RED" }, "TLP:AMBER"],
    ["the same marking", { maxMarking: "TLP:AMBER" }, "TLP:AMBER"],
    ["a stricter marking", { maxMarking: "TLP:GREEN" }, "TLP:GREEN"],
  ] as const)("takes the stricter of the cap and %s", (_name, filters, maxMarking) => {
    expect(withinMarking(filters, "TLP:AMBER")).toEqual({ maxMarking });
  });

  it("keeps the other filters", () => {
    const filters: Filters = { since: "2025", kinds: ["news"] };
    expect(withinMarking(filters, "TLP:RED")).toEqual({ ...filters, maxMarking: "TLP:RED" });
  });
});

describe("allowedPassages", () => {
  it("marks the passages of the reports that may be used, by position", () => {
    const ranges = {
      passageIds: Uint32Array.of(4, 7, 9),
      reports: Uint32Array.of(0, 1, 0),
      reportIds: ["a", "b"],
    };
    const reports = [head("a", { kind: "news" }), head("b", { kind: "op-ed" })];
    expect(allowedPassages(reports, ranges, { kinds: ["op-ed"] })).toEqual(Uint8Array.of(0, 1, 0));
    expect(allowedPassages(reports, ranges, {})).toBeUndefined();
  });
});

describe("checkFilters", () => {
  const open = head("open", { marking: "TLP:CLEAR" });
  const secret = head("secret", { marking: "TLP:RED" });
  const check = (reports: Parameters<typeof checkFilters>[0], filters: Filters) => () =>
    checkFilters(reports, filters, "TLP:GREEN");

  it.each<Filters>([{ sources: ["nosuch"] }, { sources: ["secret"] }, { sources: ["open"], since: "2030" }])(
    "refuses %j",
    (filters) => {
      expect(check([open, secret], filters)).toThrow("No report matches the filters");
    },
  );

  it("lets pass what leaves a report, and says nothing where the cap alone leaves none", () => {
    expect(check([open, secret], {})).not.toThrow();
    expect(check([open, secret], { sources: ["open"], maxMarking: "TLP:RED" })).not.toThrow();
    expect(check([secret], {})).not.toThrow();
    expect(check([secret], { sources: ["secret"] })).not.toThrow();
    expect(check([secret], { sources: ["nosuch"] })).not.toThrow();
    expect(check([], { sources: ["nosuch"] })).not.toThrow();
  });
});
