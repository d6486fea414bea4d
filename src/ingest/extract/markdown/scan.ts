/** The state of a scan for Markdown blocks: containers, the block that is open, what was found. */

import type { Block, BlockKind } from "../../../text/blocks.ts";
import type { HtmlRegions } from "./html.ts";

export interface ScannedBlocks {
  blocks: Block[];
  /** Spans whose inline markup is still to be masked. */
  inline: { start: number; end: number }[];
  /** Targets of link reference definitions by folded label. */
  targets: Map<string, string>;
  definitions: { key: string; text: string }[];
}

/** A container the current line may be in; `indent` is the columns a list item's content is set in. */
export type Container = { kind: "quote" } | { kind: "list"; indent: number };

export type Leaf =
  | { kind: "none" }
  | { kind: "paragraph"; start: number; lastLine: number; end: number }
  | { kind: "table" }
  | { kind: "code"; start: number; end: number }
  | { kind: "fence"; mark: string; length: number; start: number; end: number }
  | { kind: "definition"; key: string; lines: string[]; isAfterBlank: boolean };

export interface Scan extends ScannedBlocks {
  readonly text: string;
  readonly mask: Uint8Array;
  readonly regions: HtmlRegions;
  stack: Container[];
  leaf: Leaf;
}

export function extendParagraph(scan: Scan, at: number, end: number): void {
  if (scan.leaf.kind !== "paragraph") return;
  scan.leaf.lastLine = at;
  scan.leaf.end = end;
}

/** Ends the leaf that is open and keeps what it held. */
export function closeLeaf(scan: Scan): void {
  const { leaf } = scan;
  scan.leaf = { kind: "none" };
  if (leaf.kind === "paragraph") addBlock(scan, kindInside(scan), leaf.start, leaf.end, 0);
  else if (leaf.kind === "code" || (leaf.kind === "fence" && leaf.start !== -1)) {
    scan.blocks.push({ kind: "code", start: leaf.start, end: leaf.end, level: 0 });
  } else if (leaf.kind === "definition") {
    scan.definitions.push({ key: leaf.key, text: leaf.lines.join(" ").replace(/\s+/g, " ").trim() });
  }
}

export function addBlock(scan: Scan, kind: BlockKind, start: number, end: number, level: number): void {
  scan.blocks.push({ kind, start, end, level });
  scan.inline.push({ start, end });
}

export function kindInside(scan: Scan): BlockKind {
  const innermost = scan.stack.at(-1)?.kind;
  return innermost === "list" ? "list-item" : innermost === "quote" ? "quote" : "paragraph";
}
