/** What an ingest run reports, and what moderators do to the corpus. */

import type { ReportSource } from "./report.ts";

/** What a file may cost at most; one that needs more is refused, and the others go in. */
export interface IngestLimits {
  readonly maxBytes: number;
  /** Pages of a document that has pages. */
  readonly maxPages: number;
  /** UTF-16 code units of canonical text. */
  readonly maxCharacters: number;
  /** Seconds to read it and cut it into passages. */
  readonly maxSeconds: number;
  /** Mebibytes of memory of the process that reads it. */
  readonly maxMemoryMebibytes: number;
}

/** A file that was not taken in, with every reason. */
export interface Refusal {
  readonly path: string;
  /** `line` is the 1-based line of the file, or null where the reason has no line. */
  readonly problems: readonly {
    readonly line: number | null;
    readonly field: string | null;
    readonly reason: string;
    /** The file that the line is of, where that is not the report itself: a sidecar or the manifest. */
    readonly file?: string;
  }[];
}

/** What a person says about a report that is added; the fields of a front matter. */
export interface GivenMetadata {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly publisher?: string | undefined;
  readonly author?: string | undefined;
  readonly published?: string | undefined;
  readonly periodFrom?: string | undefined;
  readonly periodTo?: string | undefined;
  readonly documentId?: string | undefined;
  readonly url?: string | undefined;
  readonly kind?: string | undefined;
  readonly language?: string | undefined;
  readonly reliability?: string | undefined;
  readonly marking?: string | undefined;
}

/** A report that could be added, as it would go in. */
export interface Candidate {
  readonly id: string;
  /** Where its file would be, inside the corpus, and the file with what was given about it. */
  readonly path: string;
  readonly sidecar: string | null;
  readonly source: ReportSource;
  readonly bytes: number;
  /** Code units of canonical text; pages, where it has any; passages. */
  readonly characters: number;
  readonly pages: number;
  readonly passages: number;
  /** Of the canonical text, so that a person sees whether the right thing was read. */
  readonly beginning: string;
  /** The file in the corpus that would be replaced. */
  readonly replaces: string | null;
  readonly contentSha256: string;
  readonly warnings: readonly string[];
}

/** A report that was taken out of the corpus and can be put back. */
export interface RemovedReport {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  /** ISO time. */
  readonly removedAt: string;
}

/** What a run did, or, for a dry run, would do. Reports are named by their ids. */
export interface IngestSummary {
  /** Nothing was changed: `added` to `removed` and `embeddingsComputed` are what would be done. */
  readonly dryRun: boolean;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** The same content under another path. */
  readonly renamed: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
  readonly refused: readonly Refusal[];
  /** Things worth a look that did not keep a report out, as "path: reason". */
  readonly warnings: readonly string[];
  readonly reports: number;
  readonly passages: number;
  readonly embeddingsComputed: number;
  readonly embeddingsReused: number;
  readonly snapshot: number;
  readonly milliseconds: number;
}

/** Progress of a long run: `done` of `total` units in this phase. */
export interface Progress {
  readonly phase: "look" | "read" | "embed" | "index" | "write";
  readonly done: number;
  readonly total: number;
}
