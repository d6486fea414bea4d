/** The bundled model in a thread of its own: batches of tokens in, vectors out. */

import { type ModelFiles, readBertConfig, unusable, WEIGHTS_LOCATION, WEIGHTS_SHA256 } from "./model-files.ts";
import { type ModelRequest, startModelThread } from "./model-thread.ts";
import { readTensorTable } from "./safetensors.ts";

/** Texts of one forward pass, padded to the same number of tokens. */
export interface Batch {
  readonly texts: number;
  readonly tokens: number;
  readonly rows: number;
  /** [texts, tokens] */
  readonly inputIds: Int32Array;
  /** [texts, tokens]: 1 for a token, 0 for padding. */
  readonly attentionMask: Int32Array;
  /** [texts, rows, tokens]: the weight of each token in each row. */
  readonly pooling: Float32Array;
}

/** What worker.mjs is sent; first the graph. */
export type Request = ModelRequest<Uint8Array, Batch>;

export interface Inference {
  /** False once the thread has died; then every run fails. */
  isAlive(): boolean;
  /**
   * The rows of a batch, [texts, rows, hidden size]. The batch's arrays are handed over and become empty.
   * @throws {SitrepError} `model-unusable` when the model cannot be loaded or its thread died.
   */
  run(batch: Batch): Promise<Float32Array>;
  /** Ends the thread after the batches that it has. */
  close(): Promise<void>;
}

/**
 * Starts the thread and loads the model in it. The process is kept alive by batches under way, not by an
 * idle thread.
 * @param threads that ONNX Runtime spreads one batch over, at least 1.
 */
export function startInference(files: ModelFiles, threads: number): Inference {
  const thread = startModelThread<Uint8Array, Batch, Float32Array>({
    program: new URL("./worker.mjs", import.meta.url),
    workerData: {
      weightsPath: files.weightsPath,
      weightsSha256: WEIGHTS_SHA256,
      weightsLocation: WEIGHTS_LOCATION,
      threads,
    },
    name: "embedding model",
    unusable,
    async load() {
      // The graph's module is loaded after the thread is started: it takes as long as the thread's own start.
      const { buildGraph } = await import("./graph.ts");
      return buildGraph(readBertConfig(files), readTensorTable(files.weightsPath));
    },
  });
  return {
    isAlive: thread.isAlive,
    run: (batch) => thread.run(batch, [batch.inputIds.buffer, batch.attentionMask.buffer, batch.pooling.buffer]),
    close: thread.close,
  };
}
