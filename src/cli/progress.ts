/** Progress of an ingest on stderr: one line that is redrawn on a terminal, now and then a line elsewhere. */

import type { Progress } from "../domain/ingest.ts";
import type { Output } from "./io.ts";
import { truncate } from "./terminal.ts";

/** Milliseconds between two drawings on a terminal, and between two lines elsewhere. */
const REDRAW_INTERVAL = 100;
const LINE_INTERVAL = 2000;
const BAR_WIDTH = 24;
/** Rate and time left are guesses before this many milliseconds. */
const SETTLING_TIME = 500;

const PHASES: Readonly<Record<Progress["phase"], { readonly label: string; readonly unit: string }>> = {
  look: { label: "looking", unit: "files" },
  read: { label: "reading", unit: "files" },
  embed: { label: "embedding", unit: "passages" },
  index: { label: "indexing", unit: "passages" },
  write: { label: "writing", unit: "files" },
};

export interface ProgressMeter {
  report(progress: Progress): void;
  /** Removes the redrawn line and says no more: work that was under way when a run was stopped may still report. */
  end(): void;
}

/** @param now milliseconds of a steady clock. */
export function progressMeter(output: Output, now: () => number = () => performance.now()): ProgressMeter {
  const interval = output.isTerminal ? REDRAW_INTERVAL : LINE_INTERVAL;
  let phase: Progress["phase"] | null = null;
  let phaseStart = 0;
  let phaseStartDone = 0;
  // A short run elsewhere than on a terminal says nothing: its first line is due after one interval.
  let lastWritten = output.isTerminal ? Number.NEGATIVE_INFINITY : now();
  let drawn = false;
  let ended = false;
  return {
    report(progress) {
      const time = now();
      if (progress.phase !== phase) {
        phase = progress.phase;
        phaseStart = time;
        phaseStartDone = progress.done;
      }
      if (ended || time - lastWritten < interval) return;
      lastWritten = time;
      const line = progressLine(progress, {
        milliseconds: time - phaseStart,
        done: progress.done - phaseStartDone,
        bar: output.isTerminal,
      });
      if (output.isTerminal) {
        drawn = true;
        // One column is left free: a full line makes some terminals wrap.
        output.write(`\r\x1b[K${truncate(line, output.width - 1)}`);
      } else {
        output.write(`${line}\n`);
      }
    },
    end() {
      if (drawn && !ended) output.write("\r\x1b[K");
      ended = true;
    },
  };
}

/** "embedding 120/480 passages, 15.2 passages/s, 24 s left", with a bar where it is redrawn. */
export function progressLine(
  progress: Progress,
  run: { readonly milliseconds: number; readonly done: number; readonly bar: boolean },
): string {
  const { label, unit } = PHASES[progress.phase];
  const parts = [`${progress.done}/${progress.total} ${unit}`];
  const perSecond = run.milliseconds >= SETTLING_TIME ? (run.done / run.milliseconds) * 1000 : 0;
  if (perSecond > 0) {
    parts.push(`${perSecond.toFixed(perSecond < 100 ? 1 : 0)} ${unit}/s`);
    parts.push(`${duration(((progress.total - progress.done) / perSecond) * 1000)} left`);
  }
  const bar = run.bar ? ` ${progressBar(progress)}` : "";
  return `${label.padEnd(run.bar ? 9 : 0)}${bar} ${parts.join(", ")}`;
}

function progressBar({ done, total }: Progress): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.floor(share * BAR_WIDTH);
  return `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${String(Math.floor(share * 100)).padStart(3)}%`;
}

/** A duration for a person: "0.4 s", "12 s", "3 min 20 s", "1 h 5 min". */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
