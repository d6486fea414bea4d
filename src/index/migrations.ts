/** The tables of the store, and how an older database of ours becomes a current one. */

import type { Database } from "better-sqlite3";
import { SitrepError } from "../domain/errors.ts";

/** A database of ours: what tells it from any other SQLite file, and how its tables came about. */
export interface Schema {
  /** PRAGMA application_id. */
  readonly applicationId: number;
  /**
   * One entry per version, in order; PRAGMA user_version counts those that were run. Never edit an entry that has
   * been released: add another.
   */
  readonly migrations: readonly string[];
}

/** "STRP" */
const APPLICATION_ID = 0x53545250;

/**
 * Passages are AUTOINCREMENT so that an id is never given to other text: a hit that was found in an older
 * index can be missing, but it cannot point at the wrong words.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    file_sha256 TEXT NOT NULL,
    source TEXT NOT NULL CHECK (json_valid(source)),
    text TEXT NOT NULL,
    reading TEXT,
    ingested_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE embeddings (
    key TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    dimensions INTEGER NOT NULL CHECK (dimensions > 0),
    vector BLOB NOT NULL CHECK (length(vector) = 4 * dimensions),
    sentence_vectors BLOB NOT NULL CHECK (length(sentence_vectors) % (4 + dimensions) = 0)
  ) STRICT;
  CREATE INDEX embeddings_model ON embeddings (model, dimensions);

  CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 4294967295),
    report_id TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    text TEXT NOT NULL,
    reading TEXT,
    headings TEXT NOT NULL,
    page INTEGER,
    paragraph INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    embedding_key TEXT NOT NULL REFERENCES embeddings (key),
    UNIQUE (report_id, ordinal)
  ) STRICT;
  CREATE INDEX passages_embedding ON passages (embedding_key);

  CREATE TABLE snapshots (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    created_at TEXT NOT NULL,
    model TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    fingerprint TEXT NOT NULL
  ) STRICT;

  CREATE TABLE index_files (
    kind TEXT NOT NULL CHECK (kind IN ('lexical', 'vectors')),
    snapshot INTEGER NOT NULL REFERENCES snapshots (number),
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    model TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    count INTEGER NOT NULL,
    parameters TEXT NOT NULL,
    PRIMARY KEY (kind, snapshot)
  ) STRICT;
  `,
  // An empty checksum is that of no file: what was ingested before is not known again when its file is renamed.
  `
  ALTER TABLE reports ADD COLUMN content_sha256 TEXT NOT NULL DEFAULT '';
  ALTER TABLE reports ADD COLUMN pages TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(pages));
  UPDATE reports SET source = json_set(source, '$.derived', json('[]'));
  `,
  `
  CREATE TABLE figures (
    id INTEGER PRIMARY KEY,
    passage_id INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    written TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL CHECK (high >= low),
    unit TEXT NOT NULL,
    counted TEXT NOT NULL,
    counted_key TEXT,
    from_date TEXT,
    to_date TEXT,
    rest TEXT NOT NULL CHECK (json_valid(rest))
  ) STRICT;
  CREATE INDEX figures_passage ON figures (passage_id, start_offset);
  CREATE INDEX figures_counted ON figures (counted_key, from_date);
  CREATE INDEX figures_period ON figures (from_date, to_date);

  CREATE TABLE figure_terms (
    term TEXT NOT NULL,
    figure_id INTEGER NOT NULL REFERENCES figures (id) ON DELETE CASCADE,
    PRIMARY KEY (term, figure_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX figure_terms_figure ON figure_terms (figure_id);
  `,
  `
  CREATE TABLE report_versions (
    report_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    replaced_at TEXT NOT NULL,
    sentences TEXT NOT NULL CHECK (json_valid(sentences))
  ) STRICT;
  CREATE INDEX report_versions_report ON report_versions (report_id, content_sha256);
  CREATE INDEX report_versions_replaced ON report_versions (replaced_at);
  `,
];

const STORE: Schema = { applicationId: APPLICATION_ID, migrations: MIGRATIONS };

/** What a database file is to us. */
type Ownership = "ours" | "empty";

/**
 * @throws {SitrepError} "index-unusable" for another program's database and for one of a newer Sitrep.
 */
export function checkOwnership(database: Database, path: string, schema: Schema = STORE): Ownership {
  const known = schema.migrations.length;
  const version = schemaVersion(database);
  const application = Number(database.pragma("application_id", { simple: true }));
  if (application === 0 && version === 0 && isEmpty(database)) return "empty";
  if (application !== schema.applicationId) {
    throw new SitrepError("index-unusable", `${path} is a database of another program`, {
      hint: "Set DATA_DIR to a folder of Sitrep's own.",
    });
  }
  if (version > known) {
    throw new SitrepError(
      "index-unusable",
      `${path} was written by a newer version of Sitrep (schema ${version}, this one knows ${known})`,
      { hint: "Update Sitrep, or set DATA_DIR to another folder and ingest again." },
    );
  }
  return "ours";
}

/** True when the schema is older than this program's and a writer has to migrate it. */
export function isBehind(database: Database, schema: Schema = STORE): boolean {
  return schemaVersion(database) < schema.migrations.length;
}

/** Brings the schema up to date in one transaction; a crash leaves the old version whole. */
export function migrate(database: Database, schema: Schema = STORE): void {
  const { applicationId, migrations } = schema;
  if (!isBehind(database, schema)) return;
  const run = database.transaction(() => {
    // Asked again inside the transaction: another writer may have migrated since.
    for (const statements of migrations.slice(schemaVersion(database))) database.exec(statements);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${migrations.length}`);
  });
  run.immediate();
}

function schemaVersion(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

function isEmpty(database: Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_master LIMIT 1").get() === undefined;
}
