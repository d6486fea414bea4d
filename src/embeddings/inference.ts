/** The bundled model in a thread of its own: batches of tokens in, vectors out. */

import { Worker } from "node:worker_threads";
import { SitrepError } from "../domain/errors.ts";
import { type ModelFiles, readBertConfig, unusable, WEIGHTS_LOCATION, WEIGHTS_SHA256 } from "./model-files.ts";
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

/** What worker.mjs is sent. It answers a `run` with `Reply`, and nothing else. */
export type Request =
  | { readonly kind: "load"; readonly graph: Uint8Array }
  | { readonly kind: "run"; readonly id: number; readonly batch: Batch }
  | { readonly kind: "close" };

interface Reply {
  readonly id: number;
  readonly vectors?: Float32Array;
  readonly fault?: string;
}

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

/** How long a thread may take to end by itself after its last batch. */
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Starts the thread and loads the model in it. The process is kept alive by batches under way, not by an
 * idle thread.
 * @param threads that ONNX Runtime spreads one batch over, at least 1.
 */
export function startInference(files: ModelFiles, threads: number): Inference {
  const pending = new Map<number, { resolve(vectors: Float32Array): void; reject(fault: SitrepError): void }>();
  let nextId = 0;
  let death: SitrepError | null = null;

  const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
    workerData: {
      weightsPath: files.weightsPath,
      weightsSha256: WEIGHTS_SHA256,
      weightsLocation: WEIGHTS_LOCATION,
      threads,
    },
    // Without this the thread would load the TypeScript loader of its parent.
    execArgv: [],
  });
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const die = (fault: SitrepError): void => {
    death ??= fault;
    for (const { reject } of pending.values()) reject(death);
    pending.clear();
  };
  worker.on("error", (cause) => die(unusable(`The embedding model's thread failed: ${cause.message}`, cause)));
  worker.on("exit", (code) => die(unusable(`The embedding model's thread ended with code ${code}`)));
  worker.on("message", ({ id, vectors, fault }: Reply) => {
    const waiting = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) worker.unref();
    if (vectors === undefined) waiting?.reject(unusable(fault ?? "The embedding model gave no vectors"));
    else waiting?.resolve(vectors);
  });
  worker.unref();

  const send = (request: Request, transfer: ArrayBufferLike[] = []): void => {
    worker.postMessage(
      request,
      transfer.filter((buffer) => buffer instanceof ArrayBuffer),
    );
  };
  // The graph's module is loaded after the thread is started: it takes as long as the thread's own start.
  const loading = import("./graph.ts").then(({ buildGraph }) => {
    send({ kind: "load", graph: buildGraph(readBertConfig(files), readTensorTable(files.weightsPath)) });
  });
  loading.catch((cause: unknown) => {
    die(cause instanceof SitrepError ? cause : unusable("The embedding model's graph cannot be built", cause));
  });

  return {
    isAlive: () => death === null,
    async run(batch) {
      await loading.catch(() => undefined);
      if (death !== null) throw death;
      const id = nextId;
      nextId += 1;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        worker.ref();
        send({ kind: "run", id, batch }, [batch.inputIds.buffer, batch.attentionMask.buffer, batch.pooling.buffer]);
      });
    },
    async close() {
      await loading.catch(() => undefined);
      worker.ref();
      send({ kind: "close" });
      const timer = setTimeout(() => void worker.terminate(), CLOSE_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
