// @ts-check
/**
 * The thread of checkpoints.ts: moves what a write-ahead log holds into its database, and waits for the disk there.
 * Plain JavaScript, so that it needs nothing that runs TypeScript.
 */

import { parentPort } from "node:worker_threads";
import Database from "better-sqlite3";

parentPort?.on("message", (/** @type {string} */ path) => {
  try {
    const database = new Database(path, { fileMustExist: true, timeout: 0 });
    try {
      // Passive: whoever reads or writes goes on meanwhile.
      database.pragma("wal_checkpoint(PASSIVE)");
    } finally {
      database.close();
    }
  } catch {
    // The file is gone, damaged or locked: its next use finds that out, and the log is looked at again later.
  }
  parentPort?.postMessage("done");
});
