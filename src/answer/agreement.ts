/** Whether a sentence of a report carries a statement whole, or gives another figure for the same. */

import type { DifferingFigure } from "../domain/check.ts";
import type { AskedUnit } from "../retrieve/question.ts";
import type { FoundName, Glossary } from "../text/glossary.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { tokens } from "../text/tokens.ts";
import { classOfFigures, isDirection } from "./count-words.ts";
import type { Counted } from "./counted.ts";
import { doersAgree } from "./doers.ts";
import { areApart, carries } from "./figures.ts";
import { type Likeness, match, type TextView } from "./matching.ts";
import { facesTheSame, hasOpposite, holdsOpposite, holdsSide, isTurned, polarityOf } from "./polarity.ts";
import { countsTheSame, narrowing } from "./same-count.ts";
import { sameWords } from "./same-words.ts";
import { claimedTerms, isNarrowed, isOfTheNamed, sideOf } from "./scope.ts";
import { LOOSE, TELLING } from "./telling.ts";
import { isSameTime, isWithin, type Time } from "./times.ts";
import type { Claimed, Reported, Told } from "./told.ts";

/** What a sentence says to a statement. `closeness` orders sentences of one verdict. */
export interface Agreement {
  readonly verdict: "supported" | "contradicted" | "silent";
  readonly differences: readonly DifferingFigure[];
  /** Figures of the statement that the sentence has for the same thing and time, whatever else it says. */
  readonly holds: readonly string[];
  readonly closeness: number;
}

const SILENT: Agreement = { verdict: "silent", differences: [], holds: [], closeness: 0 };

/** What a sentence says to a statement. */
export function agreement(claim: Claimed, reported: Reported, glossary: Glossary, likeness: Likeness): Agreement {
  if (saysVerbatim(claim, reported)) return { ...SILENT, verdict: "supported", closeness: 2 };
  const elsewhere: Agreement = { ...SILENT, holds: figuresIn(claim, reported, glossary) };
  if (!namesHeld(claim, reported, glossary)) return elsewhere;
  const times = timesHeld(claim, reported);
  if (times === "no") return elsewhere;
  const figures = figuresHeld(claim, reported, glossary);
  if (figures.kind === "no") return elsewhere;
  const words = wordsHeld(claim, reported, glossary, likeness);
  const isSaid =
    words !== null &&
    doersAgree(claim, reported, glossary) &&
    facesTheSame(reported.polarity, claim.polarity, words.at);
  if (!isSaid) return elsewhere;
  const closeness = words.share + (times === "same" ? 0.2 : 0) + reported.hit.score * 0.2;
  if (figures.kind !== "differ") return { ...SILENT, verdict: "supported", closeness };
  if (isTurned(claim.polarity) || times !== "same" || reported.before !== null) return elsewhere;
  return { verdict: "contradicted", differences: figures.differences, holds: [], closeness };
}

/** Words from which a statement that stands in a sentence word for word is that sentence's, and no turn of phrase. */
const VERBATIM_FROM = 6;

/** Whether the statement stands in the sentence word for word, and nothing in the rest of it turns its meaning. */
function saysVerbatim(claim: Claimed, reported: Reported): boolean {
  const wanted = claim.view.tokens.map(({ surface }) => surface.toLowerCase());
  const words = reported.view.tokens.map(({ surface }) => surface.toLowerCase());
  if (
    wanted.length < VERBATIM_FROM ||
    wanted.length > words.length ||
    claim.reading.length > reported.reading.length + 1
  )
    return false;
  const first = words.findIndex((_, index) => wanted.every((word, offset) => words[index + offset] === word));
  if (first < 0) return false;
  const last = reported.view.tokens[first + wanted.length - 1];
  const rest = `${reported.reading.slice(0, reported.view.tokens[first]?.start)} ; ${reported.reading.slice(last?.end)}`;
  const polarity = polarityOf(rest, tokens(rest));
  return !isTurned(polarity) && !polarity.isDenied && !polarity.isDoubted;
}

/**
 * The statement's figures that the sentence has for the same thing, source and time, wherever that was and whatever else
 * is said: then another figure elsewhere does not show that the statement's is wrong.
 */
function figuresIn(claim: Claimed, reported: Reported, glossary: Glossary): string[] {
  const isHeld = (unit: AskedUnit) => match(unit, reported.view, glossary, none).credit >= NAME_CREDIT;
  const names = claim.question.units.filter(({ kind }) => kind === "name");
  const isSource = (unit: AskedUnit) =>
    claim.question.names.some(
      ({ start, entries }) => start === unit.start && entries.some(({ kind }) => sideOf(kind) === "source"),
    );
  if (names.length > 0 && !names.some(isHeld)) return [];
  if (names.some((unit) => isSource(unit) && !isHeld(unit))) return [];
  return claim.counts.counted.flatMap((each) => {
    const isThere = reported.counts.counted.some(
      (other) =>
        carries(other.figure, each.figure) &&
        countsTheSame(other, each, false) &&
        isForTheTime(other, each, claim, reported) &&
        isOfTheNamed(other, claim, reported, glossary, ["source"]),
    );
    return isThere ? [each.figure.written] : [];
  });
}

function namesHeld(claim: Claimed, reported: Reported, glossary: Glossary): boolean {
  const held = (unit: AskedUnit, view: TextView) => match(unit, view, glossary, none).credit >= NAME_CREDIT;
  for (const unit of claim.question.units) {
    if (unit.kind !== "name" && !(unit.kind === "word" && /\d/.test(unit.surface))) continue;
    if (unit.kind === "name" && isInTime(unit, claim)) continue;
    if (held(unit, reported.view)) continue;
    if (!(reported.before !== null && held(unit, reported.before.view)) && !held(unit, reported.about)) return false;
    // What only stands around the sentence is not meant where the sentence names another of its kind.
    const name = claim.question.names.find(({ start }) => start === unit.start);
    const kinds = new Set(name?.entries.map(({ kind }) => sideOf(kind)));
    const askedFor = claimedTerms(claim, glossary);
    const isOther = reported.view.names.some((other) =>
      other.entries.every((entry) => kinds.has(sideOf(entry.kind)) && !askedFor.has(glossary.term(entry))),
    );
    if (isOther) return false;
  }
  // "The Taliban threaten the Taliban": a name that is there twice is twice in the sentence.
  return !claim.question.names.some((name) => {
    const times = (names: readonly FoundName[]) => names.filter(({ entries }) => entries[0] === name.entries[0]).length;
    const least = times(claim.question.names);
    return least > 1 && times(reported.view.names) < least;
  });
}

const NAME_CREDIT = 0.6;
const none: Likeness = () => 0;

function isInTime(unit: AskedUnit, { counts: { times } }: Claimed): boolean {
  return times.some((time) => time.start <= unit.start && unit.start < time.end);
}

/** Words less alike than this are others. 1 the word itself, 0.8 of its class. */
const WORD_CREDIT = 0.7;

/** Where the sentence holds the statement's words, and how much of the sentence that is; null where one is missing. */
function wordsHeld(
  claim: Claimed,
  reported: Reported,
  glossary: Glossary,
  likeness: Likeness,
): { at: ReadonlySet<number>; share: number } | null {
  const at = new Set<number>();
  let checked = claim.counts.counted.length;
  const inFigure = (unit: AskedUnit) =>
    claim.counts.counted.some(({ figure }) => figure.start <= unit.start && unit.start < figure.end);
  for (const unit of claim.question.units) {
    if (unit.kind === "name" || unit.kind === "time" || isInTime(unit, claim) || inFigure(unit)) {
      for (const place of match(unit, reported.view, glossary, none).at) if (unit.kind !== "name") at.add(place);
      continue;
    }
    const term = unit.alternatives[0]?.[0] ?? "";
    // "Found" is told, and "founded" has its stem.
    if ((TELLING.has(term) || LOOSE.has(term)) && unit.surface.toLowerCase() !== "founded") continue;
    if (unit.shaping && !hasOpposite(term)) continue;
    if (isDirection(term) && claim.counts.counted.some(({ direction }) => direction !== null)) continue;
    const ofFigures = classOfFigures(term);
    if (ofFigures !== null && claim.counts.counted.length > 0) {
      if (!reported.view.tokens.some((word) => ofFigures.has(word.term))) return null;
      continue;
    }
    if (holdsOpposite(term, reported.view.terms)) return null;
    const found = wordHeld(unit, term, reported, glossary, likeness);
    if (found === null) return null;
    checked += 1;
    for (const place of found) at.add(place);
  }
  for (const place of claim.question.units.flatMap((unit) => match(unit, reported.view, glossary, none).at)) {
    const word = reported.view.tokens[place];
    if (word !== undefined && !word.stop && reported.view.isInName[place] !== true) at.add(place);
  }
  // A list of names says nothing of them.
  if (checked === 0) return null;
  const content = reported.view.tokens.filter((word) => !word.stop).length;
  return { at, share: at.size / Math.max(1, content) };
}

function wordHeld(
  unit: AskedUnit,
  term: string,
  { view }: Reported,
  glossary: Glossary,
  likeness: Likeness,
): readonly number[] | null {
  const same = sameWords(term);
  if (same !== null) {
    const places = view.tokens.flatMap((word, index) => (same.has(word.term) ? [index] : []));
    if (places.length > 0) return places;
  }
  const isExact = /\d/.test(unit.surface) || /^\p{Lu}/u.test(unit.surface) || hasOpposite(term);
  const { credit, at } = match(unit, view, glossary, isExact ? none : likeness);
  if (hasOpposite(term) && credit < 1) return holdsSide(term, view.terms) ? at : null;
  if (isExact)
    return credit === 1 || (credit >= WORD_CREDIT && nearTerms(term).size > 0 && !/\d/.test(unit.surface)) ? at : null;
  return credit >= WORD_CREDIT ? at : null;
}

/** Whether the sentence speaks of the statement's times: of the very same, of a part of them, or not. */
function timesHeld(claim: Claimed, reported: Reported): "same" | "within" | "no" {
  const { times } = claim.counts;
  const own = [...reported.counts.times, ...(reported.before?.counts.times ?? [])];
  const stated = own.filter((time) => !time.isEdition && !time.isPress);
  let isAnchored = /\b\d{1,3}(?:st|nd|rd|th)\b/.test(claim.reading);
  let isSame = true;
  for (const time of times) {
    if (time.isEdition) {
      const year = time.from.slice(0, 4);
      const editions = own.filter(({ isEdition }) => isEdition);
      const isHere =
        editions.length > 0
          ? editions.some(({ from }) => from.startsWith(year))
          : own.some(({ from }) => from.startsWith(year)) || reported.about.terms.has(year);
      if (!isHere) return "no";
      isAnchored = true;
      continue;
    }
    if (own.some((other) => isSameTime(other, time))) {
      isAnchored ||= !time.isPress;
      continue;
    }
    if (time.isPress) return "no";
    const isInside = stated.some((other) => isWithin(other, time) && other.part !== "span");
    if (isInside && claim.counts.counted.length === 0) {
      isSame = false;
      continue;
    }
    if (stated.length > 0 || time.part !== "" || !isAbout(time, reported)) return "no";
    isAnchored = true;
  }
  return isSame && isAnchored ? "same" : "within";
}

/** Whether report or heading are about this very time. */
function isAbout(time: Time, { aboutTimes, hit }: Reported): boolean {
  const isTitled = aboutTimes.some(({ from, to }) => from === time.from && to === time.to);
  const { period } = hit.source;
  return isTitled || (period !== null && period.from === time.from && period.to === time.to);
}

type FiguresHeld =
  | { readonly kind: "carried" | "no" }
  | { readonly kind: "differ"; readonly differences: readonly DifferingFigure[] };

/** Whether the sentence has every figure of the statement for the same thing and time, or another in its place. */
function figuresHeld(claim: Claimed, reported: Reported, glossary: Glossary): FiguresHeld {
  const differences: DifferingFigure[] = [];
  /** A report's figure carries one figure of the statement. */
  const used = new Set<Counted>();
  const has = (term: string) =>
    claim.view.terms.has(term) || [...nearTerms(term)].some((near) => claim.view.terms.has(near));
  for (const each of claim.counts.counted) {
    const same = reported.counts.counted.filter(
      (other) =>
        countsTheSame(other, each, false) &&
        isOfTheNamed(other, claim, reported, glossary) &&
        isForTheTime(other, each, claim, reported) &&
        // Of several times none is certainly its own.
        (other.time !== null || stated(reported) <= 1 || hasNoTime(claim)) &&
        !narrowing(other, has) &&
        !isNarrowed(other, claim, reported, glossary),
    );
    const carrying = same.filter((other) => !used.has(other) && carries(other.figure, each.figure));
    // The very value before one that is merely beyond a bound.
    const own = carrying.find(({ figure }) => figure.low === each.figure.low) ?? carrying[0];
    if (own !== undefined) {
      used.add(own);
      continue;
    }
    const differs = (other: Counted) =>
      areApart(other.figure, each.figure) &&
      countsTheSame(other, each, true) &&
      (other.time !== null || stated(reported) <= 1);
    const isApart = same.length > 0 && same.every(differs);
    // Of several, the one that counts in the same words.
    const other = same.find(({ things }) => [...each.things].every((thing) => things.has(thing))) ?? same[0];
    if (!isApart || other === undefined) return { kind: "no" };
    differences.push({ claimed: each.figure.written, reported: other.figure.written });
  }
  return differences.length === 0 ? { kind: "carried" } : { kind: "differ", differences };
}

function hasNoTime({ counts: { times } }: Claimed): boolean {
  return times.every(({ isEdition, isPress }) => isEdition || isPress);
}

/** How many different times a sentence speaks of. */
function stated({ counts: { times } }: Told): number {
  return new Set(
    times.filter((time) => !time.isEdition && !time.isBase && !time.isPress).map(({ from, to }) => `${from} ${to}`),
  ).size;
}

/** Whether a report's figure is for the time of the statement's. */
function isForTheTime(reported: Counted, each: Counted, claim: Claimed, sentence: Reported): boolean {
  const main = claim.counts.times.filter((time) => !time.isEdition && !time.isBase && !time.isPress);
  const wanted = each.time ?? (main.length === 1 ? (main[0] ?? null) : null);
  if (wanted === null) return true;
  if (reported.time === null) return true;
  if (isSameTime(reported.time, wanted)) return true;
  // A figure that is tied to the base of a comparison by its place alone.
  return sentence.counts.counted.length === 1 && sentence.counts.times.some((time) => isSameTime(time, wanted));
}
