/** Where a command writes to, and how it learns that the person wants it to stop. */

import { styleText } from "node:util";
import picocolors from "picocolors";

/** The colours of picocolors, or functions that leave text alone. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** Wider lines are hard to read, however wide the terminal is. */
const WIDEST_LINE = 100;
const NARROWEST_LINE = 20;

/** One of the two streams of a command. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns to wrap text at; Infinity where the output is no terminal, so that programs get whole lines. */
  readonly width: number;
  readonly colors: Colors;
}

export interface Io {
  /** Results only. */
  readonly out: Output;
  /** Progress, warnings, errors. */
  readonly err: Output;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Asks the person and gives the answer; null where nobody is there to be asked. */
  readonly prompt: ((question: string) => Promise<string>) | null;
}

/** A stream of this process as an output. Colour is Node's own decision: terminal, NO_COLOR, FORCE_COLOR, TERM. */
export function outputTo(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    get width() {
      if (stream.isTTY !== true) return Number.POSITIVE_INFINITY;
      return Math.max(NARROWEST_LINE, Math.min(WIDEST_LINE, stream.columns || 80));
    },
    colors: picocolors.createColors(styleText("bold", "x", { stream }) !== "x"),
  };
}

/** An output that keeps what is written; for tests and for embedding. */
export function outputInMemory(options: { isTerminal?: boolean; width?: number; color?: boolean } = {}): Output & {
  readonly text: string;
} {
  let text = "";
  return {
    write: (more) => {
      text += more;
    },
    get text() {
      return text;
    },
    isTerminal: options.isTerminal ?? false,
    width: options.width ?? Number.POSITIVE_INFINITY,
    colors: picocolors.createColors(options.color ?? false),
  };
}
