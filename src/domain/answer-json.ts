/** The form of an answer for programs: what `ask --json` prints and the evaluation writes a line of. */

import type {
  AbstentionReason,
  Answer,
  AsOf,
  Citation,
  Claim,
  Confidence,
  Disagreement,
  FalsePremise,
  QuotedChange,
  UnmetPart,
  Voice,
} from "./answer.ts";
import { independentSources } from "./claim-rules.ts";
import type { Locator } from "./passage.ts";
import type { FootnoteSource, ReportSource } from "./report.ts";
import type { AskResult } from "./service.ts";

/** A span of a report: `text` is exactly `canonicalText.slice(start, end)`. */
export interface SpanJson {
  readonly text: string;
  /** Path of the report inside the corpus folder, with forward slashes. */
  readonly doc: string;
  /** UTF-16 offset into the report's canonical text. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** One statement of the answer. */
export interface ClaimJson {
  readonly text: string;
  /** Numbers of entries of `citations`. */
  readonly citations: readonly number[];
  /** Other reports that say nearly the same; not independent means that both rest on one origin. */
  readonly corroboration: readonly { readonly report: string; readonly title: string; readonly independent: boolean }[];
  /**
   * The time that the statement is about, apart from the date of publication; null where nothing tells. `basis` says
   * what tells it: the quote, a heading or sentence around it, or only the period that the report covers. `isOlder`:
   * the reports have a newer figure for the same.
   */
  readonly asOf: AsOf | null;
  /**
   * Who says it. `kind` "report": the report itself; "attributed": `who`, whom the report names; "relayed": `who`,
   * whose words the report only passes on; "opinion": the author of an opinion piece, whose word is no finding.
   * `who` is null where nobody is named.
   */
  readonly voice: Voice;
  /**
   * The rises and falls that the quotes tell, in per cent. `base` is what one is measured against, null where neither the
   * quote nor its surroundings say; `isBaseQuoted`: the quote says so itself.
   */
  readonly changes: readonly QuotedChange[];
  /** How many say so independently: 1, and one for each independent entry of `corroboration`. */
  readonly independentSources: number;
}

/** A quote with its place; its source is the entry of `sources` with the same `doc`. */
export interface CitationJson extends SpanJson {
  readonly number: number;
  /** Id of the report. */
  readonly report: string;
  readonly locator: Locator;
  /** The sources that the report's footnotes name for the quoted sentences. */
  readonly footnotes: readonly FootnoteSource[];
}

/** A report that is cited, or near. */
export interface SourceJson extends Omit<ReportSource, "sources"> {
  readonly doc: string;
  /** Id of the report. */
  readonly report: string;
}

/** An answer or an abstention, whole, in plain data. */
export interface AnswerJson {
  readonly question: string;
  /** The claims' texts joined by a space; "" when abstained. */
  readonly answer: string;
  /** Every quote of the answer, in the order of its citation number; none when abstained. */
  readonly quotes: readonly SpanJson[];
  readonly abstained: boolean;
  /** The passages that were found, best first, at most 10. */
  readonly retrieved: readonly SpanJson[];
  /** From the question to the answer, in milliseconds. */
  readonly latency_ms: number;
  readonly claims: readonly ClaimJson[];
  readonly citations: readonly CitationJson[];
  /** Each report of `citations` and `nearest` once. */
  readonly sources: readonly SourceJson[];
  /** null when abstained. */
  readonly confidence: Confidence | null;
  /** 0 to 1: how well the evidence supports an answer. */
  readonly support: number;
  /** Only when answered: differing figures for the same thing and time, side by side; none is preferred. */
  readonly disagreements?: readonly Disagreement[];
  /** Only when answered: what the question takes for granted and a citation contradicts; null where nothing. */
  readonly premise?: FalsePremise | null;
  /** Only when abstained. */
  readonly reason?: AbstentionReason;
  /** Only when abstained: one sentence for a person. */
  readonly explanation?: string;
  /** Only when abstained: up to three passages that are near the question without answering it. */
  readonly nearest?: readonly (CitationJson & { readonly score: number })[];
  /** Only when abstained: the parts of the question that nothing meets; for "detail" the kind of answer wanted. */
  readonly unmet?: readonly UnmetPart[];
  /** Only when abstained: questions that could be meant; none unless `reason` is "underspecified". */
  readonly choices?: readonly string[];
}

/** The most passages that `retrieved` lists. */
const RETRIEVED_LIMIT = 10;

/** The answer for programs. Quotes are exact slices: nothing is trimmed, folded or escaped. */
export function answerJson(result: AskResult): AnswerJson {
  const { answer } = result;
  const claims = answer.kind === "answer" ? answer.claims : [];
  const citations = citationsOf(answer);
  const cited = citations.map(citationJson);
  const common = {
    question: result.question.text,
    answer: claims.map((claim) => claim.text).join(" "),
    quotes: cited.map(({ text, doc, start, end }) => ({ text, doc, start, end })),
    abstained: answer.kind === "abstention",
    retrieved: result.retrieved.slice(0, RETRIEVED_LIMIT).map(({ passage, reportPath }) => ({
      text: passage.text,
      doc: reportPath,
      start: passage.start,
      end: passage.end,
    })),
    latency_ms: Math.round(result.milliseconds * 100) / 100,
    claims: claims.map(claimJson),
    citations: cited,
  };
  if (answer.kind === "answer") {
    const { confidence, support, disagreements, premise } = answer;
    return { ...common, sources: sourcesOf(citations), confidence, support, disagreements, premise };
  }
  const near = answer.nearest.map(({ citation }) => citation);
  return {
    ...common,
    sources: sourcesOf(near),
    confidence: null,
    support: answer.support,
    reason: answer.reason,
    explanation: answer.explanation,
    nearest: answer.nearest.map(({ citation, score }) => ({ ...citationJson(citation), score })),
    unmet: answer.unmet,
    choices: answer.choices,
  };
}

/** The citations of an answer, each number once, in order; none for an abstention. */
function citationsOf(answer: Answer): readonly Citation[] {
  if (answer.kind === "abstention") return [];
  const byNumber = new Map<number, Citation>();
  for (const claim of answer.claims) {
    for (const citation of claim.citations) byNumber.set(citation.number, citation);
  }
  return [...byNumber.values()].sort((left, right) => left.number - right.number);
}

function claimJson(claim: Claim): ClaimJson {
  return {
    text: claim.text,
    citations: claim.citations.map((citation) => citation.number),
    corroboration: claim.corroboration.map(({ reportId, title, independent }) => ({
      report: reportId,
      title,
      independent,
    })),
    asOf: claim.asOf,
    voice: claim.voice,
    changes: claim.changes ?? [],
    independentSources: independentSources(claim.corroboration),
  };
}

function citationJson(citation: Citation): CitationJson {
  const { quote, path, number, locator, footnotes } = citation;
  return {
    number,
    text: quote.text,
    doc: path,
    start: quote.start,
    end: quote.end,
    report: quote.reportId,
    locator,
    footnotes,
  };
}

function sourcesOf(citations: readonly Citation[]): readonly SourceJson[] {
  const byPath = new Map<string, SourceJson>();
  for (const { path, quote, source } of citations) {
    const { sources: _footnotes, ...head } = source;
    byPath.set(path, { doc: path, report: quote.reportId, ...head });
  }
  return [...byPath.values()];
}
