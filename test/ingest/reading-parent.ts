/** Run as a process of its own, which is killed: says which process reads for it, and keeps that in the given state. */

import { readdirSync, readFileSync, writeSync } from "node:fs";
import { isolatedPreparer } from "../../src/ingest/isolated.ts";
import { LIMITS } from "./fake-model.ts";

const [program = "", state = ""] = process.argv.slice(2);
const preparer = isolatedPreparer(
  { limits: LIMITS, model: { modelId: "fake-model", maxTokens: 256, counting: "exact" } },
  program,
);
const file = (path: string) => ({ path, bytes: new TextEncoder().encode("One boat.\n"), written: [] });

const first = preparer.prepare(file("plain.txt"));
// It starts in a later turn.
await new Promise(setImmediate);
if (state !== "starting") await first;
if (state === "busy") void preparer.prepare(file("loop.txt"));
writeSync(1, `${children()[0]}\n`);
setInterval(() => {}, 1000);

function children(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((number) => number > 0 && parentOf(number) === process.pid);
}

function parentOf(number: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${number}/status`, "utf8"))?.[1]);
  } catch {
    return null;
  }
}
