/** What a person gets to see: quotes with citations, claims, an answer or an abstention. */

import type { Locator, Span } from "./passage.ts";
import type { FootnoteSource, Report, ReportSource } from "./report.ts";

/** A span of canonical text shown to a person: `text === report.text.slice(start, end)`, or it does not exist. */
export interface Quote extends Span {
  readonly reportId: string;
  readonly text: string;
}

/** A quote with what a person needs to weigh it and to find it. */
export interface Citation {
  /** 1-based number, unique in its answer. */
  readonly number: number;
  readonly quote: Quote;
  /** Path of the report inside the corpus folder. */
  readonly path: string;
  readonly source: ReportSource;
  readonly locator: Locator;
  /** The sources that the report's footnotes name for the quoted sentences. */
  readonly footnotes: readonly FootnoteSource[];
}

/** One statement of an answer. Extractive: its text is that of its first quote. */
export interface Claim {
  readonly text: string;
  readonly citations: readonly Citation[];
  /** Other reports that say nearly the same, and whether they rest on other origins. */
  readonly corroboration: readonly Corroboration[];
}

/** A report that says nearly what a claim says. */
export interface Corroboration {
  readonly reportId: string;
  readonly title: string;
  /** False where the report shares an origin with the claim's: one voice, not two. */
  readonly independent: boolean;
}

export const CONFIDENCES = ["high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Why there is no answer. */
export const ABSTENTION_REASONS = [
  "empty-question",
  "not-a-question-for-reports",
  "too-vague",
  "nothing-near",
  "name-not-in-reports",
  "period-not-covered",
  "asked-detail-missing",
  "weak-support",
  "live-event",
] as const;
export type AbstentionReason = (typeof ABSTENTION_REASONS)[number];

/** A passage that is near the question without answering it. */
export interface NearPassage {
  readonly citation: Citation;
  readonly score: number;
}

export interface Answered {
  readonly kind: "answer";
  /** One to four. */
  readonly claims: readonly Claim[];
  readonly confidence: Confidence;
  /** 0 to 1: how well the evidence supports the answer; what the confidence word is read from. */
  readonly support: number;
}

export interface Abstained {
  readonly kind: "abstention";
  readonly reason: AbstentionReason;
  /** One sentence for a person. */
  readonly explanation: string;
  /** Up to three. */
  readonly nearest: readonly NearPassage[];
  readonly support: number;
}

export type Answer = Answered | Abstained;

/**
 * A quote of a report.
 * @throws {RangeError} when the span is empty or leaves the text.
 */
export function quoteFrom(report: Pick<Report, "id" | "text">, span: Span): Quote {
  const { start, end } = span;
  if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= report.text.length)) {
    throw new RangeError(`No span ${start}..${end} in report ${report.id} of ${report.text.length} characters`);
  }
  return { reportId: report.id, start, end, text: report.text.slice(start, end) };
}

/** Whether a quote is, character for character, in its report. The last check before anything is shown. */
export function isVerbatim(quote: Quote, report: Pick<Report, "id" | "text">): boolean {
  return (
    quote.reportId === report.id && quote.text.length > 0 && quote.text === report.text.slice(quote.start, quote.end)
  );
}
