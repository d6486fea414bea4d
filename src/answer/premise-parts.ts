/** A question taken apart for what it takes for granted, and what a sentence has of its names, words and times. */

import type { AskedUnit, Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { type Likeness, match, type TextView } from "./matching.ts";
import { sameWords } from "./same-words.ts";
import { sideOf } from "./scope.ts";
import type { Time } from "./times.ts";
import type { Claimed, Reported } from "./told.ts";

/** A question, with what it is held against sentences by. */
export interface Asking {
  readonly question: Question;
  readonly claim: Claimed;
  readonly glossary: Glossary;
  readonly likeness: Likeness;
}

/** A sentence that contradicts a question, by its place among the sentences, and the words that it contradicts. */
export interface Contradiction {
  readonly index: number;
  /** Offsets of words of the question; the part that is contradicted reaches from the first to the last. */
  readonly at: readonly number[];
}

/** Finds the sentence that contradicts a question in one way; null where there is none, or another bears it out. */
export type Rule = (asking: Asking, sentences: readonly Reported[]) => Contradiction | null;

export const termsOf = (words: string): ReadonlySet<string> => new Set(tokens(words).map(({ term }) => term));

const NAME_CREDIT = 0.6;
const WORD_CREDIT = 0.7;
const none: Likeness = () => 0;

export function holds(unit: AskedUnit, view: TextView, { glossary, likeness }: Asking): boolean {
  const isName = unit.kind === "name";
  return match(unit, view, glossary, isName ? none : likeness).credit >= (isName ? NAME_CREDIT : WORD_CREDIT);
}

/** The units of a question that say what it is about: no names, no times, no words that merely shape it. */
export function contentOf({ question, claim }: Asking, except: ReadonlySet<number> = new Set()): AskedUnit[] {
  const isTimed = ({ start }: AskedUnit) => claim.counts.times.some((time) => time.start <= start && start < time.end);
  return question.units.filter(
    (unit) =>
      (unit.kind === "word" || unit.kind === "figure") && !unit.shaping && !except.has(unit.start) && !isTimed(unit),
  );
}

/** The share of units by weight that the sentence itself holds, or the one that it points back to; 1 of no units. */
export function shareOf(units: readonly AskedUnit[], reported: Reported, asking: Asking): number {
  let total = 0;
  let held = 0;
  for (const unit of units) {
    total += unit.weight;
    const isThere =
      holds(unit, reported.view, asking) || (reported.before !== null && holds(unit, reported.before.view, asking));
    if (isThere) held += unit.weight;
  }
  return total === 0 ? 1 : held / total;
}

/**
 * Whether a sentence is about all that a question names: in itself, or around it where it names no other of the kind.
 * @param except offsets of names that need not be there.
 */
export function namesMet(asking: Asking, reported: Reported, except: ReadonlySet<number> = new Set()): boolean {
  const { question, claim, glossary } = asking;
  const asked = new Set(question.names.flatMap(({ entries }) => entries.map((entry) => glossary.term(entry))));
  return question.units.every((unit) => {
    const isTimed = claim.counts.times.some((time) => time.start <= unit.start && unit.start < time.end);
    if (unit.kind !== "name" || except.has(unit.start) || isTimed) return true;
    if (holds(unit, reported.view, asking)) return true;
    const isAround =
      (reported.before !== null && holds(unit, reported.before.view, asking)) || holds(unit, reported.about, asking);
    if (!isAround) return false;
    const name = question.names.find(({ start }) => start === unit.start);
    const kinds = new Set(name?.entries.map(({ kind }) => sideOf(kind)));
    return !reported.view.names.some((other) =>
      other.entries.every((entry) => kinds.has(sideOf(entry.kind)) && !asked.has(glossary.term(entry))),
    );
  });
}

/** Times that a text is about: no editions of documents, no days on which the press told of it. */
export function mainTimes(times: readonly Time[]): Time[] {
  return times.filter(({ isEdition, isPress }) => !isEdition && !isPress);
}

/** Whether a sentence can be about the times of a question: it names one of them, or none and its report is not about others. */
export function timesMet({ claim }: Asking, { counts, before, aboutTimes, hit }: Reported): boolean {
  const asked = mainTimes(claim.counts.times);
  if (asked.length === 0) return true;
  const own = mainTimes([...counts.times, ...(before?.counts.times ?? [])]);
  const period = hit.source.period;
  const around = aboutTimes.length > 0 ? aboutTimes : period === null ? [] : [period];
  const told = own.length > 0 ? own : around;
  return asked.some((time) =>
    told.some(({ from, to }) => from.slice(0, 10) <= time.to && time.from <= to.slice(0, 10)),
  );
}

/** The terms that say the same deed as a term. */
export function sameDeed(term: string): ReadonlySet<string> {
  return new Set([term, ...nearTerms(term), ...(sameWords(term) ?? [])]);
}

const NEGATORS = new Set("no none nobody neither never not cannot without".split(" "));
const NEGATED = /n['’]t$/iu;
/** Behind these a negation denies nothing: "no more than", "not only", "not until", "not in Kabul but in Herat". */
const AFTER_NO = new Set("more fewer less longer later other doubt sooner matter means".split(" "));
const AFTER_NOT = new Set(
  "only just all every everyone merely least necessarily always until because more fewer less in at far long by for to enough very so too surprising clear known immediately fully entirely".split(
    " ",
  ),
);
/** Words after a negation that it is about. */
const ABOUT = 6;

/** A negation with the places of the words that it is about. */
export interface Negation {
  readonly at: number;
  readonly about: readonly number[];
}

/** The negations of a sentence, each within its stretch between commas. */
export function negationsOf({ view, polarity }: Reported): Negation[] {
  return view.tokens.flatMap((word, at): Negation[] => {
    const folded = word.surface.toLowerCase();
    if (!NEGATORS.has(folded) && !NEGATED.test(folded)) return [];
    const next = view.tokens[at + 1]?.surface.toLowerCase() ?? "";
    if (folded === "no" ? AFTER_NO.has(next) : folded !== "never" && folded !== "none" && AFTER_NOT.has(next))
      return [];
    const stretch = polarity.stretchOf[at];
    const about = view.tokens
      .map((_, place) => place)
      .filter((place) => place > at && place <= at + ABOUT && polarity.stretchOf[place] === stretch);
    return [{ at, about }];
  });
}

/** The words of a text between two places. */
export function lower(word: Token | undefined): string {
  return word?.surface.toLowerCase() ?? "";
}
