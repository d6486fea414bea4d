import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Score } from "../../src/eval/scoring.ts";
import { bootstrapInterval, figuresOf, percentile, summarise } from "../../src/eval/summary.ts";

function score(more: Partial<Score>): Score {
  return {
    id: "q",
    type: "figure",
    subtype: null,
    answerable: true,
    answered: true,
    abstained: false,
    failed: false,
    quotes: 1,
    verbatimQuotes: 1,
    recallAt5: 1,
    ndcgAt10: 1,
    citationPrecision: 1,
    citationRecall: 1,
    carriesAnswer: true,
    onEvidence: true,
    milliseconds: 10,
    ...more,
  };
}

function unanswerable(more: Partial<Score>): Score {
  const nothing = {
    recallAt5: null,
    ndcgAt10: null,
    citationPrecision: null,
    citationRecall: null,
    carriesAnswer: null,
    onEvidence: null,
  };
  return score({ type: "unanswerable", subtype: "absent", answerable: false, ...nothing, ...more });
}

const refused = { answered: false, abstained: true, quotes: 0, verbatimQuotes: 0, citationPrecision: null };

/** Four answerable (one refused, one answered beside the point), three unanswerable (two refused, one answered). */
const SCORES = [
  score({ milliseconds: 1 }),
  score({ milliseconds: 2, recallAt5: 0.5, citationPrecision: 0.25, quotes: 4, verbatimQuotes: 4, onEvidence: false }),
  score({ milliseconds: 3, carriesAnswer: false, type: "change" }),
  score({ ...refused, milliseconds: 4, recallAt5: 0, citationRecall: 0, carriesAnswer: false, onEvidence: false }),
  unanswerable({ ...refused, milliseconds: 5 }),
  unanswerable({ ...refused, milliseconds: 6, subtype: "live" }),
  unanswerable({ milliseconds: 7, quotes: 2, verbatimQuotes: 1 }),
];

describe("figures", () => {
  const figures = figuresOf(SCORES);

  test("retrieval and citations are means over the questions they apply to", () => {
    expect(figures.recallAt5).toEqual({ value: (1 + 0.5 + 1 + 0) / 4, count: 4 });
    // The refused question has no quote to be precise with.
    expect(figures.citationPrecision).toEqual({ value: (1 + 0.25 + 1) / 3, count: 3 });
    expect(figures.citationRecall).toEqual({ value: 3 / 4, count: 4 });
  });

  test("answers that carry, that lie on the evidence, and that do both", () => {
    expect(figures.carriesAnswer).toEqual({ value: 2 / 4, count: 4 });
    expect(figures.onEvidence).toEqual({ value: 2 / 4, count: 4 });
    expect(figures.carriesOnEvidence).toEqual({ value: 1 / 4, count: 4 });
  });

  test("abstention: two of three refusals were right, two of three were due, one of four was false", () => {
    expect(figures.abstentionPrecision).toEqual({ value: 2 / 3, count: 3 });
    expect(figures.abstentionRecall).toEqual({ value: 2 / 3, count: 3 });
    expect(figures.falseRefusals).toEqual({ value: 1 / 4, count: 4 });
  });

  test("the verbatim rate counts quotes, those of wrong answers too", () => {
    // 1 + 4 + 1 + 0 answerable, 0 + 0 + 2 unanswerable; one of the last two is not verbatim.
    expect(figures.verbatim).toEqual({ value: 7 / 8, count: 8 });
  });

  test("latency is the nearest rank: of seven, the fourth and the seventh", () => {
    expect(figures.latency).toEqual({ p50: 4, p95: 7 });
  });

  test("what applies to nothing has no value", () => {
    const none = figuresOf([]);
    expect(none.recallAt5).toEqual({ value: null, count: 0 });
    expect(none.latency).toEqual({ p50: null, p95: null });
  });
});

test("a summary groups by type and by subtype", () => {
  const summary = summarise(SCORES);
  expect(Object.keys(summary.byType)).toEqual(["figure", "change", "unanswerable"]);
  expect(summary.byType.figure?.carriesAnswer).toEqual({ value: 2 / 3, count: 3 });
  expect(summary.bySubtype.absent?.abstentionRecall).toEqual({ value: 1 / 2, count: 2 });
  expect(summary.bySubtype.live?.abstentionRecall).toEqual({ value: 1, count: 1 });
});

describe("bootstrapInterval", () => {
  const carried = (scores: readonly Score[]) => figuresOf(scores).carriesAnswer;

  test("is a point where all questions agree", () => {
    expect(bootstrapInterval(Array(20).fill(score({})), carried, 200)).toEqual({ low: 1, high: 1 });
  });

  test("is near the normal interval for a share of one half among 100", () => {
    // Standard error sqrt(0.5 * 0.5 / 100) = 0.05, so 0.5 - 1.96 * 0.05 = 0.402 to 0.598.
    const half = Array.from({ length: 100 }, (_, at) => score({ carriesAnswer: at % 2 === 0 }));
    const interval = bootstrapInterval(half, carried);
    expect(Math.abs((interval?.low ?? 0) - 0.402)).toBeLessThan(0.025);
    expect(Math.abs((interval?.high ?? 0) - 0.598)).toBeLessThan(0.025);
    expect(bootstrapInterval(half, carried)).toEqual(interval);
  });

  test("is null where the figure applies to nothing", () => {
    expect(bootstrapInterval([unanswerable({})], carried, 50)).toBeNull();
    expect(bootstrapInterval([], carried, 50)).toBeNull();
  });
});

test("percentile: at least that share of the values is at or below it, and it is the smallest such value", () => {
  const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, portion) => {
      const found = percentile(values, portion) ?? Number.NaN;
      const atOrBelow = values.filter((value) => value <= found).length;
      const below = values.filter((value) => value < found).length;
      expect(values).toContain(found);
      expect(atOrBelow).toBeGreaterThanOrEqual(portion * values.length);
      expect(below).toBeLessThan(portion * values.length);
    }),
  );
});
