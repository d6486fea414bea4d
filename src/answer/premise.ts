/** What a question takes for granted and the evidence contradicts: "why did attacks fall" where they rose. */

import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import type { Likeness } from "./matching.ts";
import { isTurned } from "./polarity.ts";
import { otherDirection } from "./premise-direction.ts";
import { otherActor, otherFigure } from "./premise-other.ts";
import type { Contradiction, Rule } from "./premise-parts.ts";
import { againstFate, againstWord, negated, noSuchSum, notCalled } from "./premise-turned.ts";
import type { Judged } from "./select.ts";
import { claimed, type Reported, reportedBy } from "./told.ts";
import { wantsOf } from "./wants.ts";

/** Sentences that are looked at, best first. */
const MOST_READ = 40;

const RULES: readonly Rule[] = [
  otherDirection,
  negated,
  notCalled,
  noSuchSum,
  againstWord,
  againstFate,
  otherActor,
  otherFigure,
];

/**
 * The part of a question that the evidence contradicts, and the sentence that does; null where the question takes
 * nothing for granted, or nothing contradicts it, or the evidence is divided over it. Rather silent than wrong.
 * @param judged the evidence for the question, best first.
 * @returns `index` is a position in `judged`; `asked` a part of `question.text`.
 */
export function falsePremise(
  question: Question,
  judged: readonly Judged[],
  glossary: Glossary,
  likeness: Likeness,
): { readonly asked: string; readonly index: number } | null {
  if (!mayTakeForGranted(question)) return null;
  const claim = claimed(question, glossary);
  if (isTurned(claim.polarity)) return null;
  const asking = { question, claim, glossary, likeness };
  const sentences = judged.slice(0, MOST_READ).flatMap(({ candidate }): Reported[] => {
    const reported = reportedBy(candidate.hit, glossary)[candidate.index];
    return reported === undefined ? [] : [reported];
  });
  // A sentence that could not be taken apart would shift the positions.
  if (sentences.length !== Math.min(judged.length, MOST_READ)) return null;
  for (const rule of RULES) {
    const found = rule(asking, sentences);
    if (found !== null) return { asked: askedPart(question, found), index: found.index };
  }
  return null;
}

const ASKS = /\b(?:who|whom|whose|what|which|when|where|why|how|explanation|reasons?)\b/iu;
/** Asks whether it is so, or leaves it open. */
const OPEN =
  /\b(?:whether|if|would|could|might|should|suppose|imagine|or not|is it true|true that|really|allegedly|alleged|supposedly|reportedly|rumou?r\w*|claims? (?:that|to)|claimed (?:that|to)|myth)\b/iu;
/** What follows is what somebody says, and not what the asker takes for granted. */
const SAID =
  /\b(?:say|says|said|alleg\w+|argu\w+|den(?:y|ies|ied|ial)|reject\w*|dismiss\w*|disput\w+|accus\w+|blam\w+|insist\w*|warn\w*|suggest\w*|contradict\w*|disagree\w*|think|thinks|believ\w+|doubt\w*|quoted|differ\w*|competing|conflicting|assert\w*)\b/iu;

/** Whether a question can take something for granted: it asks for a circumstance, and not whether it is so. */
function mayTakeForGranted({ corrected }: Question): boolean {
  if (!ASKS.test(corrected) || OPEN.test(corrected) || SAID.test(corrected)) return false;
  if (/^\W*(?:so |and |but )?(?:is|are|was|were|do|does|did|has|have|had|can)\b/iu.test(corrected)) return false;
  return wantsOf(corrected) !== "yes-no";
}

/** From the first to the last word that is contradicted, as they were asked; names are whole. */
function askedPart({ text, tokens, names }: Question, { at }: Contradiction): string {
  const touched = [...tokens, ...names].filter(({ start, end }) =>
    at.some((offset) => start <= offset && offset < end),
  );
  const first = Math.min(...touched.map(({ start }) => start));
  const last = Math.max(...touched.map(({ end }) => end));
  return touched.length === 0 ? text.trim() : text.slice(first, last);
}
