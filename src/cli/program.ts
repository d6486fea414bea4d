/** The command line: which commands there are, what they take, and what the process exits with. */

import { Command, CommanderError, Option } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { THEMES } from "../domain/briefing.ts";
import { SitrepError } from "../domain/errors.ts";
import { EXIT, EXIT_CODES_HELP, type ExitCode } from "../domain/exit-codes.ts";
import { checkedQuestion } from "../domain/question-text.ts";
import { checkedSubject } from "../domain/subject-text.ts";
import { addEvalCommand } from "../eval/command.ts";
import { askCommand } from "./ask.ts";
import { type BriefCommandOptions, briefCommand, briefListCommand } from "./brief.ts";
import { BRIEF_FORMATS } from "./brief-output.ts";
import type { DoctorCommandOptions } from "./doctor.ts";
import { type Edge, runCommand } from "./edge.ts";
import { reportFault, writeError } from "./errors.ts";
import { type FeedbackCommandOptions, feedbackCommand } from "./feedback.ts";
import { addIngestCommands } from "./ingest-program.ts";
import type { Io } from "./io.ts";
import { addFilterOptions, addLimitOption, type FilterOptions, filtersFrom } from "./options.ts";
import { searchCommand } from "./search.ts";
import { type StatusCommandOptions, statusCommand } from "./status.ts";

const ASK_EXAMPLE = 'npm run ask -- "Who leads the TTP?"';
const SEARCH_EXAMPLE = "npm run search -- drone attacks";

/** What commander collects for `ask` and `search`. */
interface AskLine extends FilterOptions {
  readonly json?: boolean;
  readonly trace?: boolean;
  readonly limit?: number;
}

/**
 * Runs one command line to its end.
 * @param args what follows the program's name.
 * @returns the exit code; nothing is thrown.
 */
export async function runCommandLine(args: readonly string[], edge: Edge): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  try {
    if (args.length === 0)
      throw new SitrepError("bad-input", "No command given", { hint: `For example: ${ASK_EXAMPLE}` });
    const program = createProgram(edge, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (fault) {
    // Commander has already written its message, its help or its version.
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return reportFault(fault, edge.io);
  }
}

function createProgram(edge: Edge, finish: (code: ExitCode) => void): Command {
  const { io } = edge;
  const program = new Command("sitrep")
    .description(manifest.description)
    .version(manifest.version)
    .exitOverride()
    // An option after a command is that command's own, though a command above it has one of the same name.
    .enablePositionalOptions()
    .configureHelp({ commandUsage: (command) => usageOf(command) })
    .configureOutput({
      writeOut: io.out.write,
      writeErr: io.err.write,
      outputError: (message) => writeUsageError(io, message),
    })
    .addHelpText("after", `\nExample:\n  ${ASK_EXAMPLE}\n\n${EXIT_CODES_HELP}`);

  addLimitOption(
    addFilterOptions(
      program
        .command("ask")
        .description("answer a question with quotes from the reports, or say that they do not support an answer")
        .argument("[question...]", "the question, best in quotation marks")
        .option("--json", "print one JSON object instead of text")
        .option("--trace", "show how the answer came about (on stderr; with --json in the field trace)"),
    ),
    "claims",
    { max: 4, byDefault: 4 },
  )
    .addHelpText(
      "after",
      examples([
        'npm run ask -- "By how much did attacks in Pakistan rise in January 2025, and compared with what?"',
        'npm run ask -- "How many fighters does the TTP have?" --since 2025 --kind un-report',
        'npm run ask -- "Who carried out the train attack?" --source dawn --source crss --limit 1',
        'npm run --silent ask -- "What is ISIL-K?" --json',
      ]),
    )
    .action(async (words: string[], { json, trace, limit, ...rest }: AskLine) => {
      const question = checkedQuestion(words.join(" "), "question", ASK_EXAMPLE);
      const options = { json, trace, limit, filters: filtersFrom(rest) };
      finish(await runCommand(edge, (opened) => askCommand(opened, io, question, options)));
    });

  addLimitOption(
    addFilterOptions(
      program
        .command("search")
        .description("list the passages nearest to some words")
        .argument("[terms...]", "what to look for")
        .option("--json", "print one JSON object instead of text")
        .option("--trace", "show how each passage ranked (on stderr; with --json in the field trace)"),
    ),
    "passages",
    { max: 100, byDefault: 10 },
  )
    .addHelpText("after", examples([SEARCH_EXAMPLE, "npm run search -- Majeed Brigade --since 2025-03 --limit 3"]))
    .action(async (words: string[], { json, trace, limit, ...rest }: AskLine) => {
      const terms = checkedQuestion(words.join(" "), "search terms", SEARCH_EXAMPLE);
      const options = { json, trace, limit, filters: filtersFrom(rest) };
      finish(await runCommand(edge, (opened) => searchCommand(opened, io, terms, options)));
    });

  program
    .command("brief")
    .description("brief a newcomer: what the reports say about a subject, or all of them, every line with its source")
    .argument("[subject...]", "an actor, a place, an event or a theme; none for all the reports")
    .addOption(
      new Option("--format <format>", "Markdown, JSON or one page of HTML (default: md)").choices(BRIEF_FORMATS),
    )
    .addOption(
      new Option("--theme <theme>", "of pictures and pages (default: a page follows its reader's device)").choices(
        THEMES,
      ),
    )
    .option("--output <file>", "write to this file instead of stdout; Markdown gets its pictures beside it")
    .option("--force", "overwrite files that are there")
    .option("--list", "list what a briefing can be asked for, with these words in the name")
    .addHelpText(
      "after",
      examples([
        "npm run brief",
        "npm run brief -- Balochistan Liberation Army",
        'npm run brief -- "border crossings" --output briefing.md',
        "npm run brief -- TTP --format html --output ttp.html",
        "npm run --silent brief -- ISIL-K --format json",
        "npm run brief -- --list taliban",
      ]),
    )
    .action(async (words: string[], { list, ...options }: BriefCommandOptions & { readonly list?: boolean }) => {
      const typed = words.join(" ");
      if (list === true) {
        finish(await runCommand(edge, (opened) => briefListCommand(opened, io, typed.trim(), options)));
        return;
      }
      const subject = words.length === 0 ? null : checkedSubject(typed);
      finish(await runCommand(edge, (opened) => briefCommand(opened, io, subject, options)));
    });

  addIngestCommands(program, io, async (work) => finish(await runCommand(edge, work)), examples);

  program
    .command("status")
    .description("show what the index holds")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("after", examples(["npm run status", "npm run --silent status -- --json"]))
    .action(async (options: StatusCommandOptions) => {
      finish(await runCommand(edge, ({ sitrep }) => statusCommand(sitrep, io, options)));
    });

  addLimitOption(
    program
      .command("feedback")
      .description("list what members thought of the answers they got, newest first")
      .option("--json", "print one JSON array"),
    "opinions",
    { max: 1000, byDefault: 20 },
  )
    .addHelpText("after", examples(["npm run feedback", "npm run --silent feedback -- --limit 100 --json"]))
    .action(async (options: FeedbackCommandOptions) => {
      finish(await runCommand(edge, ({ config }) => feedbackCommand(config, io, options)));
    });

  program
    .command("doctor")
    .description("check the installation, the settings, the index and the corpus, and say what to do about each fault")
    .option("--quick", "leave out embedding, passages and checksums")
    .option("--json", "print the findings as one JSON array")
    .addHelpText(
      "after",
      examples(["npm run doctor", "npm run doctor -- --quick", "npm run --silent doctor -- --json"]),
    )
    .action(async (options: DoctorCommandOptions) => {
      // Not within an opened Sitrep: what cannot be opened is what it is there to tell.
      const { doctorCommand } = await import("./doctor.ts");
      finish(await doctorCommand(io, options));
    });

  addEvalCommand(program, io, (code) => finish(code === 0 ? EXIT.ok : EXIT.fault));
  return program;
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join("")}\n${EXIT_CODES_HELP}`;
}

/** People start the commands through npm, so that is what the help shows. */
function usageOf(command: Command): string {
  if (command.parent === null) {
    return `npm run <${command.commands.map((each) => each.name()).join("|")}> -- [options]`;
  }
  const isTop = command.parent.parent === null;
  return `npm run ${isTop ? `${command.name()} --` : `${command.parent.name()} -- ${command.name()}`} ${command.usage()}`;
}

/** Commander's "error: what is wrong" with, on a second line, its guess in brackets. */
function writeUsageError(io: Io, message: string): void {
  const [problem = "", guess] = message.trim().split("\n");
  const hint = guess === undefined ? "Add --help to see what there is." : guess.replace(/^\((.*)\)$/, "$1");
  writeError(io.err, problem.replace(/^error: /, ""), hint);
}
