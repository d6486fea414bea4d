import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { dequantise, embeddingKey, type NewPassage, quantise } from "../../src/index/records.ts";
import { DATABASE_NAME, openStore, type Store, type WritableStore } from "../../src/index/store.ts";
import {
  changeOf,
  DIMENSIONS,
  embeddingsOf,
  MODEL,
  manyReports,
  SOURCE,
  sampleReport,
  temporaryFolder,
  vectorFor,
} from "./samples.ts";

const FIRST = sampleReport("first", ["The *convoy* left. It came back.", "Nobody saw it again."]);
const SECOND = sampleReport("second", ["A clinic was closed in Dosé 🚑. Why is unknown."]);

function writer(folder: string): WritableStore {
  const store = openStore(folder, { mode: "write" });
  onTestFinished(() => store.close());
  return store;
}

function reader(folder: string, pinned = false): Store {
  const store = openStore(folder, { mode: "read", pinned });
  onTestFinished(() => store.close());
  return store;
}

function filled(folder = temporaryFolder()) {
  const store = writer(folder);
  store.commit(changeOf([FIRST, SECOND]));
  return { folder, store };
}

describe("what is stored", () => {
  it("comes back as it was", () => {
    const { store } = filled();
    expect(store.report("first")).toEqual(FIRST.report);
    expect(store.report("second")?.text).toBe(SECOND.report.text);
    expect(store.readingOf("first")).toBe(FIRST.reading);
    expect(store.readingOf("second")).toBe(SECOND.report.text);
    expect(store.listReports()).toEqual([
      { id: "first", path: "first.md", fileSha256: "sha-of-first", contentSha256: "content-of-first", source: SOURCE },
      {
        id: "second",
        path: "second.md",
        fileSha256: "sha-of-second",
        contentSha256: "content-of-second",
        source: SOURCE,
      },
    ]);
    const [one, two] = store.passagesOfReport("first");
    const { embeddingKey: _, ...expected } = FIRST.passages[0] ?? {};
    expect(one).toEqual({ ...expected, id: one?.id, reportId: "first" });
    expect(two?.reading).toBe("Nobody saw it again.");
    expect(store.counts()).toEqual({ reports: 2, passages: 3, embeddings: 3 });
  });

  it("is null, empty or an error for what is not there", () => {
    const { store } = filled();
    expect(store.report("third")).toBeNull();
    expect(store.readingOf("third")).toBeNull();
    expect(store.passagesOfReport("third")).toEqual([]);
    expect(() => store.passages([1, 99])).toThrow(new RangeError("There is no passage 99"));
  });

  it("is fetched in the order asked for", () => {
    const { store } = filled();
    expect(store.passages([3, 1, 2, 1]).map(({ id }) => id)).toEqual([3, 1, 2, 1]);
    expect(store.passagesAfter(1, 1).map(({ id }) => id)).toEqual([2]);
  });

  it("lists all passages with their reports in id order", () => {
    const { store } = filled();
    const { passageIds, reports, reportIds } = store.passageRanges();
    expect([...passageIds]).toEqual([1, 2, 3]);
    expect([...reports].map((number) => reportIds[number])).toEqual(["first", "first", "second"]);
  });

  it("gives every passage's vector in id order, more of them than one page holds", () => {
    const store = writer(temporaryFolder());
    store.commit(changeOf(manyReports(1203)));
    const found = [...store.allVectors()];
    expect(found.map(({ passageId }) => passageId)).toEqual(Array.from({ length: 1203 }, (_, index) => index + 1));
    const [passage] = store.passages([777]);
    expect(found[776]?.vector).toEqual(vectorFor(passage?.text ?? ""));
  });

  it("gives sentence vectors of length 1 that point where the originals did", () => {
    const { store } = filled();
    const found = store.sentenceVectors([1, 99]);
    expect([...found.keys()]).toEqual([1]);
    expect(found.get(1)).toHaveLength(2);
    expect(cosine(found.get(1)?.[1], vectorFor(" It came back."))).toBeGreaterThan(0.999);
    expect(Math.hypot(...(found.get(1)?.[1] ?? []))).toBeCloseTo(1, 5);
  });

  it("keeps one embedding for two passages of the same text", () => {
    const store = writer(temporaryFolder());
    store.commit(changeOf([sampleReport("one", ["Same words."]), sampleReport("two", ["Same words."])]));
    expect(store.counts()).toEqual({ reports: 2, passages: 2, embeddings: 1 });
    expect([...store.allVectors()]).toHaveLength(2);
  });
});

describe("quantised vectors", () => {
  it("keep the cosine to any other direction within 0.01", () => {
    const vector = fc.float32Array({ minLength: 384, maxLength: 384, min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(vector, vector, (one, other) => {
        fc.pre(Math.hypot(...one) > 0.1 && Math.hypot(...other) > 0.1);
        const [back] = dequantise(quantise([one], 384), 384);
        expect(Math.abs(cosine(back, other) - cosine(one, other))).toBeLessThan(0.01);
      }),
      { numRuns: 50 },
    );
  });

  it("leave a zero vector zero", () => {
    expect(dequantise(quantise([new Float32Array(3)], 3), 3)).toEqual([new Float32Array(3)]);
  });
});

describe("embeddingKey", () => {
  it("differs by model, text and spans", () => {
    const span = { start: 0, end: 4 };
    const keys = [
      embeddingKey("a", "text", [span]),
      embeddingKey("b", "text", [span]),
      embeddingKey("a", "texts", [span]),
      embeddingKey("a", "text", []),
      embeddingKey("a", "text", [{ start: 0, end: 3 }]),
    ];
    expect(new Set(keys).size).toBe(5);
    expect(keys[0]).toBe(embeddingKey("a", "text", [{ ...span }]));
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("a commit", () => {
  it("raises the snapshot number and says what the index holds", () => {
    const { store } = filled();
    expect(store.currentSnapshot()).toMatchObject({ number: 1, reports: 2, passages: 3, model: MODEL });
    const snapshot = store.commit(changeOf([], { removals: ["second"], fingerprint: "settings-2" }));
    expect(snapshot).toMatchObject({ number: 2, reports: 1, passages: 2, fingerprint: "settings-2", dimensions: 16 });
    expect(store.currentSnapshot()).toEqual(snapshot);
    expect(new Date(snapshot.createdAt).toISOString()).toBe(snapshot.createdAt);
  });

  it("replaces the passages of a report under new ids and drops embeddings that nothing uses", () => {
    const { store } = filled();
    const changed = sampleReport("first", ["Nobody saw it again.", "Then it came back."]);
    store.commit(changeOf([changed]));
    expect(store.passagesOfReport("first").map(({ id }) => id)).toEqual([4, 5]);
    expect(store.passagesOfReport("second").map(({ id }) => id)).toEqual([3]);
    const keys = [...FIRST.passages, ...changed.passages].map((passage) => passage.embeddingKey);
    expect(store.haveEmbeddings(keys)).toEqual(new Set(changed.passages.map((passage) => passage.embeddingKey)));
  });

  it("never gives out the id of a deleted passage again", () => {
    const { store } = filled();
    store.commit(changeOf([], { removals: ["first", "second"] }));
    store.commit(changeOf([SECOND]));
    expect(store.passagesOfReport("second").map(({ id }) => id)).toEqual([4]);
  });

  it("lets two reports exchange their paths", () => {
    const { store } = filled();
    const moved = [sampleReport("first", ["One."], "second.md"), sampleReport("second", ["Two."], "first.md")];
    store.commit(changeOf(moved));
    expect(store.listReports().map(({ id, path }) => `${id}:${path}`)).toEqual(["second:first.md", "first:second.md"]);
  });

  it("uses embeddings that were saved before and drops those that were saved in vain", () => {
    const { store } = filled();
    const third = sampleReport("third", ["A new text."]);
    const unused = sampleReport("unused", ["Never ingested."]);
    store.saveEmbeddings(MODEL, DIMENSIONS, embeddingsOf([third, unused]));
    expect(store.currentSnapshot()?.number).toBe(1);
    store.commit(changeOf([third], { embeddings: [] }));
    expect(store.counts()).toEqual({ reports: 3, passages: 4, embeddings: 4 });
  });

  const broken = (parts: Partial<NewPassage>) =>
    changeOf([{ ...FIRST, passages: FIRST.passages.slice(0, 1).map((passage) => ({ ...passage, ...parts })) }]);
  it.each([
    ["text that is not the report's", broken({ text: "The -convoy- left. It came back." }), "is not the text at 0..32"],
    ["a reading of another length", broken({ reading: "The" }), "has a reading of another length"],
    [
      "a sentence outside of its passage",
      broken({ sentences: [{ start: 0, end: 40, paragraph: 1, footnotes: [] }] }),
      "sentence at 0..40",
    ],
    ["no embedding", changeOf([sampleReport("new", ["New words."])], { embeddings: [] }), "FOREIGN KEY"],
    ["an embedding of other dimensions", changeOf([FIRST], { dimensions: 17 }), "has 16 dimensions, not 17"],
    ["a report's reading of another length", changeOf([{ ...FIRST, reading: "The" }]), "not as long as its text"],
    ["text that UTF-8 cannot hold", changeOf([sampleReport("x", ["Half \ud83d a character."])]), "not well-formed"],
    ["a passage cut inside a character", changeOf([cutInside()]), "begins or ends inside a character"],
    ["a report to remove that is not there", changeOf([], { removals: ["third"] }), "no report third"],
    ["a path that another report has", changeOf([sampleReport("third", ["Words."], "first.md")]), "UNIQUE"],
    ["another model than the reports that stay", changeOf([], { model: "other" }), "embeddings of test-model"],
    [
      "an embedding with a value that is not finite",
      withVector(Float32Array.of(...Array(15).fill(1), Number.NaN)),
      "not finite",
    ],
    ["an embedding without a direction", withVector(new Float32Array(16)), "no direction"],
  ])("with %s changes nothing", (_, change, message) => {
    const { store } = filled();
    const before = [store.listReports(), store.passages([1, 2, 3]), store.counts()];
    expect(() => store.commit(change)).toThrow(RangeError);
    expect(() => store.commit(change)).toThrow(message);
    expect([store.listReports(), store.passages([1, 2, 3]), store.counts()]).toEqual(before);
    expect(store.currentSnapshot()?.number).toBe(1);
  });
});

describe("readers", () => {
  it("see the old snapshot, whole, while a writer has not published", () => {
    const { folder, store } = filled();
    const other = reader(folder);
    store.stage(changeOf([sampleReport("first", ["Other words."])], { removals: ["second"] }));
    expect(other.currentSnapshot()?.number).toBe(1);
    expect(other.passages([1, 2, 3])).toHaveLength(3);
    expect(other.report("first")?.text).toBe(FIRST.report.text);
    store.publish();
    expect(other.currentSnapshot()?.number).toBe(2);
    expect(other.report("second")).toBeNull();
  });

  it("that are pinned stay at their snapshot", () => {
    const { folder, store } = filled();
    const pinned = reader(folder, true);
    store.commit(changeOf([sampleReport("first", ["Other words."])], { removals: ["second"] }));
    expect(pinned.currentSnapshot()?.number).toBe(1);
    expect(pinned.passages([1, 3]).map(({ reportId }) => reportId)).toEqual(["first", "second"]);
    expect(pinned.read(() => pinned.counts().passages)).toBe(3);
  });

  it("see one snapshot throughout `read`", () => {
    const { folder, store } = filled();
    const other = reader(folder);
    other.read(() => {
      expect(other.counts().reports).toBe(2);
      store.commit(changeOf([], { removals: ["second"] }));
      expect(other.counts().reports).toBe(2);
    });
    expect(other.counts().reports).toBe(1);
  });

  it("see nothing of what was discarded", () => {
    const { folder, store } = filled();
    store.stage(changeOf([], { removals: ["second"] }));
    store.discard();
    store.discard();
    expect(reader(folder).counts().reports).toBe(2);
    expect(store.commit(changeOf([], { removals: ["second"] })).number).toBe(2);
  });

  it("cannot write", () => {
    const { folder } = filled();
    expect("commit" in reader(folder)).toBe(false);
  });
});

describe("opening", () => {
  it("without a database is index-missing for a reader", () => {
    const folder = temporaryFolder();
    expect(() => openStore(folder, { mode: "read" })).toThrow(
      expect.objectContaining({ code: "index-missing", hint: "Run `npm run ingest` first." }),
    );
    expect(existsSync(join(folder, DATABASE_NAME))).toBe(false);
  });

  it("creates the folder for a writer", () => {
    const folder = join(temporaryFolder(), "a", "b");
    expect(writer(folder).currentSnapshot()).toBeNull();
  });

  it.each(["read", "write"] as const)("refuses a database of another program (%s)", (mode) => {
    const folder = temporaryFolder();
    const other = new Database(join(folder, DATABASE_NAME));
    other.exec("CREATE TABLE notes (text TEXT)");
    other.close();
    const before = readFileSync(join(folder, DATABASE_NAME));
    expect(() => openStore(folder, { mode } as { mode: "read" })).toThrow(
      expect.objectContaining({ code: "index-unusable", message: expect.stringContaining("of another program") }),
    );
    expect(readFileSync(join(folder, DATABASE_NAME))).toEqual(before);
  });

  it.each(["read", "write"] as const)("refuses a database of a newer version (%s)", (mode) => {
    const { folder, store } = filled();
    store.close();
    setVersion(folder, 99);
    expect(() => openStore(folder, { mode } as { mode: "read" })).toThrow(
      expect.objectContaining({ code: "index-unusable", message: expect.stringContaining("newer version") }),
    );
  });

  it.each(["read", "write"] as const)("refuses a file that is no database (%s)", (mode) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, DATABASE_NAME), "something else entirely ".repeat(100));
    expect(() => openStore(folder, { mode } as { mode: "read" })).toThrow(
      expect.objectContaining({ code: "index-unusable", hint: expect.stringContaining("ingest again") }),
    );
  });

  it("asks a reader to ingest when the schema is older", () => {
    const { folder, store } = filled();
    store.close();
    setVersion(folder, 0);
    expect(() => openStore(folder, { mode: "read" })).toThrow(
      expect.objectContaining({ code: "index-unusable", hint: expect.stringContaining("npm run ingest") }),
    );
  });

  it("syncs every commit to the disk and checks foreign keys", () => {
    const { folder } = filled();
    const database = new Database(join(folder, DATABASE_NAME));
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(database.pragma("foreign_key_check")).toEqual([]);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    database.close();
  });
});

describe("two writers", () => {
  it("do not write at once", () => {
    const { folder, store } = filled();
    store.stage(changeOf([], { removals: ["second"] }));
    const other = writer(folder);
    expect(() => other.commit(changeOf([]))).toThrow(expect.objectContaining({ code: "busy" }));
    store.publish();
    expect(other.commit(changeOf([])).number).toBe(3);
  });
});

describe("a writer that is killed in the middle of a transaction", () => {
  it("leaves the last snapshot", async () => {
    const { folder, store } = filled();
    store.close();
    const child = spawn(process.execPath, ["--import", "tsx", childPath("staging-writer.ts"), folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await firstOutput(child);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");

    const after = reader(folder);
    expect(after.currentSnapshot()?.number).toBe(1);
    expect(after.counts()).toEqual({ reports: 2, passages: 3, embeddings: 3 });
    expect(after.report("first")).toEqual(FIRST.report);
    const next = writer(folder);
    expect(next.commit(changeOf([], { removals: ["second"] })).number).toBe(2);
  });
});

function childPath(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url));
}

async function firstOutput(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error("The child has no output");
  const ended = once(child, "exit").then(() => Promise.reject(new Error("The child ended too early")));
  ended.catch(() => {});
  await Promise.race([once(child.stdout, "data"), ended]);
}

function setVersion(folder: string, version: number): void {
  const database = new Database(join(folder, DATABASE_NAME));
  database.pragma(`user_version = ${version}`);
  database.close();
}

function cutInside() {
  const report = sampleReport("cut", ["Seen 🚑 there."]);
  const [first] = report.passages;
  if (first === undefined) throw new Error("The sample has no passage");
  return { ...report, passages: [{ ...first, end: 6, text: "Seen \ud83d", reading: "Seen \ud83d", sentences: [] }] };
}

function withVector(vector: Float32Array) {
  const report = sampleReport("new", ["New words."]);
  return changeOf([report], { embeddings: embeddingsOf([report]).map((embedding) => ({ ...embedding, vector })) });
}

function cosine(one: Float32Array | undefined, other: Float32Array | undefined): number {
  if (one === undefined || other === undefined) throw new Error("A vector is missing");
  const product = one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  return product / (Math.hypot(...one) * Math.hypot(...other));
}
