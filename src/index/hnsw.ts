/**
 * Nearest passages by meaning: HNSW (Malkov and Yashunin 2018) by hnswlib. What LangChain's store leaves open
 * is mended here; the store itself, through which everything else uses the index, is in vectors.ts.
 *
 * - `ef` is 100, after loading too (hnswlib's own 10 finds 83 of the nearest 100 where 100 finds 99);
 * - the dimensions of every vector and file are compared; queries without a direction are refused;
 * - the capacity is set once; an index is never changed after it was built;
 * - a file is read only after its structure was checked, and by a fresh native object;
 * - scores are cosine similarities, best first, and k above the count is no error;
 * - a filter is an array that is looked up, because a callback that throws would abort the process.
 */

import hnswlib, { type HierarchicalNSW } from "hnswlib-node";
import { SitrepError } from "../domain/errors.ts";
import { checkSum, type FileFacts, UnusableFile, writeBeside } from "./files.ts";
import { readHnswFile } from "./hnsw-file.ts";
import { positionIn, type Ranked } from "./lexical.ts";
import { offer, type Top, takeAll, topOf } from "./top.ts";

/** Outgoing links of a point (M) and candidates looked at while building and searching. */
export const LINKS = 16;
export const EF_CONSTRUCTION = 200;
export const EF_SEARCH = 100;

/**
 * When so few pass a filter that passing² <= this x count, they are compared one by one, which is exact: the cost
 * of that grows with their number, the cost of the graph with the inverse of their share, because most points
 * it looks at are then in vain. Measured, the two are equal at 1,700 of 10,000 and at 7,500 of 100,000.
 */
const SCAN_FACTOR = 400;

/** How long building goes on before other work gets its turn, in milliseconds. */
const SLICE = 8;

export interface VectorSource {
  /** Ascending. */
  readonly ids: Uint32Array;
  /** The vectors in the order of the ids, one after the other. */
  readonly matrix: Float32Array;
  readonly dimensions: number;
}

export interface BuildOptions {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Vectors of passages that are searched and never changed. Made by `buildHnsw` and `loadHnsw`. */
export class HnswIndex {
  /** Of the passages, ascending. */
  readonly ids: Uint32Array;
  readonly count: number;
  readonly dimensions: number;
  /** hnswlib's own object; not to be changed. */
  readonly native: HierarchicalNSW;
  readonly #matrix: Float32Array;

  /** @param source with vectors of length 1, under whose positions `native` has them. */
  constructor(source: VectorSource, native: HierarchicalNSW) {
    this.ids = source.ids;
    this.count = source.ids.length;
    this.dimensions = source.dimensions;
    this.native = native;
    this.#matrix = source.matrix;
    native.setEf(EF_SEARCH);
  }

  /**
   * The `limit` passages whose vectors are nearest by angle, with their cosine similarity (-1 to 1), best first.
   * Nearly always exactly those; a filter that few passages pass is answered exactly.
   * @param vector need not have length 1.
   * @param allowed by position; only passages with a 1 may be found.
   * @throws {RangeError} for a vector of other dimensions or without a direction, a limit below 1, and a filter
   *   of another length.
   */
  search(vector: ArrayLike<number>, limit: number, allowed?: Uint8Array): Ranked {
    const query = unitVector(vector, this.dimensions);
    if (!(Number.isInteger(limit) && limit >= 1))
      throw new RangeError(`The limit ${limit} is not a number of passages`);
    if (allowed !== undefined && allowed.length !== this.count) {
      throw new RangeError(`A filter of ${allowed.length} for ${this.count} passages`);
    }
    if (this.count === 0) return this.#ranked(topOf(0));
    let passing = this.count;
    if (allowed !== undefined) for (let at = 0; at < this.count; at++) if (allowed[at] !== 1) passing--;
    if (allowed === undefined || passing === this.count) return this.#nearest(query, limit);
    const isScanned = passing * passing <= SCAN_FACTOR * this.count;
    return isScanned ? this.#scan(query, Math.min(limit, passing), allowed) : this.#nearest(query, limit, allowed);
  }

  /** The vector of a passage, of length 1, as a view that must not be changed; null for an unknown id. */
  vectorOf(id: number): Float32Array | null {
    const position = positionIn(this.ids, id);
    return position < 0 ? null : this.#row(position);
  }

  #row(position: number): Float32Array {
    return this.#matrix.subarray(position * this.dimensions, (position + 1) * this.dimensions);
  }

  #nearest(query: Float32Array, limit: number, allowed?: Uint8Array): Ranked {
    const filter = allowed === undefined ? undefined : (label: number) => allowed[label] === 1;
    const found = this.native.searchKnn(Array.from(query), Math.min(limit, this.count), filter);
    // hnswlib gives equal distances in any order; the heap does not.
    const top = topOf(found.neighbors.length);
    for (const [rank, position] of found.neighbors.entries()) offer(top, 1 - (found.distances[rank] ?? 1), position);
    return this.#ranked(top);
  }

  #scan(query: Float32Array, limit: number, allowed: Uint8Array): Ranked {
    const top = topOf(limit);
    for (let position = 0; position < allowed.length; position++) {
      if (allowed[position] === 1) offer(top, dot(query, this.#matrix, position * query.length), position);
    }
    return this.#ranked(top);
  }

  #ranked(top: Top): Ranked {
    const { positions, scores } = takeAll(top);
    return {
      ids: positions.map((position) => this.ids[position] as number),
      // Rounding can put the cosine of equal directions just above 1.
      scores: scores.map((score) => Math.max(-1, Math.min(1, score))),
    };
  }

  /** Puts the index into a file of a folder, whole or not at all, and returns what the file is. */
  saveFile(folder: string, name: string): Promise<FileFacts> {
    return writeBeside(
      folder,
      name,
      async (path) => {
        // Reports success for a full disk: the check is what counts.
        await this.native.writeIndex(path);
      },
      async (path) => {
        const { facts, matrix } = await readHnswFile(path, expectation(this.count, this.dimensions, null));
        for (const position of [0, this.count >> 1, this.count - 1]) {
          const row = matrix.subarray(position * this.dimensions, (position + 1) * this.dimensions);
          if (this.count > 0 && dot(this.#row(position), row, 0) < 0.999) throw new UnusableFile("has other vectors");
        }
        return facts;
      },
    );
  }
}

/**
 * Builds the index, giving way to other work every few milliseconds: at 384 dimensions about 1,800 vectors a
 * second at first and 1,000 at the hundred thousandth.
 * @param source whose matrix becomes the index's own and is brought to vectors of length 1 in place.
 * @throws {RangeError} for a vector without a direction. @throws {SitrepError} "cancelled" by the signal.
 */
export async function buildHnsw(source: VectorSource, options: BuildOptions = {}): Promise<HnswIndex> {
  const { ids, matrix, dimensions } = source;
  if (matrix.length !== ids.length * dimensions) {
    throw new RangeError(`${matrix.length} values are not ${ids.length} vectors of ${dimensions} dimensions`);
  }
  const native = new hnswlib.HierarchicalNSW("cosine", dimensions);
  native.initIndex(Math.max(1, ids.length), LINKS, EF_CONSTRUCTION);
  let sliceEnd = performance.now() + SLICE;
  for (let position = 0; position < ids.length; position++) {
    const row = matrix.subarray(position * dimensions, (position + 1) * dimensions);
    row.set(unitVector(row, dimensions));
    native.addPoint(Array.from(row), position);
    if (performance.now() < sliceEnd) continue;
    options.onProgress?.(position + 1, ids.length);
    await new Promise(setImmediate);
    if (options.signal?.aborted === true) throw new SitrepError("cancelled", "The index was not finished");
    sliceEnd = performance.now() + SLICE;
  }
  options.onProgress?.(ids.length, ids.length);
  return new HnswIndex(source, native);
}

/**
 * Loads a file that is exactly the recorded one.
 * @throws {UnusableFile} saying in what it differs.
 */
export async function loadHnsw(
  path: string,
  expected: FileFacts,
  ids: Uint32Array,
  dimensions: number,
): Promise<HnswIndex> {
  const { facts, matrix } = await readHnswFile(path, expectation(ids.length, dimensions, expected.bytes));
  checkSum(facts, expected.sha256);
  const native = new hnswlib.HierarchicalNSW("cosine", dimensions);
  try {
    await native.readIndex(path);
  } catch (error) {
    throw new UnusableFile(`cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return new HnswIndex({ ids, matrix, dimensions }, native);
}

function expectation(count: number, dimensions: number, bytes: number | null) {
  return { count, dimensions, links: LINKS, efConstruction: EF_CONSTRUCTION, bytes };
}

/** @throws {RangeError} for other dimensions, values that are not finite, and length 0. */
function unitVector(vector: ArrayLike<number>, dimensions: number): Float32Array {
  if (vector.length !== dimensions) {
    throw new RangeError(`A vector of ${vector.length} dimensions for an index of ${dimensions}`);
  }
  let sum = 0;
  for (let index = 0; index < dimensions; index++) sum += (vector[index] as number) ** 2;
  if (!(sum > 0 && sum < Infinity)) throw new RangeError("A vector without a direction");
  const factor = 1 / Math.sqrt(sum);
  const unit = new Float32Array(dimensions);
  for (let index = 0; index < dimensions; index++) unit[index] = (vector[index] as number) * factor;
  return unit;
}

/** The product of `query` with the values of `matrix` from `start` on; in four sums, which run in parallel. */
function dot(query: Float32Array, matrix: Float32Array, start: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let index = 0;
  for (; index + 3 < query.length; index += 4) {
    first += (query[index] as number) * (matrix[start + index] as number);
    second += (query[index + 1] as number) * (matrix[start + index + 1] as number);
    third += (query[index + 2] as number) * (matrix[start + index + 2] as number);
    fourth += (query[index + 3] as number) * (matrix[start + index + 3] as number);
  }
  for (; index < query.length; index++) first += (query[index] as number) * (matrix[start + index] as number);
  return first + second + (third + fourth);
}
