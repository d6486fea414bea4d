/**
 * The reading side of Sitrep in a thread of its own, so that nothing it does (opening a snapshot, weighing sentences)
 * keeps the caller's event loop from other work; on Linux it also goes behind the caller where both want a core. Arguments and results are plain data; they are copied.
 */

import { Worker } from "node:worker_threads";
import type { SitrepOptions } from "./app.ts";
import type { Config } from "./config.ts";
import { type ErrorCode, SitrepError } from "./domain/errors.ts";
import type { Briefer, Checking, Guidance, Reading } from "./domain/service.ts";

/** What people ask of the reports, answered in another thread. */
export type ThreadedSitrep = Reading & Guidance & Checking & Briefer;

/** Everything but `close`, which the two threads do together. */
export type ThreadedMethod = Exclude<keyof ThreadedSitrep, "close">;

const METHODS: Readonly<Record<ThreadedMethod, true>> = {
  ask: true,
  search: true,
  reports: true,
  report: true,
  reportText: true,
  status: true,
  suggest: true,
  names: true,
  surroundings: true,
  verify: true,
  check: true,
  brief: true,
  changes: true,
  baseline: true,
  subjects: true,
  pictures: true,
};

/** What the thread is told at its start. */
export interface ThreadSettings {
  readonly config: Config;
}

export interface CallRequest {
  readonly kind: "call";
  readonly id: number;
  readonly method: ThreadedMethod;
  readonly args: readonly unknown[];
  /** Which of the arguments had a signal, which cannot be copied; null for none. */
  readonly signalOf: number | null;
}

export type ThreadRequest = CallRequest | { readonly kind: "abort"; readonly id: number } | { readonly kind: "close" };

export type ThreadReply =
  | { readonly kind: "ready" }
  /** It has failed, answers nothing more and is about to end. */
  | { readonly kind: "dying"; readonly reason: string }
  /** It was asked to end, and does so once the model's thread has. */
  | { readonly kind: "closing" }
  | { readonly kind: "result"; readonly id: number; readonly result: unknown }
  | { readonly kind: "fault"; readonly id: number; readonly fault: FaultCopy }
  | { readonly kind: "warn"; readonly message: string }
  | { readonly kind: "error"; readonly message: string };

/** An error as it goes from thread to thread. */
export interface FaultCopy {
  /** null for an error that is no SitrepError. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly hint: string | null;
  /** For the log. */
  readonly cause: string | null;
}

const PROGRAM = new URL("./threaded-start.mjs", import.meta.url);
/** How long `close` waits for the open calls. */
const CLOSE_PATIENCE_MS = 5_000;
/** How long the thread may take to end by itself once nothing is open. */
const CLOSE_TIMEOUT_MS = 10_000;
/** The same where calls were given up and it does not even say that it is about to end: it hangs. */
const HANGING_TIMEOUT_MS = 1_000;
/** After a second crash without an answer in between, the time until the next start; doubled by each further one. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** A call that has no answer yet. */
interface OpenCall {
  resolve(result: unknown): void;
  reject(fault: Error): void;
  /** Stops listening to the caller's signal. */
  release(): void;
}

/**
 * Starts the thread, and is done when it can be asked. Nothing is read or loaded before the first call needs it, as
 * with `createSitrep`. Where the thread ends unexpectedly, every open call is rejected with an error that says so, and
 * the next call starts a new one: at once after a first crash, and after a pause of up to a minute when no call was
 * answered since; calls are rejected until then. An idle thread does not keep the process alive. It is no wall against
 * native crashes: those end the process, as they would without it.
 *
 * `close` waits for the open calls, but not without end: those that are still open then are rejected, and the thread is
 * ended. Calls after it are rejected.
 * @param program what the thread runs; another one only in tests of what it may do.
 * @param patience for how many milliseconds `close` waits for the open calls, at least 0.
 * @throws {Error} where the thread cannot be started.
 */
export async function openThreaded(
  config: Config,
  { warn, error }: Pick<SitrepOptions, "warn" | "error">,
  program: URL = PROGRAM,
  patience = CLOSE_PATIENCE_MS,
): Promise<ThreadedSitrep> {
  const open = new Map<number, OpenCall>();
  let thread: Thread | null = null;
  let nextId = 0;
  let crashes = 0;
  let nextStart = 0;
  let lastDeath = "";
  let closing: Promise<void> | null = null;
  let onIdle: (() => void) | null = null;
  let isStarted = false;

  function start(): Thread {
    return startThread(program, { config }, onReply, (reason) => {
      thread = null;
      if (!isStarted || (closing !== null && open.size === 0)) return;
      const pause = crashes === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (crashes - 1));
      crashes += 1;
      nextStart = performance.now() + pause;
      lastDeath = `The thread that answers questions ended unexpectedly: ${reason}`;
      for (const id of [...open.keys()]) settle(id, ({ reject }) => reject(new Error(lastDeath)));
      (error ?? warn)(`${lastDeath}; the next question starts a new one`);
    });
  }

  function onReply(reply: ThreadReply): void {
    switch (reply.kind) {
      case "ready":
      case "dying":
      case "closing":
        break;
      case "warn":
        warn(reply.message);
        break;
      case "error":
        (error ?? warn)(reply.message);
        break;
      case "result":
        crashes = 0;
        settle(reply.id, ({ resolve }) => resolve(reply.result));
        break;
      case "fault":
        crashes = 0;
        settle(reply.id, ({ reject }) => reject(faultOf(reply.fault)));
    }
  }

  function settle(id: number, end: (call: OpenCall) => void): void {
    const call = open.get(id);
    if (call === undefined) return;
    open.delete(id);
    call.release();
    end(call);
    if (open.size > 0) return;
    thread?.worker.unref();
    onIdle?.();
  }

  async function call(method: ThreadedMethod, args: readonly unknown[]): Promise<unknown> {
    if (closing !== null) throw new Error(`Sitrep is closed; ${method} cannot be called any more`);
    if (thread === null) {
      const wait = nextStart - performance.now();
      if (wait > 0)
        throw new Error(`${lastDeath}; a new one is started in ${Math.ceil(wait / 1000)} s at the earliest`);
      thread = start();
    }
    const { worker } = thread;
    const id = nextId;
    nextId += 1;
    const { copied, signal, signalOf } = withoutSignal(args);
    const abort = (): void => worker.postMessage({ kind: "abort", id } satisfies ThreadRequest);
    return new Promise((resolve, reject) => {
      // An argument that cannot be copied throws here, and then nothing is open.
      worker.postMessage({ kind: "call", id, method, args: copied, signalOf } satisfies ThreadRequest);
      open.set(id, { resolve, reject, release: () => signal?.removeEventListener("abort", abort) });
      worker.ref();
      if (signal?.aborted === true) abort();
      else signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Whether all open calls were answered in time. */
  async function isIdleInTime(): Promise<boolean> {
    if (open.size === 0) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      onIdle = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  async function close(): Promise<void> {
    const isIdle = await isIdleInTime();
    for (const id of [...open.keys()]) {
      thread?.worker.postMessage({ kind: "abort", id } satisfies ThreadRequest);
      settle(id, ({ reject }) => reject(new Error("Sitrep was closed before it had answered")));
    }
    await thread?.close(isIdle ? CLOSE_TIMEOUT_MS : HANGING_TIMEOUT_MS);
  }

  thread = start();
  await thread.ready;
  isStarted = true;
  const names = Object.keys(METHODS) as ThreadedMethod[];
  const methods = names.map((method) => [method, (...args: readonly unknown[]) => call(method, args)]);
  return {
    ...(Object.fromEntries(methods) as Omit<ThreadedSitrep, "close">),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  /**
   * Asks it to end, which ends the model's thread first: one that is at work when its parent ends takes the whole
   * process along. Where it says nothing to that for so many milliseconds it is ended all the same.
   */
  close(timeout: number): Promise<void>;
}

/** @param onDeath told once, with the reason, however the thread ended. */
function startThread(
  program: URL,
  settings: ThreadSettings,
  onReply: (reply: ThreadReply) => void,
  onDeath: (reason: string) => void,
): Thread {
  const worker = new Worker(program, {
    workerData: settings,
    // Not this process's own: what the thread needs it loads itself.
    execArgv: [],
  });
  let reason: string | null = null;
  let isDead = false;
  const die = (): void => {
    if (!isDead) onDeath(reason ?? "for no known reason");
    isDead = true;
  };
  worker.on("message", (reply: ThreadReply) => {
    if (isDead) return;
    onReply(reply);
    if (reply.kind !== "dying") return;
    reason ??= reply.reason;
    worker.unref();
    die();
  });
  worker.on("error", (cause) => {
    reason ??= cause instanceof Error ? cause.message : String(cause);
  });
  const exited = new Promise<void>((resolve) =>
    worker.once("exit", (code) => {
      reason ??= `exit code ${code}`;
      die();
      resolve();
    }),
  );
  const ready = new Promise<void>((resolve, reject) => {
    worker.once("message", () => {
      worker.unref();
      resolve();
    });
    exited.then(() => reject(new Error(`The thread that answers questions cannot be started: ${reason}`)));
  });
  ready.catch(() => undefined);
  return {
    worker,
    ready,
    async close(timeout) {
      worker.ref();
      worker.postMessage({ kind: "close" } satisfies ThreadRequest);
      let timer = setTimeout(() => void worker.terminate(), timeout);
      worker.on("message", ({ kind }: ThreadReply) => {
        if (kind !== "closing") return;
        clearTimeout(timer);
        timer = setTimeout(() => void worker.terminate(), CLOSE_TIMEOUT_MS);
      });
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Arguments that can be copied, and the signal that was among their options. */
function withoutSignal(args: readonly unknown[]) {
  const signalOf = args.findIndex((arg) => signalIn(arg) !== null);
  const signal = signalIn(args[signalOf]);
  if (signal === null) return { copied: args, signal, signalOf: null };
  const copied = args.with(signalOf, { ...(args[signalOf] as object), signal: undefined });
  return { copied, signal, signalOf };
}

function signalIn(arg: unknown): AbortSignal | null {
  if (typeof arg !== "object" || arg === null || !("signal" in arg)) return null;
  return arg.signal instanceof AbortSignal ? arg.signal : null;
}

function faultOf({ code, message, hint, cause }: FaultCopy): Error {
  if (code === null) return new Error(message, cause === null ? undefined : { cause });
  return new SitrepError(code, message, { ...(hint === null ? {} : { hint }), ...(cause === null ? {} : { cause }) });
}
