/** Other names that reports themselves give: "Federal Investigation Agency (FIA)", "Blind Eagle, also known as APT-C-36". */

import { fold } from "./tokens.ts";

/** Two names of one thing, as a text writes them. */
export interface AliasPair {
  /** The longer one, where one is short for the other. */
  readonly name: string;
  readonly alias: string;
}

/** UTF-16 code units of a text that are looked at; a longer one has said its names by then. */
const MOST_TEXT = 2_000_000;
/** Of a name, and of what is looked at on either side of a bracket. */
const MOST_NAME = 90;
/** Words in a name that is told by "also known as". */
const MOST_WORDS = 7;
/** Small words inside names, also of other languages. */
const SMALL = new Set(
  "of the for and in on to de del della der des di du d e el la le les los las al ul wal ur bin bint ibn van von y et und".split(
    " ",
  ),
);
/** Beginnings after which a second initial may stand: the T of "Counterterrorism". */
const PREFIX =
  /^(?:anti|bio|counter|cyber|electro|extra|geo|hydro|inter|micro|multi|non|para|photo|radio|sub|tele|trans)/;
const SHORT = /^(?:or |the |hereafter |hereinafter )*["“]?(\p{Lu}[\p{L}\p{N}&/-]{0,10}[\p{Lu}\p{N}]s?)["”]?(?=[,;]|$)/u;
const OR_SHORT = /, or (?:the )?(\p{Lu}{2,8}s?)(?=[),;.])/gu;
const SAYS_ALIAS =
  /\b(?:(?:also|better|otherwise|formerly|previously) (?:known|called|spel(?:led|t)|written|rendered)(?: as)?|a\.?k\.?a\.?(?=[ ,])|alias(?= ))[,:]? (?:as |the )*/giu;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'‘`&./-]*/gu;

/**
 * The pairs of names that a text defines, each once, in order of appearance. Linear in the text.
 * A short form counts only where its letters are the initials of the words before it.
 * @param reading the text without its markup.
 */
export function aliasesIn(reading: string): AliasPair[] {
  // A blank line, here one character, ends every name; other white space is only where a line was broken.
  const text = reading
    .slice(0, MOST_TEXT)
    .replace(/\n\s*\n\s*/g, "\u2029")
    .replace(/[^\S\u2029]+/g, " ");
  const found = new Map<string, AliasPair>();
  const add = (name: string | null, alias: string | null): void => {
    if (name === null || alias === null) return;
    const pair = { name: bare(name), alias: bare(alias) };
    if (pair.name.length < 3 || pair.alias.length < 2 || pair.name.length > MOST_NAME) return;
    if (fold(pair.name) !== fold(pair.alias)) found.set(`${fold(pair.name)}\n${fold(pair.alias)}`, pair);
  };
  for (let at = text.indexOf("("); at >= 0; at = text.indexOf("(", at + 1)) {
    const end = text.indexOf(")", at);
    if (end < 0) break;
    if (end - at > MOST_NAME) continue;
    const inside = text.slice(at + 1, end);
    const before = text.slice(Math.max(0, at - MOST_NAME), at);
    const short = SHORT.exec(inside)?.[1];
    if (short !== undefined) add(longFormBefore(before, singular(short)), singular(short));
    const first = /(?:^|[\s"“])(\p{Lu}[\p{L}\p{N}&/-]{1,10})["”]? $/u.exec(before)?.[1];
    if (first !== undefined && longFormBefore(inside, first) === bare(inside)) add(inside, first);
  }
  for (const { index, 1: short = "" } of text.matchAll(OR_SHORT)) {
    add(longFormBefore(text.slice(Math.max(0, index - MOST_NAME), index), singular(short)), singular(short));
  }
  for (const { index, 0: says } of text.matchAll(SAYS_ALIAS)) {
    const name = nameBefore(text.slice(Math.max(0, index - MOST_NAME), index));
    if (name === null) continue;
    let rest = text.slice(index + says.length, index + says.length + MOST_NAME);
    for (let position = 0; position < 3; position += 1) {
      const alias = nameAfter(rest);
      if (alias === null) break;
      add(name, alias);
      // "also known as A, B and C": what follows is a name as well, as long as only these stand between.
      const next = /^["”]?(?:,? (?:and|or) |, )(?:as )?/u.exec(rest.slice(rest.indexOf(alias) + alias.length));
      if (next === null) break;
      rest = rest.slice(rest.indexOf(alias) + alias.length + next[0].length);
    }
  }
  return [...found.values()];
}

/** "NGOs" for "NGO": the s of a plural is no letter of a short form. */
function singular(short: string): string {
  return /^\p{Lu}{2,}s$/u.test(short) ? short.slice(0, -1) : short;
}

function bare(name: string): string {
  return name
    .replace(/^(?:the|The) /, "")
    .replace(/['’]s$/, "")
    .replace(/[.,;:]+$/, "")
    .trim();
}

/** The name that ends where "also known as" begins. */
function nameBefore(before: string): string | null {
  const clause =
    /[^\u2029;:!?()"“”]*$/u.exec(before.replace(/(?:\s*\([^()]*\))?[\s,("“]+$/u, ""))?.[0].replace(/^.*[,.]\s/u, "") ??
    "";
  const words = clause.split(" ").filter((word) => word !== "");
  let first = words.length;
  while (first > 0 && isNameWord(words[first - 1] ?? "")) first -= 1;
  return nameOf(words.slice(first));
}

/** The name that begins here. */
function nameAfter(rest: string): string | null {
  const clause = /^["“]?(?:the )?([^\u2029,;:!?()"“”]*)/u.exec(rest)?.[1] ?? "";
  const words = clause.replace(/\.(?:\s.*)?$/u, "").split(" ");
  let end = 0;
  while (end < words.length && isNameWord(words[end] ?? "")) end += 1;
  return nameOf(words.slice(0, end));
}

const isNameWord = (word: string): boolean =>
  /^(?:al-)?["“‘’']?\p{Lu}/u.test(word) || /^\d+$/.test(word) || SMALL.has(word);

/** Null where too little or too much is left without the small words on either side. */
function nameOf(words: readonly string[]): string | null {
  let [first, end] = [0, words.length];
  while (first < end && (SMALL.has(words[first] ?? "") || /^\d+$/.test(words[first] ?? ""))) first += 1;
  while (end > first && SMALL.has(words[end - 1] ?? "")) end -= 1;
  const name = words.slice(first, end).join(" ");
  return end - first > MOST_WORDS || name.length < 3 || !/\p{Lu}/u.test(name) ? null : name;
}

/**
 * The words at the end of a text that a short form stands for: its letters are their initials. Small words and
 * other short forms ("UN") may be passed over, and a compound may give two letters. Null where there are none. A
 * stricter form of Schwartz and Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical
 * Text" (2003).
 * @param short begins with a letter; 2 to 10 letters and figures.
 */
export function longFormBefore(before: string, short: string): string | null {
  const letters = fold(short).replace(/[^\p{L}\p{N}]/gu, "");
  if (letters.length < 2 || letters.length > 10) return null;
  const clause = /[^\u2029.;:!?()[\]]*$/u.exec(before)?.[0].replace(/["”'’\s]+$/u, "") ?? "";
  const words = Array.from(clause.matchAll(WORD), ({ 0: word, index }) => ({ word, start: index })).flatMap(compound);
  const first = firstWord(words, letters, words.length - 1, new Set());
  if (first === null || words.length - first < 2) return null;
  return clause.slice(words[first]?.start ?? 0);
}

/** The parts of "Counter-Terrorism" and "Cutting/Burning", each with its place. */
function compound({ word, start }: { word: string; start: number }): { word: string; start: number }[] {
  return Array.from(word.matchAll(/[^-/]+/g), ({ 0: part, index }) => ({ word: part, start: start + index }));
}

/**
 * Backwards from the last word; null where the letters are not all found.
 * @param failed what was tried in vain, by word and letters left: without it repeated words would be tried over and over.
 */
function firstWord(
  words: readonly { readonly word: string }[],
  letters: string,
  last: number,
  failed: Set<string>,
): number | null {
  const { word } = words[last] ?? {};
  const tried = `${last} ${letters.length}`;
  if (word === undefined || letters === "" || failed.has(tried)) return null;
  const isSmall = SMALL.has(word) && !/^al$/.test(word);
  for (const initials of initialsOf(word)) {
    if (!letters.endsWith(initials)) continue;
    const left = letters.slice(0, -initials.length);
    if (left === "" && !isSmall) return last;
    const first = firstWord(words, left, last - 1, failed);
    if (first !== null) return first;
  }
  const isSkipped = isSmall || (last < words.length - 1 && /^\p{Lu}{2,5}$/u.test(word));
  const skipped = isSkipped ? firstWord(words, letters, last - 1, failed) : null;
  if (skipped === null) failed.add(tried);
  return skipped;
}

/** What a word can give to a short form. */
function initialsOf(word: string): string[] {
  const folded = fold(word).replace(/[^\p{L}\p{N}]/gu, "");
  const initial = folded.slice(0, 1);
  if (initial === "") return [];
  const found = [initial];
  const capitals = fold(word.replace(/[^\p{Lu}]/gu, ""));
  if (capitals.length > 1 && /^\p{Lu}/u.test(word)) found.push(capitals);
  const prefix = PREFIX.exec(folded)?.[0];
  if (prefix !== undefined && folded.length > prefix.length) found.push(initial + folded.charAt(prefix.length));
  return found;
}
