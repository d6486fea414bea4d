import { describe, expect, it } from "vitest";
import { learn, learntFrom } from "../../src/retrieve/learnt.ts";
import { head } from "../helpers/sources.ts";

const heads = new Map(
  [head("open", { marking: "TLP:GREEN" }), head("secret", { marking: "TLP:RED" })].map((each) => [each.id, each]),
);
const TEXTS: Readonly<Record<string, string>> = {
  open: "The Federal Harbour Agency (FHA) counted ships.",
  secret: "Night Heron, also known as APT-H-36, took ships.",
};
const store = { readingOf: (id: string) => TEXTS[id] ?? null };
const ranges = {
  passageIds: Uint32Array.from([3, 5, 6]),
  reports: Uint32Array.from([0, 1, 1]),
  reportIds: ["secret", "open"],
};

describe("learn", () => {
  it("learns from every report that may be used", () => {
    const { others, profiles, reportOf } = learn(store, ranges, heads, () => true);
    expect(others.find("What are APT-H-36 and the FHA?").map(({ forms }) => forms)).toEqual([
      ["Night Heron"],
      ["Federal Harbour Agency"],
    ]);
    expect(profiles.profiles).toHaveLength(2);
    expect([3, 5, 6, 4].map(reportOf)).toEqual([0, 1, 1, -1]);
  });

  it("learns nothing from others", () => {
    const { others, profiles, reportOf } = learn(store, ranges, heads, ({ id }) => id === "open");
    expect(others.find("What are APT-H-36 and the FHA?").map(({ surface }) => surface)).toEqual(["FHA"]);
    expect(profiles.profiles).toHaveLength(1);
    expect([3, 5, 6].map(reportOf)).toEqual([-1, 0, 0]);
  });
});

describe("learntFrom", () => {
  it("learns once for a snapshot and a marking", () => {
    let reads = 0;
    const index = {
      store: {
        readingOf: (id: string) => {
          reads += 1;
          return store.readingOf(id);
        },
      },
      ranges: () => ranges,
    };
    const first = learntFrom({ index, reports: heads }, "TLP:GREEN");
    expect(learntFrom({ index, reports: heads }, "TLP:GREEN")).toBe(first);
    expect(reads).toBe(1);
    expect(learntFrom({ index, reports: heads }, "TLP:RED").profiles.profiles).toHaveLength(2);
  });
});
