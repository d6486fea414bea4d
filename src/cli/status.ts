/** The `status` command: what the index holds. */

import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { ReportHead, Sitrep, Status } from "../domain/service.ts";
import { oneLine } from "../domain/visible.ts";
import { unlessInterrupted } from "./edge.ts";
import type { Io } from "./io.ts";
import { safeJson } from "./terminal.ts";

export interface StatusCommandOptions {
  readonly json?: boolean;
}

export async function statusCommand(sitrep: Sitrep, io: Io, { json = false }: StatusCommandOptions): Promise<ExitCode> {
  const [status, reports] = await unlessInterrupted(Promise.all([sitrep.status(), sitrep.reports()]), io.signal);
  const kinds = countBy(reports, ({ source }) => source.kind);
  const reliabilities = countBy(reports, ({ source }) => source.reliability);
  io.out.write(
    json ? `${safeJson({ ...status, kinds, reliabilities })}\n` : renderStatus(status, kinds, reliabilities),
  );
  return EXIT.ok;
}

type Counts = Readonly<Record<string, number>>;

export function renderStatus(status: Status, kinds: Counts, reliabilities: Counts): string {
  const rows: [string, string][] = [
    ["reports", reportsOf(status)],
    ["passages", `${status.passages}`],
    ["kinds", counts(kinds)],
    ["reliability", counts(reliabilities)],
    ["snapshot", `${status.snapshot}, of ${status.createdAt}`],
    ["model", `${status.model}, ${status.dimensions} dimensions`],
    ["corpus", status.corpusDir],
    ["data", status.dataDir],
  ];
  return rows.map(([label, value]) => `${label.padEnd(13)}${oneLine(value)}\n`).join("");
}

function reportsOf({ reports, usableReports }: Status): string {
  return usableReports === reports ? `${reports}` : `${reports}, of which MAX_MARKING lets ${usableReports} be used`;
}

function countBy(reports: readonly ReportHead[], keyOf: (report: ReportHead) => string): Counts {
  const found = new Map<string, number>();
  for (const report of reports) found.set(keyOf(report), (found.get(keyOf(report)) ?? 0) + 1);
  return Object.fromEntries([...found].sort(([left], [right]) => left.localeCompare(right)));
}

function counts(found: Counts): string {
  return Object.entries(found)
    .map(([key, count]) => `${key} ${count}`)
    .join(", ");
}
