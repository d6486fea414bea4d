import { join } from "node:path";
import { expect, test } from "vitest";
import { HEALTH_AREAS } from "../../src/domain/health.ts";
import { examine } from "../../src/health/examine.ts";
import { putReader } from "../embeddings/tiny-reader.ts";
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

test("a reader model is looked at where MODELS_DIR has one, and a broken one is a warning", async () => {
  const root = temporaryFolder();
  const environment = {
    CORPUS_DIR: join(root, "corpus"),
    DATA_DIR: join(root, "data"),
    MODELS_DIR: join(root, "models"),
  };
  const found = async () => {
    const findings = await examine({ isQuick: true, replaced: { environment, nativeModules: [] } });
    return findings.filter(({ id }) => id === "model.reader").map(({ level, message }) => `${level}: ${message}`);
  };
  expect(await found()).toEqual([]);
  putReader(environment.MODELS_DIR, { words: ["war"] });
  expect(await found()).toEqual([expect.stringMatching(/^ok: The reader tiny 1 /)]);
  putReader(environment.MODELS_DIR, { words: ["war"], manifest: { weight: "much" } });
  expect(await found()).toEqual([expect.stringMatching(/^warning: .* makes no sense: weight: /)]);
});

test("an interruption ends it", async () => {
  const replaced = { environment: {}, nativeModules: [] };
  const examining = examine({ isQuick: false, signal: AbortSignal.abort(), replaced });
  await expect(examining).rejects.toMatchObject({ code: "cancelled" });
});
