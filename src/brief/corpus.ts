/** The whole corpus in one page: what it covers, and who acts in it. */

import type { GlossaryEntry } from "../text/glossary.ts";
import { lineOf } from "./choose.ts";
import { standing } from "./lines.ts";
import type { Item, LineDraft, Material, SectionMaker } from "./material.ts";
import { kindsOf, trust } from "./what.ts";

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
    .map((item) => ({ item, base: standing(item) * trust(item) * (0.3 + 0.7 * item.centrality) }));
  const covered = new Set<string>();
  const reports = new Set<string>();
  const chosen: Item[] = [];
  while (chosen.length < MOST_COVERED) {
    let best: { item: Item; value: number } | null = null;
    for (const { item, base } of open) {
      if (reports.has(item.hit.passage.reportId)) continue;
      const keys = keysOf(item, material).filter((key) => !covered.has(key));
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

/** Names of a sentence, and the heading above it. */
function keysOf({ reported, hit }: Item, { glossary }: Material): string[] {
  const names = new Set(reported.view.names.flatMap(({ entries }) => entries.map((entry) => glossary.term(entry))));
  if (names.size > MOST_NAMES) return [];
  const words = reported.view.tokens.filter(({ stop, numeric }) => !stop && !numeric).map(({ term }) => term);
  return names.size > 0 ? [...names] : [...new Set(words)].map((word) => `${hit.passage.reportId} ${word}`).slice(0, 0);
}

/** For each name, in how many reports it is. */
function weightsOf({ items, glossary }: Material): Map<string, number> {
  const reports = new Map<string, Set<string>>();
  for (const { reported, hit } of items) {
    for (const { entries } of reported.view.names) {
      for (const entry of entries) {
        const term = glossary.term(entry);
        const known = reports.get(term) ?? new Set();
        reports.set(term, known.add(hit.passage.reportId));
      }
    }
  }
  return new Map([...reports].map(([term, ids]) => [term, Math.sqrt(ids.size)]));
}

/** Who is named in most reports, each with the sentence that says best who it is. */
export const actorsSection: SectionMaker = (material, taken) => {
  const found = new Map<GlossaryEntry, { reports: Set<string>; items: Item[] }>();
  for (const item of material.items) {
    const [first] = item.reported.view.names;
    for (const name of item.reported.view.names) {
      const [entry] = name.entries;
      if (entry === undefined || name.entries.length > 1 || !ACTORS.has(entry.kind)) continue;
      const known = found.get(entry) ?? { reports: new Set<string>(), items: [] };
      known.reports.add(item.hit.passage.reportId);
      if (name === first || first === undefined || name.start < item.reading.length / 2) known.items.push(item);
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
      .filter((item) => standing(item) > 0)
      .map((item) => ({ item, score: (kindsOf(item, entry)?.worth ?? 0) * standing(item) * trust(item) }))
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
