import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/domain/ingest.ts";
import { openStore } from "../../src/index/store.ts";
import { type IngestRun, ingest } from "../../src/ingest/run.ts";
import { temporaryFolder, termsOf } from "../index/samples.ts";
import { fakeModel } from "./fake-model.ts";

/** A corpus of these files, and an ingest of it; `data` is the folder of the index. */
function corpusOf(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder();
  const corpusDir = join(root, "corpus");
  const dataDir = join(root, "data");
  mkdirSync(corpusDir);
  const put = (path: string, text: string) => writeFileSync(join(corpusDir, path), text);
  for (const [path, text] of Object.entries(files)) put(path, text);
  const ingestIt = (parts: Partial<IngestRun> = {}) =>
    ingest({ corpusDir, dataDir, model: fakeModel(), termsOf, fingerprint: "1", warn: () => undefined, ...parts });
  const texts = () => {
    const store = openStore(dataDir, { mode: "read" });
    const found = store.listReports().map(({ id, path }) => [path, store.report(id)?.text]);
    store.close();
    return Object.fromEntries(found);
  };
  return { corpusDir, put, remove: (path: string) => rmSync(join(corpusDir, path)), ingestIt, texts };
}

/** Calls `use` once, when the files are listed and none is read. */
function beforeReading(use: () => void): (progress: Progress) => void {
  let isDone = false;
  return ({ phase }) => {
    if (isDone || phase !== "read") return;
    isDone = true;
    use();
  };
}

describe("two ingests at once", () => {
  const overtaken = {
    code: "busy",
    message: "Another ingest finished while this one ran; nothing was changed by this one",
    hint: expect.stringContaining("again"),
  };

  it("the one that finishes second publishes nothing that it read before the other", async () => {
    const { put, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    await ingestIt();
    put("a.txt", "Three boats.\n");
    const model = fakeModel(async () => {
      put("a.txt", "Four boats.\n");
      put("c.txt", "Five boats.\n");
      expect(await ingestIt()).toMatchObject({ snapshot: 2, reports: 3 });
    });
    await expect(ingestIt({ model })).rejects.toMatchObject(overtaken);
    expect(texts()).toEqual({ "a.txt": "Four boats.\n", "b.txt": "Two boats.\n", "c.txt": "Five boats.\n" });
    expect(await ingestIt()).toMatchObject({ unchanged: 3, snapshot: 2 });
  });

  it("also when there was no index before, and what it has embedded is used by the next", async () => {
    const { put, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n" });
    const model = fakeModel(async () => {
      put("a.txt", "Two boats.\n");
      await ingestIt();
    });
    await expect(ingestIt({ model })).rejects.toMatchObject(overtaken);
    expect(texts()).toEqual({ "a.txt": "Two boats.\n" });
    put("a.txt", "One boat.\n");
    expect(await ingestIt()).toMatchObject({ changed: ["a"], embeddingsComputed: 0, embeddingsReused: 1 });
  });
});

describe("a file that cannot be read", () => {
  it("is refused, and the others are taken in", async () => {
    const { corpusDir, remove, ingestIt } = corpusOf({
      "a.txt": "One boat.\n",
      "b.txt": "Two.\n",
      "c.txt": "Three.\n",
    });
    const onProgress = beforeReading(() => {
      remove("a.txt");
      remove("b.txt");
      mkdirSync(join(corpusDir, "b.txt"));
    });
    const { added, refused } = await ingestIt({ onProgress });
    expect(added).toEqual(["c"]);
    expect(refused).toEqual([
      { path: "a.txt", problems: [{ line: null, field: null, reason: "is gone" }] },
      { path: "b.txt", problems: [{ line: null, field: null, reason: "cannot be read: it is a folder now" }] },
    ]);
  });

  it("keeps what was ingested of it before, and says so", async () => {
    const { remove, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    await ingestIt();
    const summary = await ingestIt({ onProgress: beforeReading(() => remove("a.txt")) });
    expect(summary).toMatchObject({ removed: [], unchanged: 1, refused: [{ path: "a.txt" }] });
    expect(summary.warnings).toEqual(["a.txt: refused now; what was ingested of it before stays in use"]);
    expect(Object.keys(texts())).toEqual(["a.txt", "b.txt"]);
    expect((await ingestIt()).removed).toEqual(["a"]);
  });

  // Nothing is forbidden to root.
  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)("for want of permission, says so", async () => {
    const { corpusDir, ingestIt } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    chmodSync(join(corpusDir, "a.txt"), 0);
    expect((await ingestIt()).refused).toEqual([
      { path: "a.txt", problems: [{ line: null, field: null, reason: "cannot be read: permission denied" }] },
    ]);
  });

  it("for its size is not read first: Node reads no file of 3 GiB at once", async () => {
    const { corpusDir, ingestIt } = corpusOf({ "a.txt": "", "b.txt": "Two boats.\n" });
    truncateSync(join(corpusDir, "a.txt"), 3 * 1024 ** 3);
    const { added, refused } = await ingestIt();
    expect(added).toEqual(["b"]);
    expect(refused).toMatchObject([{ path: "a.txt", problems: [{ reason: "larger than 20 MiB" }] }]);
  });
});
