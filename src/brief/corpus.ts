/** The whole corpus in one page: what it covers, and who acts in it. */

import type { FoundName, GlossaryEntry } from "../text/glossary.ts";
import { lineOf } from "./choose.ts";
import { eventOf } from "./events.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { standing } from "./lines.ts";
import type { Item, LineDraft, Material, SectionMaker } from "./material.ts";
import { isOfMethod, isSource } from "./method.ts";
import { isOutright, isTeller, meantBy } from "./names.ts";
import { evenly } from "./passages.ts";
import { nature, trust } from "./what.ts";

const MOST_COVERED = 5;
const LEAST_STANDING = 0.8;
/** Sentences that are looked at, the most central first, and sentences that they are to stand for, evenly spread. */
const MOST_LOOKED_AT = 250;
const MOST_STOOD_FOR = 250;
const MOST_ACTORS = 8;
const ACTORS = new Set(["armed-group", "government-body", "organisation", "person"]);
/** Names of a sentence beyond which it is a list. */
const MOST_NAMES = 6;

/**
 * Sentences that together are most like what all reports say, each from another report and each on something else: by
 * facility location (how well the nearest chosen sentence stands for each of the others), with the names of most reports.
 */
export const coversSection: SectionMaker = (material, taken) => {
  const weights = weightsOf(material);
  const most = Math.max(1, ...weights.values());
  const nameful = ({ item }: { item: Item }) =>
    Math.max(0, ...keysOf(item, material).map((key) => (weights.get(key) ?? 0) / most));
  const open = material.items
    .filter((item) => standing(item) >= LEAST_STANDING && isPlain(item))
    .map((item) => ({ item, worth: standing(item) * trust(item) * (0.3 + 0.7 * item.centrality) }))
    .map((each) => ({ ...each, worth: each.worth * (0.4 + 0.6 * nameful(each)) * joining(each.item, material) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_LOOKED_AT);
  const all = evenly(material.items, MOST_STOOD_FOR);
  const near = new Map(open.map(({ item }) => [item, all.map((other) => Math.max(0, material.likeness(item, other)))]));
  const covered = all.map(() => 0);
  const reports = new Set<string>();
  const chosen: Item[] = [];
  while (chosen.length < MOST_COVERED) {
    let best: { item: Item; value: number } | null = null;
    for (const { item, worth } of open) {
      if (reports.has(item.hit.passage.reportId)) continue;
      const gain = (near.get(item) ?? []).reduce((sum, like, at) => sum + Math.max(0, like - (covered[at] ?? 0)), 0);
      const value = worth * gain;
      if (value > 0 && (best === null || value > best.value) && !taken.has(item)) best = { item, value };
    }
    if (best === null) break;
    const { item } = best;
    chosen.push(item);
    taken.add(item);
    reports.add(item.hit.passage.reportId);
    for (const [at, like] of (near.get(item) ?? []).entries()) covered[at] = Math.max(covered[at] ?? 0, like);
  }
  const lines = chosen.map((item) => lineOf(material, item, null));
  return lines.length === 0 ? null : { id: "covers", lines };
};

/** A theme joins names, or counts something in a place; one event on one day is none. */
function joining(item: Item, material: Material): number {
  if (eventOf(item, null, material.glossary)?.period.from.length === DAY.length) return OF_A_DAY;
  return 1 + OF_NAMES * Math.min(2, Math.max(0, keysOf(item, material).length - 1));
}

const DAY = "2025-01-31";
const OF_A_DAY = 0.4;
const OF_NAMES = 0.4;

/** Of a whole corpus newcomers are told first what is settled, in reports and not in opinions. */
function isPlain(item: Item): boolean {
  const { reading, hit, reported } = item;
  if (hit.source.kind === "op-ed" || reported.polarity.isDoubted) return false;
  return !isOfMethod(reading) && !isOfDifferences(item) && !LINKED.test(reading) && reading.length <= LONGEST;
}

/** What goes on from another sentence, or weighs several against each other. */
const LINKED = /;|\b(?:likewise|also|further|again|whereas|while)\b/u;
const LONGEST = 320;

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
  const found = new Map<
    GlossaryEntry,
    { reports: Set<string>; items: { item: Item; name: FoundName }[]; told: number }
  >();
  for (const item of material.items) {
    for (const name of item.reported.view.names) {
      const entry = meantBy(name);
      if (entry === null || !ACTORS.has(entry.kind)) continue;
      const known = found.get(entry) ?? { reports: new Set<string>(), items: [], told: 0 };
      found.set(entry, known);
      // Who only tells what others do is a source, and no actor.
      if (isSource(item.reading, name)) {
        known.told += 1;
        continue;
      }
      known.reports.add(item.hit.passage.reportId);
      known.items.push({ item, name });
    }
  }
  const actors = [...found]
    .filter(([, { items, told }]) => items.length > told)
    .sort(
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
