/** Markdown: the text stays as it is; beside it stands a reading view in which markup is blank. */

import { type Block, type StructuredText, trimSpan } from "../../text/blocks.ts";
import { scanBlocks } from "./markdown/blocks.ts";
import { htmlRegions } from "./markdown/html.ts";
import { scanInline } from "./markdown/inline.ts";

/**
 * The structure of a Markdown text (CommonMark with the tables, footnotes and strike-through of GitHub),
 * normalised and without front matter. Where the rules would hide text that may be evidence (unclosed
 * comments, unknown tags, long underlined paragraphs), it stays readable. Never throws; time is linear.
 */
export function extractMarkdown(text: string): StructuredText {
  const mask = new Uint8Array(text.length);
  const regions = htmlRegions(text);
  const { blocks, inline, targets, definitions } = scanBlocks(text, mask, regions);
  const footnotes: { key: string; at: number }[] = [];
  for (const { start, end } of inline) {
    scanInline({ text, mask, targets, regions, footnotes, definitions }, start, end);
  }
  const reading = readingView(text, mask);
  return {
    text,
    reading,
    blocks: readableBlocks(blocks, reading),
    footnotes: footnotes.sort((a, b) => a.at - b.at),
    definitions: uniqueDefinitions(definitions),
  };
}

/** The blocks that hold something to read. A table whose head holds nothing says so at its first row. */
function readableBlocks(blocks: readonly Block[], reading: string): Block[] {
  const readable: Block[] = [];
  let isHeadless = false;
  for (const block of blocks) {
    if (trimSpan(reading, block.start, block.end) !== null) {
      readable.push(isHeadless && block.kind === "table-row" ? { ...block, beginsTable: true } : block);
      isHeadless = false;
    } else isHeadless ||= block.kind === "table-head";
  }
  return readable;
}

/** The text with masked characters as spaces; line ends stay. */
function readingView(text: string, mask: Uint8Array): string {
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    const kind = mask[start];
    let end = start + 1;
    while (end < text.length && mask[end] === kind) end += 1;
    const part = text.slice(start, end);
    parts.push(kind === 1 ? part.replace(/[^\n]/g, " ") : part);
    start = end;
  }
  return parts.join("");
}

/** A source that several marks lead to is listed once for each text that it has. */
function uniqueDefinitions(definitions: { key: string; text: string }[]): { key: string; text: string }[] {
  return [...new Map(definitions.map((definition) => [`${definition.key}\n${definition.text}`, definition])).values()];
}
