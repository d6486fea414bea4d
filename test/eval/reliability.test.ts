import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CONFIDENCES, type Confidence } from "../../src/domain/answer.ts";
import type { ScoredCase } from "../../src/eval/cases.ts";
import { reliabilityOf, scoreInterval } from "../../src/eval/reliability.ts";
import type { JudgedCase } from "../../src/eval/run.ts";
import { type Outcome, scoreCase } from "../../src/eval/scoring.ts";

const TEXT = "There were 74 attacks. Nobody was held.";
const TEXTS = new Map([["a.md", TEXT]]);
const onIt = { doc: "a.md", start: 0, end: 22, text: TEXT.slice(0, 22) };
const besideIt = { doc: "a.md", start: 23, end: 39, text: TEXT.slice(23, 39) };

const QUESTION: ScoredCase = {
  id: "q-1",
  type: "figure",
  subtype: null,
  question: "How many attacks?",
  must: [["74"]],
  evidence: [{ doc: "a.md", spans: [{ start: 0, end: 22 }] }],
  any: false,
};
const UNANSWERABLE: ScoredCase = { ...QUESTION, type: "unanswerable", subtype: "absent", must: [], evidence: [] };

function judge(question: ScoredCase, outcome: Partial<Outcome>): JudgedCase {
  const whole: Outcome = {
    answer: "",
    quotes: [],
    abstained: false,
    retrieved: [],
    milliseconds: 1,
    confidence: null,
    support: 0,
    explanation: null,
    error: null,
    ...outcome,
  };
  return { question, outcome: whole, score: scoreCase(question, whole, TEXTS) };
}

const answered = (confidence: Confidence, support: number, more: Partial<Outcome> = {}, question = QUESTION) =>
  judge(question, { quotes: [onIt], confidence, support, ...more });

describe("what counts as right", () => {
  const share = (each: JudgedCase) => reliabilityOf([each]).byConfidence.high.right.value;

  test.each([
    ["a quote on the evidence that carries the answer", answered("high", 0.9), 1],
    ["beside the evidence", answered("high", 0.9, { quotes: [besideIt] }), 0],
    ["on the evidence, without the answer", answered("high", 0.9, {}, { ...QUESTION, must: [["75"]] }), 0],
    ["a quote that is not verbatim", answered("high", 0.9, { quotes: [{ ...onIt, text: "There were 74 raids." }] }), 0],
    ["an answer to a question that has none", answered("high", 0.9, {}, UNANSWERABLE), 0],
  ])("%s", (_, each, expected) => {
    expect(share(each)).toBe(expected);
  });
});

describe("reliabilityOf", () => {
  const judged = [
    answered("high", 0.95),
    answered("high", 0.85, { quotes: [besideIt] }),
    answered("medium", 0.65),
    answered("medium", 0.61, {}, UNANSWERABLE),
    answered("low", 0.3, { quotes: [besideIt] }),
    judge(QUESTION, { abstained: true, support: 0.2 }),
    judge(UNANSWERABLE, { abstained: true, support: 0.99 }),
    judge(QUESTION, { error: "no disk" }),
  ];
  const reliability = reliabilityOf(judged);

  test("by word: how many, the mean support and the share right; what is refused or failed shows no confidence", () => {
    expect(reliability.answers).toBe(5);
    expect(reliability.byConfidence.high).toMatchObject({ answers: 2, right: { value: 0.5, count: 2 } });
    expect(reliability.byConfidence.high.meanSupport).toBeCloseTo(0.9, 12);
    expect(reliability.byConfidence.medium).toMatchObject({ answers: 2, right: { value: 0.5, count: 2 } });
    expect(reliability.byConfidence.low).toMatchObject({ answers: 1, meanSupport: 0.3, right: { value: 0, count: 1 } });
  });

  test("by support, in tenths; a bound belongs to the bin above it", () => {
    const filled = reliability.bySupport.filter(({ answers }) => answers > 0);
    expect(filled.map(({ from, to, answers, right }) => [from, to, answers, right.value])).toEqual([
      [0.3, 0.4, 1, 0],
      [0.6, 0.7, 2, 0.5],
      [0.8, 0.9, 1, 0],
      [0.9, 1, 1, 1],
    ]);
    const [lowest, highest] = [answered("low", 0), answered("high", 1)];
    const bins = reliabilityOf([lowest, highest]).bySupport.map(({ answers }) => answers);
    expect(bins).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test("the calibration error is the mean distance of support from what came of it", () => {
    // By bin: 1 answer at 0.3 with none right; 2 at 0.63 with half right; 1 at 0.85 with none; 1 at 0.95 with all.
    expect(reliability.calibrationError).toBeCloseTo((0.3 + 2 * 0.13 + 0.85 + 0.05) / 5, 12);
  });

  test("nothing answered", () => {
    const nothing = reliabilityOf([judge(QUESTION, { abstained: true })]);
    expect(nothing).toMatchObject({ answers: 0, calibrationError: null });
    expect(nothing.byConfidence.low).toEqual({
      answers: 0,
      meanSupport: null,
      right: { value: null, count: 0 },
      interval: null,
    });
  });

  test("words and bins both have every answer once, and the error stays within 0 to 1", () => {
    const answer = fc
      .tuple(fc.constantFrom(...CONFIDENCES), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())
      .map(([confidence, support, right]) => answered(confidence, support, { quotes: [right ? onIt : besideIt] }));
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 40 }), (answers) => {
        const { byConfidence, bySupport, calibrationError } = reliabilityOf(answers);
        const count = (groups: readonly { answers: number }[]) => groups.reduce((sum, each) => sum + each.answers, 0);
        expect(count(Object.values(byConfidence))).toBe(answers.length);
        expect(count(bySupport)).toBe(answers.length);
        for (const { from, to, meanSupport } of bySupport) {
          if (meanSupport === null) continue;
          expect(meanSupport).toBeGreaterThanOrEqual(from - 1e-9);
          expect(meanSupport).toBeLessThanOrEqual(to + 1e-9);
        }
        expect(calibrationError).toBeGreaterThanOrEqual(0);
        expect(calibrationError).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("scoreInterval", () => {
  // 8 of 10: (0.8 + 3.8415/20 ± 1.96 √(0.16/10 + 3.8415/400)) / 1.38415, by hand.
  test.each([
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [50, 100, 0.4038, 0.5962],
  ])("%i of %i", (right, count, low, high) => {
    const interval = scoreInterval(right, count);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});
