/** The process's log: pino on stderr, with secrets and people's questions kept out. */

import type { DestinationStream, Logger } from "pino";
import pino from "pino";
import type { Config } from "./config.ts";

/** Fields that never reach a log, at any depth down to `REDACTED_DEPTH`. */
const REDACTED_FIELDS = [
  "apiKey",
  "api_key",
  "token",
  "authorization",
  "Authorization",
  "password",
  "secret",
  "question",
] as const;
/** An error's cause's response's headers are four levels down. */
const REDACTED_DEPTH = 5;

/**
 * A logger of JSON lines.
 * @param destination replaces stderr.
 */
export function createLogger(level: Config["logLevel"], destination?: DestinationStream): Logger {
  const paths = REDACTED_FIELDS.flatMap((field) =>
    Array.from({ length: REDACTED_DEPTH }, (_, depth) => `${"*.".repeat(depth)}${field}`),
  );
  return pino(
    { level, redact: { paths, censor: "[redacted]" }, base: null },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
