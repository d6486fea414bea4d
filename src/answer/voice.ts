/** Who says what a quote says: its report, somebody whom the report names, an origin, or the author of an op-ed. */

import type { Voice } from "../domain/answer.ts";
import type { Span } from "../domain/passage.ts";
import type { Glossary } from "../text/glossary.ts";
import type { Candidate } from "./evidence.ts";

/** The voice of the quoted span of a candidate's passage. */
export function voiceOf(_candidate: Candidate, _span: Span, _glossary: Glossary): Voice {
  return { kind: "report", who: null };
}
