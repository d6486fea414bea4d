import { describe, expect, it } from "vitest";
import type { Example } from "../../bench/fit/examples.ts";
import { answeringRow, judgeBy, learnAnswering, learnRanking, named, type Weighted } from "../../bench/fit/learn.ts";
import { measure } from "../../src/answer/evidence.ts";
import { FEATURES, type FeatureName, type Features, rowOf } from "../../src/answer/features.ts";
import { OUTLOOK, outlookOf } from "../../src/answer/outlook.ts";
import { judge } from "../../src/answer/select.ts";
import { ANSWERING_FEATURES, BY_RULE } from "../../src/answer/support.ts";
import { wantsFrom } from "../../src/answer/wants.ts";
import { ANSWERING, RANKING } from "../../src/answer/weights.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { hit, passage } from "../helpers/sources.ts";

const WHOLE = new Float64Array(OUTLOOK.length);

interface Made {
  readonly sentences: readonly Partial<Features>[];
  /** Which of them are on the evidence. */
  readonly right?: readonly number[];
  readonly answerable?: boolean;
  readonly weight?: number;
}

function made({ sentences, right = [], answerable = true, weight = 1 }: Made, id = "q"): Weighted {
  const example: Example = {
    id,
    rows: sentences.map((features) => rowOf(features)),
    right: sentences.map((_, index) => right.includes(index)),
    answerable,
    outlook: () => WHOLE,
  };
  return { example, weight };
}

/** Numbers that look drawn and are the same each time: a Weyl sequence, 0 to 1. */
const noise = (index: number) => (index * 0.618_033_988_75) % 1;

const rankingOf = (weights: Float64Array, name: FeatureName) => weights[FEATURES.indexOf(name)] ?? Number.NaN;
const answeringOf = (weights: Float64Array, name: string) => weights[ANSWERING_FEATURES.indexOf(name)] ?? Number.NaN;
const BY_RULES = FEATURES.filter((name) => name in BY_RULE);
const NO_RANKING = new Float64Array(FEATURES.length);

describe("learnRanking", () => {
  /** The sentence on the evidence names the subject; how long it is, and where it stands, tells nothing. */
  const SET = Array.from({ length: 30 }, (_, at) => {
    const right = at % 3;
    const sentences = [0, 1, 2].map((index) => ({ name: index === right ? 1 : 0, length: noise(3 * at + index) }));
    return made({ sentences, right: [right] }, `q-${at}`);
  });
  const ranking = learnRanking(SET);

  it("puts what tells the right sentence from the others first, on questions that it has not seen", () => {
    expect(rankingOf(ranking, "name")).toBeGreaterThan(1);
    expect(Math.abs(rankingOf(ranking, "length"))).toBeLessThan(rankingOf(ranking, "name") / 4);
    const { example } = made({ sentences: [{ length: 1 }, { length: 0 }, { name: 1, length: 0.5 }], right: [2] });
    expect(judgeBy(example, ranking, new Float64Array(ANSWERING_FEATURES.length)).place).toBe(0);
  });

  it("what never varies, and what is set by rule, is not learnt", () => {
    expect(rankingOf(ranking, "wanted")).toBe(0);
    const telling = Array.from({ length: 12 }, (_, at) =>
      made(
        { sentences: [{ reliability: 1, fragment: 0, primary: 1 }, { fragment: 1 }, { fragment: 1 }], right: [0] },
        `${at}`,
      ),
    );
    const learnt = learnRanking(telling);
    for (const name of BY_RULES) expect(rankingOf(learnt, name), name).toBe(0);
  });

  it("what the rules already say is not learnt over again by what goes along with it", () => {
    // The right sentence is the one of the better source, and names the subject: with the rule there is less to learn.
    const set = (reliability: number) =>
      Array.from({ length: 12 }, (_, at) =>
        made({ sentences: [{ name: 1, reliability }, {}, {}], right: [0] }, `${at}`),
      );
    expect(rankingOf(learnRanking(set(1)), "name")).toBeLessThan(rankingOf(learnRanking(set(0)), "name"));
  });

  it("unanswerable questions, and those whose evidence was not found, teach nothing", () => {
    const against = Array.from({ length: 30 }, (_, at) => [
      made({ sentences: [{ name: 1 }, { name: 0 }], right: [1], answerable: false }, `u-${at}`),
      made({ sentences: [{ name: 1 }, { name: 0 }] }, `n-${at}`),
    ]).flat();
    expect(learnRanking([...SET, ...against])).toEqual(ranking);
  });

  it("a question counts by its weight", () => {
    const opposite = made({ sentences: [{ name: 0 }, { name: 1 }], right: [0] }, "opposite");
    const sum = (weight: number) => rankingOf(learnRanking([...SET, { ...opposite, weight }]), "name");
    expect(sum(0)).toBeGreaterThan(sum(1));
    // One that outweighs all thirty others decides.
    expect(sum(300)).toBeLessThan(0);
    const heavier = learnRanking(SET.map((each) => ({ ...each, weight: 4 })));
    expect(rankingOf(heavier, "name")).toBeCloseTo(rankingOf(ranking, "name"), 9);
  });

  it("is the same each time", () => {
    expect(learnRanking(SET)).toEqual(ranking);
  });
});

describe("learnAnswering", () => {
  /** Answerable where nothing is missing; the length tells nothing. */
  const SET = Array.from({ length: 40 }, (_, at) => {
    const answerable = at % 2 === 0;
    return made({ sentences: [{ misses: answerable ? 0 : 1, length: noise(at) }], answerable }, `q-${at}`);
  });

  it("separates what can be separated, on questions that it has not seen", () => {
    const answering = learnAnswering(SET, NO_RANKING);
    expect(answeringOf(answering, "misses")).toBeLessThan(0);
    const support = (misses: number) =>
      judgeBy(made({ sentences: [{ misses, length: 0.5 }] }).example, NO_RANKING, answering).support;
    expect(support(0)).toBeGreaterThan(0.8);
    expect(support(1)).toBeLessThan(0.2);
  });

  it("the share that is answerable is learnt where nothing tells", () => {
    const plain = Array.from({ length: 40 }, (_, at) => made({ sentences: [{}], answerable: at < 30 }, `q-${at}`));
    const { support } = judgeBy(made({ sentences: [{}] }).example, NO_RANKING, learnAnswering(plain, NO_RANKING));
    expect(support).toBeCloseTo(0.75, 2);
  });

  it("holding more of the question is never learnt to count against an answer; other things are", () => {
    // Unanswerable questions that were written nearer to the reports' words.
    const near = Array.from({ length: 40 }, (_, at) => {
      const held = at % 2 === 0 ? 0.2 * noise(at) : 0.8 + 0.2 * noise(at);
      return made(
        { sentences: [{ words: held, contextCover: held, hasProper: held }], answerable: at % 2 === 0 },
        `q-${at}`,
      );
    });
    const answering = learnAnswering(near, NO_RANKING);
    for (const name of ["words", "contextCover", "top:words", "top:contextCover"]) {
      expect(answeringOf(answering, name), name).toBe(0);
    }
    expect(answeringOf(answering, "hasProper")).toBeLessThan(0);
    expect(answeringOf(answering, "top:hasProper")).toBeLessThan(0);
    // The other way round they may well speak for one.
    const turned = near.map(({ example, weight }) => ({
      example: { ...example, answerable: !example.answerable },
      weight,
    }));
    expect(answeringOf(learnAnswering(turned, NO_RANKING), "words")).toBeGreaterThan(0);
  });

  it("missing a part of it is never learnt to count for an answer", () => {
    const turned = SET.map(({ example, weight }) => ({
      example: { ...example, answerable: !example.answerable },
      weight,
    }));
    const answering = learnAnswering(turned, NO_RANKING);
    expect(answeringOf(answering, "misses")).toBe(0);
    expect(answeringOf(answering, "top:misses")).toBe(0);
    expect(answeringOf(learnAnswering(SET, NO_RANKING), "top:misses")).toBeLessThan(0);
  });

  it("whose report it is stays out, however well it tells", () => {
    const ofSource = Array.from({ length: 40 }, (_, at) =>
      made(
        { sentences: [{ reliability: at % 2, primary: at % 2, fragment: 1 - (at % 2) }], answerable: at % 2 === 1 },
        `q-${at}`,
      ),
    );
    const answering = learnAnswering(ofSource, NO_RANKING);
    for (const name of BY_RULES) {
      expect(answeringOf(answering, name), name).toBe(0);
      expect(answeringOf(answering, `top:${name}`), name).toBe(0);
    }
  });

  it("is the same each time", () => {
    expect(learnAnswering(SET, NO_RANKING)).toEqual(learnAnswering(SET, NO_RANKING));
  });
});

describe("answeringRow", () => {
  it("is a one for the bias, the best sentence, the most of the best three, and the whole by the ranks in order", () => {
    const ranks: (readonly number[])[] = [];
    const ranking = Float64Array.from(FEATURES, (name) => (name === "name" ? 1 : 0));
    const sentences = [{ name: 0.1, words: 1 }, { name: 0.9 }, { name: 0.5, misses: 1 }, { name: 0.2, wanted: 1 }];
    const example: Example = {
      ...made({ sentences }).example,
      outlook: (given) => {
        ranks.push(given);
        return Float64Array.from(OUTLOOK, (_, index) => index + 2);
      },
    };
    const row = answeringRow(example, ranking);
    const at = (name: string) => answeringOf(row, name);
    expect(row).toHaveLength(ANSWERING_FEATURES.length);
    expect(ranks).toEqual([[0.9, 0.5, 0.2, 0.1]]);
    expect([at("bias"), at("name"), at("misses"), at("words")]).toEqual([1, 0.9, 0, 0]);
    expect([at("top:name"), at("top:misses"), at("top:wanted"), at("top:words")]).toEqual([0.9, 1, 1, 0]);
    expect(OUTLOOK.map(at)).toEqual(OUTLOOK.map((_, index) => index + 2));
  });

  it("what is set by rule is part of the order", () => {
    const { example } = made({ sentences: [{ fragment: 1, words: 0.3 }, { words: 0.7 }] });
    expect(answeringOf(answeringRow(example, NO_RANKING), "words")).toBe(0.7);
  });
});

describe("the learner and the answerer", () => {
  const glossary = createGlossary([]);
  const ask = (text: string) =>
    understand(text, glossary, { frequency: () => 1, rarity: (term) => 1 + (term.length % 3), startingWith: () => [] });
  const sentences = [
    "PICSS counted 74 attacks in January 2025, many more than in December 2024.",
    "In December 2024 it had been fewer, and the army denied that.",
    "Lagos.",
    "The Harbour Institute blamed smugglers because of the war near Narva in May 2021.",
  ];
  const other = ["Attacks fell by 42% in Sindh.", "Nobody claimed the attacks of January 2025."];
  const hits = [
    hit(passage(1, "a", sentences), { period: { from: "2025-01", to: "2025-01" } }, 1),
    hit(passage(2, "b", other), { reliability: "E" }, 0.6),
  ];
  const meaning = new Map([[1, [0.7, 0.4, 0.1, 0.3]]]);
  const shipped = {
    ranking: Float64Array.from(FEATURES, (name) => RANKING[name] ?? 0),
    answering: Float64Array.from(ANSWERING_FEATURES, (name) => ANSWERING[name] ?? 0),
  };

  it.each([
    "How many attacks did PICSS count in January 2025?",
    "Who blamed the smugglers?",
    "Why did attacks fall in Sindh?",
    "Which institute is near Narva, and when did it close?",
    "attacks",
  ])("put the same sentences in the same order, with the same support: %s", (text) => {
    const question = ask(text);
    const wants = wantsFrom(question);
    const candidates = measure(question, wants, hits, meaning, glossary, () => 0);
    const judged = judge(question, wants, candidates);
    const example = (index: number): Example => ({
      id: text,
      rows: candidates.map(({ row }) => row),
      right: candidates.map((_, each) => each === index),
      answerable: true,
      outlook: (ranks) => {
        const whole = outlookOf(question, wants, ranks, hits);
        return Float64Array.from(OUTLOOK, (name) => (name === "lead" ? (ranks[0] ?? 0) : whole[name]));
      },
    });
    expect(new Set(judged.map(({ rank }) => rank)).size, "no two of one rank").toBe(candidates.length);
    candidates.forEach((candidate, index) => {
      const verdict = judgeBy(example(index), shipped.ranking, shipped.answering);
      expect(verdict.place).toBe(judged.findIndex((each) => each.candidate === candidate));
      expect(verdict.support).toBeCloseTo(judged[0]?.support ?? Number.NaN, 10);
    });
    // A sentence on no evidence has no place.
    expect(judgeBy(example(-1), shipped.ranking, shipped.answering).place).toBeNull();
  });

  it("rules count in both: a fragment of the best words does not come first", () => {
    const question = ask("Lagos");
    const candidates = measure(question, "other", hits, meaning, glossary, () => 0);
    const fragment = candidates.findIndex(({ reading }) => reading === "Lagos.");
    const ranking = Float64Array.from(FEATURES, (name) => (name === "contextCover" ? 1 : 0));
    const example = made({ sentences: [] }).example;
    const rows = candidates.map(({ row }) => row);
    const right = rows.map((_, index) => index === fragment);
    const { place } = judgeBy({ ...example, rows, right }, ranking, shipped.answering);
    expect(place).toBeGreaterThan(0);
  });
});

describe("named", () => {
  it("gives weights to four digits by name, without those that come to nothing", () => {
    expect(named(["a", "b", "c"], Float64Array.of(1.23456, 0, -0.000123456))).toEqual([
      ["a", 1.235],
      ["c", -0.0001235],
    ]);
  });
});
