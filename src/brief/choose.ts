/** Choosing sentences for a section: the best, varied, from several reports, and none that a line says already. */

import type { LineLabel } from "../domain/briefing.ts";
import { lineSpan, standing } from "./lines.ts";
import type { Item, LineDraft, Material, Taken } from "./material.ts";
import { bearsOut } from "./taken.ts";

export interface Choice {
  readonly limit: number;
  /** Higher is better; one of 0 or less is not taken. */
  readonly score: (item: Item) => number;
  /** Lines of one report at most. */
  readonly perReport: number;
  /** Lines of opinion pieces at most; absent: as many as there are. */
  readonly opinions?: number;
  readonly label?: (item: Item) => LineLabel | null;
}

/** What a further line of a report is worth, as a share of what it would be, */
const AGAIN = 0.78;
/** Lines for each that there is room for, shared by reports. */
const ROOM = 1.4;
/** and one that is like a chosen one in meaning, at most. */
const LIKE = 0.6;
/** Share of the best one's worth below which a sentence is left out, though there is room. */
const LEAST_WORTH = 0.35;
/** Likeness from which that counts. */
const LIKE_FROM = 0.45;

/** By maximal marginal relevance (Carbonell and Goldstein 1998). What is chosen is taken. */
export function choose(
  material: Material,
  taken: Taken,
  { limit, score, perReport, opinions = limit, label }: Choice,
): LineDraft[] {
  const { items, likeness } = material;
  const open = items
    .map((item) => ({ item, worth: standing(item) === 0 ? 0 : score(item) * standing(item) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_LOOKED_AT);
  const least = LEAST_WORTH * (open[0]?.worth ?? 0);
  const reports = new Set(open.map(({ item }) => item.hit.passage.reportId)).size;
  // Where few reports have something, each of them may have more.
  const most = Math.max(perReport, Math.ceil((limit * ROOM) / Math.max(1, reports)));
  const chosen: Item[] = [];
  const ofReport = new Map<string, number>();
  while (chosen.length < limit) {
    let best: { item: Item; value: number } | null = null;
    for (const { item, worth } of open) {
      if (worth < least || (best !== null && worth <= best.value)) break;
      const times = ofReport.get(item.hit.passage.reportId) ?? 0;
      if (times >= most || chosen.includes(item)) continue;
      // The last of several is of another report than all others, where there is one.
      const isAlone = chosen.length === limit - 1 && limit > 1 && reports > 1 && ofReport.size === 1;
      if (isAlone && times > 0) continue;
      if (isOpinion(item) && chosen.filter(isOpinion).length >= opinions) continue;
      const nearest = chosen.reduce((top, other) => Math.max(top, likeness(item, other)), 0);
      const isLike = Math.max(0, (nearest - LIKE_FROM) / (1 - LIKE_FROM));
      const value = worth * AGAIN ** times * (1 - LIKE * isLike);
      if ((best === null || value > best.value) && !taken.has(item)) best = { item, value };
    }
    if (best === null) break;
    chosen.push(best.item);
    taken.add(best.item);
    const { reportId } = best.item.hit.passage;
    ofReport.set(reportId, (ofReport.get(reportId) ?? 0) + 1);
  }
  return chosen.map((item) => lineOf(material, item, label?.(item) ?? null));
}

const isOpinion = ({ hit: { source } }: Item): boolean => source.kind === "op-ed";

const MOST_LOOKED_AT = 400;

/** A sentence as a line, with those of other reports that say the same. */
export function lineOf({ items, likeness, glossary }: Material, item: Item, label: LineLabel | null): LineDraft {
  const { reportId } = item.hit.passage;
  const same = items.filter(
    (other) => other.hit.passage.reportId !== reportId && bearsOut(item, other, likeness, glossary),
  );
  return { item, span: lineSpan(item), label, same };
}
