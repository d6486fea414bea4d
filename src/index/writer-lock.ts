/** One writer at a time, for the whole of an ingest and not only for its transaction. */

import { accessSync, constants, existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SitrepError } from "../domain/errors.ts";
import { makeDataFolder, reasonOf } from "./folders.ts";
import { DATABASE_NAME } from "./store.ts";
import { WRITABLE_HINT } from "./writing.ts";

const LOCK_NAME = "writer.lock";
/** Who holds the lock, in words for a person; the lock itself does not depend on it. */
const OWNER_NAME = "writer.json";

export interface WriterLock {
  release(): void;
}

interface Owner {
  readonly process: number;
  readonly host: string;
  readonly since: string;
}

/**
 * Takes the lock of a data folder. It is a lock of the operating system on a small database of its own, so it ends
 * with the process that holds it, however that ends: there is no stale lock to clear away.
 * @throws {SitrepError} "busy", naming the owner, while another process holds it; "index-unusable" where the folder
 *   cannot be written.
 */
export function takeWriterLock(dataDir: string): WriterLock {
  makeDataFolder(dataDir);
  let database: Database.Database | null = null;
  try {
    // Asked first: SQLite opens what it may not write read-only, and then its exclusive lock keeps nobody out.
    for (const path of [dataDir, join(dataDir, LOCK_NAME), join(dataDir, DATABASE_NAME)]) {
      if (existsSync(path)) accessSync(path, constants.W_OK);
    }
    database = new Database(join(dataDir, LOCK_NAME), { timeout: 0 });
    // Rollback mode: its exclusive lock keeps every other connection out, and nothing is ever written.
    database.pragma("journal_mode = DELETE");
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database?.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY")) throw busy(dataDir, cause);
    throw new SitrepError("index-unusable", `The data folder ${dataDir} cannot be written: ${reasonOf(cause)}`, {
      hint: `${WRITABLE_HINT} What was ingested before can still be asked.`,
      cause,
    });
  }
  const held = database;
  try {
    const owner: Owner = { process: process.pid, host: hostname(), since: new Date().toISOString() };
    writeFileSync(join(dataDir, OWNER_NAME), JSON.stringify(owner));
  } catch {
    // The owner is only named for others to read; the lock holds without it.
  }
  return {
    release() {
      held.close();
    },
  };
}

/**
 * Who holds the lock of a data folder, in words for a person; null when nobody does. Nothing is written, but while it
 * looks, for less than a millisecond, a writer that starts is told "busy".
 */
export function writerAtWork(dataDir: string): string | null {
  const path = join(dataDir, LOCK_NAME);
  if (!existsSync(path)) return null;
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
    // The first read asks for a shared lock, which the exclusive one refuses.
    database.pragma("schema_version");
    return null;
  } catch (cause) {
    const isHeld = cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY");
    return isHeld ? `another process${whoIs(ownerOf(dataDir))}` : null;
  } finally {
    database?.close();
  }
}

function whoIs(owner: Owner | null): string {
  return owner === null ? "" : ` (process ${owner.process} on ${owner.host}, since ${owner.since})`;
}

function busy(dataDir: string, cause: unknown): SitrepError {
  const who = whoIs(ownerOf(dataDir));
  return new SitrepError("busy", `Another process is writing to the index${who}`, {
    hint: "Try again when it has ended. Answers go on meanwhile, from the last snapshot.",
    cause,
  });
}

function ownerOf(dataDir: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(join(dataDir, OWNER_NAME), "utf8")) as Partial<Owner>;
    const { process: number, host, since } = owner;
    if (typeof number !== "number" || typeof host !== "string" || typeof since !== "string") return null;
    return { process: number, host: host.slice(0, 100), since: since.slice(0, 30) };
  } catch {
    return null;
  }
}
