/** Which sentences are on a name that shares a short form with another. */

import { describe, expect, it } from "vitest";
import { aboutName } from "../../src/brief/aboutness.ts";
import type { Hit } from "../../src/domain/retrieval.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { entry, hit, passage } from "../helpers/sources.ts";

const fleet = { ...entry("Red Fleet", "armed-group", ["RF"]), ambiguous: ["RF"] };
const flotation = { ...entry("river flotation", "term", ["RF"]), ambiguous: ["RF"] };
const north = { ...entry("North Crew", "armed-group", ["the Crew"]), ambiguous: ["the Crew"] };
const south = { ...entry("South Crew", "armed-group", ["the Crew"]), ambiguous: ["the Crew"] };
const NAMES = createGlossary([fleet, flotation, north, south]);

/** Each text a report of one passage. */
const reports = (...texts: readonly (readonly string[])[]): Hit[] =>
  texts.map((sentences, at) => hit(passage(at + 1, `r${at + 1}`, sentences), { title: `Report ${at + 1}` }));

/** For each report whether each of its sentences is on a name at all. */
const areOn = (name: typeof fleet, hits: readonly Hit[]): boolean[][] =>
  hits.map((each) => aboutName(name, NAMES, hits)(each).map((value) => value > 0));

describe("a form that names share", () => {
  it("is the group, and not the technical term", () => {
    const hits = reports(["RF took the port."]);
    expect(areOn(fleet, hits)).toEqual([[true]]);
    expect(areOn(flotation, hits)).toEqual([[false]]);
  });

  it("is the term where its report writes the term out and names no group", () => {
    const hits = reports(
      ["Boats are saved by river flotation.", "In RF air is pumped under a hull."],
      ["The Red Fleet uses river flotation.", "RF took the port."],
      ["RF took the mill."],
    );
    expect(areOn(flotation, hits)).toEqual([[true, true], [true, false], [false]]);
    expect(areOn(fleet, hits).slice(1)).toEqual([[true, true], [true]]);
  });

  it("is neither of two groups where its report names none of them in full", () => {
    const hits = reports(["The North Crew left.", "At noon the Crew sang."], ["At noon the Crew sang."]);
    expect(areOn(north, hits)).toEqual([[true, true], [false]]);
    expect(areOn(south, hits)).toEqual([[false, false], [false]]);
  });
});

it("a heading with a form of another name heads nothing of this one", () => {
  const [of] = reports(["It rained."]);
  if (of === undefined) expect.fail();
  const headed = { ...of, passage: { ...of.passage, locator: { ...of.passage.locator, headings: ["RF in 2024"] } } };
  expect(areOn(fleet, [headed])).toEqual([[true]]);
  expect(areOn(flotation, [headed])).toEqual([[false]]);
});
