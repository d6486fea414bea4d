/** What stands around a span of a report. */

import { quoteFrom } from "../domain/answer.ts";
import type { Locator, Passage, Span } from "../domain/passage.ts";
import { pageAt, type Report } from "../domain/report.ts";
import type { Surroundings } from "../domain/service.ts";

/** UTF-16 code units of context on each side. */
export const MOST_CONTEXT = 1500;

/**
 * A span with what stands before and after it: as many whole passages as fit into `MOST_CONTEXT`, or else whole
 * sentences, or else what fits.
 * @param passages those of the report, in order.
 * @throws {RangeError} when the span is empty or leaves the text.
 */
export function surroundingsOf(report: Report, passages: readonly Passage[], span: Span): Surroundings {
  const quote = quoteFrom(report, span);
  const { text, path, source } = report;
  const sentences = passages.flatMap((passage) => passage.sentences);
  const first = text.search(/\S/);
  const begin = furthest(span.start, [first, ...starts(passages)], starts(sentences), -1);
  const end = furthest(span.end, [text.trimEnd().length, ...ends(passages)], ends(sentences), 1);
  const from = begin ?? afterCut(text, span.start - MOST_CONTEXT);
  const to = end ?? beforeCut(text, span.end + MOST_CONTEXT);
  const side = (start: number, end: number) =>
    text.slice(start, end).trim() === "" ? null : quoteFrom(report, { start, end });
  return {
    quote,
    before: side(Math.max(0, from), span.start),
    after: side(span.end, Math.min(text.length, to)),
    path,
    source,
    locator: locatorOf(report, passages, span),
  };
}

const starts = (spans: readonly Span[]) => spans.map(({ start }) => start);
const ends = (spans: readonly Span[]) => spans.map(({ end }) => end);

/** The place that is furthest from an edge and still within reach: of the better places, or else of the others. */
function furthest(
  edge: number,
  better: readonly number[],
  others: readonly number[],
  direction: 1 | -1,
): number | null {
  for (const places of [better, others]) {
    const distances = places.map((place) => (place - edge) * direction);
    const reach = Math.max(...distances.filter((distance) => distance > 0 && distance <= MOST_CONTEXT));
    if (Number.isFinite(reach)) return edge + reach * direction;
  }
  return null;
}

/** Not between the halves of a character. */
function afterCut(text: string, at: number): number {
  return at > 0 && /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;
}

function beforeCut(text: string, at: number): number {
  return at < text.length && /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at;
}

/** Of the last passage that begins at or before the span; what stands before the first one has no headings. */
function locatorOf(report: Report, passages: readonly Passage[], { start }: Span): Locator {
  const page = pageAt(report.pages, start);
  const passage = passages.filter((each) => each.start <= start).at(-1);
  if (passage === undefined) return { page, headings: [], paragraph: 1 };
  const sentence = passage.sentences.filter((each) => each.start <= start).at(-1);
  return { page, headings: passage.locator.headings, paragraph: sentence?.paragraph ?? passage.locator.paragraph };
}
