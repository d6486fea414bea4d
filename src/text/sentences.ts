/** Where sentences begin and end. Unicode's rules, with what reports need on top: abbreviations, notes, names. */

import type { Span } from "../domain/passage.ts";
import { isSpaceCode, trimSpan } from "./blocks.ts";

/** Characters given to the segmenter at once, and how many of them it may need to see behind a boundary. */
const WINDOW = 512;
const LOOK_AHEAD = 64;

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Never the end of a sentence: titles before names, and words that point at what follows. */
const NEVER_LAST = new Set(
  (
    "Gen Lt Col Maj Brig Adm Capt Cmdr Cpl Pvt Sgt Sen Rep Reps Sens Gov Prof Dr Mr Mrs Ms Messrs Hon Rev Amb Insp Supt " +
    "Asst Mt lit fl c v vs cf viz approx ca e.g i.e a.k.a E.g I.e Cf"
  ).split(" "),
);

/** Not the end of a sentence before a number or a document code. */
const BEFORE_NUMBER = new Set(
  (
    "No Nos no nos p pp P para paras Para Paras par Art Arts art arts Fig Figs fig figs Vol Vols vol vols Sec Secs sec " +
    "Ch Chap ch Rs Res res Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Annex App Ref Doc Tel b d max min est"
  ).split(" "),
);

/** Not the end of a sentence unless a word follows that mostly begins one. */
const BEFORE_NAME = new Set("Jr Sr Inc Ltd Co Corp Plc plc St Ave Bros Univ Dept Ph.D a.m p.m al".split(" "));

/** Words that, with a capital, mostly begin a sentence: they decide about "U.S. The" against "U.S. Army". */
const STARTERS = new Set(
  (
    "The A An In On At By For From To It Its He She They We This That These Those There Their His Her Our But And Or " +
    "However Although Though While When Where After Before As If Since During Despite According Meanwhile Moreover " +
    "Some Many Most Several Both One Such Not Under With Without Between Among Because Other Others Another Also Then " +
    "Thus So Yet All Each Following Until Unlike What Who Why How Nor Here Instead Even Only Over Through Further"
  ).split(" "),
);

const CLOSERS = "\"'”’)]}»";
/** A name such as al-Shabaab begins a sentence with a small letter. */
const SMALL_NAME = /(?:al|an|ar|as|ash|at|az|el)-\p{Lu}/uy;
const SMALL_NAMES = /(?=(?:al|an|ar|as|ash|at|az|el)-\p{Lu})(?<=[.!?]["”’)\]]?\s{1,80})/gu;
/** The number of a note, set against the full stop by a text extraction: "concerns.31 Those". */
const GLUED_NOTE = /\.["”’)]?\d{1,3}(?=\s+\p{Lu}|\p{Lu}\p{Ll})/gu;
/** A full stop without its space, as a text extraction leaves it: "the group.Their operations". */
const GLUED_SENTENCE = /\p{Ll}{3}\.(?=(\p{Lu}\p{Ll}*)\s)/gu;
const LIST_MARK = /^\(?(?:\d{1,3}|\p{L}|[ivx]{1,5})[.)]$/u;
const WORD_CHARACTER = /[\p{L}\p{N}]/u;
const NUMBER_AHEAD = /[#(]?\d|\p{Lu}+[/-]?\d|[IVXLC]+(?![\p{L}])/uy;
const WORD_AHEAD = /["“‘'([]*(\p{Lu}\p{Ll}*)(?=[\s,])/uy;
/** How far an abbreviation can reach back from its full stop. */
const REACH = 12;

/**
 * The sentences of `reading` between `start` and `end`: in order, disjoint, without white space at their ends;
 * together they hold every character that is not white space. A line break is a space here, because a block
 * is one paragraph. Linear in the length.
 */
export function sentenceSpans(reading: string, start: number, end: number): Span[] {
  const text = reading.slice(start, end).replace(/[\n\t\u0085\u2028\u2029]/g, " ");
  const spans: Span[] = [];
  let from = 0;
  for (const candidate of candidates(text)) {
    const cut = candidate.offset <= from ? null : cutAt(text, from, candidate);
    if (cut === null || cut <= from) continue;
    push(text, spans, from, cut);
    from = cut;
  }
  push(text, spans, from, text.length);
  return spans.map((span) => ({ start: span.start + start, end: span.end + start }));
}

/** A place where a sentence may end; `isGlued` where the text lacks the space after it. */
interface Candidate {
  readonly offset: number;
  readonly isGlued: boolean;
}

/** Where sentences may end, ascending: by Unicode's rules (UAX 29) and by our own. */
function candidates(text: string): Candidate[] {
  const found: Candidate[] = unicodeBoundaries(text).map((offset) => ({ offset, isGlued: false }));
  const known = found.length;
  for (const match of text.matchAll(SMALL_NAMES)) found.push({ offset: match.index, isGlued: false });
  for (const match of text.matchAll(GLUED_NOTE)) {
    const word = wordBefore(text, match.index);
    const isNote = /^\p{L}{3,}$/u.test(word) && !NEVER_LAST.has(word) && !BEFORE_NUMBER.has(word);
    if (isNote) found.push({ offset: match.index + match[0].length, isGlued: true });
  }
  for (const match of text.matchAll(GLUED_SENTENCE)) {
    if (STARTERS.has(match[1] ?? "")) found.push({ offset: match.index + match[0].length, isGlued: true });
  }
  return found.length === known ? found : found.sort((a, b) => a.offset - b.offset);
}

/**
 * The boundaries of UAX 29, window by window: V8 spends time on the whole string for each segment, which
 * is quadratic (5 s for 200,000 characters). Boundaries near the end of a window wait for the next one,
 * because the rules look ahead.
 */
function unicodeBoundaries(text: string): number[] {
  const found: number[] = [];
  let start = 0;
  let size = WINDOW;
  while (start < text.length) {
    const end = Math.min(text.length, start + size);
    const from = start;
    for (const { index } of segmenter.segment(text.slice(from, end))) {
      if (index === 0 || (end < text.length && index > end - from - LOOK_AHEAD)) continue;
      found.push(from + index);
      start = from + index;
      // A window that had to grow holds one long sentence; what follows it gets small windows again.
      if (size > WINDOW) break;
    }
    if (start === from && end === text.length) break;
    if (start === from) size *= 2;
    else if (end === text.length && size === WINDOW) break;
    else size = WINDOW;
  }
  return found;
}

/** Where the sentence that began at `from` ends when a boundary is proposed; null: it goes on. */
function cutAt(text: string, from: number, { offset, isGlued }: Candidate): number | null {
  // "54.38.139[.]20" and "e8??ff": without a space, these marks end nothing.
  if (!isGlued && /[.!?][\])}"'”’»]*$/.test(text.slice(Math.max(0, offset - 4), offset))) return null;
  let next = skipSpaces(text, offset);
  // A mark that was masked between a full stop and its closing quote leaves the quote on the wrong side.
  let cut = offset;
  let closers = next;
  while (closers < text.length && CLOSERS.includes(text.charAt(closers))) closers += 1;
  if (closers > next && (closers === text.length || isSpaceCode(text.charCodeAt(closers)))) {
    cut = closers;
    next = skipSpaces(text, closers);
  }
  if (next === text.length) return null;
  if (/\p{Ll}/u.test(text.charAt(next)) && !matchesAt(SMALL_NAME, text, next)) return null;
  let last = offset;
  while (last > from && isSpaceCode(text.charCodeAt(last - 1))) last -= 1;
  if (last - from <= 8 && LIST_MARK.test(text.slice(from, last).trim())) return null;
  if (text.charAt(last - 1) === "." && cut === offset && isAbbreviation(text, last - 1, next)) return null;
  return cut;
}

/** Whether the full stop at `stop` belongs to a word and not to the sentence, given what follows at `next`. */
function isAbbreviation(text: string, stop: number, next: number): boolean {
  const word = wordBefore(text, stop);
  if (word === "") return false;
  if (NEVER_LAST.has(word)) return true;
  if (BEFORE_NUMBER.has(word) && matchesAt(NUMBER_AHEAD, text, next)) return true;
  const isInitials = /^\p{Lu}(?:\.\p{Lu})*$/u.test(word);
  if (!isInitials && !BEFORE_NAME.has(word)) return false;
  if (word === "al" && !/\bet\s+al$/.test(text.slice(Math.max(0, stop - REACH), stop))) return false;
  WORD_AHEAD.lastIndex = next;
  const ahead = WORD_AHEAD.exec(text)?.[1];
  return ahead === undefined || !STARTERS.has(ahead);
}

/** The letters and inner full stops directly before an offset; empty when they do not fit an abbreviation. */
function wordBefore(text: string, offset: number): string {
  const tail = text.slice(Math.max(0, offset - REACH), offset);
  return /(?:^|[^\p{L}\p{N}.])(\p{L}+(?:\.\p{L}+)*)$/u.exec(tail)?.[1] ?? "";
}

/** Adds a sentence; one without a letter or digit belongs to the sentence before it. */
function push(text: string, spans: Span[], from: number, to: number): void {
  const span = trimSpan(text, from, to);
  if (span === null) return;
  const last = spans.at(-1);
  const isWordless = !WORD_CHARACTER.test(text.slice(span.start, span.end));
  const isAfterWordless = last !== undefined && spans.length === 1 && isAllMarks(text, last);
  if (last !== undefined && (isWordless || isAfterWordless))
    spans[spans.length - 1] = { start: last.start, end: span.end };
  else spans.push(span);
}

/** Whether a (short) first sentence is nothing but marks, so that it joins what follows. */
function isAllMarks(text: string, span: Span): boolean {
  return span.end - span.start <= 40 && !WORD_CHARACTER.test(text.slice(span.start, span.end));
}

function skipSpaces(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && isSpaceCode(text.charCodeAt(at))) at += 1;
  return at;
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
