/** Lexical search: BM25 over typed arrays, whole in memory, rebuilt at each ingest. */

import { offer, takeAll, threshold, topOf } from "./top.ts";

/**
 * Term frequency saturation and length normalisation, the usual values of Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.5.
 */
export const K1 = 1.2;
export const B = 0.75;

export interface WeightedTerm {
  readonly term: string;
  /** At least 0; 1 for a word of the question, less for a guess. */
  readonly weight: number;
}

/** Passages with their scores, best first; equal scores in order of the id. */
export interface Ranked {
  readonly ids: Uint32Array;
  readonly scores: Float32Array;
}

/**
 * The arrays behind the index. Postings of term t stand at `offsets[t]` to `offsets[t + 1]`: positions of
 * passages, ascending, and the term's impact on each. Terms are sorted by UTF-16 code unit and stand joined in
 * `units`, term t from `termStarts[t]` to `termStarts[t + 1]`.
 *
 * Impacts, and not frequencies, because a search then adds a product for each posting instead of dividing,
 * which is twice as fast.
 */
export interface LexicalArrays {
  readonly ids: Uint32Array;
  readonly offsets: Uint32Array;
  readonly termStarts: Uint32Array;
  readonly positions: Uint32Array;
  /** The part of BM25 that is not idf: tf (k1 + 1) / (tf + k1 (1 - b + b length / average length)). */
  readonly impacts: Float32Array;
  readonly units: Uint16Array;
}

export interface LexicalIndex {
  /** Passages in the index. */
  readonly count: number;
  readonly arrays: LexicalArrays;
  /**
   * The passages with the highest sum of weight x BM25 over the terms; passages that score 0 are left out.
   * Not reentrant across threads: it works in arrays of its own that every call reuses.
   * @param allowed by position; only passages with a 1 may be found.
   * @throws {RangeError} for a negative or infinite weight, a limit below 1, and a filter of another length.
   */
  search(terms: readonly WeightedTerm[], limit: number, allowed?: Uint8Array): Ranked;
  /** ln(1 + (N - df + 0.5) / (df + 0.5)): above 0, and highest for a term that is nowhere. */
  idf(term: string): number;
  /**
   * How many passages have the term.
   * @param allowed by position; only passages with a 1 are counted. Then it reads the postings of the term.
   * @throws {RangeError} for a filter of another length.
   */
  documentFrequency(term: string, allowed?: Uint8Array): number;
  /** The id of the passage at a position. @throws {RangeError} outside 0 to count - 1. */
  idAt(position: number): number;
  /** The position of a passage, or -1. */
  positionOf(id: number): number;
  /** Every term and in how many passages it is. Made at the first call, which takes a moment. */
  vocabulary(): ReadonlyMap<string, number>;
}

/** The index over arrays that were built or loaded. */
export function lexicalIndex(arrays: LexicalArrays): LexicalIndex {
  const { ids, offsets, termStarts, positions, impacts, units } = arrays;
  const count = ids.length;
  const termCount = offsets.length - 1;
  const totals = new Float32Array(count);
  let words: Map<string, number> | null = null;

  function termNumber(term: string): number {
    let low = 0;
    let high = termCount - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = compareTo(units, termStarts[middle] as number, termStarts[middle + 1] as number, term);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  function checkFilter(allowed: Uint8Array | undefined): void {
    if (allowed !== undefined && allowed.length !== count) {
      throw new RangeError(`A filter of ${allowed.length} for ${count} passages`);
    }
  }

  function documentFrequency(term: string, allowed?: Uint8Array): number {
    checkFilter(allowed);
    const number = termNumber(term);
    if (number < 0) return 0;
    const start = offsets[number] as number;
    const end = offsets[number + 1] as number;
    if (allowed === undefined) return end - start;
    let found = 0;
    for (let posting = start; posting < end; posting++) {
      if (allowed[positions[posting] as number] === 1) found++;
    }
    return found;
  }

  function search(terms: readonly WeightedTerm[], limit: number, allowed?: Uint8Array): Ranked {
    if (!(Number.isInteger(limit) && limit >= 1)) throw new RangeError(`${limit} is not a number of passages`);
    checkFilter(allowed);
    totals.fill(0);
    for (const { term, weight } of terms) {
      if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`The weight ${weight} of "${term}"`);
      const number = termNumber(term);
      if (number < 0 || weight === 0) continue;
      const start = offsets[number] as number;
      const end = offsets[number + 1] as number;
      addPostings(totals, positions, impacts, start, end, weight * inverseFrequency(count, end - start));
    }
    return best(totals, ids, Math.min(limit, count), allowed);
  }

  return {
    count,
    arrays,
    search,
    idf: (term) => inverseFrequency(count, documentFrequency(term)),
    documentFrequency,
    idAt: (position) => {
      const id = ids[position];
      if (id === undefined) throw new RangeError(`There is no position ${position} among ${count} passages`);
      return id;
    },
    positionOf: (id) => positionIn(ids, id),
    vocabulary: () => {
      if (words === null) {
        words = new Map();
        const joined = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units);
        for (let number = 0; number < termCount; number++) {
          const term = joined.slice(termStarts[number], termStarts[number + 1]);
          words.set(term, (offsets[number + 1] as number) - (offsets[number] as number));
        }
      }
      return words;
    },
  };
}

/** The position of an id in ascending ids, or -1. */
export function positionIn(ids: Uint32Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ids[middle] as number;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** ln(1 + (N - df + 0.5) / (df + 0.5)), of a term in `frequency` of `count` passages. */
export function inverseFrequency(count: number, frequency: number): number {
  return Math.log(1 + (count - frequency + 0.5) / (frequency + 0.5));
}

/** The inner loop: apart, so that it is compiled once for these array types. */
function addPostings(
  totals: Float32Array,
  positions: Uint32Array,
  impacts: Float32Array,
  start: number,
  end: number,
  factor: number,
): void {
  for (let posting = start; posting < end; posting++) {
    const position = positions[posting] as number;
    totals[position] = (totals[position] as number) + factor * (impacts[posting] as number);
  }
}

/** The `limit` passages with the highest totals above 0. */
function best(totals: Float32Array, ids: Uint32Array, limit: number, allowed: Uint8Array | undefined): Ranked {
  const top = topOf(limit);
  let least = 0;
  for (let position = 0; position < totals.length; position++) {
    const score = totals[position] as number;
    if (score <= least || (allowed !== undefined && allowed[position] !== 1)) continue;
    offer(top, score, position);
    least = Math.max(0, threshold(top));
  }
  const { positions, scores } = takeAll(top);
  return { ids: positions.map((position) => ids[position] as number), scores };
}

function compareTo(units: Uint16Array, start: number, end: number, term: string): number {
  const length = Math.min(end - start, term.length);
  for (let index = 0; index < length; index++) {
    const difference = (units[start + index] as number) - term.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return end - start - term.length;
}
