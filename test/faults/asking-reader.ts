/**
 * Run as a process of its own: asks without pause, several questions at once, and writes one JSON line for each
 * answer, failure, warning and change of the status. Ends when its input ends.
 */

import { setTimeout as pause } from "node:timers/promises";
import { createSitrep } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { questionAbout } from "./reports.ts";

/** What is written down of one answer. Times are those of the machine's clock, in milliseconds. */
export interface Line {
  readonly kind: "answer" | "failure" | "warning" | "status";
  readonly asked: number;
  readonly answered: number;
  readonly message?: string;
  readonly snapshot?: number;
  readonly quotes?: readonly {
    readonly report: string;
    readonly title: string;
    readonly text: string;
    readonly start: number;
    readonly end: number;
  }[];
}

const [parallel = "3", reports = "5", isQuiet = ""] = process.argv.slice(2);
const write = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const note = (message: string): void => write({ kind: "warning", asked: Date.now(), answered: Date.now(), message });
const sitrep = createSitrep(loadConfig(process.env), { warn: note, error: note });
let isEnded = false;
process.stdin.on("end", () => {
  isEnded = true;
});
process.stdin.resume();

async function askOn(first: number): Promise<void> {
  for (let number = first; !isEnded; number += 1) {
    const asked = Date.now();
    try {
      const id = `report-${number % Number(reports)}`;
      // Some about one report, some about all of them at once.
      const question = number % 3 === 0 ? "How many boats were counted at Westport?" : questionAbout(id, number);
      const { answer } = await sitrep.ask(question);
      const citations = answer.kind === "answer" ? answer.claims.flatMap((claim) => claim.citations) : [];
      const quotes = citations.map(({ quote, source }) => ({
        report: quote.reportId,
        title: source.title,
        text: quote.text,
        start: quote.start,
        end: quote.end,
      }));
      write({ kind: "answer", asked, answered: Date.now(), quotes });
    } catch (error) {
      write({ kind: "failure", asked, answered: Date.now(), message: String(error) });
    }
    // What comes from outside gets its turn.
    await pause(1);
  }
}

async function watchStatus(): Promise<void> {
  for (let last = 0; !isEnded; await pause(100)) {
    const asked = Date.now();
    const { snapshot } = await sitrep.status();
    if (snapshot !== last) write({ kind: "status", asked, answered: Date.now(), snapshot });
    last = snapshot;
  }
}

const asking = isQuiet === "quiet" ? [] : Array.from({ length: Number(parallel) }, (_, number) => askOn(number));
await Promise.all([...asking, watchStatus()]);
await sitrep.close();
