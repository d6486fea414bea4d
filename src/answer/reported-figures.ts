/** The figures of a passage as they are stored: what is counted, when, where, of whom and by whom, with where it stands. */
import type { NewFigure, ReportedFigure } from "../domain/figure.ts";
import type { Passage } from "../domain/passage.ts";
import type { Report } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Glossary } from "../text/glossary.ts";

export function figuresOfPassage(_hit: Hit, _glossary: Glossary): ReportedFigure[] {
  return [];
}

/** The figures of a report whose passages have no numbers yet. */
export function figuresOfReport(
  { id, path, source }: Pick<Report, "id" | "path" | "source">,
  passages: readonly Omit<Passage, "id" | "reportId">[],
  glossary: Glossary,
): NewFigure[] {
  return passages.flatMap((passage) => {
    const ranks = { lexicalRank: null, lexicalScore: null, denseRank: null, denseScore: null };
    const hit = { passage: { ...passage, id: 0, reportId: id }, reportPath: path, source, score: 0, ...ranks, why: [] };
    return figuresOfPassage(hit, glossary).map(({ reportId: _report, passageId: _passage, ...figure }) => ({
      ...figure,
      ordinal: passage.ordinal,
    }));
  });
}
