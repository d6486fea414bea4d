/** What a reader model finds in a passage: where the question is answered, and whether it is at all. */

/** The best span of one text. */
export interface SpanReading {
  /** Of the span, in UTF-16 code units of the text; `start < end`. */
  readonly start: number;
  readonly end: number;
  /** Log-odds of "the question is answered here", as calibrated; 0 says nothing either way. */
  readonly score: number;
  /** The probability of "not answered here" that `score` stands for, 0 to 1. */
  readonly noAnswer: number;
}

/** A text to be read. */
export interface TextToRead {
  readonly id: number;
  readonly text: string;
}

/** What was found in the texts that were read, by their ids; a text without a token has none. */
export interface ReadTexts {
  readonly byText: ReadonlyMap<number, SpanReading>;
  /** What a sentence that holds a span gains in rank where the span is surely an answer, at least 0. */
  readonly weight: number;
}

/** Reads the texts, the most promising first; null where there is no reader, or not in time. Never fails. */
export type ReadTextsOf = (
  question: string,
  texts: readonly TextToRead[],
  signal?: AbortSignal,
) => Promise<ReadTexts | null>;
