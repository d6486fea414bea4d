/** What a person gets to see: quotes with citations, claims, an answer or an abstention. */

import type { Locator, Span } from "./passage.ts";
import type { FootnoteSource, Period, Report, ReportSource } from "./report.ts";

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
  /** The time that the statement is about; null where neither the quote nor its report tells. */
  readonly asOf: AsOf | null;
  readonly voice: Voice;
  /** The rises and falls in per cent that its quotes tell; absent where there are none. */
  readonly changes?: readonly QuotedChange[] | undefined;
}

/** A rise or a fall, and what it is measured against. */
export interface QuotedChange {
  /** As it stands in the quote: "42%". */
  readonly written: string;
  /** What it is measured against; null where neither the quote nor its surroundings say. */
  readonly base: Period | null;
  /** Whether the quote says so itself. */
  readonly isBaseQuoted: boolean;
}

export const AS_OF_BASES = ["quote", "heading", "report"] as const;

/** The time that a statement is about, apart from the day of publication. */
export interface AsOf extends Period {
  /** What tells it: the quoted words, a heading or sentence around them, or the period that the report covers. */
  readonly basis: (typeof AS_OF_BASES)[number];
  /** True where the reports have a newer figure for the same: this one is shown as older. */
  readonly isOlder: boolean;
}

export const VOICES = ["report", "attributed", "relayed", "opinion"] as const;

/**
 * Who says it: the report itself; somebody whom the report names ("according to PICSS"); an origin that the report
 * only relays; or the author of an opinion piece, whose word is no finding.
 */
export interface Voice {
  readonly kind: (typeof VOICES)[number];
  /** As the report names them; null where `kind` is "report", or nobody is named. */
  readonly who: string | null;
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
  "underspecified",
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

export const UNMET_KINDS = ["name", "period", "figure", "word", "detail"] as const;

/** A part of a question that no evidence meets. */
export interface UnmetPart {
  /** "detail": the kind of answer that is asked for (a number, a date, a person) is not given. */
  readonly kind: (typeof UNMET_KINDS)[number];
  /** As it was asked; for "detail" the kind of answer wanted. */
  readonly surface: string;
}

export interface Answered {
  readonly kind: "answer";
  /** One to four. */
  readonly claims: readonly Claim[];
  readonly confidence: Confidence;
  /** 0 to 1: how well the evidence supports the answer; what the confidence word is read from. */
  readonly support: number;
  /** Figures for the same thing and time that differ, side by side; no winner is picked. */
  readonly disagreements: readonly Disagreement[];
  /** Set where the question takes for granted what the first claim contradicts. */
  readonly premise: FalsePremise | null;
}

/** Different figures for the same thing, time and place. At least two, each with its quote among the claims. */
export interface Disagreement {
  /** What is counted, in the words of the reports: "militants killed". */
  readonly about: string;
  readonly period: Period | null;
  readonly values: readonly DifferingValue[];
}

export interface DifferingValue {
  /** As it stands in the quote: "at least 74". */
  readonly written: string;
  /** Number of the citation that it stands in. */
  readonly citation: number;
  /** Who counted; null where nobody is named but the report. */
  readonly who: string | null;
  /** How it was counted, as far as the quote tells ("civilians and security forces"); null where it does not. */
  readonly rule: string | null;
}

/** What a question takes for granted and the reports say otherwise. */
export interface FalsePremise {
  /** The part of the question that is contradicted, as it was asked. */
  readonly asked: string;
  /** Number of the citation that contradicts it. */
  readonly citation: number;
}

export interface Abstained {
  readonly kind: "abstention";
  readonly reason: AbstentionReason;
  /** One sentence for a person. */
  readonly explanation: string;
  /** The parts of the question that the nearest evidence does not meet: what is missing. */
  readonly unmet: readonly UnmetPart[];
  /** What could be meant, as questions to choose from; only for "underspecified". */
  readonly choices: readonly string[];
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
