/** A model in a thread of its own, because ONNX Runtime blocks the thread that calls it: one request, one reply. */

import { Worker } from "node:worker_threads";
import { SitrepError } from "../domain/errors.ts";

/** What a model's program is sent. It answers a `run` with `ModelReply`, and nothing else. */
export type ModelRequest<Load, Batch> =
  | { readonly kind: "load"; readonly load: Load }
  | { readonly kind: "run"; readonly id: number; readonly batch: Batch }
  | { readonly kind: "close" };

/** Exactly one of the two. */
export interface ModelReply<Result> {
  readonly id: number;
  readonly result?: Result;
  readonly fault?: string;
}

export interface ModelThread<Batch, Result> {
  /** False once the thread has died; then every run fails. */
  isAlive(): boolean;
  /**
   * What the model makes of a batch. The buffers of `transfer` are handed over: their arrays become empty.
   * @throws {SitrepError} as `unusable` makes it, when the model cannot be loaded or its thread died.
   */
  run(batch: Batch, transfer: readonly ArrayBufferLike[]): Promise<Result>;
  /** Ends the thread after the batches that it has. */
  close(): Promise<void>;
}

export interface ModelProgram<Load> {
  /** Plain JavaScript, so that it starts without a TypeScript loader. */
  readonly program: URL;
  readonly workerData: unknown;
  /** The model in messages, such as "embedding model". */
  readonly name: string;
  /** The fault of this model. */
  readonly unusable: (message: string, cause?: unknown) => SitrepError;
  /** What is sent first. It is made after the thread is started, because it may take as long as the thread's start. */
  readonly load: () => Promise<Load>;
}

/** How long a thread may take to end by itself after its last batch. */
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Starts the thread and loads the model in it. The process is kept alive by batches under way, not by an idle thread.
 */
export function startModelThread<Load, Batch, Result>({
  program,
  workerData,
  name,
  unusable,
  load,
}: ModelProgram<Load>): ModelThread<Batch, Result> {
  const pending = new Map<number, { resolve(result: Result): void; reject(fault: SitrepError): void }>();
  let nextId = 0;
  let death: SitrepError | null = null;

  // Without `execArgv` the thread would load the TypeScript loader of its parent.
  const worker = new Worker(program, { workerData, execArgv: [] });
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const die = (fault: SitrepError): void => {
    death ??= fault;
    for (const { reject } of pending.values()) reject(death);
    pending.clear();
  };
  worker.on("error", (cause) => die(unusable(`The ${name}'s thread failed: ${cause.message}`, cause)));
  worker.on("exit", (code) => die(unusable(`The ${name}'s thread ended with code ${code}`)));
  worker.on("message", ({ id, result, fault }: ModelReply<Result>) => {
    const waiting = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) worker.unref();
    if (result === undefined) waiting?.reject(unusable(fault ?? `The ${name} gave no result`));
    else waiting?.resolve(result);
  });
  worker.unref();

  const send = (request: ModelRequest<Load, Batch>, transfer: readonly ArrayBufferLike[] = []): void => {
    worker.postMessage(
      request,
      transfer.filter((buffer) => buffer instanceof ArrayBuffer),
    );
  };
  const loading = load().then((loaded) => send({ kind: "load", load: loaded }));
  loading.catch((cause: unknown) => {
    die(cause instanceof SitrepError ? cause : unusable(`The ${name} cannot be loaded`, cause));
  });

  return {
    isAlive: () => death === null,
    async run(batch, transfer) {
      await loading.catch(() => undefined);
      if (death !== null) throw death;
      const id = nextId;
      nextId += 1;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        worker.ref();
        send({ kind: "run", id, batch }, transfer);
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
