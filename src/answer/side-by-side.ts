/** Figures of quotes side by side: which of them are for the same and cannot all be meant. */

import type { DifferingValue, Disagreement } from "../domain/answer.ts";
import type { Span } from "../domain/passage.ts";
import { areCompared, areDifferent } from "./differing.ts";
import type { Tally } from "./tally.ts";
import { aboutOf, ruleSpan, writtenSpan } from "./tally-words.ts";
import type { Reported } from "./told.ts";

/** A figure of a quote. */
export interface QuotedFigure {
  readonly tally: Tally;
  /** Number of its quote. */
  readonly citation: number;
}

/** Figures beyond these are not compared: nobody reads on so far. */
const MOST_FIGURES = 24;

/**
 * The largest groups of figures that can all be set beside each other, without those that none of their group differs
 * from. Figures of other times, places, sides or definitions share no group, nor are such in one as can both be meant.
 * @param apart whether a report says of two figures that they are no figures of one thing.
 */
export function differingGroups(
  quoted: readonly QuotedFigure[],
  apart: (a: Tally, b: Tally) => boolean,
): QuotedFigure[][] {
  const compared = (a: QuotedFigure, b: QuotedFigure) => areCompared(a.tally, b.tally) && !apart(a.tally, b.tally);
  const differ = (a: QuotedFigure, b: QuotedFigure) => compared(a, b) && areDifferent(a.tally, b.tally);
  const nodes = quoted.filter((one) => quoted.some((other) => other !== one && differ(one, other)));
  return groupsOf(nodes.slice(0, MOST_FIGURES), compared)
    .map((group) => group.filter((one) => group.some((other) => differ(one, other))))
    .filter((group) => group.length > 1);
}

/** Whether two disagreements on one thing and time share a figure: the larger one says it. */
export function isOfOneThing(a: Disagreement, b: Disagreement): boolean {
  const isOneTime = a.period?.from === b.period?.from && a.period?.to === b.period?.to;
  const isShared = a.values.some((one) =>
    b.values.some(({ written, citation }) => written === one.written && citation === one.citation),
  );
  return a.about === b.about && isOneTime && isShared;
}

/**
 * The largest groups in which every figure can be set beside every other: Bron and Kerbosch 1973, with the pivot of
 * Tomita and others 2006, so that figures that all compare with each other take no longer than their number.
 */
function groupsOf(
  nodes: readonly QuotedFigure[],
  compared: (a: QuotedFigure, b: QuotedFigure) => boolean,
): QuotedFigure[][] {
  const groups: QuotedFigure[][] = [];
  const near = new Map(
    nodes.map((one) => [one, new Set(nodes.filter((other) => other !== one && compared(one, other)))]),
  );
  const grow = (group: QuotedFigure[], open: QuotedFigure[], done: QuotedFigure[]): void => {
    if (open.length === 0 && done.length === 0) groups.push(group);
    const pivot = mostNear([...open, ...done], open);
    let left = open;
    let past = done;
    for (const next of open) {
      if (pivot !== undefined && near.get(pivot)?.has(next) === true) continue;
      const isNear = (other: QuotedFigure) => near.get(next)?.has(other) === true;
      left = left.filter((other) => other !== next);
      grow([...group, next], left.filter(isNear), past.filter(isNear));
      past = [...past, next];
    }
  };
  grow([], [...nodes], []);
  return groups;

  /** The one that most of the open ones can be set beside. */
  function mostNear(all: readonly QuotedFigure[], open: readonly QuotedFigure[]): QuotedFigure | undefined {
    const count = (one: QuotedFigure) => open.filter((other) => near.get(one)?.has(other) === true).length;
    return all.reduce<QuotedFigure | undefined>(
      (best, one) => (best === undefined || count(one) > count(best) ? one : best),
      undefined,
    );
  }
}

/** The words of the report's canonical text at a span of a sentence's reading. */
export function wordsIn({ hit: { passage }, sentence }: Pick<Reported, "hit" | "sentence">): (span: Span) => string {
  const offset = sentence.start - passage.start;
  const end = sentence.end - passage.start;
  const places = placesIn(passage.reading.slice(offset, end));
  const at = (index: number) => offset + (places[index] ?? end - offset);
  return ({ start, end: last }) => passage.text.slice(at(start), at(last - 1) + 1);
}

/** For each character of a reading with single spaces, where it stands in the text as it was. */
export function placesIn(text: string): number[] {
  const places: number[] = [];
  for (const { index, 0: found } of text.matchAll(/\s+|\S/gu)) {
    // A character beyond the basic plane takes two places in both.
    for (let unit = 0; unit < (/\s/u.test(found) ? 1 : found.length); unit += 1) places.push(index + unit);
  }
  return places;
}

/** A group in words: what is counted, when, and each value once for each who gives it. */
export function shownGroup(group: readonly QuotedFigure[]): Disagreement {
  const about = wordsFor(group);
  const values = new Map<string, DifferingValue>();
  for (const { tally, citation } of group) {
    const words = wordsIn(tally.reported);
    const written = words(writtenSpan(tally.reported.reading, tally.counted.figure));
    const who = tally.who === null ? null : words(tally.who);
    const span = ruleSpan(tally);
    const rule = span === null ? null : words(span);
    const isAbout = rule !== null && rule.toLowerCase() === about.toLowerCase();
    const key = `${written} ${tally.who?.key ?? citation}`;
    if (!values.has(key)) values.set(key, { written, citation, who, rule: isAbout ? null : rule });
  }
  const time = group[0]?.tally.time ?? null;
  const isOne = group.every(({ tally }) => tally.time?.from === time?.from && tally.time?.to === time?.to);
  const period = isOne && time !== null && time.part === "" ? { from: time.from, to: time.to } : null;
  return { about, period, values: [...values.values()] };
}

/** What most of them say that they count; of equals the shortest, then the first in the alphabet. */
function wordsFor(group: readonly QuotedFigure[]): string {
  const times = new Map<string, number>();
  for (const { tally } of group) {
    const about = aboutOf(tally);
    times.set(about, (times.get(about) ?? 0) + 1);
  }
  const [best] = [...times].sort(([a, ofA], [b, ofB]) => ofB - ofA || a.length - b.length || (a < b ? -1 : 1));
  return best?.[0] ?? "";
}
