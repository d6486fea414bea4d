/** A reader model: question and texts in; out comes where each text answers, and whether it does. */

import { SitrepError } from "../domain/errors.ts";
import type { SpanReading, TextToRead } from "../domain/reading.ts";
import type { ModelThread } from "./model-thread.ts";
import { type ReaderBatch, type ReaderLogits, startReader } from "./reader-inference.ts";
import { type ReaderManifest, readerUnusable } from "./reader-manifest.ts";
import { type ReaderTokenizer, readerTokenizer } from "./reader-tokenizer.ts";
import { bestSpan, planWindows, toReaderBatch, type Window, type WindowSpan, windowsOf } from "./reader-windows.ts";

export interface Reader {
  readonly manifest: ReaderManifest;
  /** Starts the model's thread, which loads it; does not wait. @throws {SitrepError} `model-unusable`. */
  load(): void;
  /**
   * The best span of each text, by the text's id; a text without a token has none.
   * @throws {SitrepError} `model-unusable`; `cancelled` by the signal, which is heeded between two batches.
   */
  read(question: string, texts: readonly TextToRead[], signal?: AbortSignal): Promise<ReadonlyMap<number, SpanReading>>;
  /** Ends the model's thread after what it is doing. Calls after this fail. */
  close(): Promise<void>;
}

/**
 * The reader of a folder. Nothing but the manifest is read before the first call; an instance that is idle does not keep
 * the process alive. Call `close` when done.
 * @param threads for one batch, at least 1.
 */
export function createReader(folder: string, manifest: ReaderManifest, threads: number): Reader {
  let tokenizer: ReaderTokenizer | null = null;
  let thread: ModelThread<ReaderBatch, ReaderLogits> | null = null;
  let isClosed = false;

  function start(): ModelThread<ReaderBatch, ReaderLogits> {
    if (isClosed) throw readerUnusable("The reader is closed");
    if (thread?.isAlive() !== true) thread = startReader(folder, manifest, threads);
    return thread;
  }

  async function read(question: string, texts: readonly TextToRead[], signal?: AbortSignal) {
    throwIfCancelled(signal);
    const running = start();
    tokenizer ??= readerTokenizer(folder, manifest);
    const { encode, padding } = tokenizer;
    const asked = encode(question);
    const windows = texts.flatMap(({ text }, position) => windowsOf(asked, encode(text), position, manifest));
    const best = new Map<number, WindowSpan>();
    for (const positions of planWindows(windows)) {
      throwIfCancelled(signal);
      const members = positions.flatMap((position) => windows[position] ?? []);
      const batch = toReaderBatch(members, padding);
      const logits = await running.run(batch, [batch.ids.buffer, batch.mask.buffer, batch.types.buffer]);
      keepBest(best, members, logits, manifest.maxAnswerTokens);
    }
    const { scale, offset } = manifest.calibration;
    return new Map(
      texts.flatMap(({ id }, position): [number, SpanReading][] => {
        const span = best.get(position);
        if (span === undefined) return [];
        const score = scale * span.margin + offset;
        return [[id, { start: span.start, end: span.end, score, noAnswer: 1 / (1 + Math.exp(score)) }]];
      }),
    );
  }

  return {
    manifest,
    load: () => void start(),
    read,
    async close() {
      isClosed = true;
      const ending = thread;
      thread = null;
      await ending?.close();
    },
  };
}

/** Of all windows of a text the span that beats "no answer" of its own window by most. */
function keepBest(
  best: Map<number, WindowSpan>,
  windows: readonly Window[],
  logits: ReaderLogits,
  maxAnswerTokens: number,
): void {
  windows.forEach((window, row) => {
    let span: WindowSpan;
    try {
      span = bestSpan(window, logits, row, maxAnswerTokens);
    } catch (cause) {
      throw readerUnusable("The reader's model gives logits that are not finite", cause);
    }
    const known = best.get(window.text);
    if (known === undefined || span.margin > known.margin) best.set(window.text, span);
  });
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new SitrepError("cancelled", "Reading was cancelled", { cause: signal.reason });
}
