/**
 * Judges answers against the evidence of their questions. Spans are compared inside one report by offsets
 * into canonical text. Every function is pure.
 */

import type { Confidence } from "../domain/answer.ts";
import type { SpanJson } from "../domain/answer-json.ts";
import type { Span } from "../domain/passage.ts";
import type { CaseType, UnanswerableSubtype } from "./case-types.ts";
import type { Evidence, ScoredCase } from "./cases.ts";
import { carries } from "./matching.ts";

/** A quote counts as on the evidence when they share this much of the shorter of the two. */
const OVERLAP = 0.5;
/** A retrieved passage counts as found evidence when it covers this much of it. */
const COVERAGE = 0.5;

/** What Sitrep did with one question. */
export interface Outcome {
  readonly answer: string;
  readonly quotes: readonly SpanJson[];
  readonly abstained: boolean;
  /** Best first, at most 10. */
  readonly retrieved: readonly SpanJson[];
  /** From the call to its answer, as the caller measures it. */
  readonly milliseconds: number;
  /** The word that is shown with an answer; null when there is none. */
  readonly confidence: Confidence | null;
  /** 0 to 1: what that word is read from. */
  readonly support: number;
  /** The abstention in one sentence, or null. */
  readonly explanation: string | null;
  /** What was thrown instead of an answer, or null. */
  readonly error: string | null;
}

/** The verdict on one question. `null` means that the measure does not apply to it. */
export interface Score {
  readonly id: string;
  readonly type: CaseType;
  readonly subtype: UnanswerableSubtype | null;
  readonly answerable: boolean;
  readonly answered: boolean;
  readonly abstained: boolean;
  readonly failed: boolean;
  readonly quotes: number;
  readonly verbatimQuotes: number;
  /** Share of the evidence that the first five passages cover. */
  readonly recallAt5: number | null;
  readonly ndcgAt10: number | null;
  /** Share of the quotes that lie on evidence; null when there is no quote. */
  readonly citationPrecision: number | null;
  /** Share of the evidence that a quote lies on; 0 when abstained. */
  readonly citationRecall: number | null;
  /** Answered, every quote verbatim, and the quotes contain what the answer must. */
  readonly carriesAnswer: boolean | null;
  /** Answered, every quote verbatim, and at least one lies on evidence. */
  readonly onEvidence: boolean | null;
  readonly milliseconds: number;
}

/** @param texts canonical text by path of the report inside the corpus folder. */
export function scoreCase(question: ScoredCase, outcome: Outcome, texts: ReadonlyMap<string, string>): Score {
  const answerable = question.type !== "unanswerable";
  const answered = outcome.error === null && !outcome.abstained;
  const quotes = answered ? outcome.quotes : [];
  const verbatimQuotes = quotes.filter((quote) => isSlice(quote, texts.get(quote.doc))).length;
  const sound = quotes.length > 0 && verbatimQuotes === quotes.length;
  const { evidence } = question;
  const quotedEvidence = evidence.filter((entry) => quotes.some((quote) => isOnEvidence(quote, entry))).length;
  return {
    id: question.id,
    type: question.type,
    subtype: question.subtype,
    answerable,
    answered,
    abstained: outcome.error === null && outcome.abstained,
    failed: outcome.error !== null,
    quotes: quotes.length,
    verbatimQuotes,
    recallAt5: answerable ? recallAt(5, outcome.retrieved, question) : null,
    ndcgAt10: answerable ? ndcgAt(10, outcome.retrieved, question) : null,
    citationPrecision:
      answerable && quotes.length > 0
        ? quotes.filter((quote) => evidence.some((entry) => isOnEvidence(quote, entry))).length / quotes.length
        : null,
    citationRecall: answerable ? Math.min(1, quotedEvidence / wanted(question)) : null,
    carriesAnswer: answerable
      ? sound &&
        carries(
          quotes.map((quote) => quote.text),
          question.must,
        )
      : null,
    onEvidence: answerable ? sound && quotedEvidence > 0 : null,
    milliseconds: outcome.milliseconds,
  };
}

/** Whether a quote is, character for character, where it says it is. */
export function isSlice(quote: SpanJson, text: string | undefined): boolean {
  return text !== undefined && quote.text.length > 0 && text.slice(quote.start, quote.end) === quote.text;
}

/**
 * Share of the wanted evidence that the first `limit` passages cover, 0 to 1.
 */
export function recallAt(
  limit: number,
  retrieved: readonly SpanJson[],
  question: Pick<ScoredCase, "evidence" | "any">,
): number {
  const found = newEvidenceByRank(retrieved.slice(0, limit), question.evidence);
  return Math.min(1, sum(found) / wanted(question));
}

/**
 * Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) of the first `limit` passages, 0 to 1:
 * a passage gains one for each piece of evidence that no passage above it covers, discounted by
 * log2(rank + 1). The ideal list covers one piece at each of its first ranks; a passage that covers several
 * can do better, which still counts as 1.
 */
export function ndcgAt(
  limit: number,
  retrieved: readonly SpanJson[],
  question: Pick<ScoredCase, "evidence" | "any">,
): number {
  const gains = newEvidenceByRank(retrieved.slice(0, limit), question.evidence);
  const need = wanted(question);
  let left = need;
  let gained = 0;
  let ideal = 0;
  for (let rank = 1; rank <= limit; rank++) {
    const discount = 1 / Math.log2(rank + 1);
    const gain = Math.min(left, gains[rank - 1] ?? 0);
    left -= gain;
    gained += gain * discount;
    if (rank <= need) ideal += discount;
  }
  return Math.min(1, gained / ideal);
}

/** For each passage, how many pieces of evidence it is the first to cover. */
function newEvidenceByRank(retrieved: readonly SpanJson[], evidence: readonly Evidence[]): readonly number[] {
  const found = new Set<Evidence>();
  return retrieved.map((passage) => {
    const fresh = evidence.filter((entry) => !found.has(entry) && covers(passage, entry));
    for (const entry of fresh) found.add(entry);
    return fresh.length;
  });
}

/** How many pieces of evidence a perfect list or answer has. */
function wanted({ any, evidence }: Pick<ScoredCase, "evidence" | "any">): number {
  return any ? 1 : evidence.length;
}

function covers(passage: SpanJson, evidence: Evidence): boolean {
  return (
    passage.doc === evidence.doc &&
    evidence.spans.some((span) => shared(passage, span) >= COVERAGE * (span.end - span.start))
  );
}

/** Whether a quote and a piece of evidence share at least half of the shorter of the two. */
export function isOnEvidence(quote: SpanJson, evidence: Evidence): boolean {
  return (
    quote.doc === evidence.doc &&
    evidence.spans.some((span) => {
      const shorter = Math.min(quote.end - quote.start, span.end - span.start);
      return shorter > 0 && shared(quote, span) >= OVERLAP * shorter;
    })
  );
}

/** Characters that two spans have in common. */
function shared(left: Span, right: Span): number {
  return Math.max(0, Math.min(left.end, right.end) - Math.max(left.start, right.start));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
