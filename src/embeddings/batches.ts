/** Which texts go through the model together, and as which tensors. */

import type { Span } from "../domain/passage.ts";
import type { Batch } from "./inference.ts";
import type { Encoding } from "./tokenizer.ts";

/** A text to embed, in tokens, with the spans of it that are wanted. */
export interface EncodedItem {
  readonly encoding: Encoding;
  readonly spans: readonly Span[];
}

/**
 * Padded tokens of a batch. Larger ones are slower, because their activations no longer fit the processor's
 * cache: 25 ms a passage of 160 tokens at 512 to 640, 31 ms at 1,280 (one core, AVX-512). A short batch also
 * keeps a question from waiting long behind passages.
 */
export const MAX_BATCH_TOKENS = 512;
export const MAX_BATCH_TEXTS = 32;

/** Positions of the texts, cut into batches of texts of similar length, shortest first. */
export function planBatches(lengths: readonly number[]): number[][] {
  const lengthOf = (index: number): number => lengths[index] ?? 0;
  const order = lengths.map((_, index) => index).sort((left, right) => lengthOf(left) - lengthOf(right));
  const batches: number[][] = [];
  let open: number[] = [];
  for (const index of order) {
    const padded = (open.length + 1) * lengthOf(index);
    if (open.length > 0 && (padded > MAX_BATCH_TOKENS || open.length === MAX_BATCH_TEXTS)) {
      batches.push(open);
      open = [];
    }
    open.push(index);
  }
  if (open.length > 0) batches.push(open);
  return batches;
}

/**
 * Texts as the graph's tensors. Row 0 of a text averages all its tokens, [CLS] and [SEP] included, as the
 * model's authors do; row 1 + i averages the tokens of its span i. A span that holds no token, or all of the
 * text's, has the tokens of row 0.
 */
export function toBatch(items: readonly EncodedItem[]): Batch {
  const texts = items.length;
  const tokens = Math.max(...items.map(({ encoding }) => encoding.ids.length));
  const rows = 1 + Math.max(...items.map(({ spans }) => spans.length));
  const inputIds = new Int32Array(texts * tokens);
  const attentionMask = new Int32Array(texts * tokens);
  const pooling = new Float32Array(texts * rows * tokens);
  items.forEach(({ encoding, spans }, text) => {
    const length = encoding.ids.length;
    inputIds.set(encoding.ids, text * tokens);
    attentionMask.fill(1, text * tokens, text * tokens + length);
    [null, ...spans].forEach((span, row) => {
      const { first, end } = span === null ? { first: 0, end: length } : tokensIn(encoding, span);
      const start = (text * rows + row) * tokens;
      pooling.fill(1 / (end - first), start + first, start + end);
    });
  });
  return { texts, tokens, rows, inputIds, attentionMask, pooling };
}

/** The tokens that share a character with the span: a range, because offsets never fall. */
function tokensIn({ ids, starts, ends }: Encoding, span: Span): { first: number; end: number } {
  const whole = { first: 0, end: ids.length };
  const separator = ids.length - 1;
  let first = 1;
  while (first < separator && (ends[first] ?? 0) <= span.start) first += 1;
  let end = first;
  while (end < separator && (starts[end] ?? 0) < span.end) end += 1;
  return end === first || end - first === separator - 1 ? whole : { first, end };
}
