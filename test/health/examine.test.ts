import { join } from "node:path";
import { expect, test } from "vitest";
import { HEALTH_AREAS } from "../../src/domain/health.ts";
import { examine } from "../../src/health/examine.ts";
import { temporaryFolder } from "../index/samples.ts";

test("what no check foresees is a fault of its area, and the others are looked at", async () => {
  const root = temporaryFolder();
  const environment = { CORPUS_DIR: join(root, "corpus"), DATA_DIR: join(root, "data") };
  const replaced = { environment, nativeModules: [], projectFolder: join(root, "nowhere") };
  const findings = await examine({ isQuick: true, replaced });
  const unforeseen = findings.filter(({ id }) => id.endsWith(".unforeseen"));
  expect(unforeseen).toMatchObject([
    { id: "node.unforeseen", level: "fault", message: expect.stringContaining("The check of Node failed: ENOENT") },
    { id: "modules.unforeseen", level: "fault", remedy: expect.stringContaining("npm ci") },
  ]);
  const areas = [...new Set(findings.map(({ area }) => area))];
  expect(areas).toEqual(HEALTH_AREAS);
});

test("an interruption ends it", async () => {
  const replaced = { environment: {}, nativeModules: [] };
  const examining = examine({ isQuick: false, signal: AbortSignal.abort(), replaced });
  await expect(examining).rejects.toMatchObject({ code: "cancelled" });
});
