/** Key facts: what is central to a subject, varied, from several reports. */

import { newness } from "../answer/as-of.ts";
import { asOf } from "../answer/quoted-time.ts";
import type { ReportedFigure } from "../domain/figure.ts";
import { dateRange } from "../domain/report.ts";
import { choose } from "./choose.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { standing } from "./lines.ts";
import type { Item, Material, SectionDraft, SectionMaker, Taken } from "./material.ts";
import { isOfMethod } from "./method.ts";
import { isOfTies } from "./relations.ts";
import { openness, PLAIN } from "./unverified.ts";
import { trust } from "./what.ts";

const MOST = 8;
const LEAST_ABOUT = 0.6;
const PER_REPORT = 2;
/** Of so many sentences on a subject one is a key fact, where little is told of it. */
const SHARE = 5;
const LEAST_FACTS = 4;
/** Key facts at most on who supports, shelters or pays the subject. */
const MOST_TIES = 2;
/** Sentences that are held against each other, the best first. */
const MOST_WEIGHED = 300;
/** What a year of age takes, down to the least, and what has no time. */
const A_YEAR = 0.08;
const OLDEST = 0.65;
const UNDATED = 0.85;
const DAYS_OF_YEAR = 365.25;
/** What each independent report with a sentence like it adds, and how like it is. */
const A_REPORT = 0.12;
const MOST_BEARING = 3;
const LIKE_FROM = 0.72;
const OF_METHOD = 0.2;
const OF_DIFFERENCES = 0.6;

export const keyFactsSection: SectionMaker = (material, taken) => facts(material, taken, MOST);

/** Those that a subject of which little is told has at least: chosen before what else could take them. */
export const fewFactsSection: SectionMaker = (material, taken) =>
  facts(material, taken, Math.min(MOST, Math.max(LEAST_FACTS, Math.ceil(sentencesOn(material) / SHARE))));

/** Who supports, shelters or pays it is central: chosen before relations in much the same words take its place. */
export const tiesSection: SectionMaker = (material, taken) => {
  if (material.subject === null) return null;
  const scores = scoresOf(material);
  const lines = choose(material, taken, {
    limit: MOST_TIES,
    score: (item) => (isOfTies(item) && openness(item) < PLAIN ? (scores.get(item) ?? 0) : 0),
    perReport: 1,
    opinions: 0,
  });
  return lines.length === 0 ? null : { id: "key-facts", lines };
};

function facts(material: Material, taken: Taken, limit: number): SectionDraft | null {
  if (material.subject === null) return null;
  const scores = scoresOf(material);
  const score = (item: Item) => scores.get(item) ?? 0;
  const lines = choose(material, taken, { limit, score, perReport: PER_REPORT, opinions: 1 });
  return lines.length === 0 ? null : { id: "key-facts", lines };
}

/** The score of each sentence that can be a key fact: what several bear out and what is newer goes first. */
function scoresOf(material: Material): ReadonlyMap<Item, number> {
  const known = scoresBy.get(material) ?? readScores(material);
  scoresBy.set(material, known);
  return known;
}

const scoresBy = new WeakMap<Material, ReadonlyMap<Item, number>>();

function readScores(material: Material): ReadonlyMap<Item, number> {
  const base = material.items
    .map((item) => ({ item, score: isSuperseded(item, material) ? 0 : scoreOf(item) * standing(item) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_WEIGHED);
  const ages = base.map(({ item }) => newness(asOf(item, item.sentence)));
  const newest = Math.max(...ages.filter(Number.isFinite));
  return new Map(
    base.map(({ item }, position) => {
      const years = (newest - (ages[position] ?? newest)) / DAYS_OF_YEAR;
      const fresh = Number.isFinite(years) ? Math.max(OLDEST, 1 - A_YEAR * years) : UNDATED;
      const borne = 1 + A_REPORT * Math.min(MOST_BEARING, bearing(item, base, material));
      return [item, scoreOf(item) * fresh * borne];
    }),
  );
}

/** Reports that rest on other origins and have a sentence like it. */
function bearing(item: Item, others: readonly { readonly item: Item }[], { likeness }: Material): number {
  const reports = new Set<string>();
  for (const { item: other } of others) {
    const { reportId } = other.hit.passage;
    if (reportId === item.hit.passage.reportId || reports.has(reportId) || haveOneOrigin(item, other)) continue;
    if (likeness(item, other) >= LIKE_FROM) reports.add(reportId);
  }
  return reports.size;
}

function haveOneOrigin(a: Item, b: Item): boolean {
  const ids = new Set(a.hit.source.origins.map(({ title }) => title));
  const others = b.hit.source.origins;
  return others.length > 0 && others.every(({ title }) => ids.has(title));
}

const figuresOf = new WeakMap<Material, ReadonlyMap<string, readonly ReportedFigure[]>>();

/** The figures of a material by their sentence and by what they count. */
function figuresBy(material: Material): ReadonlyMap<string, readonly ReportedFigure[]> {
  const known = figuresOf.get(material);
  if (known !== undefined) return known;
  const found = new Map<string, ReportedFigure[]>();
  for (const figure of material.figures) {
    const keys = [`at ${figure.passageId} ${figure.sentence}`];
    if (figure.countedKey !== null) keys.push(`of ${figure.countedKey}`);
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), figure]);
  }
  figuresOf.set(material, found);
  return found;
}

/** Whether a later figure counts what one of the sentence counts: the table shows how it changed. */
function isSuperseded(item: Item, material: Material): boolean {
  const figures = figuresBy(material);
  const own = figures.get(`at ${item.hit.passage.id} ${item.index}`) ?? [];
  return own.some(({ countedKey, time, change, unit }) => {
    if (countedKey === null || time === null || change !== null) return false;
    const until = dateRange(time.to).to;
    return (figures.get(`of ${countedKey}`) ?? []).some(
      (other) =>
        other.change === null && other.unit === unit && other.time !== null && dateRange(other.time.from).from > until,
    );
  });
}

function scoreOf(item: Item): number {
  if (item.aboutness < LEAST_ABOUT) return 0;
  const aside = isOfMethod(item.reading) ? OF_METHOD : isOfDifferences(item) ? OF_DIFFERENCES : 1;
  return (0.5 * item.aboutness + 0.5 * item.centrality) * trust(item) * telling(item) * settled(item) * aside;
}

/** How many sentences are on the subject and can be lines. */
export function sentencesOn({ items }: Material): number {
  return items.filter((item) => item.aboutness >= LEAST_ABOUT && standing(item) > 0).length;
}

/** What is open belongs among what is unverified. */
function settled(item: Item): number {
  const open = openness(item);
  return open >= PLAIN ? 0.4 : open >= 0.6 ? 0.75 : 1;
}

/** A fact has a figure, a time or a name in it. */
export function telling({ reported }: Item): number {
  const { counts } = reported;
  const figures = counts.counted.length > 0 ? 0.1 : 0;
  const times = counts.times.length > 0 ? 0.05 : 0;
  return 0.9 + figures + times;
}
