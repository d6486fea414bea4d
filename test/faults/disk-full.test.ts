/** A disk that is full, a folder that can only be read: plain words, the last snapshot serves, the next run repairs. */

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Finished, type Folders, foldersWith, run } from "../cli/processes.ts";
import { asked, ingest, ingested, type Places, startIngest, until } from "./processes.ts";
import { putAll } from "./reports.ts";
import { canMount, noFileOver, readOnly, type SmallDisk, smallDisk } from "./small-disk.ts";

const REPORTS = 3;
const SENTENCES = 30;

let folders: Folders;
beforeAll(() => {
  folders = foldersWith({});
  mkdirSync(folders.data);
});
afterAll(() => folders.remove());

/** What a person is told: one line about the disk, and what to do. */
function expectFull({ code, stdout, stderr }: Finished): string {
  expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
  const error = /^error: (.*)$/m.exec(stderr)?.[1] ?? "";
  expect(error).toMatch(/cannot be (?:written|opened as a database|created)/);
  expect(stderr).toMatch(/^hint: .*writable.*disk/m);
  expect(stderr).not.toMatch(/unexpected|Delete the files|^\s+at /m);
  return error;
}

/** The round that a question is answered from, in a process that is run there. */
async function served(within: readonly string[], places: Places = folders): Promise<number | null> {
  return (await asked(places, "report-1", { sentences: SENTENCES, within })).round;
}

describe.runIf(canMount)("a disk that is full", () => {
  let disk: SmallDisk;
  let good = 1;
  beforeAll(async () => {
    disk = await smallDisk(folders.data, 16 * 1024);
    putAll(folders.corpus, REPORTS, good, SENTENCES);
    await ingested(folders, {}, { within: disk.within });
  }, 60_000);
  afterAll(() => disk.remove());

  // Where it is full: at the lock, at the embeddings, at the index files and at the commit; the least that a run
  // needs is about 420 KiB.
  it.each([0, 100, 300, 400])("but for %d KiB", async (left) => {
    const round = good + 1;
    putAll(folders.corpus, REPORTS, round, SENTENCES);
    disk.leave(left);
    expectFull(await ingest([], folders, {}, { within: disk.within }));
    expect(await served(disk.within)).toBe(good);
    disk.leave(null);
    const { summary } = await ingested(folders, {}, { within: disk.within });
    expect(summary).toMatchObject({ changed: expect.objectContaining({ length: REPORTS }), refused: [] });
    good = round;
    const repaired = await asked(folders, "report-1", { sentences: SENTENCES, within: disk.within });
    expect([repaired.round, repaired.stderr]).toEqual([round, ""]);
  });
});

describe("files that may not become large", () => {
  it.each([16, 150, 400])("than %d KiB", async (most) => {
    const some = foldersWith({});
    onTestFinished(() => some.remove());
    putAll(some.corpus, REPORTS, 1, 5);
    await ingested(some);
    putAll(some.corpus, REPORTS, 2, 60);
    expectFull(await ingest([], some, { TSX_DISABLE_CACHE: "1" }, { within: noFileOver(most) }));
    expect((await asked(some, "report-1", { sentences: 5 })).round).toBe(1);
    await ingested(some);
    expect((await asked(some, "report-1", { sentences: 60 })).round).toBe(2);
  });
});

describe("a data folder that can only be read", () => {
  it.each(["as an ingest leaves it", "as a killed ingest leaves it"])("%s", async (state) => {
    const some = foldersWith({});
    onTestFinished(() => some.remove());
    putAll(some.corpus, REPORTS, 1, SENTENCES);
    await ingested(some);
    putAll(some.corpus, REPORTS, 2, SENTENCES);
    if (state.includes("killed")) {
      const { child, finished } = startIngest([], some);
      expect(await until(() => existsSync(join(some.data, "sitrep.sqlite-wal")), 30_000)).toBe(true);
      child.kill("SIGKILL");
      await finished;
    }
    const { within, undo } = readOnly(some.data);
    onTestFinished(undo);
    expect(await served(within, some)).toBe(1);
    const status = await run(["status", "--json"], some, {}, { within });
    expect([status.code, JSON.parse(status.stdout).snapshot]).toEqual([0, 1]);
    const rehearsed = await ingest(["--dry-run", "--json"], some, {}, { within });
    expect([rehearsed.code, JSON.parse(rehearsed.stdout).changed.length]).toEqual([0, REPORTS]);

    const refused = expectFull(await ingest([], some, {}, { within }));
    expect(refused).toMatch(
      /^The data folder .* cannot be written: (?:the file system is read-only|permission denied)$/,
    );
    // Also when there is nothing to do.
    putAll(some.corpus, REPORTS, 1, SENTENCES);
    expectFull(await ingest([], some, {}, { within }));
    putAll(some.corpus, REPORTS, 2, SENTENCES);
    undo();
    await ingested(some);
    expect(await served([], some)).toBe(2);
  });

  it("is still asked where it never was ingested into: what to do is said", async () => {
    const some = foldersWith({});
    onTestFinished(() => some.remove());
    putAll(some.corpus, 1, 1);
    mkdirSync(some.data);
    const { within, undo } = readOnly(some.data);
    onTestFinished(undo);
    expectFull(await ingest([], some, {}, { within }));
  });
});
