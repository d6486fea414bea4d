/** What reports were before they were changed or removed: fingerprints of their sentences, so that what is new can be told. */

import type { Database } from "better-sqlite3";
import { z } from "zod";
import type { PartialDate } from "../domain/report.ts";
import { type Fingerprint, fingerprintOf } from "../text/fingerprints.ts";
import { type PassageRow, passageOf } from "./records.ts";

/** A report as it was. Its words are not kept: what was taken out must be gone. */
export interface ReportVersion {
  readonly title: string;
  readonly published: PartialDate | null;
  readonly sentences: readonly Fingerprint[];
}

/** Days after which the version before is forgotten: nobody's last briefing is kept for longer. */
const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;

const SENTENCES = z.array(z.object({ whole: z.string(), words: z.array(z.number()) }));

/** Reads versions. @returns null where none of that content is kept. */
export function versionReader(database: Database): (reportId: string, contentSha256: string) => ReportVersion | null {
  const find = database.prepare<[string, string], { title: string; published: string | null; sentences: string }>(
    `SELECT title, published, sentences FROM report_versions WHERE report_id = ? AND content_sha256 = ?
     ORDER BY rowid DESC LIMIT 1`,
  );
  return (reportId, contentSha256) => {
    const row = find.get(reportId, contentSha256);
    return row === undefined ? null : { ...row, sentences: SENTENCES.parse(JSON.parse(row.sentences)) };
  };
}

/** Keeps the version of a report that is about to be deleted, and forgets old ones; within the transaction of a commit. */
export function versionKeeper(database: Database): (reportId: string, nextSha256: string | null, now: string) => void {
  const head = database.prepare<[string], { content: string; source: string }>(
    "SELECT content_sha256 AS content, source FROM reports WHERE id = ?",
  );
  const passages = database.prepare<[string], PassageRow>(
    `SELECT id, report_id, ordinal, start_offset, end_offset, text, reading, headings, page, paragraph, sentences
     FROM passages WHERE report_id = ? ORDER BY ordinal`,
  );
  const insert = database.prepare(
    `INSERT INTO report_versions (report_id, content_sha256, title, published, replaced_at, sentences)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const forget = database.prepare<[string]>("DELETE FROM report_versions WHERE replaced_at < ?");
  return (reportId, nextSha256, now) => {
    forget.run(new Date(Date.parse(now) - KEPT_DAYS * DAY_MS).toISOString());
    const row = head.get(reportId);
    // The same content read anew, by a newer version of Sitrep perhaps, is no other version.
    if (row === undefined || row.content === nextSha256) return;
    const { title, published } = JSON.parse(row.source) as { title: string; published: string | null };
    const sentences = passages
      .all(reportId)
      .map(passageOf)
      .flatMap(({ reading, start, sentences: spans }) =>
        spans.map((span) => fingerprintOf(reading.slice(span.start - start, span.end - start))),
      );
    insert.run(reportId, row.content, title, published, now, JSON.stringify(sentences));
  };
}
