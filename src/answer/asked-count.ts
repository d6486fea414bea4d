/** What a question of number or change asks to be counted. */

import type { Question } from "../retrieve/question.ts";
import { tokens } from "../text/tokens.ts";
import { DEEDS, directionOf, FATES, isDeed, PEOPLE, rolesOf } from "./count-words.ts";
import { sideOf } from "./scope.ts";
import type { Wants } from "./wants.ts";

/** What is to be counted. */
export interface AskedCount {
  /** Terms of the question with those that mean nearly the same. */
  readonly terms: ReadonlySet<string>;
  /** What happened to them: "death", "injury". */
  readonly fates: ReadonlySet<string>;
  /** Who they are; "militant attacks" are no militants. */
  readonly roles: ReadonlySet<string>;
  readonly isOfPeople: boolean;
  /** Terms of the deeds: "attack", "oper". */
  readonly deeds: ReadonlySet<string>;
  /** Of a question of change; which way it is asked for says nothing of which way it went. */
  readonly isOfChange: boolean;
  /** Keys of those who are to have counted; see `keyOf` of names. */
  readonly sources: readonly (readonly string[])[];
}

const CHANGES = new Set<Wants>(["share", "yes-no", "number"]);

/** Reads a question. @param term of a name of the glossary. */
export function askedCount(
  question: Question,
  wants: Wants,
  term: (entry: Question["names"][number]["entries"][number]) => string,
): AskedCount {
  const words = tokens(question.corrected);
  const terms = new Set(question.units.flatMap(({ alternatives }) => alternatives.flat()));
  const inName = (start: number) => question.names.some((name) => name.start <= start && start < name.end);
  const plain = words.filter(({ start }) => !inName(start));
  const deeds = plain.filter((word) => isDeed(word) && DEEDS.has(word.term));
  const sources = question.names
    .filter(({ entries }) => entries.some(({ kind }) => sideOf(kind) === "source"))
    .map(({ entries }) => entries.map(term));
  return {
    terms,
    fates: new Set(FATES.filter(([, members]) => [...members].some((each) => terms.has(each))).map(([name]) => name)),
    roles: rolesOf(plain),
    isOfPeople: [...PEOPLE].some((each) => terms.has(each)),
    deeds: new Set(deeds.map((word) => word.term)),
    isOfChange: CHANGES.has(wants) && directionOf(plain) !== null && !/\bhow many\b/iu.test(question.corrected),
    sources,
  };
}
