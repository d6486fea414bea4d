/** Joining the lines of a paragraph: which hyphens at line ends are part of the word. */

import type { Line } from "./layout.ts";

/** How often each word occurs inside of lines, in small letters, hyphens included. */
export type Vocabulary = ReadonlyMap<string, number>;

const WORD = /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu;
/** A word broken at a line end: what is before its last hyphen, and the hyphen. */
const BROKEN = /([\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*)([-\u2010\u00ad])$/u;
/** The first part of the next line's first word. */
const REST = /^[\p{L}\p{N}\p{M}]+/u;
/** Parts that are hardly ever joined to what follows them without a hyphen. */
const HYPHENATED_PREFIX = /^(?:self|ex|non|quasi|pseudo|vice|cross)$/iu;
/** Only so much of a paragraph is looked at from its end, or long ones would take quadratic time. */
const LONGEST_WORD = 300;
const ADDRESS_END = /(?:https?:\/\/|www\.|\S@)\S*$/iu;

/** @param lines as they are set; words at line ends are left out, as they may be halves. */
export function vocabularyOf(lines: readonly { readonly text: string }[]): Vocabulary {
  const words = new Map<string, number>();
  for (const { text } of lines) {
    const inside = text
      .replace(/^\S+ /, (first) => (REST.test(first) ? first : ""))
      .replace(/\s\S+[-\u2010\u00ad]$/u, "");
    for (const [word] of inside.toLowerCase().matchAll(WORD)) {
      const key = word.replace(/[\u2010\u2011]/g, "-");
      words.set(key, (words.get(key) ?? 0) + 1);
    }
  }
  return words;
}

/**
 * The text of lines in order, as parts: each part after the first begins on the page after the one before. What
 * is between two parts (a space or nothing) is at the end of the earlier one.
 */
export function joinLines(lines: readonly Line[], vocabulary: Vocabulary): string[] {
  const parts: string[] = [];
  let text = "";
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before !== undefined) {
      const { dropped, between } = seam(text.slice(-LONGEST_WORD), line.text, vocabulary);
      text = text.slice(0, text.length - dropped) + between;
      for (let page = before.page; page < line.page; page += 1) {
        parts.push(text);
        text = "";
      }
    }
    text += line.text;
  }
  parts.push(text);
  return parts.map((part) => part.replace(/\u00ad/g, ""));
}

/** How many characters are dropped before a line end, and what comes between it and the next line. */
function seam(before: string, next: string, vocabulary: Vocabulary): { dropped: number; between: string } {
  const [whole, left, hyphen] = BROKEN.exec(before) ?? [];
  const [right] = REST.exec(next) ?? [];
  if (whole !== undefined && left !== undefined && right !== undefined) {
    if (ADDRESS_END.test(before)) return { dropped: 0, between: "" };
    if (isSharedEnd(left, right, vocabulary)) return { dropped: 0, between: " " };
    const isKept = hyphen !== "\u00ad" && keepsHyphen(left, right, vocabulary);
    return { dropped: isKept ? 0 : 1, between: "" };
  }
  // Dashes and slashes without a space before them have none after them either.
  if (/[^\s—/][—/]$/u.test(before) && /^[\p{L}\p{N}]/u.test(next)) return { dropped: 0, between: "" };
  if (ADDRESS_END.test(before) && goesOnWithAddress(before, next)) return { dropped: 0, between: "" };
  return { dropped: 0, between: " " };
}

/**
 * Whether a hyphen at a line end is the word's own. The document itself is the dictionary, as it works for names
 * and for every language: the form that it uses elsewhere wins. Where it uses neither, two parts that are words of
 * their own keep the hyphen ("well-known"), and other parts are syllables ("secu-rity").
 */
function keepsHyphen(left: string, right: string, vocabulary: Vocabulary): boolean {
  // "al-Qaida", "COVID-19": capitals and figures within a word are not where words are broken.
  if (/\p{N}$/u.test(left) || /^\p{N}/u.test(right)) return true;
  const areCapitals = isShouted(left) && isShouted(right);
  if (/^\p{Lu}/u.test(right) && !areCapitals) return true;
  if (isShouted(left) && !areCapitals) return true;
  const stem = left.slice(left.lastIndexOf("-") + 1).toLowerCase();
  const rest = right.toLowerCase();
  const joined = vocabulary.get(stem + rest) ?? 0;
  const hyphenated = vocabulary.get(`${stem}-${rest}`) ?? vocabulary.get(`${left.toLowerCase()}-${rest}`) ?? 0;
  if (joined !== hyphenated) return hyphenated > joined;
  if (joined > 0) return false;
  if (HYPHENATED_PREFIX.test(stem) && rest.length >= 4) return true;
  return stem.length >= 3 && rest.length >= 3 && vocabulary.has(stem) && vocabulary.has(rest);
}

/** Whether a hyphen stands for the end of a later word: "short- and long-term". */
function isSharedEnd(left: string, right: string, vocabulary: Vocabulary): boolean {
  return left.length >= 3 && /^(?:and|or|to|und|oder)$/u.test(right) && !vocabulary.has((left + right).toLowerCase());
}

function isShouted(word: string): boolean {
  return /^[\p{Lu}'’-]+$/u.test(word);
}

/** Whether a line goes on with a web address that the line before had no room for. */
function goesOnWithAddress(before: string, next: string): boolean {
  const [first = ""] = next.split(" ", 1);
  if (/^(?:https?:|www\.)/i.test(first)) return false;
  return /[/_=&?%.#-]$/u.test(before) ? /^[\p{Ll}\p{N}/%#?&=_-]/u.test(next) : /[/_=&?%]|\.\p{Ll}/u.test(first);
}
