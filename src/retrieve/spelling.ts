/** Correcting what people mistype, against the words that the reports really use. */

import { distance as editDistance } from "../text/distance.ts";
import type { Token } from "../text/tokens.ts";
import { STOP_WORDS } from "../text/words.ts";

/** The terms of the index, as far as a question needs them. */
export interface Vocabulary {
  /** In how many passages a term stands; 0 when it is unknown. */
  frequency(term: string): number;
  /** Inverse document frequency, at least 0. */
  rarity(term: string): number;
  /** Every term that begins with this character, for spelling correction. */
  startingWith(character: string): Iterable<string>;
}

/** Two edits turn too many short words into others ("president" into "press"). */
const LONG_WORD = 8;
/** At most this many corrections of one word are searched. */
const MAX_CORRECTIONS = 3;

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
  const candidates: { term: string; distance: number; frequency: number }[] = [];
  for (const initial of new Set([typed[0] ?? "", typed[1] ?? ""])) {
    for (const term of vocabulary.startingWith(initial)) {
      if (term.startsWith("@") || !/^\p{L}{3,}$/u.test(term)) continue;
      // Swapped first letters count only as a swap, not as any word that starts with the second letter.
      if (initial !== typed[0] && term[1] !== typed[0]) continue;
      const allowed = Math.min(typed.length, term.length) >= LONG_WORD || isBeginning(typed, term) ? 2 : 1;
      const distance = Math.min(editDistance(typed, term, allowed), editDistance(surface, term, allowed));
      if (distance <= allowed) candidates.push({ term, distance, frequency: vocabulary.frequency(term) });
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

function isBeginning(a: string, b: string): boolean {
  return (a.startsWith(b) || b.startsWith(a)) && Math.min(a.length, b.length) >= 5;
}
