/** A briefing: an ordered set of sections about a subject, each made of cited claims. */

import type { Citation, Claim, Disagreement, NearPassage } from "./answer.ts";
import type { FigureChange, FigureTime } from "./figure.ts";
import type { Marking } from "./marking.ts";
import type { PartialDate, Period, Reliability } from "./report.ts";

/**
 * Sections in the order in which a briefing has them. Of the corpus: covers, actors, figures, disagreements, unverified,
 * reading. Of a subject: what, key-facts, figures, timeline, relations, disagreements, unverified, reading. Of what is
 * new: added, altered, contradicted.
 */
export const SECTION_IDS = [
  "covers",
  "actors",
  "what",
  "key-facts",
  "added",
  "altered",
  "contradicted",
  "figures",
  "timeline",
  "relations",
  "disagreements",
  "unverified",
  "reading",
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export const CORPUS_SECTIONS = ["covers", "actors", "figures", "disagreements", "unverified", "reading"] as const;
export const SUBJECT_SECTIONS = [
  "what",
  "key-facts",
  "figures",
  "timeline",
  "relations",
  "disagreements",
  "unverified",
  "reading",
] as const;
export const CHANGE_SECTIONS = ["added", "altered", "contradicted"] as const;

/** What is said of a line and is no part of its quote. */
export type LineLabel =
  /** When it happened. */
  | { readonly kind: "date"; readonly period: Period }
  /** The other actor of a relation, or an actor of the corpus, as the glossary names it. */
  | { readonly kind: "name"; readonly name: string }
  /** A report to read, and why. */
  | { readonly kind: "report"; readonly reportId: string; readonly why: readonly ReadingReason[] };

/** Why a report is worth reading. */
export type ReadingReason =
  /** So many lines and rows of this briefing are quotes of it. */
  | { readonly kind: "quoted"; readonly times: number }
  | { readonly kind: "newest" }
  /** No report of this briefing has a better grade. */
  | { readonly kind: "reliable"; readonly grade: Reliability }
  /** It says something that others contradict, or contradicts others. */
  | { readonly kind: "other-view" }
  /** It speaks of most of the subjects, or of this one at most length. */
  | { readonly kind: "broad" };

/** One line: a quote (or two that belong together) with its source, time and voice. Its text is that of its quotes, joined by a space. */
export interface BriefingLine extends Claim {
  readonly label: LineLabel | null;
}

/** A cell of a table. */
export interface FigureCell {
  /** For a person: the words of the report, or a period in ISO dates as "2024-07" or "2024-01-01/2024-06-30". */
  readonly text: string;
  /** Where the words stand that tell it, in the report of the row's citation; null where a heading or the metadata tells it. */
  readonly at: { readonly start: number; readonly end: number } | null;
}

/** A figure with what it is of. A cell is null where the report does not tell. */
export interface FigureRow {
  /** As it is written: "over 600"; never null. */
  readonly value: FigureCell;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly counted: FigureCell;
  /** Equal for rows that count the same; comparable over time. */
  readonly countedKey: string | null;
  readonly time: FigureTime | null;
  readonly period: FigureCell | null;
  readonly place: FigureCell | null;
  /** Who counted it, or the report's publisher where nobody is named. */
  readonly who: FigureCell | null;
  readonly change: FigureChange | null;
  /** Of a change, what it is measured against. */
  readonly base: FigureCell | null;
  /** The sentence that it stands in. */
  readonly citation: Citation;
  /** Titles of other reports with the same figure; independent ones rest on other origins. */
  readonly alsoIn: readonly { readonly reportId: string; readonly title: string; readonly independent: boolean }[];
}

export interface BriefingSection {
  readonly id: SectionId;
  /** In plain English, for the command line and for programs. */
  readonly title: string;
  /** At least one, unless there is a table. */
  readonly lines: readonly BriefingLine[];
  /** At least one row; only of "figures". Absent elsewhere. */
  readonly table?: readonly FigureRow[];
  /** Figures that differ, side by side, by the numbers of citations of this section's lines; only of "disagreements" and "contradicted". */
  readonly disagreements?: readonly Disagreement[];
  /** Lines that stand against each other without figures, as groups of indexes of `lines`; only of "disagreements" and "contradicted". */
  readonly pairs?: readonly (readonly number[])[];
}

/** What a briefing was made from. */
export interface BriefingScope {
  /** Reports that it quotes, and reports that could be used. */
  readonly quoted: number;
  readonly usable: number;
  /** Publishers of the quoted reports, those quoted most often first. */
  readonly publishers: readonly string[];
  /** From the first to the last day of publication of the quoted reports; null where none has one. */
  readonly published: Period | null;
  /** How many of the quoted reports have each grade and marking; only those that occur. */
  readonly reliability: readonly { readonly grade: Reliability; readonly reports: number }[];
  readonly markings: readonly { readonly marking: Marking | null; readonly reports: number }[];
}

/** State of the reports at some time, to find out later what is new. */
export interface Baseline {
  readonly snapshot: number;
  /** ISO time of that snapshot. */
  readonly createdAt: string;
  /** For each usable report what its text was then: id to a checksum. */
  readonly reports: Readonly<Record<string, string>>;
}

/** A report that is new, changed or gone. */
export interface ReportChange {
  readonly kind: "added" | "changed" | "removed";
  readonly reportId: string;
  /** Of one that is gone, its id. */
  readonly title: string;
  readonly published: PartialDate | null;
}

export interface Briefing {
  readonly kind: "corpus" | "subject" | "changes";
  /** null for the whole corpus. */
  readonly subject: string | null;
  /** Other names that were searched as well. */
  readonly alsoKnownAs: readonly string[];
  readonly snapshot: number;
  /** ISO time of the snapshot. */
  readonly createdAt: string;
  readonly scope: BriefingScope;
  /** Those that the reports can fill, in order; every citation's number is unique in the briefing. */
  readonly sections: readonly BriefingSection[];
  /** Those that the reports cannot fill. */
  readonly missing: readonly SectionId[];
  /** Only of "changes": since when, and which reports. */
  readonly since?: { readonly snapshot: number; readonly createdAt: string } | undefined;
  readonly reports?: readonly ReportChange[] | undefined;
}

/** A briefing, or why there is none. */
export type BriefingResult =
  | { readonly kind: "briefing"; readonly briefing: Briefing; readonly milliseconds: number }
  /** The reports say too little about the subject. */
  | {
      readonly kind: "nothing";
      readonly subject: string;
      /** Names and headings of the reports that come nearest to it, at most 5. */
      readonly instead: readonly string[];
      readonly nearest: readonly NearPassage[];
      readonly milliseconds: number;
    };

/** Something that a briefing can be asked for. */
export interface Subject {
  readonly name: string;
  /** A name of the glossary, or a heading of a report. */
  readonly kind: "name" | "heading";
  readonly aliases: readonly string[];
  /** How many passages speak of it. */
  readonly passages: number;
}

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** A picture of a briefing. */
export interface Picture {
  readonly id: "timeline" | "chart";
  readonly theme: Theme;
  readonly svg: string;
  readonly png: Uint8Array;
  /** In pixels of the PNG. */
  readonly width: number;
  readonly height: number;
  /** What it shows, in words, at most 1,024 characters. */
  readonly alt: string;
}

/** Every citation of a briefing in the order of its number. */
export function citationsIn({ sections }: Pick<Briefing, "sections">): readonly Citation[] {
  const byNumber = new Map<number, Citation>();
  for (const { lines, table = [] } of sections) {
    for (const citation of [...lines.flatMap(({ citations }) => citations), ...table.map(({ citation }) => citation)]) {
      byNumber.set(citation.number, citation);
    }
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
