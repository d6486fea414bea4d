/** Learning the two linear models of src/answer/support.ts, and judging them on questions that were held out. */

import { FEATURES } from "../../src/answer/features.ts";
import { ANSWERING_FEATURES, BY_RULE, TOP } from "../../src/answer/support.ts";
import type { Example } from "./examples.ts";

/** An example, and how much it counts. */
export interface Weighted {
  readonly example: Example;
  readonly weight: number;
}

/** Not learnt: see BY_RULE in src/answer/support.ts. */
const RULES = Float64Array.from(FEATURES, (name) => BY_RULE[name] ?? 0);

/**
 * What is no matter of the evidence: how reliable a source is says nothing of whether it answers, and a question must
 * not buy support by being long.
 */
const NOT_FOR_ANSWERING = new Set([...Object.keys(BY_RULE), "questionLength", "parts"]);
/**
 * What may only speak for an answer, and what only against one: holding more of the question, or the kind of detail
 * that is asked for, never counts against it, and missing a part never for it. Without this the model learns the
 * habits of those who write questions: unanswerable ones were written closer to the reports' own words than
 * answerable ones.
 */
const ONLY_FOR = names(
  "sentenceCover contextCover partsHeld leastHeld name words sentenceMeaning passageMeaning retrieval denseBest lexicalBest nearness predicate hasNumber hasTime hasWho hasPlace hasReason goesSameWay allProper counts wanted period dated",
);
const ONLY_AGAINST = names(
  "unmetMost unmetTwo unmetWord unmetName phraseAbsent strangers nameAbsent unknownShare unknownNames lacksNumber lacksMoney lacksTime lacksWho lacksPlace lacksReason lacksWhich lacksFigures lacksProper misses missesPeriod missesWanted missesThings missesDeed missesPredicate negatedOtherwise goesOtherWay otherSubject",
);

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
const plainName = (name: string) => name.replace(/^top:/, "");

const RANKING_STEPS = 600;
const RANKING_RATE = 0.09;
const RANKING_PENALTY = 0.003;
const ANSWERING_STEPS = 700;
const ANSWERING_RATE = 0.1;
const ANSWERING_PENALTY = 0.02;
const MOMENTUM = 0.9;

/**
 * Weights, in the order of FEATURES, that put the sentences on the evidence first: softmax over the sentences of each
 * answerable question, gradient ascent with momentum and an L2 penalty on weights of standardised features.
 */
export function learnRanking(examples: readonly Weighted[]): Float64Array {
  const usable = examples.filter(({ example }) => example.answerable && example.right.includes(true));
  const scale = standard(usable.flatMap(({ example }) => example.rows));
  const questions = usable.map(({ example, weight }) => ({
    rows: example.rows.map((row) => scaled(row, scale)),
    rules: example.rows.map((row) => dot(row, RULES)),
    right: example.right,
    weight,
  }));
  const total = questions.reduce((sum, { weight }) => sum + weight, 0);
  const weights = climb(
    FEATURES.length,
    RANKING_STEPS,
    RANKING_RATE,
    RANKING_PENALTY,
    (current, gradient) => {
      for (const { rows, rules, right, weight } of questions) {
        const scores = rows.map((row, index) => dot(row, current) + (rules[index] ?? 0));
        const most = Math.max(...scores);
        const powers = scores.map((score) => Math.exp(score - most));
        const all = powers.reduce((sum, power) => sum + power, 0);
        const good = powers.reduce((sum, power, index) => sum + (right[index] === true ? power : 0), 0);
        rows.forEach((row, index) => {
          const power = powers[index] ?? 0;
          add(gradient, row, ((right[index] === true ? power / good : 0) - power / all) * (weight / total));
        });
      }
    },
    { isFixed: (index) => BY_RULE[FEATURES[index] ?? ""] !== undefined },
  );
  return weights.map((weight, index) => weight / (scale.spread[index] ?? 1));
}

/** The features of a question for the model that decides whether to answer, in the order of ANSWERING_FEATURES. */
export function answeringRow({ rows, outlook }: Example, ranking: Float64Array): Float64Array {
  const ranked = rows
    .map((row) => ({ row, rank: dot(row, ranking) + dot(row, RULES) }))
    .sort((a, b) => b.rank - a.rank);
  const top = Float64Array.from(FEATURES, (_, index) =>
    Math.max(...ranked.slice(0, TOP).map(({ row }) => row[index] ?? 0)),
  );
  const whole = outlook(ranked.map(({ rank }) => rank));
  return Float64Array.of(1, ...(ranked[0]?.row ?? []), ...top, ...whole);
}

/** Weights, in the order of ANSWERING_FEATURES, that tell answerable from unanswerable questions: logistic regression. */
export function learnAnswering(examples: readonly Weighted[], ranking: Float64Array): Float64Array {
  const rows = examples.map(({ example }) => answeringRow(example, ranking));
  const scale = standard(rows);
  // The bias is the same everywhere, so it has no spread.
  scale.mean[0] = 0;
  scale.spread[0] = 1;
  const all = rows.map((row) => scaled(row, scale));
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const weights = climb(
    ANSWERING_FEATURES.length,
    ANSWERING_STEPS,
    ANSWERING_RATE,
    ANSWERING_PENALTY,
    (current, gradient) => {
      examples.forEach(({ example, weight }, index) => {
        const row = all[index] ?? new Float64Array();
        const likely = 1 / (1 + Math.exp(-dot(row, current)));
        add(gradient, row, ((example.answerable ? 1 : 0) - likely) * (weight / total));
      });
    },
    {
      free: 1,
      isFor: (index) => ONLY_FOR.has(plainName(ANSWERING_FEATURES[index] ?? "")),
      isAgainst: (index) => ONLY_AGAINST.has(plainName(ANSWERING_FEATURES[index] ?? "")),
      isFixed: (index) => NOT_FOR_ANSWERING.has(plainName(ANSWERING_FEATURES[index] ?? "")),
    },
  );
  const own = weights.map((weight, index) => weight / (scale.spread[index] ?? 1));
  // What the mean was taken off goes into the bias.
  for (let index = 1; index < own.length; index += 1) {
    own[0] = (own[0] ?? 0) - (own[index] ?? 0) * (scale.mean[index] ?? 0);
  }
  return own;
}

/** How a held-out question was judged. */
export interface Verdict {
  readonly id: string;
  readonly answerable: boolean;
  /** 0-based place of the first sentence on the evidence; null where there is none. */
  readonly place: number | null;
  readonly support: number;
}

export function judgeBy(example: Example, ranking: Float64Array, answering: Float64Array): Verdict {
  const order = example.rows
    .map((row, index) => ({ index, rank: dot(row, ranking) + dot(row, RULES) }))
    .sort((a, b) => b.rank - a.rank);
  const place = order.findIndex(({ index }) => example.right[index] === true);
  return {
    id: example.id,
    answerable: example.answerable,
    place: place < 0 ? null : place,
    support: 1 / (1 + Math.exp(-dot(answeringRow(example, ranking), answering))),
  };
}

interface Scale {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
}

function standard(rows: readonly Float64Array[]): Scale {
  const width = rows[0]?.length ?? 0;
  const mean = new Float64Array(width);
  const spread = new Float64Array(width);
  for (const row of rows) add(mean, row, 1 / rows.length);
  for (const row of rows) {
    for (let index = 0; index < width; index += 1) {
      spread[index] = (spread[index] ?? 0) + ((row[index] ?? 0) - (mean[index] ?? 0)) ** 2 / rows.length;
    }
  }
  // A feature that never varies tells nothing, and must not be divided by nothing.
  return { mean, spread: spread.map((variance) => (variance < 1e-9 ? Number.POSITIVE_INFINITY : Math.sqrt(variance))) };
}

function scaled(row: Float64Array, { mean, spread }: Scale): Float64Array {
  return row.map((value, index) => (value - (mean[index] ?? 0)) / (spread[index] ?? 1));
}

interface Limits {
  /** So many of the first weights are not held back by the penalty. */
  readonly free?: number;
  /** Whether a weight is never below 0, and never above. */
  readonly isFor?: (index: number) => boolean;
  readonly isAgainst?: (index: number) => boolean;
  /** Whether a weight stays 0. */
  readonly isFixed?: (index: number) => boolean;
}

function climb(
  width: number,
  steps: number,
  rate: number,
  penalty: number,
  addGradient: (weights: Float64Array, gradient: Float64Array) => void,
  { free = 0, isFor = () => false, isAgainst = () => false, isFixed = () => false }: Limits,
): Float64Array {
  const weights = new Float64Array(width);
  const speed = new Float64Array(width);
  for (let step = 0; step < steps; step += 1) {
    const gradient = weights.map((weight, index) => (index < free ? 0 : -penalty * weight));
    addGradient(weights, gradient);
    for (let index = 0; index < width; index += 1) {
      if (isFixed(index)) continue;
      speed[index] = MOMENTUM * (speed[index] ?? 0) + rate * (gradient[index] ?? 0);
      weights[index] = (weights[index] ?? 0) + (speed[index] ?? 0);
      const weight = weights[index] ?? 0;
      if ((weight < 0 && isFor(index)) || (weight > 0 && isAgainst(index))) {
        weights[index] = 0;
        speed[index] = 0;
      }
    }
  }
  return weights;
}

function add(target: Float64Array, values: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index += 1) {
    target[index] = (target[index] as number) + (values[index] as number) * factor;
  }
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (left[index] as number) * (right[index] as number);
  return sum;
}

/** Names and weights, without those that come to nothing. */
export function named(names: readonly string[], weights: Float64Array): [string, number][] {
  return names.flatMap((name, index): [string, number][] => {
    const weight = Number((weights[index] ?? 0).toPrecision(4));
    return weight === 0 ? [] : [[name, weight]];
  });
}
