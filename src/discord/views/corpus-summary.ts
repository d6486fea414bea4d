/** The reports in numbers: how many there are, of which time, grade and marking. */

import { MARKINGS, type Marking } from "../../domain/marking.ts";
import { dateRange, type PartialDate, RELIABILITIES, type Reliability } from "../../domain/report.ts";
import type { ReportHead } from "../../domain/service.ts";

/** What the tour tells of the reports. */
export interface CorpusSummary {
  readonly reports: number;
  /** The first and the last date of publication, as the reports give them; null where none has one. */
  readonly published: { readonly from: PartialDate; readonly to: PartialDate } | null;
  readonly reliability: Readonly<Record<Reliability, number>>;
  /** Reports with each marking; "unmarked" for those with none. */
  readonly markings: Readonly<Record<Marking | "unmarked", number>>;
  readonly opEds: number;
}

/** null where there are none. */
export function summaryOf(reports: readonly ReportHead[]): CorpusSummary | null {
  if (reports.length === 0) return null;
  const sources = reports.map(({ source }) => source);
  const dates = sources.flatMap(({ published }) => (published === null ? [] : [published]));
  const byFirstDay = dates.toSorted((a, b) => dateRange(a).from.localeCompare(dateRange(b).from));
  const byLastDay = dates.toSorted((a, b) => dateRange(a).to.localeCompare(dateRange(b).to));
  const [from, to] = [byFirstDay[0], byLastDay.at(-1)];
  const count = (holds: (source: ReportHead["source"]) => boolean) => sources.filter(holds).length;
  return {
    reports: reports.length,
    published: from === undefined || to === undefined ? null : { from, to },
    reliability: counts(RELIABILITIES, (grade) => count(({ reliability }) => reliability === grade)),
    markings: counts([...MARKINGS, "unmarked"], (name) => count(({ marking }) => (marking ?? "unmarked") === name)),
    opEds: count(({ kind }) => kind === "op-ed"),
  };
}

function counts<K extends string>(keys: readonly K[], count: (key: K) => number): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<K, number>;
}
