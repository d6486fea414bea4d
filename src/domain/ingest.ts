/** What an ingest run reports. */

/** A file that was not taken in, with every reason. */
export interface Refusal {
  readonly path: string;
  /** `line` is the 1-based line of the file, or null where the reason has no line. */
  readonly problems: readonly {
    readonly line: number | null;
    readonly field: string | null;
    readonly reason: string;
  }[];
}

export interface IngestSummary {
  readonly added: readonly string[];
  readonly changed: readonly string[];
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
  readonly phase: "read" | "embed" | "index" | "write";
  readonly done: number;
  readonly total: number;
}
