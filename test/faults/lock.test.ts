/** One writer at a time: the second is told who the first is, and a first that was killed keeps nobody waiting. */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Finished, type Folders, foldersWith } from "../cli/processes.ts";
import { asked, ingest, ingested, startIngest, until } from "./processes.ts";
import { put, putAll, versionOf } from "./reports.ts";

let folders: Folders;
const made: Folders[] = [];
beforeEach(() => {
  folders = foldersWith({});
  made.push(folders);
});
afterAll(() => {
  for (const each of made) each.remove();
});

/** An ingest that is in the middle of its work: it has written down that it holds the lock. */
async function underWay() {
  const owner = join(folders.data, "writer.json");
  rmSync(owner, { force: true });
  const started = startIngest(["--json"], folders);
  expect(await until(() => existsSync(owner), 30_000)).toBe(true);
  return started;
}

function expectBusy({ code, stdout, stderr }: Finished, owner: number | undefined): void {
  expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
  expect(stderr).toMatch(
    new RegExp(`^error: Another process is writing to the index \\(process ${owner} on \\S+, since 20`),
  );
  expect(stderr).toMatch(/^hint: Try again when it has ended\. Answers go on meanwhile, from the last snapshot\.$/m);
}

describe("two ingests", () => {
  it("at the same moment: one finishes, the other ends with 6 and names it", async () => {
    putAll(folders.corpus, 3, 1, 40);
    const both = [startIngest(["--json"], folders), startIngest(["--json"], folders)];
    const ended = await Promise.all(both.map(({ finished }) => finished));
    expect(ended.map(({ code }) => code).sort()).toEqual([0, 6]);
    const loser = ended.findIndex(({ code }) => code === 6);
    const [finished, busy] = [ended[1 - loser], ended[loser]];
    if (finished === undefined || busy === undefined) throw new Error("Neither or both");
    expect(JSON.parse(finished.stdout)).toMatchObject({ reports: 3, snapshot: 1 });
    // It may look before the other has written down who it is.
    if (busy.stderr.includes("(process")) expectBusy(busy, both[1 - loser]?.child.pid);
    else expect(busy.stderr).toMatch(/^error: Another process is writing to the index$/m);
  });

  it("while one works: the other ends with 6, names it, and goes in at once when it was killed", async () => {
    putAll(folders.corpus, 3, 1, 60);
    const { child, finished } = await underWay();
    expectBusy(await ingest([], folders), child.pid);
    expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
    await finished;
    const { summary } = await ingested(folders);
    expect(summary).toMatchObject({ reports: 3, snapshot: 1 });
  });
});

describe("while an ingest works", () => {
  it("remove and restore end with 6 and leave the corpus as it was; questions are answered; then they work", async () => {
    putAll(folders.corpus, 2, 1);
    await ingested(folders);
    putAll(folders.corpus, 3, 2, 60);
    const { child, finished } = await underWay();
    const [removed, answer] = await Promise.all([ingest(["remove", "report-1"], folders), asked(folders, "report-1")]);
    expectBusy(removed, child.pid);
    expect(answer.round).toBe(1);
    expect(existsSync(join(folders.corpus, "report-1.md"))).toBe(true);
    expect(await finished).toMatchObject({ code: 0 });
    expect((await ingest(["remove", "report-1"], folders)).code).toBe(0);
    expect(existsSync(join(folders.corpus, "report-1.md"))).toBe(false);
    expect((await asked(folders, "report-1", { sentences: 60 })).round).toBeNull();

    put(folders.corpus, "report-0.md", versionOf("report-0", 3, 60));
    const again = await underWay();
    expectBusy(await ingest(["restore", "report-1"], folders), again.child.pid);
    expect(existsSync(join(folders.corpus, "report-1.md"))).toBe(false);
    await again.finished;
    expect((await ingest(["restore", "report-1"], folders)).code).toBe(0);
    expect((await asked(folders, "report-1", { sentences: 60 })).round).toBe(2);
  });
});
