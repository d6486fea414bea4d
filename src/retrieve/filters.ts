/** From filters on reports to the passages that may be found. */

import { SitrepError } from "../domain/errors.ts";
import { type Marking, restriction } from "../domain/marking.ts";
import { dateRange, type ReportSource } from "../domain/report.ts";
import type { Filters } from "../domain/retrieval.ts";
import type { ReportHead } from "../domain/service.ts";
import type { PassageRanges } from "../index/records.ts";

/** The filters under a cap on markings: they can be stricter than it, and never loosen it. */
export function withinMarking(filters: Filters, cap: Marking): Filters {
  const asked = filters.maxMarking ?? cap;
  return { ...filters, maxMarking: restriction(asked) < restriction(cap) ? asked : cap };
}

/** Whether a report may be used. A report without a date passes no date filter: nothing says that it fits. */
export function mayUse(report: ReportHead, filters: Filters): boolean {
  const { source } = report;
  if (filters.maxMarking !== undefined && restriction(source.marking) > restriction(filters.maxMarking)) return false;
  if (filters.kinds !== undefined && filters.kinds.length > 0 && !filters.kinds.includes(source.kind)) return false;
  if (
    filters.sources !== undefined &&
    filters.sources.length > 0 &&
    !filters.sources.some((name) => names(report, name))
  ) {
    return false;
  }
  return isInDateRange(source, filters);
}

/**
 * Says so when the filters that were asked for leave no report of those under the cap. Reports above the cap are
 * as if they were not there: what the filters do to them is not told.
 * @throws {SitrepError} "bad-input".
 */
export function checkFilters(reports: readonly ReportHead[], filters: Filters, cap: Marking): void {
  const within = withinMarking(filters, cap);
  if (reports.some((report) => mayUse(report, within))) return;
  if (!reports.some((report) => mayUse(report, { maxMarking: cap }))) return;
  throw new SitrepError("bad-input", "No report matches the filters", {
    hint: "See `npm run status` for what the index holds, or drop a filter.",
  });
}

/** By id, or by part of the publisher, the title, the document id or the path. */
function names({ id, path, source }: ReportHead, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  if (wanted === "") return true;
  if (id.toLowerCase() === wanted) return true;
  return [source.publisher, source.title, source.documentId, path].some((text) => text?.toLowerCase().includes(wanted));
}

function isInDateRange(source: ReportSource, { since, until }: Filters): boolean {
  if (since === undefined && until === undefined) return true;
  if (source.published === null) return false;
  const published = dateRange(source.published);
  if (until !== undefined && published.from > dateRange(until).to) return false;
  if (since === undefined) return true;
  const latest = source.period === null ? published.to : [published.to, dateRange(source.period.to).to].sort().at(-1);
  return (latest ?? published.to) >= dateRange(since).from;
}

/**
 * 1 for each passage, by position, that the filters let through; undefined when they let all through.
 */
export function allowedPassages(
  reports: readonly ReportHead[],
  ranges: PassageRanges,
  filters: Filters,
): Uint8Array | undefined {
  const usable = new Set(reports.filter((report) => mayUse(report, filters)).map(({ id }) => id));
  if (usable.size === reports.length) return undefined;
  const byReport = Uint8Array.from(ranges.reportIds, (id) => (usable.has(id) ? 1 : 0));
  const allowed = new Uint8Array(ranges.passageIds.length);
  ranges.reports.forEach((report, position) => {
    allowed[position] = byReport[report] ?? 0;
  });
  return allowed;
}
