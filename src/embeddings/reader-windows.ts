/** A question and a text as the windows that a reader model takes, and back: what its logits say of the text. */

import { planBatches } from "./batches.ts";
import type { ReaderBatch, ReaderLogits } from "./reader-inference.ts";
import { SPECIAL_TOKENS } from "./reader-manifest.ts";
import type { Encoding } from "./tokenizer.ts";

/** [CLS] question [SEP] part of the text [SEP]. */
export interface Window {
  /** Which of the texts. */
  readonly text: number;
  /** Of the whole window. */
  readonly ids: readonly number[];
  /** Position in the window of the first token of the text. */
  readonly offset: number;
  /** Place in the text of each of its tokens in the window, in UTF-16 code units. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export interface WindowSize {
  readonly maxTokens: number;
  /** Tokens by which each window begins after the one before it. */
  readonly stride: number;
}

/** Tokens of a question, as in the model authors' own programs (google-research/bert, run_squad.py). */
const MAX_QUESTION_TOKENS = 64;

/**
 * The windows of a text, in its order; together they hold each of its tokens. None for a text without a token.
 * @param text position of the text among all.
 */
export function windowsOf(question: Encoding, encoded: Encoding, text: number, size: WindowSize): Window[] {
  const [classify = 0, separate = 0] = [question.ids[0], question.ids.at(-1)];
  const asked = fitted(question.ids.slice(1, -1), size.maxTokens);
  const room = size.maxTokens - SPECIAL_TOKENS - asked.length;
  const inner = <T>(values: readonly T[]): T[] => values.slice(1, -1);
  const [ids, starts, ends] = [inner(encoded.ids), inner(encoded.starts), inner(encoded.ends)];
  const step = Math.min(size.stride, room);
  const windows: Window[] = [];
  for (let first = 0; first < ids.length; first += step) {
    const cut = <T>(values: readonly T[]): T[] => values.slice(first, first + room);
    windows.push({
      text,
      ids: [classify, ...asked, separate, ...cut(ids), separate],
      offset: asked.length + 2,
      starts: cut(starts),
      ends: cut(ends),
    });
    if (first + room >= ids.length) break;
  }
  return windows;
}

/**
 * A question that is too long keeps its beginning and its end: what is asked stands in one of them. It takes half of a
 * window at most.
 */
function fitted(ids: readonly number[], maxTokens: number): readonly number[] {
  const room = Math.min(MAX_QUESTION_TOKENS, Math.floor((maxTokens - SPECIAL_TOKENS) / 2));
  if (ids.length <= room) return ids;
  const head = Math.ceil(room / 2);
  return [...ids.slice(0, head), ...ids.slice(ids.length - (room - head))];
}

/** Windows of similar length go together; positions among `windows`. */
export function planWindows(windows: readonly Window[]): number[][] {
  return planBatches(windows.map(({ ids }) => ids.length));
}

/** @param padding the id of [PAD]. */
export function toReaderBatch(windows: readonly Window[], padding: number): ReaderBatch {
  const tokens = Math.max(...windows.map(({ ids }) => ids.length));
  const size = windows.length * tokens;
  const [ids, mask, types] = [new Int32Array(size).fill(padding), new Int32Array(size), new Int32Array(size)];
  windows.forEach((window, row) => {
    const at = row * tokens;
    ids.set(window.ids, at);
    mask.fill(1, at, at + window.ids.length);
    // The text and the [SEP] behind it.
    types.fill(1, at + window.offset, at + window.ids.length);
  });
  return { windows: windows.length, tokens, ids, mask, types };
}

/** The best span of a window. */
export interface WindowSpan {
  /** In UTF-16 code units of the text; `start < end`. */
  readonly start: number;
  readonly end: number;
  /** Logits by which it beats "no answer". */
  readonly margin: number;
}

/**
 * The best span of one window of a batch: the greatest sum of a token's start logit and a later or the same token's end
 * logit. Its margin is over the same sum at [CLS], or, where the model has an output of its own for "no answer", that
 * output with its sign turned.
 * @param row of the window in the batch.
 * @param maxAnswerTokens at least 1.
 * @throws {RangeError} where the logits are not finite.
 */
export function bestSpan(window: Window, logits: ReaderLogits, row: number, maxAnswerTokens: number): WindowSpan {
  const { starts, ends, noAnswer, tokens } = logits;
  const at = row * tokens + window.offset;
  const length = window.starts.length;
  let best = { first: 0, last: 0, sum: Number.NEGATIVE_INFINITY };
  for (let first = 0; first < length; first += 1) {
    const until = Math.min(length, first + maxAnswerTokens);
    for (let last = first; last < until; last += 1) {
      const sum = (starts[at + first] ?? Number.NaN) + (ends[at + last] ?? Number.NaN);
      if (sum > best.sum) best = { first, last, sum };
    }
  }
  const atClassify = (starts[row * tokens] ?? Number.NaN) + (ends[row * tokens] ?? Number.NaN);
  const margin = noAnswer === null ? best.sum - atClassify : -(noAnswer[row] ?? Number.NaN);
  if (!Number.isFinite(margin) || !Number.isFinite(best.sum)) throw new RangeError("The logits are not finite");
  return { start: window.starts[best.first] ?? 0, end: window.ends[best.last] ?? 0, margin };
}
