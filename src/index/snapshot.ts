/** One snapshot, opened as a whole: the store and the two indexes that were made from it. */

import { constants, statSync } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import {
  buildAndRecord,
  buildLexicalOf,
  buildVectorsOf,
  fileRecord,
  type IndexingOptions,
  recordedFile,
  vectorStore,
} from "./building.ts";
import { deleteOldIndexFiles, type FileFacts, indexFileName, UnusableFile } from "./files.ts";
import { keepingPassages } from "./kept.ts";
import type { LexicalIndex } from "./lexical.ts";
import { loadLexical, saveLexical } from "./lexical-file.ts";
import type { Change, IndexFile, IndexKind, PassageRanges, Snapshot } from "./records.ts";
import { DATABASE_NAME, missing, openStore, type Store, type WritableStore } from "./store.ts";
import type { VectorIndex } from "./vectors.ts";

export interface OpenOptions extends IndexingOptions {
  /** The configured embedding model; the index must have been made with it. */
  readonly modelId: string;
  /** Of the configured model, where they are known before it has embedded anything. */
  readonly dimensions?: number | undefined;
}

export interface OpenIndex {
  readonly snapshot: Snapshot;
  /** Shows this snapshot, whatever is committed meanwhile. */
  readonly store: Store;
  readonly lexical: LexicalIndex;
  readonly vectors: VectorIndex;
  /** All passages, in the order in which both indexes and their filters have them. */
  ranges(): PassageRanges;
  /** True once there is a newer snapshot: time to open the index again and close this one. */
  isStale(): boolean;
  /**
   * True when the write-ahead log is long and was emptied into the database since this was opened: opened again, it
   * reads from the database alone, and the log can begin anew. Asked now and then; it compares with the last time.
   */
  isWorn(): boolean;
  close(): void;
}

/**
 * The current snapshot of a data folder, or null when nothing was ever ingested into it.
 * @throws {SitrepError} "index-unusable" when there is something that cannot be read.
 */
export function snapshotIn(dataDir: string): Snapshot | null {
  let store: Store;
  try {
    store = openStore(dataDir, { mode: "read" });
  } catch (error) {
    if (error instanceof SitrepError && error.code === "index-missing") return null;
    throw error;
  }
  try {
    return store.currentSnapshot();
  } finally {
    store.close();
  }
}

/**
 * Commits a change together with its index files: readers go from the old snapshot with its files to the new
 * one with its own, with nothing between. When anything fails, the old snapshot stays.
 * @throws what `commit` throws; {SitrepError} "cancelled" by the signal, "index-unusable" when the files cannot
 *   be written.
 */
export async function publishSnapshot(
  store: WritableStore,
  change: Change,
  options: IndexingOptions & { readonly dataDir: string },
): Promise<Snapshot> {
  const snapshot = store.stage(change);
  try {
    await buildAndRecord(store, snapshot, options);
    store.publish();
  } catch (error) {
    store.discard();
    throw error;
  }
  const kept = await deleteOldIndexFiles(options.dataDir, snapshot.number);
  if (kept.length > 0) options.warn(`Old index files could not be deleted: ${kept.join(", ")}`);
  await tidyLog(store);
  return snapshot;
}

/** Pages of the write-ahead log (4 KiB each) that are worth waiting for the readers. */
const LONG_LOG = 1000;
const PAGE_BYTES = 4096;
/** Milliseconds in which every reader has moved on to the new snapshot, and between two attempts. */
const READERS_FOLLOW = 2000;
const TIDY_EVERY = 100;

/**
 * Empties the log into the database once the readers have followed. Without this a reader that is always there (a
 * bot) would keep the log growing with every ingest; see `isWorn` for its part.
 */
async function tidyLog(store: WritableStore): Promise<void> {
  for (let waited = 0; waited < READERS_FOLLOW; waited += TIDY_EVERY) {
    const { pages, isDone } = store.tidyLog();
    if (isDone || pages < LONG_LOG) return;
    await new Promise((resolve) => setTimeout(resolve, TIDY_EVERY));
  }
}

/**
 * Opens the current snapshot. An index file that is not exactly what the store has recorded for it is not
 * loaded: the index is built again from the store, without embedding anything, and written where the folder
 * allows it. The longest part of a usual opening is reading the files, which goes on beside other work.
 * @throws {SitrepError} "index-missing" without a snapshot; "index-unusable" when the store is, or when it was
 *   made with another embedding model; "cancelled" by the signal while rebuilding.
 */
export async function openIndex(dataDir: string, options: OpenOptions): Promise<OpenIndex> {
  for (;;) {
    // Before the store is opened: one that is put in its place meanwhile then counts as newer.
    const identity = databaseIn(dataDir);
    const fileState = stateOf(dataDir, "");
    const store = openStore(dataDir, { mode: "read", pinned: true });
    try {
      const snapshot = checkedSnapshot(store, dataDir, options);
      const attempt = { store, dataDir, identity, fileState, snapshot, ranges: store.passageRanges(), options };
      const [lexical, vectors] = await Promise.all([openLexical(attempt), openVectors(attempt)]);
      if (lexical !== null && vectors !== null) return openedIndex(attempt, lexical, vectors);
      store.close();
      // An ingest has put a newer snapshot in place and deleted the files of this one.
    } catch (error) {
      store.close();
      throw error;
    }
  }
}

function openedIndex(attempt: Attempt, lexical: LexicalIndex, vectors: VectorIndex): OpenIndex {
  const { dataDir, identity, fileState, snapshot, store } = attempt;
  // The store is held to its snapshot, so that looking for a newer one takes a second connection.
  let watch: Store | null = null;
  let watched: string | null = null;
  let lastState = fileState;
  return {
    snapshot,
    store: keepingPassages(store),
    lexical,
    vectors,
    ranges: () => attempt.ranges,
    isStale: () => {
      const now = databaseIn(dataDir);
      // A data folder may be deleted and made again, with numbers that begin anew; a deleted one has nothing newer.
      if (now !== identity) return now !== null;
      // A copy has to be made anew to see what was committed since.
      if (watch?.isCopy === true && watched !== stateOfDatabase(dataDir)) {
        watch.close();
        watch = null;
      }
      if (watch === null) {
        watched = stateOfDatabase(dataDir);
        watch = openStore(dataDir, { mode: "read" });
      }
      return watch.currentSnapshot()?.number !== snapshot.number;
    },
    isWorn: () => {
      const state = stateOf(dataDir, "");
      const isSettled = state === lastState;
      lastState = state;
      return isSettled && state !== fileState && logBytes(dataDir) > LONG_LOG * PAGE_BYTES;
    },
    close: () => {
      watch?.close();
      store.close();
    },
  };
}

/** Tells one database file from another in its place; null where there is none. */
function databaseIn(dataDir: string): string | null {
  const facts = statSync(join(dataDir, DATABASE_NAME), { bigint: true, throwIfNoEntry: false });
  return facts === undefined ? null : `${facts.dev}:${facts.ino}`;
}

/** Changes with every commit. */
function stateOfDatabase(dataDir: string): string {
  return ["", "-wal"].map((suffix) => stateOf(dataDir, suffix)).join();
}

/** Of the database file, or of the one beside it with this suffix; changes when it is written. */
function stateOf(dataDir: string, suffix: string): string {
  const facts = statSync(join(dataDir, DATABASE_NAME + suffix), { bigint: true, throwIfNoEntry: false });
  return facts === undefined ? "" : `${facts.size}:${facts.mtimeNs}`;
}

function logBytes(dataDir: string): number {
  return statSync(join(dataDir, `${DATABASE_NAME}-wal`), { throwIfNoEntry: false })?.size ?? 0;
}

function checkedSnapshot(store: Store, dataDir: string, options: OpenOptions): Snapshot {
  const snapshot = store.currentSnapshot();
  if (snapshot === null) throw missing(`Nothing was ever ingested into ${dataDir}`);
  const { modelId, dimensions = snapshot.dimensions } = options;
  if (snapshot.model !== modelId || snapshot.dimensions !== dimensions) {
    throw new SitrepError(
      "index-unusable",
      `The index was made with ${snapshot.model} (${snapshot.dimensions} dimensions), ` +
        `but ${modelId} (${dimensions}) is configured`,
      { hint: "Run `npm run ingest` to embed the reports with the configured model, or configure the other one." },
    );
  }
  return snapshot;
}

interface Attempt {
  readonly store: Store;
  readonly dataDir: string;
  /** Which database file it is, and its state before it was opened. */
  readonly identity: string | null;
  readonly fileState: string;
  readonly snapshot: Snapshot;
  readonly ranges: PassageRanges;
  readonly options: OpenOptions;
}

function openLexical(attempt: Attempt): Promise<LexicalIndex | null> {
  return loadOrRebuild(attempt, "lexical", {
    load: (path, file) => loadLexical(path, file),
    build: () => buildLexicalOf(attempt.store, attempt.options),
    save: (index, name) => saveLexical(index, attempt.dataDir, name),
  });
}

function openVectors(attempt: Attempt): Promise<VectorIndex | null> {
  const { store, snapshot, ranges, options } = attempt;
  return loadOrRebuild(attempt, "vectors", {
    load: async (path, file) => {
      const { loadVectors } = await vectorStore();
      return loadVectors(path, file, ranges.passageIds, snapshot.dimensions);
    },
    build: () => buildVectorsOf(store, snapshot, ranges.passageIds, options),
    save: (index, name) => index.saveFile(attempt.dataDir, name),
  });
}

/** Null when the snapshot is no longer current and its file is gone. */
async function loadOrRebuild<T extends { readonly count: number }>(
  { store, dataDir, snapshot, options }: Attempt,
  kind: IndexKind,
  work: {
    readonly load: (path: string, file: IndexFile) => Promise<T>;
    readonly build: () => Promise<T>;
    readonly save: (index: T, name: string) => Promise<FileFacts>;
  },
): Promise<T | null> {
  let reason: string;
  try {
    const file = recordedFile(store, snapshot, kind);
    const index = await work.load(join(dataDir, file.name), file);
    if (index.count !== snapshot.passages)
      throw new UnusableFile(`has ${index.count} passages, not ${snapshot.passages}`);
    return index;
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    if (isSuperseded(dataDir, snapshot)) return null;
    reason = error.message;
  }
  const writable = await isWritable(dataDir);
  options.warn(
    `The ${kind} index file ${reason}: building it again from the store` +
      (writable ? "" : ", in memory only, because the data folder cannot be written"),
  );
  const index = await work.build();
  if (writable) {
    try {
      const facts = await work.save(index, indexFileName(kind, snapshot.number));
      record(dataDir, fileRecord(kind, snapshot, facts));
    } catch (error) {
      options.warn(`The ${kind} index is used from memory: ${error instanceof Error ? error.message : error}`);
    }
  }
  return index;
}

function isSuperseded(dataDir: string, snapshot: Snapshot): boolean {
  const store = openStore(dataDir, { mode: "read" });
  try {
    return store.currentSnapshot()?.number !== snapshot.number;
  } finally {
    store.close();
  }
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** By a writer of its own, for a moment: the reader that has rebuilt a file is read-only. */
function record(dataDir: string, file: IndexFile): void {
  const store = openStore(dataDir, { mode: "write" });
  try {
    store.recordIndexFile(file);
  } finally {
    store.close();
  }
}
