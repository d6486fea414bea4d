/** Whether the reader model, where there is one, is whole and does what it should. */

import { existsSync } from "node:fs";
import { SitrepError } from "../domain/errors.ts";
import { type Finding, notChecked, warning, well } from "../domain/health.ts";
import { readerFolder } from "./optional-reader.ts";
import { createReader } from "./reader.ts";
import { type ReaderManifest, readManifest } from "./reader-manifest.ts";

export interface ReaderExamination {
  /** Leaves out checksums and reading. */
  readonly isQuick: boolean;
  /** Whether ONNX Runtime can be loaded. */
  readonly hasRuntime: boolean;
  readonly signal?: AbortSignal | undefined;
}

const ID = "model.reader";
const REMEDY = "Mend or remove the folder of the reader; docs/reader.md says how. Answers go on without it.";
const QUESTION = "How many ships were boarded near the harbour?";
const TEXT = "Pirates boarded 31 ships near the harbour in 2024, most of them at night.";

/** Nothing where there is no folder: a reader is no part of Sitrep. @throws {SitrepError} "cancelled" by the signal. */
export async function examineReader(modelsDir: string, how: ReaderExamination): Promise<Finding[]> {
  const folder = readerFolder(modelsDir);
  if (!existsSync(folder)) return [];
  let manifest: ReaderManifest | null;
  try {
    manifest = readManifest(folder);
  } catch (error) {
    return [broken(error)];
  }
  if (manifest === null)
    return [warning(ID, `The folder ${folder} has no manifest.json, so no reader is used`, REMEDY)];
  const name = `The reader ${manifest.name} ${manifest.version} (${manifest.licence})`;
  if (how.isQuick) return [well(ID, `${name} has a manifest that makes sense`)];
  if (!how.hasRuntime) return [notChecked(ID, name, "onnxruntime-node cannot be used")];
  const reader = createReader(folder, manifest, 1);
  try {
    const began = performance.now();
    await reader.read(QUESTION, [{ id: 0, text: TEXT }], how.signal);
    const first = performance.now();
    await reader.read(QUESTION, [{ id: 0, text: TEXT }], how.signal);
    const [loading, reading] = [first - began, performance.now() - first].map((value) => Math.ceil(value));
    return [well(ID, `${name} has the right checksums and reads: ${loading} ms to load, ${reading} ms for a passage`)];
  } catch (error) {
    if (error instanceof SitrepError && error.code === "cancelled") throw error;
    return [broken(error)];
  } finally {
    await reader.close();
  }
}

function broken(error: unknown): Finding {
  return warning(ID, error instanceof Error ? error.message : String(error), REMEDY);
}
