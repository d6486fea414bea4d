/** The `eval` command and its options. The work is in evaluation.ts, loaded only when it is wanted. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { CASE_TYPES } from "./case-types.ts";
import type { EvalIo, EvalOptions } from "./evaluation.ts";

const processIo: EvalIo = {
  out: process.stdout,
  err: { write: (text) => void process.stderr.write(text), isTerminal: process.stderr.isTTY === true },
};

/**
 * Adds `eval` to a program.
 * @param setExitCode called with 1 when a required figure was missed.
 */
export function addEvalCommand(
  program: Command,
  io: EvalIo = processIo,
  setExitCode: (code: number) => void = (code) => {
    process.exitCode = code;
  },
): void {
  program
    .command("eval")
    .description("measure answers on a set of questions, or answer a file of questions for an outside scorer")
    .option(
      "--questions <file>",
      "YAML (default: eval/questions.yaml); in the batch form JSON Lines of { id, question }",
    )
    .addOption(new Option("--type <type>", "only questions of this type").choices(CASE_TYPES))
    .option("--json", "print the figures and every verdict as JSON")
    .option("--failures", "list each question that went wrong, with what was answered")
    .option("--min-grounded <share>", "exit with 1 unless this share is answered with quotes that carry it", parseShare)
    .option("--min-refused <share>", "exit with 1 unless this share of the unanswerable is refused", parseShare)
    .option("--max-false-refusals <share>", "exit with 1 when more of the answerable are refused", parseShare)
    .option("--corpus <folder>", "batch form: the folder of reports to ask")
    .option("--predictions <file>", "batch form: where the answers go, one JSON object a line")
    .option("--evidence", "batch form: instead of asking, count the evidence strings that the extracted texts hold")
    .option("--check", "instead of asking, check the labelled statements of eval/checks.yaml, or of --questions")
    .option(
      "--briefings",
      "instead of asking, make and look at the briefings of eval/briefings/starter.yaml, or of --questions",
    )
    .option(
      "--cells <file>",
      "with --briefings: the table of figures as it was checked by hand (default: beside the set)",
    )
    .option("--write-cells", "with --briefings: write that table, with what is new marked as not looked at")
    .option(
      "--min-cells <share>",
      "with --briefings: exit with 1 unless this share of all cells was found right",
      parseShare,
    )
    .option("--min-evidence <share>", "batch form: exit with 1 unless this share of them is found", parseShare)
    .option("--manifest <file>", "batch form: JSON list of { file, title, publisher, date, url }")
    .option("--data <folder>", "batch form: keep the index here (default: a folder that is removed at the end)")
    .action(async (options: EvalOptions) => {
      const { runEvaluation } = await import("./evaluation.ts");
      const missed = await runEvaluation(options, io);
      if (missed) setExitCode(1);
    });
}

/** @throws {InvalidArgumentError} when it is not a number from 0 to 1. */
function parseShare(value: string): number {
  const share = value.trim() === "" ? Number.NaN : Number(value);
  if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError("Give a number from 0 to 1.");
  return share;
}
