import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phrasesOf, strangenessOf } from "../../src/answer/strangers.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { tokens } from "../../src/text/tokens.ts";

const glossary = createGlossary([]);
const rare = new Set(["zarghun"]);
const ask = (text: string) =>
  understand(text, glossary, {
    frequency: (term) => (rare.has(term) ? 0 : 1),
    rarity: (term) => (rare.has(term) || term === "\u0000" ? 8 : 2),
    startingWith: () => [],
  });
const phrases = (text: string) => phrasesOf(ask(text)).map(({ terms }) => terms.join(" "));

describe("phrasesOf", () => {
  it.each([
    ["How many died in the River Public School attack in March 2024?", ["river public school"]],
    ["Who leads the Red Fleet's Northern Command?", ["red fleet", "northern command"]],
    ["Where did Zarghun go?", []],
    ["What happened in March 2024?", []],
    ["HOW MANY DIED IN THE RIVER SCHOOL", []],
    ["", []],
  ])("%s", (text, expected) => {
    expect(phrases(text)).toEqual(
      expected.map((phrase) =>
        phrase
          .split(" ")
          .map((w) => tokens(w)[0]?.term)
          .join(" "),
      ),
    );
  });

  it("gives runs of two terms or more, in order, of any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), (text) => {
        const found = phrasesOf(ask(text));
        expect(found.every(({ terms }) => terms.length > 1)).toBe(true);
        expect(found.map(({ start }) => start)).toEqual(found.map(({ start }) => start).sort((a, b) => a - b));
      }),
    );
  });
});

describe("strangenessOf", () => {
  const strangeness = (question: string, passage: string, anywhere?: readonly number[]) => {
    const asked = ask(question);
    const words = tokens(passage);
    const held = asked.units.map(({ alternatives }) =>
      alternatives.some((each) => each.every((term) => words.some((word) => word.term === term))) ? 1 : 0,
    );
    return strangenessOf(asked, phrasesOf(asked), [words], anywhere ?? held);
  };

  it("knows a name whose words stand together, and not one whose words stand apart", () => {
    const question = "How many died at the River Public School?";
    expect(strangeness(question, "At River Public School 12 pupils died.").phraseAbsent).toBe(0);
    expect(strangeness(question, "The public school by the river was hit.").phraseAbsent).toBe(1);
  });

  it("counts half for one of two names", () => {
    const { phraseAbsent } = strangeness("Did the Red Fleet meet the Blue Guard?", "The Red Fleet met nobody.");
    expect(phraseAbsent).toBe(0.5);
  });

  it("weighs a rare name that is not there more than a common one", () => {
    const without = "The council met in the capital.";
    const rareOne = strangeness("What did Zarghun say?", without).strangers;
    const commonOne = strangeness("What did Tarkan say?", without).strangers;
    expect(rareOne).toBe(1);
    expect(commonOne).toBe(0.25);
    expect(strangeness("What did Tarkan say?", "Tarkan said no.").strangers).toBe(0);
  });

  it("is nothing where no name is asked for", () => {
    expect(strangeness("how many died?", "Twelve died.")).toEqual({ phraseAbsent: 0, strangers: 0 });
  });
});
