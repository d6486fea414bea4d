/** How well a sentence supports an answer: a logistic model over the features of the evidence. */

import type { Features } from "./evidence.ts";

/** Added up, then squashed to 0..1. Fitted with `npm run fit` on eval/calibration.yaml, which is never reported. */
export const WEIGHTS: Readonly<Record<keyof Features | "bias", number>> = {
  bias: -5,
  sentenceCover: 3,
  contextCover: 3,
  missing: -1.5,
  missingName: -1.5,
  sentenceMeaning: 3,
  passageMeaning: 1,
  wanted: 0.6,
  counts: 0.4,
  period: 0.8,
  retrieval: 0.5,
  unknown: -2,
  length: 0.5,
};

/** Support below which nothing is answered. Fitted with the weights. */
export const ANSWER_THRESHOLD = 0.5;

/** From here on the confidence is called medium, and high. */
export const MEDIUM_SUPPORT = 0.65;
export const HIGH_SUPPORT = 0.85;

/** 0 to 1. */
export function support(features: Features): number {
  let sum = WEIGHTS.bias;
  for (const [name, value] of Object.entries(features)) sum += WEIGHTS[name as keyof Features] * value;
  return 1 / (1 + Math.exp(-sum));
}
