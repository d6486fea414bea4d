/**
 * Run as a process of its own, to save the start of a process for each ingest: on each line of its input it ingests
 * and answers with one line of JSON.
 */

import { createInterface } from "node:readline";
import { createSitrep } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";

const sitrep = createSitrep(loadConfig(process.env), { warn: () => undefined });
for await (const line of createInterface({ input: process.stdin })) {
  const [command = "", id = ""] = line.split(" ");
  const done = command === "remove" ? sitrep.remove(id) : command === "restore" ? sitrep.restore(id) : sitrep.ingest();
  const { snapshot, refused } = await done;
  process.stdout.write(`${JSON.stringify({ snapshot, refused })}\n`);
}
await sitrep.close();
