/** What the rises and falls in a quote are measured against. */

import type { QuotedChange } from "../domain/answer.ts";
import type { ReportedFigure } from "../domain/figure.ts";
import type { Span } from "../domain/passage.ts";
import type { Period } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Glossary } from "../text/glossary.ts";
import { figuresOfPassage } from "./reported-figures.ts";

const PER_CENT = /%|\bper\s?cent|\bpc\b/iu;

/** The changes in per cent within a span of a passage, in its order. */
export function changesIn(hit: Hit, { start, end }: Span, glossary: Glossary): QuotedChange[] {
  // Most quotes have none, and reading a passage for its figures takes longer than looking for the sign.
  const quoted = hit.passage.text.slice(start - hit.passage.start, end - hit.passage.start);
  if (!PER_CENT.test(quoted)) return [];
  const changes = figuresOfPassage(hit, glossary).filter(({ change }) => change !== null);
  return changes
    .filter((figure) => start <= figure.start && figure.end <= end)
    .map((figure): QuotedChange => {
      const { written, change } = figure;
      const words = change?.baseWords ?? null;
      const isBaseQuoted = words !== null && start <= words.start && words.end <= end;
      return { written, base: change?.base ?? baseBeside(figure, changes), isBaseQuoted };
    });
}

/** The base that the passage gives of the same change elsewhere. */
function baseBeside(figure: ReportedFigure, changes: readonly ReportedFigure[]): Period | null {
  const same = changes.find(
    (other) =>
      other.low === figure.low &&
      other.countedKey === figure.countedKey &&
      other.change?.direction === figure.change?.direction &&
      other.time?.from === figure.time?.from &&
      other.time?.to === figure.time?.to &&
      (other.change?.base ?? null) !== null,
  );
  return same?.change?.base ?? null;
}
