/** `ingest add`: a file or a page into the corpus, with what is said about it. */

import { SitrepError } from "../domain/errors.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { Candidate, GivenMetadata } from "../domain/ingest.ts";
import { MARKINGS } from "../domain/marking.ts";
import { RELIABILITIES, REPORT_KINDS } from "../domain/report.ts";
import type { Draft, Sitrep } from "../domain/service.ts";
import { oneLine } from "../domain/visible.ts";
import { sourceRows } from "./corpus.ts";
import { counted, refusalLines, reportIngest } from "./ingest.ts";
import type { Io } from "./io.ts";
import { reliabilityWords } from "./render-source.ts";

export interface AddOptions extends GivenMetadata {
  readonly as?: string;
  readonly replace?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** A field that has to be known, how it is asked for, and what may be answered. */
interface Field {
  readonly name: "title" | "publisher" | "published" | "kind" | "reliability" | "marking";
  readonly question: string;
  readonly choices?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: "title", question: "Title" },
  { name: "publisher", question: "Publisher" },
  { name: "published", question: "Published (YYYY, YYYY-MM or YYYY-MM-DD)" },
  { name: "kind", question: `Kind (${REPORT_KINDS.join(", ")})`, choices: REPORT_KINDS },
  {
    name: "reliability",
    question: `Reliability of the source (${RELIABILITIES.map((grade) => reliabilityWords(grade).replace(/^reliability /, "")).join(", ")})`,
    choices: RELIABILITIES,
  },
  { name: "marking", question: `Marking (${MARKINGS.join(", ")})`, choices: MARKINGS },
];

/**
 * Reads the file or page, completes what is said about it by asking, shows what will be done, and does it.
 * Without a terminal to ask on, what is missing is a fault that names the options.
 */
export async function addCommand(sitrep: Sitrep, io: Io, from: string, options: AddOptions): Promise<ExitCode> {
  const { as, replace, dryRun = false, yes = false, json = false, ...given } = options;
  const draft = await sitrep.draft(from, { as, replace, given, signal: io.signal });
  try {
    const fields = await completed(draft, io, given);
    const checked = await draft.check(fields);
    if (!checked.ok) {
      for (const line of refusalLines([checked.refusal])) io.err.write(`${line}\n`);
      return EXIT.refused;
    }
    refuseContradictions(given, checked.candidate);
    io.err.write(renderCandidate(checked.candidate));
    if (dryRun) {
      io.err.write("Nothing was changed.\n");
      return EXIT.ok;
    }
    if (!yes && io.prompt !== null && !/^y(?:es)?$/i.test((await io.prompt("Add it? (y/n) ")).trim())) {
      io.err.write("Nothing was changed.\n");
      return EXIT.ok;
    }
    const code = await reportIngest(io, json, (progress) => draft.add(fields, progress));
    if (code === EXIT.ok && checked.candidate.replaces !== null) {
      io.err.write("What it replaced can be restored: `npm run ingest -- list --removed` shows it.\n");
    }
    return code;
  } finally {
    draft.close();
  }
}

/** The given fields, and answers for those that nobody has said. */
async function completed(draft: Draft, io: Io, given: GivenMetadata): Promise<GivenMetadata> {
  const { isDescribed, dateToGive } = draft;
  if (isDescribed && dateToGive === null) return given;
  const { source } = draft.candidate;
  const known: Partial<Record<Field["name"], string>> = isDescribed
    ? {}
    : {
        // A file's name stands for the title where the document has none: it has to be confirmed.
        ...(source.derived.includes("title") && source.publisher === null ? {} : { title: source.title }),
        ...(source.publisher === null ? {} : { publisher: source.publisher }),
        ...(source.published === null ? {} : { published: source.published }),
      };
  const missing = FIELDS.filter(({ name }) => given[name] === undefined && (!isDescribed || name === "published"));
  if (io.prompt === null) {
    const unknown = missing.filter(({ name }) => known[name] === undefined);
    if (unknown.length === 0) return given;
    throw new SitrepError("bad-input", `Not said: ${unknown.map(({ name }) => `--${name}`).join(", ")}`, {
      hint: "Give them as options, or run the command on a terminal to be asked.",
    });
  }
  // Only offered: a person has to agree to it.
  const suggested: Partial<Record<Field["name"], string>> = {
    title: source.title,
    ...(typeof dateToGive?.suggestion === "string" ? { published: dateToGive.suggestion } : {}),
  };
  const answers: Record<string, string> = {};
  for (const field of missing) {
    const suggestion = known[field.name] ?? suggested[field.name];
    answers[field.name] = await answerTo(io, io.prompt, field, suggestion);
  }
  return { ...given, ...answers };
}

async function answerTo(
  io: Io,
  prompt: NonNullable<Io["prompt"]>,
  { question, choices }: Field,
  suggestion: string | undefined,
): Promise<string> {
  for (;;) {
    const shown = suggestion === undefined ? "" : ` [${oneLine(suggestion)}]`;
    const answer = (await prompt(`${question}${shown}: `)).trim() || suggestion;
    if (answer === undefined) io.err.write("This has to be known.\n");
    else if (choices === undefined) return answer;
    else {
      const wanted = answer.toLowerCase().replace(/^tlp:?/, "");
      const choice = choices.find((each) => each.toLowerCase().replace(/^tlp:/, "") === wanted);
      if (choice !== undefined) return choice;
      io.err.write(`Choose one of ${choices.join(", ")}.\n`);
    }
  }
}

/** What a person gives must not be passed over because the file itself says something else. */
function refuseContradictions(given: GivenMetadata, { id, source, path }: Candidate): void {
  const { title, publisher, author, published, documentId, url, kind, language, reliability, marking } = source;
  const taken: Readonly<Record<string, string | null>> = {
    id,
    title,
    publisher,
    author,
    published,
    documentId,
    url,
    kind,
    language,
    reliability,
    marking,
  };
  const ignored = Object.entries(given).filter(
    ([field, value]) => value !== undefined && field in taken && taken[field] !== value.trim().replace(/\s+/g, " "),
  );
  if (ignored.length === 0) return;
  throw new SitrepError(
    "bad-input",
    `${path} says otherwise itself about: ${ignored.map(([field]) => field).join(", ")}`,
    {
      hint: "Its front matter goes before these options: change it there.",
    },
  );
}

function renderCandidate(candidate: Candidate): string {
  const { path, id, sidecar, source, bytes, characters, pages, passages, beginning, replaces, warnings } = candidate;
  const size = [
    `${Math.max(1, Math.round(bytes / 1024)).toLocaleString("en")} KiB`,
    ...(pages === 0 ? [] : [counted(pages, "page")]),
    counted(characters, "character"),
    counted(passages, "passage"),
  ].join(", ");
  const rows: [string, string][] = [
    ["file", `${path} (${size})`],
    ["id", id],
    ...sourceRows(source, path),
    ["begins", beginning],
    ...warnings.map((warning): [string, string] => ["worth a look", warning]),
  ];
  const files = sidecar === null ? path : `${path} and ${sidecar}`;
  const what =
    replaces === null
      ? `This will write ${files}`
      : `This will REPLACE ${path}, which is kept in .removed, and write ${files}`;
  const lines = rows.map(([label, value]) => `  ${label.padEnd(13)}${oneLine(value)}`);
  return `${[...lines, `${oneLine(what)} in the corpus folder, and ingest it.`].join("\n")}\n`;
}
