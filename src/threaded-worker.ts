/** The program of the thread that threaded.ts starts: Sitrep, asked by messages. */

import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { createSitrep } from "./app.ts";
import { SitrepError } from "./domain/errors.ts";
import type { CallRequest, FaultCopy, ThreadedSitrep, ThreadReply, ThreadRequest, ThreadSettings } from "./threaded.ts";

const port = parentPort;
if (port === null) throw new Error("threaded-worker.ts is not a program");
const { config } = workerData as ThreadSettings;

/** As `nice`: of two threads that both want a core, the one that asks goes before this one and the model's. */
const NICENESS = 5;
// Only Linux gives a thread a priority of its own; elsewhere this would be the whole process's. 0 is the calling thread.
if (process.platform === "linux") setPriority(0, NICENESS);

const reply = (message: ThreadReply): void => port.postMessage(message);
const sitrep = createSitrep(config, {
  warn: (message) => reply({ kind: "warn", message }),
  error: (message) => reply({ kind: "error", message }),
});
const reading: Partial<ThreadedSitrep> = sitrep;
/** Of the calls that can be cancelled. */
const cancels = new Map<number, AbortController>();

async function answer({ id, method, args, signalOf }: CallRequest): Promise<void> {
  try {
    const called = reading[method];
    if (called === undefined) throw new Error(`There is no ${method}`);
    const result: unknown = await Reflect.apply(called, reading, withSignal(id, args, signalOf));
    reply({ kind: "result", id, result });
  } catch (error) {
    reply({ kind: "fault", id, fault: copyOf(error) });
  } finally {
    cancels.delete(id);
  }
}

function withSignal(id: number, args: readonly unknown[], signalOf: number | null): unknown[] {
  if (signalOf === null) return [...args];
  const controller = new AbortController();
  cancels.set(id, controller);
  return args.with(signalOf, { ...(args[signalOf] as object), signal: controller.signal });
}

function copyOf(error: unknown): FaultCopy {
  if (!(error instanceof Error)) return { code: null, message: String(error), hint: null, cause: null };
  const { message, stack, cause } = error;
  if (!(error instanceof SitrepError)) return { code: null, message, hint: null, cause: stack ?? null };
  const { code, hint } = error;
  return { code, message, hint, cause: cause === undefined ? null : textOf(cause) };
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

// A thread that ended while the model's thread is at work would take the whole process with it (onnxruntime-node throws
// where nobody can catch): whatever went wrong here, that one ends first.
process.on("uncaughtException", (error) => {
  reply({ kind: "dying", reason: error instanceof Error ? error.message : String(error) });
  void sitrep.close().finally(() => process.exit(1));
});

port.on("message", (request: ThreadRequest) => {
  if (request.kind === "call") void answer(request);
  else if (request.kind === "abort") cancels.get(request.id)?.abort();
  else {
    reply({ kind: "closing" });
    void sitrep.close().finally(() => port.close());
  }
});
reply({ kind: "ready" });
