/** The process's log: pino on stderr, with secrets and people's questions kept out. */

import type { DestinationStream, Logger } from "pino";
import pino from "pino";
import type { Config } from "./config.ts";

/** Fields that never reach a log, at any depth down to `REDACTED_DEPTH`. */
const REDACTED_FIELDS = ["apiKey", "api_key", "token", "authorization", "Authorization", "password", "secret"] as const;
/** What people ask: only where the settings let it. */
const QUESTION_FIELD = "question";
/** An error's cause's response's headers are four levels down. */
const REDACTED_DEPTH = 5;

/**
 * A logger of JSON lines.
 * @param destination replaces stderr.
 * @param allow `questions`: what people ask may stand in the log.
 */
export function createLogger(
  level: Config["logLevel"],
  destination?: DestinationStream,
  allow: { readonly questions: boolean } = { questions: false },
): Logger {
  const fields = allow.questions ? REDACTED_FIELDS : [...REDACTED_FIELDS, QUESTION_FIELD];
  const paths = fields.flatMap((field) =>
    Array.from({ length: REDACTED_DEPTH }, (_, depth) => `${"*.".repeat(depth)}${field}`),
  );
  return pino(
    { level, redact: { paths, censor: "[redacted]" }, base: null },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
