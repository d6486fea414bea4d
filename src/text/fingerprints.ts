/** What is kept of a sentence that is in no report any more: enough to know it again, and not what it said. */

import { tokens } from "./tokens.ts";

/** A sentence as numbers. */
export interface Fingerprint {
  /** Equal for sentences that read the same; 16 hexadecimal digits. */
  readonly whole: string;
  /** One 32-bit number for each different word, in ascending order. */
  readonly words: readonly number[];
}

/** @param reading a sentence without markup; white space does not matter. Linear in its length. */
export function fingerprintOf(reading: string): Fingerprint {
  const text = reading.replace(/\s+/gu, " ").trim();
  const words = new Set(tokens(text).map(({ term }) => hash(term, OFFSET)));
  const whole = [OFFSET, OTHER_OFFSET].map((seed) => hash(text, seed).toString(16).padStart(8, "0")).join("");
  return { whole, words: [...words].sort((a, b) => a - b) };
}

/** Words that two sentences share, of all that they have: 0 to 1 (Jaccard 1912). */
export function likenessOf(a: Fingerprint, b: Fingerprint): number {
  let shared = 0;
  let at = 0;
  for (const word of a.words) {
    while (at < b.words.length && (b.words[at] ?? 0) < word) at += 1;
    if (b.words[at] === word) shared += 1;
  }
  const all = a.words.length + b.words.length - shared;
  return all === 0 ? 0 : shared / all;
}

/** FNV-1a with 32 bits (Fowler, Noll and Vo), over UTF-16 code units; a second start makes a second, independent number. */
const OFFSET = 0x811c9dc5;
const OTHER_OFFSET = 0x9e3779b9;

function hash(text: string, seed: number): number {
  let value = seed;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
