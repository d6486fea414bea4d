/** `ingest list`, `show`, `remove` and `restore`: what moderators see of the corpus and take out of it. */

import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import { DERIVABLE_FIELDS, isTitledByFile, type ReportSource } from "../domain/report.ts";
import type { ReportDetails, ReportHead, Sitrep } from "../domain/service.ts";
import { oneLine, visible } from "../domain/visible.ts";
import { unlessInterrupted } from "./edge.ts";
import { counted, reportIngest } from "./ingest.ts";
import type { Io } from "./io.ts";
import { reliabilityWords } from "./render-source.ts";
import { safeJson, table, truncate } from "./terminal.ts";

/** Columns of a title in a list. */
const TITLE_WIDTH = 50;

export interface ListOptions {
  readonly json?: boolean;
  readonly removed?: boolean;
}

/** The reports of the index, or those that were removed and can be restored. */
export async function listCommand(
  sitrep: Sitrep,
  io: Io,
  words: string,
  { json = false, removed = false }: ListOptions,
): Promise<ExitCode> {
  if (removed) return listRemoved(sitrep, io, json);
  const all = await unlessInterrupted(sitrep.reports(), io.signal);
  const reports = all.filter((report) => isAbout(report, words));
  io.out.write(json ? `${safeJson(reports)}\n` : renderList(reports));
  return EXIT.ok;
}

async function listRemoved(sitrep: Sitrep, io: Io, json: boolean): Promise<ExitCode> {
  const removed = await sitrep.removed();
  if (json) io.out.write(`${safeJson(removed)}\n`);
  else if (removed.length === 0) io.out.write("No report was removed.\n");
  else {
    const columns = [{ title: "id" }, { title: "removed" }, { title: "path" }, { title: "title" }];
    const rows = removed.map(({ id, removedAt, path, title }) => [id, removedAt.slice(0, 19), path, title]);
    io.out.write(`${table(columns, rows.map(shown)).join("\n")}\n`);
    io.out.write("`npm run ingest -- restore ID` puts back the last one of an id; --removed TIME another.\n");
  }
  return EXIT.ok;
}

function isAbout({ id, path, source }: ReportHead, words: string): boolean {
  const text = [id, path, source.title, source.publisher, source.kind, source.marking].join("\n").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function renderList(reports: readonly ReportHead[]): string {
  const columns = ["id", "published", "kind", "grade", "marking", "publisher", "title", "path"].map((title) => ({
    title,
  }));
  const rows = reports.map(({ id, path, source }) => [
    id,
    source.published ?? "unknown",
    source.kind,
    source.reliability,
    source.marking ?? "unmarked",
    truncate(oneLine(source.publisher ?? "unknown"), TITLE_WIDTH),
    truncate(oneLine(source.title), TITLE_WIDTH),
    path,
  ]);
  return `${table(columns, rows.map(shown)).join("\n")}\n${counted(reports.length, "report")}.\n`;
}

function shown(row: readonly string[]): string[] {
  return row.map(oneLine);
}

export interface ShowOptions {
  readonly json?: boolean;
  readonly text?: boolean;
}

/**
 * One report: its metadata, or its canonical text, of which offsets count UTF-16 code units. Where the output is no
 * terminal the text goes out as it is, and nothing else does.
 */
export async function showCommand(
  sitrep: Sitrep,
  io: Io,
  id: string,
  { json = false, text = false }: ShowOptions,
): Promise<ExitCode> {
  if (text) {
    const canonical = await unlessInterrupted(sitrep.reportText(id), io.signal);
    if (json) io.out.write(`${safeJson({ id, text: canonical })}\n`);
    else if (io.out.isTerminal) io.out.write(`${canonical.split("\n").map(visible).join("\n")}\n`);
    else io.out.write(canonical);
    return EXIT.ok;
  }
  const report = await unlessInterrupted(sitrep.report(id), io.signal);
  io.out.write(json ? `${safeJson(report)}\n` : renderDetails(report));
  return EXIT.ok;
}

function renderDetails(report: ReportDetails): string {
  const { id, path, source, ingestedAt, characters, pages, passages } = report;
  const size = [
    counted(characters, "character"),
    ...(pages === 0 ? [] : [counted(pages, "page")]),
    counted(passages, "passage"),
  ].join(", ");
  const rows: [string, string][] = [
    ["id", id],
    ["file", path],
    ...sourceRows(source, path),
    ["text", size],
    ["ingested", ingestedAt],
  ];
  return rows.map(([label, value]) => `${label.padEnd(13)}${oneLine(value)}\n`).join("");
}

/** What is known of the source of a report, a line each; what nobody has said of it is marked. */
export function sourceRows(source: ReportSource, path: string): [string, string][] {
  const { title, publisher, author, published, period, documentId, url, kind, language, reliability, marking } = source;
  const values: Readonly<Record<string, string | null>> = {
    title,
    publisher: publisher ?? "unknown",
    author,
    published: published ?? "unknown",
    covers: period === null ? null : `${period.from} to ${period.to}`,
    documentId,
    url,
    kind,
    language,
    reliability: reliabilityWords(reliability),
    marking: marking ?? "none: treated as TLP:AMBER+STRICT",
    origins: source.origins.map((origin) => origin.title).join("; ") || null,
    footnotes: source.sources.length === 0 ? null : counted(source.sources.length, "source"),
  };
  return Object.entries(values).flatMap(([label, value]): [string, string][] => {
    if (value === null) return [];
    const isDerived = DERIVABLE_FIELDS.some((field) => field === label && source.derived.includes(field));
    const from = label === "title" && isTitledByFile(source, path) ? "the file's name" : "read from the document";
    return [[label, isDerived ? `${value} (${from}, unconfirmed)` : value]];
  });
}

export interface ChangeOptions {
  readonly json?: boolean;
}

/** Takes a report out; says how to put it back, where there is something to put back. */
export async function removeCommand(
  sitrep: Sitrep,
  io: Io,
  id: string,
  { json = false }: ChangeOptions,
): Promise<ExitCode> {
  let restorable = false;
  const code = await reportIngest(io, json, async (progress) => {
    const removal = await sitrep.remove(id, progress);
    restorable = removal.restorable;
    return removal;
  });
  if (code !== EXIT.ok) return code;
  io.err.write(
    restorable
      ? `To undo this: npm run ingest -- restore ${oneLine(id)}\n`
      : "Its file was gone already: there is nothing to put back.\n",
  );
  return code;
}

export interface RestoreOptions extends ChangeOptions {
  readonly removed?: string;
}

export function restoreCommand(
  sitrep: Sitrep,
  io: Io,
  id: string,
  { json = false, removed }: RestoreOptions,
): Promise<ExitCode> {
  return reportIngest(io, json, (progress) => sitrep.restore(id, { ...progress, removedAt: removed }));
}
