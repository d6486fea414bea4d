import { chmodSync, existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { figuresOfReport } from "../../src/answer/reported-figures.ts";
import type { Progress } from "../../src/domain/ingest.ts";
import { openStore } from "../../src/index/store.ts";
import { type IngestRun, ingest } from "../../src/ingest/run.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { temporaryFolder, termsOf } from "../index/samples.ts";
import { fakeModel, LIMITS, preparerHere } from "./fake-model.ts";

/** A corpus of these files, and an ingest of it; `data` is the folder of the index. */
function corpusOf(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder();
  const corpusDir = join(root, "corpus");
  const dataDir = join(root, "data");
  mkdirSync(corpusDir);
  const put = (path: string, text: string) => writeFileSync(join(corpusDir, path), text);
  for (const [path, text] of Object.entries(files)) put(path, text);
  const ingestIt = ({ model = fakeModel(), ...parts }: Partial<IngestRun> = {}) =>
    ingest({
      corpusDir,
      dataDir,
      model,
      preparer: preparerHere(model),
      maxBytes: LIMITS.maxBytes,
      termsOf,
      fingerprint: "1",
      warn: () => undefined,
      ...parts,
    });
  const texts = () => {
    const store = openStore(dataDir, { mode: "read" });
    const found = store.listReports().map(({ id, path }) => [path, store.report(id)?.text]);
    store.close();
    return Object.fromEntries(found);
  };
  return { corpusDir, dataDir, put, remove: (path: string) => rmSync(join(corpusDir, path)), ingestIt, texts };
}

/** Calls `use` once, when the files are listed and none is read. */
function beforeReading(use: () => void): (progress: Progress) => void {
  let isDone = false;
  return ({ phase }) => {
    if (isDone || phase !== "look") return;
    isDone = true;
    use();
  };
}

describe("figures of the reports", () => {
  const figuresOf: IngestRun["figuresOf"] = ({ report, passages }) =>
    figuresOfReport(report, passages, createGlossary([]));

  it("are stored with their passages, follow a changed report, and go with it", async () => {
    const { dataDir, put, remove, ingestIt } = corpusOf({
      "a.txt": "In 2024 there were 905 attacks in the north.\n\nOver 600 people were killed.\n",
      "b.txt": "In 2023 there were 12 attacks.\n",
    });
    const stored = () => {
      const store = openStore(dataDir, { mode: "read" });
      const found = store.figures({}).map(({ reportId, start, end, written }) => {
        expect(store.report(reportId)?.text.slice(start, end)).toBe(written);
        return written;
      });
      store.close();
      return found;
    };
    await ingestIt({ figuresOf });
    expect(stored()).toEqual(["905", "Over 600", "12"]);
    put("a.txt", "News of today.\n\nIn 2024 there were 907 attacks in the north.\n");
    await ingestIt({ figuresOf });
    expect(stored()).toEqual(["907", "12"]);
    remove("a.txt");
    await ingestIt({ figuresOf });
    expect(stored()).toEqual(["12"]);
  });
});

describe("two ingests at once", () => {
  it("the second is told who writes, and changes nothing", async () => {
    const { put, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    await ingestIt();
    put("a.txt", "Three boats.\n");
    const model = fakeModel(async () => {
      put("a.txt", "Four boats.\n");
      await expect(ingestIt()).rejects.toMatchObject({
        code: "busy",
        message: expect.stringContaining(`process ${process.pid}`),
      });
    });
    expect(await ingestIt({ model })).toMatchObject({ changed: ["a"], snapshot: 2 });
    expect(texts()).toEqual({ "a.txt": "Three boats.\n", "b.txt": "Two boats.\n" });
    expect(await ingestIt()).toMatchObject({ changed: ["a"], snapshot: 3 });
    expect(texts()).toMatchObject({ "a.txt": "Four boats.\n" });
  });

  it("a rehearsal needs no lock, and takes none", async () => {
    const { put, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n" });
    await ingestIt();
    put("a.txt", "Two boats.\n");
    const model = fakeModel(async () => {
      expect(await ingestIt({ dryRun: true })).toMatchObject({ dryRun: true, changed: ["a"], embeddingsComputed: 1 });
    });
    await ingestIt({ model });
    expect(texts()).toEqual({ "a.txt": "Two boats.\n" });
  });
});

describe("a run that is stopped", () => {
  it("leaves what it has embedded for the next", async () => {
    const { ingestIt, texts, put } = corpusOf({ "a.txt": "One boat.\n" });
    await ingestIt();
    put("a.txt", "Two boats.\n");
    const stopped = ingestIt({
      termsOf: () => {
        throw new Error("stopped");
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    expect(texts()).toEqual({ "a.txt": "One boat.\n" });
    expect(await ingestIt()).toMatchObject({ changed: ["a"], embeddingsComputed: 0, embeddingsReused: 1 });
  });
});

describe("what changed", () => {
  it("a renamed file keeps its id and its embeddings, also when another takes its old name", async () => {
    const { put, remove, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    await ingestIt();
    remove("a.txt");
    put("moved.txt", "One boat.\n");
    expect(await ingestIt()).toMatchObject({
      renamed: ["a"],
      added: [],
      removed: [],
      unchanged: 1,
      embeddingsComputed: 0,
    });
    expect(texts()).toEqual({ "moved.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    put("a.txt", "Three boats.\n");
    const { added } = await ingestIt();
    expect(added).toEqual([expect.stringMatching(/^a-[0-9a-f]{8}$/)]);
    put("moved.txt", "Four boats.\n");
    expect(await ingestIt()).toMatchObject({ changed: ["a"], added: [] });
  });

  it("two files of one content are two reports, and renaming both keeps both ids", async () => {
    const { put, remove, ingestIt } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "One boat.\n" });
    await ingestIt();
    for (const name of ["a", "b"]) {
      remove(`${name}.txt`);
      put(`${name}${name}.txt`, "One boat.\n");
    }
    const { renamed, added, removed } = await ingestIt();
    expect([...renamed].sort()).toEqual(["a", "b"]);
    expect([added, removed]).toEqual([[], []]);
  });

  it("only what matches is looked at, and nothing else is removed", async () => {
    const { put, remove, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    await ingestIt();
    put("a.txt", "Three boats.\n");
    put("c.txt", "Four boats.\n");
    remove("b.txt");
    expect(await ingestIt({ only: "{a,x}.txt" })).toMatchObject({
      changed: ["a"],
      added: [],
      removed: [],
      unchanged: 0,
    });
    expect(Object.keys(texts())).toEqual(["a.txt", "b.txt"]);
    expect(await ingestIt({ only: "b.*" })).toMatchObject({ removed: ["b"], reports: 1 });
    await expect(ingestIt({ only: "*.pdf" })).rejects.toMatchObject({ code: "bad-input" });
    await expect(ingestIt({ only: "a.txt", fingerprint: "2" })).rejects.toMatchObject({ code: "bad-input" });
  });

  it("force reads and embeds again what has not changed", async () => {
    const { ingestIt } = corpusOf({ "a.txt": "One boat.\n" });
    await ingestIt();
    expect(await ingestIt()).toMatchObject({ unchanged: 1, snapshot: 1 });
    expect(await ingestIt({ force: true, dryRun: true })).toMatchObject({ changed: ["a"], embeddingsComputed: 1 });
    expect(await ingestIt({ force: true })).toMatchObject({ changed: ["a"], embeddingsComputed: 1, snapshot: 2 });
  });

  it("a rehearsal counts what would be done, without a data folder and with one", async () => {
    const { put, remove, ingestIt, dataDir } = corpusOf({ "a.txt": "One boat.\n", "b.txt": "Two boats.\n" });
    expect(await ingestIt({ dryRun: true })).toMatchObject({ added: ["a", "b"], embeddingsComputed: 2, snapshot: 0 });
    expect(existsSync(dataDir)).toBe(false);
    await ingestIt();
    remove("a.txt");
    put("c.txt", "Two boats.\n");
    const rehearsed = await ingestIt({ dryRun: true });
    expect(rehearsed).toMatchObject({ added: ["c"], removed: ["a"], unchanged: 1, snapshot: 1, reports: 2 });
    expect(await ingestIt()).toMatchObject({
      ...rehearsed,
      dryRun: false,
      snapshot: 2,
      milliseconds: expect.any(Number),
    });
  });

  it("an empty folder is taken for a mistake, unless it is said to be none", async () => {
    const { remove, ingestIt, texts } = corpusOf({ "a.txt": "One boat.\n" });
    await ingestIt();
    remove("a.txt");
    await expect(ingestIt()).rejects.toMatchObject({
      code: "bad-corpus",
      hint: expect.stringContaining("--allow-empty"),
    });
    expect(Object.keys(texts())).toEqual(["a.txt"]);
    expect(await ingestIt({ allowEmpty: true })).toMatchObject({ removed: ["a"], reports: 0, passages: 0 });
    expect(texts()).toEqual({});
  });
});

/** Markdown with front matter. */
function described(id: string, text: string, marking = "TLP:CLEAR"): string {
  const fields = `title: T\npublisher: P\npublished: 2025\nkind: news\nreliability: B\nmarking: "${marking}"`;
  return `---\nid: ${id}\n${fields}\n---\n${text}\n`;
}

describe("whose id it is", () => {
  const taken = (path: string, owner: string, id: string) => ({
    path,
    problems: [{ line: null, field: "id", reason: `the id "${id}" is already that of ${owner}` }],
  });

  it.each([
    ["in a full run", {}],
    ["in a run of that file alone", { only: "new.md" }],
    ["when it is added", { only: { paths: ["new.md"] } }],
  ] as const)("a new file cannot take the id of a report that is there, %s", async (_, parts) => {
    const { put, ingestIt, texts } = corpusOf({ "a.md": described("a", "One boat.") });
    await ingestIt();
    put("new.md", described("a", "Two boats."));
    for (let time = 0; time < 2; time += 1) {
      expect((await ingestIt(parts)).refused).toEqual([taken("new.md", "a.md", "a")]);
      expect(texts()).toEqual({ "a.md": "One boat.\n" });
    }
  });

  it("nor can an edited one, which stays as it was", async () => {
    const { put, ingestIt, texts } = corpusOf({
      "a.md": described("a", "One boat."),
      "b.md": described("b", "Two boats."),
    });
    await ingestIt();
    put("a.md", described("b", "Three boats."));
    const { refused, removed, changed, unchanged } = await ingestIt();
    expect(refused).toEqual([taken("a.md", "b.md", "b")]);
    expect([removed, changed, unchanged]).toEqual([[], [], 1]);
    expect(texts()).toEqual({ "a.md": "One boat.\n", "b.md": "Two boats.\n" });
  });

  it("nor can one by its sidecar, and it is itself again without it", async () => {
    const { put, remove, ingestIt, texts } = corpusOf({ "o.txt": "One boat.\n", "r.txt": "Two boats.\n" });
    await ingestIt();
    const fields = "title: T\npublisher: P\npublished: 2025\nkind: news\nreliability: B\nmarking: TLP:CLEAR\n";
    put("o.txt.yaml", `id: r\n${fields}`);
    expect((await ingestIt()).refused).toEqual([taken("o.txt", "r.txt", "r")]);
    remove("o.txt.yaml");
    expect(await ingestIt()).toMatchObject({ unchanged: 2, refused: [] });
    expect(texts()).toEqual({ "o.txt": "One boat.\n", "r.txt": "Two boats.\n" });
  });

  it("files can exchange their ids, or pass them on in a circle", async () => {
    const { put, ingestIt } = corpusOf({
      "a.md": described("a", "One boat."),
      "b.md": described("b", "Two boats."),
      "c.md": described("c", "Three boats."),
    });
    await ingestIt();
    put("a.md", described("b", "Four boats."));
    put("b.md", described("c", "Five boats."));
    put("c.md", described("a", "Six boats."));
    const { changed, refused, removed } = await ingestIt();
    expect([[...changed].sort(), refused, removed]).toEqual([["a", "b", "c"], [], []]);
  });

  it("an id that a file gives up is free for another in the same run", async () => {
    const { put, ingestIt, texts } = corpusOf({ "z.md": described("a", "One boat.") });
    await ingestIt();
    put("z.md", described("b", "One boat."));
    put("c.md", described("a", "Two boats."));
    expect((await ingestIt()).refused).toEqual([]);
    expect(texts()).toEqual({ "c.md": "Two boats.\n", "z.md": "One boat.\n" });
  });

  it("a file that was moved keeps its id, though another stands in its old place", async () => {
    const { put, ingestIt, texts } = corpusOf({ "o.txt": "One boat.\n" });
    await ingestIt();
    put("p.txt", "One boat.\n");
    put("o.txt", "Two boats.\n");
    const { renamed, added } = await ingestIt();
    expect([renamed, added]).toEqual([["o"], [expect.stringMatching(/^o-[0-9a-f]{8}$/)]]);
    expect(texts()).toEqual({ "o.txt": "Two boats.\n", "p.txt": "One boat.\n" });
  });

  it("a former id is given back, unless another has it now", async () => {
    const { put, ingestIt } = corpusOf({ "a.txt": "One boat.\n" });
    await ingestIt();
    put("q.txt", "Two boats.\n");
    put("s.txt", "Three boats.\n");
    const former = new Map([
      ["q.txt", { id: "r", grades: null }],
      ["s.txt", { id: "a", grades: null }],
    ]);
    const { added, refused } = await ingestIt({ former });
    expect([added, refused]).toEqual([["r"], [taken("s.txt", "a.txt", "a")]]);
  });
});

describe("what is written about a report", () => {
  const RED = "title: T\npublisher: P\npublished: 2025\nkind: news\nreliability: B\nmarking: TLP:RED\n";

  it("does not get lost with a rename: the file is refused, and what was ingested of it stays", async () => {
    const { put, remove, ingestIt, texts } = corpusOf({ "r.txt": "One boat.\n", "r.txt.yaml": RED, "s.txt": "Two.\n" });
    await ingestIt();
    put("q.txt", "One boat.\n");
    remove("r.txt");
    const { refused, removed, warnings } = await ingestIt();
    const reason = refused[0]?.problems[0]?.reason;
    expect([refused.length, refused[0]?.path, removed]).toEqual([1, "q.txt", []]);
    expect(reason).toMatch(/^was r\.txt, .*before: news, reliability B, TLP:RED.*rename its sidecar too/);
    expect(warnings).toContain("q.txt: refused now; what was ingested of it before stays in use");
    expect(texts()).toEqual({ "r.txt": "One boat.\n", "s.txt": "Two.\n" });
    put("q.txt.yaml", RED);
    remove("r.txt.yaml");
    expect(await ingestIt()).toMatchObject({ renamed: ["r"], refused: [] });
  });

  it.each(["sidecar", "entry of the manifest", "front matter"])("nor with its %s", async (where) => {
    const manifest =
      "reports:\n  r.txt: {title: T, publisher: P, published: 2025, kind: news, reliability: B, marking: 'TLP:RED'}\n";
    const files: Record<string, Record<string, string>> = {
      sidecar: { "r.txt": "One boat.\n", "r.txt.yaml": RED },
      "entry of the manifest": { "r.txt": "One boat.\n", "manifest.yaml": manifest },
      "front matter": { "r.md": described("r", "One boat.", "TLP:RED") },
    };
    const { put, remove, ingestIt } = corpusOf({ ...files[where], "s.txt": "Two.\n" });
    await ingestIt();
    if (where === "sidecar") remove("r.txt.yaml");
    else if (where === "front matter") put("r.md", "One boat.\n");
    else put("manifest.yaml", "reports: {}\n");
    const { refused, removed, reports } = await ingestIt();
    expect(refused[0]?.problems[0]?.reason).toMatch(/^nothing is written about it any more \(before: .*TLP:RED\)/);
    expect([removed, reports]).toEqual([[], 2]);
  });
});

describe("a marking", () => {
  const fields = (marking: string) =>
    `title: T\npublisher: P\npublished: 2025\nkind: news\nreliability: B\nmarking: ${marking}\n`;

  it("does not become weaker by a rename: not by what is written about the new name", async () => {
    const { put, remove, ingestIt } = corpusOf({
      "a.txt": "One boat.\n",
      "a.txt.yaml": fields("TLP:CLEAR"),
      "b.txt": "Two boats.\n",
      "b.txt.yaml": fields("TLP:RED"),
    });
    await ingestIt();
    // The new edition over the old name.
    put("a.txt", "Two boats.\n");
    remove("b.txt");
    const { refused } = await ingestIt();
    expect(refused.map(({ path, problems }) => [path, problems[0]?.reason])).toEqual([
      ["a.txt", expect.stringMatching(/^was b\.txt, marked TLP:RED, and is marked TLP:CLEAR here/)],
    ]);
  });

  it("becomes weaker in its place as somebody writes it, which is told of; and anything by a first judgement", async () => {
    const { put, remove, ingestIt } = corpusOf({
      "a.txt": "One boat.\n",
      "a.txt.yaml": fields("TLP:RED"),
      "b.txt": "Two.\n",
    });
    await ingestIt();
    put("a.txt.yaml", fields("TLP:GREEN"));
    remove("b.txt");
    put("c.txt", "Two.\n");
    put("c.txt.yaml", fields("TLP:CLEAR"));
    const { changed, renamed, warnings } = await ingestIt();
    expect([changed, renamed]).toEqual([["a"], ["b"]]);
    expect(warnings).toEqual(["a.txt: its marking was TLP:RED and is TLP:GREEN now"]);
  });

  it("is kept with a report that was taken out", async () => {
    const { ingestIt } = corpusOf({ "a.txt": "One boat.\n" });
    const grades = { kind: "news", reliability: "B", marking: "TLP:RED" } as const;
    const { refused } = await ingestIt({ former: new Map([["a.txt", { id: "a", grades }]]) });
    expect(refused[0]?.problems[0]?.reason).toMatch(/^nothing is written about it any more \(before: .*TLP:RED\)/);
  });

  it("stays with a report whose file was moved to where a run does not look", async () => {
    const { put, remove, ingestIt } = corpusOf({
      "a.txt": "One boat.\n",
      "a.txt.yaml": fields("TLP:RED"),
      "s.txt": "Two.\n",
    });
    await ingestIt();
    remove("a.txt");
    put("b.txt", "One boat.\n");
    const { removed, warnings } = await ingestIt({ only: "a*" });
    expect(removed).toEqual([]);
    expect(warnings).toContain("a.txt: is b.txt now, which was not looked at; its report stays until that is");
    expect((await ingestIt()).refused.map(({ path }) => path)).toEqual(["b.txt"]);
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
    expect(refused).toMatchObject([{ path: "a.txt", problems: [{ reason: "is larger than 20 MiB" }] }]);
  });
});
