/** `ingest` and the commands under it, as the command line has them. */

import { type Command, InvalidArgumentError, Option } from "commander";
import type { ExitCode } from "../domain/exit-codes.ts";
import { type AddOptions, addCommand } from "./add.ts";
import {
  type ChangeOptions,
  type ListOptions,
  listCommand,
  type RestoreOptions,
  removeCommand,
  restoreCommand,
  type ShowOptions,
  showCommand,
} from "./corpus.ts";
import type { OpenedSitrep } from "./edge.ts";
import { type IngestCommandOptions, ingestCommand } from "./ingest.ts";
import type { Io } from "./io.ts";
import { parseDate, parseKind, parseMarking, parseReliability } from "./options.ts";

/**
 * Adds `ingest` to a program.
 * @param run opens Sitrep for a command's work, and takes its exit code.
 * @param examples the help text below a command, from its examples.
 */
export function addIngestCommands(
  program: Command,
  io: Io,
  run: (work: (opened: OpenedSitrep) => Promise<ExitCode>) => Promise<void>,
  examples: (lines: readonly string[]) => string,
): void {
  const ingest = program
    .command("ingest")
    .description("bring the index up to date with the folder of reports (CORPUS_DIR), or change the folder")
    .enablePositionalOptions()
    .option("--only <glob>", "look only at reports whose path matches, such as 'un/**' or '*.pdf'", parseGlob)
    .option("--dry-run", "say what would be done, and change nothing")
    .option("--force", "read and embed every report again, also what has not changed")
    .option("--allow-empty", "an empty folder of reports is meant: take every report out of the index")
    .option("--json", "print the summary as one JSON object")
    .option("--json-progress", "print progress as lines of JSON, on stderr")
    .addHelpText(
      "after",
      examples([
        "npm run ingest",
        "npm run ingest -- --dry-run",
        "npm run ingest -- --only 'un/**'",
        "npm run ingest -- add ~/Downloads/report.pdf",
        "CORPUS_DIR=~/reports npm run ingest",
      ]),
    )
    .action(async (options: IngestCommandOptions) => {
      await run(({ sitrep }) => ingestCommand(sitrep, io, options));
    });

  ingest
    .command("add")
    .description("copy a file into the corpus, or download a page or document (https only), and ingest it")
    .argument("<file-or-url>", "a file (.md, .txt, .html, .pdf, .docx), or an https address")
    .option("--as <path>", "its path inside the corpus folder; else its own name")
    .option("--id <id>", "id of the report; else made from the path")
    .option("--title <text>", "title")
    .option("--publisher <name>", "who published it")
    .option("--author <name>", "who wrote it")
    .option("--published <date>", "when: YYYY, YYYY-MM or YYYY-MM-DD", parseDate)
    .option("--period-from <date>", "the time that it covers", parseDate)
    .option("--period-to <date>", "until when", parseDate)
    .option("--document-id <text>", "its number or symbol, such as S/2025/71")
    .option("--url <address>", "where it can be found; a download knows this itself")
    .option("--language <code>", "two or three small letters, such as en")
    .addOption(
      new Option("--kind <kind>", "un-report, think-tank, government, news, op-ed, reference or unknown").argParser(
        parseKind,
      ),
    )
    .addOption(new Option("--reliability <grade>", "Admiralty grade of the source, A to F").argParser(parseReliability))
    .addOption(new Option("--marking <label>", "TLP 2.0 label, such as TLP:GREEN").argParser(parseMarking))
    .option("--replace", "put it in the place of the file of that path, which can be restored")
    .option("--dry-run", "show what would be done, and change nothing")
    .option("-y, --yes", "do not ask before adding")
    .option("--json", "print the summary as one JSON object")
    .addHelpText(
      "after",
      examples([
        "npm run ingest -- add ~/Downloads/report.pdf",
        "npm run ingest -- add https://example.org/report.pdf --kind government --reliability B --marking TLP:CLEAR",
        "npm run ingest -- add new-version.docx --as un/report.docx --replace --yes",
      ]),
    )
    .action(async (from: string, options: AddOptions) => {
      await run(({ sitrep }) => addCommand(sitrep, io, from, options));
    });

  ingest
    .command("remove")
    .description("take a report out of the corpus and the index; it can be restored")
    .argument("<id>", "id of the report")
    .option("--json", "print the summary as one JSON object")
    .addHelpText("after", examples(["npm run ingest -- remove picss-january-2025"]))
    .action(async (id: string, options: ChangeOptions) => {
      await run(({ sitrep }) => removeCommand(sitrep, io, id, options));
    });

  ingest
    .command("restore")
    .description("put back the report that was last removed under an id")
    .argument("<id>", "id of the report")
    .option("--removed <time>", "of several, the one that was removed then, as `list --removed` shows it")
    .option("--json", "print the summary as one JSON object")
    .addHelpText("after", examples(["npm run ingest -- restore picss-january-2025"]))
    .action(async (id: string, options: RestoreOptions) => {
      await run(({ sitrep }) => restoreCommand(sitrep, io, id, options));
    });

  ingest
    .command("list")
    .description("list the reports of the index")
    .argument("[words...]", "only reports with all of these in id, path, title, publisher, kind or marking")
    .option("--removed", "those that were removed and can be restored")
    .option("--json", "print a JSON array")
    .addHelpText(
      "after",
      examples(["npm run ingest -- list", "npm run ingest -- list un-report", "npm run ingest -- list --removed"]),
    )
    .action(async (words: string[], options: ListOptions) => {
      await run(({ sitrep }) => listCommand(sitrep, io, words.join(" "), options));
    });

  ingest
    .command("show")
    .description("show a report's metadata, or its text")
    .argument("<id>", "id of the report")
    .option("--text", "its canonical text, which every offset points into (UTF-16 code units)")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      examples([
        "npm run ingest -- show picss-january-2025",
        "npm run --silent ingest -- show picss-january-2025 --text",
      ]),
    )
    .action(async (id: string, options: ShowOptions) => {
      await run(({ sitrep }) => showCommand(sitrep, io, id, options));
    });
}

function parseGlob(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("Give a pattern such as 'un/**'.");
  return value;
}
