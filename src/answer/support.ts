/**
 * Which sentence is the best evidence, and whether it is good enough: two linear models over what is measured of the
 * sentences (evidence.ts) and of the evidence as a whole (outlook.ts). Their weights are in weights.ts.
 */

import { FEATURES } from "./features.ts";
import { OUTLOOK, type SharedOutlook } from "./outlook.ts";
import { ANSWERING, RANKING } from "./weights.ts";

/** One weight a feature; a feature that is not named weighs nothing. */
export type Weights = Readonly<Record<string, number>>;

/** What is learnt of for whether to answer: of the best sentence, the most of the best three, and the outlook. */
export const ANSWERING_FEATURES: readonly string[] = [
  "bias",
  ...FEATURES,
  ...FEATURES.map((name) => `top:${name}`),
  ...OUTLOOK,
];
/** So many of the best sentences are looked at together. */
export const TOP = 3;

/**
 * Set by hand: the questions that are learnt from have few sentences that are mere fragments, and that a better
 * source goes first, and the report that is about the asked time before others, are rules of the field.
 */
export const BY_RULE: Weights = { fragment: -2, reliability: 1, primary: 0.7 };

/**
 * Support below which nothing is answered. Of the answerable questions of the sets that are reported about 6% are then
 * refused falsely, of the sets that the weights are learnt from, each held out, 14% (`npm run fit`): those were written
 * to be hard.
 */
export const ANSWER_THRESHOLD = 0.29;

/** From here on the confidence is called medium, and high. */
export const MEDIUM_SUPPORT = 0.5;
export const HIGH_SUPPORT = 0.75;

const RANKING_ROW = Float64Array.from(FEATURES, (name) => (RANKING[name] ?? 0) + (BY_RULE[name] ?? 0));
const OWN_ROW = Float64Array.from(FEATURES, (name) => ANSWERING[name] ?? 0);
const TOP_ROW = Float64Array.from(FEATURES, (name) => ANSWERING[`top:${name}`] ?? 0);

/** How well a sentence fits the question against the others; has no scale of its own. @param row of its features. */
export function rank(row: Float64Array): number {
  return weigh(row, RANKING_ROW);
}

function weigh(row: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < weights.length; place += 1) sum += (row[place] as number) * (weights[place] as number);
  return sum;
}

/** Of each feature the most that one of the best sentences has. @param best rows, best first; at least one. */
export function topOf(best: readonly Float64Array[]): Float64Array {
  const rows = best.slice(0, TOP);
  return Float64Array.from(FEATURES, (_, place) => Math.max(...rows.map((row) => row[place] as number)));
}

/**
 * How well a sentence supports an answer, 0 to 1.
 * @param top of `topOf`, and `outlook`: the same for all sentences of a question.
 * @returns by the sentence's features and its rank.
 */
export function supportBy(top: Float64Array, outlook: SharedOutlook): (row: Float64Array, lead: number) => number {
  let shared = (ANSWERING.bias ?? 0) + weigh(top, TOP_ROW);
  for (const name of OUTLOOK) if (name !== "lead") shared += outlook[name] * (ANSWERING[name] ?? 0);
  const leadWeight = ANSWERING.lead ?? 0;
  return (row, lead) => 1 / (1 + Math.exp(-shared - weigh(row, OWN_ROW) - leadWeight * lead));
}
