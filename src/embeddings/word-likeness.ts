/**
 * Likeness of single words from the bundled model's own table of word pieces: its first layer, before any
 * context. Words that stand for one another ("guns", "weapons") lie close there, and words that merely occur
 * together ("deputy", "leader") do not, which vectors of whole texts do not tell apart. Costs no inference.
 */

import { closeSync, openSync, readSync } from "node:fs";
import { BUNDLED_MODEL_FILES, type ModelFiles, unusable } from "./model-files.ts";
import { readTensorTable } from "./safetensors.ts";
import { type Tokenizer, tokenizerOf } from "./tokenizer.ts";

export interface WordLikeness {
  /** -1 to 1; 1 for the same word in any case. */
  between(a: string, b: string): number;
  close(): void;
}

const TABLE = "embeddings.word_embeddings.weight";
const BYTES_PER_NUMBER = 2;
/** Words whose vectors are kept, 1.5 kB each; a question and its candidate sentences have under a thousand. */
const KEPT_WORDS = 50_000;
/** Likenesses that are kept, 8 bytes each: of the words of the last questions to every word they were compared with. */
const KEPT_LIKENESSES = 2_000_000;

/**
 * Opens the table at the first use and reads only the rows that are asked for.
 * @param tokenizer of the same files, where somebody else uses it too.
 * @throws {SitrepError} `model-unusable` at the first use when the files are missing or not the expected ones.
 */
export function wordLikeness(
  files: ModelFiles = BUNDLED_MODEL_FILES,
  tokenizer: () => Tokenizer = tokenizerOf(files),
): WordLikeness {
  /** Words as they were written, in any case, by number of their vector. */
  const numbers = new Map<string, number>();
  const vectors: Float32Array[] = [];
  /** For the first word of a pair: its likeness to each word by number, NaN where it was not asked for. */
  const rows = new Map<number, Float64Array>();
  /** A word is compared with those of whole sentences, one after the other. */
  let last = { word: "", number: -1 };
  let opened: { file: number; start: number; width: number } | null = null;

  function open() {
    const table = readTensorTable(files.weightsPath).get(TABLE);
    const width = table?.shape[1];
    if (table === undefined || width === undefined || table.dtype !== "F16") {
      throw unusable(`The embedding model's weights have no table ${TABLE} of 16-bit numbers`);
    }
    return { file: openSync(files.weightsPath, "r"), start: table.start, width };
  }

  function numberOf(word: string): number {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    const lower = word.toLowerCase();
    let number = numbers.get(lower);
    if (number === undefined) {
      number = vectors.push(readVector(lower)) - 1;
      numbers.set(lower, number);
    }
    numbers.set(word, number);
    return number;
  }

  function forgetWhenFull(): void {
    if (numbers.size < KEPT_WORDS) return;
    numbers.clear();
    rows.clear();
    vectors.length = 0;
    last = { word: "", number: -1 };
  }

  /** Likenesses of a word, with room for another word's number. */
  function rowOf(word: number, other: number): Float64Array {
    const known = rows.get(word);
    if (known !== undefined && other < known.length) return known;
    const row = new Float64Array(Math.max(1024, 2 * other)).fill(Number.NaN);
    if (known !== undefined) row.set(known);
    if (rows.size * row.length >= KEPT_LIKENESSES) rows.clear();
    rows.set(word, row);
    return row;
  }

  function readVector(word: string): Float32Array {
    opened ??= open();
    const { file, start, width } = opened;
    // The first and the last id are the marks of the beginning and the end of a text.
    const pieces = tokenizer().encode(word).ids.slice(1, -1);
    const sum = new Float32Array(width);
    const row = Buffer.alloc(width * BYTES_PER_NUMBER);
    for (const piece of pieces) {
      readSync(file, row, { position: start + piece * row.length });
      for (let index = 0; index < width; index += 1) {
        sum[index] = (sum[index] ?? 0) + halfToNumber(row.readUInt16LE(index * BYTES_PER_NUMBER));
      }
    }
    const length = Math.hypot(...sum);
    return length === 0 ? sum : sum.map((value) => value / length);
  }

  return {
    between(a, b) {
      forgetWhenFull();
      if (last.number < 0 || last.word !== a) last = { word: a, number: numberOf(a) };
      const [first, second] = [last.number, numberOf(b)];
      if (first === second) return 1;
      const row = rowOf(first, second);
      const known = row[second] as number;
      if (!Number.isNaN(known)) return known;
      const likeness = dot(vectors[first] as Float32Array, vectors[second] as Float32Array);
      row[second] = likeness;
      return likeness;
    },
    close() {
      if (opened !== null) closeSync(opened.file);
      opened = null;
    },
  };
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (left[index] as number) * (right[index] as number);
  return sum;
}

/** IEEE 754-2019 binary16: 1 bit sign, 5 bits exponent with bias 15, 10 bits fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
