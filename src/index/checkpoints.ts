/**
 * Checkpoints of a write-ahead log in a thread of their own: SQLite waits for the disk then, for tens of milliseconds,
 * and whoever has just written would wait with it.
 */

import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";

export interface Checkpoints {
  close(): void;
}

/** How often the log is looked at, and from which length on it is worth the while. */
const INTERVAL_MS = 2000;
const WORTHWHILE_BYTES = 2 * 1024 * 1024;
const PROGRAM = new URL("./checkpoint-thread.mjs", import.meta.url);

/**
 * Looks after the log of a database now and then. It keeps no process alive. The connections that write have to leave
 * checkpoints alone (`wal_autocheckpoint` 0, or far above what comes together in two seconds).
 */
export function checkpointsOf(path: string): Checkpoints {
  let thread: Worker | null = null;
  let isUnderWay = false;
  const end = () => {
    thread = null;
    isUnderWay = false;
  };
  const timer = setInterval(() => {
    if (isUnderWay || sizeOf(`${path}-wal`) < WORTHWHILE_BYTES) return;
    if (thread === null) {
      thread = new Worker(PROGRAM, { execArgv: [] });
      thread.unref();
      thread.on("message", () => {
        isUnderWay = false;
      });
      thread.on("error", end);
      thread.on("exit", end);
    }
    isUnderWay = true;
    thread.postMessage(path);
  }, INTERVAL_MS).unref();
  return {
    close() {
      clearInterval(timer);
      void thread?.terminate();
      end();
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
