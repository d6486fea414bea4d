/** A text compared with the reports, statement by statement. */

import type { Citation } from "./answer.ts";
import { SitrepError } from "./errors.ts";
import type { Span } from "./passage.ts";

/** A report says it; reports give another figure for the same; no report says either. None of them means "true". */
export const VERDICTS = ["supported", "contradicted", "not-found"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A figure of a statement, and the one that a report gives in its place; both as they are written. */
export interface DifferingFigure {
  readonly claimed: string;
  readonly reported: string;
}

/** One statement of the text, with what the reports say to it. `text === checked.slice(start, end)`. */
export interface CheckedStatement extends Span {
  readonly text: string;
  readonly verdict: Verdict;
  /** What carries the verdict; for "not-found" none. Numbered through the whole check. */
  readonly citations: readonly Citation[];
  /** Only for "contradicted". */
  readonly differences: readonly DifferingFigure[];
}

export interface CheckResult {
  /** In the order of the text, at most 10. Greetings, questions and orders are no statements. */
  readonly statements: readonly CheckedStatement[];
  /** Statements beyond those. */
  readonly omitted: number;
  readonly milliseconds: number;
}

/** Longest text to check, in UTF-16 code units: that of a Discord message. */
export const MAX_CHECKED_LENGTH = 4000;

/**
 * A text to check as it was given, so that offsets point into it.
 * @throws {SitrepError} "bad-input" when it is empty or too long.
 */
export function checkedText(text: string): string {
  if (text.trim() === "") {
    throw new SitrepError("bad-input", "No text to check given", { hint: "Give one or more sentences." });
  }
  if (text.length > MAX_CHECKED_LENGTH) {
    const [length, limit] = [text.length, MAX_CHECKED_LENGTH].map((figure) => figure.toLocaleString("en-US"));
    throw new SitrepError("bad-input", `The text has ${length} characters; the limit is ${limit}`, {
      hint: "Check a part of it.",
    });
  }
  return text;
}
