/** Questions that no report can answer, known from their wording alone, before anything is searched. */

import type { Abstained, UnmetPart } from "../domain/answer.ts";
import type { Question } from "../retrieve/question.ts";
import { withoutOrders } from "./orders.ts";
import { isOrdinary } from "./ordinary.ts";
import { unknowable } from "./unknowable.ts";

export { isOrder, withoutOrders } from "./orders.ts";

/** Why there is no answer, apart from what is near. */
export type Refusal = Pick<Abstained, "reason" | "explanation" | "unmet" | "choices">;

type Refused = Pick<Refusal, "reason" | "explanation"> & Partial<Pick<Refusal, "unmet">>;

/** Why a question cannot be put to reports, or null when it can. */
export function refuseByForm(question: Question): Refusal | null {
  const refused = formFault(question);
  return refused === null ? null : { unmet: [], ...refused, choices: [] };
}

function formFault(question: Question): Refused | null {
  if (withoutOrders(question.text) === null) {
    return {
      reason: "not-a-question-for-reports",
      explanation: "This is an order and no question. Sitrep follows none: it only quotes what reports say.",
    };
  }
  const refused = unknowable(question);
  if (refused !== null) return refused;
  const subjects = question.units.filter((unit) => !unit.shaping);
  if (subjects.length === 0) {
    return {
      reason: "too-vague",
      explanation: "The question names no subject. Name a group, a place, a period or a figure.",
    };
  }
  if (subjects.every((unit) => !unit.known)) {
    const missing = subjects.filter((unit) => !isOrdinary(unit));
    const named = missing.length > 0 ? missing : subjects;
    return {
      reason: "nothing-near",
      explanation: `No report holds ${listed(named.map((unit) => unit.surface))}.`,
      unmet: named.map(({ kind, surface }): UnmetPart => ({ kind: kind === "time" ? "period" : kind, surface })),
    };
  }
  const [only] = subjects;
  if (subjects.length === 1 && only !== undefined && only.kind === "word" && question.tokens.length <= 2) {
    return {
      reason: "too-vague",
      explanation: `One word, "${only.surface}", is too little to answer. Say what about it, of whom, and when.`,
    };
  }
  return null;
}

/** "a", "b" and "c", for a sentence. */
export function listed(words: readonly string[]): string {
  const quoted = words.slice(0, 4).map((word) => `"${word}"`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}
