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
/** Words whose vectors are kept; a question and its candidate sentences have under a thousand. */
const KEPT_WORDS = 50_000;

/**
 * Opens the table at the first use and reads only the rows that are asked for.
 * @param tokenizer of the same files, where somebody else uses it too.
 * @throws {SitrepError} `model-unusable` at the first use when the files are missing or not the expected ones.
 */
export function wordLikeness(
  files: ModelFiles = BUNDLED_MODEL_FILES,
  tokenizer: () => Tokenizer = tokenizerOf(files),
): WordLikeness {
  const vectors = new Map<string, Float32Array>();
  let opened: { file: number; start: number; width: number } | null = null;

  function open() {
    const table = readTensorTable(files.weightsPath).get(TABLE);
    const width = table?.shape[1];
    if (table === undefined || width === undefined || table.dtype !== "F16") {
      throw unusable(`The embedding model's weights have no table ${TABLE} of 16-bit numbers`);
    }
    return { file: openSync(files.weightsPath, "r"), start: table.start, width };
  }

  function vectorOf(word: string): Float32Array {
    const known = vectors.get(word);
    if (known !== undefined) return known;
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
    const vector = length === 0 ? sum : sum.map((value) => value / length);
    if (vectors.size >= KEPT_WORDS) vectors.clear();
    vectors.set(word, vector);
    return vector;
  }

  return {
    between(a, b) {
      const [left, right] = [a.toLowerCase(), b.toLowerCase()];
      if (left === right) return 1;
      const [first, second] = [vectorOf(left), vectorOf(right)];
      let dot = 0;
      for (let index = 0; index < first.length; index += 1) dot += (first[index] ?? 0) * (second[index] ?? 0);
      return dot;
    },
    close() {
      if (opened !== null) closeSync(opened.file);
      opened = null;
    },
  };
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
