/** Figures of several reports that are one figure, and the series that they belong to. */

import { isOfDifferences as isHeadingOfDifferences } from "../answer/differing.ts";
import { isOneVoice } from "../answer/voices.ts";
import type { FigureTime, ReportedFigure } from "../domain/figure.ts";
import type { Reliability } from "../domain/report.ts";
import type { Glossary } from "../text/glossary.ts";
import { isOfOneDay } from "./figure-certainty.ts";
import { groupTerms, type Placed } from "./figure-subject.ts";
import type { Item } from "./material.ts";

/** One figure with everybody who gives it. */
export interface FigureGroup {
  readonly main: Placed;
  /** One of each other report. */
  readonly same: readonly Placed[];
  /** What is counted, and of whom. */
  readonly kind: string;
  /** That and, where it is of no group, where: equal for figures that can be compared over time. */
  readonly series: string;
  /** Of those who give it, how many do not rest on one another. */
  readonly voices: number;
}

/** Bounds under which one value is one figure: "at least 74", "about 74" and "74". */
const BOUND_CLASS: Readonly<Record<ReportedFigure["bound"], string>> = {
  exact: "",
  about: "",
  least: "",
  over: "over",
  under: "under",
  most: "most",
  nearly: "nearly",
};

/**
 * Figures by what, when, where, of whom and how much.
 * @param isOwn whether a figure can speak for others; groups without such a one are left out.
 */
export function figureGroups(
  placed: readonly Placed[],
  glossary: Glossary,
  isOwn: (placed: Placed) => boolean,
): FigureGroup[] {
  const byValue = new Map<string, Placed[][]>();
  for (const each of [...placed].sort(sourceOrder)) {
    const { figure } = each;
    const key = [
      figure.unit,
      figure.change?.direction,
      // Of money it is said to whom it goes, with or without the group.
      figure.unit === "" || figure.unit === "%" ? groupTerms(figure, glossary).join(" ") : "",
      figure.low,
      figure.high,
      BOUND_CLASS[figure.bound],
    ].join("|");
    const groups = byValue.get(key) ?? [];
    const own = groups.find(([first]) => first !== undefined && isOne(first.figure, figure));
    if (own === undefined) groups.push([each]);
    else own.push(each);
    byValue.set(key, groups);
  }
  return [...byValue.values()].flat().flatMap((all) => {
    const main = all.find(isOwn);
    if (main === undefined) return [];
    const seen = new Set([main.figure.reportId]);
    const same = all.filter(({ figure: { reportId } }) => !seen.has(reportId) && seen.add(reportId));
    const kind = `${kindOf(main.figure)}|${groupTerms(main.figure, glossary).join(" ")}`;
    const series = main.figure.actors.length > 0 ? kind : `${kind}|${placesOf(main.figure)}`;
    return [{ main, same, kind, series, voices: voicesOf([main, ...same]) }];
  });
}

const kindOf = ({ countedKey, unit, change }: ReportedFigure): string =>
  [countedKey, unit, change?.direction ?? ""].join("|");

const placesOf = ({ placeTerms, places }: ReportedFigure): string =>
  [...new Set(placeTerms.length > 0 ? placeTerms : places.map(({ text }) => text.toLowerCase()))].sort().join(" ");

/** A value that high comes about twice by chance only where it is round. */
const TELLING = 100;

/** Whether two figures of one value are one: "200 fighters in mid-2023", "200 in Afghanistan in 2023". */
function isOne(a: ReportedFigure, b: ReportedFigure): boolean {
  const isTelling = a.high >= TELLING;
  if (areOfOneDay(a, b)) return true;
  if (!countTheSame(a, b, isTelling) || !isOneTime(a.time, b.time, isTelling)) return false;
  const [here, there] = [placesOf(a), placesOf(b)];
  if (here === there) return true;
  // A group has its strength wherever its places are told.
  return isTelling && (here === "" || there === "" || a.low !== a.high || a.actors.length > 0);
}

/** Of one day as many who came to the same harm are the same people, however it is told: "4 FC men", "4 FC members". */
function areOfOneDay(a: ReportedFigure, b: ReportedFigure): boolean {
  const harmOf = ({ countedKey }: ReportedFigure) => (countedKey ?? "").split("|").slice(1, 3).join(" ");
  const isHarm = /^(?:death|injury|captivity) /u.test(harmOf(a));
  const isOneDay = a.time !== null && b.time !== null && a.time.from === b.time.from && a.time.to === b.time.to;
  const [here, there] = [placesOf(a), placesOf(b)];
  const isThere = here === there || here === "" || there === "";
  return isHarm && harmOf(a) === harmOf(b) && isOneDay && isOfOneDay(a) && isThere;
}

/** "1,081 people killed" and "1,081 people killed in attacks" are one count. */
function countTheSame(a: ReportedFigure, b: ReportedFigure, isTelling: boolean): boolean {
  if (a.countedKey === b.countedKey) return true;
  return isTelling && (a.counted.startsWith(`${b.counted} `) || b.counted.startsWith(`${a.counted} `));
}

/** Of times those are one that are equal, or of which one says more exactly what the other says. */
function isOneTime(a: FigureTime | null, b: FigureTime | null, isTelling: boolean): boolean {
  if (a === null || b === null) return a === b;
  if (a.from === b.from && a.to === b.to) return a.part.endsWith(b.part) || b.part.endsWith(a.part);
  const isIn = (one: FigureTime, other: FigureTime) => other.from <= one.from && one.to <= other.to;
  const isOfOneMonth = a.from.slice(0, 7) === b.to.slice(0, 7) && b.from.slice(0, 7) === a.to.slice(0, 7);
  return isTelling && isOfOneMonth && (isIn(a, b) || isIn(b, a));
}

const GRADES: Readonly<Record<Reliability, number>> = { A: 0, B: 1, C: 2, F: 3, D: 4, E: 5 };

/** Who speaks for a figure: the more reliable, then who names the counter and tells time and place itself, then the first. */
function sourceOrder(a: Placed, b: Placed): number {
  const gradeOf = ({ item }: Placed) => GRADES[item.hit.source.reliability];
  const telling = ({ figure, item }: Placed) =>
    (figure.who === null ? 0 : 2) +
    (figure.time?.basis === "quote" ? 2 : 0) +
    (figure.places.length > 0 ? 1 : 0) +
    // "attacks by the Red Fleet" says more than "attacks".
    (figure.counted.includes(" ") ? 1 : 0) -
    (isOfDifferences(item) ? 1 : 0);
  return gradeOf(a) - gradeOf(b) || telling(b) - telling(a) || byPlace(a, b);
}

/** Whether a sentence holds the figures of others as well: it is the less plain whose each is. */
export function isOfDifferences({ hit, reading }: Item): boolean {
  return hit.passage.locator.headings.some(isHeadingOfDifferences) || /\b(?:whereas|while others)\b/u.test(reading);
}

/** In the order of report path and text. */
export function byPlace(a: Placed, b: Placed): number {
  const [one, other] = [a.item.hit.reportPath, b.item.hit.reportPath];
  return one < other ? -1 : one > other ? 1 : a.figure.start - b.figure.start;
}

function voicesOf(placed: readonly Placed[]): number {
  const voices: Item[] = [];
  const counters = new Set<string>();
  for (const { item, figure } of placed) {
    const who = figure.who?.text.toLowerCase() ?? null;
    if ((who !== null && counters.has(who)) || voices.some((voice) => isOneVoice(voice, item))) continue;
    voices.push(item);
    if (who !== null) counters.add(who);
  }
  return voices.length;
}
