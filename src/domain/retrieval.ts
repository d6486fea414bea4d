/** What is asked of the corpus, and what comes back before anybody decides on an answer. */

import type { Marking } from "./marking.ts";
import type { Passage } from "./passage.ts";
import type { PartialDate, ReportKind, ReportSource } from "./report.ts";

/** Which reports may be used. Everything given must hold; an empty or absent list means "any". */
export interface Filters {
  /** Reports published on or after this date (a report that covers a later period also counts). */
  readonly since?: PartialDate | undefined;
  /** Reports published on or before this date. */
  readonly until?: PartialDate | undefined;
  /** Report ids, or parts of a publisher's name or a title, compared without case. */
  readonly sources?: readonly string[] | undefined;
  readonly kinds?: readonly ReportKind[] | undefined;
  /** The most restricted marking that may be shown. */
  readonly maxMarking?: Marking | undefined;
}

/** A retrieved passage with where it came from in the ranking. */
export interface Hit {
  readonly passage: Passage;
  readonly reportPath: string;
  readonly source: ReportSource;
  /** Fused score, 0 to 1. */
  readonly score: number;
  /** 1-based rank among the lexical candidates, or null when it was not one. */
  readonly lexicalRank: number | null;
  readonly lexicalScore: number | null;
  readonly denseRank: number | null;
  /** Cosine similarity to the question, -1 to 1. */
  readonly denseScore: number | null;
  /** For `--trace`: the words that matched, aliases used, why it was moved. */
  readonly why: readonly string[];
}

/** What a question was taken to mean; shown by `--trace` and, in words, to people. */
export interface QuestionSummary {
  /** As it was searched for: where it pointed back, made whole from the conversation. */
  readonly text: string;
  /** Whether it pointed back, so that `text` is not what was typed. */
  readonly isMadeWhole: boolean;
  /** number, date, person, group, place, definition, list, yes-no, reason, statement, other. */
  readonly wants: string;
  /** The named things found in the question, as the glossary or the question writes them. */
  readonly names: readonly string[];
  readonly period: { readonly from: PartialDate; readonly to: PartialDate } | null;
  /** Corrections and aliases that were searched as well, as "typed -> used". */
  readonly expansions: readonly string[];
  /** What it names that no usable report speaks of under any spelling; absent where nothing was searched. */
  readonly unknown?: readonly string[] | undefined;
}
