/** Where a quote comes from, in words: who says it, when, how reliable that is, and where to open it. */

import type { Citation } from "../domain/answer.ts";
import type { Locator } from "../domain/passage.ts";
import {
  type DerivableField,
  type FootnoteSource,
  isTitledByFile,
  type Reliability,
  type ReportSource,
} from "../domain/report.ts";
import { oneLine } from "../domain/visible.ts";

/** The Admiralty (NATO AJP-2.1) source grades in words. */
const RELIABILITY_WORDS: Readonly<Record<Reliability, string>> = {
  A: "completely reliable",
  B: "usually reliable",
  C: "fairly reliable",
  D: "not usually reliable",
  E: "unreliable",
  F: "cannot be judged",
};

/** "reliability B (usually reliable)". */
export function reliabilityWords(grade: Reliability): string {
  return `reliability ${grade} (${RELIABILITY_WORDS[grade]})`;
}

/** "Attacks, paragraph 2", or "Attacks, page 3" where there are pages: a printed page has no numbered paragraphs. */
export function locatorWords({ headings, page, paragraph }: Locator): string {
  const parts = headings.length === 0 ? [] : [headings.map(oneLine).join(" > ")];
  parts.push(page === null ? `paragraph ${paragraph}` : `page ${page}`);
  return parts.join(", ");
}

/** Publisher, author and date: "PICSS · digest by A. Writer · 2025-02-03 · covers 2025-01". */
export function originWords({ title, publisher, author, published, period }: ReportSource): string {
  const parts = [publisher === null ? "publisher unknown" : oneLine(publisher)];
  if (author !== null) parts.push(`${/^digest\b/i.test(title) ? "digest by" : "by"} ${oneLine(author)}`);
  parts.push(published ?? "date unknown");
  if (period !== null) {
    parts.push(`covers ${period.from === period.to ? period.from : `${period.from} to ${period.to}`}`);
  }
  return parts.join(" · ");
}

/** How far to trust it and who may see it; the marking only where it restricts. That it is an op-ed stands above. */
export function gradeWords({ reliability, marking }: ReportSource): string {
  const parts = [reliabilityWords(reliability)];
  if (marking === null) parts.push("unmarked: treat as TLP:AMBER+STRICT");
  else if (marking !== "TLP:CLEAR") parts.push(marking);
  return parts.join(" · ");
}

const FIELD_WORDS: Readonly<Record<DerivableField, string>> = {
  title: "title",
  publisher: "publisher",
  author: "author",
  published: "date",
  language: "language",
  url: "address",
};

/**
 * What nobody has confirmed: "title and date read from the document, unconfirmed", "title is the file's name"; nothing
 * where somebody has written it all down.
 */
function derivedWords(source: ReportSource, path: string): string[] {
  const isFileName = isTitledByFile(source, path);
  // The language decides nothing that is shown.
  const words = source.derived
    .filter((field) => field !== "language" && !(field === "title" && isFileName))
    .map((field) => FIELD_WORDS[field]);
  const last = words.at(-1);
  const list = words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
  return [
    ...(isFileName ? ["title is the file's name"] : []),
    ...(last === undefined ? [] : [`${list} read from the document, unconfirmed`]),
  ];
}

/** The lines below a quote. `pathOf` turns a path inside the corpus folder into one that can be opened. */
export function citationLines(citation: Citation, pathOf: (path: string) => string): string[] {
  const [title = "", origin = "", ...rest] = reportLines(citation, pathOf);
  const { locator, footnotes } = citation;
  const cites = footnotes.length === 0 ? [] : [`cites: ${footnotes.map(footnoteWords).join("; ")}`];
  return [title, origin, locatorWords(locator), ...rest, ...cites];
}

/** The same of the report alone, whatever is quoted of it: title and origin first. */
export function reportLines({ source, path, quote }: Citation, pathOf: (path: string) => string): string[] {
  const lines = [oneLine(source.title), originWords(source), gradeWords(source)];
  const derived = derivedWords(source, path);
  if (derived.length > 0) lines.push(derived.join(" · "));
  if (source.url !== null) lines.push(oneLine(source.url));
  if (source.documentId !== null) lines.push(`document ${oneLine(source.documentId)}`);
  lines.push(`report ${oneLine(quote.reportId)} in ${oneLine(pathOf(path))}`);
  return lines;
}

/**
 * A citation in few words, where a list of sources says the rest: "Title · 2025-02-03 · reliability B · Attacks,
 * paragraph 2 · TLP:CLEAR".
 * @param isTitled false where the title stands above it: then the publisher is named.
 */
export function shortCitation({ source, locator }: Citation, isTitled = true): string {
  const { title, publisher, published, reliability, marking } = source;
  return [
    isTitled ? oneLine(title) : publisher === null ? "publisher unknown" : oneLine(publisher),
    published ?? "date unknown",
    `reliability ${reliability}`,
    locatorWords(locator),
    marking ?? "unmarked: treat as TLP:AMBER+STRICT",
  ].join(" · ");
}

/** All of it on one line, for a passage that is only near: the title leads. */
export function citationLine({ source, locator, path }: Citation, pathOf: (path: string) => string): string {
  const parts = [oneLine(source.title), originWords(source), locatorWords(locator), gradeWords(source)];
  return [...parts, ...derivedWords(source, path), oneLine(pathOf(path))].join(" · ");
}

function footnoteWords(footnote: FootnoteSource): string {
  const { url } = footnote;
  return `${footnoteTitle(footnote)}${url === null ? "" : ` <${oneLine(url)}>`}`;
}

/** "Daily Paper, report on the figures (2025-02-02)". */
export function footnoteTitle({ title, date }: Pick<FootnoteSource, "title" | "date">): string {
  return `${oneLine(title)}${date === null || title.includes(date) ? "" : ` (${date})`}`;
}
