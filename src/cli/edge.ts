/** What every command runs within: opened for it, closed after it, its faults put into words. */

import { relative, resolve } from "node:path";
import type { Config } from "../config.ts";
import type { ExitCode } from "../domain/exit-codes.ts";
import type { Sitrep } from "../domain/service.ts";
import { reportFault } from "./errors.ts";
import type { Io } from "./io.ts";

/** Sitrep with what a command needs to know about its settings. */
export interface OpenedSitrep {
  readonly sitrep: Sitrep;
  readonly config: Pick<Config, "corpusDir" | "dataDir" | "logLevel"> & {
    readonly discord: Pick<Config["discord"], "exchangesKeptDays">;
  };
}

export interface Edge {
  readonly io: Io;
  open(io: Io): Promise<OpenedSitrep>;
}

/** Opens Sitrep from the environment. Everything heavy is loaded here, so that help and bad input cost nothing. */
export async function openFromEnvironment(io: Io): Promise<OpenedSitrep> {
  const { loadConfig } = await import("../config.ts");
  const config = loadConfig();
  const [{ createSitrep }, { createLogger }, { logForPeople }] = await Promise.all([
    import("../app.ts"),
    import("../logger.ts"),
    import("./log-for-people.ts"),
  ]);
  const logger = createLogger(config.logLevel, logForPeople(io.err));
  return {
    sitrep: createSitrep(config, {
      warn: (message) => logger.warn(message),
      error: (message) => logger.error(message),
      // Whoever has the command line has the files.
      listsAll: true,
    }),
    config,
  };
}

/** Runs a command's work between opening and closing; its faults become words and an exit code. */
export async function runCommand(edge: Edge, work: (opened: OpenedSitrep) => Promise<ExitCode>): Promise<ExitCode> {
  const { io } = edge;
  let opened: OpenedSitrep | null = null;
  try {
    opened = await edge.open(io);
    return await work(opened);
  } catch (fault) {
    if (fault instanceof Error && opened !== null && ["debug", "trace"].includes(opened.config.logLevel)) {
      io.err.write(`${fault.stack ?? fault.message}\n`);
    }
    return reportFault(fault, io);
  } finally {
    await opened?.sitrep.close();
  }
}

/**
 * What `reading` gives, unless the person interrupts: a read is left at once. (An ingest gets the signal and is
 * waited for, because it has a data folder to leave in order.)
 * @throws the signal's reason.
 */
export async function unlessInterrupted<T>(reading: Promise<T>, signal: AbortSignal): Promise<T> {
  const interruption = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([reading, interruption]);
}

/** A path inside the corpus folder as one that can be opened from the working folder. */
export function pathWithin(corpusDir: string): (path: string) => string {
  return (path) => {
    const full = resolve(corpusDir, path);
    const fromHere = relative("", full);
    return fromHere.startsWith("..") ? full : fromHere;
  };
}
