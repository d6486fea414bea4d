/**
 * Fits the weights of src/answer/weights.ts: `npm run fit -- --reports <folder> --squad <folder> --write`.
 * Prints what they reach on sets that were held out whole while fitting. See eval/fitting/README.md.
 */

import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { FEATURES } from "../../src/answer/features.ts";
import { ANSWERING_FEATURES } from "../../src/answer/support.ts";
import { loadConfig } from "../../src/config.ts";
import { exampleOf } from "./examples.ts";
import { judgeBy, learnAnswering, learnRanking, named, type Verdict, type Weighted } from "./learn.ts";
import { openCorpus } from "./opening.ts";
import { labelled, type QuestionSet, setsOf } from "./sets.ts";

/** Questions whose evidence was taken away count half: they are many, and none that somebody asked. */
const ABSENT_WEIGHT = 0.5;
/** The share of answerable questions that may be refused. */
const REFUSED_FALSELY = 0.1;
const BINS = 5;

interface Measured {
  readonly set: QuestionSet;
  readonly asked: readonly Weighted[];
  readonly absent: readonly Weighted[];
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const warn = (line: string) => process.stderr.write(`${line}\n`);
const percent = (share: number) => `${(100 * share).toFixed(0)}%`.padStart(4);

async function measured(set: QuestionSet, folder: string): Promise<Measured> {
  const name = set.name.startsWith("reports") ? "reports" : set.name;
  const opening = await openCorpus(loadConfig(), set.corpus, folder, name, warn);
  try {
    const asked: Weighted[] = [];
    const absent: Weighted[] = [];
    for (const question of await labelled(set, opening.sitrep, warn)) {
      const example = await exampleOf(opening, question, false);
      if (example !== null) asked.push({ example, weight: set.weight });
      const without = question.answerable ? await exampleOf(opening, question, true) : null;
      if (without !== null) absent.push({ example: without, weight: set.weight * ABSENT_WEIGHT });
    }
    warn(`${set.name}: ${asked.length} questions, ${absent.length} without their evidence`);
    return { set, asked, absent };
  } finally {
    await opening.close();
  }
}

function learn(sets: readonly Measured[]) {
  const ranking = learnRanking(sets.flatMap(({ asked }) => asked));
  const learnt = sets.flatMap(({ set, asked, absent }) => [
    ...asked.filter(({ example }) => example.answerable || set.learnsUnanswerable),
    ...absent,
  ]);
  return { ranking, answering: learnAnswering(learnt, ranking) };
}

/** Each set judged by weights that were learnt without it. */
function heldOut(sets: readonly Measured[]) {
  return sets.map((one) => {
    const { ranking, answering } = learn(sets.filter((other) => other !== one));
    const judge = ({ example }: Weighted) => judgeBy(example, ranking, answering);
    return { name: one.set.name, asked: one.asked.map(judge), absent: one.absent.map(judge) };
  });
}

/** The chance that an answerable question has more support than an unanswerable one; halves for equals. */
function area(above: readonly Verdict[], below: readonly Verdict[]): number {
  let sum = 0;
  for (const a of above) {
    for (const b of below) sum += a.support > b.support ? 1 : a.support === b.support ? 0.5 : 0;
  }
  return sum / (above.length * below.length);
}

const share = (all: readonly Verdict[], test: (each: Verdict) => boolean) =>
  all.length === 0 ? Number.NaN : all.filter(test).length / all.length;

function thresholdOf(answerable: readonly Verdict[]): number {
  const sorted = answerable.map(({ support }) => support).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * REFUSED_FALSELY)] ?? 0;
}

function report(judged: ReturnType<typeof heldOut>): void {
  print("Held out set by set.  right sentence first / among four | area under the curve | answered at 10% refused");
  for (const { name, asked, absent } of judged) {
    const answerable = asked.filter((each) => each.answerable);
    const unanswerable = asked.filter((each) => !each.answerable);
    const threshold = thresholdOf(answerable);
    const isAnswered = ({ support }: Verdict) => support >= threshold;
    print(
      `${name.padEnd(10)} ${percent(share(answerable, ({ place }) => place === 0))} ${percent(
        share(answerable, ({ place }) => place !== null && place < 4),
      )} | unanswerable ${area(answerable, unanswerable).toFixed(2)}, without evidence ${area(
        answerable,
        absent,
      ).toFixed(
        2,
      )} | ${percent(share(unanswerable, isAnswered))} ${percent(share(absent, isAnswered))}, at support ${threshold.toFixed(2)}`,
    );
  }
  const reports = judged.filter(({ name }) => name !== "squad");
  const all = reports.flatMap(({ asked }) => asked);
  // Each set counts the same: a set of hard questions is not what people ask all day.
  const threshold =
    reports.reduce((sum, { asked }) => sum + thresholdOf(asked.filter(({ answerable }) => answerable)), 0) /
    reports.length;
  print(`Mean over the sets of reports of the support at which a tenth is refused: ${threshold.toFixed(3)}`);
  for (let support = 0.2; support < 0.55; support += 0.05) {
    const mean = (test: (each: Verdict) => boolean, answerable: boolean) =>
      reports.reduce(
        (sum, { asked }) =>
          sum +
          share(
            asked.filter((each) => each.answerable === answerable),
            test,
          ),
        0,
      ) / reports.length;
    print(
      `  answered from ${support.toFixed(2)} on: refused falsely ${percent(mean((each) => each.support < support, true))}, ` +
        `unanswerable answered ${percent(mean((each) => each.support >= support, false))}, mean of the sets`,
    );
  }
  print("Support against what came of it (questions of reports, held out):");
  const answered = all.filter(({ support }) => support >= threshold).sort((a, b) => a.support - b.support);
  for (let bin = 0; bin < BINS; bin += 1) {
    const part = answered.slice((bin * answered.length) / BINS, ((bin + 1) * answered.length) / BINS);
    print(
      `  ${(part[0]?.support ?? 0).toFixed(2)} to ${(part.at(-1)?.support ?? 0).toFixed(2)}: ${part.length} answered, ` +
        `answerable ${percent(share(part, (each) => each.answerable))}, right sentence among four ${percent(
          share(part, ({ place }) => place !== null && place < 4),
        )}`,
    );
  }
}

function sourceOf(ranking: Float64Array, answering: Float64Array): string {
  const table = (entries: [string, number][]) =>
    entries.map(([name, weight]) => `  ${/^\w+$/.test(name) ? name : `"${name}"`}: ${weight},`).join("\n");
  return `/**
 * Weights of the two models of support.ts, by feature. Written by \`npm run fit -- --write\`: never by hand.
 */

/** Orders the sentences of one question. */
export const RANKING: Readonly<Record<string, number>> = {
${table(named(FEATURES, ranking))}
};

/** Tells questions that the evidence answers from those that it does not; "top:" is the most of the best three sentences. */
export const ANSWERING: Readonly<Record<string, number>> = {
${table(named(ANSWERING_FEATURES, answering))}
};
`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      reports: { type: "string" },
      squad: { type: "string" },
      data: { type: "string", default: "data/fit" },
      write: { type: "boolean", default: false },
    },
  });
  const sets: Measured[] = [];
  for (const set of setsOf(values)) sets.push(await measured(set, values.data));
  if (sets.length > 1) report(heldOut(sets));
  const { ranking, answering } = learn(sets);
  if (!values.write) {
    print("Not written; add --write.");
    return;
  }
  await writeFile("src/answer/weights.ts", sourceOf(ranking, answering));
  print("src/answer/weights.ts is written.");
}

await main();
