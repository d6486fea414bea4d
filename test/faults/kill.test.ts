/** kill -9 at any moment: the last good snapshot goes on serving, and the next ingest makes up for it. */

import { watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createSitrep } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import type { Sitrep } from "../../src/domain/service.ts";
import { DATABASE_NAME } from "../../src/index/store.ts";
import { type Folders, foldersWith } from "../cli/processes.ts";
import { asked, checkedQuote, childrenOf, ingested, isAlive, readers, startIngest, until } from "./processes.ts";
import { put, putAll, questionAbout, textOf, versionOf } from "./reports.ts";

const REPORTS = 4;
const SENTENCES = 40;
const PASSAGES = REPORTS * SENTENCES;

let folders: Folders;
/** A reader that was there before all of it. */
let reader: Sitrep;
const warnings: string[] = [];
let round = 1;
beforeAll(async () => {
  folders = foldersWith({});
  putAll(folders.corpus, REPORTS, round, SENTENCES);
  await ingested(folders);
  const config = loadConfig({ CORPUS_DIR: folders.corpus, DATA_DIR: folders.data });
  reader = createSitrep(config, { warn: (message) => warnings.push(message) });
}, 60_000);
afterAll(async () => {
  await reader.close();
  folders.remove();
});

/** What the database holds: its snapshot, and embeddings that no passage uses yet. */
function stored(): { readonly snapshot: number; readonly saved: number; readonly passages: number } {
  const database = new Database(join(folders.data, DATABASE_NAME), { readonly: true });
  try {
    const one = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0;
    return {
      snapshot: one("SELECT max(number) FROM snapshots"),
      saved: one("SELECT count(*) FROM embeddings WHERE key NOT IN (SELECT embedding_key FROM passages)"),
      passages: one("SELECT count(*) FROM passages"),
    };
  } finally {
    database.close();
  }
}

/** The reports of the index as the reader has them: each must be whole, of one round, the same for all. */
async function roundServed(): Promise<number> {
  const rounds = new Set<number>();
  for (const { id, source } of await reader.reports()) {
    const named = Number(/round (\d+)/.exec(source.title)?.[1]);
    expect(await reader.reportText(id)).toBe(textOf(id, named, SENTENCES));
    rounds.add(named);
    const { answer } = await reader.ask(questionAbout(id, 3));
    if (answer.kind !== "answer") throw new Error(`No answer about ${id}: ${answer.explanation}`);
    for (const { quote } of answer.claims.flatMap(({ citations }) => citations)) {
      expect(checkedQuote({ ...quote, report: quote.reportId }, SENTENCES)).toBe(named);
    }
  }
  expect(rounds.size).toBe(1);
  return [...rounds][0] ?? 0;
}

/** Waits for the moment to kill a process at; gives up when it has ended. */
type Moment = (number: number, ended: Promise<unknown>) => Promise<void>;

const after =
  (milliseconds: number): Moment =>
  async (_, ended) => {
    await Promise.race([pause(milliseconds), ended]);
  };
/** As soon as a file of such a name is made in the data folder. */
const fileMade =
  (name: RegExp): Moment =>
  async (_, ended) => {
    const made = new Promise<void>((resolve) => {
      const watcher = watch(folders.data, (_event, path) => {
        if (path !== null && name.test(path)) resolve();
      });
      onTestFinished(() => watcher.close());
    });
    await Promise.race([made, ended]);
  };
const once =
  (condition: (number: number) => boolean, step = 5): Moment =>
  async (number, ended) => {
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (!isOver && !condition(number)) await pause(step);
  };

const isReading = (number: number) => childrenOf(number).some((child) => readers().includes(child));
/** Delays from a fixed seed, each longer than the one before. */
const DELAYS = Array.from({ length: 8 }, (_, at) => Math.round(500 + at * 450 + ((at * 7919 + 104_729) % 331)));

/** Moments, with the embeddings that are saved by then at least. */
const MOMENTS: readonly (readonly [string, number, Moment])[] = [
  ["the lock is taken", 0, fileMade(/^writer\.json$/)],
  ["a reader has started", 0, once(isReading, 1)],
  ["some embeddings are saved", 1, once(() => stored().saved > 0)],
  ["the file of words is begun", PASSAGES, fileMade(/^\.lexical-.*\.tmp$/)],
  ["the file of vectors is begun", PASSAGES, fileMade(/^\.vectors-.*\.tmp$/)],
  ["the file of vectors is there", PASSAGES, fileMade(/^vectors-\d+\.hnsw$/)],
  ["the snapshot is committed", PASSAGES, once(() => stored().snapshot > snapshotBefore, 1)],
  ...DELAYS.map((delay) => [`${delay} ms have passed`, 0, after(delay)] as const),
];
let snapshotBefore = 0;

describe("an ingest that is killed when", () => {
  it.each(MOMENTS)("%s", async (name, savedByThen, moment) => {
    const served = await roundServed();
    snapshotBefore = stored().snapshot;
    round += 1;
    putAll(folders.corpus, REPORTS, round, SENTENCES);

    const { child, finished } = startIngest([], folders);
    const number = child.pid ?? 0;
    await moment(number, finished);
    const children = childrenOf(number);
    child.kill("SIGKILL");
    await finished;

    // The last good snapshot serves: the one before, or the new one where the kill came after the commit.
    const left = stored();
    const isCommitted = left.snapshot > snapshotBefore;
    expect(left.passages).toBe(PASSAGES);
    // The moment was the one that it is called after.
    expect(isCommitted ? PASSAGES : left.saved).toBeGreaterThanOrEqual(savedByThen);
    if (name.includes("committed")) expect(isCommitted).toBe(true);
    if (savedByThen === 0 && !name.includes("ms")) expect([isCommitted, left.saved]).toEqual([false, 0]);
    expect(await roundServed()).toBe(isCommitted ? round : served);
    expect(await until(() => !children.some(isAlive), 2000)).toBe(true);

    // The next one takes the lock at once, and embeds what was not saved.
    const { summary } = await ingested(folders);
    expect(summary).toMatchObject({
      changed: isCommitted ? [] : expect.objectContaining({ length: REPORTS }),
      embeddingsComputed: isCommitted ? 0 : PASSAGES - left.saved,
      snapshot: isCommitted ? left.snapshot : snapshotBefore + 1,
    });
    expect(await roundServed()).toBe(round);
    expect(stored()).toMatchObject({ saved: 0, passages: PASSAGES });
    expect(warnings).toEqual([]);
  });

  it("it is the first: no half index is left, and a question starts anew", async () => {
    const fresh = foldersWith({});
    onTestFinished(() => fresh.remove());
    putAll(fresh.corpus, 2, 1);
    const { child, finished } = startIngest([], fresh);
    expect(await until(() => isReading(child.pid ?? 0), 20_000, 1)).toBe(true);
    child.kill("SIGKILL");
    await finished;
    const { code, stdout } = await startIngest(["--dry-run", "--json"], fresh).finished;
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { added: ["report-0", "report-1"], snapshot: 0 }]);
    await ingested(fresh);
    expect((await asked(fresh, "report-1")).round).toBe(1);
  });
});

describe("the process that reads files, killed alone", () => {
  it.each(["SIGKILL", "SIGSEGV"] as const)("by %s, costs one file at most, and the next run has it", async (signal) => {
    const some = foldersWith({});
    onTestFinished(() => some.remove());
    putAll(some.corpus, 3, 1);
    // Takes a while to read, so that the signal comes while it is read.
    put(some.corpus, "long.txt", `${"A sentence about boats and sheds that goes on for a while. ".repeat(40_000)}\n`);
    const { child, finished } = startIngest(["--json"], some, { INGEST_MAX_CHARACTERS: "1000000" });
    await until(() => isReading(child.pid ?? 0), 20_000, 1);
    for (const number of childrenOf(child.pid ?? 0)) if (readers().includes(number)) process.kill(number, signal);
    const { code, stdout, stderr } = await finished;
    expect([0, 3]).toContain(code);
    const { refused, added } = JSON.parse(stdout);
    expect(stderr).not.toContain("unexpected");
    // Of the files that can be read, one at most was lost to the signal.
    expect(refused.filter(({ path }: { path: string }) => path !== "long.txt").length).toBeLessThanOrEqual(1);
    expect(added.length).toBeGreaterThanOrEqual(2);
    put(some.corpus, "long.txt", versionOf("long", 1));
    const { summary } = await ingested(some);
    expect([summary.reports, summary.refused]).toEqual([4, []]);
  });
});
