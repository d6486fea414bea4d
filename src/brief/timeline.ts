/** What happened when: dated events in order. */

import type { Reliability } from "../domain/report.ts";
import { inCodeOrder } from "../text/order.ts";
import { lineOf } from "./choose.ts";
import { eventOf, isOneEvent, type ToldEvent } from "./events.ts";
import { standing } from "./lines.ts";
import type { LineDraft, Material, SectionMaker, Taken } from "./material.ts";
import { areAlike } from "./taken.ts";

const MOST = 12;
const LEAST = 2;
/** With fewer events than these those of which only the year is told are taken as well, and then what was said on a day. */
const ENOUGH = 4;
const ENOUGH_SAID = LEAST;
/** Sentences that are looked at, the most important first. */
const MOST_LOOKED_AT = 300;
/** What a further event of a month, of a year and of a report is worth, as a share of what it would be. */
const OF_MONTH = 0.7;
const OF_YEAR = 0.93;
const OF_REPORT = 0.92;

/** An event with all sentences that tell of it, the best first. */
interface Event {
  readonly best: ToldEvent;
  readonly worth: number;
}

/**
 * Dated events on the subject in the order of time: the most important, spread over the time that is told of. What
 * happened goes first; what only was said on a day stands where little else is told.
 */
export const timelineSection: SectionMaker = (material, taken) => {
  const told = material.items
    .map((item) => eventOf(item, material.subject, material.glossary))
    .filter((event) => event !== null);
  const real = told.filter(({ isReal }) => isReal);
  const chosen = chosenOf(eventsOf(real.filter(isExact), material), MOST, [], taken);
  const fill = (others: readonly ToldEvent[], enough: number) => {
    if (chosen.length >= enough) return;
    const open = eventsOf(others, material).filter(({ best }) => !chosen.some((one) => isTold(one, best, material)));
    chosen.push(...chosenOf(open, enough - chosen.length, chosen, taken));
  };
  fill(
    real.filter((each) => !isExact(each)),
    ENOUGH,
  );
  // Speech alone is no history, unless what happened is told by a line already.
  if (real.length === 0) return null;
  fill(
    told.filter((each) => !each.isReal && isExact(each)),
    ENOUGH_SAID,
  );
  if (chosen.length < LEAST) return null;
  for (const { item } of chosen) taken.add(item);
  const lines = [...chosen]
    .sort(inTime)
    .map(({ item, period }): LineDraft => lineOf(material, item, { kind: "date", period }));
  return { id: "timeline", lines };
};

const isTold = (one: ToldEvent, other: ToldEvent, { likeness }: Material): boolean =>
  areAlike(one.item, other.item, likeness) || isOneEvent(one, other, likeness(one.item, other.item));

const YEAR = "2025";
const isExact = ({ period }: ToldEvent): boolean => period.from.length > YEAR.length;

/** Sentences by the event that they tell of, the most important event first. */
function eventsOf(told: readonly ToldEvent[], { likeness }: Material): Event[] {
  const ordered = [...told].sort((a, b) => worthOf(b) - worthOf(a) || byPlace(a, b)).slice(0, MOST_LOOKED_AT);
  const groups: [ToldEvent, ...ToldEvent[]][] = [];
  for (const event of ordered) {
    const own = groups.find(([best]) => isOneEvent(best, event, likeness(best.item, event.item)));
    if (own === undefined) groups.push([event]);
    else own.push(event);
  }
  return groups
    .map(([best, ...others]): Event => {
      const reports = new Set(others.map(({ item }) => item.hit.passage.reportId));
      reports.delete(best.item.hit.passage.reportId);
      return { best, worth: worthOf(best) * (1 + 0.35 * Math.min(3, reports.size)) };
    })
    .sort((a, b) => b.worth - a.worth || byPlace(a.best, b.best));
}

const GRADES: Readonly<Record<Reliability, number>> = { A: 1, B: 1, C: 0.92, D: 0.8, E: 0.7, F: 0.85 };
const DAY = "2025-01-31";

function worthOf({ item, weight, period }: ToldEvent): number {
  const isDay = period.from.length === DAY.length;
  return (
    weight *
    item.aboutness *
    standing(item) *
    GRADES[item.hit.source.reliability] *
    (0.6 + 0.4 * item.centrality) *
    (isDay ? 1 : 0.85)
  );
}

/** The most important events, fewer of one month, year or report. */
function chosenOf(events: readonly Event[], limit: number, before: readonly ToldEvent[], taken: Taken): ToldEvent[] {
  const chosen: ToldEvent[] = [];
  const open = events.filter(({ best }) => !taken.has(best.item));
  while (chosen.length < limit) {
    const all = [...before, ...chosen];
    const value = ({ best, worth }: Event) =>
      worth *
      OF_MONTH ** all.filter(({ period }) => startOf(period.from, 7) === startOf(best.period.from, 7)).length *
      OF_YEAR ** all.filter(({ period }) => startOf(period.from, 4) === startOf(best.period.from, 4)).length *
      OF_REPORT ** all.filter(({ item }) => item.hit.passage.reportId === best.item.hit.passage.reportId).length;
    const [next] = open
      .filter(({ best }) => !chosen.includes(best))
      .map((event) => ({ event, value: value(event) }))
      .sort((a, b) => b.value - a.value || byPlace(a.event.best, b.event.best));
    if (next === undefined) break;
    chosen.push(next.event.best);
  }
  return chosen;
}

const startOf = (date: string, length: number): string => date.slice(0, length);

function inTime(a: ToldEvent, b: ToldEvent): number {
  return inCodeOrder(a.period.from, b.period.from) || inCodeOrder(a.period.to, b.period.to) || byPlace(a, b);
}

/** In the order of report path and text. */
function byPlace({ item: a }: ToldEvent, { item: b }: ToldEvent): number {
  return inCodeOrder(a.hit.reportPath, b.hit.reportPath) || a.sentence.start - b.sentence.start;
}
