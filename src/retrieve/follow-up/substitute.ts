/** A fragment ("and in 2023?", "what about civilians?") put into the question before it. */

import type { Glossary } from "../../text/glossary.ts";
import { type Token, tokens } from "../../text/tokens.ts";
import { countingOf, tail } from "./clause.ts";
import { type NameSlot, namesIn, type Sort } from "./names.ts";
import { putName } from "./put-name.ts";
import { anchorOf, resolved, type TimeMention, timesIn, withPreposition } from "./times.ts";
import {
  AUXILIARIES,
  CONJUNCTIONS,
  DETERMINERS,
  HARMED,
  PLACE_PREPOSITIONS,
  PREPOSITIONS,
  QUESTION_STARTS,
} from "./words.ts";

/** Words in a fragment that are neither a name nor a time; more than these are a statement. */
const MOST_OTHER_WORDS = 4;
const NOT_A_FRAGMENT = new Set(
  "i you we they it he she them him her us me this that these those there my your our their its his not".split(" "),
);

/**
 * The question before with each part of the fragment in the place of its like, or added where there is none.
 * @param pointing whether it began like a follow-up ("and", "what about"): then other words may be in it as well.
 * @returns null when it is no fragment, or nothing of the question fits it.
 */
export function substituted(base: string, fragment: string, pointing: boolean, glossary: Glossary): string | null {
  const times = timesIn(fragment);
  const names = joinedNames(fragment, namesIn(fragment, glossary));
  if (times.length > 1 || names.length > 2) return null;
  const all = tokens(fragment);
  const inside = (token: Token) =>
    [...times, ...names].some((span) => span.start < token.end && token.start < span.end);
  const free = all.filter((token) => !inside(token));
  if (free.some((token) => isOfAClause(token))) return null;
  const others = free.filter(({ surface }) => !isSmall(surface.toLowerCase()));
  if (times.length + names.length + others.length === 0 || others.length > MOST_OTHER_WORDS) return null;

  let result: string | null = base;
  if (others.length > 0) {
    const isPlaced = PREPOSITIONS.has(all[0]?.surface.toLowerCase() ?? "");
    const isShort = others.length <= 2 && /\?\s*$/.test(fragment) && (isPlaced || times.length + names.length > 0);
    if (!pointing && !isShort) return null;
    result = putOther(base, fragment, all, others, glossary);
  }
  for (const name of names) result = result === null ? null : putName(result, name, glossary);
  for (const time of times) result = result === null ? null : putTime(result, time);
  return result;
}

/** Words that only a clause has, and a fragment has not. */
function isOfAClause({ surface }: Token): boolean {
  const lower = surface.toLowerCase().replace(/['’].*$/u, "");
  return (AUXILIARIES.has(lower) && lower !== "may") || QUESTION_STARTS.has(lower) || NOT_A_FRAGMENT.has(lower);
}

function isSmall(word: string): boolean {
  return DETERMINERS.has(word) || PREPOSITIONS.has(word) || CONJUNCTIONS.has(word) || word === "according";
}

/** "The TTP and the BLA" as one, where both are of one sort. */
export function joinedNames(text: string, names: readonly NameSlot[]): NameSlot[] {
  const joined: NameSlot[] = [];
  for (const name of names) {
    const last = joined.at(-1);
    if (
      last === undefined ||
      last.sort !== name.sort ||
      !/^\s*(?:,|,?\s*(?:and|or))\s+$/iu.test(text.slice(last.end, name.from))
    ) {
      joined.push(name);
      continue;
    }
    const between = text.slice(last.end, name.start);
    joined[joined.length - 1] = {
      ...last,
      end: name.end,
      written: `${last.written}${between}${name.written}`,
      entry: null,
    };
  }
  return joined;
}

/** A time in the place of that of the question, or added to it. */
export function putTime(base: string, typed: TimeMention): string {
  const times = timesIn(base);
  const words = resolved(typed, anchorOf(times), "kept");
  const replaced =
    times.find(({ preposition }) => preposition !== null && preposition.word === typed.preposition?.word) ??
    times.find(({ preposition }) => preposition !== null) ??
    times[0] ??
    null;
  if (replaced === null) return `${tail(base, 0)} ${withPreposition(words, typed, null)}?`;
  if (replaced.preposition === null) return base.slice(0, replaced.start) + words + base.slice(replaced.end);
  return base.slice(0, replaced.preposition.start) + withPreposition(words, typed, replaced) + base.slice(replaced.end);
}

/** What is counted in the place of what was; a place that no glossary has; else what is asked of the same subject. */
function putOther(
  base: string,
  fragment: string,
  all: readonly Token[],
  others: readonly Token[],
  glossary: Glossary,
): string | null {
  const [first, last] = [others[0], others.at(-1)];
  if (first === undefined || last === undefined) return null;
  const between = all.slice(all.indexOf(first), all.indexOf(last) + 1);
  if (between.length > others.length + 2) return null;
  const words = fragment.slice(first.start, last.end);
  const before = all[all.indexOf(first) - 1];
  const article = before !== undefined && DETERMINERS.has(before.surface.toLowerCase()) ? before : null;
  const leading = (article === null ? before : all[all.indexOf(first) - 2])?.surface.toLowerCase() ?? "";
  const preposition = PREPOSITIONS.has(leading) ? leading : null;
  const named: NameSlot = {
    start: first.start,
    end: last.end,
    written: words,
    sort: preposition !== null && PLACE_PREPOSITIONS.has(preposition) ? "place" : "unknown",
    entry: null,
    preposition,
    from: article?.start ?? first.start,
    determiner: article?.surface ?? null,
    isAdjective: false,
  };
  const alike = preposition === null ? null : putAfterPreposition(base, preposition, words);
  if (alike !== null) return alike;
  if (preposition !== null && preposition !== "of" && preposition !== "for") return putName(base, named, glossary);
  const counted = putCounted(base, words, glossary);
  if (counted !== null) return counted;
  const most = putSuperlative(base, words);
  if (most !== null) return most;
  const asked = putAsked(base, words);
  if (asked !== null) return asked;
  const isNamelike = others.length === 1 && article === null && !/s$/u.test(words);
  if (isNamelike) return putName(base, named, glossary);
  const subject = article === null ? undefined : namesIn(base, glossary).find(({ sort }) => ASKED_ABOUT.has(sort));
  return subject === undefined ? null : `What about the ${words} of ${base.slice(subject.from, subject.end)}?`;
}

const ASKED_ABOUT: ReadonlySet<Sort> = new Set(["group", "body", "event", "person", "document", "term", "unknown"]);
const SUPERLATIVE =
  /\b(?:most|fewest|least|highest|lowest|largest|smallest|biggest|worst|best|deadliest|strongest|weakest|first|last|oldest|newest)\b/iu;

/** "Which province had the most" and "the fewest". */
function putSuperlative(base: string, words: string): string | null {
  const own = SUPERLATIVE.exec(base);
  if (own === null || SUPERLATIVE.exec(words)?.[0] !== words) return null;
  return base.slice(0, own.index) + words + base.slice(own.index + own[0].length);
}

/** "What does it say about drones" and "about tanks"; "what share of attacks" and "of deaths". */
function putAfterPreposition(base: string, preposition: string, words: string): string | null {
  const about = preposition === "about" ? /\babout (?=[^?.,]+[?.]?$)/iu.exec(base) : null;
  if (about !== null) return `${base.slice(0, about.index)}about ${words}?`;
  const share =
    preposition === "of" ? /\b(?:share|percentage|proportion|number) of (?<what>\p{Ll}+)/iu.exec(base) : null;
  if (share === null) return null;
  const end = share.index + share[0].length;
  return base.slice(0, end - (share.groups?.what ?? "").length) + words + base.slice(end);
}

/** "How many civilians", "how many were injured". */
function putCounted(base: string, words: string, glossary: Glossary): string | null {
  const counting = countingOf(base, glossary);
  if (counting === null) return null;
  const { head, verb, auxiliary, how } = counting;
  if (HARMED.has(words.toLowerCase())) {
    const harm = tokens(base).find(({ start, surface }) => start >= head.end && HARMED.has(surface.toLowerCase()));
    if (harm !== undefined) return base.slice(0, harm.start) + words.toLowerCase() + base.slice(harm.end);
  }
  if (!/^how/.test(how) || (auxiliary === null && verb === null)) return null;
  // "How many were killed" has nothing yet that is counted.
  const space = head.start === head.end ? " " : "";
  return base.slice(0, head.start) + space + words + base.slice(head.end);
}

/** "What is the strength of the group" and "the funding". */
function putAsked(base: string, words: string): string | null {
  const all = tokens(base);
  const lower = all.map(({ surface }) => surface.toLowerCase());
  if (!/^(?:what|who|where|when)(?:['’]s)?$/.test(lower[0] ?? "")) return null;
  const of = lower.indexOf("of");
  const article = lower.indexOf("the");
  if (article < 1 || article > 2 || of <= article + 1 || of > article + 4) return null;
  const [from, to] = [all[article + 1], all[of - 1]];
  return from === undefined || to === undefined ? null : base.slice(0, from.start) + words + base.slice(to.end);
}
