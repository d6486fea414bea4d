/** An answer, an abstention or search results as text for a person. Report text is data: it is made harmless here. */

import type { Abstained, Answered, Citation, Claim } from "../domain/answer.ts";
import type { AskResult, SearchResult } from "../domain/service.ts";
import { oneLine } from "../domain/visible.ts";
import type { Colors } from "./io.ts";
import {
  claimWords,
  corroborationWords,
  disagreementWords,
  opinionWords,
  premiseWords,
  unmetWords,
} from "./render-claim.ts";
import { citationLine, citationLines } from "./render-source.ts";
import { wrap } from "./terminal.ts";

export interface RenderStyle {
  /** Columns to wrap at; Infinity for whole lines. */
  readonly width: number;
  readonly colors: Colors;
  /** Turns a path inside the corpus folder into one that can be opened from where the person is. */
  readonly pathOf: (path: string) => string;
}

/** Everything to the right of this bar is the report's text; nothing else ever stands there. */
const BAR = "│ ";

/** Where a quote keeps its line end: after a paragraph or a heading, and before a list item, a table row, a heading. */
export const BLOCK_END = /\n(?:[ \t]*\n)+|\n(?=[ \t]*(?:[-*+>|#]|\d{1,3}[.)])[ \t])/;

/** The whole answer, ending in a line end. */
export function renderAnswer(result: AskResult, style: RenderStyle): string {
  const { answer } = result;
  const lines = answer.kind === "answer" ? answeredLines(answer, style) : abstainedLines(answer, result, style);
  return `${lines.join("\n")}\n`;
}

function answeredLines(answer: Answered, style: RenderStyle): string[] {
  const { claims, confidence, support } = answer;
  const { bold, green, yellow, red } = style.colors;
  const lines: string[] = [];
  const premise = premiseWords(answer);
  if (premise !== null) lines.push(...wrap(premise, style.width).map((line) => bold(yellow(line))), "");
  for (const claim of claims) {
    for (const citation of claim.citations) {
      lines.push(...opinionLines(citation, claim, style));
      lines.push(...quoteLines(`[${citation.number}] `, citation.quote.text, style));
      lines.push(...sourceLines(citation, claim, style));
    }
    lines.push(...indented(corroborationWords(claim.corroboration), style));
    lines.push("");
  }
  lines.push(...disagreementLines(answer, style));
  const tint = { high: green, medium: yellow, low: red }[confidence];
  lines.push(`${bold("Confidence:")} ${tint(confidence)} (${support.toFixed(2)})`);
  return lines;
}

function abstainedLines(answer: Abstained, { question }: AskResult, style: RenderStyle): string[] {
  const { explanation, nearest, choices } = answer;
  const { bold, yellow, dim } = style.colors;
  const lines = [bold(yellow("No answer in these reports.")), ...wrap(oneLine(explanation), style.width)];
  const missing = unmetWords(answer);
  if (missing !== null) lines.push(...wrap(missing, style.width));
  if (question.expansions.length > 0) {
    lines.push(...wrap(`Searched as well: ${question.expansions.map(oneLine).join(", ")}`, style.width).map(dim));
  }
  if (choices.length > 0) {
    lines.push("", bold("Did you mean:"), ...indented(choices.map(oneLine), style));
  }
  if (nearest.length > 0) {
    lines.push("", bold("Not an answer, but near:"));
    for (const { citation } of nearest) {
      lines.push("", ...opinionLines(citation, null, style), ...quoteLines("    ", citation.quote.text, style));
      lines.push(...indented([citationLine(citation, style.pathOf)], style).map(dim));
    }
  }
  return lines;
}

/** Search results, best first. */
export function renderSearch({ hits, milliseconds }: SearchResult, style: RenderStyle): string {
  const { bold, dim } = style.colors;
  if (hits.length === 0) return `${bold("Nothing found.")}\n`;
  const numberWidth = `[${hits.length}] `.length;
  const lines = hits.flatMap((hit, at) => {
    const quote = {
      reportId: hit.passage.reportId,
      start: hit.passage.start,
      end: hit.passage.end,
      text: hit.passage.text,
    };
    const { source, reportPath: path } = hit;
    const citation = { number: at + 1, quote, path, source, locator: hit.passage.locator, footnotes: [] };
    return [
      ...opinionLines(citation, null, style),
      ...quoteLines(`[${at + 1}] `.padEnd(numberWidth), hit.passage.text, style),
      ...indented([`score ${hit.score.toFixed(3)} · ${citationLine(citation, style.pathOf)}`], style).map(dim),
      "",
    ];
  });
  const count = hits.length === 1 ? "1 passage" : `${hits.length} passages`;
  return `${lines.join("\n")}\n${count} in ${milliseconds.toFixed(0)} ms\n`;
}

/** A quote behind its bar; `label` stands before the first bar, spaces before the others. */
function quoteLines(label: string, quote: string, { width, colors }: RenderStyle): string[] {
  const room = width - label.length - BAR.length;
  return quote
    .split(BLOCK_END)
    .flatMap((block) => wrap(oneLine(block), room, true))
    .map((line, at) => {
      const lead = at === 0 ? colors.bold(label) : " ".repeat(label.length);
      return `${lead}${colors.cyan(BAR)}${line}`;
    });
}

/** Nothing, or a line above a quote, so that nobody reads an opinion as a finding. */
function opinionLines(citation: Citation, claim: Claim | null, style: RenderStyle): string[] {
  const words = opinionWords(citation, claim);
  return words === null ? [] : indented([words], style).map(style.colors.yellow);
}

/** Of what time a quote speaks and who says it, then where it comes from. */
function sourceLines(citation: Citation, claim: Claim, style: RenderStyle): string[] {
  const [title = "", ...rest] = citationLines(citation, style.pathOf);
  const words = claimWords(citation, claim);
  const tint = claim.asOf?.isOlder === true ? style.colors.yellow : (text: string) => text;
  return [
    ...(words === null ? [] : indented([words], style).map(tint)),
    ...indented([title], style).map(style.colors.bold),
    ...indented(rest, style).map(style.colors.dim),
  ];
}

function disagreementLines(answer: Answered, style: RenderStyle): string[] {
  return answer.disagreements.flatMap((each) => {
    const { title, values, note } = disagreementWords(each, answer);
    return [
      ...wrap(title, style.width).map(style.colors.bold),
      ...indented(values, style),
      ...indented([note], style).map(style.colors.dim),
      "",
    ];
  });
}

/** Wrapped lines under a quote; what spills over is set in two more columns. */
function indented(texts: readonly string[], { width }: RenderStyle): string[] {
  return texts.flatMap((text) => wrap(text, width - 6).map((line, at) => `${at === 0 ? "    " : "      "}${line}`));
}
