/** Where SQLite cannot share memory beside the database, a copy of it is read; it has to be made anew to see more. */

import { cpSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openIndex, publishSnapshot } from "../../src/index/snapshot.ts";
import { DATABASE_NAME, openStore } from "../../src/index/store.ts";
import { changeOf, MODEL, sampleReport, temporaryFolder, termsOf } from "./samples.ts";

async function publish(folder: string, text: string): Promise<void> {
  const store = openStore(folder, { mode: "write" });
  try {
    const change = changeOf([sampleReport("report", [text])]);
    await publishSnapshot(store, change, { dataDir: folder, termsOf, warn: () => undefined });
  } finally {
    store.close();
  }
}

it("a reader of a copy is stale once there is a newer snapshot, and not before", async () => {
  const elsewhere = temporaryFolder();
  const folder = join(temporaryFolder(), "data");
  await publish(elsewhere, "One boat.");
  cpSync(elsewhere, folder, { recursive: true });
  // A link to nowhere in the place of the shared memory: like a full disk, it keeps SQLite from making it.
  symlinkSync("/nowhere/at/all", join(folder, `${DATABASE_NAME}-shm`));
  const index = await openIndex(folder, { modelId: MODEL, termsOf, warn: () => undefined });
  onTestFinished(() => index.close());
  expect([index.store.isCopy, index.snapshot.number, index.isStale(), index.isStale()]).toEqual([
    true,
    1,
    false,
    false,
  ]);

  await publish(elsewhere, "Two boats.");
  // Into the same file, as a writer does it.
  cpSync(join(elsewhere, DATABASE_NAME), join(folder, DATABASE_NAME));
  expect(index.isStale()).toBe(true);
  expect(index.store.report("report")?.text).toBe("One boat.");
  const newer = await openIndex(folder, { modelId: MODEL, termsOf, warn: () => undefined });
  expect([newer.snapshot.number, newer.isStale()]).toEqual([2, false]);
  newer.close();

  rmSync(join(folder, `${DATABASE_NAME}-shm`));
  const store = openStore(folder, { mode: "read" });
  expect([store.isCopy, store.currentSnapshot()?.number]).toEqual([false, 2]);
  store.close();
});
