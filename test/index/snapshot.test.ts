import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type OpenIndex, type OpenOptions, openIndex, publishSnapshot, snapshotIn } from "../../src/index/snapshot.ts";
import { DATABASE_NAME, openStore } from "../../src/index/store.ts";
import { buildVectors } from "../../src/index/vectors.ts";
import {
  changeOf,
  DIMENSIONS,
  MODEL,
  manyReports,
  sampleReport,
  temporaryFolder,
  termsOf,
  vectorFor,
} from "./samples.ts";

const PASSAGES = 300;
const FILES = { lexical: "lexical-000001.bin", vectors: "vectors-000001.hnsw" } as const;
type Kind = keyof typeof FILES;

/** A folder with one snapshot, made once and copied for each test. */
let original: string;
beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), "sitrep-test-"));
  await publish(original, changeOf(manyReports(PASSAGES)));
});
afterAll(() => rmSync(original, { recursive: true, force: true }));

function copied(): string {
  const folder = temporaryFolder();
  cpSync(original, folder, { recursive: true });
  return folder;
}

async function publish(folder: string, change: ReturnType<typeof changeOf>, signal?: AbortSignal) {
  const store = openStore(folder, { mode: "write" });
  try {
    return await publishSnapshot(store, change, { dataDir: folder, termsOf, warn: unexpected, signal });
  } finally {
    store.close();
  }
}

function unexpected(message: string): never {
  throw new Error(`Unexpected warning: ${message}`);
}

async function open(folder: string, parts: Partial<OpenOptions> = {}): Promise<OpenIndex> {
  const index = await openIndex(folder, {
    modelId: MODEL,
    dimensions: DIMENSIONS,
    termsOf,
    warn: unexpected,
    ...parts,
  });
  onTestFinished(() => index.close());
  return index;
}

/** What a few questions find, by their texts. */
function findings({ lexical, vectors, store }: OpenIndex) {
  const texts = (ids: Uint32Array) => store.passages(ids).map(({ text }) => text);
  return ["river market", "convoy", "number 42", "nothing of it"].map((question) => {
    const words = lexical.search(
      question.split(" ").map((term) => ({ term, weight: 1 })),
      20,
    );
    const near = vectors.search(vectorFor(question), 20);
    return { words: texts(words.ids), near: texts(near.ids), wordScores: words.scores, nearScores: near.scores };
  });
}

function edit(folder: string, sql: string): void {
  const database = new Database(join(folder, DATABASE_NAME));
  database.exec(sql);
  database.close();
}

/** Replaces a file and the record of what it should be, so that only a look inside tells. */
function replaceWithRecord(folder: string, kind: Kind, bytes: Uint8Array): void {
  writeFileSync(join(folder, FILES[kind]), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  edit(folder, `UPDATE index_files SET bytes = ${bytes.length}, sha256 = '${sha256}' WHERE kind = '${kind}'`);
}

describe("an opened index", () => {
  it("has the passages of the snapshot in the same order everywhere", async () => {
    const index = await open(copied());
    expect(index.snapshot).toMatchObject({ number: 1, passages: PASSAGES, reports: PASSAGES / 5, model: MODEL });
    const { passageIds } = index.ranges();
    expect(passageIds).toHaveLength(PASSAGES);
    expect(index.lexical.count).toBe(PASSAGES);
    expect(index.vectors.count).toBe(PASSAGES);
    for (const position of [0, 123, PASSAGES - 1]) {
      const id = index.lexical.idAt(position);
      expect(id).toBe(passageIds[position]);
      const allowed = Uint8Array.from(passageIds, (_, at) => (at === position ? 1 : 0));
      expect([...index.vectors.search(vectorFor("x"), 5, allowed).ids]).toEqual([id]);
    }
    const [passage] = index.store.passages([7]);
    expect([...index.vectors.search(vectorFor(passage?.text ?? ""), 1).ids]).toEqual([7]);
  });

  it("indexes each passage under the terms of its title, headings and reading", async () => {
    const index = await open(copied());
    expect(index.lexical.documentFrequency("situation")).toBe(PASSAGES);
    expect(index.lexical.documentFrequency("details")).toBe(PASSAGES);
    expect(index.lexical.documentFrequency("42")).toBe(1);
  });

  it("stays whole while newer snapshots are published, and knows that it is stale", async () => {
    const folder = copied();
    const index = await open(folder);
    const before = findings(index);
    expect(index.isStale()).toBe(false);
    await publish(folder, changeOf([sampleReport("report-0", ["All new words."])], { removals: ["report-5"] }));
    expect(index.isStale()).toBe(true);
    await publish(folder, changeOf([sampleReport("report-10", ["All new words."])]));
    expect(findings(index)).toEqual(before);
    const newer = await open(folder);
    expect(newer.snapshot.number).toBe(3);
    expect(newer.isStale()).toBe(false);
    expect(newer.lexical.documentFrequency("all")).toBe(2);
  });

  it("is stale once its folder was deleted and made again, and not before", async () => {
    const folder = copied();
    const index = await open(folder);
    rmSync(folder, { recursive: true });
    expect(index.isStale()).toBe(false);
    await publish(folder, changeOf([sampleReport("other", ["All new words."])]));
    expect(index.isStale()).toBe(true);
    const newer = await open(folder);
    expect([newer.snapshot.number, newer.snapshot.passages, newer.isStale()]).toEqual([1, 1, false]);
  });

  it("may be empty", async () => {
    const folder = temporaryFolder();
    await publish(folder, changeOf([]));
    const index = await open(folder);
    expect(findings(index)[0]).toMatchObject({ words: [], near: [] });
  });
});

describe("a file that is not what was recorded", () => {
  const flip = (path: string) => {
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 16, bytes.length >> 1);
    writeFileSync(path, bytes);
  };
  const otherDimensions = async (folder: string, kind: Kind) => {
    if (kind === "lexical") return edit(folder, `UPDATE index_files SET dimensions = 17 WHERE kind = 'lexical'`);
    const ids = Uint32Array.from({ length: PASSAGES }, (_, row) => row + 1);
    const other = await buildVectors({ ids, matrix: new Float32Array(PASSAGES * 17).fill(1), dimensions: 17 });
    await other.saveFile(folder, "other");
    replaceWithRecord(folder, kind, readFileSync(join(folder, "other")));
  };
  const damages: [string, (folder: string, kind: Kind) => void | Promise<void>, RegExp][] = [
    ["missing", (folder, kind) => rmSync(join(folder, FILES[kind])), /is missing/],
    [
      "cut short",
      (folder, kind) => truncateSync(join(folder, FILES[kind]), 5000),
      /is cut short \(5000 of \d+ bytes\)/,
    ],
    ["empty", (folder, kind) => truncateSync(join(folder, FILES[kind]), 0), /is empty/],
    ["one bit off in the middle", (folder, kind) => flip(join(folder, FILES[kind])), /has another checksum/],
    [
      "another program's",
      (folder, kind) => replaceWithRecord(folder, kind, Buffer.alloc(9000, "text ")),
      /is not an? /,
    ],
    ["a folder", (folder, kind) => folderInstead(join(folder, FILES[kind])), /is not a file/],
    [
      "of another model",
      (folder, kind) => edit(folder, `UPDATE index_files SET model = 'other' WHERE kind = '${kind}'`),
      /is of the model other, not test-model/,
    ],
    ["of other dimensions", otherDimensions, /17 dimensions, not 16/],
    [
      "of other settings",
      (folder, kind) => edit(folder, `UPDATE index_files SET parameters = '{}' WHERE kind = '${kind}'`),
      /was built with other settings/,
    ],
    [
      "of another number of passages",
      (folder, kind) => edit(folder, `UPDATE index_files SET count = 299 WHERE kind = '${kind}'`),
      /is of 299 passages, not 300/,
    ],
    [
      "not recorded",
      (folder, kind) => edit(folder, `DELETE FROM index_files WHERE kind = '${kind}'`),
      /was never written/,
    ],
  ];
  const cases = damages.flatMap(([name, damage, reason]) =>
    (["lexical", "vectors"] as const).map((kind) => [kind, name, damage, reason] as const),
  );

  it.each(cases)("%s, %s: one warning, rebuilt, the same answers", async (kind, name, damage, reason) => {
    const folder = copied();
    const before = findings(await open(folder));
    await damage(folder, kind);
    const warnings: string[] = [];
    const repaired = await open(folder, { warn: (message) => warnings.push(message) });
    expect(findings(repaired)).toEqual(before);
    // A folder in its place cannot be replaced: that is a warning of its own.
    expect(warnings).toHaveLength(name === "a folder" ? 2 : 1);
    expect(warnings[0]).toMatch(reason);
    expect(warnings[0]).toMatch(new RegExp(`^The ${kind} index file .*building it again from the store$`));
    if (name === "a folder") return;
    // The repair was written: the next opening has nothing to say.
    expect(findings(await open(folder))).toEqual(before);
  });

  it("of an older snapshot: one warning for each file, rebuilt from the newer store", async () => {
    const folder = copied();
    const before = findings(await open(folder));
    const store = openStore(folder, { mode: "write" });
    store.commit(changeOf(manyReports(PASSAGES)));
    store.close();
    const warnings: string[] = [];
    const repaired = await open(folder, { warn: (message) => warnings.push(message) });
    expect(repaired.snapshot.number).toBe(2);
    expect(findings(repaired)).toEqual(before);
    expect(warnings.sort()).toEqual([
      "The lexical index file is of snapshot 1, and the store is at 2: building it again from the store",
      "The vectors index file is of snapshot 1, and the store is at 2: building it again from the store",
    ]);
    expect(findings(await open(folder))).toEqual(before);
  });

  it("because an ingest went by: the newer snapshot is opened", async () => {
    const folder = copied();
    const opening = open(folder, { warn: () => {} });
    // The opening has looked up snapshot 1 and waits for its files.
    rmSync(join(folder, FILES.vectors));
    const store = openStore(folder, { mode: "write" });
    store.commit(changeOf([sampleReport("report-0", ["All new words."])]));
    store.close();
    const index = await opening;
    expect(index.snapshot.number).toBe(2);
    expect(index.vectors.count).toBe(PASSAGES - 4);
  });
});

describe("a folder that cannot be written", () => {
  it("is opened all the same, with what is damaged rebuilt in memory", ({ skip }) => {
    const folder = copied();
    rmSync(join(folder, FILES.lexical));
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    const script = fileURLToPath(new URL("./open-reader.ts", import.meta.url));
    // The superuser may write anywhere: the child is somebody else then.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    skip(!isReadableBy(user, script), "another user cannot read this checkout");
    const environment = { ...process.env, TSX_DISABLE_CACHE: "1" };
    const output = execFileSync(process.execPath, ["--import", "tsx", script, folder], { ...user, env: environment });
    expect(JSON.parse(output.toString())).toEqual({
      warnings: [
        "The lexical index file is missing: building it again from the store, in memory only, because the data folder cannot be written",
      ],
      snapshot: 1,
      lexical: expect.objectContaining({ length: 5 }),
      vectors: expect.objectContaining({ length: 5 }),
      passages: 2,
    });
    expect(existsSync(join(folder, FILES.lexical))).toBe(false);
  });
});

describe("an index that cannot be used", () => {
  it("is missing before the first ingest", async () => {
    const folder = temporaryFolder();
    expect(snapshotIn(folder)).toBeNull();
    await expect(open(folder)).rejects.toMatchObject({ code: "index-missing" });
    openStore(folder, { mode: "write" }).close();
    expect(snapshotIn(folder)).toBeNull();
    await expect(open(folder)).rejects.toMatchObject({ code: "index-missing", hint: "Run `npm run ingest` first." });
  });

  it("was made with another model, or other dimensions", async () => {
    const folder = copied();
    const wanted = { code: "index-unusable", hint: expect.stringContaining("npm run ingest") };
    await expect(open(folder, { modelId: "other" })).rejects.toMatchObject(wanted);
    await expect(open(folder, { dimensions: 384 })).rejects.toThrow(
      "The index was made with test-model (16 dimensions), but test-model (384) is configured",
    );
    expect((await open(folder, { dimensions: undefined })).snapshot.number).toBe(1);
  });

  it("is damaged in the database", () => {
    const folder = copied();
    writeFileSync(join(folder, DATABASE_NAME), "not a database at all, not even nearly");
    expect(() => snapshotIn(folder)).toThrow(expect.objectContaining({ code: "index-unusable" }));
  });
});

describe("publishing", () => {
  it("keeps the files of the previous snapshot and deletes older ones", async () => {
    const folder = copied();
    for (const text of ["Second.", "Third."]) await publish(folder, changeOf([sampleReport("report-0", [text])]));
    const abandoned = ".vectors-000009.hnsw.0123456789ab.tmp";
    for (const name of [abandoned, ".vectors-000009.hnsw.ba9876543210.tmp", "lexical-notes.txt"]) {
      writeFileSync(join(folder, name), "");
    }
    utimesSync(join(folder, abandoned), 0, 0);
    await publish(folder, changeOf([sampleReport("report-0", ["Fourth."])]));
    expect(readdirSync(folder).sort()).toEqual([
      ".vectors-000009.hnsw.ba9876543210.tmp",
      "lexical-000003.bin",
      "lexical-000004.bin",
      "lexical-notes.txt",
      DATABASE_NAME,
      "vectors-000003.hnsw",
      "vectors-000004.hnsw",
    ]);
    expect(snapshotIn(folder)?.number).toBe(4);
  });

  it("that is cancelled leaves the old snapshot", async () => {
    const folder = copied();
    const change = changeOf([sampleReport("report-0", ["New words."])]);
    await expect(publish(folder, change, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
    const index = await open(folder);
    expect(index.snapshot.number).toBe(1);
    expect(index.lexical.documentFrequency("new")).toBe(0);
  });

  it("that cannot write its files leaves the old snapshot and says so", async () => {
    const folder = copied();
    folderInstead(join(folder, "vectors-000002.hnsw"));
    await expect(publish(folder, changeOf([sampleReport("report-0", ["New words."])]))).rejects.toMatchObject({
      code: "index-unusable",
      hint: "Check that the data folder is writable and that the disk is not full.",
    });
    expect((await open(folder)).snapshot.number).toBe(1);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("shows readers the old snapshot until everything is in place", async () => {
    const folder = copied();
    const seen = new Set<string>();
    const watcher = openStore(folder, { mode: "read" });
    onTestFinished(() => watcher.close());
    const store = openStore(folder, { mode: "write" });
    onTestFinished(() => store.close());
    await publishSnapshot(store, changeOf([sampleReport("report-0", ["New words."])]), {
      dataDir: folder,
      warn: unexpected,
      termsOf: (...parts) => {
        const [newest] = watcher.indexFiles();
        seen.add(`${watcher.currentSnapshot()?.number} with files of ${newest?.snapshot}`);
        return termsOf(...parts);
      },
    });
    expect([...seen]).toEqual(["1 with files of 1"]);
    expect(watcher.currentSnapshot()?.number).toBe(2);
    expect(watcher.indexFiles().map(({ name, bytes }) => [name, bytes])).toEqual(
      ["lexical-000002.bin", "vectors-000002.hnsw", "lexical-000001.bin", "vectors-000001.hnsw"].map((name) => [
        name,
        statSync(join(folder, name)).size,
      ]),
    );
  });
});

function isReadableBy(user: { uid?: number; gid?: number }, path: string): boolean {
  const read = `require("node:fs").readFileSync(${JSON.stringify(path)})`;
  return spawnSync(process.execPath, ["-e", read], user).status === 0;
}

/** A folder that has something in it, so that no file can take its place. */
function folderInstead(path: string): void {
  rmSync(path, { force: true });
  mkdirSync(path);
  writeFileSync(join(path, "something"), "");
}
