/** What of a question a text holds: the words themselves, words that mean nearly the same, names under any alias. */

import type { AskedUnit } from "../retrieve/question.ts";
import type { FoundName, Glossary } from "../text/glossary.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { NUMBER_WORDS } from "../text/words.ts";

/** How much two words stand for one another, -1 to 1. */
export type Likeness = (a: string, b: string) => number;

/** A text taken apart once, to be held against every unit of a question. */
export interface TextView {
  readonly tokens: readonly Token[];
  /** Terms of words (stop words too), of parts of compounds, digits for number words, and names. */
  readonly terms: ReadonlySet<string>;
  readonly names: readonly FoundName[];
  /** For each token, whether it is part of a name: "Emirate" in "Islamic Emirate" speaks of no emir. */
  readonly isInName: readonly boolean[];
}

export interface Match {
  /** 1 the words themselves, less for words that mean nearly the same, 0 nothing. */
  readonly credit: number;
  /** Indexes of the tokens that gave it. */
  readonly at: readonly number[];
}

/** A word of the same class in the thesaurus counts as nearly the word. */
const NEAR = 0.8;
/** Words less alike than this are different words; from there on the credit grows to that of the thesaurus. */
const ALIKE_FROM = 0.3;
const ALIKE_FULL = 0.55;
/** "Pakistan" for a question about Islamabad: perhaps the government, perhaps not the city. */
const STAND_IN = 0.6;

/** What a word earns for standing for another: 0 for different words, up to what the thesaurus gives. */
export function creditOf(likeness: number): number {
  return NEAR * Math.max(0, Math.min(1, (likeness - ALIKE_FROM) / (ALIKE_FULL - ALIKE_FROM)));
}

export function viewOf(text: string, glossary: Glossary): TextView {
  const words = tokens(text);
  const names = glossary.find(text);
  const terms = new Set<string>();
  for (const word of words) {
    terms.add(word.term);
    for (const part of word.parts) terms.add(part);
    const digits = NUMBER_WORDS.get(word.surface.toLowerCase());
    if (digits !== undefined) terms.add(digits);
  }
  for (const name of names) for (const entry of name.entries) terms.add(glossary.term(entry));
  const isInName = words.map((word) => names.some((name) => word.start < name.end && name.start < word.end));
  return { tokens: words, terms, names, isInName };
}

/** How well a text holds a unit, and where. */
export function match(unit: AskedUnit, view: TextView, glossary: Glossary, likeness: Likeness): Match {
  let best: Match = { credit: 0, at: [] };
  for (const alternative of unit.alternatives) {
    const held = alternative.filter((term) => view.terms.has(term));
    const isStandIn = unit.standIn && alternative[0]?.startsWith("@");
    const share = held.length / Math.max(1, alternative.length);
    // Half a name is less than half: "Liberation Front" and "Liberation Army" are two groups.
    const credit = (isStandIn ? STAND_IN : 1) * (unit.kind === "name" ? share * share : share);
    if (credit > best.credit) best = { credit, at: held.flatMap((term) => placesOf(term, view, glossary)) };
  }
  if (best.credit === 1 || unit.kind !== "word") return best;

  const near = nearTo(unit);
  const places: number[] = [];
  let alikeMost = best;
  view.tokens.forEach((word, index) => {
    if (view.isInName[index] === true) return;
    if (near.size > 0 && (near.has(word.term) || word.parts.some((part) => near.has(part)))) places.push(index);
    if (word.stop || word.numeric) return;
    const credit = creditOf(likeness(unit.surface, word.surface));
    if (credit > alikeMost.credit) alikeMost = { credit, at: [index] };
  });
  if (places.length > 0 && NEAR > best.credit) return { credit: NEAR, at: places };
  return alikeMost;
}

/** By unit, because each one is held against every sentence. */
const nearOfUnits = new WeakMap<AskedUnit, ReadonlySet<string>>();

/** The terms that mean nearly the same as the unit. */
function nearTo(unit: AskedUnit): ReadonlySet<string> {
  const known = nearOfUnits.get(unit);
  if (known !== undefined) return known;
  const near = new Set(
    unit.alternatives.flatMap(([term, ...more]) => (term === undefined || more.length > 0 ? [] : [...nearTerms(term)])),
  );
  nearOfUnits.set(unit, near);
  return near;
}

function placesOf(term: string, view: TextView, glossary: Glossary): number[] {
  if (!term.startsWith("@")) {
    return view.tokens.flatMap((word, index) => (word.term === term || word.parts.includes(term) ? [index] : []));
  }
  const spans = view.names.filter((name) => name.entries.some((entry) => glossary.term(entry) === term));
  return view.tokens.flatMap((word, index) =>
    spans.some((name) => word.start < name.end && name.start < word.end) ? [index] : [],
  );
}

/** Words that point back: a sentence that starts with one cannot be understood alone. */
const POINTS_BACK =
  /^\W*(it|its|they|their|them|this|these|those|he|his|him|she|her|such|that|both|the (group|outfit|movement|organi[sz]ation|same|latter|former|report|attack|attackers?|assailants?|incident|two|three|blast|bombing|figure|number|document)|however|instead|moreover|furthermore|in addition|also|similarly|meanwhile|as a result|consequently|but|and|yet|so|thus|therefore|later|then|another|other|others|some of (them|these))\b/iu;

/** "The TTP claimed responsibility for the blast": which one, the sentence before says. */
const GOES_ON =
  /\b(?:the|this|that) (?:attack|blast|bombing|explosion|incident|assault|raid|killings?|ambush|shooting|massacre|abduction|kidnapping)\b(?! (?:on|in|at|of|against|near|that)\b)|\bclaimed responsibility[.\s]*$/iu;
/** A longer sentence, or one with a year, tells of an event itself. */
const LONGEST_GOING_ON = 130;

/** Whether a sentence starts with words that mean something said before, or is about an event that is. */
export function pointsBack(reading: string): boolean {
  if (POINTS_BACK.test(reading)) return true;
  return reading.length <= LONGEST_GOING_ON && GOES_ON.test(reading) && !/\b(?:19|20)\d\d\b/.test(reading);
}
