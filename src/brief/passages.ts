/** Which passages a briefing reads, where there are more of them than it can. */

import type { Passage } from "../domain/passage.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { ReportHead } from "../domain/service.ts";

/** Passages that were not searched for, as hits; those of unknown reports are left out. */
export function hitsOf(reports: ReadonlyMap<string, ReportHead>, passages: readonly Passage[]): Hit[] {
  const ranks = { lexicalRank: null, lexicalScore: null, denseRank: null, denseScore: null };
  return passages.flatMap((passage): Hit[] => {
    const head = reports.get(passage.reportId);
    return head === undefined
      ? []
      : [{ passage, reportPath: head.path, source: head.source, score: 1, ...ranks, why: [] }];
  });
}

/** At most so many of them, evenly spread, in their order. */
export function evenly<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / Math.max(1, most));
  const count = Math.min(all.length, Math.max(1, most));
  return Array.from({ length: count }, (_, at) => all[Math.floor(at * step)] as T);
}

/** The first so many, taking one of each report after the other, so that a long one does not take all places. */
export function overReports(ranked: readonly Passage[], most: number): Passage[] {
  if (ranked.length <= most) return [...ranked];
  const ofReport = new Map<string, number>();
  const turns = ranked.map((passage, rank) => {
    const times = ofReport.get(passage.reportId) ?? 0;
    ofReport.set(passage.reportId, times + 1);
    return { passage, times, rank };
  });
  return turns
    .sort((a, b) => a.times - b.times || a.rank - b.rank)
    .slice(0, most)
    .map(({ passage }) => passage);
}
