/** The words of a question one by one: what each is, how else it is written, and whether the reports know it. */

import { nearTerms } from "../text/thesaurus.ts";
import type { Token } from "../text/tokens.ts";
import { CHAT_FORMS, NUMBER_WORDS, QUESTION_WORDS } from "../text/words.ts";
import { isCommonWord } from "./english.ts";
import type { PeriodMention } from "./period.ts";
import type { AskedUnit } from "./question.ts";
import { correct, soundAlikes, type Vocabulary } from "./spelling.ts";

/** What was read into a question, for the people who asked it. */
export interface Notes {
  readonly expansions: string[];
  readonly corrections: Map<number, string>;
}

/** A word where it stands. */
export interface WordOfQuestion {
  readonly word: Token;
  /** Among `words`. */
  readonly index: number;
  readonly words: readonly Token[];
  readonly text: string;
  readonly mentions: readonly PeriodMention[];
}

/** Letters below which too many names sound alike. */
const LEAST_NAME = 5;

/** Null for a word that only shapes the question once it is spelt right; `notes` then has how. */
export function unitOf(
  { word, index, words, text, mentions }: WordOfQuestion,
  vocabulary: Vocabulary,
  notes: Notes,
): AskedUnit | null {
  const folded = word.surface.toLowerCase();
  const chat = CHAT_FORMS.get(folded);
  if (chat !== undefined) {
    notes.corrections.set(word.start, chat);
    return null;
  }
  const shaping = QUESTION_WORDS.has(folded);
  const inTime = mentions.some((mention) => word.start >= mention.start && word.end <= mention.end);
  const alternatives: string[][] = [[word.term]];
  if (word.parts.length > 0) alternatives.push([...word.parts]);
  const digits = NUMBER_WORDS.get(folded);
  if (digits !== undefined) alternatives.push([digits]);
  let known = isKnown(alternatives, vocabulary);
  const isName = !inTime && !word.numeric && isProper(word, index, words, text);
  if (!known && !word.numeric && !shaping) {
    const respelt = respellings(word, isName, vocabulary);
    const isSynonymKnown = [...nearTerms(word.term)].some((term) => vocabulary.frequency(term) > 0);
    const corrected = isSynonymKnown || respelt.length > 0 ? null : correct(word, vocabulary);
    if (typeof corrected === "string") {
      notes.corrections.set(word.start, corrected);
      return null;
    }
    const found = respelt.length > 0 ? respelt : (corrected ?? []).map((term) => [term]);
    if (found.length > 0)
      notes.expansions.push(`${word.surface} -> ${found.map((terms) => terms.join(" ")).join(", ")}`);
    alternatives.push(...found);
    known = isSynonymKnown || found.length > 0;
  } else if (isName && word.parts.length === 0 && !isCommonWord(folded)) {
    // Reports may write a name in two ways, and the question only in one of them.
    const respelt = soundAlikes(word, vocabulary).filter((term) => isSurelyOneName(term, word.term));
    if (respelt.length > 0) notes.expansions.push(`${word.surface} -> ${respelt.join(", ")}`);
    alternatives.push(...respelt.map((term) => [term]));
  }
  const kind = inTime ? "time" : word.numeric ? "figure" : isName ? "name" : "word";
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

/** An unknown word in the spellings of it that the index has; for a compound, its parts. Empty where there is none. */
function respellings(word: Token, isName: boolean, vocabulary: Vocabulary): string[][] {
  if (word.parts.length === 0) {
    if (!isName && isCommonWord(word.surface.toLowerCase())) return [];
    return soundAlikes(word, vocabulary).map((term) => [term]);
  }
  const parts = word.parts.map((part) =>
    vocabulary.frequency(part) > 0 ? part : soundAlikes({ surface: part, term: part }, vocabulary)[0],
  );
  const found = parts.filter((part) => part !== undefined);
  return found.length === parts.length && found.length > 1 ? [found] : [];
}

/** Names that only sound alike ("Islam" and "Aslam") begin otherwise, or are short. */
function isSurelyOneName(a: string, b: string): boolean {
  return a[0] === b[0] && Math.min(a.length, b.length) >= LEAST_NAME;
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

/** Inverse document frequency of the rarest term; of a word that no passage holds, as high as can be. */
export function rarest(alternatives: readonly (readonly string[])[], vocabulary: Vocabulary): number {
  let best = 0;
  for (const alternative of alternatives) {
    for (const term of alternative) {
      if (vocabulary.frequency(term) > 0) best = Math.max(best, vocabulary.rarity(term));
    }
  }
  return best > 0 ? best : vocabulary.rarity("\u0000");
}

/** Whether passages hold all terms of one of these. */
export function isKnown(alternatives: readonly (readonly string[])[], vocabulary: Vocabulary): boolean {
  return alternatives.some((terms) => terms.length > 0 && terms.every((term) => vocabulary.frequency(term) > 0));
}
