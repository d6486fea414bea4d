/** Whether one sentence bears out another: then its report may be named beside the claim. Stricter than "nearly the same". */

import type { ReportSource } from "../domain/report.ts";
import { overlaps, periodsIn } from "../retrieve/period.ts";
import type { Glossary } from "../text/glossary.ts";
import { fold, tokens } from "../text/tokens.ts";
import { MONTHS } from "../text/words.ts";
import type { Said } from "./evidence.ts";
import { holdsOpposite, isTurned } from "./polarity.ts";
import { sayingsIn } from "./sayings.ts";
import { type Reported, reportedBy } from "./told.ts";
import { areOfOnePublisher } from "./voices.ts";

/** Kinds of the glossary that only tell, count or name: whoever counts is not what is counted. */
const TELLING = /^(?:think-tank|document|term)$/u;
const NAMELESS = new Set([...MONTHS, ..."monday tuesday wednesday thursday friday saturday sunday".split(" ")]);

/**
 * Whether the second says what the first says: with the same figures, or both without any; of the same actors and places;
 * of the same time, where both name one; and neither denying or doubting what the other states. Symmetric. How alike
 * their words are is not looked at.
 */
export function canBearOut(a: Said, b: Said, glossary: Glossary): boolean {
  const [one, other] = [told(a, glossary), told(b, glossary)];
  if (one === null || other === null) return false;
  return (
    one.isDenied === other.isDenied &&
    one.isDoubted === other.isDoubted &&
    one.isTurned === other.isTurned &&
    areEqual(one.figures, other.figures) &&
    areEqual(one.names, other.names) &&
    !areOpposite(one.terms, other.terms) &&
    areOfOneTime(one.reading, other.reading) &&
    !areOnOthers(a.hit.source, b.hit.source, glossary)
  );
}

interface Content {
  readonly reading: string;
  readonly figures: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly isDenied: boolean;
  readonly isDoubted: boolean;
  /** Whether it negates something or sets a condition. */
  readonly isTurned: boolean;
  readonly terms: ReadonlySet<string>;
}

/** A sentence is compared with many others. */
const known = new WeakMap<object, { readonly glossary: Glossary; readonly content: Content }>();

function told({ hit, index, sentence }: Said, glossary: Glossary): Content | null {
  const kept = known.get(sentence);
  if (kept?.glossary === glossary) return kept.content;
  const reported = reportedBy(hit, glossary)[index];
  if (reported === undefined) return null;
  const { reading, polarity } = reported;
  const { isDenied, isDoubted } = polarity;
  const content: Content = {
    reading,
    figures: figuresIn(reading),
    names: namesIn(reported, glossary),
    isDenied,
    isDoubted,
    isTurned: isTurned(polarity),
    terms: new Set(tokens(reading).map(({ term }) => term)),
  };
  known.set(sentence, { glossary, content });
  return content;
}

/** Figures that are no years and no days of a date. */
function figuresIn(reading: string): ReadonlySet<string> {
  const dates = periodsIn(reading);
  return new Set(
    tokens(reading)
      .filter(({ numeric, term, start, end }) => {
        const isOfDate = dates.some((date) => date.start < end && start < date.end);
        return numeric && !isOfDate && !/^(?:19|20)\d\d$/u.test(term);
      })
      .map(({ term }) => term),
  );
}

/** Who and where a sentence is about, by what the names stand for; not who only tells it, unless that is what is told. */
function namesIn({ reading, view, polarity }: Reported, glossary: Glossary): ReadonlySet<string> {
  const tellers = polarity.isDenied
    ? []
    : sayingsIn(reading, { glossary, isKnown: () => false }).flatMap(({ who }) =>
        who.kind === "named" ? [who.span] : [],
      );
  const isTeller = (start: number, end: number) => tellers.some((span) => span.start < end && start < span.end);
  const found = new Set<string>();
  for (const { start, end, entries } of view.names) {
    const isGroup = entries.some(({ kind }) => kind === "armed-group");
    if (entries.every(({ kind }) => TELLING.test(kind)) || (!isGroup && isTeller(start, end))) continue;
    found.add(
      entries
        .map((entry) => glossary.term(entry))
        .sort()
        .join(" "),
    );
  }
  for (const { surface, start, end, term, numeric, stop } of tokens(reading)) {
    const isKnown = view.names.some((name) => name.start < end && start < name.end);
    const isFirst = reading.slice(0, start).trim() === "" || /[.:!?]["”’]?\s*["“‘]?$/u.test(reading.slice(0, start));
    if (isKnown || isFirst || numeric || stop || !/^\p{Lu}/u.test(surface) || NAMELESS.has(fold(surface))) continue;
    if (!isTeller(start, end)) found.add(term);
  }
  return found;
}

/** "Rose" faces "fell". */
function areOpposite(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((term) => holdsOpposite(term, b)) || [...b].some((term) => holdsOpposite(term, a));
}

function areEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}

/** Whether each time that one names is a time of the other, where both name any. */
function areOfOneTime(a: string, b: string): boolean {
  const [ofA, ofB] = [periodsIn(a), periodsIn(b)];
  if (ofA.length === 0 || ofB.length === 0) return true;
  const isIn = (of: typeof ofA) => (time: (typeof ofA)[number]) => of.some((other) => overlaps(time, other));
  return ofA.every(isIn(ofB)) && ofB.every(isIn(ofA));
}

/**
 * Whether the titles say that two reports are on other places: a sentence that names none is about that of its report.
 * Two titles of one series that differ in a name are on two things, also where no glossary knows them.
 */
function areOnOthers(a: ReportSource, b: ReportSource, glossary: Glossary): boolean {
  const places = ({ title }: ReportSource) =>
    new Set(
      glossary
        .find(title)
        .flatMap(({ entries }) => entries.filter(({ kind }) => kind === "place").map((entry) => glossary.term(entry))),
    );
  const [ofA, ofB] = [places(a), places(b)];
  if (ofA.size > 0 && ofB.size > 0 && [...ofA].every((place) => !ofB.has(place))) return true;
  const [nameA, nameB] = [nameAtEnd(a.title), nameAtEnd(b.title)];
  if (nameA !== null && nameB !== null && nameA !== nameB && areOfOnePublisher(a, b)) return true;
  const [wordsA, wordsB] = [wordsOf(a.title), wordsOf(b.title)];
  const onlyA = [...wordsA].filter((word) => !wordsB.has(word));
  const onlyB = [...wordsB].filter((word) => !wordsA.has(word));
  const common = wordsA.size - onlyA.length;
  return common >= LEAST_OF_SERIES && onlyA.length > 0 && onlyB.length > 0 && onlyA.length + onlyB.length <= common;
}

/** "Country review: Narva", or only "Narva": the name that a title of a series ends with, folded; null where it does not. */
function nameAtEnd(title: string): string | null {
  const end = title.slice(title.lastIndexOf(":") + 1).trim();
  return /^\p{Lu}[\p{L}'’-]*(?:\s\p{Lu}[\p{L}'’-]*){0,2}$/u.test(end) ? fold(end) : null;
}

/** Words that two titles have in common at least where they are of one series. */
const LEAST_OF_SERIES = 3;

const wordsOf = (title: string): ReadonlySet<string> =>
  new Set(
    tokens(title)
      .filter(({ numeric, stop, surface }) => !numeric && !stop && /^\p{Lu}/u.test(surface))
      .map(({ term }) => term),
  );
