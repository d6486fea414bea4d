/** The process: its streams, its signals, its exit code. */

import { createInterface } from "node:readline/promises";
import { EXIT } from "../domain/exit-codes.ts";
import { openFromEnvironment } from "./edge.ts";
import { type Io, outputTo } from "./io.ts";
import { runCommandLine } from "./program.ts";

/**
 * Runs a command line as this process and ends it.
 * @param args what follows the program's name.
 */
export async function main(args: readonly string[]): Promise<never> {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // The first asks for an orderly end; the handler is gone for the second, which then kills.
    process.once(signal, () => interruption.abort());
  }
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? EXIT.ok : EXIT.fault),
  );
  process.stderr.on("error", () => undefined);

  const io = {
    out: outputTo(process.stdout),
    err: outputTo(process.stderr),
    signal: interruption.signal,
    prompt: promptOn(interruption),
  };
  const exitCode = await runCommandLine(args, { io, open: openFromEnvironment });
  await Promise.all([process.stdout, process.stderr].map(flushed));
  // Not left to the event loop: threads of the model must not keep a finished command alive.
  process.exit(exitCode);
}

/** Questions on stderr, so that stdout has results only; none where one end is no terminal. */
function promptOn(interruption: AbortController): Io["prompt"] {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return null;
  return async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // Reading lines takes Ctrl-C from the process.
    lines.once("SIGINT", () => interruption.abort());
    try {
      return await lines.question(question, { signal: interruption.signal });
    } finally {
      lines.close();
    }
  };
}

/** Resolves when all that was written has left the process. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}
