/** Figures over time, as a table. */

import type { ReportedFigure } from "../domain/figure.ts";
import type { Glossary, GlossaryEntry } from "../text/glossary.ts";
import { inCodeOrder } from "../text/order.ts";
import { isOfOneDay, isSure } from "./figure-certainty.ts";
import { byPlace, type FigureGroup, figureGroups, isOfDifferences } from "./figure-groups.ts";
import { isHarmUnder, isOfSubject, type Placed } from "./figure-subject.ts";
import type { Item, Material, RowDraft, SectionMaker } from "./material.ts";

/** "The five figures everybody quotes". */
const MOST_OF_THE_CORPUS = 5;
const MOST_RIVALS = 2;
const MOST_OF_A_SUBJECT = 12;
/** Rows that count one thing, and rows of those for one time. */
const MOST_OF_A_SERIES = 6;
const MOST_OF_A_TIME = 4;
/** What a row loses for each row of its report that is there. */
const REPEATED = 0.2;

/**
 * The figures of the subject over time; of the whole corpus the five that most sources give. Only such as are sure:
 * with a time and a counted thing, neither foretold nor doubted.
 */
export const figuresSection: SectionMaker = (material) => {
  const { subject, glossary } = material;
  const sure = placedIn(material).filter(isSure);
  const isOwn = (placed: Placed) => subject === null || isOfSubject(placed, subject, glossary);
  // Another report need not say again of whom a figure is to give the same one.
  const groups = figureGroups(sure, glossary, isOwn);
  const chosen = subject === null ? mostReported(groups) : mostTelling(groups);
  if (chosen.length === 0) return null;
  const rows = inOrder(chosen).map(({ main, same }): RowDraft => ({ ...main, same }));
  return { id: "figures", lines: [], rows };
};

function placedIn({ subject, items, figures, glossary }: Material): Placed[] {
  const keyOf = (passageId: number, index: number) => `${passageId} ${index}`;
  const byKey = new Map(items.map((item) => [keyOf(item.hit.passage.id, item.index), item]));
  const events = (subject?.entries ?? []).filter(({ kind }) => kind === "event");
  return figures.flatMap((figure) => {
    const item = byKey.get(keyOf(figure.passageId, figure.sentence));
    if (item === undefined || item.aboutness === 0) return [];
    return [{ item, figure: events.reduce((each, event) => onTheDayOf(event, each, item, glossary), figure) }];
  });
}

/**
 * Of several days in a sentence on an event, as that of the event and that of the telling, a figure's is the first; and so
 * it is where only the telling has a day, under a heading on the event.
 */
function onTheDayOf(event: GlossaryEntry, figure: ReportedFigure, item: Item, glossary: Glossary): ReportedFigure {
  const { date } = event;
  if (figure.time !== null || date === undefined) return figure;
  const { counts, hit } = item.reported;
  const isSaid = counts.times.some(({ from, to }) => from === date && to === date);
  if (!isSaid && !isHarmUnder(hit.passage.locator.headings, figure, event, glossary)) return figure;
  return { ...figure, time: { from: date, to: date, part: "", basis: isSaid ? "quote" : "heading" } };
}

/** The five that most independent voices give, of equals those that most reports give; of rival ones two. */
function mostReported(groups: readonly FigureGroup[]): FigureGroup[] {
  const score = scoring(groups);
  const ordered = [...groups].sort(
    (a, b) => b.voices - a.voices || b.same.length - a.same.length || score(b) - score(a) || byPlace(a.main, b.main),
  );
  const chosen: FigureGroup[] = [];
  for (const group of ordered) {
    const rivals = chosen.filter((each) => each.kind === group.kind && timeKey(each) === timeKey(group));
    if (rivals.length < MOST_RIVALS && chosen.push(group) === MOST_OF_THE_CORPUS) break;
  }
  return chosen;
}

/** The most telling, without one series or one report outdoing the others. */
function mostTelling(groups: readonly FigureGroup[]): FigureGroup[] {
  const score = scoring(groups);
  const open = groups.map((group) => ({ group, worth: score(group) }));
  const chosen: FigureGroup[] = [];
  while (chosen.length < MOST_OF_A_SUBJECT) {
    const ofReport = (group: FigureGroup) => chosen.filter((each) => isOfOneReport(each, group)).length;
    const [best] = open
      .filter(({ group }) => !chosen.includes(group) && hasRoom(group, chosen))
      .map(({ group, worth }) => ({ group, worth: worth - REPEATED * ofReport(group) }))
      .sort((a, b) => b.worth - a.worth || byPlace(a.group.main, b.group.main));
    if (best === undefined) break;
    chosen.push(best.group);
  }
  return chosen;
}

const isOfOneReport = (a: FigureGroup, b: FigureGroup) => a.main.figure.reportId === b.main.figure.reportId;

function hasRoom(group: FigureGroup, chosen: readonly FigureGroup[]): boolean {
  const ofSeries = chosen.filter(({ series }) => series === group.series);
  const ofTime = ofSeries.filter((each) => timeKey(each) === timeKey(group));
  return ofSeries.length < MOST_OF_A_SERIES && ofTime.length < MOST_OF_A_TIME;
}

const timeKey = ({ main: { figure } }: FigureGroup) => `${figure.time?.from} ${figure.time?.to} ${figure.time?.part}`;

/** How telling a row is: from several reports, comparable over time, with who counted and where, about the subject. */
function scoring(groups: readonly FigureGroup[]): (group: FigureGroup) => number {
  const times = new Map<string, Set<string>>();
  for (const group of groups) times.set(group.series, (times.get(group.series) ?? new Set()).add(timeKey(group)));
  return ({ main: { item, figure }, same, series, voices }) =>
    Math.min(voices - 1, 2) +
    0.5 * Math.min(same.length, 3) +
    0.6 * Math.min((times.get(series)?.size ?? 1) - 1, 3) +
    (figure.who === null ? 0 : 1) +
    (figure.places.length > 0 ? 0.3 : 0) +
    (figure.time?.basis === "quote" ? 0.5 : 0) +
    worthOfValue(figure) -
    (isOfOneDay(figure) ? 0.5 : 0) -
    (isOfDifferences(item) ? 0.5 : 0) +
    item.aboutness +
    0.5 * item.centrality;
}

/** Of counts the larger tell more; a change does where its base is told. */
function worthOfValue({ unit, high, change }: Placed["figure"]): number {
  if (unit === "%") return change?.base === null || change === null ? 0 : 0.5;
  return 0.2 * Math.min(4, Math.log10(1 + high));
}

/** What counts one thing stands together in the order of time; the most telling thing first. */
function inOrder(chosen: readonly FigureGroup[]): FigureGroup[] {
  const place = new Map<string, number>();
  for (const { series } of chosen) if (!place.has(series)) place.set(series, place.size);
  const placeOf = ({ series }: FigureGroup) => place.get(series) ?? 0;
  return [...chosen].sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      inCodeOrder(a.main.figure.time?.from ?? "", b.main.figure.time?.from ?? "") ||
      inCodeOrder(a.main.figure.time?.to ?? "", b.main.figure.time?.to ?? "") ||
      a.main.figure.low - b.main.figure.low ||
      byPlace(a.main, b.main),
  );
}
