/** The extractive answerer: the reports' own sentences, or an honest abstention. */

import {
  type AbstentionReason,
  type Answer,
  type Citation,
  type Claim,
  type Confidence,
  isVerbatim,
  type NearPassage,
  quoteFrom,
} from "../domain/answer.ts";
import type { Span } from "../domain/passage.ts";
import { pageAt, type Report } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { EvidenceTrace } from "../domain/service.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { measure } from "./evidence.ts";
import { listed, refuseByForm } from "./gate.ts";
import type { Likeness } from "./matching.ts";
import { type Chosen, isOneVoice, type Judged, judge, quoteSpan, select } from "./select.ts";
import { ANSWER_THRESHOLD, HIGH_SUPPORT, MEDIUM_SUPPORT } from "./support.ts";
import { type Wants, wantsFrom } from "./wants.ts";

/** What the answerer needs besides the hits. */
export interface AnswerSources {
  /** The report with its canonical text as it is now, or null when it is gone. */
  readonly report: (id: string) => Report | null;
  /** Cosine similarity of the question to each sentence of each hit, by passage id. */
  readonly meaning: ReadonlyMap<number, readonly number[]>;
  readonly glossary: Glossary;
  readonly likeness: Likeness;
  /** Told of every quote that failed its last check; such a quote is never shown. */
  readonly onBrokenQuote: (message: string) => void;
}

export interface ExtractedAnswer {
  readonly answer: Answer;
  readonly wants: Wants;
  readonly evidence: readonly EvidenceTrace[];
}

/**
 * Answers from the hits, or abstains.
 * @param limit at most this many claims, 1 to 4.
 */
export function answerFrom(
  question: Question,
  hits: readonly Hit[],
  limit: number,
  sources: AnswerSources,
): ExtractedAnswer {
  const wants = wantsFrom(question);
  const refused = refuseByForm(question);
  if (refused !== null)
    return { answer: abstain(refused.reason, refused.explanation, hits, 0, sources), wants, evidence: [] };

  const judged = judge(measure(question, wants, hits, sources.meaning, sources.glossary, sources.likeness));
  const best = judged[0];
  if (best === undefined) {
    return {
      answer: abstain("nothing-near", "No passage of the reports is near this question.", hits, 0, sources),
      wants,
      evidence: [],
    };
  }
  if (best.support < ANSWER_THRESHOLD) {
    const { reason, explanation } = explain(question, wants, judged);
    const answer = abstain(reason, explanation, hits, best.support, sources);
    return { answer, wants, evidence: judged.map((each) => trace(each, "supported too weakly")) };
  }
  const selection = select(question, wants, judged, limit);
  const claims = cite(selection.chosen, sources);
  const evidence = judged.map((each) => trace(each, selection.fates.get(each.candidate) ?? "not needed"));
  if (claims.length === 0) {
    const explanation = "The evidence could not be checked against its report, so it is not shown.";
    return { answer: abstain("weak-support", explanation, hits, best.support, sources), wants, evidence };
  }
  return {
    answer: { kind: "answer", claims, confidence: confidence(best.support), support: best.support },
    wants,
    evidence,
  };
}

function confidence(value: number): Confidence {
  return value >= HIGH_SUPPORT ? "high" : value >= MEDIUM_SUPPORT ? "medium" : "low";
}

/** Claims with numbered citations; a quote that is not in its report, character for character, is dropped and told of. */
function cite(chosen: readonly Chosen[], sources: AnswerSources): Claim[] {
  const claims: Claim[] = [];
  for (const { candidate, same } of chosen) {
    const citation = citationOf(candidate.hit, quoteSpan(candidate), claims.length + 1, sources);
    if (citation === null) continue;
    const corroboration = new Map(
      same.map((other) => {
        const { reportId } = other.hit.passage;
        const { title } = other.hit.source;
        return [reportId, { reportId, title, independent: !isOneVoice(other, candidate) }];
      }),
    );
    claims.push({ text: citation.quote.text, citations: [citation], corroboration: [...corroboration.values()] });
  }
  return claims;
}

/**
 * A numbered citation of a span of a passage; null where the report does not hold it, character for character, now.
 * That is told of.
 */
export function citationOf(
  hit: Hit,
  span: Span,
  number: number,
  sources: Pick<AnswerSources, "report" | "onBrokenQuote">,
): Citation | null {
  const { passage } = hit;
  const report = sources.report(passage.reportId);
  // What the answer was chosen by must be what the report says now, in the very place.
  const expected = passage.text.slice(span.start - passage.start, span.end - passage.start);
  const quote = { reportId: passage.reportId, start: span.start, end: span.end, text: expected };
  if (report === null || !isVerbatim(quote, report)) {
    sources.onBrokenQuote(
      `A quote of ${passage.reportId} at ${span.start}..${span.end} is not in its report; it is not shown`,
    );
    return null;
  }
  const quoted = passage.sentences.filter(({ start, end }) => start < span.end && span.start < end);
  const keys = new Set(quoted.flatMap(({ footnotes }) => footnotes));
  return {
    number,
    quote: quoteFrom(report, span),
    path: report.path,
    source: report.source,
    locator: {
      ...passage.locator,
      page: pageAt(report.pages, span.start),
      paragraph: quoted[0]?.paragraph ?? passage.locator.paragraph,
    },
    footnotes: report.source.sources.filter(({ key }) => keys.has(key)),
  };
}

function abstain(
  reason: AbstentionReason,
  explanation: string,
  hits: readonly Hit[],
  value: number,
  sources: AnswerSources,
): Answer {
  const nearest: NearPassage[] = [];
  for (const hit of hits) {
    if (nearest.length === 3) break;
    const span = { start: hit.passage.start, end: hit.passage.end };
    const citation = citationOf(hit, span, nearest.length + 1, sources);
    if (citation !== null) nearest.push({ citation, score: hit.score });
  }
  return { kind: "abstention", reason, explanation, nearest, support: value };
}

/** The plainest true reason why the best sentence is not enough. */
function explain(
  question: Question,
  wants: Wants,
  judged: readonly Judged[],
): { reason: AbstentionReason; explanation: string } {
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

function trace({ candidate, support }: Judged, fate: string): EvidenceTrace {
  return {
    reportId: candidate.hit.passage.reportId,
    start: candidate.sentence.start,
    end: candidate.sentence.end,
    text: candidate.reading,
    score: support,
    parts: candidate.features,
    fate,
  };
}
