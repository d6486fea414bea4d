/** How long a person waits for `ask`, and what memory it takes, measured on real processes. */

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const QUESTION = "By how much did attacks in Pakistan rise in January 2025, and compared with what?";
/** Loaded before the program: writes to descriptor 3 what the process used, all its threads counted. */
const REPORT_USE =
  'data:text/javascript,import{writeSync}from"node:fs";' +
  'process.on("exit",()=>writeSync(3,JSON.stringify(process.resourceUsage())))';

export interface StartupFigures {
  /** `npm run ask` on an existing index, from the start of npm to the end of the process; median and worst. */
  readonly npmAskSeconds: number;
  readonly npmAskWorstSeconds: number;
  /** The same without npm: the program's own start-up, answer and end. */
  readonly askSeconds: number;
  /** CPU time of the same: what is left of it when other processes share the machine. */
  readonly askCpuSeconds: number;
  readonly askMegabytes: number;
  /** The first ingest of the starter corpus. */
  readonly ingestSeconds: number;
  readonly ingestMegabytes: number;
  /** An ingest of the unchanged corpus. */
  readonly secondIngestSeconds: number;
}

/** @param runs how often `ask` is started; the median counts. */
export async function benchStartup(runs = 5): Promise<StartupFigures> {
  const data = await mkdtemp(join(tmpdir(), "sitrep-bench-"));
  const environment = { ...process.env, DATA_DIR: data, CORPUS_DIR: join(ROOT, "corpus") };
  const program = (...args: string[]) =>
    ["--import", "tsx/esm", "--import", REPORT_USE, "src/cli/main.ts", ...args] as const;
  try {
    const ingest = await run(process.execPath, program("ingest"), environment);
    const second = await run(process.execPath, program("ingest"), environment);
    const throughNpm: number[] = [];
    const direct: Run[] = [];
    for (let round = 0; round < runs; round++) {
      throughNpm.push((await run("npm", ["run", "--silent", "ask", "--", QUESTION], environment)).seconds);
      direct.push(await run(process.execPath, program("ask", QUESTION), environment));
    }
    return {
      npmAskSeconds: median(throughNpm),
      npmAskWorstSeconds: Math.max(...throughNpm),
      askSeconds: median(direct.map(({ seconds }) => seconds)),
      askCpuSeconds: median(direct.map(({ cpuSeconds }) => cpuSeconds)),
      askMegabytes: median(direct.map(({ megabytes }) => megabytes)),
      ingestSeconds: ingest.seconds,
      ingestMegabytes: ingest.megabytes,
      secondIngestSeconds: second.seconds,
    };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

interface Run {
  readonly seconds: number;
  /** NaN where the process did not report it, as npm does not. */
  readonly cpuSeconds: number;
  /** Peak resident memory; NaN likewise. */
  readonly megabytes: number;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    // On Windows npm is a script, which only a shell can start.
    const shell = process.platform === "win32" && command === "npm";
    const child = spawn(command, args, { cwd: ROOT, env, shell, stdio: ["ignore", "ignore", "pipe", "pipe"] });
    let complaints = "";
    let use = "";
    child.stderr?.on("data", (chunk) => {
      complaints += chunk;
    });
    child.stdio[3]?.on("data", (chunk) => {
      use += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const seconds = (performance.now() - start) / 1000;
      if (code === 0) resolve({ seconds, ...used(use) });
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}: ${complaints.trim()}`));
    });
  });
}

/** From Node's own account: CPU times in microseconds, memory in KiB. */
function used(account: string): Pick<Run, "cpuSeconds" | "megabytes"> {
  if (account === "") return { cpuSeconds: Number.NaN, megabytes: Number.NaN };
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(account);
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
