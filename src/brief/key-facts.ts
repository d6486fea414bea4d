/** Key facts: what is central to a subject, varied, from several reports. */

import { choose } from "./choose.ts";
import type { Item, SectionMaker } from "./material.ts";
import { openness, PLAIN } from "./unverified.ts";
import { trust } from "./what.ts";

const MOST = 8;
const LEAST_ABOUT = 0.6;
const PER_REPORT = 2;

export const keyFactsSection: SectionMaker = (material, taken) => {
  if (material.subject === null) return null;
  const score = (item: Item) =>
    item.aboutness < LEAST_ABOUT
      ? 0
      : (0.5 * item.aboutness + 0.5 * item.centrality) * trust(item) * telling(item) * settled(item);
  const lines = choose(material, taken, { limit: MOST, score, perReport: PER_REPORT, opinions: 1 });
  return lines.length === 0 ? null : { id: "key-facts", lines };
};

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
