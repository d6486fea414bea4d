/** Reading files in a process of their own, which may crash, hang or run out of memory without harm. */

import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { SitrepError } from "../domain/errors.ts";
import type { IngestLimits } from "../domain/ingest.ts";
import type { EmbeddingModel } from "../embeddings/factory.ts";
import type { FileToPrepare, Prepared, Preparer } from "./prepare.ts";

/** What the process is told at its start. No secret is among it, and its environment is empty. */
export interface ReaderSettings {
  /** Number of the process that starts it: a reader ends when that one has ended. */
  readonly parent: number;
  /** What it ends itself with when it uses too much memory. */
  readonly outOfMemorySignal: string;
  readonly limits: IngestLimits;
  readonly model: Pick<EmbeddingModel, "modelId" | "maxTokens" | "counting">;
}

export interface ReaderRequest {
  readonly number: number;
  readonly file: FileToPrepare;
}

export type ReaderReply =
  | "ready"
  | { readonly number: number; readonly prepared: Prepared }
  | { readonly number: number; readonly fault: string };

/** What became of a file in a reader. */
type Outcome =
  | { readonly kind: "prepared"; readonly prepared: Prepared }
  /** The process ended. */
  | { readonly kind: "crash"; readonly reason: string }
  | { readonly kind: "given up"; readonly reason: string };

/** Ends a reader that uses too much memory; nothing else sends it. */
const OUT_OF_MEMORY_SIGNAL = "SIGUSR2";
/** What V8 ends a process with when its heap is full. */
const HEAP_IS_FULL = new Set<string | number | null>(["SIGABRT", "SIGTRAP", 134]);
/** Milliseconds for the process to start, which a busy machine may need. */
const START_TIME = 60_000;
/** Times that a process is started for one file: one that ends before it has seen the file says nothing about it. */
const MOST_STARTS = 3;

/** Runs before the loader, so that the process is watched from its start. */
const FIRST = new URL("./reader-start.mjs", import.meta.url).href;
const PROGRAM = fileURLToPath(new URL("./reader-process.ts", import.meta.url));
/** The loader that runs TypeScript, as a URL, because `--import` takes a path for a package's name. */
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;

/** One process that reads one file at a time. */
interface Reader {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  /** Files that it was given. */
  files: number;
}

/**
 * A preparer whose process starts with the first file, and anew after a file that ended it. Files are prepared one
 * after another.
 * @param program what the process runs; another one only in tests of what it may do.
 */
export function isolatedPreparer(settings: Pick<ReaderSettings, "limits" | "model">, program = PROGRAM): Preparer {
  const { limits } = settings;
  let reader: Reader | null = null;
  let count = 0;
  let queue: Promise<unknown> = Promise.resolve();

  function start(): Reader {
    const told: ReaderSettings = { ...settings, parent: process.pid, outOfMemorySignal: OUT_OF_MEMORY_SIGNAL };
    const child = fork(program, [JSON.stringify(told)], {
      execArgv: ["--import", FIRST, "--import", LOADER, `--max-old-space-size=${limits.maxMemoryMebibytes}`],
      env: {},
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // A process that is only idle must not keep its parent alive.
    child.unref();
    child.channel?.unref();
    const started: Reader = { child, ready: isReady(child), files: 0 };
    started.ready.catch(() => undefined);
    child.once("exit", () => {
      if (reader === started) reader = null;
    });
    return started;
  }

  async function one(file: FileToPrepare, signal: AbortSignal | undefined, starts = 1): Promise<Prepared> {
    throwIfCancelled(signal);
    reader ??= start();
    const used = reader;
    const release = holdAlive(used.child);
    try {
      try {
        await used.ready;
      } catch (error) {
        if (reader === used) reader = null;
        if (starts === MOST_STARTS) throw error;
        return await one(file, signal, starts + 1);
      }
      count += 1;
      used.files += 1;
      const outcome = await outcomeOf(used.child, { number: count, file }, signal);
      throwIfCancelled(signal);
      if (outcome.kind === "prepared") return outcome.prepared;
      // What earlier files left in memory is not this file's fault.
      if (outcome.kind === "crash" && used.files > 1) return await one(file, signal);
      const { reason } = outcome;
      return { ok: false, refusal: { path: file.path, problems: [{ line: null, field: null, reason }] } };
    } finally {
      release();
    }
  }

  function outcomeOf(child: ChildProcess, request: ReaderRequest, signal: AbortSignal | undefined): Promise<Outcome> {
    return new Promise((resolve) => {
      const end = (outcome: Outcome): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        child.off("message", onMessage).off("exit", onExit);
        resolve(outcome);
      };
      const give = (reason: string): void => {
        if (reader?.child === child) reader = null;
        child.kill("SIGKILL");
        end({ kind: "given up", reason });
      };
      const onMessage = (reply: ReaderReply): void => {
        if (reply === "ready" || reply.number !== request.number) return;
        if ("prepared" in reply) end({ kind: "prepared", prepared: reply.prepared });
        else end({ kind: "given up", reason: `cannot be read: ${reply.fault}` });
      };
      const onExit = (code: number | null, by: NodeJS.Signals | null): void =>
        end({ kind: "crash", reason: reasonOfEnd(code, by, limits) });
      const onAbort = (): void => give("was not read to its end");
      const timer = setTimeout(
        () => give(`takes longer to read than ${limits.maxSeconds} s`),
        limits.maxSeconds * 1000,
      );
      child.on("message", onMessage).on("exit", onExit);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
      // A process that ends meanwhile says so by its exit.
      else child.send(request, () => undefined);
    });
  }

  return {
    prepare(file, signal) {
      const result = queue.then(() => one(file, signal));
      queue = result.catch(() => undefined);
      return result;
    },
    close() {
      reader?.child.kill("SIGKILL");
      reader = null;
    },
  };
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail("did not start in time"), START_TIME);
    const fail = (reason: string): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(`The process that reads files ${reason}`));
    };
    child.once("message", () => {
      clearTimeout(timer);
      resolve();
    });
    child.once("error", (error) => fail(`cannot be started: ${error.message}`));
    child.once("exit", (code, signal) => fail(`ended while it started (${signal ?? code})`));
  });
}

function holdAlive(child: ChildProcess): () => void {
  child.ref();
  child.channel?.ref();
  return () => {
    child.unref();
    child.channel?.unref();
  };
}

function reasonOfEnd(code: number | null, signal: NodeJS.Signals | null, limits: IngestLimits): string {
  if (signal === OUT_OF_MEMORY_SIGNAL || HEAP_IS_FULL.has(signal ?? code)) {
    return `needs more memory to read than ${limits.maxMemoryMebibytes} MiB`;
  }
  return `ends the process that reads it (${signal ?? `exit code ${code}`})`;
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new SitrepError("cancelled", "Reading was cancelled", { cause: signal.reason });
}
