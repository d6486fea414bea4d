/** Who is named as speaking: the words before or after a word of saying that name somebody. */

import type { Span } from "../domain/passage.ts";
import type { Glossary } from "../text/glossary.ts";
import { DATE, withoutAsides } from "./speaker-asides.ts";
import {
  bare,
  beginsName,
  DATE_WORDS,
  END_AFTER,
  INSIDE,
  isAbbreviation,
  isCapital,
  isVerbLike,
  list,
  NO_NAMES,
  ON_NAMES,
  SAYING,
  SPEAKERS,
  STOPS,
} from "./speaker-words.ts";

/** Somebody named in a text: a span of it, or a pronoun that stands for somebody. */
export type Speaker =
  | { readonly kind: "named"; readonly span: Span }
  /** "several": more than one, of whom not all can be named as one stretch of text. */
  | { readonly kind: "pronoun" | "self" | "nobody" | "several" };

/** Characters of the longest name that is shown; longer ones lose what is behind their last "of" or "in". */
const LONGEST_SPEAKER = 80;
/** Words of the longest name that is looked at. */
const MOST_WORDS = 24;

/** Words that join parts of one name. */
const JOINS = list("of for in from on at to with and by & de del la le du van von bin ibn al ul el ur e i the a an");
const PARTICLES = list("de del la le du van von bin ibn al ul el ur e i ud and & of the for");
const ARTICLES =
  /^(?:the|an?|(?:at )?least (?=one|two|three)|one of the|its|his|her|their|our|my|this|that|these|those|each|both|all)\s+/iu;
interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const YEAR = /^(?:(?:19|20)\d\d|\d\.\d)$/;
const WORD = /[^\s]+/gu;

/** What can be known of a text besides its words. */
export interface SpeakerContext {
  readonly glossary: Glossary;
  /** Names that the report itself has in its metadata, folded: outlets of its footnotes, publishers. */
  readonly isKnown: (name: string) => boolean;
}

/** Where a clause begins: a pronoun further inside is that of "those they believed to be". */
const CLAUSE_START = /(?:^|[,;:“"(–—]|\b(?:and|but|that|so|then|also))\s*$/u;
const PRONOUN =
  /(?:^|[\s"“(,;])(he|she|they|it|who|which|i|we|you|one|some|many|most|several|others|all|both|none|nobody|this|that|these|those)$/iu;

/**
 * Who is named right before `end` as the one who says: the words that lead up to a verb of saying.
 * @param isSure whether the verb can only have a speaker for its subject, so that an unknown first word is taken for a name.
 * @returns null where it is nobody who speaks ("the attacks reported").
 */
export function speakerBefore(text: string, end: number, isSure: boolean, context: SpeakerContext): Speaker | null {
  const left = withoutAsides(text.slice(0, end));
  const pronoun = PRONOUN.exec(left)?.[1]?.toLowerCase();
  if (pronoun !== undefined) {
    if (pronoun === "i" || pronoun === "we") return { kind: "self" };
    if (!CLAUSE_START.test(left.slice(0, left.length - pronoun.length))) return null;
    if (/^(?:he|she|they|it)$/u.test(pronoun)) return { kind: "pronoun" };
    return /^(?:some|many|most|several|others)$/u.test(pronoun) ? { kind: "nobody" } : null;
  }
  const words = Array.from(
    left.matchAll(WORD),
    ({ index, 0: found }): Word => ({ start: index, end: index + found.length, text: found }),
  );
  let from = words.length;
  let hasHead = false;
  let isList = false;
  while (from > 0 && words.length - from < MOST_WORDS) {
    const word = words[from - 1] as Word;
    const next = words[from];
    const name = bare(word.text);
    const lower = name.toLowerCase();
    // "Journalists, activists, and lawyers" is one; else a comma, a bracket or a full stop ends a name.
    isList ||= hasHead && next?.text === "and" && word.text.endsWith(",");
    const isListed = isList && word.text.endsWith(",") && (isCapital(word.text) || SPEAKERS.has(lower));
    const isQuoted = /^["“].*[”"]$/u.test(word.text) || isAbbreviation(word.text);
    if (next !== undefined && /[,;:.!?)”"\]—–]$/u.test(word.text) && !isQuoted && !isListed) break;
    if (next === undefined && !/[\p{L}\p{N}”"’')]$/u.test(word.text)) break;
    const isName = isCapital(word.text) && !(from === 1 && isNoName(words, 0)) && !DATE_WORDS.has(lower);
    // "Country Reports on Terrorism 2017 put": the year of an edition.
    const isYear = next === undefined && from > 1 && YEAR.test(name) && isTitleWord(words[from - 2]);
    const isSpeaker = SPEAKERS.has(lower);
    const isModifier =
      hasHead &&
      /^[\p{Ll}\d][\p{L}\d’'-]*$/u.test(name) &&
      !STOPS.has(lower) &&
      !isVerbLike(lower) &&
      !(YEAR.test(name) && isCapital(next?.text ?? ""));
    const isJoin = next !== undefined && JOINS.has(lower);
    if (!(isName || isSpeaker || isModifier || isJoin || isYear)) break;
    if (isJoin && !isName && !joins(lower, words, from - 1, hasHead)) break;
    if (isName || isSpeaker) hasHead = true;
    from -= 1;
  }
  const found = named(text, words, from, hasHead, isSure, context);
  // "The first, in one account, and the second, in another, both put it at 90": not the second alone.
  const isOfBoth = /\b(?:both|each)$/u.test(text.slice(0, end).trimEnd());
  const isWhole = found?.kind !== "named" || /\sand\s/u.test(text.slice(found.span.start, found.span.end));
  return isOfBoth && !isWhole && /\sand\s/u.test(left) ? { kind: "several" } : found;
}

/** "reported by the police of Lahore": whether the word before a joining word can be part of the same name. */
function joins(word: string, words: readonly Word[], at: number, hasHead: boolean): boolean {
  if (!hasHead) return false;
  if (word === "the" || word === "a" || word === "an") {
    const before = bare(words[at - 1]?.text ?? "").toLowerCase();
    return at > 0 && JOINS.has(before) && before !== "by" && !/[,;:]$/u.test(words[at - 1]?.text ?? "");
  }
  const before = words[at - 1];
  if (before === undefined || /[,;:.]$/u.test(before.text) || word === "by") return false;
  const name = bare(before.text);
  const lower = name.toLowerCase();
  if (DATE_WORDS.has(lower) || /^\d{4}$/u.test(name)) return false;
  const isCapitalName = isCapital(before.text) && !(at - 1 === 0 && isNoName(words, 0));
  return SPEAKERS.has(lower) || isCapitalName || (PARTICLES.has(word) && JOINS.has(lower));
}

/** Whether a word at the beginning of a sentence has its capital from there only. */
function isNoName(words: readonly Word[], at: number): boolean {
  const word = words[at]?.text ?? "";
  return NO_NAMES.has(bare(word).toLowerCase()) && !beginsName(word, words[at + 1]?.text);
}

function isTitleWord(word: Word | undefined): boolean {
  return (
    word !== undefined &&
    isCapital(word.text) &&
    !DATE_WORDS.has(bare(word.text).toLowerCase()) &&
    !NO_NAMES.has(bare(word.text).toLowerCase())
  );
}

function named(
  text: string,
  words: readonly Word[],
  from: number,
  hasHead: boolean,
  isSure: boolean,
  context: SpeakerContext,
): Speaker | null {
  const first = words[from];
  const last = words.at(-1);
  if (first === undefined || last === undefined || !hasHead) return null;
  const before = words[from - 1];
  const beforeLower = before === undefined ? "" : bare(before.text).toLowerCase();
  // "an attack in Quetta claimed": what is named stands behind something that does not speak.
  const determiners = /^(?:the|an?|its|their|his|her|some|several|two|three|other)$/u.test(beforeLower) ? 1 : 0;
  const joining = words[from - 1 - determiners];
  const joiner = joining === undefined || /[,;:.]$/u.test(joining.text) ? "" : bare(joining.text).toLowerCase();
  const isInside = INSIDE.test(joiner);
  // "those who lacked documents reported": what is named is what somebody does something to.
  if (/^\p{Ll}+ed$/u.test(joiner) && !SAYING.test(joiner)) return null;
  if (isInside && !isFronted(words, from - 1 - determiners)) return null;
  if (/^(?:no|neither|nobody|none)$/u.test(beforeLower) || /^(?:no|neither|nobody|none)$/iu.test(bare(first.text)))
    return null;
  const span = trimmed(text, { start: first.start, end: last.end });
  if (span === null) return null;
  const name = text.slice(span.start, span.end);
  return isSpeaking(name, span.start === 0 || from === 0, isSure, context) ? { kind: "named", span } : null;
}

/** "In Quetta police said": the words before it begin the clause. */
function isFronted(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  return before === undefined || /[,;:.]$/u.test(before.text) || /^(?:and|but|that|while)$/iu.test(before.text);
}

/** Whether a phrase is somebody who speaks: its head is a name or a noun for speakers. */
function isSpeaking(name: string, isFirst: boolean, isSure: boolean, { glossary, isKnown }: SpeakerContext): boolean {
  const head = headOf(name);
  const word = bare(head).toLowerCase();
  if (SPEAKERS.has(word)) return true;
  if (!isCapital(head) || DATE_WORDS.has(word)) return false;
  if (glossary.find(name).length > 0 || isKnown(name)) return true;
  const words = name.split(" ");
  if (/^\p{Lu}[\p{Lu}\d-]+$/u.test(bare(head))) return true;
  if (words.filter(isCapital).length > 1) return true;
  // One word with a capital at the beginning of a sentence may be any word.
  return isFirst
    ? isSure && !NO_NAMES.has(word) && !/(?:ings?|ions?|ments?|ties|ers)$/u.test(word)
    : !NO_NAMES.has(word);
}

/** The word that a phrase is about: the last one before its first "of", "in" or "for". */
function headOf(name: string): string {
  const cut = /\s(?:of|for|in|from|on|at|to|with)\s/u.exec(name);
  const core = (cut === null ? name : name.slice(0, cut.index)).replace(/(?<=\p{L}) (?:(?:19|20)\d\d|\d\.\d)$/u, "");
  return core.split(" ").at(-1) ?? "";
}

const WHEN_AFTER = new RegExp(
  `\\s(?:on|in|from|of|dated|around|about|for|as of|published(?: in| on)?|released(?: in| on)?) (?:${DATE})`,
  "u",
);

/**
 * Who is named from `start` on, up to a mark, a verb or a date.
 * @param isSource after "according to" anything is a source; elsewhere it has to be somebody who speaks.
 */
export function speakerAfter(text: string, start: number, isSource: boolean, context: SpeakerContext): Speaker | null {
  const stretch = text.slice(start, start + 3 * LONGEST_SPEAKER);
  let end = stretch.length;
  for (const { index, 0: found } of stretch.matchAll(END_AFTER)) {
    const word = /(\S+)$/u.exec(stretch.slice(0, index + 1))?.[1] ?? "";
    if (found.startsWith(".") && isAbbreviation(word)) continue;
    end = index;
    break;
  }
  // "Amu TV on the 15th report" is Amu TV; "the Commission on Human Rights" is all of it.
  const subject = /\son\s/u.exec(stretch.slice(0, end));
  if (subject !== null && subject.index > 0 && !ON_NAMES.test(stretch.slice(0, subject.index))) end = subject.index;
  const when = WHEN_AFTER.exec(stretch.slice(0, end));
  if (when !== null && when.index > 0) end = when.index;
  const phrase = stretch.slice(0, end).trimEnd();
  if (/^\s*(?:him|her|them|it|me|us|this|that|these|those)$/iu.test(phrase)) return { kind: "pronoun" };
  if (/^\s*(?:its|his|her|their)\s/iu.test(phrase)) return { kind: "pronoun" };
  if (/^\s*(?:our|my)\s/iu.test(phrase)) return { kind: "self" };
  if (/^\s*(?:some|many|several|others|various|unnamed|one)$/iu.test(phrase)) return { kind: "nobody" };
  const span = trimmed(text, {
    start: start + (phrase.length - phrase.trimStart().length),
    end: start + phrase.length,
  });
  if (span === null) return null;
  const name = text.slice(span.start, span.end);
  if (!/\p{L}/u.test(name)) return null;
  return isSource || isSpeaking(name, false, true, context) ? { kind: "named", span } : null;
}

/** Who is named at the very beginning of a text: the subject of what is said further on. */
export function speakerAtStart(text: string, end: number, context: SpeakerContext): Speaker | null {
  const words = Array.from(
    text.slice(0, end).matchAll(WORD),
    ({ index, 0: found }): Word => ({ start: index, end: index + found.length, text: found }),
  );
  let to = 0;
  while (to < words.length && to < MOST_WORDS) {
    const word = words[to] as Word;
    const lower = bare(word.text).toLowerCase();
    const isName = isCapital(word.text) && !(to === 0 && isNoName(words, 0) && !/^(?:the|an?)$/u.test(lower));
    if (!(isName || SPEAKERS.has(lower) || /^\d+(?:st|nd|rd|th)$/u.test(lower) || (to > 0 && JOINS.has(lower)))) break;
    to += 1;
    if (/[,;:.)]$/u.test(word.text) && !isAbbreviation(word.text)) break;
  }
  while (to > 0 && JOINS.has(bare(words[to - 1]?.text ?? "").toLowerCase())) to -= 1;
  // "Human rights organizations": where the next word is no verb, the subject is longer.
  const next = words[to];
  if (next !== undefined && !/^(?:\(|\p{Ll}+(?:s|ed)\b)/u.test(next.text) && !STOPS.has(bare(next.text).toLowerCase()))
    return null;
  return named(text, words.slice(0, to), 0, to > 0, false, context);
}

/** Without articles, marks and what is too long; null where nothing is left. */
function trimmed(text: string, { start, end }: Span): Span | null {
  let from = start;
  let to = end;
  while (from < to && /[\s"“‘'(,;:]/u.test(text.charAt(from))) from += 1;
  for (;;) {
    const article = ARTICLES.exec(text.slice(from, to))?.[0];
    // "The Nation": within a sentence a capital belongs to the name.
    if (article === undefined || (from > 1 && /^The\s/u.test(article))) break;
    from += article.length;
  }
  if (to - from > LONGEST_SPEAKER) {
    const cuts = [...text.slice(from, from + LONGEST_SPEAKER).matchAll(/,?\s(?:of|for|in|from|on|at|and|with|to)\s/gu)];
    const cut = cuts.at(-1);
    if (cut === undefined || cut.index === 0) return null;
    to = from + cut.index;
  }
  while (
    to > from &&
    /[\s,;:.)”"’']/u.test(text.charAt(to - 1)) &&
    !/\p{L}\.$/u.test(
      text
        .slice(from, to)
        .replace(/^.*\s/u, "")
        .replace(/^[^.]*$/u, ""),
    )
  )
    to -= 1;
  const joined = /(?:\s(?:and|or|of|in|for|the|by|on|at|to|with|a|an))+$/u.exec(text.slice(from, to));
  if (joined !== null) to -= joined[0].length;
  // "The version of 2003 given by": a year is nobody.
  return to > from && !/^(?:19|20)\d\d\b/u.test(text.slice(from, to)) ? { start: from, end: to } : null;
}
