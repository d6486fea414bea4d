/** Ingests the starter corpus once for all end-to-end tests; each takes a copy of the index. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { createSitrep } from "../../../src/app.ts";
import { loadConfig } from "../../../src/config.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A data folder with the index of the starter corpus. Never written to. */
    readonly ingestedCorpus: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "sitrep-e2e-"));
  const config = loadConfig({ DATA_DIR: folder, CORPUS_DIR: join(import.meta.dirname, "../../../corpus") });
  const sitrep = createSitrep(config, { warn: (message) => process.stderr.write(`${message}\n`) });
  await sitrep.ingest();
  await sitrep.close();
  project.provide("ingestedCorpus", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
