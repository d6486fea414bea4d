import { describe, expect, it } from "vitest";
import { OUTLOOK, outlookOf } from "../../src/answer/outlook.ts";
import { WANTS } from "../../src/answer/wants.ts";
import type { Hit } from "../../src/domain/retrieval.ts";
import { understand } from "../../src/retrieve/question.ts";
import type { Vocabulary } from "../../src/retrieve/spelling.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { tokenise } from "../../src/text/tokens.ts";
import { hit, passage } from "../helpers/sources.ts";

const known = new Set(tokenise("The harbour was closed in 2024 by Karim"));
const vocabulary: Vocabulary = {
  frequency: (term) => (known.has(term) ? 1 : 0),
  rarity: (term) => (known.has(term) ? 1 : 3),
  startingWith: () => [],
};
const ask = (text: string) => understand(text, createGlossary([]), vocabulary);
const found = (denseScore: number | null, lexicalScore: number | null): Hit => ({
  ...hit(passage(1, "a", ["The harbour was closed."])),
  denseScore,
  lexicalScore,
});
const outlook = (text: string, ranks: readonly number[] = [1], hits: readonly Hit[] = [found(0.5, 2)]) =>
  outlookOf(ask(text), "other", ranks, hits);

describe("outlookOf", () => {
  it("has every part but the rank of the sentence that is judged", () => {
    expect(Object.keys(outlook("Who closed the harbour?")).sort()).toEqual(
      OUTLOOK.filter((name) => name !== "lead").sort(),
    );
  });

  it.each([
    ["of seven, the next and the sixth", [9, 7, 6, 5, 4, 2, 1], 2, 7],
    ["where there are fewer, the last", [9, 7, 6], 2, 3],
    ["of one, nothing", [9], 0, 0],
  ] as const)("how far the best is ahead: %s", (_, ranks, leadOverNext, leadOverSixth) => {
    expect(outlook("Who closed the harbour?", ranks)).toMatchObject({ leadOverNext, leadOverSixth });
  });

  it("what no report speaks of, by weight, and how many names of it", () => {
    expect(outlook("Who closed the harbour?")).toMatchObject({ unknownShare: 0, unknownNames: 0, parts: 2 });
    // Of "closed" and "harbour" with 1 each, and "Nasir" with 3.
    expect(outlook("Who closed the harbour of Nasir?")).toMatchObject({
      unknownShare: 3 / 5,
      unknownNames: 1,
      parts: 3,
    });
    expect(outlook("Who closed the kiosk?")).toMatchObject({ unknownShare: 3 / 4, unknownNames: 0 });
    // "Reported" shapes the question, and is no part of what it is about.
    expect(outlook("Who reported the harbour?")).toMatchObject({ unknownShare: 0, parts: 1 });
  });

  it("the nearest passage, and the most that the words of one weigh against the question's", () => {
    const hits = [found(0.3, 1), found(0.7, null), found(null, 4)];
    expect(outlook("Who closed the harbour?", [1], hits)).toMatchObject({ denseBest: 0.7, lexicalBest: 2 });
    expect(outlook("Who closed the harbour?", [1], [found(null, null)])).toMatchObject({
      denseBest: 0,
      lexicalBest: 0,
    });
    // A question without a subject is nothing to divide by.
    expect(outlook("who?", [1], hits)).toMatchObject({ parts: 0, unknownShare: 0, lexicalBest: 0 });
  });

  it("whether a time is asked for", () => {
    expect(outlook("Who closed the harbour in 2024?").timed).toBe(1);
    expect(outlook("Who closed the harbour?").timed).toBe(0);
  });

  it("exactly one kind of answer is wanted", () => {
    for (const wants of WANTS) {
      const whole = outlookOf(ask("Who closed the harbour?"), wants, [1], []);
      expect(WANTS.filter((kind) => whole[`wants:${kind}`] === 1)).toEqual([wants]);
    }
  });
});
