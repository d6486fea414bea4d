/** Questions asked without pause while the corpus changes 50 times: none fails, none mixes, none quotes what is gone. */

import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Folders, foldersWith } from "../cli/processes.ts";
import type { Line } from "./asking-reader.ts";
import { checkedQuote, ingest, ingested } from "./processes.ts";
import { namedIn, put, putAll, versionOf } from "./reports.ts";

const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
const REPORTS = 5;
const SENTENCES = 4;
const CHANGES = 50;
/** How soon a reader has to see a new snapshot, in milliseconds. */
const SEEN_WITHIN = 2000;

/** The rounds of the reports that are in the corpus, by id, after the ingest that ended then. */
interface State {
  readonly snapshot: number;
  readonly rounds: ReadonlyMap<string, number>;
  /** When the change was begun, and when its ingest had ended. */
  readonly began: number;
  readonly ended: number;
}

let folders: Folders;
const states: State[] = [];
const rounds = new Map<string, number>();
beforeAll(async () => {
  folders = foldersWith({});
  putAll(folders.corpus, REPORTS, 1, SENTENCES);
  for (let at = 0; at < REPORTS; at += 1) rounds.set(`report-${at}`, 1);
  const { summary } = await ingested(folders);
  states.push({ snapshot: summary.snapshot, rounds: new Map(rounds), began: 0, ended: Date.now() });
}, 60_000);
afterAll(() => folders.remove());

/** A test program over the folders. */
function programOf(name: string, args: readonly string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const { PATH = "", HOME = "" } = process.env;
  return spawn(process.execPath, ["--import", TSX, path, ...args], {
    cwd: folders.root,
    env: { PATH, HOME, CORPUS_DIR: folders.corpus, DATA_DIR: folders.data, EMBEDDINGS_THREADS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
}

function readerOf(...args: readonly string[]) {
  const child = programOf("./asking-reader.ts", args);
  const lines: Line[] = [];
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line)));
  const finished = new Promise((resolve) => child.once("close", resolve));
  return {
    lines,
    async until(isSo: () => boolean, within: number) {
      for (const end = Date.now() + within; !isSo() && Date.now() < end; ) await pause(20);
      expect(isSo()).toBe(true);
    },
    async end() {
      child.stdin?.end();
      await finished;
    },
  };
}

/** Ingests in one long process, a line of input each. */
function writerOf() {
  const child = programOf("./changing-writer.ts");
  const waiting: { resolve: (snapshot: number) => void; reject: (error: Error) => void }[] = [];
  child.once("exit", () => waiting.shift()?.reject(new Error("The writer has ended")));
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { snapshot, refused } = JSON.parse(line);
      expect(refused).toEqual([]);
      waiting.shift()?.resolve(snapshot);
    });
  }
  const send = (command: string) =>
    new Promise<number>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin?.write(`${command}\n`);
    });
  return { send, end: () => void child.stdin?.end() };
}

/** Changes the corpus in one of four ways; the command that brings the index up to date. */
function change(number: number): string {
  const id = `report-${number % REPORTS}`;
  const extra = `extra-${number}`;
  const way = number % 4;
  if (way === 1) {
    put(folders.corpus, `${extra}.md`, versionOf(extra, number, SENTENCES));
    rounds.set(extra, number);
    return "ingest";
  }
  if (way === 2 && rounds.has(`extra-${number - 1}`)) {
    rounds.delete(`extra-${number - 1}`);
    // Half by hand, half by the command.
    if (number % 8 === 2) return `remove extra-${number - 1}`;
    rmSync(join(folders.corpus, `extra-${number - 1}.md`));
    return "ingest";
  }
  if (way === 3) {
    for (let at = 0; at < REPORTS; at += 1) rounds.set(`report-${at}`, number);
    putAll(folders.corpus, REPORTS, number, SENTENCES);
    return "ingest";
  }
  put(folders.corpus, `${id}.md`, versionOf(id, number, SENTENCES));
  rounds.set(id, number);
  return "ingest";
}

async function changed(number: number, send: (command: string) => Promise<number>): Promise<void> {
  const began = Date.now();
  const command = change(number);
  // Every fifth by the real script, in a process of its own.
  let snapshot: number;
  if (number % 5 === 0) {
    const words = command.split(" ");
    const { code, stdout, stderr } = await ingest([...(words[0] === "ingest" ? [] : words), "--json"], folders);
    expect([code, stderr.includes("error")]).toEqual([0, false]);
    snapshot = JSON.parse(stdout).snapshot;
  } else {
    snapshot = await send(command);
  }
  states.push({ snapshot, rounds: new Map(rounds), began, ended: Date.now() });
}

/** What is wrong with an answer; nothing is. */
function faultsOf({ asked, answered, quotes = [] }: Line): string[] {
  const faults: string[] = [];
  const found = new Map<string, number>();
  for (const quote of quotes) {
    const round = checkedQuote(quote, SENTENCES);
    const other = found.get(quote.report);
    if (other !== undefined && other !== round)
      faults.push(`${quote.report} is quoted in rounds ${other} and ${round}`);
    found.set(quote.report, round);
    if (quote.title !== `Count of ${quote.report}, round ${round}`)
      faults.push(`${quote.text} is cited as ${quote.title}`);
  }
  // One state has to have all that is quoted, and to have been current at some time between question and answer.
  const newestBefore = states.findLastIndex(({ ended }) => ended < asked);
  const possible = states.filter((state, at) => at >= newestBefore && state.began <= answered);
  const isOfOne = possible.some((state) => [...found].every(([id, round]) => state.rounds.get(id) === round));
  if (!isOfOne) {
    const at = `asked ${asked}, answered ${answered}, newest snapshot then ${states[newestBefore]?.snapshot}`;
    faults.push(`no snapshot of that time has ${JSON.stringify([...found])} (${at})`);
  }
  return faults;
}

/** Milliseconds from the end of each ingest to the reader's first sight of its snapshot, or of a later one. */
function delays(lines: readonly Line[], since: number): number[] {
  return states
    .filter(({ ended }) => ended > since)
    .map(({ snapshot, ended }) => {
      const seen = lines.find((line) => line.kind === "status" && (line.snapshot ?? 0) >= snapshot);
      return seen === undefined ? Number.POSITIVE_INFINITY : seen.answered - ended;
    });
}

describe("a running reader", () => {
  it(`answers through ${CHANGES} changes: no failure, no mixture, nothing that is gone`, async () => {
    const reader = readerOf("3", String(REPORTS));
    const writer = writerOf();
    await reader.until(() => reader.lines.some(({ quotes = [] }) => quotes.length > 0), 30_000);
    const since = Date.now();
    for (let number = 2; number < CHANGES + 2; number += 1) await changed(number, writer.send);
    await reader.until(
      () => reader.lines.some(({ kind, snapshot }) => kind === "status" && snapshot === states.at(-1)?.snapshot),
      5000,
    );
    const answersBefore = reader.lines.length;
    await reader.until(() => reader.lines.length > answersBefore + 20, 30_000);
    writer.end();
    await reader.end();

    expect(states).toHaveLength(CHANGES + 1);
    expect(reader.lines.filter(({ kind }) => kind === "failure" || kind === "warning")).toEqual([]);
    const answers = reader.lines.filter(({ kind }) => kind === "answer");
    expect(answers.flatMap(faultsOf)).toEqual([]);
    // It was asked enough, all through, and got quotes of many rounds.
    const quoted = new Set(answers.flatMap(({ quotes = [] }) => quotes.map(({ text }) => namedIn(text)?.round)));
    expect(answers.length).toBeGreaterThan(CHANGES * 3);
    expect(quoted.size).toBeGreaterThan(CHANGES / 3);
    expect(Math.max(...delays(reader.lines, since))).toBeLessThan(SEEN_WITHIN);
  }, 240_000);

  it("sees a new snapshot also when nobody asks, and does not fail when the data folder is made anew", async () => {
    const reader = readerOf("0", String(REPORTS), "quiet");
    await reader.until(() => reader.lines.some(({ kind }) => kind === "status"), 30_000);
    const since = Date.now();
    for (const number of [100, 105]) await changed(number, () => Promise.reject(new Error("not used")));
    await pause(SEEN_WITHIN);
    expect(Math.max(...delays(reader.lines, since))).toBeLessThan(SEEN_WITHIN);

    const asker = readerOf("1", String(REPORTS));
    await asker.until(() => asker.lines.some(({ quotes = [] }) => quotes.length > 0), 30_000);
    rmSync(folders.data, { recursive: true });
    await ingested(folders);
    await reader.until(
      () => reader.lines.at(-1)?.kind === "status" && reader.lines.at(-1)?.snapshot === 1,
      SEEN_WITHIN,
    );
    await reader.end();
    await asker.end();
    expect([...reader.lines, ...asker.lines].filter(({ kind }) => kind === "failure")).toEqual([]);
  });
});
