/** What the evidence as a whole, and the question itself, tell of whether there is an answer. */

import type { Hit } from "../domain/retrieval.ts";
import type { Question } from "../retrieve/question.ts";
import { WANTS, type Wants } from "./wants.ts";

/** Learnt like the features of a sentence; one of the "wants" is 1, the others 0. */
export const OUTLOOK = [
  "lead",
  "leadOverNext",
  "leadOverSixth",
  "unknownShare",
  "unknownNames",
  "parts",
  "denseBest",
  "lexicalBest",
  "timed",
  ...WANTS.map((wants) => `wants:${wants}` as const),
] as const;
export type Outlook = Readonly<Record<(typeof OUTLOOK)[number], number>>;

/** Apart from `lead`, which is the rank of the sentence that is judged. */
export type SharedOutlook = Omit<Outlook, "lead">;

/**
 * @param ranks of all sentences, best first; at least one.
 * @param hits the passages that they are of.
 */
export function outlookOf(
  question: Question,
  wants: Wants,
  ranks: readonly number[],
  hits: readonly Hit[],
): SharedOutlook {
  const units = question.units.filter(({ shaping }) => !shaping);
  const total = units.reduce((sum, { weight }) => sum + weight, 0);
  const unknown = units.filter(({ known }) => !known);
  const best = ranks[0] ?? 0;
  const behind = (place: number) => best - (ranks[Math.min(place, ranks.length - 1)] ?? best);
  const kinds = Object.fromEntries(WANTS.map((kind) => [`wants:${kind}`, kind === wants ? 1 : 0]));
  return {
    ...(kinds as Record<`wants:${Wants}`, 0 | 1>),
    leadOverNext: behind(1),
    leadOverSixth: behind(5),
    unknownShare: total === 0 ? 0 : unknown.reduce((sum, { weight }) => sum + weight, 0) / total,
    unknownNames: unknown.filter(({ kind }) => kind === "name").length,
    parts: units.length,
    denseBest: Math.max(0, ...hits.map(({ denseScore }) => denseScore ?? 0)),
    lexicalBest: total === 0 ? 0 : Math.max(0, ...hits.map(({ lexicalScore }) => lexicalScore ?? 0)) / total,
    timed: question.periods.length > 0 ? 1 : 0,
  };
}
