/** What the figures of a sentence count, and when: "905 militant attacks", "91 deaths", "42% more". */

import type { Span } from "../domain/passage.ts";
import type { FoundName } from "../text/glossary.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { DOWN, directionOf, fateOf, isDeed, NEUTRAL, PEOPLE, rolesOf, UP } from "./count-words.ts";
import { type Figure, figuresOf } from "./figures.ts";
import { bareDates, type Time, timesOf } from "./times.ts";

export { countsTheSame, narrowing } from "./same-count.ts";

/** A figure with what it counts. */
export interface Counted {
  readonly figure: Figure;
  /** Where the words after it stand that say what it counts; null where it stands alone ("CRSS 909"). */
  readonly named: Span | null;
  /** What happened to them: death, injury, arrest, captivity; null where they are just there. */
  readonly fate: string | null;
  /** Who: civilian, security, militant, child, woman; empty where it is people, or no people at all. */
  readonly roles: ReadonlySet<string>;
  /** Terms of the counted words: "attack", "oper". */
  readonly things: ReadonlySet<string>;
  /** Of a share or a change: up, down or neither. */
  readonly direction: "up" | "down" | null;
  /** The time that it is for, where the sentence ties one to it. */
  readonly time: Time | null;
}

/** A counted noun ends at these, unless "of" or "as" follows the figure at once. */
const STOPS = new Set(
  "in on at from by with for during since against among amongst per to between over while but or across throughout according after before when where who which that than until within under was were is are had has have did the its their this a an via against once plus alone including include includes excluding without".split(
    " ",
  ),
);
const SKIPPED = new Set(
  "of the a an our its their as were was more other about some additional new and classed counted listed all".split(
    " ",
  ),
);
/** Words after a figure in which what it counts stands. */
const AHEAD = 6;
/** Words before a figure in which its fate or its direction stands. */
const BEHIND = 14;
const BEHIND_CLOSE = 5;

/** A sentence taken apart for its figures. */
export interface Counts {
  readonly counted: readonly Counted[];
  readonly times: readonly Time[];
  /** What a count takes in or leaves out: "including the bomber". */
  readonly asides: readonly Span[];
}

/** The figures of a reading with what they count. Linear in its length. */
export function countsOf(reading: string, names: readonly FoundName[]): Counts {
  const times = timesOf(reading, names);
  const figures = figuresOf(reading, [
    ...times,
    ...names.filter(({ surface }) => /\d/.test(surface)),
    ...bareDates(reading),
  ]);
  const words = tokens(reading);
  const main = times.filter((time) => !time.isEdition);
  // "32 including the bomber, and 25 in the index": of the second it says nothing.
  const asides = Array.from(reading.matchAll(INCLUDED), ({ index: start, 0: found }) => ({
    start,
    end: start + found.length,
  }));
  const counted: Counted[] = [];
  const isIn = (word: Token) => names.some((name) => word.start < name.end && name.start < word.end);
  figures.forEach((figure, index) => {
    const first = words.findIndex((word) => word.start >= figure.end);
    const from = first < 0 ? words.length : first;
    const before = words.filter((word) => word.end <= figure.start);
    const next = figures[index + 1]?.start ?? reading.length;
    const ahead = wordsAhead(reading, words, from, figure.end, next);
    const clause = clauseStart(reading, figure.start);
    const behind = before
      .filter(
        (word) =>
          word.start >= clause &&
          !isIn(word) &&
          !asides.some(({ start, end }) => start <= word.start && word.end <= end),
      )
      .slice(-BEHIND);
    const previous = counted.at(-1) ?? null;
    const isListed = previous !== null && LISTED.test(reading.slice(previous.figure.end, figure.start));
    const following = words.slice(from, from + AHEAD + 2).filter((word) => word.start < next);
    const phrase = ahead.filter((word) => !isIn(word));
    counted.push({
      ...countedBy(
        figure,
        phrase,
        behind,
        isListed ? previous : null,
        following,
        ahead,
        calledAs(reading, figure.end, next),
      ),
      named: phrase.length === 0 ? null : { start: phrase[0]?.start ?? 0, end: phrase.at(-1)?.end ?? 0 },
      time: timeOf(figure, figures, index, main, reading),
    });
  });
  return { counted: withFatesOfLists(counted, reading), times, asides };
}

/** "33 attackers, 21 passengers and 4 soldiers had been killed": what is said at the end of a list is said of all in it. */
function withFatesOfLists(counted: readonly Counted[], reading: string): Counted[] {
  const result = [...counted];
  for (let index = result.length - 2; index >= 0; index -= 1) {
    const [each, next] = [result[index] as Counted, result[index + 1] as Counted];
    const between = reading.slice(each.figure.end, next.figure.start);
    if (each.fate === null && each.roles.size > 0 && next.fate !== null && LISTED.test(between)) {
      result[index] = { ...each, fate: next.fate };
    }
  }
  return result;
}

const INCLUDED = /\b(?:including|includes?|excluding|without|apart from|other than)\s[^,;:.]{1,80}/giu;

/** What stands between two figures of one list. */
const LISTED = /^[^.;:]{0,60}(?:,| and)\s+(?:at least )?$/u;

function countedBy(
  figure: Figure,
  ahead: readonly Token[],
  behind: readonly Token[],
  previous: Counted | null,
  following: readonly Token[],
  whole: readonly Token[],
  called: readonly Token[],
): Omit<Counted, "time" | "named"> {
  const close = behind.slice(-BEHIND_CLOSE);
  const isShare = figure.unit === "%";
  let direction: Counted["direction"] = null;
  // The "more" of "more than 96%" says nothing of a change.
  const led = figure.bound === "over" || figure.bound === "under" ? close.slice(0, -2) : close;
  if (isShare) direction = directionOf(following.slice(0, 3)) ?? directionOf(withoutMadeUp(led));
  const named = ahead.filter((word) => !word.stop && !UP.has(word.term) && !DOWN.has(word.term));
  const spoken = rolesOf([...named, ...called]);
  let fate = fateOf(named) ?? fateAfter(following, whole);
  let things: ReadonlySet<string> = new Set(named.filter((word) => !NEUTRAL.has(word.term)).map(({ term }) => term));
  const isBare = named.every(({ term }) => PEOPLE.has(term) || fateOf([{ term }]) !== null);
  // "the toll of security personnel: CRSS counted 685"
  // "Militants killed 60 people": those who did it are not counted.
  const isOfDoers =
    DOING.test(behind.findLast(({ surface }) => !BOUNDING.has(surface.toLowerCase()))?.surface ?? "") ||
    named.some(({ term }) => PEOPLE.has(term));
  const roles = spoken.size === 0 && isBare && !isShare && !isOfDoers ? rolesOf(behind.filter(isCommon)) : spoken;
  const isPeople = roles.size > 0 || named.some(({ term }) => PEOPLE.has(term)) || named.length === 0;
  if (fate === null && isPeople && !isShare) {
    const last = [...behind]
      .reverse()
      .map((word) => fateOf([word]))
      .find((each) => each !== null);
    fate = last ?? (roles.size > 0 ? (previous?.fate ?? null) : null);
  }
  if (isShare && named.length === 0) {
    // "905 attacks in 2024, 40% more": a share with nothing after it is of what was spoken of last.
    const told = subjectAfter(following);
    const at = subjectOf(behind);
    const subject = told ?? behind[at];
    fate = subject === undefined ? (previous?.fate ?? null) : fateOf([subject]);
    if (fate !== null && subject !== undefined) {
      return {
        figure,
        fate,
        roles: rolesOf((told === undefined ? behind.slice(Math.max(0, at - 3), at + 4) : following).filter(isCommon)),
        things,
        direction,
      };
    }
    if (fate === null) things = subject === undefined ? (previous?.things ?? new Set()) : new Set([subject.term]);
  } else if (named.length === 0 && fate === null) {
    const subject = [...behind].reverse().find(isDeed);
    if (subject !== undefined) things = new Set([subject.term]);
  }
  return { figure, fate, roles, things, direction };
}

const BOUNDING = new Set("at least most more than over about around some nearly almost another".split(" "));
const DOING =
  /^(?:kill|kills|killed|killing|wound|wounded|wounding|injured|injuring|arrest|arrested|arresting|detained|detaining|abducted|abducting|kidnapped|kidnapping|executed|executing|murdered|murdering)$/iu;

/** "Militants made up 48%" is no rise. */
function withoutMadeUp(words: readonly Token[]): Token[] {
  return words.filter(
    (word, index) => word.term !== "up" || !/^ma(?:de|ke|kes|king)$/iu.test(words[index - 1]?.surface ?? ""),
  );
}

/** Whether a word is no part of a name that no glossary has: "Just Security counted 100 dead" says nothing of whom. */
const isCommon = (word: Token): boolean => word.start === 0 || !/^\p{Lu}/u.test(word.surface);

const IN_WHICH = new Set(["in", "during", "by", "from"]);

/**
 * The word that a share with nothing after it is of: the last that tells a deed or what happened to people. In "the
 * militants killed in operations rose by 51%" the operations only say in what.
 */
function subjectOf(words: readonly Token[]): number {
  const at = words.findLastIndex((word) => fateOf([word]) !== null || isDeed(word));
  const word = words[at];
  if (word === undefined || fateOf([word]) !== null) return at;
  const before = words
    .slice(Math.max(0, at - 3), at)
    .findLastIndex(({ surface }) => IN_WHICH.has(surface.toLowerCase()));
  if (before < 0) return at;
  const near = Math.max(0, at - 3) + before;
  const harmed = words.slice(Math.max(0, near - 2), near).findLastIndex((each) => fateOf([each]) !== null);
  return harmed < 0 ? at : Math.max(0, near - 2) + harmed;
}

/** "A rise of 70% in attacks", "a 45% increase in deaths": what is said behind a share. */
function subjectAfter(following: readonly Token[]): Token | undefined {
  const at = following.slice(0, 2).findIndex(({ surface }) => surface.toLowerCase() === "in");
  const words = at < 0 ? [] : following.slice(at + 1, at + 4);
  return words.find((word) => fateOf([word]) !== null || isDeed(word));
}

/** "488 of those killed as civilians": what they are called, up to the next figure. */
function calledAs(reading: string, from: number, to: number): Token[] {
  const as = /\bas\s+(\p{L}+(?:\s(?!and\b|or\b)\p{L}+)?(?:\s(?:and|or)\s\p{L}+(?:\s\p{L}+)?)?)/u.exec(
    reading.slice(from, to),
  );
  return as === null ? [] : tokens(as[1] ?? "");
}

const AUXILIARIES = new Set(["was", "were", "had", "have", "has", "been", "are", "is"]);

/** "685 security personnel were killed": the deed behind the phrase that it happened to. */
function fateAfter(following: readonly Token[], phrase: readonly Token[]): string | null {
  const last = phrase.at(-1);
  const rest = last === undefined ? following : following.slice(following.indexOf(last) + 1);
  const auxiliary = rest.findIndex(({ surface }) => AUXILIARIES.has(surface.toLowerCase()));
  if (auxiliary < 0 || rest.slice(0, auxiliary).some(({ surface }) => STOPS.has(surface.toLowerCase()))) return null;
  return fateOf(rest.slice(auxiliary + 1, auxiliary + 3));
}

/** "killed two soldiers and injured two others": what happened to others is said behind the "and". */
function isOtherDeed(word: Token | undefined): boolean {
  return word !== undefined && /(?:ed|ing|ly)$/iu.test(word.surface);
}

/** The words that say what a figure counts: those after it, up to where its phrase ends. */
function wordsAhead(reading: string, words: readonly Token[], from: number, end: number, next: number): Token[] {
  const found: Token[] = [];
  let last = end;
  for (const [step, word] of words.slice(from, from + AHEAD).entries()) {
    if (word.start >= next || /[,;:()–—.!?]/.test(reading.slice(last, word.start)) || word.numeric) break;
    const folded = word.surface.toLowerCase();
    last = word.end;
    if (folded === "and" && isOtherDeed(words[from + step + 1])) break;
    const isJoining = folded === "of" || folded === "the" || folded === "and";
    if (found.length === 0 ? SKIPPED.has(folded) && folded !== "and" : isJoining) continue;
    if (STOPS.has(folded) || folded === "and") break;
    found.push(word);
  }
  return found;
}

function clauseStart(reading: string, at: number): number {
  return (
    Math.max(
      reading.lastIndexOf(";", at - 1),
      reading.lastIndexOf(" while ", at - 1),
      reading.lastIndexOf(" whereas ", at - 1),
    ) + 1
  );
}

/** The time that a figure is for: after it in its phrase, or before it; else the only one that the sentence has. */
function timeOf(
  figure: Figure,
  figures: readonly Figure[],
  index: number,
  times: readonly Time[],
  reading: string,
): Time | null {
  const next = figures[index + 1]?.start ?? reading.length;
  const isApart = (from: number, to: number) => /[,;:()]/.test(reading.slice(from, to));
  const own = times.filter((time) => !time.isBase && !time.isPress);
  // "up 45% from 748 in 2023": what stands right behind a figure is its own, also where it is the base of another.
  const adjacent = times.find((time) => time.start >= figure.end && time.start - figure.end < 8);
  if (adjacent !== undefined) {
    const gap = reading.slice(figure.end, adjacent.start);
    if (adjacent.isBase ? gap === " in " : /^\s(?:in|for|of|during|on)\s$/u.test(gap)) return adjacent;
  }
  const after = own.find((time) => time.start >= figure.end && time.end <= next);
  if (after !== undefined && !isApart(figure.end, after.start)) return after;
  const before = own.findLast((time) => time.end <= figure.start);
  const between = reading.slice(before?.end, figure.start);
  if (
    before !== undefined &&
    (!isApart(before.end, figure.start) ||
      /^,\s(?:in which|where|when|with|killing|leaving|wounding)\b[^,;:]*$/u.test(between))
  )
    return before;
  const distinct = new Set(own.map(({ from, to, part }) => `${from} ${to} ${part}`));
  if (distinct.size === 1) return own[0] ?? null;
  // "In 2024, CRSS counted 909 attacks": what stands at the head is for all that follows.
  const head = own[0];
  return head !== undefined && head.start < 12 && head.end <= figure.start ? head : null;
}
