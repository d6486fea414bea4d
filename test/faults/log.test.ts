/** The write-ahead log stays short under a reader that is always there, as a bot is. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { liveSnapshot } from "../../src/index/live.ts";
import { openIndex, publishSnapshot } from "../../src/index/snapshot.ts";
import { DATABASE_NAME, openStore } from "../../src/index/store.ts";
import { changeOf, MODEL, sampleReport, temporaryFolder, termsOf } from "../index/samples.ts";

const ROUNDS = 10;
const MEBIBYTE = 1024 * 1024;

test("what ten commits write does not add up in it", async () => {
  const folder = temporaryFolder();
  const warnings: string[] = [];
  const options = { modelId: MODEL, termsOf, warn: (message: string) => void warnings.push(message) };
  const commit = async (round: number) => {
    const paragraphs = Array.from({ length: 40 }, (_, at) => `Round ${round}, part ${at}. ${"boat ".repeat(6000)}.`);
    const store = openStore(folder, { mode: "write" });
    await publishSnapshot(store, changeOf([sampleReport("long", paragraphs)]), { ...options, dataDir: folder });
    store.close();
  };
  await commit(0);
  const live = liveSnapshot(() => openIndex(folder, options), options.warn);
  const log = join(folder, `${DATABASE_NAME}-wal`);
  let longest = 0;
  await live.use(() => undefined);
  for (let round = 1; round <= ROUNDS; round += 1) {
    await commit(round);
    longest = Math.max(longest, statSync(log).size);
    const seen = await live.use(({ snapshot, store }) => [
      snapshot.number,
      store.report("long")?.text.split(",", 1)[0],
    ]);
    expect(seen).toEqual([round + 1, `Round ${round}`]);
    // What passes between two ingests of a real corpus.
    await pause(1500);
  }
  await live.close();
  expect(warnings).toEqual([]);
  expect(longest / MEBIBYTE).toBeLessThan(16);
}, 60_000);
