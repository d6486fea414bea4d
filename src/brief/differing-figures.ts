/** Figures of the material that differ, in groups: what each says, and which sentences say it. */

import { notComparedIn } from "../answer/differing.ts";
import { differingGroups, isOfOneThing, type QuotedFigure, shownGroup } from "../answer/side-by-side.ts";
import { type Tally, talliesOf } from "../answer/tally.ts";
import { isOneVoice } from "../answer/voices.ts";
import type { Disagreement } from "../domain/answer.ts";
import type { Reliability } from "../domain/report.ts";
import { isOnSubject } from "./events.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { standing } from "./lines.ts";
import type { Item, Material, SubjectView, Taken } from "./material.ts";

/** Figures that differ; the numbers of its values are positions in `items`. */
export interface DifferingFigures {
  readonly disagreement: Disagreement;
  readonly items: readonly Item[];
  /** How many of those who give them do not rest on one another. */
  readonly sources: number;
}

/** Values of one disagreement. */
const MOST_VALUES = 4;

/** Groups of differing figures on the subject, those with most independent sources first; none that another one says. */
export function differingFigures(material: Material, taken: Taken): DifferingFigures[] {
  const { items, subject, glossary } = material;
  const usable = items.filter(
    (item) => isOnSubject(item, material) && standing(item) > 0 && item.hit.source.kind !== "op-ed" && !taken.has(item),
  );
  const apart = notComparedIn([...new Set(items.map(({ hit }) => hit))], glossary);
  const byThing = new Map<string, QuotedFigure[]>();
  usable.forEach((item, citation) => {
    if (item.reported.counts.counted.length === 0) return;
    for (const tally of talliesOf(item.reported, glossary)) {
      if (tally.what === null || !isOn(tally, item, subject, material)) continue;
      byThing.set(tally.what, [...(byThing.get(tally.what) ?? []), { tally, citation }]);
    }
  });
  const found = [...byThing.values()].flatMap((quoted) =>
    differingGroups(onceEach(quoted, usable), apart).map((group) => shownOf(group, usable)),
  );
  const ordered = found
    .filter(({ disagreement }) => new Set(disagreement.values.map(({ written }) => written)).size > 1)
    .filter((each) => each.items.length > 1 || each.sources > 1 || each.items.some(isOfSources))
    .sort((a, b) => b.sources - a.sources || b.items.length - a.items.length || byPlace(a.items[0], b.items[0]));
  return ordered.filter((one, index) => !ordered.slice(0, index).some((other) => areOne(one, other)));
}

/** "It was 40 hours, or 48 in the season": without a word on who says so a sentence has two figures, and no dispute. */
function isOfSources(item: Item): boolean {
  return isOfDifferences(item) || OF_SOURCES.test(item.reading);
}

const OF_SOURCES =
  /\b(?:accounts?|sources?|reports?|reported|according|press|estimates?|counts?|figures?|tolls?|said|gave|put|claim(?:s|ed)?)\b/iu;

/** What a group does is no figure of the country, and the other way round. */
function isOn(tally: Tally, item: Item, subject: SubjectView | null, { glossary }: Material): boolean {
  const [entry] = subject?.entries ?? [];
  if (entry === undefined) return true;
  const term = glossary.term(entry);
  const has = (keys: ReadonlySet<string>) => [...keys].some((key) => key.split(" ").includes(term));
  if (entry.kind === "armed-group") return tally.actors.size === 0 ? item.aboutness >= SURE : has(tally.actors);
  if (entry.kind === "place") return has(tally.places) || (tally.places.size === 0 && has(tally.home));
  if (entry.kind === "event") return has(tally.events);
  return item.aboutness >= SURE;
}

const SURE = 0.8;

/** One value of one counter once, in the words of the best source: the others say the same. */
function onceEach(quoted: readonly QuotedFigure[], items: readonly Item[]): QuotedFigure[] {
  const ordered = [...quoted].sort((a, b) => inOrder(items[a.citation], items[b.citation]));
  const seen = new Set<string>();
  return ordered.filter(({ tally, citation }) => {
    const { low, high, bound } = tally.counted.figure;
    const who = tally.who?.key ?? items[citation]?.hit.passage.reportId;
    const { time, setting, exactly, narrowed } = tally;
    const sets = [tally.places, tally.actors, tally.events].map((set) => [...set].sort().join(" "));
    const key = [
      low,
      high,
      bound,
      who,
      time?.from,
      time?.to,
      time?.part,
      time?.base,
      setting,
      exactly,
      narrowed,
      ...sets,
    ];
    return !seen.has(key.join("|")) && seen.add(key.join("|"));
  });
}

const GRADES: Readonly<Record<Reliability, number>> = { A: 0, B: 1, C: 2, F: 3, D: 4, E: 5 };

/** Whose words are shown: the more reliable, those that hold no other's figure, the more central. */
function inOrder(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const rank = (item: Item) => GRADES[item.hit.source.reliability] + (isOfDifferences(item) ? 1 : 0);
  return rank(a) - rank(b) || standing(b) - standing(a) || b.centrality - a.centrality || byPlace(a, b);
}

function shownOf(group: readonly QuotedFigure[], usable: readonly Item[]): DifferingFigures {
  // Who gives the same value says the same.
  const byValue = new Map(
    [...group].reverse().map((each) => [`${each.tally.counted.figure.low} ${each.tally.counted.figure.high}`, each]),
  );
  const disagreement = shownGroup(group.filter((each) => [...byValue.values()].includes(each)).slice(0, MOST_VALUES));
  const positions = [...new Set(disagreement.values.map(({ citation }) => citation))];
  const items = positions.flatMap((position) => usable[position] ?? []);
  const values = disagreement.values.map((value) => ({ ...value, citation: positions.indexOf(value.citation) }));
  return { disagreement: { ...disagreement, values }, items, sources: sourcesOf(group, usable) };
}

function sourcesOf(group: readonly QuotedFigure[], usable: readonly Item[]): number {
  const counters = new Set<string>();
  const voices: Item[] = [];
  for (const { tally, citation } of group) {
    const item = usable[citation];
    if (tally.who !== null) counters.add(tally.who.key);
    else if (item !== undefined && !voices.some((voice) => isOneVoice(voice, item))) voices.push(item);
  }
  return counters.size + voices.length;
}

/** Whether two groups say one thing: of one time and count with a figure of both, or with the same sentences. */
function areOne(a: DifferingFigures, b: DifferingFigures): boolean {
  const [one, other] = [a, b].map(({ disagreement, items }) => ({
    ...disagreement,
    values: disagreement.values.map((value) => ({ ...value, citation: idOf(items[value.citation]) })),
  }));
  if (one === undefined || other === undefined) return false;
  const written = new Set(other.values.map((value) => value.written));
  const areHeld = one.values.every((value) => written.has(value.written));
  const isOneTime = one.period?.from === other.period?.from && one.period?.to === other.period?.to;
  return isOfOneThing(one, other) || (one.about === other.about && isOneTime && areHeld);
}

const idOf = (item: Item | undefined): number => item?.sentence.start ?? -1;

/** In the order of report path and text. */
function byPlace(a: Item | undefined, b: Item | undefined): number {
  const [one, other] = [a?.hit.reportPath ?? "", b?.hit.reportPath ?? ""];
  return one < other ? -1 : one > other ? 1 : (a?.sentence.start ?? 0) - (b?.sentence.start ?? 0);
}
