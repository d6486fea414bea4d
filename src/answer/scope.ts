/** Whether a report's figure is that of the statement's source, group and place, and of no narrower one. */

import type { Span } from "../domain/passage.ts";
import type { FoundName, Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { MONTHS } from "../text/words.ts";
import type { Counted } from "./counted.ts";
import { asidesOf } from "./doers.ts";
import type { TextView } from "./matching.ts";
import { isSameTime } from "./times.ts";
import type { Claimed, Reported } from "./told.ts";

/** Kinds of names that say where, by whom or in what something was counted. */
const NARROWING = new Set(["place", "armed-group", "operation", "event"]);

/** Kinds of names that stand for one another in a sentence: whoever counts or says something is a source. */
export function sideOf(kind: string): string {
  return SOURCES.has(kind) ? "source" : kind;
}

const SOURCES = new Set(["think-tank", "document", "organisation", "government-body"]);
/** The terms of all that a statement names. */
export function claimedTerms(claim: Claimed, glossary: Glossary): ReadonlySet<string> {
  return new Set(claim.question.names.flatMap(({ entries }) => entries.map((entry) => glossary.term(entry))));
}

/** Whether both speak of what happened on one day: that is one event, wherever it was. */
function isOfOneDay(claim: Claimed, reported: Reported): boolean {
  const days = claim.counts.times.filter(({ exactness, isPress }) => exactness === "day" && !isPress);
  return days.some((day) => reported.counts.times.some((time) => isSameTime(time, day)));
}

/** Sides of which a figure has one: whoever counted, who did it, where it was. */
const SIDES = ["source", "armed-group", "place"];

/**
 * Whether a figure is that of the statement's source, group and place, where the sentence sets several beside each
 * other: "CRSS counted 685, PICSS 527".
 */
export function isOfTheNamed(
  { figure }: Counted,
  claim: Claimed,
  reported: Reported,
  glossary: Glossary,
  sides: readonly string[] = SIDES,
): boolean {
  const { reading, view } = reported;
  const asides = asidesOf(reading);
  const asked = claimedTerms(claim, glossary);
  const isAsked = (name: FoundName) => name.entries.some((entry) => asked.has(glossary.term(entry)));
  const isOf = (name: FoundName, side: string) => name.entries.some(({ kind }) => sideOf(kind) === side);
  return sides.every((side) => {
    if (side === "place" && isOfOneDay(claim, reported)) return true;
    const names = view.names.filter(
      (name) => isOf(name, side) && !asides.some(({ start, end }) => start < name.start && name.end < end),
    );
    if (!names.some(isAsked) || names.every(isAsked)) return true;
    const of = names.find(
      (name) =>
        name.start > figure.end &&
        /^\P{N}{0,24}\b(?:of|by|from|in) (?:the )?$/u.test(reading.slice(figure.end, name.start)),
    );
    const part = stretch(reading, figure);
    const inPart = names.filter((name) => part.start <= name.start && name.end <= part.end);
    const nearest =
      of ??
      inPart.findLast((name) => name.end <= figure.start) ??
      inPart.find((name) => name.start >= figure.end) ??
      names.findLast((name) => name.end <= figure.start) ??
      names[0];
    return nearest === undefined || isAsked(nearest);
  });
}

/** The stretch between commas or conjunctions around a figure. */
function stretch(reading: string, { start, end }: Span): Span {
  const before = [...reading.slice(0, start).matchAll(/[,;]\s|\b(?:while|whereas|and)\s/gu)].at(-1);
  const after = /[,;]\s|\b(?:while|whereas)\s/u.exec(reading.slice(end));
  return { start: before === undefined ? 0 : before.index, end: after === null ? reading.length : end + after.index };
}

/** Whether the sentence counts in a place, or by a group, that the statement does not speak of. */
export function isNarrowed({ figure }: Counted, claim: Claimed, reported: Reported, glossary: Glossary): boolean {
  if (isOfOneDay(claim, reported)) return false;
  const { reading, view, about } = reported;
  const asked = claimedTerms(claim, glossary);
  const isExtra = (name: FoundName) =>
    name.entries.every((entry) => !asked.has(glossary.term(entry)) && !about.terms.has(glossary.term(entry))) &&
    !isInTitle(name, about);
  const narrows = view.names.filter((name) => {
    const isPlace = name.entries.every(({ kind }) => kind === "place");
    const isNarrowing = name.entries.some(({ kind }) => NARROWING.has(kind));
    // "an Islamabad think-tank" says nothing of where something was counted.
    return isNarrowing && !(isPlace && (!isWhere(reading, name.start) || reading[name.end] === "$"));
  });
  const [from, to] = segment(reading, figure);
  const near = narrows.filter((name) => from <= name.start && name.end <= to);
  if ((near.length > 0 ? near : narrows).some(isExtra)) return true;
  // Places that no glossary has: "Punjab had two attacks".
  return view.tokens.some((word, index) => {
    if (!/^\p{Lu}/u.test(word.surface) || word.stop || view.isInName[index] === true) return false;
    if (word.start > from + 1 && (word.start < from || word.end > to)) return false;
    const isFirst = index === 0 && HAVING.test(reading.slice(word.end));
    const isPlace =
      isFirst || (index > 0 && from <= word.start && word.end <= to && IN.test(reading.slice(0, word.start)));
    return (
      isPlace &&
      !claim.view.terms.has(word.term) &&
      !about.terms.has(word.term) &&
      !MONTH_NAMES.has(word.surface.toLowerCase())
    );
  });
}

const MONTH_NAMES = new Set(MONTHS);
const HAVING = /^\s(?:had|has|saw|suffered|recorded|witnessed|experienced|alone)\b/u;
const IN = /\b(?:in|at|near|across|within|inside|throughout)\s+(?:the\s+)?$/iu;

/** Whether a place stands where somebody would say where something was, and not before a noun. */
function isWhere(reading: string, at: number): boolean {
  return (
    at < 2 ||
    /(?:\b(?:in|at|near|across|from|for|within|inside|of|throughout|and|to)\s+(?:the\s+)?|[,(]\s*)$/iu.test(
      reading.slice(Math.max(0, at - 20), at),
    )
  );
}

function isInTitle({ surface }: FoundName, about: TextView): boolean {
  return tokens(surface).every(({ term }) => about.terms.has(term));
}

/** The stretch between commas that a figure stands in. */
function segment(reading: string, { start, end }: Span): [number, number] {
  const mark = /[,;:)]\s|\s\(/g;
  let from = 0;
  let to = reading.length;
  for (const { index } of reading.matchAll(mark)) {
    if (index < start) from = index + 1;
    else if (index >= end) {
      to = index;
      break;
    }
  }
  return [from, to];
}
