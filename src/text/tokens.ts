/** Words with offsets, and the terms that are indexed. Both sides of every comparison go through here. */

import stem from "wink-porter2-stemmer";
import { IRREGULAR_FORMS, MONTH_ABBREVIATIONS, STOP_WORDS } from "./words.ts";

/** A word of a text. */
export interface Token {
  /** As it stands in the text. */
  readonly surface: string;
  readonly start: number;
  readonly end: number;
  /** What the token is compared by: folded, stemmed; for a compound, the whole in one piece. */
  readonly term: string;
  /** Terms of the parts of a compound ("cve-2024-3400" has cve, 2024 and 3400); empty for a simple word. */
  readonly parts: readonly string[];
  /** True for figures: "1,177", "42%", "2024". */
  readonly numeric: boolean;
  readonly stop: boolean;
}

// A compound keeps its inner punctuation: 1,177  S/2025/71  CVE-2024-3400  al-Qa'ida  D.I.  42%
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[.,'’\-‐‑/&:_@][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*%?/gu;
const NUMBER = /^\d+(?:\.\d+)?%?$/;
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;

/** The words of a text in order. Linear in its length. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(WORD)) found.push(token(match[0], match.index));
  return found;
}

function token(surface: string, start: number): Token {
  const whole = fold(surface).replace(THOUSANDS, "").replace(/'s$/, "");
  const end = start + surface.length;
  if (NUMBER.test(whole)) {
    const bare = whole.endsWith("%") ? [whole.slice(0, -1)] : [];
    return { surface, start, end, term: whole, parts: bare, numeric: true, stop: false };
  }
  const pieces = whole.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece !== "");
  if (pieces.length <= 1) {
    const word = pieces[0] ?? whole;
    return { surface, start, end, term: term(word), parts: [], numeric: false, stop: isStopWord(word, surface) };
  }
  const parts = pieces.filter((piece) => !STOP_WORDS.has(piece) && (piece.length > 1 || /\d/.test(piece))).map(term);
  return { surface, start, end, term: pieces.join("-"), parts, numeric: false, stop: false };
}

/** "IT", "US" and "WHO" in capitals are names; "it", "us" and "who" are not. */
function isStopWord(word: string, surface: string): boolean {
  return STOP_WORDS.has(word) && !(surface.length > 1 && surface === surface.toUpperCase() && /\p{Lu}/u.test(surface));
}

const terms = new Map<string, string>();

/** The comparison form of one folded word: months in full, irregular forms regular, z for s in -ise, Porter 2 stem. */
function term(word: string): string {
  const known = terms.get(word);
  if (known !== undefined) return known;
  const full = MONTH_ABBREVIATIONS.get(word) ?? IRREGULAR_FORMS.get(word) ?? word;
  const spelt = full.replace(/(?<=\p{L}{3})is(e|ed|es|ing|ation|ations|er|ers)$/u, "iz$1");
  const stemmed = /^[a-z']+$/.test(spelt) ? stem(spelt) : spelt;
  // The cache is a speed-up for the vocabulary of a language, not a store for hostile input.
  if (terms.size > 200_000) terms.clear();
  terms.set(word, stemmed);
  return stemmed;
}

/** Lower case without accents, with plain apostrophes and hyphens. Changes length: never use it for offsets. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const plain = lower.replace(/[’‘`´]/g, "'").replace(/[‐‑‒–—]/g, "-");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII test is the fast path
  return /^[\x00-\x7f]*$/.test(plain) ? plain : plain.normalize("NFKD").replace(/\p{M}/gu, "");
}

/** The terms under which a text is indexed, in order, with repeats: wholes and parts, without stop words. */
export function tokenise(text: string): string[] {
  const found: string[] = [];
  for (const { term, parts, stop } of tokens(text)) {
    if (stop) continue;
    found.push(term);
    for (const part of parts) found.push(part);
  }
  return found;
}
