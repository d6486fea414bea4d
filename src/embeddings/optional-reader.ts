/** The reader model of the models' folder, where there is one: answers never fail by it, nor wait for it for long. */

import { join } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import type { ReadTexts, ReadTextsOf } from "../domain/reading.ts";
import { createReader, type Reader } from "./reader.ts";
import { readerUnusable, readManifest } from "./reader-manifest.ts";

export interface OptionalReader {
  /** Begins to load the model, where there is one; does not wait for it. */
  load(): void;
  /**
   * Reads the first texts. A reader that is broken is told of once and left alone from then on; one that is late is told
   * of once, and while a late read is at work the next ones do without at once.
   */
  readonly read: ReadTextsOf;
  close(): Promise<void>;
}

export interface OptionalReaderOptions {
  /** For one batch, at least 1. */
  readonly threads: number;
  readonly warn: (message: string) => void;
}

/** Texts of a question that are read: an answer that is not among the best few is hardly ever found further down. */
export const MOST_TEXTS = 6;

/** Where the reader is in the models' folder. */
export function readerFolder(modelsDir: string): string {
  return join(modelsDir, "reader");
}

/** Looks for the reader's manifest at the first call, and never again: a model that is put there needs a restart. */
export function optionalReader(modelsDir: string, { threads, warn }: OptionalReaderOptions): OptionalReader {
  /** undefined until it was looked for; null where there is none, or none that works. */
  let reader: Reader | null | undefined;
  let closing: Promise<void> = Promise.resolve();
  /** Reads go one after the other: of many at once the first are then in time, and not all of them late. */
  let last: Promise<unknown> = Promise.resolve();
  let late = 0;
  let wasLate = false;

  function found(): Reader | null {
    if (reader !== undefined) return reader;
    const folder = readerFolder(modelsDir);
    try {
      const manifest = readManifest(folder);
      reader = manifest === null ? null : createReader(folder, manifest, threads);
    } catch (error) {
      giveUp(error);
    }
    return reader ?? null;
  }

  /** Told of once: the first fault leaves no reader. */
  function giveUp(error: unknown): void {
    const broken = reader;
    reader = null;
    if (broken === null) return;
    const fault = error instanceof SitrepError ? error : readerUnusable(`The reader failed: ${String(error)}`, error);
    warn(`${fault.message}. Answers go on without the reader. ${fault.hint ?? ""}`.trimEnd());
    if (broken !== undefined) closing = broken.close();
  }

  function tellOfLateness(milliseconds: number): void {
    if (!wasLate) warn(`The reader was not done within ${milliseconds} ms; where it is late, answers do without it.`);
    wasLate = true;
  }

  const read: ReadTextsOf = async (question, texts, signal) => {
    const current = found();
    if (current === null || texts.length === 0 || late > 0 || signal?.aborted === true) return null;
    const { timeLimitMs, weight } = current.manifest;
    const stop = new AbortController();
    const reading = last
      .then(() => current.read(question, texts.slice(0, MOST_TEXTS), stop.signal))
      .then(
        (byText): ReadTexts => ({ byText, weight }),
        (error: unknown) => {
          if (!stop.signal.aborted) giveUp(error);
          return null;
        },
      );
    last = reading;
    const ended = await firstOf(reading, timeLimitMs, signal);
    if (ended !== "late" && ended !== "cancelled") return ended;
    stop.abort();
    late += 1;
    void reading.finally(() => {
      late -= 1;
    });
    if (ended === "late") tellOfLateness(timeLimitMs);
    return null;
  };

  return {
    load() {
      try {
        found()?.load();
      } catch (error) {
        giveUp(error);
      }
    },
    read,
    async close() {
      const open = reader;
      reader = null;
      await closing;
      await open?.close();
    },
  };
}

/** What a read ends with, or why it is not waited for any longer. */
async function firstOf(
  reading: Promise<ReadTexts | null>,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<ReadTexts | null | "late" | "cancelled"> {
  let end: (() => void) | undefined;
  const other = new Promise<"late" | "cancelled">((resolve) => {
    const timer = setTimeout(() => resolve("late"), milliseconds);
    const cancel = (): void => resolve("cancelled");
    signal?.addEventListener("abort", cancel, { once: true });
    end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
    };
  });
  try {
    return await Promise.race([reading, other]);
  } finally {
    end?.();
  }
}
