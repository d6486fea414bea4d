/**
 * `npm run bench`: one table of what was measured in this run, with the bar that each figure has to reach.
 * `--quick` leaves out 100,000 passages, which take most of the six minutes; `--ingest` measures ingests alone, and
 * `--load` questions asked many at a time, `--discord` the same of the bot; of the folder that may follow.
 */

import { benchDiscord, type DiscordFigures } from "./discord.ts";
import { benchEmbeddings, type EmbeddingFigures } from "./embeddings.ts";
import { type IndexFigures, measureIndex } from "./index.ts";
import { benchIngest, type IngestFigures } from "./ingest.ts";
import { benchLoad, type LoadFigures } from "./load.ts";
import { benchStartup, type StartupFigures } from "./startup.ts";

/** A line of the table. */
interface Measured {
  readonly what: string;
  readonly value: number;
  readonly unit: "x" | "ms" | "s" | "MB" | "passages/s" | "/s" | "";
  /** What the value has to reach, where something is promised. */
  readonly bar?: { readonly atLeast: number } | { readonly atMost: number };
}

/** More would only be questions that wait longer. */
const MOST_IN_FLIGHT = 200;

/**
 * @param args "--quick", "--ingest [folder]", "--load N [folder]", "--discord N [folder]" or nothing.
 * @returns the exit code: 2 for an unknown option or a wrong number, else 0, whatever was measured.
 */
export async function benchMain(args: readonly string[]): Promise<number> {
  const [option, ...values] = args;
  if (option !== undefined && !["--quick", "--ingest", "--load", "--discord"].includes(option)) {
    process.stderr.write(`error: unknown option ${JSON.stringify(option)}\nhint: npm run bench -- --quick\n`);
    return 2;
  }
  const inFlight = Number(values[0]);
  const asksMany = option === "--load" || option === "--discord";
  if (asksMany && !(Number.isInteger(inFlight) && inFlight >= 1 && inFlight <= MOST_IN_FLIGHT)) {
    process.stderr.write(
      `error: ${option} takes how many questions are asked at a time, 1 to ${MOST_IN_FLIGHT}\n` +
        `hint: npm run bench -- ${option} 50\n`,
    );
    return 2;
  }
  const step = async <T>(what: string, measure: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    process.stderr.write(`${what} ... `);
    const measured = await measure();
    process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0)} s\n`);
    return measured;
  };
  if (option === "--ingest") {
    process.stdout.write(`${table(ingestRows(await step("ingesting", () => benchIngest(values[0]))))}\n`);
    return 0;
  }
  if (option === "--load") {
    process.stdout.write(`${table(loadRows(await step("asking", () => benchLoad(inFlight, values[1]))))}\n`);
    return 0;
  }
  if (option === "--discord") {
    process.stdout.write(
      `${table(discordRows(await step("asking the bot", () => benchDiscord(inFlight, values[1]))))}\n`,
    );
    return 0;
  }
  // One after the other: on a small machine two measurements at a time would measure each other.
  const startup = await step("starting, asking, ingesting", () => benchStartup());
  const ingest = await step("ingesting", () => benchIngest());
  const embeddings = await step("embedding", () => benchEmbeddings());
  const small = await step("index of 10,000 passages", () => measureIndex(10_000));
  const large = args.includes("--quick") ? null : await step("index of 100,000 passages", () => measureIndex(100_000));

  const rows = [
    ...embeddingRows(embeddings),
    ...indexRows(small),
    ...(large === null ? [] : [...indexRows(large), ...ratioRows(small, large)]),
    ...startupRows(startup),
    ...ingestRows(ingest),
  ];
  process.stdout.write(`${table(rows)}\n`);
  return 0;
}

function embeddingRows(figures: EmbeddingFigures): readonly Measured[] {
  return [
    {
      what: "embedding, passages per CPU second against the package's own engine",
      value: figures.ratio,
      unit: "x",
      bar: { atLeast: 4 },
    },
    { what: "embedding, per CPU second", value: figures.passagesPerCpuSecond, unit: "passages/s" },
    {
      what: "embedding, per CPU second, the package's own engine",
      value: figures.referencePassagesPerCpuSecond,
      unit: "passages/s",
    },
    { what: "embedding a question, p50", value: figures.questionMs.p50, unit: "ms" },
  ];
}

function indexRows(figures: IndexFigures): readonly Measured[] {
  const at = figures.passages.toLocaleString("en-US");
  return [
    { what: `${at}: HNSW recall@10 against exact search`, value: figures.recallAt10, unit: "", bar: { atLeast: 0.99 } },
    { what: `${at}: HNSW query, p50`, value: figures.vectors.p50, unit: "ms" },
    { what: `${at}: lexical query, p50`, value: figures.lexical.p50, unit: "ms" },
    {
      what: `${at}: hybrid query with passages fetched, p50`,
      value: figures.hybrid.p50,
      unit: "ms",
      bar: { atMost: figures.passages > 10_000 ? 4 : 2 },
    },
    { what: `${at}: hybrid query with passages fetched, p95`, value: figures.hybrid.p95, unit: "ms" },
    { what: `${at}: opening the index`, value: figures.openMilliseconds, unit: "ms" },
    { what: `${at}: building the index files`, value: figures.buildSeconds, unit: "s" },
  ];
}

function ratioRows(small: IndexFigures, large: IndexFigures): readonly Measured[] {
  const times = large.passages / small.passages;
  return [
    { what: `${times} times the passages: lexical query`, value: large.lexical.p50 / small.lexical.p50, unit: "x" },
    { what: `${times} times the passages: HNSW query`, value: large.vectors.p50 / small.vectors.p50, unit: "x" },
    {
      what: `${times} times the passages: hybrid query`,
      value: large.hybrid.p50 / small.hybrid.p50,
      unit: "x",
      bar: { atMost: 3 },
    },
  ];
}

function startupRows(figures: StartupFigures): readonly Measured[] {
  return [
    {
      what: "npm run ask, from start to end, existing index",
      value: figures.npmAskSeconds,
      unit: "s",
      bar: { atMost: 2.5 },
    },
    { what: "npm run ask, the slowest", value: figures.npmAskWorstSeconds, unit: "s" },
    { what: "ask without npm", value: figures.askSeconds, unit: "s" },
    { what: "ask without npm, CPU time", value: figures.askCpuSeconds, unit: "s" },
    { what: "ask, peak memory", value: figures.askMegabytes, unit: "MB" },
    { what: "first ingest of the starter corpus", value: figures.ingestSeconds, unit: "s" },
    { what: "ingest of the unchanged corpus", value: figures.secondIngestSeconds, unit: "s" },
    {
      what: "unchanged corpus against first ingest",
      value: figures.secondIngestSeconds / figures.ingestSeconds,
      unit: "x",
    },
    { what: "first ingest, peak memory", value: figures.ingestMegabytes, unit: "MB" },
  ];
}

function ingestRows(figures: IngestFigures): readonly Measured[] {
  const passages = figures.passages.toLocaleString("en-US");
  return [
    { what: `ingest of ${passages} passages`, value: figures.passagesPerSecond, unit: "passages/s" },
    { what: "the embedding engine alone on them", value: figures.enginePassagesPerSecond, unit: "passages/s" },
    { what: "ingest against the engine alone", value: figures.ratio, unit: "x", bar: { atLeast: 0.8 } },
    {
      what: "ingest of 1,000 unchanged reports, from start to end",
      value: figures.unchangedSeconds,
      unit: "s",
      bar: { atMost: 2 },
    },
    { what: "passages embedded by it", value: figures.unchangedEmbedded, unit: "", bar: { atMost: 0 } },
  ];
}

function loadRows(figures: LoadFigures): readonly Measured[] {
  const at = `${figures.passages.toLocaleString("en-US")} passages, ${figures.inFlight} questions at a time`;
  return [
    { what: `${at}: answer, p50`, value: figures.p50, unit: "ms", bar: { atMost: 300 } },
    { what: `${at}: answer, p95`, value: figures.p95, unit: "ms", bar: { atMost: 1000 } },
    { what: `${at}: ${figures.answers} answers`, value: figures.answersPerSecond, unit: "/s" },
    { what: "CPU time of an answer", value: figures.cpuMilliseconds, unit: "ms" },
    {
      what: "longest pause of the asking thread's event loop",
      value: figures.longestPause,
      unit: "ms",
      bar: { atMost: 100 },
    },
    {
      what: "the same while a new snapshot is made and opened",
      value: figures.longestPauseAtSnapshot,
      unit: "ms",
      bar: { atMost: 100 },
    },
  ];
}

function discordRows(figures: DiscordFigures): readonly Measured[] {
  const { inFlight } = figures;
  const at = `${figures.passages.toLocaleString("en-US")} passages, ${inFlight} questions in flight`;
  const burst = `${inFlight} questions in one moment`;
  return [
    { what: `${at}: acknowledged, p99`, value: figures.acknowledgedP99, unit: "ms", bar: { atMost: 500 } },
    { what: `${at}: answered, p50`, value: figures.answeredP50, unit: "ms", bar: { atMost: 300 } },
    { what: `${at}: answered, p95`, value: figures.answeredP95, unit: "ms", bar: { atMost: 1000 } },
    { what: `${at}: ${figures.answers} answers`, value: figures.answersPerSecond, unit: "/s" },
    { what: `${burst}: acknowledged, p99`, value: figures.burstAcknowledgedP99, unit: "ms", bar: { atMost: 500 } },
    { what: `${burst}: answered, p50`, value: figures.burstAnsweredP50, unit: "ms", bar: { atMost: 300 } },
    { what: `${burst}: answered, p95`, value: figures.burstAnsweredP95, unit: "ms", bar: { atMost: 1000 } },
    { what: "200 questions in one moment: answered", value: figures.crowdAnswered, unit: "", bar: { atLeast: 200 } },
    { what: "200 in one moment: the last acknowledged", value: figures.crowdAcknowledgedWorst, unit: "ms" },
    { what: "200 in one moment: the last answered", value: figures.crowdAnsweredWorst, unit: "ms" },
    {
      what: "longest pause of the bot's event loop over all this",
      value: figures.longestPause,
      unit: "ms",
      bar: { atMost: 100 },
    },
    { what: "rules of Discord that were broken", value: figures.violations, unit: "", bar: { atMost: 0 } },
  ];
}

/** Whether a figure does not reach its bar; one that could not be measured does not. */
function isMissed({ value, bar }: Measured): boolean {
  if (bar === undefined) return false;
  return "atLeast" in bar ? !(value >= bar.atLeast) : !(value <= bar.atMost);
}

function table(rows: readonly Measured[]): string {
  const cells = rows.map((row) => [row.what, figureOf(row), barOf(row), verdictOf(row)] as const);
  const widths = [0, 1, 2].map((at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells
    .map(([what, value, bar, verdict]) =>
      `${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${bar.padEnd(widths[2] ?? 0)}  ${verdict}`.trimEnd(),
    )
    .join("\n");
}

function figureOf({ value, unit }: Measured): string {
  const digits = unit === "" ? 4 : unit === "MB" ? 0 : unit === "x" && value < 0.1 ? 3 : 2;
  return `${value.toFixed(digits)} ${unit}`.trimEnd();
}

function barOf({ bar, unit }: Measured): string {
  if (bar === undefined) return "";
  const limit = "atLeast" in bar ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`;
  return `${limit} ${unit}`.trimEnd();
}

function verdictOf(row: Measured): string {
  if (row.bar === undefined) return "";
  return isMissed(row) ? "MISSED" : "met";
}
