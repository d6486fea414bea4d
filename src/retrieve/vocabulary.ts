/** The terms of the lexical index, as questions need them. */

import type { LexicalIndex } from "../index/lexical.ts";
import type { Vocabulary } from "./spelling.ts";

/** Terms by first character are gathered at the first misspelt word, once for an index. */
export function vocabularyOf(lexical: LexicalIndex): Vocabulary {
  let byInitial: Map<string, string[]> | null = null;
  return {
    frequency: (term) => lexical.documentFrequency(term),
    rarity: (term) => lexical.idf(term),
    startingWith(character) {
      if (byInitial === null) {
        byInitial = new Map();
        for (const term of lexical.vocabulary().keys()) {
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
