/** The ingest that a moderator starts from the chat: the script in a process of its own, one at a time. */

import { type ChildProcess, spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { EXIT } from "../domain/exit-codes.ts";
import type { IngestSummary, Progress } from "../domain/ingest.ts";

export type ReindexOutcome =
  | { readonly kind: "done"; readonly summary: IngestSummary }
  /** Another process was writing. */
  | { readonly kind: "busy" }
  | { readonly kind: "interrupted" }
  /** `message` is what the script said last; it may name files of this machine. */
  | { readonly kind: "failed"; readonly message: string };

export interface Reindexing {
  /** When the run began that is under way; null when there is none. */
  since(): Date | null;
  last(): { readonly at: Date; readonly outcome: ReindexOutcome } | null;
  /**
   * Starts a run.
   * @returns null where one is under way already.
   */
  start(options: { readonly force: boolean }, onProgress: (progress: Progress) => void): Promise<ReindexOutcome> | null;
  /** Interrupts a run, as Ctrl-C does, and waits for its end: what it had not committed is not there. */
  stop(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL("../../scripts/ingest.ts", import.meta.url));
/** What an ingest may say at most of what went wrong. */
const LONGEST_MESSAGE = 500;

/** @param script replaces the ingest script (for tests). */
export function createReindexing(script: string = SCRIPT): Reindexing {
  let since: Date | null = null;
  let last: { at: Date; outcome: ReindexOutcome } | null = null;
  let child: ChildProcess | null = null;
  let run: Promise<ReindexOutcome> | null = null;
  return {
    since: () => since,
    last: () => last,
    start({ force }, onProgress) {
      if (since !== null) return null;
      // The settings are this process's own: its environment and its folder are handed on.
      const options = ["--json", "--json-progress", ...(force ? ["--force"] : [])];
      child = spawn(process.execPath, ["--import", import.meta.resolve("tsx/esm"), script, ...options], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      since = new Date();
      run = outcomeOf(child, onProgress).then((outcome) => {
        last = { at: new Date(), outcome };
        since = null;
        child = null;
        run = null;
        return outcome;
      });
      return run;
    },
    async stop() {
      child?.kill("SIGTERM");
      await run;
    },
  };
}

async function outcomeOf(child: ChildProcess, onProgress: (progress: Progress) => void): Promise<ReindexOutcome> {
  // Questions come first: where the system lets it, the ingest has what they leave.
  if (child.pid !== undefined) giveWay(child.pid);
  let output = "";
  let message = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      const progress = progressIn(line);
      if (progress !== null) onProgress(progress);
      else if (line.trim() !== "" && !line.startsWith("hint:")) message = line.slice(0, LONGEST_MESSAGE);
    });
  }
  const code = await new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("error", (fault) => {
      message = fault.message;
      resolve(null);
    });
    child.once("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code === EXIT.busy) return { kind: "busy" };
  // By the signal itself where it had not begun to listen for one.
  if (code === EXIT.interrupted || code === "SIGTERM") return { kind: "interrupted" };
  const summary = code === EXIT.ok || code === EXIT.refused ? summaryIn(output) : null;
  return summary === null ? { kind: "failed", message: message || `it ended with ${code}` } : { kind: "done", summary };
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It only competes with the bot then; and it may have ended already.
  }
}

function progressIn(line: string): Progress | null {
  if (!line.startsWith('{"phase":')) return null;
  return parsed(line) as Progress | null;
}

function summaryIn(output: string): IngestSummary | null {
  const value = parsed(output);
  return typeof value === "object" && value !== null && "snapshot" in value ? (value as IngestSummary) : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
