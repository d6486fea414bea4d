/** Passages that questions come back to, read and parsed once for a snapshot. */

import type { Passage } from "../domain/passage.ts";
import type { Store } from "./store.ts";

/**
 * Passages kept, those that were not asked for longest go first. One takes about 40 kB: 10 kB its sentences'
 * vectors, and most of the rest what is derived from it elsewhere while it is the same object (its words and names).
 */
const MOST_PASSAGES = 1000;

/**
 * A store that is held to one snapshot, whose passages stay in memory; the same id gives the same object.
 * @param most passages that are kept.
 */
export function keepingPassages(store: Store, most = MOST_PASSAGES): Store {
  const passages = recent<Passage>(most);
  const vectors = recent<readonly Float32Array[]>(most);
  return {
    ...store,
    passages: (ids) =>
      Array.from(ids, (id) => passages.get(id) ?? passages.keep(id, store.passages([id])[0] as Passage)),
    sentenceVectors: (ids) => {
      const found = new Map<number, Float32Array[]>();
      for (const id of ids) {
        const known = vectors.get(id) ?? store.sentenceVectors([id]).get(id);
        if (known !== undefined) found.set(id, [...vectors.keep(id, known)]);
      }
      return found;
    },
  };
}

function recent<V>(most: number) {
  const values = new Map<number, V>();
  return {
    get(id: number): V | undefined {
      const value = values.get(id);
      return value === undefined ? undefined : this.keep(id, value);
    },
    /** A map goes through its keys in the order in which they were put in: the first is the one to let go. */
    keep(id: number, value: V): V {
      values.delete(id);
      values.set(id, value);
      if (values.size > most) values.delete(values.keys().next().value ?? id);
      return value;
    },
  };
}
