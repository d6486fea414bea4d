/** A database that is kept open for short writes, and goes on when its file is damaged, deleted or replaced. */

import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { SitrepError } from "../domain/errors.ts";
import { checkpointsOf } from "./checkpoints.ts";
import { makeDataFolder, reasonOf } from "./folders.ts";
import { checkOwnership, migrate, type Schema } from "./migrations.ts";
import { isSqliteError } from "./store.ts";
import { WRITABLE_HINT } from "./writing.ts";

/**
 * How long a statement waits for another process's lock, in milliseconds; the process does nothing else then. Opening
 * may take longer: nothing else goes on yet, and two processes that begin at once make the tables one after the other.
 */
const BUSY_TIMEOUT = 50;
const BUSY_TIMEOUT_OPENING = 1000;

/** After a lock that did not go away, milliseconds for which no write is tried: each would wait in vain again. */
const WRITE_PAUSE = 2000;

/** 64 MiB of log. */
const CHECKPOINT_PAGES = 16_384;

export interface RecordFile<Statements> {
  /**
   * Runs one statement that reads. On a file that turns out to be damaged it is run again on the new one. A process
   * that writes is no hindrance.
   * @throws {SitrepError} "busy" or "index-unusable".
   */
  read<Result>(run: (statements: Statements) => Result): Result;
  /** The same for one that writes; "busy" at once for two seconds after a write or a read that was. */
  write<Result>(run: (statements: Statements) => Result): Result;
  close(): void;
}

interface Connection<Statements> {
  readonly database: Database.Database;
  readonly statements: Statements;
  /** Which file it is: another one may be in its place by now. */
  readonly identity: string | null;
}

/**
 * Opens a database, which is made where it is missing.
 *
 * A process that is killed loses nothing, and a power failure at most the last moments, which spares every write the
 * wait for the disk; where that is too much, `survives` makes each write wait.
 *
 * @param prepare makes the statements of a connection.
 * @param warn told when a damaged file was moved aside.
 * @throws what `read` throws; {SitrepError} "index-unusable" for another program's file or one of a newer Sitrep.
 */
export function recordFile<Statements>(
  path: string,
  schema: Schema,
  prepare: (database: Database.Database) => Statements,
  warn: (message: string) => void,
  now: () => Date,
  survives: "kills" | "power-failures" = "kills",
): RecordFile<Statements> {
  let connection: Connection<Statements> | null = null;
  let isClosed = false;
  let timeout = BUSY_TIMEOUT_OPENING;
  /** By the clock of `performance.now`. */
  let nextWrite = 0;
  const checkpoints = checkpointsOf(path);

  function connect(): Connection<Statements> {
    makeDataFolder(dirname(path));
    const database = new Database(path, { timeout });
    try {
      // Before anything is written: a file that is not ours must stay as it is.
      checkOwnership(database, path, schema);
      database.pragma("journal_mode = WAL");
      database.pragma(`synchronous = ${survives === "kills" ? "NORMAL" : "FULL"}`);
      database.pragma("foreign_keys = ON");
      // What is forgotten is overwritten in the file.
      database.pragma("secure_delete = ON");
      database.pragma("journal_size_limit = 16777216");
      // Left to a thread that can wait for the disk; here only where that one does not keep up.
      database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      migrate(database, schema);
      return { database, statements: prepare(database), identity: identityOf(path) };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  function disconnect(): void {
    connection?.database.close();
    connection = null;
  }

  /** The connection to the file that is in its place now: the data folder may have been deleted under a bot. */
  function connected(): Connection<Statements> {
    if (isClosed) throw new Error(`${path} was closed`);
    if (connection !== null && connection.identity !== identityOf(path)) disconnect();
    connection ??= connect();
    return connection;
  }

  /** The log first: a new database beside an old log would take up what is in it. */
  function moveAside(damaged: string | null): void {
    disconnect();
    // Another process may have moved it meanwhile, and what is there now is the new one.
    if (damaged === null || identityOf(path) !== damaged) return;
    const target = `${path}.damaged-${now().toISOString().replaceAll(":", "").replace(/\.\d+/, "")}`;
    for (const suffix of ["-wal", ""]) {
      if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
    }
    rmSync(`${path}-shm`, { force: true });
    warn(`${path} is damaged: it was moved to ${target}, and a new one begun. What was in it is forgotten.`);
  }

  function use<Result>(run: (statements: Statements) => Result): Result {
    const before = identityOf(path);
    try {
      try {
        return run(connected().statements);
      } catch (error) {
        if (!isSqliteError(error, "SQLITE_CORRUPT", "SQLITE_NOTADB")) throw error;
        moveAside(before);
        return run(connected().statements);
      }
    } catch (error) {
      const explanation = explained(path, error);
      if (isBusy(explanation)) nextWrite = performance.now() + WRITE_PAUSE;
      throw explanation;
    } finally {
      if (timeout !== BUSY_TIMEOUT && connection !== null) {
        timeout = BUSY_TIMEOUT;
        connection.database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
      }
    }
  }

  return {
    read: use,
    write(run) {
      if (performance.now() < nextWrite) throw busy(path);
      return use(run);
    },
    close() {
      checkpoints.close();
      disconnect();
      isClosed = true;
    },
  };
}

/** null where there is no file, or none can be seen: opening it says why. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

function busy(path: string, cause?: unknown): SitrepError {
  return new SitrepError("busy", `${path} is locked by another process`, { hint: "Try again.", cause });
}

function isBusy(error: unknown): boolean {
  return error instanceof SitrepError && error.code === "busy";
}

/** What went wrong in words for whoever runs Sitrep. */
function explained(path: string, error: unknown): unknown {
  if (error instanceof SitrepError) return error;
  if (isSqliteError(error, "SQLITE_BUSY", "SQLITE_LOCKED")) return busy(path, error);
  const isOfFiles = error instanceof Error && "code" in error && !(error instanceof TypeError);
  if (!isOfFiles) return error;
  return new SitrepError("index-unusable", `${path} cannot be used: ${reasonOf(error)}`, {
    hint: WRITABLE_HINT,
    cause: error,
  });
}
