/** The `ingest` command, and the first ingest that `ask` runs when there is no index yet. */

import { SitrepError } from "../domain/errors.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { IngestSummary, Refusal } from "../domain/ingest.ts";
import type { IngestOptions, Sitrep } from "../domain/service.ts";
import { oneLine } from "../domain/visible.ts";
import type { Io } from "./io.ts";
import { duration, progressMeter } from "./progress.ts";
import { safeJson } from "./terminal.ts";

/** Names listed of each group; a corpus of ten thousand reports must not fill the screen. */
const NAMES_SHOWN = 10;

export interface IngestCommandOptions {
  readonly json?: boolean;
  readonly jsonProgress?: boolean;
  readonly only?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly allowEmpty?: boolean;
}

/** Brings the index up to date and says what happened. Exits with 3 when files were refused. */
export function ingestCommand(
  sitrep: Sitrep,
  io: Io,
  { json = false, jsonProgress = false, ...options }: IngestCommandOptions,
): Promise<ExitCode> {
  const run: IngestRun = (progress) => sitrep.ingest({ ...options, ...progress });
  return reportIngest(io, json, jsonProgress ? (progress) => run({ ...progress, ...progressInJson(io) }) : run);
}

type IngestRun = (progress: Pick<IngestOptions, "onProgress" | "signal">) => Promise<IngestSummary>;

/** For a program that starts an ingest and shows how it goes on: a line whenever something was done. */
function progressInJson(io: Io): Pick<IngestOptions, "onProgress"> {
  return { onProgress: (progress) => io.err.write(`${safeJson(progress)}\n`) };
}

/**
 * Runs an ingest with its progress on stderr, and says what it did.
 * @param run is given what it has to pass on to the ingest.
 */
export async function reportIngest(io: Io, json: boolean, run: IngestRun): Promise<ExitCode> {
  const summary = await withProgress(io, run);
  io.out.write(json ? `${safeJson(summary)}\n` : renderSummary(summary));
  for (const line of refusalLines(summary.refused)) io.err.write(`${line}\n`);
  return summary.refused.length > 0 ? EXIT.refused : EXIT.ok;
}

/** The first ingest, run for a question: everything about it goes to stderr, and refused files do not stop it. */
export async function ingestFirst(sitrep: Sitrep, io: Io, folders: { corpus: string; data: string }): Promise<void> {
  io.err.write(`No index in ${oneLine(folders.data)} yet: reading the reports in ${oneLine(folders.corpus)} first.\n`);
  const summary = await withProgress(io, (progress) => sitrep.ingest(progress));
  io.err.write(`${headline(summary)}\n`);
  for (const line of refusalLines(summary.refused)) io.err.write(`${line}\n`);
  if (summary.reports === 0) {
    throw new SitrepError("bad-corpus", `No report of ${folders.corpus} could be taken in`);
  }
  io.err.write("\n");
}

async function withProgress(io: Io, run: IngestRun): Promise<IngestSummary> {
  const meter = progressMeter(io.err);
  try {
    return await run({ onProgress: meter.report, signal: io.signal });
  } finally {
    meter.end();
  }
}

function headline({ dryRun, reports, passages, snapshot, milliseconds }: IngestSummary): string {
  const time = duration(milliseconds);
  if (dryRun) return `Nothing was changed; this is what an ingest would do (looked at in ${time}):`;
  return `${counted(reports, "report")} in ${counted(passages, "passage")} (snapshot ${snapshot}), in ${time}.`;
}

/** The summary as text for a person, ending in a line end. */
export function renderSummary(summary: IngestSummary): string {
  const rows: [string, string][] = [
    ["new", names(summary.added)],
    ["changed", names(summary.changed)],
    ...(summary.renamed.length === 0 ? [] : [["renamed", names(summary.renamed)] as [string, string]]),
    ["unchanged", `${summary.unchanged}`],
    ["removed", names(summary.removed)],
    ["refused", `${summary.refused.length}`],
    ["embeddings", `${summary.embeddingsComputed} computed, ${summary.embeddingsReused} reused`],
  ];
  const lines = [
    headline(summary),
    ...rows.map(([label, value]) => `  ${label.padEnd(12)}${value}`),
    ...summary.warnings.map((warning) => `  worth a look: ${oneLine(warning)}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** A line for each reason of each refused file: "refused corpus/a.md:4: published: not a date". */
export function refusalLines(refused: readonly Refusal[]): string[] {
  return refused.flatMap(({ path, problems }) =>
    problems.map(({ line, field, reason, file }) => {
      const at = line === null ? "" : `:${line}`;
      const place = file === undefined ? `${oneLine(path)}${at}` : `${oneLine(path)} (${oneLine(file)}${at})`;
      return `refused ${place}: ${field === null || field === "" ? "" : `${oneLine(field)}: `}${oneLine(reason)}`;
    }),
  );
}

function names(ids: readonly string[]): string {
  if (ids.length === 0) return "0";
  const shown = ids.slice(0, NAMES_SHOWN).map(oneLine).join(", ");
  const rest = ids.length > NAMES_SHOWN ? `, and ${ids.length - NAMES_SHOWN} more` : "";
  return `${ids.length} (${shown}${rest})`;
}

/** "1 report", "2,041 passages". */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
