/** The terms of the lexical index, as questions need them. */

import { inverseFrequency, type LexicalIndex } from "../index/lexical.ts";
import { initialsOf, soundOf } from "./sound.ts";
import type { Vocabulary } from "./spelling.ts";

/**
 * The vocabulary of the passages that may be used: a term that stands only in others is as unknown as one that stands
 * nowhere, or a corrected spelling would tell that it is there.
 *
 * Terms by first character are gathered at the first misspelt word, once for an index; those of one
 * character by their sound at the first name that may be spelt otherwise.
 * @param allowed 1 for each passage that may be used, by position; absent: all of them.
 */
export function vocabularyOf(lexical: LexicalIndex, allowed?: Uint8Array): Vocabulary {
  const count = allowed === undefined ? lexical.count : allowed.reduce((sum, each) => sum + each, 0);
  const frequency = (term: string): number => lexical.documentFrequency(term, allowed);
  const bySound = new Map<string, Map<string, string[]>>();
  let byInitial: Map<string, string[]> | null = null;
  return {
    frequency,
    rarity: (term) => inverseFrequency(count, frequency(term)),
    soundingLike(key) {
      return initialsOf(key).flatMap((initial) => {
        let sounds = bySound.get(initial);
        if (sounds === undefined) {
          sounds = new Map();
          for (const term of this.startingWith(initial)) {
            if (!/^\p{L}{4,30}$/u.test(term)) continue;
            const sound = soundOf(term);
            const terms = sounds.get(sound);
            if (terms === undefined) sounds.set(sound, [term]);
            else terms.push(term);
          }
          bySound.set(initial, sounds);
        }
        return sounds.get(key) ?? [];
      });
    },
    startingWith(character) {
      if (byInitial === null) {
        byInitial = new Map();
        for (const term of lexical.vocabulary().keys()) {
          if (allowed !== undefined && frequency(term) === 0) continue;
          const initial = term[0] ?? "";
          const terms = byInitial.get(initial);
          if (terms === undefined) byInitial.set(initial, [term]);
          else terms.push(term);
        }
      }
      return byInitial.get(character) ?? [];
    },
  };
}
