/** Which sentence is the best evidence, and whether it is good enough: two linear models over the features. */

import { FEATURES, type Features } from "./evidence.ts";

/** One weight a feature; a feature that is not named weighs nothing. */
export type Weights = Readonly<Partial<Record<(typeof FEATURES)[number] | "bias", number>>>;

/**
 * Orders the sentences of one question. Fitted by `npm run fit` on eval/calibration.yaml, which is never
 * reported, so that sentences on the evidence come first.
 */
export const RANKING: Weights = {
  sentenceCover: 3.32,
  contextCover: 4.52,
  predicate: 1.01,
  things: 1.95,
  deed: 0.56,
  name: 1.67,
  nameAbsent: -1.47,
  sentenceMeaning: 4.01,
  passageMeaning: 1.76,
  wanted: 1.5,
  counts: -0.49,
  period: 2.01,
  retrieval: 3.01,
  misses: 0.32,
  missesPeriod: -0.84,
  missesWanted: -0.12,
  missesThings: -0.84,
  missesDeed: -0.21,
};

/** Tells answerable from unanswerable questions by their best sentence. Fitted by the same command. */
export const ANSWERING: Weights = {
  bias: -0.33,
  sentenceCover: 1.12,
  contextCover: 1.05,
  predicate: -0.38,
  things: -0.67,
  deed: -0.08,
  name: -0.24,
  nameAbsent: -1.08,
  sentenceMeaning: 0.92,
  passageMeaning: 0.41,
  wanted: -0.43,
  counts: 0.31,
  period: 0.74,
  retrieval: 0.35,
  misses: -0.9,
  missesPeriod: -1.46,
  missesWanted: -1.29,
  missesThings: -1.66,
  missesDeed: 0.09,
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
