/** What a briefing is made of: sentences of the reports, weighed for a subject, and the figures among them. */

import type { Reported } from "../answer/told.ts";
import type { Disagreement } from "../domain/answer.ts";
import type { LineLabel, SectionId } from "../domain/briefing.ts";
import type { ReportedFigure } from "../domain/figure.ts";
import type { Sentence, Span } from "../domain/passage.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Glossary, GlossaryEntry } from "../text/glossary.ts";
import type { Token } from "../text/tokens.ts";

/** A sentence of a report, as briefings weigh it. Fits wherever `src/answer` takes a sentence of a hit. */
export interface Item {
  readonly hit: Hit;
  /** 0-based position in its passage. */
  readonly index: number;
  readonly sentence: Sentence;
  /** The sentence with single spaces for white space and markup. */
  readonly reading: string;
  readonly tokens: readonly Token[];
  /** Terms of words, parts of compounds and names. */
  readonly terms: ReadonlySet<string>;
  /** Taken apart for figures, times and negation. */
  readonly reported: Reported;
  /** 0 to 1: how much it is about the subject; 1 for every sentence of a briefing on the whole corpus. */
  readonly aboutness: number;
  /** 0 to 1: how much of what the others say it says too. */
  readonly centrality: number;
}

/** What is briefed on. */
export interface SubjectView {
  /** As it is shown: the glossary's name, the heading, or what was typed. */
  readonly name: string;
  /** Names of the glossary that are meant; none for a theme in free words. */
  readonly entries: readonly GlossaryEntry[];
  /** Terms of those names and, of free words, of its words. */
  readonly terms: ReadonlySet<string>;
}

export interface Material {
  /** null for the whole corpus. */
  readonly subject: SubjectView | null;
  /** In the order of report path and text; every sentence once. */
  readonly items: readonly Item[];
  /** The figures of these items' sentences, in the same order. */
  readonly figures: readonly ReportedFigure[];
  readonly glossary: Glossary;
  /** Similarity of two sentences in meaning, -1 to 1; 0 where the store has no vectors. */
  readonly likeness: (a: Item, b: Item) => number;
}

/** A line before it is cited. */
export interface LineDraft {
  readonly item: Item;
  /** What is quoted: the sentence, with the one before it where it points back. Of the canonical text. */
  readonly span: Span;
  readonly label: LineLabel | null;
  /** Sentences that say the same elsewhere. */
  readonly same: readonly Item[];
}

/** A row of the table of figures before it is cited. */
export interface RowDraft {
  readonly item: Item;
  readonly figure: ReportedFigure;
  /** The same figure elsewhere. */
  readonly same: readonly { readonly item: Item; readonly figure: ReportedFigure }[];
}

export interface SectionDraft {
  readonly id: SectionId;
  readonly lines: readonly LineDraft[];
  readonly rows?: readonly RowDraft[];
  /** Differing figures; in the place of a citation's number, the 1-based position of its line in `lines`. */
  readonly disagreements?: readonly Disagreement[];
  /** Lines that stand against each other without figures, as groups of 0-based indexes of `lines`. */
  readonly pairs?: readonly (readonly number[])[];
}

/** What is in the briefing already: no two lines may say the same. */
export interface Taken {
  /** Whether a line with this sentence would say again what a line says. */
  has(item: Item): boolean;
  add(item: Item): void;
}

/** Makes a section of the material; null where the reports cannot fill it. Deterministic. */
export type SectionMaker = (material: Material, taken: Taken) => SectionDraft | null;
