/** Correcting what people mistype, against the words that the reports really use. */

import { distance as editDistance } from "../text/distance.ts";
import { fold, type Token } from "../text/tokens.ts";
import { STOP_WORDS } from "../text/words.ts";
import { isCommonStem, isCommonWord } from "./english.ts";
import { soundOf } from "./sound.ts";

/** The terms of the index, as far as a question needs them. */
export interface Vocabulary {
  /** In how many passages a term stands; 0 when it is unknown. */
  frequency(term: string): number;
  /** Inverse document frequency, at least 0. */
  rarity(term: string): number;
  /** Every term that begins with this character, for spelling correction. */
  startingWith(character: string): Iterable<string>;
  /** Every term with this key of `soundOf`; absent where nobody has gathered them. */
  soundingLike?(key: string): readonly string[];
}

/** Two edits turn too many short words into others ("president" into "press"). */
const LONG_WORD = 8;
/** At most this many corrections of one word are searched. */
const MAX_CORRECTIONS = 3;
const ENDING = /^(?:i?e?s|e[dr]s?|ors?|ing|ees?|ists?|al|ti|ment|m)$/;
/** Sounds of a name below which too many words share them. */
const LEAST_SOUND = 3;
/** Letters in which spellings of one name differ at most ("Tehreek" and "Tahrik"). */
const MOST_RESPELT = 3;

/**
 * The index terms that a mistyped word most likely means, best first; as a plain string the word of a question
 * that it is a typing error of ("waht": "what"); null when nothing is near. One edit is allowed from 4 characters on; two in long words, and
 * at the end of a word, where the stemmer may have missed the suffix. The first character must be right, or the
 * first two swapped, as in most typing errors (Pollock and Zamora 1984).
 */
export function correct(word: Token, vocabulary: Vocabulary): string[] | string | null {
  const typed = word.term;
  const surface = word.surface.toLowerCase();
  if (!/^\p{L}{4,30}$/u.test(surface)) return null;
  for (const stop of STOP_WORDS) {
    if (stop.length >= 4 && editDistance(surface, stop, 1) <= 1) return stop;
  }
  // A word of English that the reports lack is not mistyped: at most another form of it stands there.
  const isWord = isCommonWord(surface) || isCommonStem(typed);
  const candidates: { term: string; distance: number; frequency: number }[] = [];
  for (const initial of new Set([typed[0] ?? "", typed[1] ?? ""])) {
    for (const term of vocabulary.startingWith(initial)) {
      if (term.startsWith("@") || !/^\p{L}{3,}$/u.test(term)) continue;
      // Swapped first letters count only as a swap, not as any word that starts with the second letter.
      if (initial !== typed[0] && term[1] !== typed[0]) continue;
      const allowed = Math.min(typed.length, term.length) >= LONG_WORD || isBeginning(typed, term) ? 2 : 1;
      const distance = Math.min(editDistance(typed, term, allowed), editDistance(surface, term, allowed));
      if (distance <= allowed && !(isWord && !isFormOf(surface, term)))
        candidates.push({ term, distance, frequency: vocabulary.frequency(term) });
    }
  }
  const nearest = Math.min(...candidates.map(({ distance }) => distance));
  const best = candidates
    .filter(({ distance }) => distance === nearest)
    .sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    .slice(0, MAX_CORRECTIONS)
    .map(({ term }) => term);
  return best.length > 0 ? best : null;
}

/** Whether a term is the stem of another form of the word: "preach" of "preacher", "loyalti" of "loyal". */
function isFormOf(word: string, term: string): boolean {
  const [short, long] = word.length > term.length ? [term, word] : [word, term];
  return short.length >= 4 && long.startsWith(short) && ENDING.test(long.slice(short.length));
}

/**
 * The index terms that are the same name in another spelling, most frequent first: they sound alike and differ in few
 * letters. Common English words are none: "sheriff" is no spelling of "Sharif".
 */
export function soundAlikes(
  { surface, term: typed }: Pick<Token, "surface" | "term">,
  vocabulary: Vocabulary,
): string[] {
  const word = fold(surface).replace(/'s$/, "");
  const key = /^\p{L}{4,30}$/u.test(word) ? soundOf(word) : "";
  if (key.length < LEAST_SOUND) return [];
  return [...(vocabulary.soundingLike?.(key) ?? [])]
    .filter((term) => term !== typed && term !== word && !isCommonStem(term))
    .filter((term) => editDistance(word, term, MOST_RESPELT) <= MOST_RESPELT && vocabulary.frequency(term) > 0)
    .sort((a, b) => vocabulary.frequency(b) - vocabulary.frequency(a) || (a < b ? -1 : 1))
    .slice(0, MAX_CORRECTIONS);
}

function isBeginning(a: string, b: string): boolean {
  return (a.startsWith(b) || b.startsWith(a)) && Math.min(a.length, b.length) >= 5;
}
