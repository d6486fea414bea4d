/** The two indexes of a snapshot: built from the store, written to files, recorded, and known again by the record. */

import { SitrepError } from "../domain/errors.ts";
import { type FileFacts, indexFileName, UnusableFile } from "./files.ts";
import { reasonOf } from "./folders.ts";
import { EF_CONSTRUCTION, LINKS } from "./hnsw.ts";
import { B, K1, type LexicalIndex } from "./lexical.ts";
import { lexicalBuilder } from "./lexical-build.ts";
import { saveLexical } from "./lexical-file.ts";
import type { IndexFile, IndexKind, Snapshot } from "./records.ts";
import type { Store, WritableStore } from "./store.ts";
import type { VectorIndex } from "./vectors.ts";
import { WRITABLE_HINT } from "./writing.ts";

/** LangChain's modules take a moment to load, and the model loads in its own thread meanwhile. */
export const vectorStore = () => import("./vectors.ts");
/** Passages turned into terms before other work gets its turn. */
const PAGE_PASSAGES = 50;

export interface IndexingOptions {
  /** The terms under which a passage is indexed, with repeats. */
  readonly termsOf: (title: string, headings: readonly string[], reading: string) => readonly string[];
  /** Told, in one sentence each, what had to be repaired and what could not be tidied up. */
  readonly warn: (message: string) => void;
  /** Passages whose vectors are in the index, of all; only while it is built. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Builds both indexes of a snapshot from the store, writes their files and records them.
 * @throws {SitrepError} "index-unusable" when a file cannot be written; "cancelled" by the signal.
 */
export async function buildAndRecord(
  store: WritableStore,
  snapshot: Snapshot,
  options: IndexingOptions & { readonly dataDir: string },
): Promise<void> {
  const { dataDir } = options;
  const lexical = await buildLexicalOf(store, options);
  const lexicalFacts = await written(() => saveLexical(lexical, dataDir, indexFileName("lexical", snapshot.number)));
  const ids = store.passageRanges().passageIds;
  const vectors = await buildVectorsOf(store, snapshot, ids, options);
  const vectorFacts = await written(() => vectors.saveFile(dataDir, indexFileName("vectors", snapshot.number)));
  store.recordIndexFile(fileRecord("lexical", snapshot, lexicalFacts));
  store.recordIndexFile(fileRecord("vectors", snapshot, vectorFacts));
}

async function written(write: () => Promise<FileFacts>): Promise<FileFacts> {
  try {
    return await write();
  } catch (error) {
    const reason = error instanceof UnusableFile ? `the file ${error.message} after writing` : reasonOf(error);
    throw new SitrepError("index-unusable", `The index files cannot be written: ${reason}`, {
      hint: WRITABLE_HINT,
      cause: error,
    });
  }
}

/** What is recorded of an index file. */
export function fileRecord(kind: IndexKind, snapshot: Snapshot, facts: FileFacts): IndexFile {
  return {
    kind,
    snapshot: snapshot.number,
    name: indexFileName(kind, snapshot.number),
    bytes: facts.bytes,
    sha256: facts.sha256,
    model: snapshot.model,
    dimensions: snapshot.dimensions,
    count: snapshot.passages,
    parameters: parametersOf(kind),
  };
}

/** Of what built the file; one that was built with other numbers is built again. */
function parametersOf(kind: IndexKind): string {
  return JSON.stringify(kind === "lexical" ? { k1: K1, b: B } : { links: LINKS, efConstruction: EF_CONSTRUCTION });
}

/** The lexical index of everything in the store. @throws {SitrepError} "cancelled" by the signal. */
export async function buildLexicalOf(store: Store, options: IndexingOptions): Promise<LexicalIndex> {
  const sources = new Map(store.listReports().map(({ id, source }) => [id, source]));
  const builder = lexicalBuilder();
  for (let last = 0; ; ) {
    const page = store.passagesAfter(last, PAGE_PASSAGES);
    for (const passage of page) {
      const source = sources.get(passage.reportId);
      // Held by a foreign key; said all the same, because the alternative is a passage without its title.
      if (source === undefined) throw new Error(`Passage ${passage.id} belongs to no report`);
      builder.add({ id: passage.id, terms: options.termsOf(source.title, passage.locator.headings, passage.reading) });
    }
    const end = page.at(-1);
    if (end === undefined) return builder.finish();
    last = end.id;
    await pause(options.signal);
  }
}

/** The vector index of everything in the store. @throws {SitrepError} "cancelled" by the signal. */
export async function buildVectorsOf(
  store: Store,
  { dimensions }: Snapshot,
  ids: Uint32Array,
  options: IndexingOptions,
): Promise<VectorIndex> {
  const matrix = new Float32Array(ids.length * dimensions);
  let row = 0;
  for (const { passageId, vector } of store.allVectors()) {
    if (passageId !== ids[row]) throw new Error(`Passage ${ids[row]} has no embedding`);
    matrix.set(vector, row * dimensions);
    row++;
    if (row % 1000 === 0) await pause(options.signal);
  }
  if (row !== ids.length) throw new Error(`Passage ${ids[row]} has no embedding`);
  const { buildVectors } = await vectorStore();
  return buildVectors({ ids, matrix, dimensions }, { onProgress: options.onProgress, signal: options.signal });
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise(setImmediate);
  if (signal?.aborted === true) throw new SitrepError("cancelled", "The index was not finished");
}

/** @throws {UnusableFile} when there is no file for this snapshot, or it was made under other settings. */
export function recordedFile(store: Pick<Store, "indexFiles">, snapshot: Snapshot, kind: IndexKind): IndexFile {
  const file = store.indexFiles().find((each) => each.kind === kind);
  if (file === undefined) throw new UnusableFile("was never written");
  if (file.snapshot !== snapshot.number) {
    throw new UnusableFile(`is of snapshot ${file.snapshot}, and the store is at ${snapshot.number}`);
  }
  if (file.model !== snapshot.model) throw new UnusableFile(`is of the model ${file.model}, not ${snapshot.model}`);
  if (file.dimensions !== snapshot.dimensions) {
    throw new UnusableFile(`is of ${file.dimensions} dimensions, not ${snapshot.dimensions}`);
  }
  if (file.count !== snapshot.passages) {
    throw new UnusableFile(`is of ${file.count} passages, not ${snapshot.passages}`);
  }
  if (file.parameters !== parametersOf(kind)) throw new UnusableFile("was built with other settings");
  return file;
}
