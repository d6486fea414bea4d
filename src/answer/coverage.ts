/** How a question's parts are held by a sentence and what stands around it. */

import type { AskedUnit, Question } from "../retrieve/question.ts";
import type { Focus } from "./focus.ts";
import type { Match } from "./matching.ts";

/** A word that no report holds can be a manner of speaking; a name that no report holds is another subject. */
const UNKNOWN_WORD = 0.5;

/** What of a question a sentence holds; shares of 0 to 1, `unmetTwo` up to 2. */
export interface Coverage {
  readonly sentenceCover: number;
  readonly contextCover: number;
  readonly predicate: number;
  readonly name: number;
  readonly nameAbsent: number;
  readonly leastHeld: number;
  readonly partsHeld: number;
  /** Weights of what is not held, as shares of the most that a word can weigh: indexes of any size compare. */
  readonly unmetMost: number;
  readonly unmetTwo: number;
  readonly unmetWord: number;
  readonly unmetName: number;
}

/** What of the question the sentence holds, and what it holds with its surroundings. */
export function coverage(
  { units, mostWeight }: Pick<Question, "units" | "mostWeight">,
  held: readonly number[],
  inContext: readonly number[],
): Coverage {
  let total = 0;
  let inSentence = 0;
  let around = 0;
  let predicates = 0;
  let predicate = 0;
  let names = 0;
  let name = 0;
  let nameAbsent = 0;
  const unmet: number[] = [];
  let least = 1;
  let heldParts = 0;
  let unmetWord = 0;
  let unmetName = 0;
  const isMain = (unit: AskedUnit) => !unit.shaping && unit.kind !== "time";
  // Of a question that names no subject, all of it is looked at.
  const hasMain = units.some(isMain);
  units.forEach((unit, index) => {
    const own = held[index] ?? 0;
    const context = inContext[index] ?? 0;
    const isWord = unit.kind === "word";
    const weight = unit.weight * (unit.shaping ? 0.25 : 1) * (isWord && !unit.known ? UNKNOWN_WORD : 1);
    total += weight;
    inSentence += weight * own;
    around += weight * context;
    if (!hasMain || isMain(unit)) {
      const missing = mostWeight > 0 ? (unit.weight / mostWeight) * (1 - own) : 1 - own;
      unmet.push(missing);
      least = Math.min(least, own);
      if (own > 0.5) heldParts += 1;
      if (isWord) unmetWord = Math.max(unmetWord, missing);
      if (unit.kind === "name") unmetName = Math.max(unmetName, missing);
    }
    if (isWord && !unit.shaping) {
      predicates += weight;
      predicate += weight * own;
    }
    if (unit.kind === "name" || unit.kind === "figure") {
      names += 1;
      name += Math.max(own, context);
      // "Pakistan" is missing in most sentences about Pakistan: a common name says little by its absence.
      const rarity = mostWeight > 0 ? Math.min(1, (2 * unit.weight) / mostWeight) : 1;
      nameAbsent = Math.max(nameAbsent, rarity * (1 - context));
    }
  });
  const share = (value: number, of: number) => (of > 0 ? value / of : 1);
  const [most = 0, second = 0] = unmet.sort((a, b) => b - a);
  return {
    // Shares of the question's weight.
    sentenceCover: share(inSentence, total),
    contextCover: share(around, total),
    // The words that say what is asked of the subject: "arrested", "founded", "age".
    predicate: share(predicate, predicates),
    // The subject: how well its names are held in or around the sentence, and how far the worst is from it.
    name: share(name, names),
    nameAbsent,
    // By part of the subject: the one that is held least, how many are held, and the weight of what is not.
    leastHeld: least,
    partsHeld: share(heldParts, unmet.length),
    unmetMost: most,
    unmetTwo: most + second,
    unmetWord,
    unmetName,
  };
}

/** Words apart at which what is asked and whom it is asked of still belong together, and no longer do. */
const TOGETHER = 3;
const APART = 12;

/** How near the asked thing or deed stands to the subject: 1 together, 0 apart or one of them missing, 0.5 nothing to see. */
export function nearness(question: Question, focus: Focus, matches: readonly Match[]): number {
  const wanted = [...focus.things, ...focus.deed];
  const subjects = question.units.flatMap((unit, index) => (unit.kind === "name" ? [index] : []));
  if (wanted.length === 0 || subjects.length === 0) return 0.5;
  const places = (units: readonly number[]) => units.flatMap((unit) => matches[unit]?.at ?? []);
  const subjectPlaces = places(subjects);
  let least = APART;
  for (const place of places(wanted)) {
    for (const subject of subjectPlaces) least = Math.min(least, Math.abs(place - subject));
  }
  return Math.min(1, (APART - least) / (APART - TOGETHER));
}

/** 1 the sentence holds all of these units, by weight, -1 none of them, 0 half, or there are none. */
export function shareHeld(units: readonly number[], question: Question, held: readonly number[]): number {
  let total = 0;
  let sum = 0;
  for (const index of units) {
    const unit = question.units[index];
    const weight = (unit?.weight ?? 0) * (unit?.known === false ? UNKNOWN_WORD : 1);
    total += weight;
    sum += weight * (held[index] ?? 0);
  }
  return total === 0 ? 0 : (2 * sum) / total - 1;
}
