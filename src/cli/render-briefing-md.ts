/** A briefing as Markdown that reads well on a terminal too. What reports say stands behind ">", and is never markup. */

import type { Citation } from "../domain/answer.ts";
import {
  type Briefing,
  type BriefingLine,
  type BriefingResult,
  type BriefingSection,
  citationsIn,
} from "../domain/briefing.ts";
import {
  briefingTitle,
  labelWords,
  missingWords,
  nothingWords,
  reportChangeWords,
  scopeWords,
} from "../domain/briefing-words.ts";
import { oneLine } from "../domain/visible.ts";
import type { RenderStyle } from "./render-answer.ts";
import { linesOfMarkdown, markdown, markdownAddress } from "./render-briefing-escape.ts";
import { citationsByReport, partsOf, type SectionPart, sideWords } from "./render-briefing-parts.ts";
import { type Block, bullet, numbered, plain, quoteBlock } from "./render-briefing-quote.ts";
import { tableBlocks } from "./render-briefing-table.ts";
import { corroborationWords, differingWords, disagreementWords } from "./render-claim.ts";
import { reportLines } from "./render-source.ts";

/** A picture that is in a file beside the Markdown. */
export interface PictureFile {
  /** The file's name, without a folder. */
  readonly name: string;
  readonly alt: string;
}

/** The whole briefing, ending in a line end. */
export function briefingMarkdown(briefing: Briefing, pictures: readonly PictureFile[], style: RenderStyle): string {
  const { alsoKnownAs, sections, reports = [] } = briefing;
  const { bold, yellow } = style.colors;
  const missing = missingWords(briefing);
  const quoted = new Set(
    sections.flatMap(({ lines }) => lines.flatMap((line) => line.citations.map((each) => each.number))),
  );
  return joined([
    linesOfMarkdown(`# ${markdown(briefingTitle(briefing))}`, Number.POSITIVE_INFINITY).map(bold),
    ...(alsoKnownAs.length === 0 ? [] : [plain(`Also known as: ${alsoKnownAs.join(", ")}`, style)]),
    plain(scopeWords(briefing), style),
    ...(reports.length === 0 ? [] : [reports.flatMap((each) => bullet(reportChangeWords(each), style))]),
    ...pictures.map(({ name, alt }) => [`![${markdown(alt)}](<${encodeURIComponent(name)}>)`]),
    ...sections.flatMap((section) => sectionBlocks(section, quoted, style)),
    ...(missing === null ? [] : [plain(missing, style).map(yellow)]),
    ...sourceBlocks(citationsIn(briefing), style),
  ]);
}

/** Why there is no briefing, and what there is instead. */
export function nothingMarkdown(
  { subject, instead, nearest }: Extract<BriefingResult, { kind: "nothing" }>,
  style: RenderStyle,
): string {
  const { bold, yellow } = style.colors;
  return joined([
    plain(nothingWords(subject), style).map((line) => bold(yellow(line))),
    ...(instead.length === 0
      ? []
      : [[bold("Subjects that come nearest:")], instead.flatMap((name) => bullet(name, style))]),
    ...(nearest.length === 0 ? [] : [[bold("Not about it, but near:")]]),
    ...nearest.map(({ citation }) => quoteBlock(citation, null, style)),
  ]);
}

function joined(blocks: readonly Block[]): string {
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function sectionBlocks(section: BriefingSection, quoted: ReadonlySet<number>, style: RenderStyle): Block[] {
  const { title, table } = section;
  return [
    [style.colors.bold(`## ${markdown(title)}`)],
    ...(table === undefined ? [] : tableBlocks(table, quoted, style)),
    ...partsOf(section).flatMap((part) => partBlocks(part, section, style)),
  ];
}

function partBlocks(part: SectionPart, section: BriefingSection, style: RenderStyle): Block[] {
  const { bold, dim } = style.colors;
  switch (part.kind) {
    case "alone":
      return part.lines.map((line, at) => lineBlock(line, style, at === 0));
    case "sides":
      return part.lines.flatMap((line, at) => [[bold(`**${sideWords(at)}**`)], lineBlock(line, style)]);
    case "differing": {
      const among = { claims: section.lines };
      const { title, note } = disagreementWords(part.disagreement, among);
      return [
        strong(title, style),
        part.disagreement.values.flatMap((value) => numbered(value.citation, differingWords(value, among), style)),
        plain(note, style).map(dim),
        ...part.lines.map((line) => lineBlock(line, style)),
      ];
    }
  }
}

/** A label, unless the line before has it, and each quote with its source and what has to be said of it. */
function lineBlock(line: BriefingLine, style: RenderStyle, isLabelled = true): Block {
  const { citations, corroboration } = line;
  return [
    ...(isLabelled ? labelLines(line, style) : []),
    ...citations.flatMap((citation) => quoteBlock(citation, line, style)),
    ...corroborationWords(corroboration).flatMap((words) => bullet(words, style).map(style.colors.dim)),
  ];
}

function labelLines(line: BriefingLine, style: RenderStyle): string[] {
  if (line.label === null) return [];
  const { name, more } = labelWords(line.label, line);
  return [...strong(name, style), ...(more === "" ? [] : plain(`(${more})`, style))];
}

function strong(words: string, { width, colors }: RenderStyle): string[] {
  return linesOfMarkdown(`**${markdown(words)}**`, width).map(colors.bold);
}

/** Each report once, with the numbers of what is quoted of it. */
function sourceBlocks(citations: readonly Citation[], style: RenderStyle): Block[] {
  if (citations.length === 0) return [];
  const items = citationsByReport(citations).flatMap((group) => {
    const numbers = group.map(({ number }) => `[${number}]`).join(" ");
    const { url } = group[0].source;
    const words = reportLines(group[0], style.pathOf).map((line) =>
      url !== null && line === oneLine(url) ? markdownAddress(url) : markdown(line),
    );
    return linesOfMarkdown(`- ${numbers} ${words.join(" · ")}`, style.width, 2);
  });
  return [[style.colors.bold("## Sources")], items];
}
