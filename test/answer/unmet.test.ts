import { describe, expect, test } from "vitest";
import { measure } from "../../src/answer/evidence.ts";
import { refuseByForm } from "../../src/answer/gate.ts";
import { isOrdinary } from "../../src/answer/ordinary.ts";
import { judge } from "../../src/answer/select.ts";
import { whyNot } from "../../src/answer/unmet.ts";
import { wantsFrom } from "../../src/answer/wants.ts";
import { understand } from "../../src/retrieve/question.ts";
import type { Vocabulary } from "../../src/retrieve/spelling.ts";
import { createGlossary, type GlossaryEntry } from "../../src/text/glossary.ts";
import { tokenise } from "../../src/text/tokens.ts";
import { hitOfText } from "../helpers/sources.ts";

const entry = (name: string, kind: string): GlossaryEntry => ({ name, aliases: [], kind, gloss: name, ambiguous: [] });
const glossary = createGlossary([
  entry("Harbour Institute", "think-tank"),
  entry("Red Fleet", "armed-group"),
  entry("Narva", "place"),
  entry("Lagos", "place"),
]);
const REPORT =
  "The Harbour Institute counted 31 boardings by the Red Fleet near Lagos in 2024. " +
  "The Red Fleet took crews as hostages in March 2023. " +
  "Narva has a harbour with weapons and divers.";
const terms = new Set([...tokenise(REPORT), "@harbour-institute", "@red-fleet", "@narva", "@lagos"]);
const vocabulary: Vocabulary = {
  frequency: (term) => (terms.has(term) ? 1 : 0),
  rarity: () => 1,
  startingWith: (letter) => [...terms].filter((term) => term.startsWith(letter)),
};
const likeness = (a: string, b: string) => (a.toLowerCase() === b.toLowerCase() ? 1 : 0);

function missing(text: string, body = REPORT) {
  const question = understand(text, glossary, vocabulary);
  const hit = hitOfText(body, { title: "Report" });
  const wants = wantsFrom(question);
  const { reason, explanation, unmet, choices } = whyNot(
    question,
    wants,
    judge(question, wants, measure(question, wants, [hit], new Map(), glossary, likeness)),
  );
  expect(choices).toEqual([]);
  return { reason, explanation, unmet: unmet.map(({ kind, surface }) => `${kind} ${surface}`) };
}

describe("whyNot", () => {
  test("names a name that no report holds", () => {
    const found = missing("How many boardings did the Red Fleet carry out near Zanzibar in 2024?");
    expect(found).toMatchObject({ reason: "name-not-in-reports", explanation: 'No report holds "Zanzibar".' });
    expect(found.unmet).toEqual(["name Zanzibar"]);
  });

  test("names a rare word that no report holds", () => {
    expect(missing("How many torpedoes has the Red Fleet?").explanation).toBe('No report holds "torpedoes".');
  });

  test("says which times the nearest sentences speak of", () => {
    const found = missing("How many boardings near Lagos did the Harbour Institute count in May 2019?");
    expect(found.reason).toBe("period-not-covered");
    expect(found.explanation).toBe("The nearest sentences speak of 2024 and March 2023, not of May 2019.");
    expect(found.unmet).toContain("period May 2019");
  });

  test("names what no one sentence holds beside the rest", () => {
    const found = missing("Does the Red Fleet have weapons in Narva?");
    expect(found.reason).toBe("weak-support");
    expect(found.explanation).toMatch(/^The nearest sentence does not speak of /);
    expect(found.unmet.length).toBeGreaterThan(0);
  });

  test("names the figure that is asked about", () => {
    const found = missing("Who counted the 77 boardings by the Red Fleet near Lagos in 2024?");
    expect(found.unmet).toContain("figure 77");
  });

  test("says what kind of answer is not given", () => {
    const found = missing("How many divers has the harbour of Narva?", "Narva has a harbour with weapons and divers.");
    expect(found.unmet).toEqual(["detail number"]);
    expect(found.reason).toBe("asked-detail-missing");
  });

  test.each([
    "please tell me exactly how many weapons the Red Fleet honestly has",
    "btw, what wepaons does the Red Fleet basicaly use?",
    "I'm wondering what is known abuot the weapons of the Red Fleet",
  ])("names no manner of speaking and nothing mistyped: %s", (text) => {
    const { explanation, unmet } = missing(text);
    expect(`${explanation} ${unmet.join(" ")}`).not.toMatch(
      /please|tell|exactly|honestly|btw|wepaons|basicaly|use|wondering|abuot|I'm/,
    );
  });

  test("has a reason without any evidence", () => {
    expect(whyNot(understand("Who leads the Red Fleet?", glossary, vocabulary), "person", []).explanation).not.toBe("");
  });
});

describe("a question of which no report holds a word", () => {
  test("says which", () => {
    const refused = refuseByForm(understand("What is the best biryani?", glossary, vocabulary));
    expect(refused).toMatchObject({
      reason: "nothing-near",
      explanation: 'No report holds "biryani".',
      unmet: [{ kind: "word", surface: "biryani" }],
    });
  });
});

describe("isOrdinary", () => {
  test.each(["Please", "exactly", "exaclty", "honestly", "what's", "tho", "hapened"])("%s is", (surface) => {
    expect(isOrdinary({ surface, shaping: false })).toBe(true);
  });
  test.each(["torpedoes", "Zanzibar", "kebab", "ransom", "salary"])("%s is not", (surface) => {
    expect(isOrdinary({ surface, shaping: false })).toBe(false);
  });
});
