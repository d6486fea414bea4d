/** From the terms of passages to the arrays of the lexical index. */

import { B, K1, type LexicalIndex, lexicalIndex } from "./lexical.ts";

export interface IndexedPassage {
  /** Above the id of the passage before it. */
  readonly id: number;
  readonly terms: readonly string[];
}

export function buildLexical(passages: Iterable<IndexedPassage>): LexicalIndex {
  const builder = lexicalBuilder();
  for (const passage of passages) builder.add(passage);
  return builder.finish();
}

/** For building in steps, with pauses for the event loop between them. */
export function lexicalBuilder(): { add(passage: IndexedPassage): void; finish(): LexicalIndex } {
  const numbers = new Map<string, number>();
  const ids: number[] = [];
  const lengths: number[] = [];
  // One entry for each term of each passage, in the order they come; sorted by term at the end.
  let entryTerms = new Uint32Array(1024);
  let entryCounts = new Uint16Array(1024);
  let entries = 0;
  const passageEnds: number[] = [];
  /** For each term, the entry of the passage it was last seen in. */
  const lastEntry: number[] = [];

  function add({ id, terms }: IndexedPassage): void {
    const previous = ids.at(-1) ?? 0;
    if (!(Number.isInteger(id) && id > previous && id <= 0xffffffff)) {
      throw new RangeError(`Passage id ${id} does not come after ${previous}`);
    }
    const first = entries;
    for (const term of terms) {
      let number = numbers.get(term);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(term, number);
        lastEntry.push(-1);
      }
      const entry = lastEntry[number] ?? -1;
      if (entry >= first) {
        // More than 65,535 times in one passage is no text: the count stops there.
        entryCounts[entry] = Math.min((entryCounts[entry] ?? 0) + 1, 0xffff);
        continue;
      }
      if (entries === entryTerms.length) {
        entryTerms = grown(entryTerms, new Uint32Array(entries * 2));
        entryCounts = grown(entryCounts, new Uint16Array(entries * 2));
      }
      entryTerms[entries] = number;
      entryCounts[entries] = 1;
      lastEntry[number] = entries++;
    }
    ids.push(id);
    lengths.push(terms.length);
    passageEnds.push(entries);
  }

  function finish(): LexicalIndex {
    const terms = [...numbers.keys()].sort(byCodeUnit);
    const ranks = new Uint32Array(terms.length);
    const termStarts = new Uint32Array(terms.length + 1);
    terms.forEach((term, rank) => {
      ranks[numbers.get(term) ?? 0] = rank;
      termStarts[rank + 1] = (termStarts[rank] ?? 0) + term.length;
    });
    const units = new Uint16Array(termStarts[terms.length] ?? 0);
    let unit = 0;
    for (const term of terms) {
      for (let index = 0; index < term.length; index++) units[unit++] = term.charCodeAt(index);
    }
    // A counting sort by term, which keeps the passages of each in order.
    const offsets = new Uint32Array(terms.length + 1);
    for (let entry = 0; entry < entries; entry++) {
      const next = at(ranks, at(entryTerms, entry)) + 1;
      offsets[next] = at(offsets, next) + 1;
    }
    for (let rank = 0; rank < terms.length; rank++) offsets[rank + 1] = at(offsets, rank + 1) + at(offsets, rank);
    const fill = offsets.slice();
    const positions = new Uint32Array(entries);
    const impacts = new Float32Array(entries);
    const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
    let entry = 0;
    passageEnds.forEach((end, position) => {
      const norm = K1 * (1 - B + (B * (lengths[position] ?? 0)) / average);
      for (; entry < end; entry++) {
        const rank = at(ranks, at(entryTerms, entry));
        const target = at(fill, rank);
        fill[rank] = target + 1;
        positions[target] = position;
        const frequency = at(entryCounts, entry);
        impacts[target] = (frequency * (K1 + 1)) / (frequency + norm);
      }
    });
    return lexicalIndex({
      ids: Uint32Array.from(ids),
      offsets,
      termStarts,
      positions,
      impacts,
      units,
    });
  }

  return { add, finish };
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function grown<T extends Uint32Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

/** An element that is there: the bounds are the caller's. */
function at(array: Uint32Array | Uint16Array, index: number): number {
  return array[index] as number;
}
