/**
 * Names of a question that a passage does not know: "Army Public School" is none of a passage that speaks of the army,
 * the public and schools.
 */

import type { AskedUnit, Question } from "../retrieve/question.ts";
import type { Token } from "../text/tokens.ts";

/** Names of several words, as runs of terms, with the offset of their first word. */
export interface Phrase {
  readonly start: number;
  readonly terms: readonly string[];
}

/** A question whose words mostly begin with capitals tells no names by them. */
const MOST_CAPITALS = 0.8;

/**
 * Two or more words in capitals one after the other. The first word of a question is in capitals anyway, so that it
 * begins none; "of", "the" and the like within a name end it.
 */
export function phrasesOf({ tokens, periods }: Pick<Question, "tokens" | "periods">): readonly Phrase[] {
  const isCapital = ({ surface }: Token) => /^\p{Lu}/u.test(surface);
  if (tokens.length > 3 && tokens.filter(isCapital).length > tokens.length * MOST_CAPITALS) return [];
  const phrases: Phrase[] = [];
  let run: Token[] = [];
  const end = () => {
    const [first] = run;
    if (first !== undefined && run.length > 1) phrases.push({ start: first.start, terms: run.map(({ term }) => term) });
    run = [];
  };
  tokens.forEach((token, index) => {
    const isTime = periods.some(({ start, end: until }) => token.start >= start && token.end <= until);
    if (index > 0 && isCapital(token) && !token.stop && !token.numeric && !isTime) run.push(token);
    else end();
    // "Pakistan's Supreme Court": what is owned is another name.
    if (/['’]s$/u.test(token.surface)) end();
  });
  end();
  return phrases;
}

/** How strange a passage is to the names of a question: both 0 to 1, 0 where it knows all of them or there are none. */
export interface Strangeness {
  /** The share of names of several words that stand together nowhere in the passage, its headings or title. */
  readonly phraseAbsent: number;
  /** Of the names that are not there at all, the weight of the rarest as a share of the most that a word can weigh. */
  readonly strangers: number;
}

/**
 * @param texts of the passage, word by word: its sentences, and its headings with the title.
 * @param anywhere for each unit of the question how well it is held by any sentence or heading of the passage.
 */
export function strangenessOf(
  { units, mostWeight }: Pick<Question, "units" | "mostWeight">,
  phrases: readonly Phrase[],
  texts: readonly (readonly Token[])[],
  anywhere: readonly number[],
): Strangeness {
  const absent = phrases.filter(({ start, terms }) => {
    const unit = units.findIndex((each) => each.start === start);
    // One name under any of its aliases: the glossary knows it, and so does the passage.
    if (isNamed(units[unit]) && (anywhere[unit] ?? 0) >= HELD) return false;
    return !texts.some((words) => stands(terms, words));
  });
  let strangers = 0;
  units.forEach((unit, index) => {
    if (unit.kind !== "name" || (anywhere[index] ?? 0) >= HELD) return;
    strangers = Math.max(strangers, mostWeight > 0 ? unit.weight / mostWeight : 1);
  });
  return { phraseAbsent: phrases.length === 0 ? 0 : absent.length / phrases.length, strangers };
}

/** A unit of several words is a name of the glossary. */
function isNamed(unit: AskedUnit | undefined): boolean {
  return unit !== undefined && /\s/u.test(unit.surface);
}

/** A unit that is held less is not there. */
const HELD = 0.5;

function stands(terms: readonly string[], words: readonly Token[]): boolean {
  for (let at = 0; at + terms.length <= words.length; at += 1) {
    if (terms.every((term, offset) => words[at + offset]?.term === term)) return true;
  }
  return false;
}
