/** Whether two sentences give one figure for what a question asks, or different ones. */

import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { FATES, PEOPLE, ROLES } from "./count-words.ts";
import { areCompared, areDifferent } from "./differing.ts";
import type { Candidate } from "./evidence.ts";
import type { Figure } from "./figures.ts";
import { isForTheSame, type Tally, talliesOf } from "./tally.ts";
import { reportedBy } from "./told.ts";
import type { Wants } from "./wants.ts";

/** What a sentence says to the figures of one that is a claim already. */
export type FigureVerdict = "same" | "differs" | "neither";

/** Compares the figures that a question asks for. Only for questions of number; for others every verdict is "neither". */
export function figureComparison(
  question: Question,
  wants: Wants,
  glossary: Glossary,
): (claims: readonly Candidate[], candidate: Candidate) => FigureVerdict {
  if (wants !== "number" && wants !== "share") return () => "neither";
  const asked = new Set(question.units.flatMap(({ alternatives }) => alternatives.flat()));
  const kept = new Map<Candidate, readonly Tally[]>();
  const figures = (candidate: Candidate): readonly Tally[] => {
    const known = kept.get(candidate) ?? askedOf(candidate, asked, glossary);
    kept.set(candidate, known);
    return known;
  };
  return (claims, candidate) => verdict(claims.map(figures), figures(candidate));
}

/** The figures of a sentence that count what is asked for; all of them where the question does not say what. */
function askedOf({ hit, index }: Candidate, asked: ReadonlySet<string>, glossary: Glossary): readonly Tally[] {
  const reported = reportedBy(hit, glossary)[index];
  if (reported === undefined) return [];
  const tallies = talliesOf(reported, glossary);
  const classes = [...FATES, ...ROLES].filter(([, members]) => [...members].some((term) => asked.has(term)));
  const names = new Set(classes.map(([name]) => name));
  const isOfPeople = [...PEOPLE].some((term) => asked.has(term));
  const fates = FATES.filter(([name]) => names.has(name));
  return tallies.filter(({ counted: { fate, roles, things } }) => {
    if (fates.length > 0) {
      if (fate === null || !names.has(fate)) return false;
      // "How many soldiers were killed?" is not answered by the number of civilians.
      const wanted = ROLES.filter(([name]) => names.has(name));
      return wanted.length === 0 ? roles.size === 0 || !isOfPeople : wanted.some(([name]) => roles.has(name));
    }
    return [...roles].some((role) => names.has(role)) || [...things].some((thing) => asked.has(thing));
  });
}

/**
 * "same" where every figure of the sentence that can be set beside one of a claim is there; "differs" where one cannot be
 * meant together with one of a claim, and nobody's figure of a claim is the same.
 */
function verdict(claims: readonly (readonly Tally[])[], figures: readonly Tally[]): FigureVerdict {
  const known = claims.flat();
  const beside = figures.filter((one) => known.some((other) => isForTheSame(one, other)));
  const isKnown = (one: Tally) =>
    known.some((other) => isForTheSame(one, other) && isOneFigure(one.counted.figure, other.counted.figure));
  if (beside.length > 0 && beside.every(isKnown)) return "same";
  const differs = beside.some(
    (one) => !isKnown(one) && known.some((other) => areCompared(one, other) && areDifferent(one, other)),
  );
  return differs ? "differs" : "neither";
}

function isOneFigure(a: Figure, b: Figure): boolean {
  const isExact = (figure: Figure) => figure.bound === "exact" || figure.bound === "least";
  return a.low === b.low && a.high === b.high && (a.bound === b.bound || (isExact(a) && isExact(b)));
}
