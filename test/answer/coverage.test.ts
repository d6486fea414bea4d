import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Coverage, coverage, nearness, shareHeld } from "../../src/answer/coverage.ts";
import { focusOf } from "../../src/answer/focus.ts";
import { match, viewOf } from "../../src/answer/matching.ts";
import { type AskedUnit, understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";

function unit(fields: Partial<AskedUnit> = {}): AskedUnit {
  return {
    kind: "word",
    surface: "bridge",
    start: 0,
    alternatives: [["bridg"]],
    weight: 1,
    known: true,
    standIn: false,
    shaping: false,
    ...fields,
  };
}

/** A name of weight 4, two words of weight 3 and 1; no word of the index weighs more than 4. */
const NAME = unit({ kind: "name", surface: "Karim", weight: 4 });
const WORD = unit({ weight: 3 });
const LIGHT = unit({ surface: "burnt", weight: 1 });
const cover = (units: readonly AskedUnit[], held: readonly number[], around = held) =>
  coverage({ units, mostWeight: 4 }, held, around);

describe("coverage", () => {
  it("counts what is held by its weight, in the sentence and with what stands around it", () => {
    expect(cover([NAME, WORD, LIGHT], [0, 1, 1], [0.5, 1, 1])).toMatchObject({
      sentenceCover: 4 / 8,
      contextCover: 6 / 8,
    });
  });

  it("words that say what is asked are counted apart from the subject's names", () => {
    expect(cover([NAME, WORD, LIGHT], [1, 0, 1])).toMatchObject({ predicate: 1 / 4, name: 1, nameAbsent: 0 });
    expect(cover([NAME, WORD, LIGHT], [0, 1, 1])).toMatchObject({ predicate: 1, name: 0, nameAbsent: 1 });
  });

  it("a name around the sentence is no absent one", () => {
    expect(cover([NAME, WORD], [0, 1], [0.8, 1])).toMatchObject({ name: 0.8, nameAbsent: expect.closeTo(0.2, 9) });
  });

  it("of several names the one that is furthest away tells", () => {
    const figure = unit({ kind: "figure", weight: 4 });
    expect(cover([NAME, figure], [1, 0], [1, 0.4])).toMatchObject({ name: 0.7, nameAbsent: 0.6 });
  });

  it("a common name says less by its absence than a rare one", () => {
    const absence = (weight: number) => cover([unit({ kind: "name", weight })], [0], [0]).nameAbsent;
    expect([absence(4), absence(2), absence(1), absence(0.5)]).toEqual([1, 1, 0.5, 0.25]);
  });

  it("what is missing is a share of the most that a word can weigh", () => {
    expect(cover([NAME, WORD, LIGHT], [1, 0, 0.5])).toMatchObject({
      leastHeld: 0,
      partsHeld: 1 / 3,
      unmetMost: 3 / 4,
      unmetTwo: 3 / 4 + 0.5 / 4,
      unmetWord: 3 / 4,
      unmetName: 0,
    });
    expect(cover([NAME, WORD], [0.5, 1])).toMatchObject({ unmetMost: 0.5, unmetWord: 0, unmetName: 0.5 });
  });

  it("indexes of different size compare: weights twice as large everywhere change nothing", () => {
    const units = [NAME, WORD, LIGHT];
    const heavier = units.map((each) => ({ ...each, weight: 2 * each.weight }));
    expect(coverage({ units: heavier, mostWeight: 8 }, [0.3, 0, 1], [0.5, 0, 1])).toEqual(
      coverage({ units, mostWeight: 4 }, [0.3, 0, 1], [0.5, 0, 1]),
    );
  });

  it("a word that shapes the question counts a quarter, and is no part of its subject", () => {
    const shaping = unit({ surface: "reported", weight: 4, shaping: true });
    expect(cover([shaping, LIGHT], [0, 1])).toMatchObject({
      sentenceCover: 1 / 2,
      partsHeld: 1,
      unmetMost: 0,
      predicate: 1,
    });
    // With nothing else in the question, it is all there is to look at.
    expect(cover([shaping], [0])).toMatchObject({ sentenceCover: 0, partsHeld: 0, unmetMost: 1 });
  });

  it("a word that no report holds counts half, a name that none holds in full", () => {
    const unknown = { known: false, weight: 2 };
    expect(cover([unit(unknown), LIGHT], [0, 1]).sentenceCover).toBe(1 / 2);
    expect(cover([unit({ ...unknown, kind: "name" }), LIGHT], [0, 1]).sentenceCover).toBe(1 / 3);
  });

  it("a question of nothing is covered", () => {
    expect(cover([], [])).toMatchObject({
      sentenceCover: 1,
      contextCover: 1,
      partsHeld: 1,
      unmetMost: 0,
      nameAbsent: 0,
    });
  });

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const units = fc.array(
    fc.record({
      kind: fc.constantFrom("name", "figure", "time", "word"),
      weight: fc.double({ min: 0, max: 4, noNaN: true }),
      known: fc.boolean(),
      shaping: fc.boolean(),
      held: share,
      more: share,
    }),
    { maxLength: 6 },
  );
  const GROWS: readonly (keyof Coverage)[] = [
    "sentenceCover",
    "contextCover",
    "predicate",
    "name",
    "leastHeld",
    "partsHeld",
  ];
  const SHRINKS: readonly (keyof Coverage)[] = ["nameAbsent", "unmetMost", "unmetTwo", "unmetWord", "unmetName"];

  it("every share is from 0 to 1, the two most missing ones up to 2, and holding more never makes one worse", () => {
    fc.assert(
      fc.property(units, (drawn) => {
        const asked = drawn.map(({ kind, weight, known, shaping }) => unit({ kind, weight, known, shaping }));
        const less = drawn.map(({ held, more }) => Math.min(held, more));
        const more = drawn.map(({ held, more }) => Math.max(held, more));
        const [worse, better] = [cover(asked, less), cover(asked, more)];
        for (const name of [...GROWS, ...SHRINKS]) {
          expect(better[name], name).toBeGreaterThanOrEqual(0);
          expect(worse[name], name).toBeLessThanOrEqual((name === "unmetTwo" ? 2 : 1) + 1e-9);
        }
        for (const name of GROWS) expect(better[name], name).toBeGreaterThanOrEqual(worse[name] - 1e-9);
        for (const name of SHRINKS) expect(better[name], name).toBeLessThanOrEqual(worse[name] + 1e-9);
      }),
    );
  });
});

describe("shareHeld", () => {
  const question = { ...understandPlain("Who?"), units: [WORD, LIGHT, unit({ weight: 2, known: false })] };
  it.each([
    ["all", [0, 1], [1, 1, 0], 1],
    ["none", [0, 1], [0, 0, 1], -1],
    ["the lighter of two", [0, 1], [0, 1, 0], -0.5],
    // An unknown word of weight 2 counts like a known one of weight 1.
    ["the known one, not the unknown one", [1, 2], [0, 1, 0], 0],
    ["nothing asked for", [], [0, 0, 0], 0],
  ] as const)("%s", (_, units, held, expected) => {
    expect(shareHeld(units, question, held)).toBeCloseTo(expected, 12);
  });
});

const glossary = createGlossary([{ name: "TTP", aliases: [], kind: "armed-group", gloss: "", ambiguous: [] }]);
function understandPlain(text: string) {
  return understand(text, glossary, { frequency: () => 1, rarity: () => 1, startingWith: () => [] });
}

describe("nearness", () => {
  function near(asked: string, sentence: string): number {
    const question = understandPlain(asked);
    const view = viewOf(sentence, glossary);
    return nearness(
      question,
      focusOf(question),
      question.units.map((each) => match(each, view, glossary, () => 0)),
    );
  }
  const asked = "Who founded the TTP?";

  it("is 1 where the deed stands beside the subject, less the further away, 0 where one of them is missing", () => {
    const together = near(asked, "The TTP was founded there.");
    const apart = near(asked, "The TTP, which had many other names in those days, was founded there.");
    expect(together).toBe(1);
    expect(apart).toBeGreaterThan(0);
    expect(apart).toBeLessThan(together);
    expect(near(asked, "It was founded there.")).toBe(0);
    expect(near(asked, "The TTP was there.")).toBe(0);
  });

  it("is a half where the question has no subject, or asks no deed of it", () => {
    expect(near("Who founded it?", "It was founded there.")).toBe(0.5);
    expect(near("TTP?", "The TTP was there.")).toBe(0.5);
  });
});
