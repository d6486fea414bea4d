/**
 * Fits the weights of src/answer/support.ts on questions that are never reported (eval/calibration.yaml):
 * `npm run fit` prints them. For each question the model chooses between its sentences and "no answer",
 * by softmax over their scores with a zero for "no answer"; the right choice is any sentence on the evidence,
 * or "no answer" where there is none. Plain gradient descent with an L2 penalty.
 */

import { readFile } from "node:fs/promises";
import { FEATURES } from "../src/answer/evidence.ts";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import type { Sitrep } from "../src/domain/service.ts";
import { locateEvidence, parseCases } from "../src/eval/cases.ts";

interface Row {
  readonly values: readonly number[];
  readonly right: boolean;
}

/** One question: its candidate sentences, and whether the reports answer it. */
export interface Example {
  readonly rows: readonly Row[];
  readonly answerable: boolean;
}

const NAMES = ["bias", ...FEATURES] as const;
const STEPS = 6000;
const RATE = 0.4;
const PENALTY = 0.002;

/** The weights that make the right choices most likely, in the order of NAMES. */
export function fit(examples: readonly Example[]): number[] {
  const weights = NAMES.map(() => 0);
  const momentum = NAMES.map(() => 0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : -PENALTY * weight));
    for (const { rows } of examples) {
      const scores = rows.map(({ values }) => dot(weights, values));
      const most = Math.max(0, ...scores);
      const powers = scores.map((score) => Math.exp(score - most));
      const none = Math.exp(-most);
      const total = powers.reduce((sum, power) => sum + power, none);
      const rightRows = rows.some(({ right }) => right);
      const rightTotal = rightRows
        ? rows.reduce((sum, row, index) => sum + (row.right ? (powers[index] ?? 0) : 0), 0)
        : none;
      rows.forEach(({ values, right }, index) => {
        const power = powers[index] ?? 0;
        const pull = (rightRows && right ? power / rightTotal : 0) - power / total;
        values.forEach((value, feature) => {
          gradient[feature] = (gradient[feature] ?? 0) + (pull * value) / examples.length;
        });
      });
    }
    gradient.forEach((slope, index) => {
      momentum[index] = 0.9 * (momentum[index] ?? 0) + slope;
      weights[index] = (weights[index] ?? 0) + RATE * (momentum[index] ?? 0);
    });
  }
  return weights;
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
}

/** The candidates of every calibration question, measured by the answerer itself. */
export async function examplesOf(sitrep: Sitrep, file: string): Promise<Example[]> {
  const examples: Example[] = [];
  const reportIds = new Map((await sitrep.reports()).map(({ id, path }) => [path, id]));
  for (const item of await locateEvidence(parseCases(await readFile(file, "utf8"), file), sitrep, file)) {
    const { evidence } = await sitrep.ask(item.question);
    // Refused by its form: no weights decide there.
    if (evidence.length === 0) continue;
    const spans = item.evidence.flatMap(({ doc, spans }) =>
      spans.map((span) => ({ ...span, report: reportIds.get(doc) })),
    );
    const rows = evidence.map(({ reportId, start, end, parts }) => ({
      values: NAMES.map((name) => (name === "bias" ? 1 : (parts[name] ?? 0))),
      right: spans.some((span) => span.report === reportId && span.start < end && start < span.end),
    }));
    examples.push({ rows, answerable: item.type !== "unanswerable" });
  }
  return examples;
}

/** For a threshold on the best sentence's support: right answers, and right refusals. */
export function outcome(examples: readonly Example[], weights: readonly number[], threshold: number) {
  let right = 0;
  let refused = 0;
  let falselyRefused = 0;
  for (const { rows, answerable } of examples) {
    const [best] = rows.map((row) => ({ row, score: dot(weights, row.values) })).sort((a, b) => b.score - a.score);
    const answers = best !== undefined && 1 / (1 + Math.exp(-best.score)) >= threshold;
    if (answerable && answers && best.row.right) right += 1;
    if (answerable && !answers) falselyRefused += 1;
    if (!answerable && !answers) refused += 1;
  }
  const answerable = examples.filter((example) => example.answerable).length;
  return {
    right: right / answerable,
    falselyRefused: falselyRefused / answerable,
    refused: refused / (examples.length - answerable),
  };
}

async function main(): Promise<void> {
  const sitrep = createSitrep(loadConfig(), { warn: (message) => process.stderr.write(`${message}\n`) });
  try {
    const examples = await examplesOf(sitrep, process.argv[2] ?? "eval/calibration.yaml");
    const weights = fit(examples);
    NAMES.forEach((name, index) => {
      process.stdout.write(`${name}: ${(weights[index] ?? 0).toFixed(2)},\n`);
    });
    // The honest estimate: fitted on four fifths, judged on the fifth.
    for (let threshold = 0.2; threshold < 0.75; threshold += 0.05) {
      const whole = outcome(examples, weights, threshold);
      const folds = Array.from({ length: 5 }, (_, fold) => {
        const kept = examples.filter((_, index) => index % 5 !== fold);
        const held = examples.filter((_, index) => index % 5 === fold);
        return outcome(held, foldWeights(fold, kept), threshold);
      });
      const mean = (pick: (each: (typeof folds)[number]) => number) =>
        folds.reduce((sum, each) => sum + pick(each), 0) / 5;
      process.stdout.write(
        `threshold ${threshold.toFixed(2)}: right ${percent(whole.right)}, falsely refused ${percent(whole.falselyRefused)}, ` +
          `refused ${percent(whole.refused)}; held out: ${percent(mean(({ right }) => right))}, ` +
          `${percent(mean(({ falselyRefused }) => falselyRefused))}, ${percent(mean(({ refused }) => refused))}\n`,
      );
    }
  } finally {
    await sitrep.close();
  }
}

const fitted = new Map<number, number[]>();
function foldWeights(fold: number, kept: readonly Example[]): number[] {
  const known = fitted.get(fold) ?? fit(kept);
  fitted.set(fold, known);
  return known;
}

const percent = (share: number) => `${(share * 100).toFixed(0)}%`;

await main();
