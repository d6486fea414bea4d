/** The quotes of an earlier answer once more, with their sources: the answer to "who said that?". */

import { type Answer, type Citation, type Claim, isVerbatim, type Quote, type Voice } from "../domain/answer.ts";
import type { Passage } from "../domain/passage.ts";
import { pageAt, type Report } from "../domain/report.ts";

/** Where the quotes are looked up. */
export interface QuoteSources {
  /** The report with its canonical text as it is now; null when it is gone or may not be shown. */
  readonly report: (id: string) => Report | null;
  /** Its passages in order. */
  readonly passages: (reportId: string) => readonly Passage[];
}

export interface QuotedAgain {
  readonly answer: Answer;
  /** The passages that the quotes are in, in their order. */
  readonly passages: readonly Passage[];
}

/**
 * Quotes that are still in their reports, character for character, as claims in their order; the others are left
 * out, and with none left it is an abstention.
 * @param limit at most this many claims, at least 1.
 */
export function quotedAgain(quotes: readonly Quote[], limit: number, sources: QuoteSources): QuotedAgain {
  const citations: Citation[] = [];
  const used: Passage[] = [];
  for (const quote of distinct(quotes)) {
    if (citations.length === limit) break;
    const report = sources.report(quote.reportId);
    if (report === null || !isVerbatim(quote, report)) continue;
    const passages = sources.passages(quote.reportId);
    const passage = passages.filter(({ start }) => start <= quote.start).at(-1) ?? passages[0];
    if (passage === undefined) continue;
    used.push(passage);
    citations.push(citationOf(quote, report, passage, citations.length + 1));
  }
  if (citations.length === 0) {
    const explanation = "What was quoted is not in the reports any more, so nothing can be said of its source.";
    return {
      answer: {
        kind: "abstention",
        reason: "nothing-near",
        explanation,
        nearest: [],
        support: 0,
        unmet: [],
        choices: [],
      },
      passages: [],
    };
  }
  const claims = citations.map((citation): Claim => {
    const voice: Voice = { kind: "report", who: null };
    return { text: citation.quote.text, citations: [citation], corroboration: [], asOf: null, voice };
  });
  // Where a quote stands is no matter of judgement: it was compared with its report just now.
  const answer: Answer = { kind: "answer", claims, confidence: "high", support: 1, disagreements: [], premise: null };
  return { answer, passages: used };
}

function distinct(quotes: readonly Quote[]): Quote[] {
  return [...new Map(quotes.map((quote) => [`${quote.start} ${quote.end} ${quote.reportId}`, quote])).values()];
}

function citationOf({ reportId, start, end, text }: Quote, report: Report, passage: Passage, number: number): Citation {
  const quoted = passage.sentences.filter((sentence) => sentence.start < end && start < sentence.end);
  const keys = new Set(quoted.flatMap(({ footnotes }) => footnotes));
  return {
    number,
    quote: { reportId, start, end, text },
    path: report.path,
    source: report.source,
    locator: {
      ...passage.locator,
      page: pageAt(report.pages, start),
      paragraph: quoted[0]?.paragraph ?? passage.locator.paragraph,
    },
    footnotes: report.source.sources.filter(({ key }) => keys.has(key)),
  };
}
