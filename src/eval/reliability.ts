/** Whether the confidence that is shown means something: how often answers of a confidence are right. */

import { CONFIDENCES, type Confidence } from "../domain/answer.ts";
import type { JudgedCase } from "./run.ts";
import type { Interval, Share } from "./summary.ts";

/** Answers of one confidence. */
export interface Group {
  readonly answers: number;
  /** 0 to 1; null when there are none, as with the next two. */
  readonly meanSupport: number | null;
  /** Of the answers, those whose quotes carry the answer and lie on its evidence. */
  readonly right: Share;
  /** 95%. */
  readonly interval: Interval | null;
}

/** Answers whose support is at least `from` and less than `to`; the last bin has 1 as well. */
export interface Bin extends Group {
  readonly from: number;
  readonly to: number;
}

export interface Reliability {
  readonly answers: number;
  readonly byConfidence: Readonly<Record<Confidence, Group>>;
  /** Ten of equal width from 0 to 1, the empty ones too. */
  readonly bySupport: readonly Bin[];
  /** How far, in the mean over the answers, support and the share of right answers in its bin are apart; 0 is best. */
  readonly calibrationError: number | null;
}

const BINS = 10;

/**
 * Refused and failed questions show no confidence, so they are left out. A question that has no answer in the reports
 * and was answered all the same is not right, whatever was quoted.
 */
export function reliabilityOf(judged: readonly JudgedCase[]): Reliability {
  const answered = judged.filter(({ score }) => score.answered);
  const groups = CONFIDENCES.map((word) => [
    word,
    groupOf(answered.filter((each) => each.outcome.confidence === word)),
  ]);
  const bySupport = Array.from({ length: BINS }, (_, bin): Bin => {
    const own = answered.filter(({ outcome }) => binOf(outcome.support) === bin);
    return { from: bin / BINS, to: (bin + 1) / BINS, ...groupOf(own) };
  });
  // Expected calibration error: Naeini, Cooper and Hauskrecht 2015, with bins of equal width.
  const apart = bySupport.map(
    ({ answers, meanSupport, right }) => answers * Math.abs((meanSupport ?? 0) - (right.value ?? 0)),
  );
  return {
    answers: answered.length,
    byConfidence: Object.fromEntries(groups) as Record<Confidence, Group>,
    bySupport,
    calibrationError: answered.length === 0 ? null : sum(apart) / answered.length,
  };
}

function binOf(support: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor(support * BINS)));
}

/** Whether an answer is what a reader takes a quote for: on the evidence, and with what was asked. */
export function isRight({ score }: JudgedCase): boolean {
  return score.carriesAnswer === true && score.onEvidence === true;
}

function groupOf(answered: readonly JudgedCase[]): Group {
  const count = answered.length;
  if (count === 0) return { answers: 0, meanSupport: null, right: { value: null, count }, interval: null };
  const right = answered.filter(isRight).length;
  return {
    answers: count,
    meanSupport: sum(answered.map(({ outcome }) => outcome.support)) / count,
    right: { value: right / count, count },
    interval: scoreInterval(right, count),
  };
}

/** Of the standard normal distribution, 97.5% lie below. */
const NORMAL = 1.959964;

/** The 95% score interval of a share (Wilson 1927): unlike the plain one it stays within 0 to 1 and suits few. */
export function scoreInterval(right: number, count: number): Interval {
  const share = right / count;
  const square = NORMAL ** 2;
  const middle = share + square / (2 * count);
  const reach = NORMAL * Math.sqrt((share * (1 - share)) / count + square / (4 * count ** 2));
  const whole = 1 + square / count;
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
