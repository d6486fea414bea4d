import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure } from "../../src/answer/evidence.ts";
import { FEATURES, type FeatureName, rowOf } from "../../src/answer/features.ts";
import { OUTLOOK, outlookOf, type SharedOutlook } from "../../src/answer/outlook.ts";
import { judge } from "../../src/answer/select.ts";
import {
  ANSWER_THRESHOLD,
  ANSWERING_FEATURES,
  BY_RULE,
  HIGH_SUPPORT,
  MEDIUM_SUPPORT,
  rank,
  supportBy,
  TOP,
  topOf,
} from "../../src/answer/support.ts";
import { WANTS, type Wants, wantsFrom } from "../../src/answer/wants.ts";
import { ANSWERING, RANKING } from "../../src/answer/weights.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { tokenise } from "../../src/text/tokens.ts";
import { hit, passage } from "../helpers/sources.ts";

/** Holding more of a question: what must never count against an answer. */
const HOLDING_MORE = [
  "sentenceCover",
  "contextCover",
  "partsHeld",
  "leastHeld",
  "name",
  "words",
  "sentenceMeaning",
  "passageMeaning",
  "retrieval",
] as const satisfies readonly FeatureName[];

/** The kind of detail that is asked for. */
const ASKED_DETAIL = FEATURES.filter((name) => /^has(?:Number|Time|Who|Place|Reason)$|^counts$|^wanted$/.test(name));

/** A part of the question that is missing, or the other way round. */
const ONLY_AGAINST = FEATURES.filter((name) =>
  /^(?:unmet|lacks|misses)|^nameAbsent$|^goesOtherWay$|^otherSubject$/.test(name),
);

describe("the weights that were learnt", () => {
  it("only name features that exist", () => {
    expect(Object.keys(RANKING).filter((name) => !FEATURES.some((each) => each === name))).toEqual([]);
    expect(Object.keys(ANSWERING).filter((name) => !ANSWERING_FEATURES.includes(name))).toEqual([]);
    expect(new Set(ANSWERING_FEATURES).size).toBe(ANSWERING_FEATURES.length);
    expect(Object.keys(BY_RULE).filter((name) => !FEATURES.some((each) => each === name))).toEqual([]);
  });

  it("are numbers, and those of what is set by rule are not learnt", () => {
    for (const weight of [...Object.values(RANKING), ...Object.values(ANSWERING)])
      expect(weight).toSatisfy(Number.isFinite);
    expect(Object.keys(BY_RULE).filter((name) => name in RANKING)).toEqual([]);
  });

  it("holding more of the question never counts against an answer", () => {
    const learnt = [...HOLDING_MORE, ...HOLDING_MORE.map((name) => `top:${name}`), "denseBest", "lexicalBest"];
    expect(learnt.filter((name) => (ANSWERING[name] ?? 0) < 0)).toEqual([]);
    // Not because nothing of it is weighed.
    expect(learnt.filter((name) => (ANSWERING[name] ?? 0) > 0).length).toBeGreaterThan(3);
  });

  it("missing a part of the question never counts for an answer, nor having the asked detail against one", () => {
    const missing = [...ONLY_AGAINST, ...ONLY_AGAINST.map((name) => `top:${name}`), "unknownShare", "unknownNames"];
    expect(missing.filter((name) => (ANSWERING[name] ?? 0) > 0)).toEqual([]);
    const asked = [...ASKED_DETAIL, ...ASKED_DETAIL.map((name) => `top:${name}`)];
    expect(asked.filter((name) => (ANSWERING[name] ?? 0) < 0)).toEqual([]);
  });

  it("whose report it is says nothing of whether it answers", () => {
    const ofSource = ["reliability", "primary", "fragment"].flatMap((name) => [name, `top:${name}`]);
    expect(ofSource.filter((name) => name in ANSWERING)).toEqual([]);
  });

  it("confidence begins where an answer is given, and rises", () => {
    expect(ANSWER_THRESHOLD).toBeGreaterThan(0);
    expect(MEDIUM_SUPPORT).toBeGreaterThan(ANSWER_THRESHOLD);
    expect(HIGH_SUPPORT).toBeGreaterThan(MEDIUM_SUPPORT);
    expect(HIGH_SUPPORT).toBeLessThan(1);
  });
});

const row = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: FEATURES.length, maxLength: FEATURES.length })
  .map((values) => Float64Array.from(values));
const rows = fc.array(row, { minLength: 1, maxLength: 6 });
const wants = fc.constantFrom(...WANTS);
const outlook: fc.Arbitrary<SharedOutlook> = fc
  .tuple(
    wants,
    fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: OUTLOOK.length, maxLength: OUTLOOK.length }),
  )
  .map(([chosen, values]) => {
    const parts = OUTLOOK.map((name, index) => [name, name.startsWith("wants:") ? 0 : (values[index] ?? 0)]);
    return { ...Object.fromEntries(parts), [`wants:${chosen}`]: 1 } as SharedOutlook;
  });

function raised(of: Float64Array, name: FeatureName, by: number): Float64Array {
  return of.map((value, place) => (FEATURES[place] === name ? value + by : value));
}

describe("topOf", () => {
  it("is of each feature the most among the best three, and no further one", () => {
    const best = [0.1, 0.4, 0.2, 0.9].map((name, index) =>
      rowOf({ name, words: 1 - name, misses: index === 2 ? 1 : 0 }),
    );
    expect(topOf(best)).toEqual(rowOf({ name: 0.4, words: 0.9, misses: 1 }));
    expect(TOP).toBe(3);
  });

  it("of one sentence is that sentence", () => {
    fc.assert(
      fc.property(row, (only) => {
        expect(topOf([only])).toEqual(only);
      }),
    );
  });
});

describe("supportBy", () => {
  it("is from 0 to 1 whatever was measured", () => {
    fc.assert(
      fc.property(rows, outlook, fc.double({ min: -60, max: 60, noNaN: true }), (best, whole, lead) => {
        const support = supportBy(topOf(best), whole)(best[0] as Float64Array, lead);
        expect(support).toBeGreaterThanOrEqual(0);
        expect(support).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("never falls when the sentence holds more of the question, and everything else stays", () => {
    fc.assert(
      fc.property(
        rows,
        outlook,
        fc.constantFrom(...HOLDING_MORE),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (best, whole, name, by) => {
          const [first = new Float64Array(), ...others] = best;
          const more = raised(first, name, by);
          const before = supportBy(topOf(best), whole)(first, 0);
          const after = supportBy(topOf([more, ...others]), whole)(more, 0);
          expect(after).toBeGreaterThanOrEqual(before - 1e-12);
        },
      ),
    );
  });

  it("weighs the best sentence, the most of the best three and the whole, each by its own weight", () => {
    const own = rowOf({ contextCover: 1, lacksWho: 1 });
    const top = rowOf({ contextCover: 0.5 });
    const nothing = Object.fromEntries(OUTLOOK.map((name) => [name, 0])) as unknown as SharedOutlook;
    const weight = (name: string) => ANSWERING[name] ?? 0;
    const sum =
      weight("bias") +
      weight("contextCover") +
      weight("lacksWho") +
      0.5 * weight("top:contextCover") +
      2 * weight("parts") +
      weight("wants:list") +
      3 * weight("lead");
    const support = supportBy(top, { ...nothing, parts: 2, "wants:list": 1 })(own, 3);
    expect(support).toBeCloseTo(1 / (1 + Math.exp(-sum)), 12);
  });
});

describe("rank", () => {
  it("is what was learnt and what is set by rule, together", () => {
    const expected = (RANKING.contextCover ?? 0) + (BY_RULE.reliability ?? 0) * 0.8 + (BY_RULE.fragment ?? 0);
    expect(rank(rowOf({ contextCover: 1, reliability: 0.8, fragment: 1 }))).toBeCloseTo(expected, 12);
    expect(BY_RULE.fragment).toBeLessThan(0);
  });
});

describe("sentences as they are measured", () => {
  const glossary = createGlossary([]);
  const FULL = "The Harbour Institute counted 31 boardings near Lagos in 2024.";
  const terms = new Set(
    tokenise(`${FULL} The Institute counted boardings. Weather was calm. The harbour opened again.`),
  );
  const ask = (text: string) =>
    understand(text, glossary, {
      frequency: (term) => (terms.has(term) ? 1 : 0),
      rarity: (term) => (terms.has(term) ? 2 : 5),
      startingWith: () => [],
    });

  /** Support of an answer where the reports say only this. */
  function support(text: string, sentence: string): number {
    const question = ask(text);
    const asked: Wants = wantsFrom(question);
    const hits = [hit(passage(1, "a", [sentence]))];
    const [best] = judge(
      question,
      asked,
      measure(question, asked, hits, new Map([[1, [0.5]]]), glossary, () => 0),
    );
    return best?.support ?? Number.NaN;
  }

  const question = "How many boardings did the Harbour Institute count near Lagos in 2024?";
  it.each([
    ["without the figure", "The Harbour Institute counted boardings near Lagos in 2024."],
    ["of another time", "The Harbour Institute counted 31 boardings near Lagos in 2019."],
    ["without the thing that is counted", "The Harbour Institute counted 31 near Lagos in 2024."],
    ["without who counted and where", "There were 31 boardings in 2024."],
    ["about something else", "Weather was calm."],
  ])("the whole is better supported than a sentence %s", (_, less) => {
    expect(support(question, FULL)).toBeGreaterThan(support(question, less));
  });

  it("a whole answer is given, one about something else is not", () => {
    expect(support(question, FULL)).toBeGreaterThan(ANSWER_THRESHOLD);
    expect(support(question, "Weather was calm.")).toBeLessThan(ANSWER_THRESHOLD);
  });

  it("every sentence of a question is judged against the same whole", () => {
    const asked = ask(question);
    const hits = [hit(passage(1, "a", [FULL, "Weather was calm.", "The harbour opened again."]))];
    const judged = judge(
      asked,
      "number",
      measure(asked, "number", hits, new Map(), glossary, () => 0),
    );
    const ranks = judged.map((each) => each.rank);
    const by = supportBy(topOf(judged.map(({ candidate }) => candidate.row)), outlookOf(asked, "number", ranks, hits));
    expect(judged.map((each) => each.support)).toEqual(judged.map(({ candidate, rank }) => by(candidate.row, rank)));
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  });
});
