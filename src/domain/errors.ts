/** Faults have a code, a hint for the person and a cause for the log. "No evidence" is an answer, not an error. */

export const ERROR_CODES = [
  "bad-input",
  "bad-config",
  "bad-corpus",
  "index-missing",
  "index-unusable",
  "model-unusable",
  "provider-failed",
  "busy",
  "cancelled",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A fault that an edge (command line, Discord, web) turns into words, a status or an exit code. */
export class SitrepError extends Error {
  readonly code: ErrorCode;
  /** What the person can do about it. */
  readonly hint: string | null;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SitrepError";
    this.code = code;
    this.hint = options.hint ?? null;
  }
}
