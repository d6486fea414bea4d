/** The whole corpus in one page: what it covers, and who acts in it. */

import type { FoundName, GlossaryEntry } from "../text/glossary.ts";
import { lineOf } from "./choose.ts";
import { standing } from "./lines.ts";
import type { Item, LineDraft, Material, SectionMaker } from "./material.ts";
import { isOutright, isTeller, meantBy } from "./names.ts";
import { nature, trust } from "./what.ts";

const MOST_COVERED = 5;
const MOST_ACTORS = 8;
const ACTORS = new Set(["armed-group", "government-body", "organisation", "person"]);
/** Names of a sentence beyond which it is a list. */
const MOST_NAMES = 6;

/** Sentences that together name what most reports speak of, each from another report. */
export const coversSection: SectionMaker = (material, taken) => {
  const weights = weightsOf(material);
  const open = material.items
    .filter((item) => standing(item) > 0)
    .map((item) => ({
      item,
      names: keysOf(item, material),
      base: standing(item) * trust(item) * (0.3 + 0.7 * item.centrality),
    }));
  const covered = new Set<string>();
  const reports = new Set<string>();
  const chosen: Item[] = [];
  while (chosen.length < MOST_COVERED) {
    let best: { item: Item; value: number } | null = null;
    for (const { item, names, base } of open) {
      if (reports.has(item.hit.passage.reportId)) continue;
      const keys = names.filter((key) => !covered.has(key));
      const gain = keys.reduce((sum, key) => sum + (weights.get(key) ?? 0), 0) / Math.sqrt(Math.max(2, keys.length));
      const value = base * gain;
      if (value > 0 && (best === null || value > best.value) && !taken.has(item)) best = { item, value };
    }
    if (best === null) break;
    chosen.push(best.item);
    taken.add(best.item);
    reports.add(best.item.hit.passage.reportId);
    for (const key of keysOf(best.item, material)) covered.add(key);
  }
  const lines = chosen.map((item) => lineOf(material, item, null));
  return lines.length === 0 ? null : { id: "covers", lines };
};

/** Names that a sentence speaks of. */
function keysOf({ reported, reading }: Item, { glossary }: Material): string[] {
  const meant = reported.view.names.filter((name) => isOutright(name, reading) && !isTeller(reading, name));
  const names = new Set(meant.flatMap((name) => meantBy(name) ?? []).map((entry) => glossary.term(entry)));
  return names.size > MOST_NAMES ? [] : [...names];
}

/** For each name, in how many reports it is spoken of. */
function weightsOf(material: Material): Map<string, number> {
  const reports = new Map<string, Set<string>>();
  for (const item of material.items) {
    for (const term of keysOf(item, material)) {
      const known = reports.get(term) ?? new Set();
      reports.set(term, known.add(item.hit.passage.reportId));
    }
  }
  return new Map([...reports].map(([term, ids]) => [term, ids.size]));
}

/** Who is spoken of in most reports, each with the sentence that says best who it is. */
export const actorsSection: SectionMaker = (material, taken) => {
  const found = new Map<GlossaryEntry, { reports: Set<string>; items: { item: Item; name: FoundName }[] }>();
  for (const item of material.items) {
    for (const name of item.reported.view.names) {
      const entry = meantBy(name);
      if (entry === null || !ACTORS.has(entry.kind)) continue;
      // Who only tells what others do is a source, and no actor.
      if (isTeller(item.reading, name)) continue;
      const known = found.get(entry) ?? { reports: new Set<string>(), items: [] };
      known.reports.add(item.hit.passage.reportId);
      known.items.push({ item, name });
      found.set(entry, known);
    }
  }
  const actors = [...found].sort(
    ([a, ofA], [b, ofB]) =>
      ofB.reports.size - ofA.reports.size || ofB.items.length - ofA.items.length || (a.name < b.name ? -1 : 1),
  );
  const lines: LineDraft[] = [];
  for (const [entry, { items }] of actors) {
    if (lines.length === MOST_ACTORS) break;
    const best = items
      .filter(({ item }) => standing(item) > 0)
      .map(({ item, name }) => ({ item, score: nature(item, entry, [name])?.worth ?? 0 }))
      .filter(({ score }) => score >= LEAST_SCORE)
      .sort((a, b) => b.score - a.score)
      .find(({ item }) => !taken.has(item));
    if (best === undefined) continue;
    taken.add(best.item);
    lines.push(lineOf(material, best.item, { kind: "name", name: entry.name }));
  }
  return lines.length === 0 ? null : { id: "actors", lines };
};

const LEAST_SCORE = 0.45;
