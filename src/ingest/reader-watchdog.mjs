// @ts-check
/**
 * A thread of the process that reads files: it ends the process when it uses too much memory or when nobody waits
 * for it any more. The main thread cannot look after itself while it is busy with a file, and V8's own limit does
 * not count what is outside its heap. Plain JavaScript, so that it starts without a TypeScript loader.
 */

import { parentPort, workerData } from "node:worker_threads";

/** Milliseconds between two looks: a process can fill some 100 MiB in that time. */
const INTERVAL = 50;
/** @type {{ maxBytes: number, parent: number, signal: string }} */
const { maxBytes, parent, signal } = workerData;

setInterval(() => {
  if (process.memoryUsage.rss() > maxBytes) process.kill(process.pid, signal);
  // The parent was killed: its children go to another one.
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, INTERVAL);
parentPort?.postMessage("watching");
