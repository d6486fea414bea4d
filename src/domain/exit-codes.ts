/** What the process tells its caller. An abstention is an answer: it exits with 0. */

import type { ErrorCode } from "./errors.ts";

/** Documented in the help text of every command; never renumber. */
export const EXIT = {
  /** Answered, abstained, found, or everything taken in. */
  ok: 0,
  /** A fault that nobody foresaw; from `eval`, a required figure that was missed; from `doctor`, a fault that it found. */
  fault: 1,
  /** Bad input, usage, settings or corpus folder: nothing was done. */
  usage: 2,
  /** The ingest finished, and refused some files. */
  refused: 3,
  /** There is no index to ask, or it cannot be used. */
  index: 4,
  /** The embedding model or its provider failed; from the bot, Discord did. */
  model: 5,
  /** Another process is writing the index. */
  busy: 6,
  /** Interrupted: 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  "bad-input": EXIT.usage,
  "bad-config": EXIT.usage,
  "bad-corpus": EXIT.usage,
  "index-missing": EXIT.index,
  "index-unusable": EXIT.index,
  "model-unusable": EXIT.model,
  "provider-failed": EXIT.model,
  busy: EXIT.busy,
  cancelled: EXIT.interrupted,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return BY_ERROR[code];
}

/** For help texts. */
export const EXIT_CODES_HELP = `Exit codes:
  0  done; an answer, or an honest "no answer in these reports"
  1  an unexpected fault; for eval: a required figure was missed; for doctor: a fault was found
  2  bad input, option, setting or corpus folder
  3  the ingest finished, but refused some files
  4  no index, or one that cannot be used
  5  the embedding model or its provider failed, or Discord did
  6  another process is writing the index
  130  interrupted (Ctrl-C)`;
