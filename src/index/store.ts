/** The system of record: reports, passages and embeddings in one SQLite database, read in whole snapshots. */

import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SitrepError } from "../domain/errors.ts";
import type { FigureQuery, ReportedFigure } from "../domain/figure.ts";
import type { Passage } from "../domain/passage.ts";
import type { Report } from "../domain/report.ts";
import { figureReader } from "./figure-rows.ts";
import { makeDataFolder } from "./folders.ts";
import { checkOwnership, isBehind, migrate } from "./migrations.ts";
import {
  dequantise,
  type IndexFile,
  type PassageRanges,
  type PassageRow,
  passageOf,
  type Snapshot,
  type StoredReportHead,
  vectorOf,
} from "./records.ts";
import { type ReportVersion, versionReader } from "./report-versions.ts";
import { WRITABLE_HINT, type WritingPart, writingPart } from "./writing.ts";

export const DATABASE_NAME = "sitrep.sqlite";

/** How long a statement waits for another process's lock, in milliseconds; the process does nothing else then. */
const BUSY_TIMEOUT = 1000;
/** Rows read at once where a caller goes through everything. */
const PAGE_ROWS = 500;

/** The reading side. All of it is synchronous; a query path uses only `passages` and `sentenceVectors`. */
export interface Store {
  /** All reports in path order. */
  listReports(): StoredReportHead[];
  report(id: string): Report | null;
  /** Null for an unknown id. */
  factsOf(id: string): ReportFacts | null;
  /** The reading view of a report, as long as its text; null for an unknown id. */
  readingOf(id: string): string | null;
  /**
   * Passages in the order of the ids.
   * @throws {RangeError} for an id that is not there.
   */
  passages(ids: Iterable<number>): Passage[];
  /** In the order of the text; empty for an unknown report. */
  passagesOfReport(reportId: string): Passage[];
  /** Up to `limit` passages with ids above `id`, in id order: for going through all of them in pages. */
  passagesAfter(id: number, limit: number): Passage[];
  passageRanges(): PassageRanges;
  /** The figures of the reports that a query asks for, in the order of report path and text. */
  figures(query: FigureQuery): ReportedFigure[];
  /** What a report was when its file had this checksum, before it was changed or removed; null where that is forgotten. */
  version(reportId: string, contentSha256: string): ReportVersion | null;
  /** For each passage that is there, its sentences' vectors, of length 1. */
  sentenceVectors(passageIds: Iterable<number>): Map<number, Float32Array[]>;
  /** Those of the keys that have an embedding. */
  haveEmbeddings(keys: Iterable<string>): Set<string>;
  /** Every passage's vector in id order. The vectors are views that stay valid. */
  allVectors(): IterableIterator<{ readonly passageId: number; readonly vector: Float32Array }>;
  /** Null before the first commit. */
  currentSnapshot(): Snapshot | null;
  /** The recorded index files, newest snapshot first. */
  indexFiles(): IndexFile[];
  counts(): Counts;
  /** Whether a copy is read, because the folder lets nobody read the database in it: it shows no later commit. */
  readonly isCopy: boolean;
  /** Runs `use` in one read transaction: all that it reads belongs to one snapshot. */
  read<T>(use: () => T): T;
  close(): void;
}

/** Figures about one report. */
export interface ReportFacts {
  /** ISO time. */
  readonly ingestedAt: string;
  /** UTF-16 code units of canonical text. */
  readonly characters: number;
  readonly pages: number;
  readonly passages: number;
}

export interface Counts {
  readonly reports: number;
  readonly passages: number;
  readonly embeddings: number;
}

/** The one writer; a second process that writes gets SitrepError("busy"). */
export interface WritableStore extends Store, WritingPart {}

/**
 * Opens the database in a data folder, which a writer creates and migrates where needed.
 * `pinned` (readers only) holds the store to the snapshot that is current now, until it is closed.
 *
 * WAL lets readers go on while a writer commits. `synchronous` is FULL and not NORMAL: in WAL mode NORMAL may
 * lose the last commits when the power fails, after a person was told that a report is in (or is out), and one
 * fsync for each ingest costs nothing that anybody notices.
 *
 * @throws {SitrepError} "index-missing" for a reader without a database; "index-unusable" for a file that is
 *   damaged, another program's, or of another version of Sitrep, or a folder that cannot be made.
 */
export function openStore(dataDir: string, options: { readonly mode: "write" }): WritableStore;
export function openStore(dataDir: string, options: { readonly mode: "read"; readonly pinned?: boolean }): Store;
export function openStore(
  dataDir: string,
  options: { readonly mode: "read" | "write"; readonly pinned?: boolean },
): Store | WritableStore {
  const path = join(dataDir, DATABASE_NAME);
  if (options.mode === "write") {
    const database = openForWriting(dataDir, path);
    return { ...readingPart(database, () => database.close()), ...writingPart(database) };
  }
  if (!existsSync(path)) throw missing(`There is no index in ${dataDir}`);
  const { database, release, isCopy } = openForReading(dataDir, path);
  const close = () => {
    database.close();
    release();
  };
  if (options.pinned === true) {
    // A deferred transaction takes its snapshot at the first read, not at BEGIN.
    database.exec("BEGIN; SELECT 1 FROM snapshots LIMIT 1;");
  }
  return readingPart(database, close, isCopy);
}

/** The fault of an index that nobody has made yet. */
export function missing(message: string): SitrepError {
  return new SitrepError("index-missing", message, { hint: "Run `npm run ingest` first." });
}

function openForWriting(dataDir: string, path: string): Database.Database {
  makeDataFolder(dataDir);
  return opened(path, () => {
    const database = new Database(path, { timeout: BUSY_TIMEOUT });
    return orClose(database, () => {
      // Before anything is written: a file that is not ours must stay as it is.
      checkOwnership(database, path);
      database.pragma("journal_mode = WAL");
      database.pragma("synchronous = FULL");
      database.pragma("foreign_keys = ON");
      database.pragma("journal_size_limit = 67108864");
      migrate(database);
      return database;
    });
  });
}

/**
 * A connection that only reads. A folder that cannot be written is copied first, because SQLite would put a file of
 * shared memory beside the database; `release` deletes the copy.
 * @throws what `openStore` throws.
 */
export function openForReading(
  dataDir: string,
  path: string,
): { database: Database.Database; release: () => void; isCopy: boolean } {
  const database = opened(path, () => {
    try {
      return checkedReader(path);
    } catch (error) {
      // WAL needs a shared-memory file beside the database, which a read-only folder or a full disk refuses.
      if (!isSqliteError(error, "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR")) throw error;
      return null;
    }
  });
  if (database !== null) return { database, release: () => {}, isCopy: false };
  const folder = mkdtempSync(join(tmpdir(), "sitrep-"));
  const release = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const suffix of ["", "-wal"]) {
      const name = DATABASE_NAME + suffix;
      if (existsSync(join(dataDir, name))) cpSync(join(dataDir, name), join(folder, name));
    }
    return { database: opened(path, () => checkedReader(join(folder, DATABASE_NAME))), release, isCopy: true };
  } catch (error) {
    release();
    throw error;
  }
}

function checkedReader(path: string): Database.Database {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
  return orClose(database, () => {
    if (checkOwnership(database, path) === "empty") throw missing(`${path} is empty`);
    if (isBehind(database)) {
      throw new SitrepError("index-unusable", `${path} was written by an older version of Sitrep`, {
        hint: "Run `npm run ingest`: it brings the index up to date.",
      });
    }
    return database;
  });
}

function orClose<T>(database: Database.Database, use: () => T): T {
  try {
    return use();
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite's own errors at opening become one that says which file and what to do. */
function opened<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    if (isSqliteError(error, "SQLITE_BUSY")) {
      throw new SitrepError("busy", `${path} is locked by another process`, {
        hint: "Try again when the other ingest has ended.",
        cause: error,
      });
    }
    // A disk that is full or read-only is no reason to delete what is good.
    const isDamaged = isSqliteError(error, "SQLITE_CORRUPT", "SQLITE_NOTADB");
    throw new SitrepError("index-unusable", `${path} cannot be opened as a database: ${error.message}`, {
      hint: isDamaged
        ? `Delete the files whose names begin with ${DATABASE_NAME} from the data folder and ingest again; ` +
          "the corpus folder has everything that is needed."
        : WRITABLE_HINT,
      cause: error,
    });
  }
}

/** Whether an error is one of these SQLite codes or a more exact form of it. */
export function isSqliteError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Database.SqliteError && codes.some((code) => error.code.startsWith(code));
}

const PASSAGE_COLUMNS =
  "id, report_id, ordinal, start_offset, end_offset, text, reading, headings, page, paragraph, sentences";

/** The store over a connection that is open already. */
export function readingPart(database: Database.Database, close: () => void, isCopy = false): Store {
  const reports = database.prepare<
    [],
    { id: string; path: string; fileSha256: string; contentSha256: string; source: string }
  >(
    `SELECT id, path, file_sha256 AS fileSha256, content_sha256 AS contentSha256, source
     FROM reports ORDER BY path`,
  );
  const report = database.prepare<[string], { id: string; path: string; source: string; text: string; pages: string }>(
    "SELECT id, path, source, text, pages FROM reports WHERE id = ?",
  );
  const facts = database.prepare<[string], { ingestedAt: string; text: string; pages: number; passages: number }>(
    `SELECT ingested_at AS ingestedAt, text, json_array_length(pages) AS pages,
            (SELECT count(*) FROM passages WHERE report_id = reports.id) AS passages
     FROM reports WHERE id = ?`,
  );
  const reading = database
    .prepare<[string], string>("SELECT coalesce(reading, text) FROM reports WHERE id = ?")
    .pluck();
  const passage = database.prepare<[number], PassageRow>(`SELECT ${PASSAGE_COLUMNS} FROM passages WHERE id = ?`);
  const ofReport = database.prepare<[string], PassageRow>(
    `SELECT ${PASSAGE_COLUMNS} FROM passages WHERE report_id = ? ORDER BY ordinal`,
  );
  const after = database.prepare<[number, number], PassageRow>(
    `SELECT ${PASSAGE_COLUMNS} FROM passages WHERE id > ? ORDER BY id LIMIT ?`,
  );
  // The index on report_id answers this without touching the texts; sorting numbers is cheap.
  const ranges = database.prepare<[], [number, string]>("SELECT id, report_id FROM passages ORDER BY +id").raw();
  const sentenceVectors = database.prepare<[number], { dimensions: number; sentence_vectors: Buffer }>(
    `SELECT dimensions, sentence_vectors FROM passages JOIN embeddings ON key = embedding_key WHERE id = ?`,
  );
  const hasEmbedding = database.prepare<[string], number>("SELECT 1 FROM embeddings WHERE key = ?").pluck();
  const vectors = database
    .prepare<[number, number], [number, Buffer]>(
      `SELECT id, vector FROM passages JOIN embeddings ON key = embedding_key WHERE id > ? ORDER BY id LIMIT ?`,
    )
    .raw();
  const snapshot = database.prepare<[], Snapshot>(
    `SELECT number, created_at AS createdAt, model, dimensions, reports, passages, fingerprint
     FROM snapshots ORDER BY number DESC LIMIT 1`,
  );
  const indexFiles = database.prepare<[], IndexFile>(
    `SELECT kind, snapshot, name, bytes, sha256, model, dimensions, count, parameters
     FROM index_files ORDER BY snapshot DESC, kind`,
  );
  const counts = database.prepare<[], Counts>(
    `SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM passages) AS passages,
            (SELECT count(*) FROM embeddings) AS embeddings`,
  );

  function passageById(id: number): Passage {
    const row = passage.get(id);
    if (row === undefined) throw new RangeError(`There is no passage ${id}`);
    return passageOf(row);
  }

  function* allVectors() {
    for (let last = 0; ; ) {
      // In pages, because an open iterator would keep the connection from every other statement.
      const rows = vectors.all(last, PAGE_ROWS);
      for (const [passageId, blob] of rows) yield { passageId, vector: vectorOf(blob) };
      const [lastId] = rows.at(-1) ?? [];
      if (lastId === undefined) return;
      last = lastId;
    }
  }

  const read = database.transaction((use: () => unknown) => use());

  return {
    listReports: () => reports.all().map((row) => ({ ...row, source: JSON.parse(row.source) })),
    report: (id) => {
      const row = report.get(id);
      return row === undefined ? null : { ...row, source: JSON.parse(row.source), pages: JSON.parse(row.pages) };
    },
    factsOf: (id) => {
      const row = facts.get(id);
      if (row === undefined) return null;
      // SQLite's own length() counts code points.
      const { text, ...rest } = row;
      return { ...rest, characters: text.length };
    },
    readingOf: (id) => reading.get(id) ?? null,
    passages: (ids) => Array.from(ids, passageById),
    passagesOfReport: (reportId) => ofReport.all(reportId).map(passageOf),
    passagesAfter: (id, limit) => after.all(id, limit).map(passageOf),
    passageRanges: () => rangesOf(ranges.all()),
    figures: figureReader(database),
    version: versionReader(database),
    sentenceVectors: (passageIds) => {
      const found = new Map<number, Float32Array[]>();
      for (const id of passageIds) {
        const row = sentenceVectors.get(id);
        if (row !== undefined) found.set(id, dequantise(row.sentence_vectors, row.dimensions));
      }
      return found;
    },
    haveEmbeddings: (keys) => new Set([...keys].filter((key) => hasEmbedding.get(key) !== undefined)),
    allVectors,
    currentSnapshot: () => snapshot.get() ?? null,
    indexFiles: () => indexFiles.all(),
    counts: () => counts.get() ?? { reports: 0, passages: 0, embeddings: 0 },
    isCopy,
    // Inside a transaction (pinned, or within another read) the caller already has one snapshot.
    read: <T>(use: () => T) => (database.inTransaction ? use() : (read(use) as T)),
    close,
  };
}

function rangesOf(rows: readonly [number, string][]): PassageRanges {
  const passageIds = new Uint32Array(rows.length);
  const reports = new Uint32Array(rows.length);
  const numbers = new Map<string, number>();
  rows.forEach(([id, reportId], position) => {
    const number = numbers.get(reportId) ?? numbers.size;
    numbers.set(reportId, number);
    passageIds[position] = id;
    reports[position] = number;
  });
  return { passageIds, reports, reportIds: [...numbers.keys()] };
}
