/** What an ingest costs: against the embedding engine alone, and when nothing has changed. Real processes. */

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BundledEmbeddings } from "../src/embeddings/bundled.ts";
import { openStore } from "../src/index/store.ts";
import { contextOf, embeddingText } from "../src/text/indexed.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const UNCHANGED_REPORTS = 1000;
const ROUNDS = 3;

export interface IngestFigures {
  /** Passages of a folder, from the start of the run to its commit, per second. */
  readonly passagesPerSecond: number;
  /** The same passages given to the engine alone, in this process. */
  readonly enginePassagesPerSecond: number;
  /** Median of the rounds' own ratios. */
  readonly ratio: number;
  readonly passages: number;
  /** The script on 1,000 reports that have not changed, from its start to its end; median. */
  readonly unchangedSeconds: number;
  readonly unchangedEmbedded: number;
}

/** @param corpus folder of reports for the throughput; default: the starter corpus. */
export async function benchIngest(corpus?: string): Promise<IngestFigures> {
  const root = await mkdtemp(join(tmpdir(), "sitrep-bench-"));
  try {
    const throughput = await benchThroughput(root, corpus ?? join(ROOT, "corpus"));
    return { ...throughput, ...(await benchUnchanged(root)) };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function benchThroughput(root: string, corpus: string) {
  const engine = new BundledEmbeddings();
  await engine.embedQuery("The model is loaded before anything is timed.");
  const rounds: { run: number; alone: number }[] = [];
  let passages = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const data = join(root, `data-${round}`);
    const { milliseconds, embeddingsComputed } = await ingest(corpus, data);
    passages = embeddingsComputed;
    const texts = embeddedTexts(data);
    const start = performance.now();
    await engine.embedWithSpans(texts);
    rounds.push({
      run: embeddingsComputed / (milliseconds / 1000),
      alone: texts.length / ((performance.now() - start) / 1000),
    });
  }
  await engine.close();
  return {
    passages,
    passagesPerSecond: median(rounds.map(({ run }) => run)),
    enginePassagesPerSecond: median(rounds.map(({ alone }) => alone)),
    ratio: median(rounds.map(({ run, alone }) => run / alone)),
  };
}

/** What the engine was given for the passages of an index, each text once. */
function embeddedTexts(data: string): { text: string; spans: { start: number; end: number }[] }[] {
  const store = openStore(data, { mode: "read" });
  const texts = new Map<string, { text: string; spans: { start: number; end: number }[] }>();
  for (const { id, source } of store.listReports()) {
    for (const { reading, start, sentences, locator } of store.passagesOfReport(id)) {
      const embedded = embeddingText(contextOf(source.title, locator.headings), reading, start, sentences);
      texts.set(JSON.stringify(embedded), embedded);
    }
  }
  store.close();
  return [...texts.values()];
}

async function benchUnchanged(root: string): Promise<Pick<IngestFigures, "unchangedSeconds" | "unchangedEmbedded">> {
  const corpus = join(root, "thousand");
  await mkdir(corpus);
  for (let number = 0; number < UNCHANGED_REPORTS; number += 1) {
    const text = `Patrol ${number} counted ${number * 3} boats on the river, and its report names no cause.\n`;
    await writeFile(join(corpus, `patrol-${number}.txt`), text);
  }
  const data = join(root, "data-thousand");
  await ingest(corpus, data);
  const runs: { seconds: number; embedded: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const { embeddingsComputed } = await ingest(corpus, data);
    runs.push({ seconds: (performance.now() - start) / 1000, embedded: embeddingsComputed });
  }
  return {
    unchangedSeconds: median(runs.map(({ seconds }) => seconds)),
    unchangedEmbedded: Math.max(...runs.map(({ embedded }) => embedded)),
  };
}

/** Runs the script as a person does, without npm. */
function ingest(corpus: string, data: string): Promise<{ milliseconds: number; embeddingsComputed: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx/esm", "scripts/ingest.ts", "--json"], {
      cwd: ROOT,
      env: { ...process.env, CORPUS_DIR: corpus, DATA_DIR: data },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 || code === 3) resolve(JSON.parse(output));
      else reject(new Error(`The ingest ended with ${code}`));
    });
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
