/** The parts of a question that asks for a number or a choice ("how many attacks did PICSS count in 2024"). */

import type { Span } from "../../domain/passage.ts";
import type { Glossary } from "../../text/glossary.ts";
import { type Token, tokens } from "../../text/tokens.ts";
import { IRREGULAR_FORMS } from "../../text/words.ts";
import { namesIn } from "./names.ts";
import { timesIn } from "./times.ts";
import { AUXILIARIES, BE_FORMS, HARMED, PREPOSITIONS } from "./words.ts";

/** A question for a number or a choice of something; offsets into the question. */
export interface Counting {
  /** "how many", "how much", "which" or "what", lower case. */
  readonly how: string;
  /** From the question word to the end of what is counted. */
  readonly asked: Span;
  /** What is counted: all of it ("members of the group"), and its first part ("members"). */
  readonly noun: Span;
  readonly head: Span;
  /** "did", "were"; null in "how many people died". */
  readonly auxiliary: Token | null;
  /** What follows: who does it, up to and with the verb, and where the rest starts. */
  readonly subject: Span | null;
  readonly verb: Span | null;
  readonly restStart: number;
}

/** How far from its question word what is counted may reach. */
const LONGEST_NOUN = 9;
/** Words after a verb that belong to it. */
const PARTICLES = new Set(["out", "up", "off", "down"]);

/** Takes such a question apart, or null for any other. */
export function countingOf(text: string, glossary: Glossary): Counting | null {
  const all = tokens(text);
  const lower = all.map((token) => token.surface.toLowerCase());
  const first = lower.findIndex(
    (word, index) =>
      index < 8 &&
      ((word === "how" && /^(?:many|much)$/.test(lower[index + 1] ?? "")) ||
        (/^(?:which|what)$/.test(word) && all[index + 1] !== undefined && !AUXILIARIES.has(lower[index + 1] ?? ""))),
  );
  const opening = all[first];
  if (opening === undefined) return null;
  const isHow = lower[first] === "how";
  const begin = first + (isHow ? 2 : 1);
  const names = namesIn(text, glossary);
  const inName = (token: Token) => names.some((name) => name.start < token.end && token.start < name.end);

  let end = begin;
  while (end < all.length && end - begin <= LONGEST_NOUN && !AUXILIARIES.has(lower[end] ?? "")) {
    if (end > begin && isPastVerb(lower[end] ?? "") && !inName(all[end] as Token)) break;
    if (end > begin && !/^[ -]$/.test(text.slice(all[end - 1]?.end, all[end]?.start))) break;
    end += 1;
  }
  const [nounFirst, nounLast] = [all[begin], all[end - 1]];
  const closing = all[end];
  if (nounFirst === undefined || nounLast === undefined || end - begin > LONGEST_NOUN) return null;
  const how = isHow ? `how ${lower[begin - 1]}` : (lower[first] ?? "");
  const asked = { start: opening.start, end: (end > begin ? nounLast : all[begin - 1])?.end ?? opening.end };
  if (end === begin && closing === undefined) return null;
  let headLast = begin;
  while (headLast + 1 < end && !PREPOSITIONS.has(lower[headLast + 1] ?? "")) headLast += 1;
  const noun = end > begin ? { start: nounFirst.start, end: nounLast.end } : { start: asked.end, end: asked.end };
  const head = end > begin ? { start: nounFirst.start, end: all[headLast]?.end ?? noun.end } : noun;
  const common = { how, asked, noun, head };
  if (closing === undefined) return { ...common, auxiliary: null, subject: null, verb: null, restStart: noun.end };
  if (!AUXILIARIES.has(lower[end] ?? "")) {
    return { ...common, auxiliary: null, subject: null, verb: closing, restStart: closing.end };
  }
  return { ...common, auxiliary: closing, ...predicate(text, all, end + 1, inName) };
}

/** Who does it and the verb: all up to the first preposition, time or comma. */
function predicate(text: string, all: readonly Token[], from: number, inName: (token: Token) => boolean) {
  const times = timesIn(text);
  let end = from;
  for (; end < all.length; end += 1) {
    const token = all[end] as Token;
    const lower = token.surface.toLowerCase();
    if (end > from && !/^[\s'’"“”-]*$/u.test(text.slice(all[end - 1]?.end, token.start))) break;
    if (inName(token)) continue;
    if (end > from && AUXILIARIES.has(lower)) break;
    if (PREPOSITIONS.has(lower) || lower === "according" || lower === "and") break;
    if (times.some((time) => time.start < token.end && token.start < time.end)) break;
  }
  const last = all[end - 1];
  const restStart = last?.end ?? text.length;
  if (end <= from || last === undefined) return { subject: null, verb: null, restStart };
  const isPhrasal = PARTICLES.has(last.surface.toLowerCase()) && end - 1 > from;
  const verbFirst = isPhrasal ? end - 2 : end - 1;
  const verb = { start: all[verbFirst]?.start ?? last.start, end: last.end };
  const subject = verbFirst > from ? { start: all[from]?.start ?? 0, end: all[verbFirst - 1]?.end ?? 0 } : null;
  return { subject, verb: inName(last) ? null : verb, restStart };
}

function isPastVerb(word: string): boolean {
  if (HARMED.has(word) || /^\w{2,}ed$/.test(word)) return true;
  const present = IRREGULAR_FORMS.get(word);
  return present !== undefined && !/^(?:women|men|children|people|mice|feet|left|lost)$/.test(word);
}

/** The text from an offset on, without the mark at its end. */
export function tail(text: string, from: number): string {
  return text
    .slice(from)
    .replace(/[\s?.!…]+$/u, "")
    .trimStart();
}

/** What such a question counts, as a phrase: "the attacks that PICSS counted in 2024"; null where that cannot be said. */
export function described(text: string, glossary: Glossary): string | null {
  const counting = countingOf(text, glossary);
  if (counting === null || counting.noun.start === counting.noun.end) return null;
  const { noun, auxiliary, subject, verb, restStart } = counting;
  const what = `the ${text.slice(noun.start, noun.end)}`;
  if (auxiliary === null) return joinWords(what, verb === null ? "" : `that ${tail(text, verb.start)}`);
  const word = auxiliary.surface.toLowerCase();
  const rest = tail(text, restStart);
  if (BE_FORMS.has(word)) return joinWords(what, tail(text, auxiliary.end).replace(/^there\b\s*/iu, ""));
  if (subject === null || verb === null) return null;
  const doing = text.slice(verb.start, verb.end);
  const who = text.slice(subject.start, subject.end);
  return joinWords(what, `that ${who} ${inTense(doing, word)}`, rest);
}

function joinWords(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

/** A verb after "did", "does" or another auxiliary, as it is without the inversion. */
export function inTense(verb: string, auxiliary: string): string {
  const [first = verb, ...more] = verb.split(" ");
  const rest = more.length > 0 ? ` ${more.join(" ")}` : "";
  if (auxiliary === "did") return pastOf(first) + rest;
  if (auxiliary === "does")
    return (first === "have" ? "has" : /(?:s|x|ch|sh|o)$/.test(first) ? `${first}es` : `${first}s`) + rest;
  return auxiliary === "do" ? verb : `${auxiliary} ${verb}`;
}

const SAME_IN_THE_PAST = new Set([
  "put",
  "hit",
  "cut",
  "set",
  "let",
  "shut",
  "hurt",
  "cost",
  "read",
  "spread",
  "split",
]);
const PASTS = new Map([
  ["have", "had"],
  ["do", "did"],
  ["be", "was"],
  ["say", "said"],
  ["see", "saw"],
  ["get", "got"],
  ["find", "found"],
  ["think", "thought"],
  ["lay", "laid"],
]);
for (const [form, word] of IRREGULAR_FORMS) if (!PASTS.has(word)) PASTS.set(word, form);

/** The past of a verb: of its irregular form where the index knows it, else by the rules of spelling. */
export function pastOf(verb: string): string {
  const irregular = PASTS.get(verb);
  if (irregular !== undefined) return irregular;
  if (SAME_IN_THE_PAST.has(verb)) return verb;
  if (verb.endsWith("e")) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  const isShort = /^[^aeiou]*[aeiou][bcdfgklmnprtvz]$/.test(verb) || /(?:admit|commit|refer|occur|permit)$/.test(verb);
  return isShort ? `${verb}${verb.at(-1)}ed` : `${verb}ed`;
}
