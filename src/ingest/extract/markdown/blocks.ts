/** The blocks of a Markdown text, line by line: containers, headings, tables, code, definitions. */

import { matchContainers, openContainers } from "./containers.ts";
import { type HtmlRegions, isBlockTag } from "./html.ts";
import { foldLabel } from "./inline.ts";
import * as line from "./lines.ts";
import { addBlock, closeLeaf, extendParagraph, kindInside, type Leaf, type Scan, type ScannedBlocks } from "./scan.ts";

/** A longer paragraph above a rule of dashes is a paragraph: headings are not evidence, and text must be. */
const LONGEST_SETEXT = 200;

/** Finds the blocks of a text and masks their markup, except for what is inline. Linear. */
export function scanBlocks(text: string, mask: Uint8Array, regions: HtmlRegions): ScannedBlocks {
  const scan: Scan = {
    text,
    mask,
    regions,
    blocks: [],
    inline: [],
    targets: new Map(),
    definitions: [],
    stack: [],
    leaf: { kind: "none" },
  };
  let position = 0;
  while (position < text.length) position = scanLine(scan, position);
  closeLeaf(scan);
  return scan;
}

/** Scans the line (or what a comment left of it) that starts at `start`; returns where the next one starts. */
function scanLine(scan: Scan, start: number): number {
  const { text, mask } = scan;
  const found = text.indexOf("\n", start);
  const end = found === -1 ? text.length : found;
  const cursor = { at: start, column: 0 };
  const matched = matchContainers(scan, cursor, end);
  const isInside = matched === scan.stack.length;
  let space = line.afterSpace(text, cursor, end);
  if (scan.leaf.kind === "fence") {
    if (isInside) {
      fenceLine(scan, scan.leaf, cursor.at, space, end, space.column - cursor.column);
      return end + 1;
    }
    closeLeaf(scan);
  }
  if (space.at === end) {
    blankLine(scan, matched);
    return end + 1;
  }
  if (scan.leaf.kind === "definition") {
    if (isInside && continuesDefinition(scan, scan.leaf, space.at, end, space.column - cursor.column)) {
      scan.leaf.lines.push(text.slice(space.at, end));
      scan.leaf.isAfterBlank = false;
      mask.fill(1, space.at, end);
      return end + 1;
    }
    closeLeaf(scan);
  }
  const hasOpened = openContainers(scan, cursor, end, matched);
  space = line.afterSpace(text, cursor, end);
  if (space.at === end) return end + 1;
  const indent = space.column - cursor.column;
  if (!hasOpened && !isInside) {
    if (scan.leaf.kind === "paragraph" && !startsBlock(text, space.at, end)) {
      extendParagraph(scan, space.at, end);
      return end + 1;
    }
    closeLeaf(scan);
    scan.stack.length = matched;
  }
  if (indent >= 4 && scan.leaf.kind !== "paragraph") {
    if (scan.leaf.kind === "code") scan.leaf.end = end;
    else {
      closeLeaf(scan);
      scan.leaf = { kind: "code", start: space.at, end };
    }
    return end + 1;
  }
  if (scan.leaf.kind === "code") closeLeaf(scan);
  return indent < 4 ? leafLine(scan, space.at, end) : paragraphLine(scan, space.at, end);
}

function blankLine(scan: Scan, matched: number): void {
  const { leaf } = scan;
  if (leaf.kind === "definition") leaf.isAfterBlank = true;
  else if (leaf.kind !== "code") closeLeaf(scan);
  if (matched < scan.stack.length) {
    closeLeaf(scan);
    scan.stack.length = matched;
  }
}

function fenceLine(
  scan: Scan,
  leaf: Leaf & { kind: "fence" },
  from: number,
  space: line.Cursor,
  end: number,
  indent: number,
): void {
  const { text, mask } = scan;
  let after = space.at;
  while (after < end && text.charAt(after) === leaf.mark) after += 1;
  if (indent < 4 && after - space.at >= leaf.length && text.slice(after, end).trim() === "") {
    mask.fill(1, space.at, end);
    closeLeaf(scan);
    return;
  }
  if (leaf.start === -1) leaf.start = from;
  leaf.end = end;
}

/** A footnote's text goes on over lines that start nothing else, and after a blank line where it is indented. */
function continuesDefinition(
  scan: Scan,
  leaf: Leaf & { kind: "definition" },
  at: number,
  end: number,
  indent: number,
): boolean {
  if (indent >= 4) return true;
  const startsList = line.mayBeListMark(scan.text, at) && line.listMark(scan.text, at, end) !== null;
  return (
    !leaf.isAfterBlank && !startsList && !startsBlock(scan.text, at, end) && !line.isLinkDefinition(scan.text, at, end)
  );
}

/** Whether a line starts a block that ends a paragraph. */
function startsBlock(text: string, at: number, end: number): boolean {
  return (
    line.headingMark(text, at, end) > 0 ||
    line.fenceMark(text, at, end) > 0 ||
    line.isRule(text, at, end) ||
    line.footnoteDefinition(text, at) !== null ||
    text.charAt(at) === ">" ||
    isBlockTag(text, at)
  );
}

/** A line inside its containers, indented by less than four columns. */
function leafLine(scan: Scan, at: number, end: number): number {
  const { text, mask, leaf } = scan;
  const region = text.charAt(at) === "<" ? scan.regions.endOf(at) : -1;
  if (region !== -1) {
    closeLeaf(scan);
    mask.fill(1, at, region);
    return text.charAt(region) === "\n" ? region + 1 : region;
  }
  const level = line.headingMark(text, at, end);
  if (level > 0) {
    closeLeaf(scan);
    mask.fill(1, at, at + level);
    mask.fill(1, line.headingEnd(text, at + level, end), end);
    addBlock(scan, "heading", at, end, level);
    return end + 1;
  }
  const fence = line.fenceMark(text, at, end);
  if (fence > 0) {
    closeLeaf(scan);
    mask.fill(1, at, end);
    scan.leaf = { kind: "fence", mark: text.charAt(at), length: fence, start: -1, end: -1 };
    return end + 1;
  }
  if (leaf.kind === "paragraph") {
    const underline = line.setextLevel(text, at, end);
    if (underline > 0 && leaf.lastLine === leaf.start && leaf.end - leaf.start <= LONGEST_SETEXT) {
      scan.leaf = { kind: "none" };
      mask.fill(1, at, end);
      addBlock(scan, "heading", leaf.start, leaf.end, underline);
      return end + 1;
    }
    if (underline === 1) {
      mask.fill(1, at, end);
      closeLeaf(scan);
      return end + 1;
    }
    if (line.isTableRule(text, at, end) && text.slice(leaf.lastLine, leaf.end).includes("|")) {
      mask.fill(1, at, end);
      startTable(scan, leaf);
      return end + 1;
    }
  }
  if (line.isRule(text, at, end)) {
    closeLeaf(scan);
    mask.fill(1, at, end);
    return end + 1;
  }
  const definition = line.footnoteDefinition(text, at);
  if (definition !== null) {
    closeLeaf(scan);
    mask.fill(1, at, end);
    scan.leaf = {
      kind: "definition",
      key: definition.key,
      lines: [text.slice(definition.end, end)],
      isAfterBlank: false,
    };
    return end + 1;
  }
  const link = leaf.kind === "none" || leaf.kind === "table" ? line.linkDefinition(text, at, end) : null;
  if (link !== null) {
    closeLeaf(scan);
    mask.fill(1, at, end);
    const label = foldLabel(link.label);
    if (!scan.targets.has(label)) scan.targets.set(label, link.target);
    return end + 1;
  }
  if (isBlockTag(text, at)) {
    closeLeaf(scan);
    const heading = line.htmlHeading(text, at, end);
    if (heading > 0) {
      addBlock(scan, "heading", at, end, heading);
      return end + 1;
    }
  } else if (leaf.kind === "table") {
    tableRow(scan, at, end, "table-row");
    return end + 1;
  }
  return paragraphLine(scan, at, end);
}

function paragraphLine(scan: Scan, at: number, end: number): number {
  if (scan.leaf.kind === "paragraph") extendParagraph(scan, at, end);
  else {
    closeLeaf(scan);
    scan.leaf = { kind: "paragraph", start: at, lastLine: at, end };
  }
  return end + 1;
}

/** The paragraph's last line is the head of a table; what stands above it stays a paragraph. */
function startTable(scan: Scan, leaf: Leaf & { kind: "paragraph" }): void {
  const { start, lastLine, end } = leaf;
  if (lastLine > start) addBlock(scan, kindInside(scan), start, lastLine, 0);
  tableRow(scan, lastLine, end, "table-head");
  scan.leaf = { kind: "table" };
}

function tableRow(scan: Scan, at: number, end: number, kind: "table-head" | "table-row"): void {
  let cell = at;
  for (let i = at; i <= end; i += 1) {
    const character = i < end ? scan.text.charAt(i) : "|";
    if (character === "\\") i += 1;
    else if (character === "|") {
      if (i < end) scan.mask[i] = 1;
      if (i > cell) scan.inline.push({ start: cell, end: i });
      cell = i + 1;
    }
  }
  if (cell < end) scan.inline.push({ start: cell, end });
  scan.blocks.push({ kind, start: at, end, level: 0 });
}
