/** The statements of a chat message: what it asserts about the world, without greetings, questions and orders. */

import type { Span } from "../domain/passage.ts";
import type { Glossary } from "../text/glossary.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { tokens } from "../text/tokens.ts";
import { NUMBER_WORDS, QUESTION_WORDS } from "../text/words.ts";
import { isOrder } from "./gate.ts";
import { bareDates } from "./times.ts";

/** A statement of a text. Offsets are those of the text, in UTF-16 code units, end exclusive. */
export interface Statement extends Span {
  /** `text === checked.slice(start, end)` */
  readonly text: string;
  /** As it reads without the marks of the chat: what is looked for and weighed. Longer and shorter than the span. */
  readonly reading: string;
  /** Position of the statement before it that it leans on: it says "it", or is a later clause of its sentence. */
  readonly leansOn: number | null;
}

/** How a character is read. */
const READ = 0;
/** As a space: it parts words. */
const BLANK = 1;
/** Not at all: "**42**%" reads "42%". */
const DROPPED = 2;

/** What parts words and says nothing. The lengths are bounded, so that no text costs more than its length. */
const BLANKS: readonly RegExp[] = [
  /```[\s\S]{0,4000}?```/gu,
  /`[^`\n]{1,1000}`/gu,
  /<(?:@[!&]?|#)\d{1,20}>|<a?:\w{1,32}:\d{1,20}>|<t:-?\d{1,15}(?::[a-zA-Z])?>|<\/[\w -]{1,100}:\d{1,20}>/gu,
  /\bhttps?:\/\/[^\s<>]+/giu,
  /@(?:everyone|here)\b/gu,
  /(?<![\w:]):[a-z\d_+-]{2,32}:(?!\w)/giu,
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3/gu,
  // Marks at the beginning of a line: quotes, headings, lists.
  /^[ \t]*(?:>>?>?[ \t]+|-#[ \t]+)*(?:#{1,3}[ \t]+)?(?:(?:[-*+•–]|\d{1,2}[.)])[ \t]+)?/gmu,
  /\p{Cc}/gu,
];
/** A link with a name: its name is read, `[` and `](address)` are not. */
const LINK = /\[([^[\]\n]{1,500})\]\((?:<[^<>\n]{0,1000}>|[^()\s]{0,1000})\)/gu;
const DROPS: readonly RegExp[] = [
  /\*+|~~|\|\|/gu,
  /(?<![\p{L}\p{N}_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\p{L}\p{N}_])/gu,
  /[\u200b\u2060\ufeff]/gu,
];

/** For each character of a chat message how it is read. */
function readingOf(text: string): Uint8Array {
  const how = new Uint8Array(text.length);
  for (const pattern of DROPS)
    for (const { index, 0: found } of text.matchAll(pattern)) how.fill(DROPPED, index, index + found.length);
  for (const { index, 0: found, 1: name = "" } of text.matchAll(LINK)) {
    how.fill(BLANK, index, index + 1);
    how.fill(BLANK, index + 1 + name.length, index + found.length);
  }
  for (const pattern of BLANKS) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      // A line break within a mark still ends its line.
      for (let at = index; at < index + found.length; at += 1) if (text[at] !== "\n") how[at] = BLANK;
    }
  }
  return how;
}

/** The text with everything that is not read as a space: as long as the text. */
function masked(text: string, how: Uint8Array): string {
  let result = "";
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && how[at] === READ) continue;
    result += text.slice(from, at) + (at < text.length ? " " : "");
    from = at + 1;
  }
  return result;
}

/**
 * The statements of a chat message in order, not overlapping. Linear in its length; any text will do.
 * @param glossary tells names, which are something to check.
 */
export function statementsOf(text: string, glossary: Glossary): Statement[] {
  const how = readingOf(text);
  const view = masked(text, how);
  const found: Statement[] = [];
  for (const block of blocksOf(text, view)) {
    for (const sentence of sentenceSpans(view, block.start, block.end)) {
      if (isQuestion(view.slice(sentence.start, sentence.end))) continue;
      const clauses = clausesOf(view, sentence, glossary);
      let isFirst = true;
      for (const clause of clauses) {
        const { start, end } = withMarks(how, clause, found.at(-1)?.end ?? 0);
        const reading = readingBetween(text, how, start, end);
        if (!isStatement(reading, glossary)) continue;
        const leans = found.length > 0 && (!isFirst || LEANS.test(reading));
        found.push({ start, end, text: text.slice(start, end), reading, leansOn: leans ? found.length - 1 : null });
        isFirst = false;
      }
    }
  }
  return found;
}

/** The span with the marks around it that are not read ("**"), so that it shows as it was written. */
function withMarks(how: Uint8Array, { start, end }: Span, least: number): Span {
  let [from, to] = [start, end];
  while (from > least && how[from - 1] === DROPPED) from -= 1;
  while (to < how.length && how[to] === DROPPED) to += 1;
  return { start: from, end: to };
}

/** A span as it reads: dropped marks gone, runs of white space as one space. */
function readingBetween(text: string, how: Uint8Array, start: number, end: number): string {
  const parts: string[] = [];
  let from = start;
  for (let at = start; at <= end; at += 1) {
    if (at < end && how[at] === READ) continue;
    parts.push(text.slice(from, at), at < end && how[at] === BLANK ? " " : "");
    from = at + 1;
  }
  return parts.join("").replace(/\s+/gu, " ").trim();
}

/**
 * Lines that belong together. In a chat a line break mostly ends a statement; a sentence that was wrapped goes on with
 * a small letter, or after a comma or a word that cannot be the last.
 */
function blocksOf(text: string, view: string): Span[] {
  const blocks: { start: number; end: number }[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && text[at] !== "\n" && text[at] !== "\r") continue;
    const line = view.slice(start, at);
    if (line.trim() !== "") {
      const last = blocks.at(-1);
      // A mark at the beginning of a line begins something new.
      const isMarked = /^\s*\S/.exec(text.slice(start, at))?.[0] !== /^\s*\S/.exec(line)?.[0];
      const isWrapped =
        last !== undefined &&
        !isMarked &&
        last.end === start - 1 &&
        goesOn(view.slice(Math.max(last.start, view.lastIndexOf("\n", last.end - 1) + 1), last.end), line);
      if (last !== undefined && isWrapped) last.end = at;
      else blocks.push({ start, end: at });
    }
    start = at + 1;
  }
  return blocks;
}

/** Characters from which a line may have been broken for its length. */
const WRAPPED_FROM = 60;

function goesOn(before: string, after: string): boolean {
  const end = before.trimEnd();
  // A line that somebody ended early ends what it says.
  if (end.length < WRAPPED_FROM || COMMANDS.test(after) || GREETS.test(after)) return false;
  if (/[.!?:;…"”]$/u.test(end)) return false;
  return (
    /^\s*\p{Ll}/u.test(after) ||
    /(?:,|\b(?:the|a|an|of|in|on|at|by|for|from|to|and|or|with|than|about|over))$/iu.test(end)
  );
}

/** Where a later clause begins that stands by itself: a new subject after a semicolon, or after "while". */
const CLAUSE = /;\s+|,\s+(?:while|whereas|but)\s+(?=(?:the\s+)?\p{Lu})/gu;

/** A sentence, or its clauses where each has a name of its own and a figure. */
function clausesOf(view: string, sentence: Span, glossary: Glossary): Span[] {
  const text = view.slice(sentence.start, sentence.end);
  const cuts = Array.from(text.matchAll(CLAUSE), ({ index, 0: found }) => ({ end: index, next: index + found.length }));
  if (cuts.length === 0) return [sentence];
  const spans: Span[] = [];
  let start = 0;
  for (const cut of [...cuts, { end: text.length, next: text.length }]) {
    spans.push({ start: sentence.start + start, end: sentence.start + cut.end });
    start = cut.next;
  }
  const stands = spans.every(({ start, end }) => {
    const clause = view.slice(start, end);
    return /\d/.test(clause) && glossary.find(clause).length > 0;
  });
  return stands ? spans : [sentence];
}

/** Words that mean something said before. */
export const LEANS =
  /^\W*(?:it|its|they|their|them|he|his|him|she|her|this|that|these|those|both|the (?:group|outfit|movement|organi[sz]ation|attack|attackers|strikes?|report|same))\b/iu;

/** Questions without their mark: an auxiliary before its subject, or a question word before an auxiliary. */
const ASKS_PLAINLY =
  /^\W*(?:(?:so|and|but|well|ok|okay) )?(?:(?:what|which|who|whom|whose|when|where|why|how)(?:['’]s)?\s+(?:\w+\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|many|much)\b|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s+(?:it|they|he|she|we|you|i|there|this|that|the|any\w*|some\w*)\b)/iu;

function isQuestion(sentence: string): boolean {
  return /\?["'”’)\]!\s]*$/u.test(sentence) || ASKS_PLAINLY.test(sentence);
}

/** A sentence that begins so tells somebody to do something. */
const COMMANDS =
  /^\W*(?:(?:please|pls|plz|hey|ok|okay|so|and|now|just|guys|all|everyone)[,\s]+)*(?:please|pls|plz|check|look|see|read|tell|show|give|send|share|post|ping|ask|let|let['’]?s|lets|remember|note|don['’]?t|do not|stop|click|ignore|disregard|forget|write|say|repeat|answer|summari[sz]e|translate|explain|open|join|vote|wait|imagine|consider|make sure|keep in mind|go|come|try|use|watch|follow|find|correct me|fact.?check)\b(?!\s+(?:is|are|was|were|has|have|had|point|points)\b)/iu;
/** What the writer feels or does is in no report. "I read that ..." may be. */
const OWN =
  /^\W*(?:(?:imo|imho|honestly|well|but|and|so|ok|okay),?\s+)*(?:i|i['’]m|i['’]ve|i['’]d|i['’]ll|we|we['’]re|my|our|you|you['’]re|your)\b/iu;
const OWN_ABOUT_WORLD =
  /\b(?:read|heard|saw|seen|told|know|think|thought|believe|remember|learnt|learned|found)\b.{0,20}\b(?:that|,|\p{Lu})/u;
/** A short text that begins so greets or thanks. */
const GREETS =
  /^\W*(?:hi|hello|hey|good (?:morning|evening|afternoon|night|day)|thanks?|thank you|cheers|welcome|bye|lol|yes|no|ok|okay|sure|agreed|sorry|congrat\w*|salam\w*|big news|breaking|wow)\b/iu;
const MOST_WORDS_OF_GREETING = 6;
/** Words of a line with a date that may be a heading. */
const LONGEST_HEADING = 6;
/** Words of subjects that a statement needs where it has neither name nor figure. */
const SUBJECT_WORDS = 4;
const JUDGING =
  /\b(?:good|bad|great|terrible|awful|sad|crazy|insane|stupid|ridiculous|amazing|nice|love|hate|hope|wish|feel|imo|imho|lol|lmao|wtf|omg|interesting|important|shame|unbelievable|disgusting|shocking|worrying|scary|should|must|ought)\b/iu;

/** Whether a reading asserts something that reports could hold. */
function isStatement(reading: string, glossary: Glossary): boolean {
  const words = tokens(reading);
  const subjects = words.filter((word) => !word.stop && !QUESTION_WORDS.has(word.surface.toLowerCase()));
  if (subjects.length < 2 && !(subjects.length === 1 && words.length > 2)) return false;
  const dates = bareDates(reading);
  const undated = words.filter((word) => !dates.some((date) => word.start < date.end && date.start < word.end));
  const hasFigure = undated.some(
    ({ numeric, surface }) =>
      numeric || /\d/.test(surface) || (surface.toLowerCase() !== "one" && NUMBER_WORDS.has(surface.toLowerCase())),
  );
  if (GREETS.test(reading) && words.length <= MOST_WORDS_OF_GREETING && !hasFigure) return false;
  // "Some numbers for the thread:" announces what comes.
  if (/:\s*$/.test(reading)) return false;
  if (COMMANDS.test(reading) || isOrder(reading)) return false;
  if (OWN.test(reading) && !OWN_ABOUT_WORLD.test(reading)) return false;
  const hasName =
    glossary.find(reading, true).length > 0 ||
    undated.some((word) => word.start > 0 && word !== words[0] && /^\p{Lu}\p{L}/u.test(word.surface));
  if (hasFigure || hasName) return words.length > 2;
  // "Quick recap of January 2025" is a heading; "Attacks on the railway fell again in 2024" is not.
  if (undated.length < words.length && (words.length > LONGEST_HEADING || /[.!]\W*$/u.test(reading))) return true;
  return subjects.filter((word) => undated.includes(word)).length >= SUBJECT_WORDS && !JUDGING.test(reading);
}
