/** Progress of a long run on stderr: a line that is redrawn on a terminal, now and then a line elsewhere. */

/** Milliseconds between two drawings. */
const REDRAW_INTERVAL = 100;
const LINE_INTERVAL = 5000;

export interface Counter {
  /** Starts counting, or goes on where the phase is the same; the function it returns is called with each step. */
  phase(label: string, unit: string): (done: number, total: number) => void;
  /** A line of its own, which stays. */
  print(line: string): void;
  /** Removes the redrawn line. */
  clear(): void;
}

/** @param now milliseconds of a steady clock. */
export function counter(
  output: { write(text: string): void; readonly isTerminal: boolean },
  now: () => number = () => performance.now(),
): Counter {
  const interval = output.isTerminal ? REDRAW_INTERVAL : LINE_INTERVAL;
  let current: string | null = null;
  let start = 0;
  let lastWritten = 0;
  let drawn = false;
  const clear = () => {
    if (drawn) output.write("\r\x1b[K");
    drawn = false;
  };
  return {
    phase(label, unit) {
      if (label !== current) {
        current = label;
        start = now();
        lastWritten = start;
      }
      return (done, total) => {
        const time = now();
        if (time - lastWritten < interval) return;
        lastWritten = time;
        const line = countLine(`${label} ${done}/${total} ${unit}`, done, total, time - start);
        output.write(output.isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
        drawn = output.isTerminal;
      };
    },
    print(line) {
      clear();
      // File names and messages come from outside; a terminal must not obey them.
      output.write(`${line.replace(/\p{Cc}/gu, " ")}\n`);
    },
    clear,
  };
}

/** "asking 120/500 questions, 41.2 a second, 9 s left". */
function countLine(head: string, done: number, total: number, milliseconds: number): string {
  const perSecond = milliseconds > 0 ? (done / milliseconds) * 1000 : 0;
  if (perSecond === 0) return head;
  return `${head}, ${perSecond.toFixed(1)} a second, ${Math.ceil((total - done) / perSecond)} s left`;
}
