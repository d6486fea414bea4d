// @ts-check
/**
 * What the process that reads files does first, before it loads anything: it starts the watchdog, so that it ends with
 * its parent also while it is still starting. Plain JavaScript, because no loader is there yet.
 */

import { once } from "node:events";
import { Worker } from "node:worker_threads";

const { parent, limits, outOfMemorySignal } = JSON.parse(process.argv[2] ?? "{}");
const watchdog = new Worker(new URL("./reader-watchdog.mjs", import.meta.url), {
  workerData: { maxBytes: limits.maxMemoryMebibytes * 1024 * 1024, parent, signal: outOfMemorySignal },
  // Not this process's own: they would start another watchdog, and load what it does not need.
  execArgv: [],
});
// A busy main thread could keep it from starting.
await once(watchdog, "message");
watchdog.unref();
