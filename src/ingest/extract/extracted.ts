/** What an extractor makes of a file that is more than text: its structured text, and what it says of itself. */

import type { PartialDate } from "../../domain/report.ts";
import type { StructuredText } from "../../text/blocks.ts";

/** What a document says about itself, as far as it does; nobody has confirmed any of it. */
export interface DocumentFacts {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly publisher?: string | undefined;
  /** Of publication, not of the last change, where the document tells them apart. */
  readonly published?: PartialDate | undefined;
  /** Two or three small letters. */
  readonly language?: string | undefined;
  /** http or https. */
  readonly url?: string | undefined;
}

/** What is more than this is refused; time and memory are bounded from outside. */
export interface ExtractionLimits {
  /** Pages of a document that has pages. */
  readonly maxPages: number;
  /** UTF-16 code units of canonical text. */
  readonly maxCharacters: number;
}

export interface Extracted {
  readonly document: StructuredText;
  readonly facts: DocumentFacts;
}
