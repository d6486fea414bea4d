/** Whether the two index files are exactly those of the snapshot, and say what the store says. */

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { counted, type Finding, fault, notChecked, warning, well } from "../domain/health.ts";
import { checkSize, UnusableFile } from "./files.ts";
import { loadLexical } from "./lexical-file.ts";
import type { IndexFile, IndexKind, Snapshot } from "./records.ts";
import type { Store } from "./store.ts";

export interface FilesExamination {
  readonly dataDir: string;
  /** Held to the snapshot. */
  readonly store: Store;
  readonly snapshot: Snapshot;
  /** Leaves out checksums and what is in the files. */
  readonly isQuick: boolean;
  /** Whether hnswlib-node can be loaded. */
  readonly hasVectorLibrary: boolean;
  /** Whether an ingest has put another snapshot in its place meanwhile. */
  readonly isStale: () => boolean;
}

/** Every command that opens the index does this. */
const REMEDY = "Run `npm run status`: it builds the file again from the database, without embedding anything.";
/** Cosine of a stored vector and the same one in the file; they differ by rounding only. */
const LEAST_LIKENESS = 0.999;

export async function examineFiles(examination: FilesExamination): Promise<Finding[]> {
  return [await examineFile(examination, "lexical"), await examineFile(examination, "vectors")];
}

async function examineFile(examination: FilesExamination, kind: IndexKind): Promise<Finding> {
  const { dataDir, store, snapshot, isQuick, hasVectorLibrary, isStale } = examination;
  const id = `index.${kind}` as const;
  // Its module loads hnswlib-node.
  if (!hasVectorLibrary) return notChecked(id, `The ${kind} index file`, "hnswlib-node cannot be used");
  try {
    const { recordedFile } = await import("./building.ts");
    const file = recordedFile(store, snapshot, kind);
    const path = join(dataDir, file.name);
    if (isQuick) await checkSizeOf(path, file);
    else if (kind === "lexical") await checkLexical(path, file, store);
    else await checkVectors(path, file, store);
    const agreement = isQuick ? "is there in full" : "is as it was recorded and agrees with the database";
    return well(id, `The ${kind} index file ${agreement}, ${counted(file.count, "passage")}`);
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    if (isStale()) {
      const message = `An ingest has replaced the ${kind} index file while it was looked at`;
      return warning(id, message, "Run `npm run doctor` again.");
    }
    return fault(id, `The ${kind} index file ${error.message}`, REMEDY);
  }
}

async function checkSizeOf(path: string, file: IndexFile): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) throw new UnusableFile("is missing");
  if (!facts.isFile()) throw new UnusableFile("is not a file");
  checkSize(facts.size, file.bytes);
}

async function checkLexical(path: string, file: IndexFile, store: Store): Promise<void> {
  const { arrays } = await loadLexical(path, file);
  const { passageIds } = store.passageRanges();
  const isSame = arrays.ids.length === passageIds.length && arrays.ids.every((id, at) => id === passageIds[at]);
  if (!isSame) throw new UnusableFile("is of other passages than the database");
}

async function checkVectors(path: string, file: IndexFile, store: Store): Promise<void> {
  const { loadHnsw } = await import("./hnsw.ts");
  const index = await loadHnsw(path, file, store.passageRanges().passageIds, file.dimensions);
  let others = 0;
  for (const { passageId, vector } of store.allVectors()) {
    const indexed = index.vectorOf(passageId);
    if (indexed === null || likeness(vector, indexed) < LEAST_LIKENESS) others += 1;
  }
  if (others > 0) throw new UnusableFile(`has other vectors than the database for ${counted(others, "passage")}`);
}

/** Cosine; 0 where there is none. */
function likeness(stored: Float32Array, indexed: Float32Array): number {
  let [product, left, right] = [0, 0, 0];
  for (let at = 0; at < stored.length; at++) {
    const [a, b] = [stored[at] ?? 0, indexed[at] ?? 0];
    product += a * b;
    left += a * a;
    right += b * b;
  }
  return product === 0 ? 0 : product / Math.sqrt(left * right);
}
