/** What questions wait for when many are asked at a time, and what they do to the event loop of whoever asks. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { parseCases } from "../src/eval/cases.ts";
import { openThreaded, type ThreadedSitrep } from "../src/threaded.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Milliseconds between two looks at the event loop: a pause is seen to within this. */
const RESOLUTION = 2;

export interface LoadFigures {
  readonly passages: number;
  readonly inFlight: number;
  readonly answers: number;
  readonly p50: number;
  readonly p95: number;
  readonly answersPerSecond: number;
  /** CPU time of this process for one answer, all threads counted. */
  readonly cpuMilliseconds: number;
  /** Of the asking thread, in milliseconds. */
  readonly longestPause: number;
  /** The same while another process ingests a report again, and its snapshot is opened. */
  readonly longestPauseAtSnapshot: number;
}

/**
 * Asks the questions of the project, each once, in a closed loop: another is asked as soon as one is answered.
 * @param inFlight questions under way at any time.
 * @param corpus folder of reports; default: the starter corpus.
 */
export async function benchLoad(inFlight: number, corpus = join(ROOT, "corpus")): Promise<LoadFigures> {
  const data = await mkdtemp(join(tmpdir(), "sitrep-bench-"));
  const environment = { CORPUS_DIR: resolve(corpus), DATA_DIR: data };
  const config = loadConfig(environment);
  const options = { warn: (message: string) => process.stderr.write(`warning: ${message}\n`) };
  try {
    const writer = createSitrep(config, options);
    await writer.ingest();
    const path = (await writer.reports())[0]?.path ?? "";
    await writer.close();
    const sitrep = await openThreaded(config, options);
    // Other questions than those that are measured, so that none of these was embedded before.
    await askAll(sitrep, await questionsOf("questions"), inFlight);
    const questions = await questionsOf("calibration");
    const cpu = process.cpuUsage();
    const start = performance.now();
    const asking = await watched(() => askAll(sitrep, questions, inFlight));
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const times = asking.result.toSorted((left, right) => left - right);
    const opening = await watched(() => askUnderIngest(sitrep, questions, inFlight, path, environment));
    const { passages } = await sitrep.status();
    await sitrep.close();
    return {
      passages,
      inFlight,
      answers: times.length,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      answersPerSecond: times.length / seconds,
      cpuMilliseconds: (user + system) / 1000 / times.length,
      longestPause: asking.longestPause,
      longestPauseAtSnapshot: opening.longestPause,
    };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function questionsOf(name: string): Promise<string[]> {
  const file = join(ROOT, "eval", `${name}.yaml`);
  return parseCases(await readFile(file, "utf8"), file).map(({ question }) => question);
}

/** @returns the milliseconds that each answer took. */
async function askAll(sitrep: ThreadedSitrep, questions: readonly string[], inFlight: number): Promise<number[]> {
  const times: number[] = [];
  const left = questions.values();
  const lanes = Array.from({ length: inFlight }, async () => {
    for (const question of left) {
      const start = performance.now();
      await sitrep.ask(question);
      times.push(performance.now() - start);
    }
  });
  await Promise.all(lanes);
  return times;
}

/** Asks until another process has ingested a report again, and the new snapshot answers. */
async function askUnderIngest(
  sitrep: ThreadedSitrep,
  questions: readonly string[],
  inFlight: number,
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const { snapshot } = await sitrep.status();
  const script = ["--import", "tsx/esm", "scripts/ingest.ts", "--force", "--only", path];
  const ingest = spawn(process.execPath, script, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  let code: number | null = null;
  const ended = once(ingest, "exit").then(([exitCode]) => {
    code = exitCode;
  });
  while (code === null) await askAll(sitrep, questions.slice(0, inFlight), inFlight);
  await ended;
  if ((await sitrep.status()).snapshot === snapshot) throw new Error(`No new snapshot: the ingest ended with ${code}`);
  await askAll(sitrep, questions.slice(0, inFlight), inFlight);
}

async function watched<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly longestPause: number }> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  const result = await work();
  delay.disable();
  return { result, longestPause: delay.max / 1e6 };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
