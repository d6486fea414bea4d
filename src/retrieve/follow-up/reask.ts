/** A bare question word ("why?", "since when?") put to the question before it. */

import type { Glossary } from "../../text/glossary.ts";
import { tokens } from "../../text/tokens.ts";
import { IRREGULAR_FORMS } from "../../text/words.ts";
import { countingOf, inTense, tail } from "./clause.ts";
import { namesIn } from "./names.ts";
import { timesIn } from "./times.ts";
import { AUXILIARIES, BE_FORMS, PREPOSITIONS } from "./words.ts";

/** Forms of a bare question word, and the words that it is asked with. */
const BARE: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:why(?: so(?: much| many| few| high| low)?| exactly)?|how come|what for|for what reason|why(?: is|'s| was| were) (?:that|this|it)|why did (?:that|this|it) happen|but why)$/,
    "why",
  ],
  [
    /^(?:where(?: exactly| precisely)?|whereabouts|in (?:which|what) (?:places?|areas?)|where (?:was|is|were|did) (?:that|this)(?: happen| take place)?|where did it happen)$/,
    "where",
  ],
  [
    /^(?:when(?: exactly| precisely)?|when (?:was|is|were|did) (?:that|this)(?: happen| take place)?|when did it happen|(?:on|at) (?:which|what) (?:date|day|time))$/,
    "when",
  ],
  [/^why not$/, "why not"],
  [/^(?:since|from) when$/, "since when"],
  [/^(?:un)?till? when$/, "until when"],
  [/^(?:for )?how long$/, "for how long"],
  [/^how(?: exactly| so| was that| did (?:that|this|it) happen)?$/, "how"],
  [/^by who(?:m)?$/, "by whom"],
  [/^(?:against|with|to|from|for) whom?$/, ""],
  [/^(?:who|who exactly|whom)$/, "who"],
  [/^how (?:many|much|often)$/, ""],
  [/^(?:which|what) ones?$/, "which ones"],
  [/^who (?:did|does|was|is|has|did (?:it|that)|does (?:it|that)|then)$/, "who else"],
  [/^by how much$/, "by how much"],
];

/** The question word that a follow-up consists of ("since when"), or null. `bare` is lower case, without its marks. */
export function bareQuestionWord(bare: string): string | null {
  if (bare.length > 40) return null;
  for (const [pattern, word] of BARE) if (pattern.test(bare)) return word === "" ? bare : word;
  return null;
}

/** What was put behind a question by an earlier follow-up of this kind, to be taken off again. */
const ADDED =
  /, and (?:why(?: not)?|where|when|since when|until when|for how long|how|by whom|who|how (?:many|much|often)|which ones|by how much)\?$/iu;

/**
 * The question before, asked for something else of the same matter.
 * @param person whom the last answer named, for "who leads it" and "since when".
 */
export function reasked(before: string, word: string, person: string | null, glossary: Glossary): string {
  const base = before.replace(ADDED, "?");
  const whole =
    ofEvent(base, word, glossary) ??
    ofOther(base, word, glossary) ??
    ofYesNo(base, word, glossary) ??
    ofCircumstance(base, word) ??
    ofCounting(base, word, glossary) ??
    ofWho(base, word, person, glossary);
  return whole ?? `${tail(base, 0)}, and ${word}?`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Those that ask for a circumstance, and not for a person or a number. */
function isCircumstance(word: string): boolean {
  return /^(?:why(?: not)?|where|when|since when|until when|for how long|how|by whom|(?:against|with|to|from|for) whom?)$/.test(
    word,
  );
}

/** "Where was the attack?": an event is what it is about, whatever was asked of it. */
function ofEvent(base: string, word: string, glossary: Glossary): string | null {
  if (word !== "where" && word !== "when") return null;
  const events = namesIn(base, glossary).filter(({ sort }) => sort === "event");
  const [event] = events;
  if (event === undefined || events.length > 1) return null;
  const isAsked = tokens(base)[0]?.surface.toLowerCase() === word;
  return isAsked ? null : `${capital(word)} was ${base.slice(event.from, event.end)}?`;
}

function ofYesNo(base: string, word: string, glossary: Glossary): string | null {
  const [first] = tokens(base);
  if (first === undefined || !isCircumstance(word) || !AUXILIARIES.has(first.surface.toLowerCase())) return null;
  const auxiliary = first.surface.toLowerCase();
  if (word !== "why not") return `${capital(word)} ${auxiliary} ${tail(base, first.end)}?`;
  const subject = namesIn(base, glossary)[0];
  if (subject === undefined || base.slice(first.end, subject.from).trim() !== "") return null;
  return `Why ${auxiliary} ${base.slice(subject.from, subject.end)} not ${tail(base, subject.end)}?`;
}

/** "Did the TTP claim it" and "who did": whoever it was. */
function ofOther(base: string, word: string, glossary: Glossary): string | null {
  const [first] = tokens(base);
  const subject = namesIn(base, glossary)[0];
  if (word !== "who else" || first === undefined || subject === undefined) return null;
  const auxiliary = first.surface.toLowerCase();
  if (!AUXILIARIES.has(auxiliary) || base.slice(first.end, subject.from).trim() !== "") return null;
  const rest = tail(base, subject.end);
  const space = /^\S+/.exec(rest)?.[0].length ?? 0;
  const verb = rest.slice(0, space);
  const isDoing = /^(?:did|does|do)$/.test(auxiliary);
  return `Who ${isDoing ? inTense(verb, auxiliary === "do" ? "does" : auxiliary) + rest.slice(space) : `${auxiliary} ${rest}`}?`;
}

/** "When was it banned" and "why": the one word for the other. */
function ofCircumstance(base: string, word: string): string | null {
  if (!isCircumstance(word) || word === "why not") return null;
  const all = tokens(base);
  const lower = all.map(({ surface }) => surface.toLowerCase());
  const at = lower.findIndex((each) => !PREPOSITIONS.has(each));
  const auxiliary = all[at + 1];
  if (!/^(?:when|where|why|how|whom)$/.test(lower[at] ?? "") || auxiliary === undefined) return null;
  if (!AUXILIARIES.has(lower[at + 1] ?? "")) return null;
  return `${capital(word)} ${tail(base, auxiliary.start)}?`;
}

function ofCounting(base: string, word: string, glossary: Glossary): string | null {
  const counting = countingOf(base, glossary);
  if (counting === null || !isCircumstance(word) || word === "why not") return null;
  const { how, asked, noun, auxiliary, restStart } = counting;
  if (auxiliary === null || noun.start === noun.end || asked.start > 0) return null;
  const amount = word !== "why" ? "" : how === "how many" ? "so many " : how === "how much" ? "so much " : "";
  const counted = `${amount}${base.slice(noun.start, noun.end)}`;
  const start = `${capital(word)} ${auxiliary.surface.toLowerCase()}`;
  if (BE_FORMS.has(auxiliary.surface.toLowerCase())) {
    const rest = tail(base, auxiliary.end);
    const existential = /^there\b\s*/iu.exec(rest);
    return existential === null
      ? `${start} ${counted} ${rest}?`
      : `${start} there ${counted} ${rest.slice(existential[0].length)}?`.replace(/\s+\?$/, "?");
  }
  const middle = base.slice(auxiliary.end, restStart).trim();
  const rest = tail(base, restStart);
  return `${[start, middle, counted, rest].filter((part) => part !== "").join(" ")}?`;
}

const LEADING = new Map([
  ["leads", "led"],
  ["heads", "headed"],
  ["commands", "commanded"],
  ["runs", "run"],
  ["controls", "controlled"],
  ["chairs", "chaired"],
]);

/** "Who founded it" and "when": the passive. "Who leads it" and "since when": of the person that the answer named. */
function ofWho(base: string, word: string, person: string | null, glossary: Glossary): string | null {
  if (!isCircumstance(word)) return null;
  const all = tokens(base);
  const [who, verb] = all;
  if (who?.surface.toLowerCase() !== "who" || verb === undefined) return null;
  const doing = verb.surface.toLowerCase();
  const isSince = /^(?:when|since when|for how long)$/.test(word);
  const since = word === "for how long" ? "For how long" : "Since when";
  const led = LEADING.get(doing);
  if (led !== undefined && person !== null && isSince) return `${since} has ${person} ${led} ${tail(base, verb.end)}?`;
  if (/^(?:is|'s|are)$/.test(doing) && person !== null && isSince) {
    return `${since} has ${person} been ${tail(base, verb.end)}?`;
  }
  const participle = participleOf(doing);
  if (participle === null) return null;
  const times = timesIn(base);
  const names = namesIn(base, glossary);
  const stop = all.find(
    (token) =>
      token.start > verb.end &&
      token.surface.toLowerCase() !== "of" &&
      PREPOSITIONS.has(token.surface.toLowerCase()) &&
      !names.some((name) => name.start < token.end && token.start < name.end),
  );
  const end = Math.min(stop?.start ?? base.length, times[0]?.preposition?.start ?? times[0]?.start ?? base.length);
  const object = tail(base.slice(0, end), verb.end);
  if (object === "") return null;
  const rest = tail(base, end);
  const isMany = /^(?:the )?(?:\p{Ll}+ ){0,3}\p{Ll}+s(?: of .*)?$/u.test(object);
  return `${capital(word)} ${isMany ? "were" : "was"} ${object} ${participle}${rest === "" ? "" : ` ${rest}`}?`;
}

const PARTICIPLES = new Map<string, string>();
for (const [form, verb] of IRREGULAR_FORMS) PARTICIPLES.set(verb, form);

/** "Taken" for "took"; null for what is no past. */
function participleOf(past: string): string | null {
  if (/^[a-z]{2,}ed$/.test(past)) return past;
  const verb = IRREGULAR_FORMS.get(past);
  if (verb === undefined || /^(?:become|come|go|fall|rise|stand|flee)$/.test(verb)) return null;
  return PARTICIPLES.get(verb) ?? null;
}
