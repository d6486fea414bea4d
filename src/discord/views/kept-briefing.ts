/** A briefing as it is kept, and what of it may be shown later. */

import type { Citation } from "../../domain/answer.ts";
import { type Briefing, type BriefingSection, citationsIn } from "../../domain/briefing.ts";
import type { ReportHead } from "../../domain/service.ts";

/** A briefing without what is never shown of it: the record keeps every one. */
export function forRecord(briefing: Briefing): Briefing {
  const citation = (each: Citation): Citation => ({ ...each, source: { ...each.source, sources: [] }, footnotes: [] });
  return withSections(briefing, (section) => ({
    ...section,
    lines: section.lines.map((line) => ({ ...line, citations: line.citations.map(citation) })),
    ...(section.table === undefined
      ? {}
      : { table: section.table.map((row) => ({ ...row, citation: citation(row.citation) })) }),
  }));
}

/**
 * A kept briefing without the titles and publishers of reports that may not be used any more. What it quotes is
 * compared with the reports page by page.
 */
export function withKnownOnly(briefing: Briefing, reports: readonly ReportHead[]): Briefing {
  const known = new Set(reports.map(({ id }) => id));
  const isKnown = ({ reportId }: { readonly reportId: string }) => known.has(reportId);
  const publishers = new Set(
    citationsIn(briefing).flatMap(({ quote, source }) => (isKnown(quote) ? [source.publisher] : [])),
  );
  const { scope } = briefing;
  return {
    ...withSections(briefing, (section) => ({
      ...section,
      lines: section.lines.map((line) => ({ ...line, corroboration: line.corroboration.filter(isKnown) })),
      ...(section.table === undefined
        ? {}
        : { table: section.table.map((row) => ({ ...row, alsoIn: row.alsoIn.filter(isKnown) })) }),
    })),
    scope: { ...scope, publishers: scope.publishers.filter((name) => publishers.has(name)) },
    ...(briefing.reports === undefined
      ? {}
      : { reports: briefing.reports.filter((report) => report.kind === "removed" || isKnown(report)) }),
  };
}

function withSections(briefing: Briefing, change: (section: BriefingSection) => BriefingSection): Briefing {
  return { ...briefing, sections: briefing.sections.map(change) };
}
