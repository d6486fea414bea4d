/** What the reports disagree on, side by side. */

import type { Disagreement } from "../domain/answer.ts";
import { lineOf } from "./choose.ts";
import { contradictions } from "./contradictions.ts";
import { differingFigures } from "./differing-figures.ts";
import { isOnSubject } from "./events.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { standing } from "./lines.ts";
import type { Item, LineDraft, Material, SectionMaker, Taken } from "./material.ts";

const MOST_GROUPS = 6;
/** Lines with figures; a group that would go beyond them is left out. */
const MOST_LINES = 14;
const MOST_PAIRS = 4;
const MOST_SINGLES = 3;

/**
 * Differing figures, each with its quote; claims beside their denials; and where there is room sentences that say
 * themselves that sources differ.
 */
export const disagreementsSection: SectionMaker = (material, taken) => {
  const lines: LineDraft[] = [];
  const disagreements: Disagreement[] = [];
  const place = (item: Item): number => {
    const known = lines.findIndex((line) => line.item === item);
    if (known >= 0) return known;
    taken.add(item);
    return lines.push(lineOf(material, item, null)) - 1;
  };
  for (const { disagreement, items } of differingFigures(material, taken)) {
    if (disagreements.length === MOST_GROUPS) break;
    const fresh = items.filter((item) => !lines.some((line) => line.item === item));
    // A line that another section or group has in other words is not said again.
    if (lines.length + fresh.length > MOST_LINES || fresh.some((item) => taken.has(item))) continue;
    const places = items.map(place);
    const values = disagreement.values.map((value) => ({ ...value, citation: (places[value.citation] ?? 0) + 1 }));
    disagreements.push({ ...disagreement, values });
  }
  const pairs = contradictions(material, taken, MOST_PAIRS).map(({ claim, denial }) => [place(claim), place(denial)]);
  for (const item of singles(material, taken, lines)) place(item);
  return lines.length === 0 ? null : { id: "disagreements", lines, disagreements, pairs };
};

/** Two sides in one sentence. */
const AGAINST =
  /\b(?:whereas|while|although|but|in contrast|instead|on the other hand|stands against|differs? (?:from|by|between|within)|do(?:es)? not agree|disagree[sd]?|contradict(?:s|ed)?)\b/iu;
const SAYS =
  /\b(?:credits|attributes|said|says|told|gave|gives|put|puts|called|named|counted|claimed|alleged|denied|rejected|spoke|voiced|reported|recorded|held|prints?|printed|accused|dates?|describes?|described|cited|relayed)\b/giu;
/** From so alike on a line says it already. */
const ALIKE = 0.7;

function singles(material: Material, taken: Taken, lines: readonly LineDraft[]): Item[] {
  const { items, likeness } = material;
  const worthOf = (item: Item) =>
    standing(item) * (0.3 + item.aboutness) * (0.5 + 0.5 * item.centrality) * (isOfDifferences(item) ? 1 : 0.7);
  const open = items
    .filter(
      (item) =>
        isOnSubject(item, material) && standing(item) >= 0.6 && item.hit.source.kind !== "op-ed" && isTwoSided(item),
    )
    .sort((a, b) => worthOf(b) - worthOf(a) || byPlace(a, b));
  const chosen: Item[] = [];
  for (const item of open) {
    if (chosen.length === MOST_SINGLES) break;
    const others = [...lines.map((line) => line.item), ...chosen];
    if (!taken.has(item) && others.every((other) => likeness(item, other) < ALIKE)) chosen.push(item);
  }
  return chosen;
}

/** Whether a sentence holds what two sources say, one against the other. */
function isTwoSided(item: Item): boolean {
  const { reading } = item;
  const isHeaded = isOfDifferences(item);
  return (
    AGAINST.test(reading) &&
    (reading.match(SAYS) ?? []).length >= 2 &&
    (isHeaded || /\b(?:whereas|while)\b/iu.test(reading))
  );
}

/** In the order of report path and text. */
function byPlace(a: Item, b: Item): number {
  const [one, other] = [a.hit.reportPath, b.hit.reportPath];
  return one < other ? -1 : one > other ? 1 : a.sentence.start - b.sentence.start;
}
