/** From passages to the material of a briefing: every sentence taken apart and weighed. */

import { passageView } from "../answer/passage-view.ts";
import { reportedBy } from "../answer/told.ts";
import type { ReportedFigure } from "../domain/figure.ts";
import type { Hit } from "../domain/retrieval.ts";
import { dot } from "../retrieve/hybrid.ts";
import type { Glossary } from "../text/glossary.ts";
import { inCodeOrder } from "../text/order.ts";
import type { Aboutness } from "./aboutness.ts";
import type { Item, Material, SubjectView } from "./material.ts";

export interface Gathered {
  readonly subject: SubjectView | null;
  readonly hits: readonly Hit[];
  readonly glossary: Glossary;
  readonly aboutness: Aboutness;
  /** Vectors of length 1 of each passage's sentences, by its id; none where the store has none. */
  readonly vectors: ReadonlyMap<number, readonly Float32Array[]>;
  readonly figures: readonly ReportedFigure[];
  /** Gives others their turn, and throws where nobody wants the result any more. */
  readonly pause: () => Promise<void>;
}

/** Every sentence of the passages, weighed, in the order of report path and text. */
export async function materialOf({ hits, glossary, aboutness, vectors, pause, ...rest }: Gathered): Promise<Material> {
  const items: Item[] = [];
  const ordered = [...hits].sort(
    (a, b) =>
      inCodeOrder(a.reportPath, b.reportPath) || a.passage.start - b.passage.start || a.passage.id - b.passage.id,
  );
  const seen = new Set<string>();
  for (const hit of ordered) {
    await pause();
    const about = aboutness(hit);
    const { sentences } = passageView(hit, glossary);
    for (const reported of reportedBy(hit, glossary)) {
      const { index, sentence, reading, view } = reported;
      const key = `${hit.passage.reportId} ${sentence.start}`;
      if (seen.has(key)) continue;
      seen.add(key);
      items.push({
        hit,
        index,
        sentence,
        reading: sentences[index]?.reading ?? reading,
        tokens: view.tokens,
        terms: view.terms,
        reported,
        aboutness: about[index] ?? 0,
        centrality: 0,
      });
    }
  }
  await pause();
  const vectorOf = ({ hit, index }: Item) => vectors.get(hit.passage.id)?.[index] ?? null;
  const central = centralities(items, vectorOf);
  const weighed = items.map((item, at) => ({ ...item, centrality: central[at] ?? 0 }));
  const at = new Map(weighed.map((item, position) => [`${item.hit.passage.id} ${item.index}`, position]));
  const positionOf = ({ passageId, sentence }: ReportedFigure) => at.get(`${passageId} ${sentence}`);
  const figures = rest.figures
    .filter((figure) => positionOf(figure) !== undefined)
    .sort((a, b) => (positionOf(a) ?? 0) - (positionOf(b) ?? 0) || a.start - b.start);
  return {
    subject: rest.subject,
    items: weighed,
    figures,
    glossary,
    likeness: (a, b) => {
      const [one, other] = [vectorOf(a), vectorOf(b)];
      return one === null || other === null ? 0 : dot(one, other);
    },
  };
}

/**
 * How much of what the others say each sentence says: its likeness to their middle, in which every report counts the
 * same, from 0 for the least to 1 for the most central. (Of all pairs this is the degree of Erkan and Radev, "LexRank",
 * 2004, without its threshold, in time linear in the number of sentences.)
 */
function centralities(items: readonly Item[], vectorOf: (item: Item) => Float32Array | null): number[] {
  const middles = new Map<string, { sum: Float64Array; weight: number }>();
  for (const item of items) {
    const vector = vectorOf(item);
    if (vector === null || item.aboutness === 0) continue;
    const { reportId } = item.hit.passage;
    const middle = middles.get(reportId) ?? { sum: new Float64Array(vector.length), weight: 0 };
    vector.forEach((value, dimension) => {
      middle.sum[dimension] = (middle.sum[dimension] ?? 0) + value * item.aboutness;
    });
    middle.weight += item.aboutness;
    middles.set(reportId, middle);
  }
  const [first] = middles.values();
  if (first === undefined) return items.map(() => 0);
  const centre = new Float64Array(first.sum.length);
  for (const { sum, weight } of middles.values()) {
    // A report with one sentence on it should not pull as hard as one that is all about it.
    const scale = Math.sqrt(weight) / weight;
    sum.forEach((value, dimension) => {
      centre[dimension] = (centre[dimension] ?? 0) + value * scale;
    });
  }
  const raw = items.map((item) => {
    const vector = vectorOf(item);
    return vector === null ? null : vector.reduce((sum, value, dimension) => sum + value * (centre[dimension] ?? 0), 0);
  });
  const values = raw.filter((value): value is number => value !== null);
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return raw.map((value) => (value === null || most <= least ? 0 : (value - least) / (most - least)));
}
