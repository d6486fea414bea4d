import { describe, expect, it } from "vitest";
import { otherNames } from "../../src/retrieve/other-names.ts";
import { understand } from "../../src/retrieve/question.ts";
import type { Vocabulary } from "../../src/retrieve/spelling.ts";
import { createGlossary } from "../../src/text/glossary.ts";

const entry = (name: string, kind: string, aliases: string[], ambiguous: string[] = []) => ({
  name,
  aliases,
  kind,
  gloss: "",
  ambiguous,
});
const glossary = createGlossary([
  entry("Tidal Troop of Pirates", "armed-group", ["TTP"], ["TTP"]),
  entry("tricks, tools and procedures", "term", ["TTP"], ["TTP"]),
  entry("Free Island Reporting Standard Team", "organisation", ["FIRST"]),
]);
const others = otherNames([
  { name: "Federal Harbour Agency", alias: "FHA" },
  { name: "Unspoken Harbour Agency", alias: "UHA" },
]);

function vocabulary(frequencies: Record<string, number>): Vocabulary {
  return {
    frequency: (term) => frequencies[term] ?? 0,
    rarity: () => 1,
    startingWith: (letter) => Object.keys(frequencies).filter((term) => term.startsWith(letter)),
  };
}
const WORDS = { feder: 3, harbour: 4, agenc: 3, fha: 2, ship: 9, leader: 1, mali: 2, uha: 1, june: 1 };
const weightOf = (text: string, term: string) =>
  understand(text, glossary, vocabulary(WORDS), others).terms.find((each) => each.term === term)?.weight ?? 0;

describe("other names of a question", () => {
  const question = understand("How many ships has the FHA?", glossary, vocabulary(WORDS), others);

  it("are searched, below what was typed", () => {
    expect(weightOf(question.text, "fha")).toBe(1);
    expect(weightOf(question.text, "harbour")).toBeGreaterThan(0);
    expect(weightOf(question.text, "harbour")).toBeLessThan(1);
  });

  it("satisfy the name, and are told", () => {
    const unit = question.units.find(({ surface }) => surface === "FHA");
    expect(unit).toMatchObject({ kind: "name", known: true });
    expect(unit?.alternatives).toEqual([["fha"], ["feder", "harbour", "agenc"]]);
    expect(question.expansions).toEqual(["FHA -> Federal Harbour Agency"]);
  });

  it("are left out where no passage has their words", () => {
    expect(understand("What is the UHA?", glossary, vocabulary(WORDS), others).expansions).toEqual([]);
  });

  it("are not told where they are the same word", () => {
    expect(understand("Which Malian ships?", glossary, vocabulary(WORDS), others).expansions).toEqual([]);
    expect(weightOf("Which Malian ships?", "mali")).toBeGreaterThan(0);
  });

  it("leave the words of a capital and add its country", () => {
    const asked = understand("Why did Bamako send ships?", glossary, vocabulary({ ...WORDS, bamako: 1 }), others);
    expect(asked.units.find(({ surface }) => surface === "Bamako")?.alternatives).toEqual([["bamako"]]);
    expect(asked.expansions).toEqual(["Bamako -> Mali"]);
  });
});

describe("an ambiguous alias", () => {
  const GROUP = { "@tidal-troop-of-pirates": 9, "@tricks-tools-and-procedures": 9 };
  const meant = (frequencies: Record<string, number>) =>
    understand("Who leads the TTP?", glossary, vocabulary({ ...GROUP, ...frequencies }), others).expansions;

  it("means the group that the reports speak of", () => {
    expect(meant({ tidal: 9, troop: 9, pirat: 9, trick: 2, tool: 2, procedur: 2 })).toEqual([
      "TTP -> Tidal Troop of Pirates",
    ]);
  });

  it("means the term where no report speaks of the group", () => {
    expect(meant({ trick: 2, tool: 2, procedur: 2 })).toEqual(["TTP -> tricks, tools and procedures"]);
  });

  it("means both where the reports speak of both alike", () => {
    expect(meant({ tidal: 3, troop: 3, pirat: 3, trick: 3, tool: 3, procedur: 3 })).toEqual([
      "TTP -> Tidal Troop of Pirates or tricks, tools and procedures",
    ]);
  });
});

describe("words of a question", () => {
  it("are no acronyms", () => {
    expect(understand("Who was first?", glossary, vocabulary(WORDS)).names).toEqual([]);
  });

  it("are searched by the months of a part of the year", () => {
    expect(weightOf("How many ships in the first half of 2021?", "june")).toBeGreaterThan(0);
  });
});
