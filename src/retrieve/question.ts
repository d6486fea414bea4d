/** What a question asks about: its names, figures, times and words, with aliases and corrected spelling. */

import type { Period } from "../domain/report.ts";
import type { FoundName, Glossary, GlossaryEntry } from "../text/glossary.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { fold, type Token, tokenise, tokens } from "../text/tokens.ts";
import { type DatedName, FIRST_DAY, LAST_DAY, type MeantPeriod, meantPeriods } from "./meant-period.ts";
import { NO_OTHER_NAMES, type OtherName, type OtherNames } from "./other-names.ts";
import { monthsOfPart } from "./part-of-year.ts";
import { periodsIn } from "./period.ts";
import { newestWords } from "./recency.ts";
import type { Vocabulary } from "./spelling.ts";
import { isKnown, type Notes, rarest, unitOf } from "./units.ts";

/** One thing that the question names; evidence is judged by how many of them it holds. */
export interface AskedUnit {
  /** "name": a known name or a word in capitals; "figure": a number; "time": part of a date; "word": anything else. */
  readonly kind: "name" | "figure" | "time" | "word";
  readonly surface: string;
  /** Offset of its first word in the question. */
  readonly start: number;
  /** Any one of these groups of terms satisfies the unit; a group is satisfied when all its terms are there. */
  readonly alternatives: readonly (readonly string[])[];
  /** Inverse document frequency of the unit's rarest alternative. */
  readonly weight: number;
  /** False when no passage holds it under any spelling: the reports do not speak of it. */
  readonly known: boolean;
  /** True for a name that can stand for another ("Kabul" for Afghanistan) without always meaning it. */
  readonly standIn: boolean;
  /** True for words that shape the question ("reported", "number") rather than name its subject. */
  readonly shaping: boolean;
}

/** A question after analysis. */
export interface Question {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly units: readonly AskedUnit[];
  readonly names: readonly FoundName[];
  /** The times the question asks about, as it means them, in order. */
  readonly periods: readonly MeantPeriod[];
  /** From the first to the last day that the question names; null where it names none, or one with an open end. */
  readonly period: Period | null;
  /** The weighted terms for the lexical search. */
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
  /** Corrections and aliases in use, as "typed -> used". */
  readonly expansions: readonly string[];
  /** Mistyped words of the question itself ("waht"), by their offset, as they should be. */
  readonly corrections: ReadonlyMap<number, string>;
  /** The question with those words put right. */
  readonly corrected: string;
  /** The weight of a word that no passage holds: no unit weighs more. 0 only for an index without passages. */
  readonly mostWeight: number;
}

/** How much less a shaping word ("number", "reported") counts in the lexical search than a word of the subject. */
const SHAPING_WEIGHT = 0.4;
/** An added number form or a part of a compound supports the whole without outweighing it. */
const PART_WEIGHT = 0.5;
/** The words of another name of the same thing. */
const FORM_WEIGHT = 0.6;
/** The country of a capital. */
const CAPITAL_WEIGHT = 0.4;
/** A word of the same class in the thesaurus. */
const NEAR_WEIGHT = 0.25;
/** The same where the word itself is in no passage, and others have to find it ("leads", for "has led"). */
const NEAR_WEIGHT_ALONE = 0.6;
/** Of an ambiguous alias, a meaning that the reports speak of this much less than of another is not meant. */
const LEAST_MEANT = 0.2;
const LEAST_MEANT_TERM = 0.5;
/** The kind of glossary entries that name no thing of the world. */
const TERM = "term";

/**
 * Takes a question apart.
 * @param vocabulary the terms of the index, for rarity and for correcting spelling.
 * @param others names that the glossary does not have.
 */
export function understand(
  text: string,
  glossary: Glossary,
  vocabulary: Vocabulary,
  others: OtherNames = NO_OTHER_NAMES,
): Question {
  const words = tokens(text);
  const names = glossary.find(text, true).map((name) => ({ ...name, entries: meant(name.entries, vocabulary) }));
  const periods = meantPeriods(text, names.flatMap(datedEvent));
  const isBound = boundsOf(periods);
  const mentions = [...periods, ...periodsIn(text)];
  const newest = newestWords(text);
  const units: AskedUnit[] = [];
  const weights = new Map<string, number>();
  const notes: Notes = { expansions: [], corrections: new Map() };
  const add = (term: string, weight: number) => weights.set(term, Math.max(weights.get(term) ?? 0, weight));

  for (const name of names) {
    // A possessive ("Iran's") is one word that reaches beyond the name.
    const inside = words.filter((word) => overlap(word, name) && !word.stop);
    const entityTerms = name.entries
      .map((entry) => glossary.term(entry))
      .filter((term) => vocabulary.frequency(term) > 0);
    const literal = inside.map((word) => word.term);
    const alternatives = [...entityTerms.map((term) => [term]), ...(literal.length > 0 ? [literal] : [])];
    if (alternatives.length === 0) continue;
    for (const term of entityTerms) add(term, 1 / Math.sqrt(entityTerms.length));
    for (const term of literal) add(term, PART_WEIGHT);
    for (const word of inside) for (const part of word.parts) add(part, PART_WEIGHT / 2);
    const said = name.entries.map((each) => each.name).filter((other) => bare(other) !== bare(name.surface));
    if (entityTerms.length > 0 && said.length > 0) notes.expansions.push(`${name.surface} -> ${said.join(" or ")}`);
    units.push({
      // What something is "since" is its time, which a sentence need not name; "after the attack" may be about the attack.
      kind: isBound(name) && /\bsince\s+(?:the\s+)?$/iu.test(text.slice(0, name.start)) ? "time" : "name",
      surface: name.surface,
      start: name.start,
      alternatives,
      weight: rarest(alternatives, vocabulary),
      known: isKnown(alternatives, vocabulary),
      standIn: name.entries.every((each) => each.kind === "place" && !alike(each.name, name.surface)),
      shaping: false,
    });
  }

  const merged: OtherName[] = [];
  for (const other of others.find(text)) {
    if (names.some((name) => overlap(other, name))) continue;
    const inside = words.filter((word) => overlap(word, other) && !word.stop);
    const literal = inside.map((word) => word.term);
    const forms = other.forms.filter((form) => isKnown([tokenise(form)], vocabulary));
    const near = other.near.filter((form) => isKnown([tokenise(form)], vocabulary));
    if (literal.length === 0) continue;
    for (const form of forms) for (const term of tokenise(form)) add(term, FORM_WEIGHT);
    for (const form of near) for (const term of tokenise(form)) add(term, CAPITAL_WEIGHT);
    const said = [...forms, ...near].filter((form) => !isDerived(form, other.surface));
    if (said.length > 0) notes.expansions.push(`${other.surface} -> ${said.join(", ")}`);
    // Small words ("improvised explosive devices") stay words, each for itself: only a name is one thing.
    if (forms.length === 0 || !/\p{Lu}/u.test(other.surface)) continue;
    merged.push(other);
    for (const word of inside) {
      add(word.term, 1);
      for (const part of word.parts) add(part, PART_WEIGHT);
    }
    const alternatives = [literal, ...forms.map((form) => termsOf(form))];
    units.push({
      kind: "name",
      surface: other.surface,
      start: other.start,
      alternatives,
      weight: rarest(alternatives, vocabulary),
      known: isKnown(alternatives, vocabulary),
      standIn: false,
      shaping: false,
    });
  }

  words.forEach((word, index) => {
    if (word.stop || names.some((name) => overlap(word, name)) || merged.some((name) => overlap(word, name))) return;
    // "The latest": how new an answer has to be, and nothing that it would say.
    if (newest.some((wish) => overlap(word, wish))) return;
    const read = unitOf({ word, index, words, text, mentions }, vocabulary, notes);
    if (read === null) return;
    const unit = isBound(word) ? { ...read, shaping: true } : read;
    units.push(unit);
    const scale = unit.shaping ? SHAPING_WEIGHT : 1;
    unit.alternatives.forEach((alternative, position) => {
      for (const term of alternative) add(term, scale * (position === 0 ? 1 : PART_WEIGHT));
    });
    for (const part of word.parts) add(part, PART_WEIGHT);
    if (unit.kind === "word" && !unit.shaping) {
      const weight = vocabulary.frequency(word.term) > 0 ? NEAR_WEIGHT : NEAR_WEIGHT_ALONE;
      for (const near of nearTerms(word.term)) add(near, weight);
    }
  });

  for (const month of monthsOfPart(text)) for (const term of tokenise(month)) add(term, PART_WEIGHT);

  return {
    text,
    tokens: words,
    units,
    names,
    periods,
    period: span(periods),
    terms: Array.from(weights, ([term, weight]) => ({ term, weight })),
    expansions: notes.expansions,
    corrections: notes.corrections,
    corrected: putRight(text, words, notes.corrections),
    mostWeight: vocabulary.rarity("\u0000"),
  };
}

const bare = (name: string): string => fold(name).replace(/[^\p{L}\p{N}]/gu, "");

/** "Malian" beside "Mali", "Central African" beside "Central African Republic": searched, and no news to anybody. */
function isDerived(form: string, surface: string): boolean {
  const [a, b] = [bare(form), bare(surface)];
  return a.startsWith(b.slice(0, 4)) || b.startsWith(a);
}

/** The terms of a name as a passage must hold them: of a compound its whole, which the index has as well. */
function termsOf(name: string): string[] {
  return tokens(name).flatMap(({ stop, term }) => (stop ? [] : [term]));
}

interface Place {
  readonly start: number;
  readonly end: number;
}
const overlap = (a: Place, b: Place): boolean => a.start < b.end && b.start < a.end;

/** Of the meanings of an alias those that the reports speak of, by the words of their names that are theirs alone. */
function meant(entries: readonly GlossaryEntry[], vocabulary: Vocabulary): readonly GlossaryEntry[] {
  if (entries.length < 2) return entries;
  const spoken = entries.map(({ name, aliases, ambiguous }) =>
    Math.max(
      ...[name, ...aliases]
        .filter((form) => !ambiguous.includes(form))
        .map((form) => Math.min(...tokenise(form).map((term) => vocabulary.frequency(term)))),
    ),
  );
  const most = Math.max(...spoken);
  // Who writes "TTP" means a group by it rather than a technical term, where the reports speak far more of the group.
  const isMeant = (entry: GlossaryEntry, index: number): boolean =>
    (spoken[index] ?? 0) >= most * (entry.kind === TERM ? LEAST_MEANT_TERM : LEAST_MEANT);
  return most > 0 ? entries.filter(isMeant) : entries;
}

/** "Pakistani" for "Pakistan", not "Islamabad". */
function alike(name: string, surface: string): boolean {
  return surface.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase() || surface.length <= 4;
}

function putRight(text: string, words: readonly Token[], corrections: ReadonlyMap<number, string>): string {
  let corrected = "";
  let end = 0;
  for (const word of words) {
    corrected += text.slice(end, word.start) + (corrections.get(word.start) ?? word.surface);
    end = word.end;
  }
  return corrected + text.slice(end);
}

/** A name that is that of one event with a known date. */
function datedEvent({ start, end, entries }: FoundName): DatedName[] {
  const [entry] = entries;
  return entries.length === 1 && entry?.date !== undefined ? [{ start, end, date: entry.date }] : [];
}

/** Whether words only say from when on or until when: "since the takeover", "before August 2021". */
function boundsOf(periods: readonly MeantPeriod[]): (words: Place) => boolean {
  const bounds = periods.filter(({ reach }) => reach === "since" || reach === "until");
  return (words) => bounds.some((bound) => overlap(words, bound));
}

function span(periods: readonly MeantPeriod[]): Period | null {
  const from = periods.map((each) => each.from).sort()[0];
  const to = periods
    .map((each) => each.to)
    .sort()
    .at(-1);
  if (from === undefined || to === undefined || from === FIRST_DAY || to === LAST_DAY) return null;
  return { from, to };
}
