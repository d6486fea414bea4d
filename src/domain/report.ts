/** What a report is about the world: where it comes from, how far it can be trusted, who may see it. */

import type { Marking } from "./marking.ts";

/** Kinds of report. `unknown` is what a file without metadata gets. */
export const REPORT_KINDS = ["un-report", "think-tank", "government", "news", "op-ed", "reference", "unknown"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** Admiralty source grades: A (completely reliable) to E (unreliable); F means "cannot be judged". */
export const RELIABILITIES = ["A", "B", "C", "D", "E", "F"] as const;
export type Reliability = (typeof RELIABILITIES)[number];

/** A date as exact as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export type PartialDate = string;

/** The time a report covers, both ends included. */
export interface Period {
  readonly from: PartialDate;
  readonly to: PartialDate;
}

/** An underlying document that a report relies on. Two reports with one origin are one voice. */
export interface Origin {
  readonly title: string;
  readonly publisher: string | null;
  readonly documentId: string | null;
  readonly published: PartialDate | null;
  readonly url: string | null;
}

/** A source that a report names in its footnotes; `key` is the footnote's mark. */
export interface FootnoteSource {
  readonly key: string;
  readonly title: string;
  readonly url: string | null;
  readonly date: PartialDate | null;
}

/** The fields of a source that a document can tell by itself. */
export const DERIVABLE_FIELDS = ["title", "publisher", "author", "published", "language", "url"] as const;
export type DerivableField = (typeof DERIVABLE_FIELDS)[number];

/** Who published a report, when, about what period, and how it is graded and marked. `null` means unknown. */
export interface ReportSource {
  readonly title: string;
  readonly publisher: string | null;
  readonly author: string | null;
  readonly published: PartialDate | null;
  readonly period: Period | null;
  readonly documentId: string | null;
  readonly url: string | null;
  readonly kind: ReportKind;
  readonly language: string;
  readonly reliability: Reliability;
  /** `null`: nobody has marked it. */
  readonly marking: Marking | null;
  readonly origins: readonly Origin[];
  readonly sources: readonly FootnoteSource[];
  /** What was read from the document itself, or from its file name, and has been confirmed by nobody. */
  readonly derived: readonly DerivableField[];
}

/** Whether nothing but the name of its file gave a report its title. `path` has forward slashes. */
export function isTitledByFile({ title, derived }: Pick<ReportSource, "title" | "derived">, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return derived.includes("title") && title === name.replace(/\s+/g, " ").trim();
}

/** One document of the corpus. */
export interface Report {
  readonly id: string;
  /** Path inside the corpus folder, with forward slashes. */
  readonly path: string;
  readonly source: ReportSource;
  /** Canonical text: fixed at ingest, every offset points into it (UTF-16 code units, end exclusive). */
  readonly text: string;
  /** Where each page begins in the text, page 1 first; empty where the format has no pages. */
  readonly pages: readonly number[];
}

/**
 * The 1-based page that an offset is on; null where the report has no pages. A page without text shares its
 * offset with the next one, which then has what stands there.
 */
export function pageAt(pages: readonly number[], offset: number): number | null {
  if (pages.length === 0) return null;
  let low = 0;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pages[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}

/**
 * The first and the last day that a partial date can mean, as `YYYY-MM-DD`, so that dates of
 * different exactness compare as strings. February always ends on the 29th here: only order matters.
 */
export function dateRange(date: PartialDate): Period {
  const [year = "", month, day] = date.split("-");
  const lastDay = month === "02" ? "29" : ["04", "06", "09", "11"].includes(month ?? "") ? "30" : "31";
  return {
    from: `${year}-${month ?? "01"}-${day ?? "01"}`,
    to: `${year}-${month ?? "12"}-${day ?? lastDay}`,
  };
}

/** Whether a text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and a date of the calendar. */
export function isPartialDate(text: string): boolean {
  const [, year, month, day] = /^([1-9]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined) return false;
  if (month === undefined) return true;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day ?? 1);
}
