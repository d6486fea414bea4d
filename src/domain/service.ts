/** What the edges (command line, Discord, web, evaluation) may ask of Sitrep. */

import type { Answer } from "./answer.ts";
import type { IngestSummary, Progress } from "./ingest.ts";
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
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sitrep as its edges see it. Every call may throw a SitrepError. `ask` and `search` on an empty data
 * folder throw "index-missing": ingest first.
 */
export interface Sitrep {
  /**
   * @throws {SitrepError} "bad-input" for a question that is empty, over 2,000 characters or of control characters,
   *   and for filters that no report matches.
   */
  ask(question: string, options?: AskOptions): Promise<AskResult>;
  /** `limit` 1 to 100, default 10. Throws as `ask` does. */
  search(terms: string, options?: { filters?: Filters | undefined; limit?: number | undefined }): Promise<SearchResult>;
  ingest(options?: IngestOptions): Promise<IngestSummary>;
  reports(): Promise<readonly ReportHead[]>;
  /** The canonical text of a report, byte for byte what offsets point into. @throws {SitrepError} "bad-input" for an unknown id. */
  reportText(id: string): Promise<string>;
  status(): Promise<Status>;
  /** True when an index is there to be asked. */
  hasIndex(): boolean;
  close(): Promise<void>;
}
