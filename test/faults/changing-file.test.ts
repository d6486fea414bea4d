/** Files that change while an ingest runs: one whole version or a refusal, never parts of two; the others go in. */

import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Folders, foldersWith } from "../cli/processes.ts";
import { childrenOf, ingest, ingested, readers, startIngest, until } from "./processes.ts";
import { put, putAll, textOf, versionOf } from "./reports.ts";

const SENTENCES = 30;
const CHANGES = "changes while it is read; try again when it is finished";

function corpus(): Folders {
  const folders = foldersWith({});
  onTestFinished(() => folders.remove());
  putAll(folders.corpus, 3, 1);
  return folders;
}

/** Calls `change` again and again until the test has ended, with a pause of so many milliseconds or none. */
function changing(change: (round: number) => void, every = 0): void {
  let isEnded = false;
  onTestFinished(() => {
    isEnded = true;
  });
  const next = (round: number): void => {
    if (isEnded) return;
    change(round);
    if (every === 0) setImmediate(next, round + 1);
    else setTimeout(next, every, round + 1);
  };
  next(1);
}

async function textStored(folders: Folders, id: string): Promise<string> {
  const { code, stdout, stderr } = await ingest(["show", id, "--text"], folders);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("a file that changes without pause", () => {
  it.each<[string, (path: string, round: number) => void]>([
    ["written over", (path, round) => writeFileSync(path, versionOf("busy", round % 9, SENTENCES))],
    ["grown", (path, round) => appendFileSync(path, `In round ${round} the institute counted boats.\n\n`)],
  ])("is refused when it is %s; the others go in", async (_, change) => {
    const folders = corpus();
    const path = join(folders.corpus, "busy.md");
    changing((round) => change(path, round));
    const { summary, refused } = await ingested(folders);
    expect([summary.added, refused]).toEqual([["report-0", "report-1", "report-2"], { "busy.md": CHANGES }]);
  });

  it("by being replaced goes in as one whole version, or not at all", async () => {
    const folders = corpus();
    changing((round) => {
      put(folders.root, "next", versionOf("busy", round % 9, SENTENCES));
      renameSync(join(folders.root, "next"), join(folders.corpus, "busy.md"));
    });
    const { summary, refused } = await ingested(folders);
    expect(summary.added).toEqual(expect.arrayContaining(["report-0", "report-1", "report-2"]));
    if (refused["busy.md"] !== undefined) expect(refused).toEqual({ "busy.md": CHANGES });
    else expectWhole(await textStored(folders, "busy"));
  });

  it("but stands still in between goes in as one whole version", async () => {
    const folders = corpus();
    changing((round) => writeFileSync(join(folders.corpus, "busy.md"), versionOf("busy", round % 9, SENTENCES)), 150);
    const taken: string[] = [];
    for (let run = 0; run < 3; run += 1) {
      const { refused } = await ingested(folders);
      if (refused["busy.md"] === undefined) taken.push(await textStored(folders, "busy"));
      else expect(refused).toEqual({ "busy.md": CHANGES });
    }
    for (const text of taken) expectWhole(text);
    expect(taken.length).toBeGreaterThan(0);
  });
});

function expectWhole(text: string): void {
  const round = Number(/In round (\d+)/.exec(text)?.[1]);
  expect(text).toBe(textOf("busy", round, SENTENCES));
}

describe("a file that is something else by the time it is read", () => {
  const SWAPS: Readonly<Record<string, readonly [(path: string) => void, string]>> = {
    "gone.md": [() => undefined, "is gone"],
    "folder.md": [(path) => mkdirSync(path), "cannot be read: it is a folder now"],
    "pipe.md": [(path) => void execFileSync("mkfifo", [path]), "cannot be read: it is no file"],
    "link.md": [(path) => symlinkSync("/etc/hostname", path), "is a symbolic link, which is not followed"],
  };

  it("is refused with that reason; what was ingested before stays; the others go in; the next run repairs", async () => {
    const folders = corpus();
    const names = Object.keys(SWAPS);
    for (const name of names) put(folders.corpus, name, versionOf(name.replace(".md", ""), 1));
    // The first to be read: while the process that reads it starts, the others become something else.
    put(folders.corpus, "a-first.md", versionOf("a-first", 1));
    put(folders.corpus, "replaced.md", versionOf("replaced", 1));
    await ingested(folders);
    for (const name of ["a-first.md", "replaced.md", ...names]) {
      put(folders.corpus, name, versionOf(name.replace(".md", ""), 2));
    }
    const { child, finished } = startIngest(["--json"], folders);
    const isReading = () => childrenOf(child.pid ?? 0).some((number) => readers().includes(number));
    expect(await until(isReading, 30_000, 1)).toBe(true);
    for (const [name, [swap]] of Object.entries(SWAPS)) {
      rmSync(join(folders.corpus, name));
      swap(join(folders.corpus, name));
    }
    put(folders.root, "next", versionOf("replaced", 3));
    renameSync(join(folders.root, "next"), join(folders.corpus, "replaced.md"));
    const { code, stdout } = await finished;
    const { refused, warnings, reports } = JSON.parse(stdout);
    const reasons = Object.fromEntries(
      refused.map(({ path, problems }: { path: string; problems: { reason: string }[] }) => [
        path,
        problems[0]?.reason,
      ]),
    );
    expect([code, reasons]).toEqual([3, Object.fromEntries(names.map((name) => [name, SWAPS[name]?.[1]]))]);
    for (const name of names) {
      expect(warnings).toContain(`${name}: refused now; what was ingested of it before stays in use`);
    }
    expect(reports).toBe(3 + names.length + 2);
    expect(await textStored(folders, "gone")).toBe(textOf("gone", 1));
    expect(await textStored(folders, "replaced")).toBe(textOf("replaced", 3));

    for (const name of names) {
      rmSync(join(folders.corpus, name), { recursive: true, force: true });
      put(folders.corpus, name, versionOf(name.replace(".md", ""), 4));
    }
    const { summary } = await ingested(folders);
    expect(summary.refused).toEqual([]);
    expect(await textStored(folders, "pipe")).toBe(textOf("pipe", 4));
  });
});
