/** What a question asks about: its names, figures, times and words, with aliases and corrected spelling. */

import type { Period } from "../domain/report.ts";
import type { FoundName, Glossary } from "../text/glossary.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { CHAT_FORMS, NUMBER_WORDS, QUESTION_WORDS } from "../text/words.ts";
import { type PeriodMention, periodsIn } from "./period.ts";
import { correct, type Vocabulary } from "./spelling.ts";

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
  /** The times the question names, in order. */
  readonly periods: readonly PeriodMention[];
  /** From the first to the last day that the question names, or null. */
  readonly period: Period | null;
  /** The weighted terms for the lexical search. */
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
  /** Corrections and aliases in use, as "typed -> used". */
  readonly expansions: readonly string[];
  /** Mistyped words of the question itself ("waht"), by their offset, as they should be. */
  readonly corrections: ReadonlyMap<number, string>;
  /** The question with those words put right. */
  readonly corrected: string;
}

/** How much less a shaping word ("number", "reported") counts in the lexical search than a word of the subject. */
const SHAPING_WEIGHT = 0.4;
/** An added number form or a part of a compound supports the whole without outweighing it. */
const PART_WEIGHT = 0.5;
/** A word of the same class in the thesaurus. */
const NEAR_WEIGHT = 0.25;
/** The same where the word itself is in no passage, and others have to find it ("leads", for "has led"). */
const NEAR_WEIGHT_ALONE = 0.6;

/**
 * Takes a question apart.
 * @param vocabulary the terms of the index, for rarity and for correcting spelling.
 */
export function understand(text: string, glossary: Glossary, vocabulary: Vocabulary): Question {
  const words = tokens(text);
  const names = glossary.find(text, true);
  const mentions = periodsIn(text);
  const units: AskedUnit[] = [];
  const weights = new Map<string, number>();
  const expansions: string[] = [];
  const corrections = new Map<number, string>();
  const add = (term: string, weight: number) => weights.set(term, Math.max(weights.get(term) ?? 0, weight));

  for (const name of names) {
    // A possessive ("Iran's") is one word that reaches beyond the name.
    const inside = words.filter((word) => word.start < name.end && name.start < word.end && !word.stop);
    const entityTerms = name.entries
      .map((entry) => glossary.term(entry))
      .filter((term) => vocabulary.frequency(term) > 0);
    const literal = inside.map((word) => word.term);
    const alternatives = [...entityTerms.map((term) => [term]), ...(literal.length > 0 ? [literal] : [])];
    if (alternatives.length === 0) continue;
    for (const term of entityTerms) add(term, 1 / Math.sqrt(entityTerms.length));
    for (const term of literal) add(term, PART_WEIGHT);
    for (const word of inside) for (const part of word.parts) add(part, PART_WEIGHT / 2);
    const entry = name.entries[0];
    if (entry !== undefined && entityTerms.length > 0 && entry.name !== name.surface) {
      expansions.push(`${name.surface} -> ${name.entries.map((each) => each.name).join(" or ")}`);
    }
    units.push({
      kind: "name",
      surface: name.surface,
      start: name.start,
      alternatives,
      weight: rarest(alternatives, vocabulary),
      known: isKnown(alternatives, vocabulary),
      standIn: name.entries.every((each) => each.kind === "place" && !alike(each.name, name.surface)),
      shaping: false,
    });
  }

  words.forEach((word, index) => {
    if (word.stop || names.some((name) => word.start < name.end && name.start < word.end)) return;
    const unit = unitOf(word, index, words, text, mentions, vocabulary, expansions, corrections);
    if (unit === null) return;
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

  return {
    text,
    tokens: words,
    units,
    names,
    periods: mentions,
    period: span(mentions),
    terms: Array.from(weights, ([term, weight]) => ({ term, weight })),
    expansions,
    corrections,
    corrected: putRight(text, words, corrections),
  };
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

function unitOf(
  word: Token,
  index: number,
  words: readonly Token[],
  text: string,
  mentions: readonly PeriodMention[],
  vocabulary: Vocabulary,
  expansions: string[],
  corrections: Map<number, string>,
): AskedUnit | null {
  const folded = word.surface.toLowerCase();
  const chat = CHAT_FORMS.get(folded);
  if (chat !== undefined) {
    corrections.set(word.start, chat);
    return null;
  }
  const shaping = QUESTION_WORDS.has(folded);
  const inTime = mentions.some((mention) => word.start >= mention.start && word.end <= mention.end);
  const alternatives: string[][] = [[word.term]];
  if (word.parts.length > 0) alternatives.push([...word.parts]);
  const digits = NUMBER_WORDS.get(folded);
  if (digits !== undefined) alternatives.push([digits]);
  let known = isKnown(alternatives, vocabulary);
  if (!known && !word.numeric && !shaping) {
    const isSynonymKnown = [...nearTerms(word.term)].some((term) => vocabulary.frequency(term) > 0);
    const corrected = isSynonymKnown ? null : correct(word, vocabulary);
    if (isSynonymKnown) known = true;
    else if (typeof corrected === "string") {
      corrections.set(word.start, corrected);
      return null;
    } else if (corrected !== null) {
      expansions.push(`${word.surface} -> ${corrected.join(", ")}`);
      for (const term of corrected) alternatives.push([term]);
      known = true;
    }
  }
  const kind = inTime ? "time" : word.numeric ? "figure" : isProper(word, index, words, text) ? "name" : "word";
  return {
    kind,
    surface: word.surface,
    start: word.start,
    alternatives,
    weight: rarest(alternatives, vocabulary),
    known,
    standIn: false,
    shaping,
  };
}

/** A capital that the start of a sentence does not explain. A question all in capitals or title case says nothing. */
function isProper(word: Token, index: number, words: readonly Token[], text: string): boolean {
  if (!/^\p{Lu}/u.test(word.surface)) return false;
  const capitals = words.filter((each) => /^\p{Lu}/u.test(each.surface)).length;
  if (capitals > words.length * 0.7 && words.length > 3) return false;
  const before = text.slice(words[index - 1]?.end ?? 0, word.start);
  const startsSentence = index === 0 || /[.!?:]\s*$/.test(before);
  return !startsSentence || /^\p{Lu}.*[\p{Lu}\d]/u.test(word.surface);
}

function rarest(alternatives: readonly (readonly string[])[], vocabulary: Vocabulary): number {
  let best = 0;
  for (const alternative of alternatives) {
    for (const term of alternative) {
      if (vocabulary.frequency(term) > 0) best = Math.max(best, vocabulary.rarity(term));
    }
  }
  // A word that no passage holds is as rare as a word can be.
  return best > 0 ? best : vocabulary.rarity("\u0000");
}

function isKnown(alternatives: readonly (readonly string[])[], vocabulary: Vocabulary): boolean {
  return alternatives.some((terms) => terms.length > 0 && terms.every((term) => vocabulary.frequency(term) > 0));
}

function span(mentions: readonly PeriodMention[]): Period | null {
  const first = mentions.map(({ from }) => from).sort()[0];
  const last = mentions
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return first === undefined || last === undefined ? null : { from: first, to: last };
}
