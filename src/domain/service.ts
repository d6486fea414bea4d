/** What the edges (command line, Discord, web, evaluation) may ask of Sitrep. */

import type { Answer, Quote } from "./answer.ts";
import type { Baseline, Briefing, BriefingResult, Picture, Subject, Theme } from "./briefing.ts";
import type { CheckResult } from "./check.ts";
import type { Turn } from "./conversation.ts";
import type { Candidate, GivenMetadata, IngestSummary, Progress, Refusal, RemovedReport } from "./ingest.ts";
import type { Locator, Span } from "./passage.ts";
import type { PartialDate, ReportSource } from "./report.ts";
import type { Filters, Hit, QuestionSummary } from "./retrieval.ts";

export interface AskOptions {
  readonly filters?: Filters | undefined;
  /** At most this many claims, 1 to 4 (default 4). */
  readonly limit?: number | undefined;
  /** What was asked before in the same conversation, oldest first; a question that points back is made whole from it. */
  readonly conversation?: readonly Turn[] | undefined;
  /** Whether `evidence` is wanted (default true): it is many times as long as the answer. */
  readonly trace?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A candidate sentence and how the evidence selection judged it; for `--trace`. */
export interface EvidenceTrace {
  readonly reportId: string;
  /** Offsets of the sentence in the report's canonical text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly score: number;
  readonly parts: Readonly<Record<string, number>>;
  /** "chosen", or why not. */
  readonly fate: string;
}

export interface AskResult {
  readonly question: QuestionSummary;
  readonly answer: Answer;
  /** Ranked, at most 10. */
  readonly retrieved: readonly Hit[];
  /** Every sentence that was weighed, best first; none where the question was refused by its form. */
  readonly evidence: readonly EvidenceTrace[];
  readonly milliseconds: number;
}

export interface SearchResult {
  readonly question: QuestionSummary;
  readonly hits: readonly Hit[];
  readonly milliseconds: number;
}

export interface ReportHead {
  readonly id: string;
  readonly path: string;
  readonly source: ReportSource;
}

export interface Status {
  readonly snapshot: number;
  /** ISO time of the last ingest that changed something. */
  readonly createdAt: string;
  readonly model: string;
  readonly dimensions: number;
  /** All that are in the index. */
  readonly reports: number;
  /** Those of them whose marking lets them be used, at most `reports`. */
  readonly usableReports: number;
  readonly passages: number;
  readonly dataDir: string;
  readonly corpusDir: string;
}

/** A name that the reports use, as the glossary has it. */
export interface KnownName {
  readonly name: string;
  readonly aliases: readonly string[];
  /** As in the glossary: armed-group, organisation, person, place and so on. */
  readonly kind: string;
  /** One line that says what or who it is. */
  readonly gloss: string;
  /** How many passages use it, at least 1. */
  readonly passages: number;
}

/** A quote with what stands around it in its report. */
export interface Surroundings {
  readonly quote: Quote;
  /** What stands before and after it, up to the quote; null at the ends of a report. */
  readonly before: Quote | null;
  readonly after: Quote | null;
  readonly path: string;
  readonly source: ReportSource;
  readonly locator: Locator;
}

/** What helps people to ask, and to look further. */
export interface Guidance {
  /**
   * Questions that the reports answer: each was asked, and answered with at least medium confidence.
   * @param near what somebody asked without getting an answer: questions on its subjects come first. null: anything,
   *   the most telling first.
   * @param limit 1 to 10.
   */
  suggest(near: string | null, limit: number): Promise<readonly string[]>;
  /** Every name of the glossary that at least one report uses, those in most passages first. */
  names(): Promise<readonly KnownName[]>;
  /**
   * What stands around a span of a report: whole passages, at most about 1,500 characters on each side.
   * @throws {SitrepError} "bad-input" for an unknown report, and for a span that is not inside it.
   */
  surroundings(reportId: string, span: Span): Promise<Surroundings>;
  /** For each quote whether it is, character for character, in the report as it is now. */
  verify(quotes: readonly Quote[]): Promise<readonly boolean[]>;
}

/** What compares a text with the reports. */
export interface Checking {
  /**
   * Takes the statements of a text one by one: supported, contradicted by a different figure, or not found.
   * @throws {SitrepError} "bad-input" for a text that is empty or over 4,000 characters, and for filters that no
   *   report matches; "cancelled". Control characters in it are read as spaces.
   */
  check(
    text: string,
    options?: { filters?: Filters | undefined; signal?: AbortSignal | undefined },
  ): Promise<CheckResult>;
}

/** What briefs people who are new to a subject. The same snapshot gives the same briefing. */
export interface Briefer {
  /**
   * A briefing on a subject (a name, a place, an event, a theme, in free words), or on the whole corpus.
   * @throws {SitrepError} "bad-input" for a subject that is empty, over 200 characters or of control characters;
   *   "cancelled".
   */
  brief(subject: string | null, options?: { signal?: AbortSignal | undefined }): Promise<BriefingResult>;
  /**
   * What reports that are new or changed since then have added, altered or contradicted; a briefing of kind "changes",
   * without sections where there is nothing. Throws as `brief` does.
   */
  changes(
    since: Baseline,
    subject: string | null,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<{ readonly briefing: Briefing; readonly upTo: Baseline }>;
  /** The state of the reports now. */
  baseline(): Promise<Baseline>;
  /** Everything that a briefing can be asked for, those that most passages speak of first. */
  subjects(): Promise<readonly Subject[]>;
  /** The pictures that a briefing can fill: none, a timeline, a chart of figures over time, or both. */
  pictures(briefing: Briefing, theme: Theme): Promise<readonly Picture[]>;
}

/** Of everything that takes long. */
export interface ProgressOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface IngestOptions extends ProgressOptions {
  /**
   * Only files whose path inside the corpus matches this glob, or is among these paths, are looked at; the others
   * stay as they are.
   */
  readonly only?: string | { readonly paths: readonly string[] } | undefined;
  /** Reads and embeds every file again, also what has not changed. */
  readonly force?: boolean | undefined;
  /** Says what would be done, and changes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Whether a corpus folder without any report is meant, and no mistake. */
  readonly allowEmpty?: boolean | undefined;
}

/** A report of the index, as moderators see it. */
export interface ReportDetails extends ReportHead {
  /** ISO time of the ingest that last changed it. */
  readonly ingestedAt: string;
  /** UTF-16 code units of canonical text. */
  readonly characters: number;
  /** 0 where the format has none. */
  readonly pages: number;
  readonly passages: number;
}

export interface DraftOptions {
  /** The path that it is to have inside the corpus; absent: its own name. */
  readonly as?: string | undefined;
  /** Whether it may take the place of another file. */
  readonly replace?: boolean | undefined;
  /** What a person has said about it so far. */
  readonly given?: GivenMetadata | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A report that is not in the corpus yet: read, and not written anywhere. Close it when done. */
export interface Draft {
  /** As it would go in with what is said about it in the file itself, beside it and in the manifest. */
  readonly candidate: Candidate;
  /** Whether somebody has said where it comes from: in the file itself, beside it or in the manifest. */
  readonly isDescribed: boolean;
  /**
   * Not null where the file replaces one whose date is written outside of it: `published` has to be given then.
   * `suggestion` is what the new file says itself.
   */
  readonly dateToGive: { readonly suggestion: PartialDate | null } | null;
  /**
   * As it would go in with these fields, or what is wrong with them.
   * @throws {SitrepError} "bad-input" when its id is that of another report.
   */
  check(given: GivenMetadata): Promise<{ ok: true; candidate: Candidate } | { ok: false; refusal: Refusal }>;
  /**
   * Writes it into the corpus and ingests it. A file that it replaces is taken out first, and can be restored. When it
   * is refused, or anything fails, the corpus is as it was before.
   * @throws {SitrepError} "bad-input" as `draft` and `check` do, when the corpus has changed since; "busy" while another
   *   process writes, and then nothing was touched; what an ingest throws.
   */
  add(given: GivenMetadata, options?: ProgressOptions): Promise<IngestSummary>;
  close(): void;
}

export interface Removal extends IngestSummary {
  /** False where the report's file was gone already: there is nothing to put back. */
  readonly restorable: boolean;
}

/**
 * What moderators do to the corpus. Each change is an ingest of what it concerns, and touches nothing before it has
 * the writer's lock.
 */
export interface Moderation {
  /**
   * Reads a file, or downloads a page or document, to be added.
   * @param from a path, or an https address.
   * @throws {SitrepError} "bad-input" with what is wrong with it, and when the corpus has it already, or another file is
   *   in its place and `replace` is not set.
   */
  draft(from: string, options?: DraftOptions): Promise<Draft>;
  /**
   * Takes a report out of the corpus and the index; its files are kept and can be restored.
   * @throws {SitrepError} "bad-input" for an unknown id; "busy"; what an ingest throws, and then nothing has changed.
   */
  remove(id: string, options?: ProgressOptions): Promise<Removal>;
  /**
   * Puts the report back that was last removed under an id; it has that id again.
   * @param options `removedAt`: of several, the one that was removed then; an ISO time, or the beginning of one.
   * @throws {SitrepError} "bad-input" when there is none or its place is taken; "busy"; what an ingest throws.
   */
  restore(id: string, options?: ProgressOptions & { readonly removedAt?: string | undefined }): Promise<IngestSummary>;
  removed(): Promise<readonly RemovedReport[]>;
}

/**
 * What people ask of the reports: the side that changes nothing. Every call may throw a SitrepError. Before the first
 * ingest all but `close` throw "index-missing".
 */
export interface Reading {
  /**
   * @throws {SitrepError} "bad-input" for a question that is empty, over 2,000 characters or of control characters,
   *   and for filters that no report matches.
   */
  ask(question: string, options?: AskOptions): Promise<AskResult>;
  /** `limit` 1 to 100, default 10. Throws as `ask` does. */
  search(terms: string, options?: { filters?: Filters | undefined; limit?: number | undefined }): Promise<SearchResult>;
  /** Those whose marking lets them be used; for keepers of the corpus, all. */
  reports(): Promise<readonly ReportHead[]>;
  /** @throws {SitrepError} "bad-input" for an id that is none of a report that `reports` gives. */
  report(id: string): Promise<ReportDetails>;
  /** The canonical text of a report, byte for byte what offsets point into. Throws as `report` does. */
  reportText(id: string): Promise<string>;
  status(): Promise<Status>;
  close(): Promise<void>;
}

/** Sitrep as its edges see it. */
export interface Sitrep extends Reading, Checking, Guidance, Briefer, Moderation {
  ingest(options?: IngestOptions): Promise<IngestSummary>;
  /** True when an index is there to be asked. */
  hasIndex(): boolean;
}
