/** Figures for the same thing and time that differ between the claims of an answer. */

import type { Claim, Disagreement } from "../domain/answer.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import type { Candidate } from "./evidence.ts";

/** A claim with the sentence that it was made from, and those that say the same elsewhere. */
export interface Cited {
  readonly claim: Claim;
  readonly candidate: Candidate;
  readonly same: readonly Candidate[];
}

/** Differing figures for the same thing, time and place, side by side. */
export function disagreementsOf(_question: Question, _cited: readonly Cited[], _glossary: Glossary): Disagreement[] {
  return [];
}
