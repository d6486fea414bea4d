/** The index from the outside in: its folder, the database, the snapshot, the files and every passage. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SitrepError } from "../domain/errors.ts";
import { counted, type Finding, fault, warning, well } from "../domain/health.ts";
import { examineFigures } from "./examine-figures.ts";
import { examineFiles } from "./examine-files.ts";
import { examineDataFolder, type FolderExamination } from "./examine-folder.ts";
import { examinePassages, type PassagesExamination } from "./examine-passages.ts";
import type { Snapshot, StoredReportHead } from "./records.ts";
import { DATABASE_NAME, openForReading, openStore, readingPart, type Store } from "./store.ts";

export interface IndexExamination extends FolderExamination, Omit<PassagesExamination, "snapshot"> {
  /** Of the configured embedding model; null where it is not known. */
  readonly modelId: string | null;
  /** Leaves out passages and checksums. */
  readonly isQuick: boolean;
  /** Whether hnswlib-node can be loaded. */
  readonly hasVectorLibrary: boolean;
}

/** What is stored, as far as it can be read. */
export type StoredState =
  | { readonly kind: "index"; readonly snapshot: Snapshot; readonly heads: readonly StoredReportHead[] }
  /** Nothing was ever ingested. */
  | { readonly kind: "none" }
  | { readonly kind: "unreadable" };

/** The most faults of one kind that SQLite is asked for. */
const MOST_FAULTS = 5;
const FROM_NOTHING =
  `Delete the files whose names begin with ${DATABASE_NAME} from the data folder and run \`npm run ingest\`: ` +
  "it makes everything again from the reports.";

/**
 * Nothing is created, repaired or migrated. (SQLite itself puts its log and its shared memory beside a database that
 * is read, as every question makes it do.)
 * @throws {SitrepError} "cancelled" by the signal.
 */
export async function examineIndex(
  examination: IndexExamination,
): Promise<{ readonly findings: readonly Finding[]; readonly stored: StoredState }> {
  const { dataDir } = examination;
  const findings = await examineDataFolder(examination);
  const path = join(dataDir, DATABASE_NAME);
  if (!existsSync(path)) return { findings: [...findings, noIndex()], stored: { kind: "none" } };
  try {
    const { database, release } = openForReading(dataDir, path);
    try {
      const found = await examineDatabase(database, examination);
      return { findings: [...findings, ...found.findings], stored: found.stored };
    } finally {
      database.close();
      release();
    }
  } catch (error) {
    if (!(error instanceof SitrepError) || error.code === "cancelled") throw error;
    return { findings: [...findings, unopened(error)], stored: { kind: "unreadable" } };
  }
}

async function examineDatabase(
  database: Database.Database,
  examination: IndexExamination,
): Promise<{ findings: readonly Finding[]; stored: StoredState }> {
  const findings: Finding[] = [];
  let stored: StoredState = { kind: "unreadable" };
  try {
    // One snapshot for all that follows; a deferred transaction takes it at its first read.
    database.exec("BEGIN; SELECT 1 FROM snapshots LIMIT 1;");
    const version = database.pragma("user_version", { simple: true });
    findings.push(well("index.database", `The database opens, with schema ${version}`));
    findings.push(integrity(database), references(database));
    const store = readingPart(database, () => undefined);
    const snapshot = store.currentSnapshot();
    if (snapshot === null) return { findings: [...findings, noIndex()], stored: { kind: "none" } };
    findings.push(counts(store, snapshot), ...model(snapshot, examination.modelId));
    stored = { kind: "index", snapshot, heads: store.listReports() };
    findings.push(
      ...(await examineFiles({ ...examination, store, snapshot, isStale: staleness(examination, snapshot) })),
    );
    if (!examination.isQuick) {
      findings.push(...(await examinePassages(database, { ...examination, snapshot })), examineFigures(database));
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    findings.push(fault("index.reading", `The database cannot be read: ${error.message}`, FROM_NOTHING));
  }
  return { findings, stored };
}

function unopened(error: SitrepError): Finding {
  if (error.code === "index-missing") return noIndex();
  if (error.code === "busy") {
    return warning("index.database", error.message, error.hint ?? "Wait until the other process has ended.");
  }
  return fault("index.database", error.message, error.hint ?? FROM_NOTHING);
}

/** The first question makes one by itself, so this is no fault. */
function noIndex(): Finding {
  return warning("index.snapshot", "There is no index yet", "Run `npm run ingest`.");
}

function integrity(database: Database.Database): Finding {
  const rows = database.pragma(`quick_check(${MOST_FAULTS})`) as readonly { readonly quick_check: string }[];
  const faults = rows.map(({ quick_check: words }) => words).filter((words) => words !== "ok");
  if (faults.length === 0) return well("index.integrity", "SQLite finds its database whole");
  return fault("index.integrity", `SQLite finds its database damaged: ${faults.join("; ")}`, FROM_NOTHING);
}

function references(database: Database.Database): Finding {
  const rows = database.pragma("foreign_key_check") as readonly { readonly table: string; readonly parent: string }[];
  if (rows.length === 0) return well("index.references", "Every row of the database belongs to one that is there");
  const kinds = [...new Set(rows.map(({ table, parent }) => `${table} to ${parent}`))].join(", ");
  const message = `${counted(rows.length, "row")} of the database lead to rows that are gone (${kinds})`;
  return fault(
    "index.references",
    message,
    "Run `npm run ingest -- --force`; if that fails, delete the data folder first.",
  );
}

function counts(store: Store, snapshot: Snapshot): Finding {
  const { reports, passages } = store.counts();
  const said = `${counted(snapshot.reports, "report")} and ${counted(snapshot.passages, "passage")}`;
  if (reports === snapshot.reports && passages === snapshot.passages) {
    return well("index.snapshot", `Snapshot ${snapshot.number} of ${snapshot.createdAt}: ${said}`);
  }
  const message = `Snapshot ${snapshot.number} was made of ${said}, and the database has ${reports} and ${passages}`;
  return fault("index.snapshot", message, "Run `npm run ingest -- --force`.");
}

function model(snapshot: Snapshot, modelId: string | null): Finding[] {
  if (modelId === null) return [];
  const made = `${snapshot.model} (${counted(snapshot.dimensions, "dimension")})`;
  if (snapshot.model === modelId) return [well("index.model", `The index was made with the configured model, ${made}`)];
  const remedy = "Run `npm run ingest` to embed the reports with the configured model, or configure the other one.";
  return [fault("index.model", `The index was made with ${made}, but ${modelId} is configured`, remedy)];
}

function staleness({ dataDir }: IndexExamination, snapshot: Snapshot): () => boolean {
  return () => {
    try {
      const store = openStore(dataDir, { mode: "read" });
      try {
        return store.currentSnapshot()?.number !== snapshot.number;
      } finally {
        store.close();
      }
    } catch (error) {
      if (error instanceof SitrepError) return true;
      throw error;
    }
  };
}
