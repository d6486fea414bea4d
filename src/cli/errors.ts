/** The one place where a fault becomes words on stderr and an exit code. */

import { type ErrorCode, SitrepError } from "../domain/errors.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../domain/exit-codes.ts";
import { oneLine } from "../domain/visible.ts";
import type { Io, Output } from "./io.ts";
import { truncate } from "./terminal.ts";

/** For the codes whose thrower may not know what a person at a terminal can do. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  "bad-corpus":
    "Put reports (.md, .txt, .html, .pdf, .docx) into the folder, or set CORPUS_DIR to the folder that has them.",
  "index-missing": "Build the index first: npm run ingest",
  "index-unusable": "Build it again: npm run ingest",
  "provider-failed": "Check EMBEDDINGS_PROVIDER and its settings; see .env.example.",
  busy: "Wait until it has finished, then try again.",
};

/** Columns of a message: what a person typed is echoed, however long it was. */
const LONGEST_MESSAGE = 400;

/** One line saying what is wrong and, where there is something to do about it, one line with the hint. */
export function writeError(output: Output, message: string, hint: string | null): void {
  output.write(`${output.colors.red("error:")} ${truncate(oneLine(message), LONGEST_MESSAGE)}\n`);
  if (hint !== null) output.write(`${output.colors.dim(`hint: ${oneLine(hint)}`)}\n`);
}

/** Says on stderr what went wrong. */
export function reportFault(fault: unknown, io: Io): ExitCode {
  if (io.signal.aborted || (fault instanceof SitrepError && fault.code === "cancelled")) {
    io.err.write("Interrupted. The index is as the last finished ingest left it.\n");
    return EXIT.interrupted;
  }
  if (fault instanceof SitrepError) {
    writeError(io.err, fault.message, fault.hint ?? HINTS[fault.code] ?? null);
    return exitCodeOf(fault.code);
  }
  const message = fault instanceof Error ? fault.message : String(fault);
  writeError(io.err, `unexpected fault: ${message || "no message"}`, "LOG_LEVEL=debug shows where it came from.");
  return EXIT.fault;
}
