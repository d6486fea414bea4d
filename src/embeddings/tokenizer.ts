/**
 * The tokens of a BERT model with the place of each in the text. Words and their offsets are found here,
 * by BERT's rules (`BertNormalizer` and `BertPreTokenizer`); @huggingface/tokenizers, which gives no offsets,
 * cuts each distinct word into word pieces.
 */

import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { type ModelFiles, readTokenizerDefinition, unusable } from "./model-files.ts";

/** Tokens of a text in order: [CLS] first, [SEP] last. */
export interface Encoding {
  readonly ids: readonly number[];
  /** Offset of each token's first character, in UTF-16 code units; never falls. [CLS] has 0. */
  readonly starts: readonly number[];
  /** End of each token, exclusive; never falls. Equal to the start for [CLS] and [SEP] only. */
  readonly ends: readonly number[];
}

export interface Tokenizer {
  /**
   * The whole text; nothing is cut off. Names of special tokens in the text, such as "[SEP]", are read as
   * plain text, so that a report cannot put them to work.
   */
  encode(text: string): Encoding;
  /** Word pieces of the text, without [CLS] and [SEP]. Additive at white space. */
  countTokens(text: string): number;
}

/** A word in normalised form, cut up. */
interface WordPieces {
  readonly ids: readonly number[];
  /** UTF-16 code units of the normalised word that each piece covers. */
  readonly lengths: readonly number[];
}

/** Receives each word; `units` maps code units of the normalised word to the text, where they may differ. */
type TakeWord = (word: string, start: number, end: number, units: UnitOffsets | null) => void;

interface UnitOffsets {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Distinct words whose pieces are remembered; about 10 MB. */
const MAX_CACHED_WORDS = 50_000;

/**
 * The tokenizer of a model's files. They are read at the first call, which takes 50 ms, and once for all callers.
 * @returns a function that throws {SitrepError} `model-unusable` when a file is missing or not the expected one.
 */
export function tokenizerOf(files: ModelFiles): () => Tokenizer {
  let tokenizer: Tokenizer | null = null;
  return () => {
    tokenizer ??= createTokenizer(readTokenizerDefinition(files));
    return tokenizer;
  };
}

/** Whether a vocabulary tells capitals and accents from plain small letters. */
export type Casing = "cased" | "uncased";

/** A tokenizer from a parsed `tokenizer.json` of a BERT model; its own normaliser is not looked at. */
export function createTokenizer(definition: object, casing: Casing = "uncased"): Tokenizer {
  const vocabulary = new HuggingFaceTokenizer(definition, {});
  const idOf = (token: string): number => {
    const id = vocabulary.token_to_id(token);
    if (id === undefined) throw unusable(`The embedding model's vocabulary has no token ${token}`);
    return id;
  };
  const [classify, separate, unknown] = [idOf("[CLS]"), idOf("[SEP]"), idOf("[UNK]")];
  const cache = new Map<string, WordPieces>();

  function piecesOf(word: string): WordPieces {
    const known = cache.get(word);
    if (known !== undefined) return known;
    const pieces = cutWord(word);
    if (cache.size >= MAX_CACHED_WORDS) cache.clear();
    cache.set(word, pieces);
    return pieces;
  }

  function cutWord(word: string): WordPieces {
    const tokens: string[] = vocabulary.model?.encode([word]) ?? [];
    const ids = tokens.map(idOf);
    if (ids.includes(unknown)) return { ids: [unknown], lengths: [word.length] };
    return { ids, lengths: tokens.map((token, index) => (index === 0 ? token.length : token.length - "##".length)) };
  }

  return {
    encode(text) {
      const ids = [classify];
      const starts = [0];
      const ends = [0];
      forEachWord(text, casing, (word, start, end, units) => {
        const pieces = piecesOf(word);
        let first = 0;
        pieces.ids.forEach((id, index) => {
          const last = first + (pieces.lengths[index] ?? 0);
          ids.push(id);
          starts.push(units === null ? start + first : (units.starts[first] ?? start));
          ends.push(units === null ? start + last : (units.ends[last - 1] ?? end));
          first = last;
        });
      });
      ids.push(separate);
      starts.push(text.length);
      ends.push(text.length);
      return { ids, starts, ends };
    },
    countTokens(text) {
      let count = 0;
      forEachWord(text, casing, (word) => {
        count += piecesOf(word).ids.length;
      });
      return count;
    },
  };
}

const DROPPED = 0;
const SPACE = 1;
const LETTER = 2;
const PUNCTUATION = 3;
/** What an ASCII character is to BERT: everything that is not a letter or digit is punctuation. */
const ASCII_KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[\t\n\r ]/.test(character)) return SPACE;
  if (code < 32 || code === 127) return DROPPED;
  return /[A-Za-z0-9]/.test(character) ? LETTER : PUNCTUATION;
});

function forEachWord(text: string, casing: Casing, take: TakeWord): void {
  let at = 0;
  while (at < text.length) {
    const kind = ASCII_KINDS[text.charCodeAt(at)];
    if (kind === SPACE || kind === DROPPED) {
      at += 1;
    } else if (kind === PUNCTUATION) {
      take(text.charAt(at), at, at + 1, null);
      at += 1;
    } else {
      let end = at;
      while (ASCII_KINDS[text.charCodeAt(end)] === LETTER) end += 1;
      const next = ASCII_KINDS[text.charCodeAt(end)];
      if (end === text.length || next === SPACE || next === PUNCTUATION) {
        const word = text.slice(at, end);
        take(casing === "cased" ? word : word.toLowerCase(), at, end, null);
        at = end;
      } else {
        at = takeMixedRun(text, at, casing, take);
      }
    }
  }
}

/** The words from `from` to the next ASCII space or punctuation mark, and where that is. */
function takeMixedRun(text: string, from: number, casing: Casing, take: TakeWord): number {
  let word = "";
  let starts: number[] = [];
  let ends: number[] = [];
  const flush = (): void => {
    if (word !== "") take(word, starts[0] ?? from, ends.at(-1) ?? from, { starts, ends });
    word = "";
    starts = [];
    ends = [];
  };
  let at = from;
  while (at < text.length) {
    const kind = ASCII_KINDS[text.charCodeAt(at)];
    if (kind === SPACE || kind === PUNCTUATION) break;
    const code = text.codePointAt(at) ?? 0;
    const end = at + (code > 0xffff ? 2 : 1);
    for (const character of normalise(code, casing)) {
      const stands = PUNCTUATION_MARK.test(character);
      if (stands || character === " ") flush();
      if (character !== " ") {
        word += character;
        for (let unit = 0; unit < character.length; unit += 1) {
          starts.push(at);
          ends.push(end);
        }
      }
      if (stands) flush();
    }
    at = end;
  }
  flush();
  return at;
}

const CONTROL = /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]$/u;
const WHITE_SPACE = /^\s$/;
const MARKS = /\p{Mn}/gu;
const PUNCTUATION_MARK = /^[\p{P}!-/:-@[-`{-~]$/u;
/** Filled with the characters that were met; bounded by the number of code points. */
const normalised = { cased: new Map<number, string>(), uncased: new Map<number, string>() };

/**
 * A code point as the model's vocabulary has it: uncased with accents stripped, in lower case. Control characters become
 * nothing; white space a space; a Chinese character stands between spaces. Each code point is taken by itself,
 * as in the model authors' tokenizer, so that a Greek final sigma is not told apart.
 */
function normalise(code: number, casing: Casing): string {
  const known = normalised[casing].get(code);
  if (known !== undefined) return known;
  const character = String.fromCodePoint(code);
  let result = "";
  if (!CONTROL.test(character)) {
    // Lower case is taken of each character, because "Σ" after another letter would become "ς".
    const bare = casing === "cased" ? character : character.normalize("NFD").replace(MARKS, "");
    const lowered = (each: string): string => (casing === "cased" ? each : each.toLowerCase());
    result = Array.from(bare, (each) => (WHITE_SPACE.test(each) ? " " : lowered(each))).join("");
    if (isChinese(code)) result = ` ${result} `;
  }
  normalised[casing].set(code, result);
  return result;
}

/** The blocks of CJK ideographs that BERT splits into single characters (google-research/bert, tokenization.py). */
function isChinese(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x20000 && code <= 0x2a6df) ||
    (code >= 0x2a700 && code <= 0x2b73f) ||
    (code >= 0x2b740 && code <= 0x2b81f) ||
    (code >= 0x2b820 && code <= 0x2ceaf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x2f800 && code <= 0x2fa1f)
  );
}
