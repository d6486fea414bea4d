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
import type { ReadTexts } from "../domain/reading.ts";
import { pageAt, type Report } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { EvidenceTrace } from "../domain/service.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { asOf, inTime } from "./as-of.ts";
import { canBearOut } from "./bearing-out.ts";
import { type Cited, disagreementsOf } from "./disagreement.ts";
import { measure } from "./evidence.ts";
import { feature, featuresOf } from "./features.ts";
import { focusOf } from "./focus.ts";
import { type Refusal, refuseByForm } from "./gate.ts";
import type { Likeness } from "./matching.ts";
import { newestFirst } from "./newest.ts";
import { falsePremise } from "./premise.ts";
import { changesIn } from "./quoted-changes.ts";
import { withReadings } from "./reading.ts";
import { type Chosen, corroborationOf, type Judged, judge, quoteSpan, select } from "./select.ts";
import { ANSWER_THRESHOLD, HIGH_SUPPORT, MEDIUM_SUPPORT } from "./support.ts";
import { askedBack, underspecified } from "./underspecified.ts";
import { whyNot } from "./unmet.ts";
import { voiceOf } from "./voice.ts";
import { type Wants, wantsFrom } from "./wants.ts";

/** What the answerer needs besides the hits. */
export interface AnswerSources {
  /** The report with its canonical text as it is now, or null when it is gone. */
  readonly report: (id: string) => Report | null;
  /** Cosine similarity of the question to each sentence of each hit, by passage id. */
  readonly meaning: ReadonlyMap<number, readonly number[]>;
  readonly glossary: Glossary;
  readonly likeness: Likeness;
  /** What a reader model found in the passages, by passage id; null or absent without one. */
  readonly readings?: ReadTexts | null;
  /** Told of every quote that failed its last check; such a quote is never shown. */
  readonly onBrokenQuote: (message: string) => void;
}

export interface ExtractedAnswer {
  readonly answer: Answer;
  readonly wants: Wants;
  /** Every sentence that was weighed, best first; it is many times as long as the answer, so only made when asked for. */
  readonly evidence: () => readonly EvidenceTrace[];
  /** The hits, those with the best evidence first. */
  readonly ranked: readonly Hit[];
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
  const plain = (answer: Answer, ranked = hits): ExtractedAnswer => ({ answer, wants, evidence: () => [], ranked });
  if (refused !== null && refused.reason !== "too-vague") return plain(abstain(refused, hits, 0, sources));
  const measured = measure(question, wants, hits, sources.meaning, sources.glossary, sources.likeness);
  const judged = withReadings(judge(question, wants, measured), sources.readings ?? null);
  const ranked = byEvidence(hits, judged);
  if (refused !== null) {
    return plain(abstain(askedBack(refused, question, judged, sources.glossary), ranked, 0, sources), ranked);
  }
  const best = judged[0];
  if (best === undefined) {
    const explanation = "No passage of the reports is near this question.";
    return plain(abstain(refusal("nothing-near", explanation), hits, 0, sources));
  }
  const whole = (answer: Answer, fate: (each: Judged) => string): ExtractedAnswer => {
    return { answer, wants, evidence: () => judged.map((each) => trace(each, fate(each))), ranked };
  };
  const open = underspecified(question, judged, sources.glossary);
  if (open !== null) {
    return whole(abstain(open, ranked, best.support, sources), () => "could be about several things");
  }
  const corrected = correction(question, judged, sources);
  if (corrected !== null) {
    const isAgainst = (each: Judged) => each === corrected.against;
    return whole(corrected.answer, (each) => (isAgainst(each) ? "contradicts the question" : "not needed"));
  }
  if (best.support < ANSWER_THRESHOLD || isOfOtherTimes(question, judged) || isOfUnknownThings(question, wants, best)) {
    const answer = abstain(whyNot(question, wants, judged), ranked, best.support, sources);
    return whole(answer, () => "supported too weakly");
  }
  const inOrder = newestFirst(judged, question, wants, sources.glossary);
  const selection = select(question, wants, inOrder, limit, sources.glossary);
  const cited = cite(selection.chosen, sources);
  const fate = ({ candidate }: Judged) => selection.fates.get(candidate) ?? "not needed";
  if (cited.length === 0) {
    const explanation = "The evidence could not be checked against its report, so it is not shown.";
    return whole(abstain(refusal("weak-support", explanation), ranked, best.support, sources), fate);
  }
  // Numbered anew where the newest goes first: what names a claim by its number comes after that.
  const ordered = inTime(cited, question, inOrder, sources.glossary);
  const answer: Answer = {
    kind: "answer",
    claims: ordered.map(({ claim }) => claim),
    confidence: confidence(best.support),
    support: best.support,
    disagreements: disagreementsOf(question, ordered, sources.glossary),
    premise: null,
  };
  return whole(answer, fate);
}

/** Of sentences that may become claims so many are looked at for their times. */
const LOOKED_AT = 3;

/** Whether the question names a time and the best sentences all plainly speak of others: however near, they are no answer. */
function isOfOtherTimes({ periods }: Question, judged: readonly Judged[]): boolean {
  if (periods.length === 0) return false;
  return judged
    .slice(0, LOOKED_AT)
    .every(({ candidate }) => feature(candidate, "period") < 0 && feature(candidate, "dated") < 0);
}

/** "How many submarines": no report has the word or one that means nearly the same, so no figure counts them. */
function isOfUnknownThings(question: Question, wants: Wants, { candidate }: Judged): boolean {
  if (wants !== "number" || feature(candidate, "counts") > 0) return false;
  const things = focusOf(question).things.flatMap((unit) => question.units[unit] ?? []);
  return things.length > 0 && things.every(({ known }) => !known);
}

/** Passages in the order of their best sentences: what answers may stand far down in a passage that was found late. */
function byEvidence(hits: readonly Hit[], judged: readonly Judged[]): readonly Hit[] {
  return [...new Set([...judged.map(({ candidate }) => candidate.hit), ...hits])];
}

/** The quote that contradicts what the question takes for granted, as its answer; null where none does. */
function correction(
  question: Question,
  judged: readonly Judged[],
  sources: AnswerSources,
): { readonly answer: Answer; readonly against: Judged } | null {
  const premise = falsePremise(question, judged, sources.glossary, sources.likeness);
  const against = premise === null ? undefined : judged[premise.index];
  if (premise === null || against === undefined) return null;
  const [told] = cite([{ ...against, same: [], span: quoteSpan(against.candidate) }], sources);
  const citation = told?.claim.citations[0]?.number;
  if (told === undefined || citation === undefined) return null;
  const answer: Answer = {
    kind: "answer",
    claims: [told.claim],
    // What it says of the premise is checked by rules of its own, not by how well it answers.
    confidence: "medium",
    support: against.support,
    disagreements: [],
    premise: { asked: premise.asked, citation },
  };
  return { answer, against };
}

function confidence(value: number): Confidence {
  return value >= HIGH_SUPPORT ? "high" : value >= MEDIUM_SUPPORT ? "medium" : "low";
}

/** Claims with numbered citations; a quote that is not in its report, character for character, is dropped and told of. */
function cite(chosen: readonly Chosen[], sources: AnswerSources): Cited[] {
  const claims: Cited[] = [];
  const { glossary } = sources;
  for (const { candidate, same, span } of chosen) {
    const citation = citationOf(candidate.hit, span, claims.length + 1, sources);
    if (citation === null) continue;
    const changes = changesIn(candidate.hit, span, sources.glossary);
    const claim: Claim = {
      text: citation.quote.text,
      citations: [citation],
      corroboration: corroborationOf(
        candidate,
        same.filter((other) => canBearOut(candidate, other, glossary)),
        glossary,
      ),
      asOf: asOf(candidate, span),
      voice: voiceOf(candidate, span, sources.glossary),
      ...(changes.length === 0 ? {} : { changes }),
    };
    claims.push({ claim, candidate, same });
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

function refusal(reason: AbstentionReason, explanation: string): Refusal {
  return { reason, explanation, unmet: [], choices: [] };
}

function abstain(refused: Refusal, hits: readonly Hit[], value: number, sources: AnswerSources): Answer {
  const nearest: NearPassage[] = [];
  for (const hit of hits) {
    if (nearest.length === 3) break;
    const span = { start: hit.passage.start, end: hit.passage.end };
    const citation = citationOf(hit, span, nearest.length + 1, sources);
    if (citation !== null) nearest.push({ citation, score: hit.score });
  }
  return { kind: "abstention", ...refused, nearest, support: value };
}

function trace({ candidate, support, reading }: Judged, fate: string): EvidenceTrace {
  return {
    reportId: candidate.hit.passage.reportId,
    start: candidate.sentence.start,
    end: candidate.sentence.end,
    text: candidate.reading,
    score: support,
    parts: { ...featuresOf(candidate), ...reading },
    fate,
  };
}
