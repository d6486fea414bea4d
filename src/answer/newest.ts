/** The newest evidence first, where a question asks for the latest: among sentences that answer about equally well. */

import type { Question } from "../retrieve/question.ts";
import { asksForLatest } from "../retrieve/recency.ts";
import type { Glossary } from "../text/glossary.ts";
import { newness } from "./as-of.ts";
import type { Candidate } from "./evidence.ts";
import { feature } from "./features.ts";
import { asOf } from "./quoted-time.ts";
import { askedFigures } from "./same-figure.ts";
import { type Judged, quoteSpan } from "./select.ts";
import { ANSWER_THRESHOLD } from "./support.ts";
import type { Wants } from "./wants.ts";

/** What the newest sentence gains against the oldest, in units of rank; half of it for one of a year before, and so on. */
const NEWEST = 2;
const HALF_AFTER = 365;
/** How far behind the best a sentence may be that gives the asked figure for the very subject. */
const SAME_FIGURE_MARGIN = 6;
/** What is left of the distance between such sentences: they answer alike, and the time decides. */
const DISTANCE_LEFT = 0.05;
/** A name that a sentence holds at least so well is held. */
const HELD = 0.5;
/** "The first leader" is not the present one. */
const PAST_HOLDER =
  /\b(?:first|founding|former|original|previous|then|late|ex)[\s-]+(?:\p{L}+\s)?(?:leader|emir|amir|head|chief|commander|spokes\w+|president|chair\w*|director|minister|ambassador|deputy)\b/iu;

/**
 * The sentences in their order, or with the newer ones further up where the question asks for the latest. A sentence
 * gains by its time only when it is supported well enough, misses nothing that the best one does not, and is not far
 * behind it; those that give the asked figure for the very subject answer alike, so that the newest of them goes first.
 */
export function newestFirst(
  judged: readonly Judged[],
  question: Question,
  wants: Wants,
  glossary: Glossary,
): readonly Judged[] {
  const [best] = judged;
  if (best === undefined || !asksForLatest(question.text)) return judged;
  const { isOfSubject } = askedFigures(question, wants, glossary);
  const isPast = ({ candidate }: Judged) => wants === "person" && PAST_HOLDER.test(candidate.reading);
  const present = judged.find((each) => !isPast(each)) ?? best;
  const sources = unitsOfSources(question);
  const figures = judged.filter(
    ({ rank, candidate }) =>
      best.rank - rank <= SAME_FIGURE_MARGIN &&
      isOfSubject(candidate) &&
      sources.every((unit) => (candidate.held[unit] ?? 0) >= HELD),
  );
  const bestFigure = figures[0]?.rank ?? 0;
  const isFigure = new Set(figures);
  const misses = ({ candidate }: Judged) => feature(candidate, "misses");
  const gaining = judged.filter(
    (each) =>
      isFigure.has(each) ||
      (present.rank - each.rank <= NEWEST &&
        each.support >= ANSWER_THRESHOLD &&
        misses(each) <= misses(best) &&
        !isPast(each)),
  );
  const times = new Map(gaining.map((each) => [each, timeOf(each.candidate)]));
  const newest = Math.max(...times.values());
  return judged
    .map((each): Judged => {
      const time = times.get(each);
      const gain =
        time === undefined || newest === Number.NEGATIVE_INFINITY ? 0 : NEWEST * 0.5 ** ((newest - time) / HALF_AFTER);
      const standing = isFigure.has(each) ? bestFigure - DISTANCE_LEFT * (bestFigure - each.rank) : each.rank;
      return { ...each, rank: standing + gain - (isPast(each) ? NEWEST : 0) };
    })
    .sort((a, b) => b.rank - a.rank);
}

/** Names of the question that are neither of a group nor of a place: whose figure it asks for. Indexes of its units. */
function unitsOfSources({ units, names }: Question): number[] {
  const others = names.filter(({ entries }) => !entries.some(({ kind }) => kind === "armed-group" || kind === "place"));
  return units.flatMap(({ kind, start }, index) => {
    const isOther = others.some((name) => name.start === start) || !names.some((name) => name.start === start);
    return kind === "name" && isOther ? [index] : [];
  });
}

/** Days since 1970 of the time that a sentence is about; minus infinity where nothing tells. */
function timeOf(candidate: Candidate): number {
  return newness(asOf(candidate, quoteSpan(candidate)));
}
