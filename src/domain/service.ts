/** What the edges (command line, Discord, web, evaluation) may ask of Sitrep. */

import type { Answer } from "./answer.ts";
import type { Candidate, GivenMetadata, IngestSummary, Progress, Refusal, RemovedReport } from "./ingest.ts";
import type { ReportSource } from "./report.ts";
import type { Filters, Hit, QuestionSummary } from "./retrieval.ts";

export interface AskOptions {
  readonly filters?: Filters | undefined;
  /** At most this many claims, 1 to 4 (default 4). */
  readonly limit?: number | undefined;
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
  readonly reports: number;
  readonly passages: number;
  readonly dataDir: string;
  readonly corpusDir: string;
}

export interface IngestOptions {
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
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
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

/** A report that is not in the corpus yet: read, and not written anywhere. Close it when done. */
export interface Draft {
  /** As it would go in with what is said about it so far. */
  readonly candidate: Candidate;
  /** Whether somebody has said where it comes from: in the file itself, beside it or in the manifest. */
  readonly isDescribed: boolean;
  /** As it would go in with these fields, or what is wrong with them. */
  check(given: GivenMetadata): Promise<{ ok: true; candidate: Candidate } | { ok: false; refusal: Refusal }>;
  /**
   * Writes it into the corpus and ingests it. When it is refused, the corpus is as it was before.
   * @throws {SitrepError} "bad-input" when it is there already, or another file is in its place and `replace` is not set.
   */
  add(
    given: GivenMetadata,
    options: IngestOptions & { readonly replace?: boolean | undefined },
  ): Promise<IngestSummary>;
  close(): void;
}

/** What moderators do to the corpus. Each change is an ingest of what it concerns. */
export interface Moderation {
  /**
   * Reads a file, or downloads a page or document, to be added.
   * @param from a path, or an https address.
   * @param as the path that it is to have inside the corpus; absent: its own name.
   * @throws {SitrepError} "bad-input" with what is wrong with it.
   */
  draft(from: string, as?: string, signal?: AbortSignal): Promise<Draft>;
  /**
   * Takes a report out of the corpus and the index; its files are kept and can be restored.
   * @throws {SitrepError} "bad-input" for an unknown id; what an ingest throws, and then nothing has changed.
   */
  remove(id: string, options?: IngestOptions): Promise<IngestSummary>;
  /** Puts the report back that was last removed under an id. @throws {SitrepError} "bad-input". */
  restore(id: string, options?: IngestOptions): Promise<IngestSummary>;
  removed(): Promise<readonly RemovedReport[]>;
}

/**
 * Sitrep as its edges see it. Every call may throw a SitrepError. `ask` and `search` on an empty data
 * folder throw "index-missing": ingest first.
 */
export interface Sitrep extends Moderation {
  /**
   * @throws {SitrepError} "bad-input" for a question that is empty, over 2,000 characters or of control characters,
   *   and for filters that no report matches.
   */
  ask(question: string, options?: AskOptions): Promise<AskResult>;
  /** `limit` 1 to 100, default 10. Throws as `ask` does. */
  search(terms: string, options?: { filters?: Filters | undefined; limit?: number | undefined }): Promise<SearchResult>;
  ingest(options?: IngestOptions): Promise<IngestSummary>;
  reports(): Promise<readonly ReportHead[]>;
  /** @throws {SitrepError} "bad-input" for an unknown id. */
  report(id: string): Promise<ReportDetails>;
  /** The canonical text of a report, byte for byte what offsets point into. @throws {SitrepError} "bad-input" for an unknown id. */
  reportText(id: string): Promise<string>;
  status(): Promise<Status>;
  /** True when an index is there to be asked. */
  hasIndex(): boolean;
  close(): Promise<void>;
}
