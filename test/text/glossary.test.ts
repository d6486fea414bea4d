import { describe, expect, it } from "vitest";
import { createGlossary, type GlossaryEntry } from "../../src/text/glossary.ts";

const entry = (name: string, aliases: string[], ambiguous: string[] = []): GlossaryEntry => ({
  name,
  aliases,
  kind: "armed-group",
  gloss: "",
  ambiguous,
});

const glossary = createGlossary([
  entry("Tehrik-e Taliban Pakistan", ["TTP", "Pakistani Taliban"]),
  entry("Afghan Taliban", ["Taliban"]),
  entry("ISIL", ["IS", "Da'esh"]),
  entry("Tehreek-e-Labbaik Pakistan", ["TLP"], ["TLP"]),
  entry("Traffic Light Protocol", ["TLP"], ["TLP"]),
]);
const named = (text: string, loose = false) =>
  glossary.find(text, loose).map(({ surface, entries }) => [surface, ...entries.map(({ name }) => name)]);

describe("glossary", () => {
  it("finds the longest name first and in any case", () => {
    expect(named("the pakistani Taliban and the Taliban")).toEqual([
      ["pakistani Taliban", "Tehrik-e Taliban Pakistan"],
      ["Taliban", "Afghan Taliban"],
    ]);
  });

  it("takes hyphens, spaces and apostrophes alike", () => {
    expect(named("Tehrik e-Taliban Pakistan met Da’esh")).toEqual([
      ["Tehrik e-Taliban Pakistan", "Tehrik-e Taliban Pakistan"],
      ["Da’esh", "ISIL"],
    ]);
  });

  it("takes a full stop after a short month, and none that ends a sentence", () => {
    const events = createGlossary([entry("September 11 attacks", ["Sept 11 attacks"])]);
    expect(events.find("after the Sept. 11 attacks")).toHaveLength(1);
    expect(events.find("It was sept. It was 11. Attacks followed")).toEqual([]);
  });

  it("knows a possessive", () => {
    expect(named("TTP's camps")).toEqual([["TTP", "Tehrik-e Taliban Pakistan"]]);
  });

  it("does not join words across a sentence end", () => {
    expect(named("He is Pakistani. Taliban officials met.")).toEqual([["Taliban", "Afghan Taliban"]]);
  });

  it("keeps acronyms to capitals in reports and lets people type them small, unless they are English words", () => {
    expect(named("what is ttp")).toEqual([]);
    expect(named("what is ttp", true)).toEqual([["ttp", "Tehrik-e Taliban Pakistan"]]);
    expect(named("IS claimed it")).toEqual([["IS", "ISIL"]]);
  });

  it("returns every meaning of an ambiguous name", () => {
    expect(named("TLP")).toEqual([["TLP", "Tehreek-e-Labbaik Pakistan", "Traffic Light Protocol"]]);
  });

  it("has one index term for an entry that no word can equal", () => {
    expect(glossary.find("TTP").map((name) => name.entries.map(glossary.term))).toEqual([
      ["@tehrik-e-taliban-pakistan"],
    ]);
  });

  it("refuses two entries of one name", () => {
    expect(() => createGlossary([entry("A", []), entry("a", [])])).toThrow('The glossary has two entries named "a"');
  });
});
