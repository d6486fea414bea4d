/** A figure of a report: what is counted, when, where and by whom, with where each of that stands. */

import type { Passage, Span } from "./passage.ts";
import type { Period } from "./report.ts";

export const FIGURE_BOUNDS = ["exact", "about", "over", "least", "under", "most", "nearly"] as const;
/** How a figure bounds its value: "over 600", "at least 74". */
export type FigureBound = (typeof FIGURE_BOUNDS)[number];

/** Words of a report with where they stand; `text === report.text.slice(start, end)`. */
export interface Slice extends Span {
  readonly text: string;
}

/** The time that a figure is for. */
export interface FigureTime extends Period {
  /** Which part of it is meant, or which way from it: "second half", "since"; "" for all of it. */
  readonly part: string;
  /** What tells it: the words of the sentence, a heading or sentence around it, or the period that the report covers. */
  readonly basis: "quote" | "heading" | "report";
}

/** Of a rise or a fall. */
export interface FigureChange {
  readonly direction: "up" | "down";
  /** What it is measured against; null where the report does not say. */
  readonly base: Period | null;
  /** The words that say so; null where it follows from the sentence ("in 2024": of a whole year the year before). */
  readonly baseWords: Slice | null;
}

/** A figure as it is read from a sentence of a report. Its span is that of `written`, in the report's canonical text. */
export interface ReportedFigure extends Span {
  readonly reportId: string;
  readonly passageId: number;
  /** 0-based position of its sentence in the passage. */
  readonly sentence: number;
  /** As it stands in the report, with the words of its bound: "over 600", "6,000 to 6,500". */
  readonly written: string;
  /** Equal unless it is a range: "6,000 to 6,500" is 6000 and 6500, "3.5 million" is 3500000. */
  readonly low: number;
  readonly high: number;
  readonly bound: FigureBound;
  /** "" for a count; "%"; "dollar", "rupee", "euro", "pound", "afghani". */
  readonly unit: string;
  /** What is counted, in words for a person: "militants killed", "rise in attacks". */
  readonly counted: string;
  /** Equal for figures that count the same, in whatever words; null where the sentence leaves it open. */
  readonly countedKey: string | null;
  /** null where nothing tells, or several times could be meant. */
  readonly time: FigureTime | null;
  /** null for a count or a share. */
  readonly change: FigureChange | null;
  readonly places: readonly Slice[];
  /** Terms of the glossary's names that the figure is of, or whose deeds it counts ("@tehrik-e-taliban-pakistan"). */
  readonly actors: readonly string[];
  /** Terms of the names of `places` that the glossary has. */
  readonly placeTerms: readonly string[];
  /** Who counted or said it, as the sentence names them; null where it names nobody. */
  readonly who: Slice | null;
}

/** A figure before its passage has a number. */
export interface NewFigure extends Omit<ReportedFigure, "reportId" | "passageId"> {
  /** 0-based position of its passage among those of its report. */
  readonly ordinal: number;
}

/** What figures are looked up by; everything given must hold. */
export interface FigureQuery {
  /** Figures of, or in, any of these names of the glossary. */
  readonly terms?: readonly string[] | undefined;
  readonly countedKey?: string | undefined;
  /** Figures for a time that has a day in common with this one. */
  readonly period?: Period | undefined;
  /** Only those of these passages. */
  readonly passages?: readonly Pick<Passage, "id">[] | undefined;
}
