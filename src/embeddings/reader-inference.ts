/** A reader model in a thread of its own: windows of tokens in, logits out. */

import { join } from "node:path";
import { type ModelRequest, type ModelThread, startModelThread } from "./model-thread.ts";
import { type ReaderManifest, readerUnusable } from "./reader-manifest.ts";

/** Windows of one forward pass, padded to the same number of tokens. All arrays are [windows, tokens]. */
export interface ReaderBatch {
  readonly windows: number;
  readonly tokens: number;
  readonly ids: Int32Array;
  /** 1 for a token, 0 for padding. */
  readonly mask: Int32Array;
  /** 0 for [CLS], the question and its [SEP]; 1 for the text and its [SEP]; 0 for padding. */
  readonly types: Int32Array;
}

/** What the model says of a batch. */
export interface ReaderLogits {
  readonly tokens: number;
  /** [windows, tokens] */
  readonly starts: Float32Array;
  /** [windows, tokens] */
  readonly ends: Float32Array;
  /** [windows]; null where [CLS] tells. */
  readonly noAnswer: Float32Array | null;
}

/** What reader-worker.mjs is sent. The model is named when the thread starts, and `load` only says to begin. */
export type ReaderRequest = ModelRequest<null, ReaderBatch>;

/** What reader-worker.mjs is started with. */
export interface ReaderWorkerData {
  readonly path: string;
  readonly sha256: string;
  readonly inputs: ReaderManifest["inputs"];
  readonly outputs: ReaderManifest["outputs"];
  /** null where [CLS] tells. */
  readonly noAnswer: string | null;
  readonly threads: number;
}

/**
 * Starts the thread and loads the model in it; a batch's arrays are handed over and become empty.
 * @param threads that ONNX Runtime spreads one batch over, at least 1.
 */
export function startReader(
  folder: string,
  { model, inputs, outputs, noAnswer }: ReaderManifest,
  threads: number,
): ModelThread<ReaderBatch, ReaderLogits> {
  const workerData: ReaderWorkerData = {
    path: join(folder, model.file),
    sha256: model.sha256,
    inputs,
    outputs,
    noAnswer: noAnswer.by === "output" ? noAnswer.output : null,
    threads,
  };
  return startModelThread<null, ReaderBatch, ReaderLogits>({
    program: new URL("./reader-worker.mjs", import.meta.url),
    workerData,
    name: "reader model",
    unusable: readerUnusable,
    load: async () => null,
  });
}
