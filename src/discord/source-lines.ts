/** Where a quote comes from, in words: who says it, when, how reliable that is, who may see it, and where it is. */

import type { Citation } from "../domain/answer.ts";
import type { Locator } from "../domain/passage.ts";
import { type FootnoteSource, isTitledByFile, type Origin, type ReportSource } from "../domain/report.ts";
import type { Strings } from "./strings.ts";
import { brief, hostOf, link } from "./text.ts";

/** Longest title, name, and list of headings; a report may have any. All of them have to fit below one quote. */
const LONGEST_PART = 220;
/** Longest list of footnotes, origins or titles, and most entries in it. */
const LONGEST_LIST = 900;
const MOST_LISTED = 4;
const LONGEST_FOOTNOTE_LINK = 400;

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A name or title, harmless and not too long, that keeps its direction from what stands beside it. */
export function part(value: string, longest = LONGEST_PART): string {
  const shown = brief(value, longest - 2);
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/** As many entries as there is room for, "…" where some are left out. */
export function listed(entries: readonly string[]): string {
  const shown: string[] = [];
  let room = LONGEST_LIST;
  for (const entry of entries.slice(0, MOST_LISTED)) {
    room -= entry.length;
    if (room >= 0) shown.push(entry);
  }
  return [...shown, ...(shown.length < entries.length ? ["…"] : [])].join("; ");
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

/**
 * "A title · PICSS · 2025-02 · reliability B": all of it in one line, for where many quotes stand together.
 * @param said what stands above it already.
 */
export function shortOriginLine(
  source: ReportSource,
  strings: Strings,
  said: { readonly isKind: boolean; readonly isTitle: boolean },
): string {
  const { title, publisher, published } = source;
  const words = strings.source;
  return [
    ...(said.isTitle ? [] : [part(title)]),
    publisher === null ? words.publisherUnknown : part(publisher),
    published ?? words.dateUnknown,
    gradeLine(source, strings, said.isKind),
  ].join(" · ");
}

/** "Attacks › Figures, page 3"; a printed page has no numbered paragraphs. */
export function locatorLine({ headings, page, paragraph }: Locator, { source: words }: Strings): string {
  const place = page === null ? words.paragraph(paragraph) : words.page(page);
  return headings.length === 0 ? place : `${part(headings.join(" › "))}, ${place}`;
}

/**
 * How far to trust it and who may see it; the marking only where it restricts.
 * @param isKindSaid whether it stands elsewhere that an op-ed is one.
 */
export function gradeLine(
  { reliability, marking, kind }: ReportSource,
  { source: words }: Strings,
  isKindSaid = false,
): string {
  const parts = [words.reliability(reliability)];
  if (marking === null) parts.push(words.unmarked);
  else if (marking !== "TLP:CLEAR") parts.push(`**${marking}**`);
  if (kind === "op-ed" && !isKindSaid) parts.push(`**${words.kinds[kind]}**`);
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
export function placeLine({ url, documentId }: ReportSource, reportId: string, { source: words }: Strings): string {
  const parts = [(url === null ? null : addressOf(url)) ?? words.noAddress];
  if (documentId !== null) parts.push(words.document(part(documentId)));
  parts.push(words.report(part(reportId)));
  return parts.join(" · ");
}

/** A link; of an address that is too long for one its host; null for what is no address of the web. */
function addressOf(url: string): string | null {
  return link(url) ?? hostOf(url);
}

/** What stands under a quote: what has to, and what else there is to say, the most important first. */
export interface CitationLines {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Title, then in small print publisher and date, place and reliability, and the address. An op-ed is one above. */
export function citationLines(citation: Citation, strings: Strings): CitationLines {
  const { source, locator, path, quote, footnotes } = citation;
  const small = [
    originLine(source, strings),
    `${locatorLine(locator, strings)} · ${gradeLine(source, strings, true)}`,
    placeLine(source, quote.reportId, strings),
  ];
  const optional = [
    ...derivedLines(source, path, strings),
    ...(footnotes.length === 0 ? [] : [strings.source.cites(listed(footnotes.map(footnoteName)))]),
  ];
  return {
    required: [`**${part(source.title)}**`, ...small.map((line) => `-# ${line}`)],
    optional: optional.map((line) => `-# ${line}`),
  };
}

function footnoteName({ title, url, date }: FootnoteSource): string {
  const when = date === null || title.includes(date) ? "" : ` (${date})`;
  const address = url === null ? null : link(url);
  const isShort = address !== null && address.length <= LONGEST_FOOTNOTE_LINK;
  return `${part(title)}${when}${isShort ? ` ${address}` : ""}`;
}

/** What a report relies on; none where it names nothing. */
export function originsLines({ origins }: ReportSource, { source: words }: Strings): string[] {
  return origins.length === 0 ? [] : [words.origins(listed(origins.map(originName)))];
}

function originName({ title, publisher, published }: Origin): string {
  const about = [publisher, published].filter((each) => each !== null).map((each) => part(each));
  return about.length === 0 ? part(title) : `${part(title)} (${about.join(", ")})`;
}
