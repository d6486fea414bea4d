import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, expect, it, vi } from "vitest";
import { type Checkpoints, checkpointsOf } from "../../src/index/checkpoints.ts";

const folder = mkdtempSync(join(tmpdir(), "sitrep-checkpoints-"));
const path = join(folder, "log.sqlite");
let checkpoints: Checkpoints | null = null;
afterEach(() => {
  checkpoints?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("moves a long log into the database while its writer goes on writing, and without making it wait", async () => {
  const database = new Database(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.pragma("wal_autocheckpoint = 0");
  database.exec("CREATE TABLE entries (text TEXT)");
  const insert = database.prepare("INSERT INTO entries VALUES (?)");
  checkpoints = checkpointsOf(path);
  const before = statSync(path).size;
  let written = 0;
  const write = () => {
    for (let at = 0; at < 50; at += 1) insert.run("word ".repeat(2000));
    written += 50;
  };
  for (let round = 0; round < 10; round += 1) write();
  expect(statSync(path).size).toBe(before);
  await vi.waitUntil(
    () => {
      write();
      return statSync(path).size > before;
    },
    { timeout: 15_000, interval: 50 },
  );
  expect(database.prepare("SELECT count(*) FROM entries").pluck().get()).toBe(written);
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  database.close();
});
