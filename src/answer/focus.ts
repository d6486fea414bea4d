/**
 * What a question wants to know of its subject: the words right after its question word ("how many *suicide
 * attacks*", "who *founded* ...", "what is the yearly *budget* of ..."). A sentence about the subject that lacks
 * them is near the question, and no answer to it.
 */

import type { Question } from "../retrieve/question.ts";
import type { Token } from "../text/tokens.ts";

const set = (words: string) => new Set(words.trim().split(/\s+/));

const AUXILIARIES = set(
  "is are was were be been do does did has have had can could will would shall should may might 's s said say says told claimed claims reported denied",
);
const DETERMINERS = set("the a an its his her their our any all this that these those some each every new so far");
/** Words at which a noun phrase ends. */
const ENDS = set(
  "in on at by for from to into with within about against between among during before after since until while because if and or but that which who whom whose when where than as per via not according there it they he she we i you",
);
const QUESTION = set("how what which who whom whose when where why");

/** What is asked for, and what is said to have been done: indexes into `question.units`, empty where there is none. */
export interface Focus {
  readonly things: readonly number[];
  readonly deed: readonly number[];
}

/** At most so many words of a phrase count: longer ones are descriptions, which reports word in their own way. */
const MOST_THINGS = 3;

export function focusOf(question: Question): Focus {
  const words = question.tokens.map((token) => wordOf(question, token));
  const first = words.findIndex((word) => QUESTION.has(word));
  if (first < 0) return { things: [], deed: [] };
  const word = words[first] ?? "";
  const next = words[first + 1] ?? "";
  const asksForCircumstance =
    word === "when" || word === "where" || word === "why" || (word === "how" && AUXILIARIES.has(next));
  if (asksForCircumstance || ((word === "who" || word === "whom") && !AUXILIARIES.has(next))) {
    return { things: [], deed: phrase(question, words, first + 1, true).units.slice(0, 1) };
  }
  const { units, end } = phrase(question, words, first + 1, false);
  return { things: units.slice(0, MOST_THINGS), deed: phrase(question, words, end, true).units.slice(0, 1) };
}

function wordOf(question: Question, token: Token): string {
  return (question.corrections.get(token.start) ?? token.surface).toLowerCase().replace(/['’]s$/, "");
}

/**
 * The subject words of the phrase that begins at a token, past leading auxiliaries and determiners.
 * @param beyond goes on past auxiliaries, prepositions and names to the first subject word, wherever it is.
 */
function phrase(
  question: Question,
  words: readonly string[],
  from: number,
  beyond: boolean,
): { units: number[]; end: number } {
  const units: number[] = [];
  let index = from;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const token = question.tokens[index];
    if (token === undefined) break;
    if (AUXILIARIES.has(word) || ENDS.has(word)) {
      if (units.length > 0) break;
      // "which group in Kunar": a preposition right after the question word ends a phrase that has no subject word.
      if (!beyond && ENDS.has(word) && index > from) break;
      continue;
    }
    // "how many soldiers protected the vote": a determiner begins the next phrase, unless "of" joins the two.
    if (DETERMINERS.has(word) && units.length > 0 && !beyond && words[index - 1] !== "of") break;
    if (DETERMINERS.has(word) || word === "of") continue;
    const unit = question.units.findIndex((each) => each.start === token.start);
    const known = question.units[unit];
    if (known !== undefined && known.kind === "word" && !known.shaping) units.push(unit);
  }
  return { units, end: index };
}
