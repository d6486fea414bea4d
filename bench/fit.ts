/**
 * Fits the weights of src/answer/support.ts on questions that are never reported (eval/calibration.yaml):
 * `npm run fit` prints them, with what they reach on questions that were held out while fitting.
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

/** Not learnt: see BY_RULE in src/answer/support.ts. */
const SET_BY_HAND = new Set<string>(["fragment", "reliability", "primary"]);
const NAMES = (["bias", ...FEATURES] as const).filter((name) => !SET_BY_HAND.has(name));
const FOLDS = 10;

/**
 * Weights that put the sentences on the evidence first: softmax over the sentences of each answerable question,
 * gradient ascent with momentum and an L2 penalty.
 */
export function learnRanking(examples: readonly Example[]): number[] {
  const usable = examples.filter(({ rows }) => rows.some(({ right }) => right));
  return climb(0.3, 3000, 0.003, (weights, gradient) => {
    for (const { rows } of usable) {
      const scores = rows.map(({ values }) => dot(weights, values));
      const most = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - most));
      const total = sum(powers);
      const right = sum(powers.filter((_, index) => rows[index]?.right));
      rows.forEach((row, index) => {
        const power = powers[index] ?? 0;
        addScaled(gradient, row.values, ((row.right ? power / right : 0) - power / total) / usable.length);
      });
    }
  });
}

/** Weights that tell answerable from unanswerable questions by their best sentence: logistic regression. */
export function learnAnswering(examples: readonly Example[], ranking: readonly number[]): number[] {
  return climb(0.2, 4000, 0.004, (weights, gradient) => {
    for (const example of examples) {
      const best = bestOf(example, ranking);
      const likely = 1 / (1 + Math.exp(-dot(weights, best.values)));
      addScaled(gradient, best.values, ((example.answerable ? 1 : 0) - likely) / examples.length);
    }
  });
}

function climb(
  rate: number,
  steps: number,
  penalty: number,
  addGradient: (weights: number[], gradient: number[]) => void,
): number[] {
  const weights = NAMES.map(() => 0);
  const speed = NAMES.map(() => 0);
  for (let step = 0; step < steps; step += 1) {
    // The bias is not held back: it carries the share of answerable questions.
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : -penalty * weight));
    addGradient(weights, gradient);
    gradient.forEach((slope, index) => {
      speed[index] = 0.9 * (speed[index] ?? 0) + slope;
      weights[index] = (weights[index] ?? 0) + rate * (speed[index] ?? 0);
    });
  }
  return weights;
}

function bestOf({ rows }: Example, ranking: readonly number[]): Row {
  return rows.reduce((best, row) => (dot(ranking, row.values) > dot(ranking, best.values) ? row : best));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function addScaled(target: number[], values: readonly number[], factor: number): void {
  values.forEach((value, index) => {
    target[index] = (target[index] ?? 0) + value * factor;
  });
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return values.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0);
}

/** The candidates of every question of a file, measured by the answerer itself. */
async function examplesOf(sitrep: Sitrep, file: string): Promise<Example[]> {
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

/** Support of every question, each judged by weights that were learnt without it. */
function heldOutSupport(examples: readonly Example[]): { answerable: boolean; right: boolean; support: number }[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const ranking = learnRanking(examples.filter((_each, index) => index % FOLDS !== fold));
    const answering = learnAnswering(
      examples.filter((_each, index) => index % FOLDS !== fold),
      ranking,
    );
    return examples
      .filter((_each, index) => index % FOLDS === fold)
      .map((example) => {
        const best = bestOf(example, ranking);
        return {
          answerable: example.answerable,
          right: best.right,
          support: 1 / (1 + Math.exp(-dot(answering, best.values))),
        };
      });
  }).flat();
}

const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(0)}%`;
const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const sitrep = createSitrep(loadConfig(), {
    warn: (message) => process.stderr.write(`${message}\n`),
    listsAll: true,
  });
  try {
    if (!sitrep.hasIndex()) await sitrep.ingest();
    const examples = await examplesOf(sitrep, process.argv[2] ?? "eval/calibration.yaml");
    const ranking = learnRanking(examples);
    const answering = learnAnswering(examples, ranking);
    for (const [title, weights] of [
      ["RANKING", ranking],
      ["ANSWERING", answering],
    ] as const) {
      print(`${title}: { ${NAMES.map((name, index) => `${name}: ${(weights[index] ?? 0).toFixed(2)}`).join(", ")} }`);
    }
    print("Held out, by threshold on support:");
    const judged = heldOutSupport(examples);
    const answerable = judged.filter((each) => each.answerable);
    const unanswerable = judged.filter((each) => !each.answerable);
    for (let threshold = 0.3; threshold < 0.75; threshold += 0.05) {
      const answered = answerable.filter(({ support }) => support >= threshold);
      print(
        `${threshold.toFixed(2)}: falsely refused ${percent(answerable.length - answered.length, answerable.length)}, ` +
          `first sentence right ${percent(answered.filter(({ right }) => right).length, answerable.length)}, ` +
          `refused ${percent(unanswerable.filter(({ support }) => support < threshold).length, unanswerable.length)} (besides those refused by form)`,
      );
    }
  } finally {
    await sitrep.close();
  }
}

await main();
