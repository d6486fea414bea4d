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

describe("the times of a question", () => {
  const events = createGlossary([
    { ...entry("The Fall", "event", ["the fall of Narva"]), date: "2021-08-15" },
    entry("The Storm", "event", []),
  ]);
  const asked = (text: string) => understand(text, events, vocabulary({ ...WORDS, "@the-fall": 2 }));

  it.each([
    ["How many ships between 2021 and 2023?", { from: "2021-01-01", to: "2023-12-31" }],
    ["How many ships in 2024?", { from: "2024-01-01", to: "2024-12-31" }],
    ["How many ships since 2021?", null],
    ["How many ships since the fall of Narva?", null],
    ["How many ships?", null],
  ])("%s", (text, expected) => {
    expect(asked(text).period).toEqual(expected);
  });

  it("begin with the event that they are since", () => {
    const { periods, units } = asked("How many ships came since the fall of Narva?");
    expect(periods.map(({ from, reach }) => [from, reach])).toEqual([["2021-08-15", "since"]]);
    // Later sentences need not name it.
    expect(units.find(({ surface }) => surface === "the fall of Narva")).toMatchObject({ kind: "time" });
  });

  it("leave an event that something is after among what is asked about", () => {
    const { periods, units } = asked("What sank after the fall of Narva?");
    expect(periods.map(({ from, reach }) => [from, reach])).toEqual([["2021-08-15", "since"]]);
    expect(units.find(({ surface }) => surface === "the fall of Narva")).toMatchObject({ kind: "name" });
  });

  it("know no day of an event that has none, nor of one that is itself asked about", () => {
    expect(asked("How many ships came since the storm?").periods).toEqual([]);
    const { periods, units } = asked("Who sank ships in the fall of Narva?");
    expect(periods).toEqual([]);
    expect(units.find(({ surface }) => surface === "the fall of Narva")).toMatchObject({
      kind: "name",
      shaping: false,
    });
  });

  it("keep the year that something is since out of what an answer has to hold", () => {
    expect(asked("How many ships since 2021?").units.find(({ surface }) => surface === "2021")?.shaping).toBe(true);
    expect(asked("How many ships in 2021?").units.find(({ surface }) => surface === "2021")?.shaping).toBe(false);
  });
});

it("takes no word that asks for the newest for something that an answer would hold", () => {
  const surfaces = (text: string) => understand(text, glossary, vocabulary(WORDS)).units.map(({ surface }) => surface);
  expect(surfaces("What is the most recent number of ships?")).toEqual(["number", "ships"]);
  expect(surfaces("Who is the current leader of the ships now?")).toEqual(["leader", "ships"]);
});
