/** The `brief` command: what the reports say about a subject, or all of them, as Markdown, JSON or a page of HTML. */

import type { Briefing, BriefingResult, Picture, Subject, Theme } from "../domain/briefing.ts";
import { briefingJson } from "../domain/briefing-json.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { Sitrep } from "../domain/service.ts";
import { oneLine } from "../domain/visible.ts";
import { type BriefFormat, formatFor, pictureFileOf, refuseExisting, writeNew } from "./brief-output.ts";
import { type OpenedSitrep, pathWithin, unlessInterrupted } from "./edge.ts";
import { counted, ingestFirst } from "./ingest.ts";
import { type Io, outputInMemory } from "./io.ts";
import type { RenderStyle } from "./render-answer.ts";
import { briefingPage, nothingPage } from "./render-briefing-html.ts";
import { briefingMarkdown, nothingMarkdown, type PictureFile } from "./render-briefing-md.ts";
import { safeJson, wrap } from "./terminal.ts";

export interface BriefCommandOptions {
  /** Without one, what the name of the output file says, and else "md". */
  readonly format?: BriefFormat;
  /** Of pictures, and of a page. Without one a page follows the reader's device, and a picture beside Markdown is light. */
  readonly theme?: Theme;
  /** A file to write to in the place of stdout. */
  readonly output?: string;
  /** Whether files that are there may be overwritten. */
  readonly force?: boolean;
}

/** Briefs; ingests first when there is no index. That the reports say too little is an answer: it exits with 0. */
export async function briefCommand(
  opened: OpenedSitrep,
  io: Io,
  subject: string | null,
  options: BriefCommandOptions,
): Promise<ExitCode> {
  const { output, theme = null, force = false } = options;
  const { sitrep, config } = opened;
  const format = formatFor(options);
  if (output !== undefined && !force) refuseExisting(output, format);
  await ensureIndex(opened, io);
  const result = await unlessInterrupted(sitrep.brief(subject, { signal: io.signal }), io.signal);
  const themes = picturesWanted(options, format);
  const pictures =
    result.kind === "nothing" || themes.length === 0
      ? []
      : await unlessInterrupted(picturesIn(sitrep, result.briefing, themes), io.signal);
  const pathOf = pathWithin(config.corpusDir);
  // A file is for every reader: whole lines, no colours.
  const { width, colors } = output === undefined ? io.out : outputInMemory();
  if (output === undefined) {
    io.out.write(rendered(result, format, { pictures, files: [], theme, style: { width, colors, pathOf } }));
    return EXIT.ok;
  }
  const beside = format === "md" ? pictures : [];
  const files = beside.map(({ id, alt, png }) => ({ ...pictureFileOf(output, id), alt, png }));
  const text = rendered(result, format, { pictures, files, theme, style: { width, colors, pathOf } });
  for (const { path, png } of files) writeNew(path, png, force);
  writeNew(output, text, force);
  const more = files.length === 0 ? "" : ` with ${counted(files.length, "picture")} beside it`;
  io.err.write(`Written to ${oneLine(output)}${more}.\n`);
  return EXIT.ok;
}

async function ensureIndex({ sitrep, config }: OpenedSitrep, io: Io): Promise<void> {
  if (sitrep.hasIndex()) return;
  await ingestFirst(sitrep, io, { corpus: pathWithin(config.corpusDir)("."), data: config.dataDir });
}

/** A page has pictures for light and dark unless a theme is set; Markdown has them only beside a file; JSON has none. */
function picturesWanted({ theme, output }: BriefCommandOptions, format: BriefFormat): readonly Theme[] {
  if (format === "html") return theme === undefined ? ["light", "dark"] : [theme];
  return format === "md" && output !== undefined ? [theme ?? "light"] : [];
}

async function picturesIn(sitrep: Sitrep, briefing: Briefing, themes: readonly Theme[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  // One after the other: drawing two at a time would take twice the memory, and no less time on one thread.
  for (const theme of themes) pictures.push(...(await sitrep.pictures(briefing, theme)));
  return pictures;
}

interface Rendering {
  readonly pictures: readonly Picture[];
  readonly files: readonly PictureFile[];
  readonly theme: Theme | null;
  readonly style: RenderStyle;
}

function rendered(result: BriefingResult, format: BriefFormat, { pictures, files, theme, style }: Rendering): string {
  if (format === "json") return `${safeJson(briefingJson(result))}\n`;
  if (format === "html") {
    const pageStyle = { pathOf: style.pathOf, theme };
    return result.kind === "nothing"
      ? nothingPage(result, pageStyle)
      : briefingPage(result.briefing, pictures, pageStyle);
  }
  return result.kind === "nothing" ? nothingMarkdown(result, style) : briefingMarkdown(result.briefing, files, style);
}

/**
 * What a briefing can be asked for, those that most passages speak of first.
 * @param words only subjects that have all of them in their name or another name; "" for all.
 */
export async function briefListCommand(
  opened: OpenedSitrep,
  io: Io,
  words: string,
  { format }: Pick<BriefCommandOptions, "format">,
): Promise<ExitCode> {
  await ensureIndex(opened, io);
  const all = await unlessInterrupted(opened.sitrep.subjects(), io.signal);
  const subjects = subjectsWith(words, all);
  io.out.write(format === "json" ? `${safeJson(subjects)}\n` : renderSubjects(subjects, io));
  return EXIT.ok;
}

function subjectsWith(words: string, subjects: readonly Subject[]): readonly Subject[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return subjects.filter(({ name, aliases }) => {
    const names = [name, ...aliases].join("\n").toLowerCase();
    return wanted.every((word) => names.includes(word));
  });
}

function renderSubjects(subjects: readonly Subject[], { out: { width, colors } }: Io): string {
  if (subjects.length === 0) return "No subject of that name; a briefing takes free words too.\n";
  const lines = subjects.flatMap(({ name, kind, aliases, passages }) => [
    `${colors.bold(oneLine(name))}  ${colors.dim(`${kind}, ${counted(passages, "passage")}`)}`,
    ...(aliases.length === 0 ? [] : wrap(aliases.map(oneLine).join(", "), width - 4).map((line) => `    ${line}`)),
  ]);
  return `${lines.join("\n")}\n${counted(subjects.length, "subject")}\n`;
}
