/** A right that one process on a machine has at a time: a lock of the operating system, so none is ever left behind. */

import { statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { makeDataFolder } from "./folders.ts";
import { isSqliteError } from "./store.ts";

export interface Claim {
  /** Takes the right where it is free. @returns whether this process has it now. @throws what SQLite throws. */
  take(): boolean;
  release(): void;
}

/**
 * @param path of the file that stands for the right; it is made where it is missing, and nothing is written in it.
 */
export function claimOn(path: string): Claim {
  let held: { readonly database: Database.Database; readonly file: string | null } | null = null;

  function release(): void {
    held?.database.close();
    held = null;
  }

  return {
    take() {
      // A lock on a file that was deleted keeps nobody out.
      if (held !== null && held.file === fileAt(path)) return true;
      release();
      makeDataFolder(dirname(path));
      const database = new Database(path, { timeout: 0 });
      try {
        // Rollback mode: its exclusive lock keeps every other connection out.
        database.pragma("journal_mode = DELETE");
        database.exec("BEGIN EXCLUSIVE");
      } catch (fault) {
        database.close();
        if (isSqliteError(fault, "SQLITE_BUSY", "SQLITE_LOCKED")) return false;
        throw fault;
      }
      held = { database, file: fileAt(path) };
      return true;
    },
    release,
  };
}

function fileAt(path: string): string | null {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? null : `${status.dev}:${status.ino}`;
}
