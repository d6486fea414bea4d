/** The embedding model that comes with Sitrep: all-MiniLM-L6-v2 on ONNX Runtime. */

import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Embeddings, type EmbeddingsParams } from "@langchain/core/embeddings";
import { SitrepError } from "../domain/errors.ts";
import type { Span } from "../domain/passage.ts";
import { type EncodedItem, planBatches, toBatch } from "./batches.ts";
import { type Inference, startInference } from "./inference.ts";
import { BUNDLED_MODEL_FILES, type ModelFiles, unusable } from "./model-files.ts";
import { inEqualLengths } from "./questions.ts";
import { type Tokenizer, tokenizerOf } from "./tokenizer.ts";

/** A text, and the spans of it whose vectors are wanted too; offsets into the text. */
export interface TextWithSpans {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Vectors of length 1. */
export interface TextVectors {
  readonly vector: Float32Array;
  /** In the order of the spans. */
  readonly spanVectors: Float32Array[];
}

export interface EmbedOptions {
  /** Ends the run with a SitrepError `cancelled`. */
  readonly signal?: AbortSignal;
  /** Called after each batch with the number of texts that are done. */
  readonly onProgress?: (done: number) => void;
}

export interface BundledEmbeddingsOptions extends EmbeddingsParams {
  /** Threads for one batch; 1 costs the least CPU time. Default: the number of cores, at most 4. */
  readonly threads?: number;
  /** Default: the files of the package that carries the model. Their checksums are fixed. */
  readonly files?: ModelFiles;
  /** Default: one of its own, from the same files. */
  readonly tokenizer?: () => Tokenizer;
}

const DIMENSIONS = 384;
/** Tokens that the model was trained on; its positions end at 512, but the rest was never trained. */
const WINDOW = 256;
const SPECIAL_TOKENS = 2;
/** How long the event loop may be kept by making tokens. */
const SLICE_MS = 8;
/** Batches under way: one in the model, one waiting, so that its thread never idles. */
const LANES = 2;
const DEFAULT_MAX_THREADS = 4;

/**
 * Nothing is loaded before the first call that needs it. The model runs in a thread of its own; an instance
 * that is idle does not keep the process alive. Call `close` when done.
 */
export class BundledEmbeddings extends Embeddings {
  /** Names what makes vectors comparable: model, precision, pooling. */
  readonly modelId = "all-MiniLM-L6-v2/fp32/mean-1";
  readonly dimensions = DIMENSIONS;
  /** Greatest `countTokens` of a text that can be embedded: the model's 256 without [CLS] and [SEP]. */
  readonly maxTokens = WINDOW - SPECIAL_TOKENS;
  readonly #threads: number;
  readonly #files: ModelFiles;
  readonly #tokenizer: () => Tokenizer;
  readonly #embedQuestion = inEqualLengths(async (items) => this.#startInference().run(toBatch(items)));
  #inference: Inference | null = null;
  #isClosed = false;

  constructor(options: BundledEmbeddingsOptions = {}) {
    super(options);
    this.#threads = options.threads ?? Math.min(availableParallelism(), DEFAULT_MAX_THREADS);
    this.#files = options.files ?? BUNDLED_MODEL_FILES;
    this.#tokenizer = options.tokenizer ?? tokenizerOf(this.#files);
  }

  /** Tokens of a text, without [CLS] and [SEP]; exact, and additive at white space. */
  countTokens(text: string): number {
    return this.#tokenizer().countTokens(text);
  }

  /**
   * Vectors of length 1, 384 wide.
   * @throws {SitrepError} `bad-input` when a text has more than `maxTokens`; `model-unusable`.
   */
  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const embedded = await this.embedWithSpans(texts.map((text) => ({ text, spans: [] })));
    return embedded.map(({ vector }) => Array.from(vector));
  }

  /**
   * The vector of a question. One longer than the model's window is cut off there.
   * @throws {SitrepError} `model-unusable`.
   */
  override async embedQuery(text: string): Promise<number[]> {
    // It loads while tokens are made.
    this.load();
    const { ids, starts, ends } = this.#tokenizer().encode(text);
    const fitting = (values: readonly number[]): number[] =>
      values.length <= WINDOW ? [...values] : [...values.slice(0, WINDOW - 1), values.at(-1) ?? 0];
    const encoding = { ids: fitting(ids), starts: fitting(starts), ends: fitting(ends) };
    return Array.from(await this.#embedQuestion({ encoding, spans: [] }));
  }

  /**
   * The vectors of texts and of spans in them, from one forward pass each. A span's vector averages its
   * tokens as they stand in the text ("late" pooling), so that it keeps what the text before and after says
   * about it. A span without a token has the text's vector. Texts are batched by length; a text's vectors do
   * not depend on the others.
   * @throws {SitrepError} `bad-input` when a text has more than `maxTokens`; `cancelled`; `model-unusable`.
   */
  async embedWithSpans(items: readonly TextWithSpans[], options: EmbedOptions = {}): Promise<TextVectors[]> {
    const { signal, onProgress } = options;
    if (items.length === 0) return [];
    const inference = this.#startInference();
    const encoded = await this.#encodeAll(items, signal);
    const batches = planBatches(encoded.map(({ encoding }) => encoding.ids.length));
    const results: TextVectors[] = new Array(items.length);
    let next = 0;
    let done = 0;
    const runLane = async (): Promise<void> => {
      for (let batch = batches[next]; batch !== undefined; batch = batches[next]) {
        next += 1;
        throwIfCancelled(signal);
        const members = batch.flatMap((index) => encoded[index] ?? []);
        const vectors = await inference.run(toBatch(members));
        const rows = vectors.length / (batch.length * DIMENSIONS);
        batch.forEach((index, position) => {
          results[index] = vectorsOf(vectors, position * rows, members[position]?.spans.length ?? 0);
        });
        done += batch.length;
        onProgress?.(done);
      }
    };
    const lanes = Array.from({ length: LANES }, () =>
      runLane().catch((error: unknown) => {
        next = batches.length;
        throw error;
      }),
    );
    await Promise.all(lanes);
    return results;
  }

  /** Starts the model's thread, which loads it. @throws {SitrepError} `model-unusable` when it is closed. */
  load(): void {
    this.#startInference();
  }

  /** Ends the model's thread after what it is doing. Calls after this fail with `model-unusable`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const inference = this.#inference;
    this.#inference = null;
    await inference?.close();
  }

  async #encodeAll(items: readonly TextWithSpans[], signal: AbortSignal | undefined): Promise<EncodedItem[]> {
    const tokenizer = this.#tokenizer();
    const encoded: EncodedItem[] = [];
    let sliceStart = performance.now();
    for (const [index, { text, spans }] of items.entries()) {
      const encoding = tokenizer.encode(text);
      if (encoding.ids.length > WINDOW) {
        const count = encoding.ids.length - SPECIAL_TOKENS;
        throw new SitrepError("bad-input", `Text ${index} has ${count} tokens, more than ${this.maxTokens}`);
      }
      encoded.push({ encoding, spans });
      if (performance.now() - sliceStart > SLICE_MS) {
        await nextTurn();
        throwIfCancelled(signal);
        sliceStart = performance.now();
      }
    }
    return encoded;
  }

  #startInference(): Inference {
    if (this.#isClosed) throw unusable("The embedding model is closed");
    if (this.#inference?.isAlive() !== true) this.#inference = startInference(this.#files, this.#threads);
    return this.#inference;
  }
}

function vectorsOf(vectors: Float32Array, firstRow: number, spans: number): TextVectors {
  const row = (index: number): Float32Array => vectors.slice(index * DIMENSIONS, (index + 1) * DIMENSIONS);
  return {
    vector: row(firstRow),
    spanVectors: Array.from({ length: spans }, (_, span) => row(firstRow + 1 + span)),
  };
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new SitrepError("cancelled", "Embedding was cancelled", { cause: signal.reason });
}
