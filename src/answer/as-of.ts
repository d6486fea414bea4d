/** The time that a claim is about, apart from the day of publication. */

import type { AsOf } from "../domain/answer.ts";
import type { Span } from "../domain/passage.ts";
import type { Question } from "../retrieve/question.ts";
import type { Cited } from "./disagreement.ts";
import type { Candidate } from "./evidence.ts";
import type { Judged } from "./select.ts";

/** The time that the quoted span of a candidate's passage is about; null where nothing tells. */
export function asOf(_candidate: Candidate, _span: Span): AsOf | null {
  return null;
}

/** The claims with older figures marked as such: those for which `judged` holds a newer one of the same. */
export function inTime(cited: readonly Cited[], _question: Question, _judged: readonly Judged[]): readonly Cited[] {
  return cited;
}
