/** Key facts: what is central to a subject, varied, from several reports. */

import { choose } from "./choose.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { standing } from "./lines.ts";
import type { Item, Material, SectionDraft, SectionMaker, Taken } from "./material.ts";
import { isOfMethod } from "./method.ts";
import { openness, PLAIN } from "./unverified.ts";
import { trust } from "./what.ts";

const MOST = 8;
const LEAST_ABOUT = 0.6;
const PER_REPORT = 2;
/** Of so many sentences on a subject one is a key fact, where little is told of it. */
const SHARE = 5;
const LEAST_FACTS = 4;
const OF_METHOD = 0.2;
const OF_DIFFERENCES = 0.6;

export const keyFactsSection: SectionMaker = (material, taken) => facts(material, taken, MOST);

/** Those that a subject of which little is told has at least: chosen before what else could take them. */
export const fewFactsSection: SectionMaker = (material, taken) =>
  facts(material, taken, Math.min(MOST, Math.max(LEAST_FACTS, Math.ceil(sentencesOn(material) / SHARE))));

function facts(material: Material, taken: Taken, limit: number): SectionDraft | null {
  if (material.subject === null) return null;
  const lines = choose(material, taken, { limit, score: scoreOf, perReport: PER_REPORT, opinions: 1 });
  return lines.length === 0 ? null : { id: "key-facts", lines };
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
