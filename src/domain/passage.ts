/** The spans of canonical text that are indexed, retrieved and shown. */

/** A half-open span of canonical text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A sentence of a passage, with the keys of the footnotes that stand on it. */
export interface Sentence extends Span {
  /** 1-based number of its paragraph in the report. */
  readonly paragraph: number;
  readonly footnotes: readonly string[];
}

/** Where a person finds a span in its report. */
export interface Locator {
  /** 1-based page, where the format has pages. */
  readonly page: number | null;
  /** Headings from the outermost to the innermost above the span. */
  readonly headings: readonly string[];
  /** 1-based paragraph number in the report. */
  readonly paragraph: number;
}

/**
 * A span of a report that is indexed and retrieved: a few sentences under one heading path.
 * `text === report.text.slice(start, end)`.
 */
export interface Passage extends Span {
  /** Number in the index, at least 1; stable while the passage's report is unchanged. */
  readonly id: number;
  readonly reportId: string;
  /** 0-based position among the passages of its report. */
  readonly ordinal: number;
  readonly text: string;
  /**
   * The text as a machine reads it: as long as `text`, offset for offset, with markup (link targets,
   * emphasis marks, footnote marks) replaced by spaces.
   */
  readonly reading: string;
  readonly locator: Locator;
  /** In order, not overlapping; offsets into the report's canonical text. */
  readonly sentences: readonly Sentence[];
}
