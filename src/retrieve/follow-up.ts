/** A question that points back to the ones before it, made whole from them; or that it stands alone. */

import type { Quote } from "../domain/answer.ts";
import type { Turn } from "../domain/conversation.ts";
import { MAX_QUESTION_LENGTH } from "../domain/question-text.ts";
import type { Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { QUESTION_WORDS } from "../text/words.ts";
import { antecedentOf, personIn } from "./follow-up/antecedent.ts";
import { countingOf, described, tail } from "./follow-up/clause.ts";
import { completed, isIncomplete, withContext } from "./follow-up/complete.ts";
import { namesIn } from "./follow-up/names.ts";
import { pointersIn } from "./follow-up/pointing.ts";
import { bareQuestionWord, reasked } from "./follow-up/reask.ts";
import { substituted } from "./follow-up/substitute.ts";
import { anchorOf, resolved, timesIn } from "./follow-up/times.ts";
import { AUXILIARIES, CLOSERS, OPENERS, PERSON_NOUNS, POINTERS, QUESTION_STARTS } from "./follow-up/words.ts";

export type FollowUp =
  /** Nothing in it needs what came before, or nothing that came before fits it. */
  | { readonly kind: "whole" }
  | { readonly kind: "made-whole"; readonly question: string }
  /** Who said what the last answer quoted: `question` says so in words. */
  | { readonly kind: "who-said"; readonly question: string; readonly quotes: readonly Quote[] };

const WHOLE: FollowUp = { kind: "whole" };
/** Longer ones say what they are about. */
const LONGEST_POINTING = 300;
/** Pointers after these are more than a question can be made plain by. */
const MOST_POINTERS = 3;
const WHO_SAID_START = "Who said: “";
const LONGEST_SHOWN = 80;

const WHO_SAID: readonly RegExp[] = [
  /^who (?:claims|claimed) (?:that|this|so|those|these)$/,
  /^who(?: has|['’]s)? (?:said|says|reported|reports|wrote|counted|stated|states|asserts|asserted) (?:that|this|it|so|these|those|them)$/,
  /^(?:according to|says|said) who(?:m)?$/,
  /^(?:what(?:['’]s| is| are| was| were) )?(?:the |your |its )?(?:sources?|citations?|references?)(?: (?:for|of|on) (?:that|this|it|these|those))?$/,
  /^(?:from )?where(?:['’]s| is| was| does| did| do)? (?:that|this|it|these|those)(?: (?:come|figure|number|claim|data|information|info|quote|come))?(?: (?:from|come from|taken from|written|stated|reported))$/,
  /^(?:from )?(?:which|what|whose) (?:report|source|document|article|publication)s?(?: (?:is|was) (?:that|this|it)(?: from| in)?| (?:says|said|states) (?:that|this|it|so))?$/,
  /^(?:whose|which) (?:claim|figure|number|estimate|count|words?) (?:is|was|are|were) (?:that|this|it|these|those)$/,
  /^where did you (?:get|read|find|see) (?:that|this|it)(?: from)?$/,
  /^(?:can|could) you (?:cite|source) (?:that|this|it)$/,
  /^(?:how do you know(?: that| this)?|who told you(?: that| this)?|who is the source|who(?:['’]s| is) saying (?:that|this|it|so))$/,
];

/**
 * Decides what a text means in its conversation. Pure, deterministic, linear in its input, and never throws.
 * @param text as it was typed.
 * @param turns what was asked before, oldest first.
 */
export function followUp(text: string, turns: readonly Turn[], glossary: Glossary): FollowUp {
  if (turns.length === 0) return WHOLE;
  const typed = text
    .slice(0, MAX_QUESTION_LENGTH + 1)
    .replace(/\s+/g, " ")
    .trim();
  if (typed === "" || typed.length > LONGEST_POINTING) return WHOLE;
  const kept = turns.filter(({ question }) => isWhoSaid(question) || saysSomething(question, glossary));
  const last = kept.at(-1);
  if (last === undefined) return WHOLE;
  const { bare, rest, pointing } = opened(typed);
  if (bare === "") return WHOLE;
  if (WHO_SAID.some((pattern) => pattern.test(bare))) {
    return last.quotes.length === 0 ? WHOLE : { kind: "who-said", question: whoSaid(last.quotes), quotes: last.quotes };
  }
  const asked = kept.filter(({ question }) => !isWhoSaid(question));
  const before = asked.at(-1);
  if (before === undefined || before.question.length > MAX_QUESTION_LENGTH || /!\s*$/.test(typed)) return WHOLE;
  const made = madeWhole({ bare, rest, pointing }, before, asked, glossary);
  if (made === null) return WHOLE;
  const question = tidy(made);
  return question.length > MAX_QUESTION_LENGTH ? WHOLE : { kind: "made-whole", question };
}

interface Opened {
  /** Lower case, without what opens and closes it. */
  readonly bare: string;
  /** The same in its own letters, with its mark. */
  readonly rest: string;
  /** Whether it began as what goes on from something: "and", "what about". */
  readonly pointing: boolean;
}

function opened(typed: string): Opened {
  let rest = typed;
  let pointing = false;
  for (let opener = OPENERS.exec(rest); opener !== null; opener = OPENERS.exec(rest)) {
    if (/^(?:and|but|plus|also)/iu.test(opener[0])) pointing = true;
    rest = rest.slice(opener[0].length);
  }
  const pointer = POINTERS.exec(rest);
  if (pointer !== null) {
    pointing = true;
    rest = rest.slice(pointer[0].length);
  }
  const mark = /[?.!…\s]*$/u.exec(rest)?.[0] ?? "";
  let body = rest.slice(0, rest.length - mark.length);
  for (let closer = CLOSERS.exec(body); closer !== null; closer = CLOSERS.exec(body)) {
    // "Back then" and "since then" are times.
    if (/then$/iu.test(closer[0]) && /\b(?:back|since|until|till|by|before|after)$/iu.test(body.slice(0, closer.index)))
      break;
    body = body.slice(0, closer.index);
  }
  return {
    bare: body
      .toLowerCase()
      .replace(/[,;:"“”]+/gu, "")
      .trim(),
    rest: body + mark.trim(),
    pointing,
  };
}

function madeWhole(
  { bare, rest, pointing }: Opened,
  last: Turn,
  asked: readonly Turn[],
  glossary: Glossary,
): string | null {
  const base = last.question;
  const compared = comparedWith(rest, base, glossary);
  if (compared !== null) return compared;
  const word = bareQuestionWord(bare);
  if (word !== null) return reasked(base, word, personIn(last, glossary), glossary);
  const plain = withAntecedents(rest, asked, glossary);
  if (plain !== null && isAsking(rest)) {
    return /^how (?:many|much)\b/iu.test(plain) ? withContext(plain, base, glossary) : plain;
  }
  const fewer = rest.replace(/^how (?:many|much) /iu, "");
  if (plain === null && fewer !== rest && countingOf(base, glossary) !== null) {
    const whole = substituted(base, fewer, true, glossary);
    if (whole !== null) return whole;
  }
  if (plain === null && isAsking(rest) && pointersIn(rest, glossary).length === 0 && isIncomplete(rest, glossary)) {
    const counted = /^how many (?:were|are) /iu.test(rest) ? described(base, glossary) : null;
    const people = counted === null ? null : ofPeople(counted, rest.slice("how many".length));
    if (people !== null && PEOPLE.test(rest.slice("how many".length))) {
      return `How many of ${people}${rest.slice("how many".length)}`;
    }
    return completed(withTimes(rest, base, true), base, glossary);
  }
  // "And its funding?": there is a subject now, and still no verb.
  if (plain !== null && /['’]s? \p{L}/u.test(plain)) return aboutOwned(plain);
  const whole = substituted(base, plain ?? rest, pointing, glossary);
  if (whole !== null) return whole;
  const timed = isAsking(rest) ? withTimes(rest, base, false) : rest;
  return timed === rest ? null : timed;
}

/** "The group's leader" asked for: who a person is, and what the reports say of anything else. */
function aboutOwned(phrase: string): string {
  const last = tokens(phrase).at(-1)?.surface.toLowerCase() ?? "";
  return `${PERSON_NOUNS.has(last) ? "Who is" : "What about"} ${tail(phrase, 0)}?`;
}

/** Whether it asks or tells to tell: a clause and not a fragment. */
function isAsking(text: string): boolean {
  if (/^(?:i|we|you|they|he|she|it|this|that)\b/iu.test(text) && !/\?$/.test(text)) return false;
  const words = tokens(text).map(({ surface }) => surface.toLowerCase().replace(/['’].*$/u, ""));
  if (words.some((word, index) => index < 4 && (QUESTION_STARTS.has(word) || AUXILIARIES.has(word)))) return true;
  return ORDER.test(text);
}

const ORDER = /^(?:tell|list|show|explain|describe|name|give|compare|summari[sz]e)\b/iu;

const COMPARISON =
  /^(?:(?:how does (?:that|this|it) )?compared? (?:with|to)|(?:and )?(?:how does (?:that|this|it) |in )?comparison (?:with|to)|(?:as )?against|versus|vs\.?|relative to|(?:is|was|are|were) (?:that|this|it|those|these) (?:more|less|fewer|higher|lower|worse|better|up|down)(?: than| from| on| in)|(?:more|less|fewer|higher|lower) than)(?![\p{L}\p{N}])\s*/iu;

/** "Compared with December?": the question with what it is compared with; a month is the last such month before. */
function comparedWith(rest: string, base: string, glossary: Glossary): string | null {
  const start = COMPARISON.exec(rest);
  if (start === null) return null;
  const named = tail(rest, start[0].length);
  const times = timesIn(`with ${named}`).map((time) => ({ ...time, start: time.start - 5, end: time.end - 5 }));
  const [time] = times;
  const names = namesIn(`with ${named}`, glossary);
  if (time === undefined && names.length === 0) return null;
  const anchor = anchorOf(timesIn(base));
  const other =
    time === undefined
      ? named
      : named.slice(0, time.start) + resolved(time, anchor, "compared") + named.slice(time.end);
  const plain = base.replace(/,? compared (?:with|to) [^?]*\??$/u, "?");
  return `${tail(plain, 0)} compared with ${other.replace(/^(?:in|on|during|with) /iu, "")}?`;
}

/** The question with the first pointer to each thing made plain; null when none points back, or none finds anything. */
function withAntecedents(rest: string, asked: readonly Turn[], glossary: Glossary): string | null {
  const pointers = pointersIn(rest, glossary);
  if (pointers.length === 0 || pointers.length > MOST_POINTERS) return null;
  // "Why do they support them?": which is which cannot be told.
  if (pointers.filter(({ meant, isPossessive }) => meant === "many" && !isPossessive).length > 1) return null;
  const known = new Set<string>();
  let plain = "";
  let end = 0;
  for (const pointer of pointers) {
    const found = antecedentOf(pointer, rest, asked, glossary);
    const name = found !== null && pointer.isPartitive ? ofPeople(found, rest.slice(pointer.end)) : found;
    if (name === null || known.has(name)) continue;
    known.add(name);
    const isPlace = pointer.meant === "place" && rest.slice(pointer.start, pointer.end).toLowerCase() === "there";
    const before = rest.slice(end, pointer.start);
    const isIn = isPlace && !/\b(?:from|in|to|of|over|near)\s*$/iu.test(before);
    const possessive = pointer.isPossessive ? (/s$/iu.test(name) && /^the .* .*s$/u.test(name) ? "'" : "'s") : "";
    // "Who carried it out?"
    const particle =
      possessive === "" ? (/^ (?:out|off|up|down)\b/iu.exec(rest.slice(pointer.end))?.[0].trim() ?? "") : "";
    const lead = particle !== "" ? `${particle} ` : isIn ? "in " : "";
    plain += `${before}${lead}${name}${possessive}${pointer.more}`;
    end = pointer.end + (particle === "" ? 0 : particle.length + 1);
  }
  if (known.size === 0) return null;
  return withTimes(plain + rest.slice(end), asked.at(-1)?.question ?? "", true);
}

const PEOPLE =
  /^ (?:were|was|are|had been) (?:civilians?|women|children|men|soldiers|police|militants|fighters|foreigners|officers|security|members|insurgents|hostages|students|journalists)\b/iu;

/** "How many of them were civilians": of attacks, it asks for the people killed in them. */
function ofPeople(name: string, complement: string): string {
  const isOfDeeds = /^the (?:[\p{L}-]+ ){0,3}(?:attacks|bombings|raids|strikes|incidents|operations|assaults)\b/iu.test(
    name,
  );
  return isOfDeeds && PEOPLE.test(complement) ? `the people killed in ${name}` : name;
}

/**
 * Times that are relative to the one that was asked about, in figures.
 * @param all also "last year", which in a question that stands alone may be meant from today.
 */
function withTimes(text: string, base: string, all: boolean): string {
  const anchor = anchorOf(timesIn(base));
  if (anchor === null) return text;
  let made = "";
  let end = 0;
  for (const time of timesIn(text)) {
    const isBackwards = time.shift !== null && (all || time.shift.keepsMonth || time.shift.by === 0);
    if (!isBackwards && !(all && time.month !== null && time.year === null)) continue;
    const words = resolved(time, anchor, "kept");
    const isBare = time.preposition === null && time.shift !== null && words !== time.text;
    made += `${text.slice(end, time.start)}${isBare ? "in " : ""}${words}`;
    end = time.end;
  }
  return made + text.slice(end);
}

/** Whether a question names anything at all: "thanks" is none to go back to. */
function saysSomething(question: string, glossary: Glossary): boolean {
  const text = question.slice(0, MAX_QUESTION_LENGTH);
  const isSaying = tokens(text).some((token) => !token.stop && !QUESTION_WORDS.has(token.surface.toLowerCase()));
  return isSaying || namesIn(text, glossary).length > 0;
}

function isWhoSaid(question: string): boolean {
  return question.startsWith(WHO_SAID_START);
}

/** The first quote without its footnote marks, cut at a word. */
function whoSaid(quotes: readonly Quote[]): string {
  const text = (quotes[0]?.text ?? "")
    .slice(0, 600)
    .replace(/\[\^[^\]\s]{1,40}\]/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (text.length <= LONGEST_SHOWN) return `${WHO_SAID_START}${text}”?`;
  const space = text.lastIndexOf(" ", LONGEST_SHOWN);
  const cut = text.slice(0, space > LONGEST_SHOWN / 2 ? space : LONGEST_SHOWN).replace(/[\ud800-\udbff]$/u, "");
  return `${WHO_SAID_START}${cut.replace(/[\s,;:.–-]+$/u, "")}…”?`;
}

function tidy(question: string): string {
  const single = question
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/ (?=[?,])/g, "")
    .trim();
  const isOrder = ORDER.test(single);
  const marked = isOrder ? single.replace(/\?$/, "") : /[?.!]$/.test(single) ? single : `${single}?`;
  return marked.charAt(0).toUpperCase() + marked.slice(1);
}
