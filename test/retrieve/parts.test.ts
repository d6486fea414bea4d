import { describe, expect, it } from "vitest";
import { partsOf, partsOfQuestion } from "../../src/retrieve/parts.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";

describe("partsOf", () => {
  it.each([
    ["Who leads the Red Fleet, and how many ships has it?", ["Who leads the Red Fleet", "how many ships has it?"]],
    ["When was Narva hit? And who claimed the attack?", ["When was Narva hit", "who claimed the attack?"]],
    ["Was the port closed, or did ships still call?", ["Was the port closed", "did ships still call?"]],
    ["Which port was closed and by whom were ships held?", ["Which port was closed", "by whom were ships held?"]],
    ["What did the fleet say and do?", []],
    ["How many sailors and soldiers died in Narva?", []],
    ["Who leads the Red Fleet, and why?", []],
    ["It was founded in 2007, and was banned in 2008.", []],
    ["", []],
  ])("%s", (text, expected) => {
    expect(partsOf(text)).toEqual(expected);
  });

  it("leaves lists of questions whole", () => {
    expect(partsOf("Who is A then? Who is B then? Who is C then? Who is D then?")).toEqual([]);
  });
});

describe("partsOfQuestion", () => {
  const read = (text: string) =>
    understand(text, createGlossary([]), { frequency: () => 1, rarity: () => 1, startingWith: () => [] });

  it("gives parts that stand on their own", () => {
    const parts = partsOfQuestion("Who attacked the Narva ferry? How many ships lie in Lagos harbour?", read);
    expect(parts.map(({ text }) => text)).toEqual([
      "Who attacked the Narva ferry",
      "How many ships lie in Lagos harbour?",
    ]);
  });

  it("leaves whole what leans on the rest", () => {
    expect(
      partsOfQuestion("How many people died on the Narva ferry, and how many of them were children?", read),
    ).toEqual([]);
  });
});
