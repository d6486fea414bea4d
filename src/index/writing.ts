/** The writing side of the store: every change is one transaction, and one transaction is one snapshot. */

import Database from "better-sqlite3";
import { SitrepError } from "../domain/errors.ts";
import { checkFigures, figureWriter } from "./figure-rows.ts";
import {
  type Change,
  type IndexFile,
  type NewEmbedding,
  quantise,
  type Snapshot,
  sentencesJson,
  vectorBlob,
} from "./records.ts";
import { versionKeeper } from "./report-versions.ts";

/** What to do where the disk is full, or the folder may only be read. */
export const WRITABLE_HINT = "Check that the data folder is writable and that the disk is not full.";

export interface WritingPart {
  /**
   * Applies a change and raises the snapshot number, whole or not at all. Replaces the passages of the reports
   * it names and deletes embeddings that no passage uses any more.
   *
   * The index files are then behind. Where readers should never see that, use `publishSnapshot`.
   * @throws {RangeError} when a passage or a figure is not what its report's text says, or an embedding is missing,
   *   of another model or not a direction: faults of the caller, after which nothing has changed.
   * @throws {SitrepError} "busy" while another process writes, or when another snapshot than the one that the
   *   change is based on is current.
   */
  commit(change: Change): Snapshot;
  /**
   * As `commit`, but only this connection sees the result until `publish`; `discard` undoes it. Between them
   * the index files of the coming snapshot are built and recorded.
   */
  stage(change: Change): Snapshot;
  publish(): void;
  /**
   * Moves what was committed from the write-ahead log into the database, as far as no reader still needs the state
   * before. The log begins anew with the next commit after all of it was moved and no reader uses it any more.
   */
  tidyLog(): { readonly pages: number; readonly isDone: boolean };
  /** Undoes what was staged; does nothing when nothing is. */
  discard(): void;
  /**
   * Keeps embeddings before the commit that uses them, so that an interrupted ingest need not compute them
   * again. Readers do not see them; the next commit deletes those that are still unused.
   */
  saveEmbeddings(model: string, dimensions: number, embeddings: readonly NewEmbedding[]): void;
  /**
   * Records an index file, replacing the record of the same kind and snapshot, and forgets those of snapshots
   * before the previous one. Returns false, and records nothing, when its snapshot is no longer current.
   */
  recordIndexFile(file: IndexFile): boolean;
}

export function writingPart(database: Database.Database): WritingPart {
  const deleteReport = database.prepare<[string]>("DELETE FROM reports WHERE id = ?");
  const keepVersion = versionKeeper(database);
  const insertReport = database.prepare(
    `INSERT INTO reports (id, path, file_sha256, content_sha256, source, text, reading, pages, ingested_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPassage = database.prepare(
    `INSERT INTO passages (report_id, ordinal, start_offset, end_offset, text, reading, headings, page, paragraph,
                           sentences, embedding_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertFigures = figureWriter(database);
  const insertEmbedding = database.prepare(
    `INSERT INTO embeddings (key, model, dimensions, vector, sentence_vectors) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET vector = excluded.vector, sentence_vectors = excluded.sentence_vectors`,
  );
  // Both subqueries are answered by indexes; the blobs are not read.
  const deleteOrphans = database.prepare(
    `DELETE FROM embeddings WHERE key IN (SELECT key FROM embeddings EXCEPT SELECT embedding_key FROM passages)`,
  );
  const foreignEmbedding = database.prepare<[string, number], { model: string; dimensions: number }>(
    "SELECT model, dimensions FROM embeddings WHERE model <> ? OR dimensions <> ? LIMIT 1",
  );
  const insertSnapshot = database.prepare<[string, string, number, string], Snapshot>(
    `INSERT INTO snapshots (number, created_at, model, dimensions, reports, passages, fingerprint)
     VALUES ((SELECT coalesce(max(number), 0) + 1 FROM snapshots), ?, ?, ?,
             (SELECT count(*) FROM reports), (SELECT count(*) FROM passages), ?)
     RETURNING number, created_at AS createdAt, model, dimensions, reports, passages, fingerprint`,
  );
  const currentNumber = database.prepare<[], number | null>("SELECT max(number) FROM snapshots").pluck();
  const insertFile = database.prepare(
    `INSERT OR REPLACE INTO index_files (kind, snapshot, name, bytes, sha256, model, dimensions, count, parameters)
     VALUES (@kind, @snapshot, @name, @bytes, @sha256, @model, @dimensions, @count, @parameters)`,
  );
  const deleteOldFiles = database.prepare<[number]>("DELETE FROM index_files WHERE snapshot < ? - 1");

  function insertEmbeddings(model: string, dimensions: number, embeddings: readonly NewEmbedding[]): void {
    for (const { key, vector, sentenceVectors } of embeddings) {
      for (const each of [vector, ...sentenceVectors]) {
        if (each.length !== dimensions) {
          throw new RangeError(`Embedding ${key} has ${each.length} dimensions, not ${dimensions}`);
        }
        if (!Number.isFinite(squaredNorm(each)))
          throw new RangeError(`Embedding ${key} has a value that is not finite`);
      }
      if (squaredNorm(vector) === 0) throw new RangeError(`Embedding ${key} has no direction`);
      insertEmbedding.run(key, model, dimensions, vectorBlob(vector), quantise(sentenceVectors, dimensions));
    }
  }

  function apply(change: Change): Snapshot {
    // Inside the transaction: from here on nobody else can publish.
    if (change.basedOn !== undefined && (currentNumber.get() ?? null) !== change.basedOn) throw overtaken();
    const now = new Date().toISOString();
    for (const id of change.removals) {
      keepVersion(id, null, now);
      if (deleteReport.run(id).changes === 0) throw new RangeError(`There is no report ${id} to remove`);
    }
    // All of them before the first insert: two reports may have exchanged their paths.
    for (const { report, contentSha256 } of change.upserts) {
      keepVersion(report.id, contentSha256, now);
      deleteReport.run(report.id);
    }
    insertEmbeddings(change.model, change.dimensions, change.embeddings);
    for (const upsert of change.upserts) {
      const { report, reading } = upsert;
      checkUpsert(upsert);
      insertReport.run(
        report.id,
        report.path,
        upsert.fileSha256,
        upsert.contentSha256,
        JSON.stringify(report.source),
        report.text,
        unlessEqual(reading, report.text),
        JSON.stringify(report.pages),
        now,
      );
      const passageIds = new Map<number, number>();
      for (const passage of upsert.passages) {
        const { lastInsertRowid } = insertPassage.run(
          report.id,
          passage.ordinal,
          passage.start,
          passage.end,
          passage.text,
          unlessEqual(passage.reading, passage.text),
          JSON.stringify(passage.locator.headings),
          passage.locator.page,
          passage.locator.paragraph,
          sentencesJson(passage.sentences),
          passage.embeddingKey,
        );
        passageIds.set(passage.ordinal, Number(lastInsertRowid));
      }
      insertFigures(upsert.figures, passageIds);
    }
    deleteOrphans.run();
    const foreign = foreignEmbedding.get(change.model, change.dimensions);
    if (foreign !== undefined) {
      throw new RangeError(
        `Reports that stay have embeddings of ${foreign.model} (${foreign.dimensions} dimensions), ` +
          `not of ${change.model} (${change.dimensions})`,
      );
    }
    const snapshot = insertSnapshot.get(now, change.model, change.dimensions, change.fingerprint);
    if (snapshot === undefined) throw new Error("The snapshot was not recorded");
    return snapshot;
  }

  function stage(change: Change): Snapshot {
    if (database.inTransaction) throw new Error("A change is already staged");
    return explained(() => {
      database.exec("BEGIN IMMEDIATE");
      try {
        return apply(change);
      } catch (error) {
        discard();
        throw error;
      }
    });
  }

  function publish(): void {
    explained(() => database.exec("COMMIT"));
  }

  function discard(): void {
    if (database.inTransaction) database.exec("ROLLBACK");
  }

  const recordIndexFile = database.transaction((file: IndexFile) => {
    const current = currentNumber.get() ?? 0;
    if (current !== file.snapshot) return false;
    insertFile.run(file);
    deleteOldFiles.run(current);
    return true;
  });
  const saveEmbeddings = database.transaction(insertEmbeddings);

  return {
    commit: (change) => {
      const snapshot = stage(change);
      try {
        publish();
      } catch (error) {
        discard();
        throw error;
      }
      return snapshot;
    },
    stage,
    publish,
    discard,
    tidyLog: () => {
      const [state] = database.pragma("wal_checkpoint(PASSIVE)") as {
        busy: number;
        log: number;
        checkpointed: number;
      }[];
      return { pages: state?.log ?? 0, isDone: state === undefined || state.log === state.checkpointed };
    },
    saveEmbeddings: (model, dimensions, embeddings) =>
      explained(() => saveEmbeddings.immediate(model, dimensions, embeddings)),
    recordIndexFile: (file) => explained(() => recordIndexFile.immediate(file)),
  };
}

function overtaken(): SitrepError {
  return new SitrepError("busy", "Another ingest finished while this one ran; nothing was changed by this one", {
    hint: "Run it again: it starts from what the other one left.",
  });
}

/** The last look before text is kept: whatever is shown later is a slice of what passes here. */
function checkUpsert({ report, reading, passages, figures }: Change["upserts"][number]): void {
  // A lone surrogate would come back from UTF-8 as another character.
  if (/\p{Surrogate}/u.test(`${report.text} ${reading}`)) {
    throw new RangeError(`Report ${report.id} is not well-formed Unicode`);
  }
  if (reading.length !== report.text.length) {
    throw new RangeError(`The reading view of report ${report.id} is not as long as its text`);
  }
  for (const passage of passages) {
    const where = `Passage ${passage.ordinal} of report ${report.id}`;
    const { start, end, text } = passage;
    if (text !== report.text.slice(start, end)) throw new RangeError(`${where} is not the text at ${start}..${end}`);
    if (/\p{Surrogate}/u.test(text) || /\p{Surrogate}/u.test(passage.reading)) {
      throw new RangeError(`${where} begins or ends inside a character`);
    }
    if (passage.reading.length !== text.length) throw new RangeError(`${where} has a reading of another length`);
    for (const sentence of passage.sentences) {
      if (sentence.start < start || sentence.end > end || sentence.start >= sentence.end) {
        throw new RangeError(`${where} has a sentence at ${sentence.start}..${sentence.end}, outside of it`);
      }
    }
  }
  checkFigures(figures, report, passages);
}

function squaredNorm(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum;
}

function unlessEqual(reading: string, text: string): string | null {
  return reading === text ? null : reading;
}

/** SQLite's errors in the terms of the caller. */
function explained<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith("SQLITE_BUSY")) {
      throw new SitrepError("busy", "Another process is writing to the index", {
        hint: "Try again when the other ingest has ended.",
        cause: error,
      });
    }
    if (error.code.startsWith("SQLITE_CONSTRAINT")) {
      throw new RangeError(`The change does not fit the index: ${error.message}`, { cause: error });
    }
    throw new SitrepError("index-unusable", `The index cannot be written: ${error.message}`, {
      hint: WRITABLE_HINT,
      cause: error,
    });
  }
}
