/** Each test breaks one thing of an index that is whole, and expects exactly its finding. */

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { beforeEach, describe, expect, test } from "vitest";
import type { Finding } from "../../src/domain/health.ts";
import { examineIndex, type IndexExamination } from "../../src/index/examine.ts";
import { publishSnapshot } from "../../src/index/snapshot.ts";
import { DATABASE_NAME, openStore } from "../../src/index/store.ts";
import { takeWriterLock } from "../../src/index/writer-lock.ts";
import { changeOf, MODEL, sampleReport, temporaryFolder, termsOf } from "./samples.ts";

const REPORTS = [
  sampleReport("north", ["The convoy left *on Monday*. Two lorries came back.", "The bridge was closed."]),
  sampleReport("south", ["The market opened again. Prices fell."]),
];
const LEXICAL = "lexical-000001.bin";
const VECTORS = "vectors-000001.hnsw";

let folder: string;
beforeEach(async () => {
  folder = join(temporaryFolder(), "data");
  const store = openStore(folder, { mode: "write" });
  await publishSnapshot(store, changeOf(REPORTS), { dataDir: folder, termsOf, warn: () => undefined });
  store.close();
});

async function examined(changes: Partial<IndexExamination> = {}): Promise<readonly Finding[]> {
  const how = { dataDir: folder, modelId: MODEL, isQuick: false, hasVectorLibrary: true, ...changes };
  return (await examineIndex(how)).findings;
}

/** What is not well. */
async function found(changes: Partial<IndexExamination> = {}) {
  return (await examined(changes)).filter(({ level }) => level !== "ok");
}

/** Changes the database past everything that guards it. */
function alter(...statements: readonly string[]): void {
  const database = new Database(join(folder, DATABASE_NAME));
  database.pragma("foreign_keys = OFF");
  database.pragma("ignore_check_constraints = ON");
  for (const statement of statements) database.exec(statement);
  database.close();
}

const one = (id: string, message: RegExp, remedy: RegExp, level: Finding["level"] = "fault") => [
  expect.objectContaining({
    id,
    level,
    message: expect.stringMatching(message),
    remedy: expect.stringMatching(remedy),
  }),
];

/** Names and checksums of the files of the folder, without SQLite's own beside the database. */
function state(): string[] {
  return readdirSync(folder)
    .filter((name) => !/-(?:wal|shm)$/.test(name))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}`,
    );
}

test("a whole index has nothing to find, and is left as it is", async () => {
  const before = state();
  const findings = await examined();
  expect(findings.filter(({ level }) => level !== "ok")).toEqual([]);
  expect(findings.map(({ id }) => id)).toEqual([
    "data.folder",
    "data.space",
    "data.writer",
    "data.leftovers",
    "index.database",
    "index.integrity",
    "index.references",
    "index.snapshot",
    "index.model",
    "index.lexical",
    "index.vectors",
    "index.passages",
    "index.sentences",
    "index.pages",
    "index.embeddings",
    "index.figures",
  ]);
  expect(state()).toEqual(before);
});

test("quick leaves out passages and checksums, and still sees a file that is cut short", async () => {
  const ids = (await examined({ isQuick: true })).map(({ id }) => id);
  expect(ids).toContain("index.vectors");
  expect(ids).not.toContain("index.passages");
  flip(VECTORS, 300);
  alter("UPDATE passages SET text = 'Other words.' WHERE id = 1");
  expect(await found({ isQuick: true })).toEqual([]);
  truncateSync(join(folder, LEXICAL), 100);
  expect(await found({ isQuick: true })).toEqual(one("index.lexical", /cut short \(100 of/, /npm run status/));
});

/** Changes one byte of a file. */
function flip(name: string, at: number): void {
  const bytes = readFileSync(join(folder, name));
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(join(folder, name), bytes);
}

describe("the folder", () => {
  test("that is missing, or empty, has no index yet", async () => {
    const remedy = /npm run ingest/;
    rmSync(folder, { recursive: true });
    expect(await found()).toEqual(one("index.snapshot", /no index yet/, remedy, "warning"));
    expect(() => readdirSync(folder)).toThrow();
    mkdirSync(folder);
    expect(await found()).toEqual(one("index.snapshot", /no index yet/, remedy, "warning"));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("that is a file, or would be under one", async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "");
    expect(await found()).toEqual([
      ...one("data.folder", /is a file/, /DATA_DIR/),
      expect.objectContaining({ id: "index.snapshot" }),
    ]);
    expect(await found({ dataDir: join(folder, "data") })).toEqual([
      ...one("data.folder", /cannot be made: a file is in the way/, /DATA_DIR/),
      expect.objectContaining({ id: "index.snapshot" }),
    ]);
  });

  test.skipIf(process.getuid?.() === 0)("that may not be written", async () => {
    const { chmodSync } = await import("node:fs");
    chmodSync(folder, 0o500);
    const findings = await found();
    chmodSync(folder, 0o700);
    expect(findings).toEqual(one("data.folder", /cannot be written: permission denied/, /right to write/, "warning"));
  });

  test("on a disk without room for another ingest", async () => {
    expect(await found({ freeBytes: async () => 5 * 1024 * 1024 })).toEqual(
      one("data.space", /Only 5 MiB free.*may need 64 MiB/, /Make room/, "warning"),
    );
  });

  test("that an ingest writes to at this moment, which goes on", async () => {
    const lock = takeWriterLock(folder);
    try {
      const who = new RegExp(`process ${process.pid} on`);
      expect(await found()).toEqual(one("data.writer", who, /Wait until it has ended/, "warning"));
      expect(() => takeWriterLock(folder)).toThrow(/Another process is writing/);
    } finally {
      lock.release();
    }
    expect(await found()).toEqual([]);
    takeWriterLock(folder).release();
  });

  test("with what an ingest that was ended has left", async () => {
    const left = join(folder, `.${VECTORS}.0123456789ab.tmp`);
    writeFileSync(left, "half");
    expect(await found()).toEqual([]);
    const past = Date.now() / 1000 - 600;
    utimesSync(left, past, past);
    expect(await found()).toEqual(
      one("data.leftovers", /1 temporary file is left.*0123456789ab\.tmp/, /Delete/, "warning"),
    );
  });
});

describe("the database", () => {
  test("of another program", async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    alter("CREATE TABLE recipes (name TEXT)", "PRAGMA application_id = 7");
    expect(await found()).toEqual(one("index.database", /database of another program/, /DATA_DIR/));
  });

  test("that is no database", async () => {
    writeFileSync(join(folder, DATABASE_NAME), "A letter, and no database at all. ".repeat(100));
    expect(await found()).toEqual(
      one("index.database", /file is not a database/, /Delete the files .* from the data folder/),
    );
  });

  test("of a newer and of an older Sitrep, which is not migrated", async () => {
    alter("PRAGMA user_version = 99");
    expect(await found()).toEqual(one("index.database", /newer version of Sitrep \(schema 99/, /Update Sitrep/));
    alter("PRAGMA user_version = 1");
    expect(await found()).toEqual(one("index.database", /older version of Sitrep/, /npm run ingest/));
    const database = new Database(join(folder, DATABASE_NAME), { readonly: true });
    expect(database.pragma("user_version", { simple: true })).toBe(1);
    database.close();
  });

  test("with a damaged page", async () => {
    const path = join(folder, DATABASE_NAME);
    const database = new Database(path);
    const root = database.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'embeddings_model'").pluck().get();
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, (Number(root) - 1) * 4096, Number(root) * 4096);
    writeFileSync(path, bytes);
    expect(await found()).toEqual(
      one("index.integrity", /SQLite finds its database damaged/, /Delete the files .* from the data folder/),
    );
  });

  test("that was cut short", async () => {
    truncateSync(join(folder, DATABASE_NAME), 3 * 4096);
    const findings = await found();
    expect(findings.filter(({ level }) => level === "fault")).not.toEqual([]);
    expect(findings.map(({ remedy }) => remedy).join()).toMatch(/Delete the files .* from the data folder/);
  });

  test("of which nothing was ever published", async () => {
    rmSync(folder, { recursive: true });
    openStore(folder, { mode: "write" }).close();
    expect(await found()).toEqual(one("index.snapshot", /no index yet/, /npm run ingest/, "warning"));
  });

  test("with another number of reports than its snapshot", async () => {
    alter("UPDATE snapshots SET reports = 3");
    expect(await found()).toEqual(one("index.snapshot", /made of 3 reports and 3 passages.*has 2 and 3/, /--force/));
  });

  test("made with another model than the configured one", async () => {
    expect(await found({ modelId: "another" })).toEqual(
      one("index.model", /made with test-model \(16 dimensions\), but another is configured/, /npm run ingest/),
    );
  });
});

describe("an index file", () => {
  test("with one other byte", async () => {
    flip(VECTORS, readFileSync(join(folder, VECTORS)).length - 90);
    expect(await found()).toEqual(one("index.vectors", /another checksum/, /npm run status.*without embedding/));
  });

  test("that was cut short, or is gone", async () => {
    truncateSync(join(folder, LEXICAL), 100);
    expect(await found()).toEqual(one("index.lexical", /cut short \(100 of/, /npm run status/));
    rmSync(join(folder, LEXICAL));
    expect(await found()).toEqual(one("index.lexical", /is missing/, /npm run status/));
    expect(readdirSync(folder)).not.toContain(LEXICAL);
  });

  test("that was never recorded, or is of another snapshot", async () => {
    alter("DELETE FROM index_files WHERE kind = 'vectors'");
    expect(await found()).toEqual(one("index.vectors", /was never written/, /npm run status/));
    alter(
      "INSERT INTO snapshots SELECT 2, created_at, model, dimensions, reports, passages, fingerprint FROM snapshots",
    );
    expect(await found()).toEqual([
      ...one("index.lexical", /is of snapshot 1, and the store is at 2/, /npm run status/),
      ...one("index.vectors", /was never written/, /npm run status/),
    ]);
  });

  test("whose vectors are not those of the database", async () => {
    alter("UPDATE embeddings SET vector = (SELECT vector FROM embeddings ORDER BY key LIMIT 1)");
    expect(await found()).toEqual(
      one("index.vectors", /other vectors than the database for 2 passages/, /npm run status/),
    );
  });

  test("that cannot be looked into without its library", async () => {
    const findings = await found({ hasVectorLibrary: false });
    expect(findings.map(({ id, level }) => `${id} ${level}`)).toEqual([
      "index.lexical warning",
      "index.vectors warning",
    ]);
    expect(findings[1]?.message).toMatch(/not checked, because hnswlib-node cannot be used/);
  });
});

describe("a passage", () => {
  const forced = /npm run ingest -- --force/;

  test.each([
    ["that says something else", "UPDATE passages SET text = replace(text, 'Two', 'Ten') WHERE id = 1"],
    ["that is a character off", "UPDATE passages SET start_offset = start_offset + 1 WHERE id = 1"],
    [
      "whose report says something else",
      "UPDATE reports SET text = replace(text, 'Monday', 'Sunday') WHERE id = 'north'",
    ],
  ])("%s", async (_, statement) => {
    alter(statement);
    const findings = await found();
    expect(findings).toContainEqual(
      one("index.passages", /not, character for character.*: 1, north \(passage 0\)/, forced)[0],
    );
  });

  test("with a reading view of another length", async () => {
    alter("UPDATE passages SET reading = reading || ' ' WHERE id = 1");
    expect(await found()).toEqual(
      one("index.passages", /reading view of another length.*: 1, north \(passage 0\)/, forced),
    );
  });

  test("of a report with a reading view of another length", async () => {
    alter("UPDATE reports SET reading = reading || ' ' WHERE id = 'north'");
    expect(await found()).toEqual(one("index.passages", /reading view of another length.*: 1, north$/, forced));
  });

  test("that is missing", async () => {
    alter("DELETE FROM passages WHERE id = 1");
    const findings = await found();
    expect(findings).toContainEqual(one("index.passages", /out of order: 1, north \(passage 1\)/, forced)[0]);
    expect(findings).toContainEqual(one("index.snapshot", /has 2 and 2/, forced)[0]);
  });

  test("with sentences that leave it, overlap or cannot be read", async () => {
    const sentences = (json: string) => alter(`UPDATE passages SET sentences = '${json}' WHERE id = 1`);
    for (const json of ["[[0,29,1],[30,900,1]]", "[[0,29,1],[20,40,1]]", "[[9,9,1],[30,40,1]]"]) {
      sentences(json);
      expect(await found()).toEqual(one("index.sentences", /overlap or leave the passage: 1, north/, forced));
    }
    sentences("[[0,");
    expect(await found()).toEqual(one("index.passages", /cannot be read: 1, north \(passage 0\)/, forced));
  });

  test("of a report whose pages do not ascend, or leave the text", async () => {
    alter("UPDATE reports SET pages = '[0,20,10]' WHERE id = 'south'");
    expect(await found()).toEqual(one("index.pages", /do not follow one another.*: 1, south/, forced));
    alter("UPDATE reports SET pages = '[0,9999]' WHERE id = 'south'");
    expect(await found()).toEqual(one("index.pages", /: 1, south/, forced));
    alter("UPDATE reports SET pages = '[0,10,10,20]' WHERE id = 'south'");
    expect(await found()).toEqual([]);
  });

  test("without an embedding", async () => {
    alter("DELETE FROM embeddings WHERE key = (SELECT embedding_key FROM passages WHERE id = 3)");
    const findings = await found();
    expect(findings).toContainEqual(one("index.embeddings", /without an embedding: 1, south \(passage 0\)/, forced)[0]);
    expect(findings).toContainEqual(one("index.references", /1 row.*passages to embeddings/, forced)[0]);
    // The file still has the vector; it is the database that lost it.
    expect(findings).toHaveLength(2);
  });

  test.each([
    ["of another model", "model = 'another'", /another model or length/],
    ["of other dimensions", "dimensions = 8", /another model or length/],
    ["cut short", "vector = x'00000000'", /another model or length/],
    ["without a direction", "vector = zeroblob(64)", /without a direction/],
    ["that is not finite", `vector = x'0000c07f${"00".repeat(60)}'`, /without a direction/],
    ["with one vector too few for its sentences", "sentence_vectors = zeroblob(20)", /number of sentence vectors/],
  ])("with an embedding %s", async (_, change, message) => {
    alter(`UPDATE embeddings SET ${change} WHERE key = (SELECT embedding_key FROM passages WHERE id = 1)`);
    const findings = await found();
    const place = new RegExp(`${message.source}.*: 1, north \\(passage 0\\)`);
    expect(findings).toContainEqual(one("index.embeddings", place, forced)[0]);
  });

  test("is counted, and the first are named", async () => {
    alter("UPDATE passages SET text = text || '!'");
    const [finding] = await found();
    expect(finding?.message).toContain(": 3, north (passage 0), north (passage 1), south (passage 0)");
  });
});

test("an interrupted examination says so, and nothing else", async () => {
  await expect(examined({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
});

test("progress counts the passages", async () => {
  const seen: string[] = [];
  await examined({ onProgress: (done, total) => seen.push(`${done}/${total}`) });
  expect(seen).toEqual(["2/3", "3/3"]);
});

test("a copy of a whole index is whole", async () => {
  const copy = join(temporaryFolder(), "copy");
  cpSync(folder, copy, { recursive: true });
  expect(await found({ dataDir: copy })).toEqual([]);
});
