/** Why the nearest evidence is no answer: what of the question it does not meet. */

import type { Question } from "../retrieve/question.ts";
import { listed, type Refusal } from "./gate.ts";
import type { Judged } from "./select.ts";
import type { Wants } from "./wants.ts";

/** The plainest true reason why the best sentence is not enough. */
export function whyNot(question: Question, wants: Wants, judged: readonly Judged[]): Refusal {
  return { ...reasonOf(question, wants, judged), unmet: [], choices: [] };
}

function reasonOf(
  question: Question,
  wants: Wants,
  judged: readonly Judged[],
): Pick<Refusal, "reason" | "explanation"> {
  const unknown = question.units.filter((unit) => !unit.known && (unit.kind === "name" || unit.kind === "word"));
  if (unknown.length > 0) {
    return {
      reason: "name-not-in-reports",
      explanation: `No report holds ${listed(unknown.map((unit) => unit.surface))}.`,
    };
  }
  const best = judged.slice(0, 5);
  if (question.period !== null && best.every(({ candidate }) => candidate.features.period < 0)) {
    return {
      reason: "period-not-covered",
      explanation: "The nearest sentences speak of another time than the question.",
    };
  }
  const absent = question.units.filter(
    (unit, index) =>
      unit.kind !== "time" && !unit.shaping && best.every(({ candidate }) => (candidate.held[index] ?? 0) < 0.5),
  );
  if (absent.length > 0) {
    return {
      reason: "weak-support",
      explanation: `The nearest sentences do not speak of ${listed(absent.map((unit) => unit.surface))} in the sense asked.`,
    };
  }
  if (best.every(({ candidate }) => candidate.features.wanted < 0)) {
    return {
      reason: "asked-detail-missing",
      explanation: `The reports speak of this, but the nearest sentences do not give the ${wants} that is asked for.`,
    };
  }
  return { reason: "weak-support", explanation: "The nearest sentences do not support an answer well enough." };
}
