/** Puts questions to Sitrep and collects what came of them. */

import { type AnswerJson, answerJson } from "../domain/answer-json.ts";
import { SitrepError } from "../domain/errors.ts";
import type { Sitrep } from "../domain/service.ts";
import type { ScoredCase } from "./cases.ts";
import { type Outcome, type Score, scoreCase } from "./scoring.ts";

/** A question with what was answered and how that was judged. */
export interface JudgedCase {
  readonly question: ScoredCase;
  readonly outcome: Outcome;
  readonly score: Score;
}

/** One answer, or what was thrown instead, with the time it took. */
export type Asked = { readonly milliseconds: number } & (
  | { readonly answer: AnswerJson; readonly error: null }
  | { readonly answer: null; readonly error: string }
);

/**
 * Asks one question. A fault is part of the result: one bad question must not end a run.
 * @throws {SitrepError} "cancelled" when the signal is aborted.
 */
export async function askOnce(
  sitrep: Pick<Sitrep, "ask">,
  question: string,
  signal?: AbortSignal | undefined,
): Promise<Asked> {
  if (signal?.aborted) throw new SitrepError("cancelled", "The evaluation was interrupted");
  const start = performance.now();
  try {
    const answer = answerJson(await sitrep.ask(question, { signal }));
    return { answer, error: null, milliseconds: performance.now() - start };
  } catch (fault) {
    if (signal?.aborted) throw new SitrepError("cancelled", "The evaluation was interrupted", { cause: fault });
    const error = fault instanceof Error ? fault.message : String(fault);
    return { answer: null, error, milliseconds: performance.now() - start };
  }
}

/**
 * Asks every question in turn and judges the answers.
 * @throws {SitrepError} "cancelled" when the signal is aborted.
 */
export async function evaluate(
  sitrep: Pick<Sitrep, "ask" | "reports" | "reportText">,
  questions: readonly ScoredCase[],
  options: { signal?: AbortSignal | undefined; onProgress?: (done: number, total: number) => void } = {},
): Promise<readonly JudgedCase[]> {
  const ids = new Map((await sitrep.reports()).map(({ id, path }) => [path, id]));
  const texts = new Map<string, string>();
  const judged: JudgedCase[] = [];
  for (const question of questions) {
    const outcome = outcomeOf(await askOnce(sitrep, question.question, options.signal));
    for (const { doc } of outcome.quotes) {
      const id = ids.get(doc);
      if (id !== undefined && !texts.has(doc)) texts.set(doc, await sitrep.reportText(id));
    }
    judged.push({ question, outcome, score: scoreCase(question, outcome, texts) });
    options.onProgress?.(judged.length, questions.length);
  }
  return judged;
}

function outcomeOf({ answer, error, milliseconds }: Asked): Outcome {
  return {
    answer: answer?.answer ?? "",
    quotes: answer?.quotes ?? [],
    abstained: answer?.abstained ?? false,
    retrieved: answer?.retrieved ?? [],
    confidence: answer?.confidence ?? null,
    support: answer?.support ?? 0,
    explanation: answer?.explanation ?? null,
    milliseconds,
    error,
  };
}
