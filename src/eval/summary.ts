/** From the verdicts on single questions to the figures of a report. */

import type { Score } from "./scoring.ts";

/** A share with the number of things it is a share of; `value` is null when there are none. */
export interface Share {
  /** 0 to 1. */
  readonly value: number | null;
  readonly count: number;
}

/** A way to make one figure of many verdicts. */
type Metric = (scores: readonly Score[]) => Share;

/** Every figure of the report. Means are over questions, so that a long answer weighs no more than a short one. */
const METRICS = {
  recallAt5: meanOf((score) => score.recallAt5),
  ndcgAt10: meanOf((score) => score.ndcgAt10),
  citationPrecision: meanOf((score) => score.citationPrecision),
  citationRecall: meanOf((score) => score.citationRecall),
  carriesAnswer: meanOf((score) => asNumber(score.carriesAnswer)),
  onEvidence: meanOf((score) => asNumber(score.onEvidence)),
  carriesOnEvidence: meanOf((score) =>
    score.carriesAnswer === null ? null : Number(score.carriesAnswer && score.onEvidence === true),
  ),
  verbatim: (scores) =>
    share(
      scores.reduce((total, score) => total + score.verbatimQuotes, 0),
      scores.reduce((total, score) => total + score.quotes, 0),
    ),
  abstentionPrecision: shareOf(
    (score) => score.abstained,
    (score) => !score.answerable,
  ),
  abstentionRecall: shareOf(
    (score) => !score.answerable,
    (score) => score.abstained,
  ),
  falseRefusals: shareOf(
    (score) => score.answerable,
    (score) => score.abstained,
  ),
} satisfies Record<string, Metric>;
export type MetricName = keyof typeof METRICS;

/** The figures that are quoted elsewhere and so come with an interval. */
const HEADLINES = [
  "carriesAnswer",
  "carriesOnEvidence",
  "abstentionRecall",
  "falseRefusals",
  "recallAt5",
  "ndcgAt10",
] as const satisfies readonly MetricName[];

/** A 95% interval, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The figures of one group of questions. */
export interface Figures extends Readonly<Record<MetricName, Share>> {
  readonly questions: number;
  readonly answerable: number;
  readonly failed: number;
  readonly latency: Latency;
}

/** Milliseconds. */
export interface Latency {
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface Summary {
  readonly overall: Figures;
  readonly intervals: Readonly<Partial<Record<MetricName, Interval>>>;
  /** In the order in which the types first appear. */
  readonly byType: Readonly<Record<string, Figures>>;
  /** The unanswerable questions by subtype. */
  readonly bySubtype: Readonly<Record<string, Figures>>;
}

/** All figures, overall and by type, with intervals for the headline ones. */
export function summarise(scores: readonly Score[]): Summary {
  const intervals: Partial<Record<MetricName, Interval>> = {};
  for (const name of HEADLINES) {
    const interval = bootstrapInterval(scores, METRICS[name]);
    if (interval !== null) intervals[name] = interval;
  }
  return {
    overall: figuresOf(scores),
    intervals,
    byType: figuresBy(scores, (score) => score.type),
    bySubtype: figuresBy(scores, (score) => score.subtype),
  };
}

export function figuresOf(scores: readonly Score[]): Figures {
  const milliseconds = scores.map((score) => score.milliseconds);
  const shares = Object.fromEntries(Object.entries(METRICS).map(([name, metric]) => [name, metric(scores)])) as Record<
    MetricName,
    Share
  >;
  return {
    questions: scores.length,
    answerable: scores.filter((score) => score.answerable).length,
    failed: scores.filter((score) => score.failed).length,
    ...shares,
    latency: { p50: percentile(milliseconds, 0.5), p95: percentile(milliseconds, 0.95) },
  };
}

function figuresBy(scores: readonly Score[], key: (score: Score) => string | null): Record<string, Figures> {
  const groups = new Map<string, Score[]>();
  for (const score of scores) {
    const name = key(score);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [score]);
    else group.push(score);
  }
  return Object.fromEntries([...groups].map(([name, group]) => [name, figuresOf(group)]));
}

/**
 * The 95% percentile interval of a figure over `rounds` samples of the questions, drawn with replacement
 * (Efron 1979). The same scores always give the same interval. Null when the figure applies to nothing.
 */
export function bootstrapInterval(scores: readonly Score[], metric: Metric, rounds = 2000): Interval | null {
  const random = seededRandom(20_250_131);
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const sample = scores.flatMap(() => scores[Math.floor(random() * scores.length)] ?? []);
    const { value } = metric(sample);
    if (value !== null) values.push(value);
  }
  const low = percentile(values, 0.025);
  const high = percentile(values, 0.975);
  return low === null || high === null ? null : { low, high };
}

/** The smallest value that at least this share of the values do not exceed (nearest rank); null when there are none. */
export function percentile(values: readonly number[], portion: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(portion * sorted.length) - 1)] ?? null;
}

/** Marsaglia's xorshift, 32 bits (2003): numbers from 0 up to, not including, 1. */
function seededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function meanOf(value: (score: Score) => number | null): Metric {
  return (scores) => {
    const values = scores.map(value).filter((each) => each !== null);
    return share(
      values.reduce((total, each) => total + each, 0),
      values.length,
    );
  };
}

/** Of the scores that are `whole`, the share that is also `part`. */
function shareOf(whole: (score: Score) => boolean, part: (score: Score) => boolean): Metric {
  return (scores) => {
    const all = scores.filter(whole);
    return share(all.filter(part).length, all.length);
  };
}

function share(total: number, count: number): Share {
  return { value: count === 0 ? null : total / count, count };
}

function asNumber(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}
