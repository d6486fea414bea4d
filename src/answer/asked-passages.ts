/** Passages that hold a figure which a question asks for, and which searching missed. */

import type { FigureQuery, ReportedFigure } from "../domain/figure.ts";
import type { Passage } from "../domain/passage.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { ReportHead } from "../domain/service.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { figureLookup } from "./asked-keys.ts";
import { wantsFrom } from "./wants.ts";

/** Where stored figures and their passages are. */
export interface FigureSources {
  readonly store: {
    figures(query: FigureQuery): ReportedFigure[];
    passages(ids: Iterable<number>): Passage[];
  };
  readonly reports: ReadonlyMap<string, ReportHead>;
  readonly names: Glossary;
  /** Ids of all passages, ascending. */
  readonly ids: Uint32Array;
  /** For each of them 1 where it may be used; absent where all may. */
  readonly allowed: Uint8Array | undefined;
}

/** So many are put in the places of as many of the last. */
const MOST = 3;

/** The hits with the passages of the figures that the question asks for, at most `limit` of them. */
export function withAskedFigures(
  question: Question,
  hits: readonly Hit[],
  limit: number,
  { store, reports, names, ids, allowed }: FigureSources,
): readonly Hit[] {
  const lookup = figureLookup(question, wantsFrom(question), names);
  if (lookup === null) return hits;
  const known = new Set(hits.map(({ passage }) => passage.id));
  const missed = new Set<number>();
  for (const countedKey of lookup.countedKeys) {
    for (const figure of store.figures({ countedKey, period: lookup.period, terms: lookup.terms })) {
      if (missed.size === MOST) break;
      const { passageId } = figure;
      const isUsable = allowed === undefined || allowed[positionOf(ids, passageId)] === 1;
      if (isUsable && !known.has(passageId) && lookup.isAsked(figure)) missed.add(passageId);
    }
  }
  if (missed.size === 0) return hits;
  const kept = hits.slice(0, limit - missed.size);
  const score = kept.at(-1)?.score ?? 0;
  const ranks = { lexicalRank: null, lexicalScore: null, denseRank: null, denseScore: null };
  const added = store.passages(missed).flatMap((passage): Hit[] => {
    const head = reports.get(passage.reportId);
    if (head === undefined) return [];
    return [{ passage, reportPath: head.path, source: head.source, score, ...ranks, why: [] }];
  });
  return [...kept, ...added];
}

/** Where an id stands among ascending ids; -1 where it does not. */
function positionOf(ids: Uint32Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle] ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
