/** Where a quote comes from, in words: who says it, when, how reliable that is, who may see it, and where it is. */

import type { Citation } from "../domain/answer.ts";
import type { Locator } from "../domain/passage.ts";
import { type FootnoteSource, isTitledByFile, type ReportSource } from "../domain/report.ts";
import type { Strings } from "./strings.ts";
import { brief, link } from "./text.ts";

/** Longest title, and longest list of headings or footnotes; a report may have any. */
const LONGEST_PART = 300;
const MOST_FOOTNOTES = 5;

export function part(value: string): string {
  return brief(value, LONGEST_PART);
}

/** "PICSS · digest by A. Writer · 2025-02 · covers 2025-01". */
export function originLine(source: ReportSource, { source: words }: Strings): string {
  const { title, publisher, author, published, period } = source;
  const parts = [publisher === null ? words.publisherUnknown : part(publisher)];
  if (author !== null) parts.push((/^digest\b/i.test(title) ? words.digestBy : words.by)(part(author)));
  parts.push(published ?? words.dateUnknown);
  if (period !== null) parts.push(words.covers(period.from, period.to));
  return parts.join(" · ");
}

/** "Attacks › Figures, page 3"; a printed page has no numbered paragraphs. */
export function locatorLine({ headings, page, paragraph }: Locator, { source: words }: Strings): string {
  const place = page === null ? words.paragraph(paragraph) : words.page(page);
  return headings.length === 0 ? place : `${part(headings.join(" › "))}, ${place}`;
}

/** How far to trust it and who may see it; the marking only where it restricts. */
export function gradeLine({ reliability, marking, kind }: ReportSource, { source: words }: Strings): string {
  const parts = [words.reliability(reliability)];
  if (marking === null) parts.push(words.unmarked);
  else if (marking !== "TLP:CLEAR") parts.push(`**${marking}**`);
  if (kind === "op-ed") parts.push(`**${words.kinds[kind]}**`);
  return parts.join(" · ");
}

/** What nobody has confirmed; none where somebody has written it all down. */
export function derivedLines(source: ReportSource, path: string, { source: words }: Strings): string[] {
  const isFileName = isTitledByFile(source, path);
  const unconfirmed = source.derived.filter((field) => field !== "language" && !(field === "title" && isFileName));
  return [
    ...(isFileName ? [words.titleIsFileName] : []),
    ...(unconfirmed.length > 0 ? [words.unconfirmed(unconfirmed)] : []),
  ];
}

/** The report's own address, document number and id. */
export function placeLine(source: ReportSource, reportId: string, { source: words }: Strings): string {
  const parts = [(source.url === null ? null : link(source.url)) ?? words.noAddress];
  if (source.documentId !== null) parts.push(words.document(part(source.documentId)));
  parts.push(words.report(part(reportId)));
  return parts.join(" · ");
}

/** The lines under a quote, the most important first: the title, then the rest in small print. */
export function citationLines(citation: Citation, strings: Strings): string[] {
  const { source, locator, path, quote, footnotes } = citation;
  const rest = [
    originLine(source, strings),
    `${locatorLine(locator, strings)} · ${gradeLine(source, strings)}`,
    ...derivedLines(source, path, strings),
    placeLine(source, quote.reportId, strings),
    ...(footnotes.length === 0 ? [] : [strings.source.cites(footnoteWords(footnotes))]),
  ];
  return [`**${part(source.title)}**`, ...rest.map((line) => `-# ${line}`)];
}

function footnoteWords(footnotes: readonly FootnoteSource[]): string {
  const shown = footnotes.slice(0, MOST_FOOTNOTES).map(({ title, url, date }) => {
    const when = date === null || title.includes(date) ? "" : ` (${date})`;
    const address = url === null ? null : link(url);
    return `${part(title)}${when}${address === null ? "" : ` ${address}`}`;
  });
  return [...shown, ...(footnotes.length > MOST_FOOTNOTES ? ["…"] : [])].join("; ");
}
