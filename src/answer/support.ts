/** Which sentence is the best evidence, and whether it is good enough: two linear models over the features. */

import { FEATURES, type Features } from "./evidence.ts";

/** One weight a feature; a feature that is not named weighs nothing. */
export type Weights = Readonly<Partial<Record<(typeof FEATURES)[number] | "bias", number>>>;

/**
 * Orders the sentences of one question. Fitted by `npm run fit` on eval/calibration.yaml, which is never
 * reported, so that sentences on the evidence come first.
 */
export const RANKING: Weights = {
  sentenceCover: 3.33,
  contextCover: 4.23,
  predicate: 0.98,
  things: 1.89,
  deed: 0.37,
  name: 1.7,
  nameAbsent: -1.43,
  sentenceMeaning: 4.23,
  passageMeaning: 1.79,
  wanted: 1.41,
  counts: -0.55,
  period: 2.03,
  retrieval: 2.86,
  missesPeriod: -0.77,
  missesWanted: -0.09,
  missesThings: -0.86,
  missesDeed: -0.55,
};

/** Tells answerable from unanswerable questions by their best sentence. Fitted by the same command. */
export const ANSWERING: Weights = {
  bias: -0.29,
  sentenceCover: 1.33,
  contextCover: 1.09,
  predicate: -0.58,
  things: -0.56,
  name: -0.18,
  nameAbsent: -1.09,
  sentenceMeaning: 0.84,
  passageMeaning: 0.41,
  wanted: -0.55,
  counts: 0.17,
  period: 0.69,
  retrieval: 0.38,
  misses: -1.04,
  missesPeriod: -1.4,
  missesWanted: -1.05,
  missesThings: -1.61,
  missesDeed: 0.2,
};

/** Support below which nothing is answered. Chosen on the calibration set. */
export const ANSWER_THRESHOLD = 0.45;

/** From here on the confidence is called medium, and high. */
export const MEDIUM_SUPPORT = 0.65;
export const HIGH_SUPPORT = 0.8;

/** The weighted sum of the features. */
export function weigh(features: Features, weights: Weights): number {
  let sum = weights.bias ?? 0;
  for (const name of FEATURES) sum += features[name] * (weights[name] ?? 0);
  return sum;
}

/** How well a sentence supports an answer, 0 to 1. */
export function support(features: Features): number {
  return 1 / (1 + Math.exp(-weigh(features, ANSWERING)));
}
