/** Writing the canonical text of a document whose own form (HTML, PDF, DOCX) nobody could quote from. */

import { SitrepError } from "../../domain/errors.ts";
import type { Span } from "../../domain/passage.ts";
import { type Block, type BlockKind, CELL_GAP, type StructuredText } from "../../text/blocks.ts";
import { normaliseText } from "../../text/normalise.ts";

export interface BlockMore extends Pick<Block, "beginsTable" | "context"> {
  /**
   * What the document shows before the block and has not in its text: the number of a list item. It stands in the
   * canonical text for a person who reads that, and not in the reading view, so that no quote begins with it.
   */
  readonly lead?: string;
}

export interface CanonicalWriter {
  /**
   * Adds a block; one without anything to read is left out. White space is folded to single spaces, so that a
   * quote is one line, but for the gap between cells; lone surrogates become U+FFFD. Code keeps its line ends.
   * @param text In parts, each part after the first begins on the next page.
   * @param level 1 to 6 for headings.
   * @param more What else is known of the block.
   * @throws {SitrepError} "bad-corpus" when the text would become longer than allowed.
   */
  add(kind: BlockKind, text: string | readonly string[], level?: number, more?: BlockMore): void;
  /** Says that what is added from here on stands on the next page. The first call begins page 1. */
  beginPage(): void;
  /** Code units written so far. */
  length(): number;
  finish(): StructuredText;
}

/** The em space in it, which tells a gap between cells from other white space. */
const [GAP_MARK = ""] = CELL_GAP;

/** @param maxCharacters UTF-16 code units of canonical text; what is more is refused. */
export function canonicalWriter(maxCharacters: number): CanonicalWriter {
  const parts: string[] = [];
  const blocks: Block[] = [];
  const pages: number[] = [];
  const leads: Span[] = [];
  /** Pages that begin where the next block will. */
  let waiting = 0;
  let length = 0;
  const write = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  return {
    add(kind, raw, level = 0, { lead = "", ...more } = {}) {
      const { text, breaks } = cleaned(kind, typeof raw === "string" ? [raw] : raw);
      if (text.trim() === "") {
        waiting += breaks.length;
        return;
      }
      const before = blocks.at(-1);
      if (before !== undefined) write(areClose(before.kind, kind, more) ? "\n" : "\n\n");
      for (; waiting > 0; waiting -= 1) pages.push(length);
      const start = length;
      if (lead !== "") leads.push({ start, end: start + lead.length });
      write(lead);
      pages.push(...breaks.map((offset) => length + offset));
      blocks.push({ kind, start, end: length + text.length, level: kind === "heading" ? level : 0, ...more });
      write(text);
      if (length > maxCharacters) {
        throw new SitrepError("bad-corpus", `holds more than ${maxCharacters.toLocaleString("en")} characters of text`);
      }
    },
    beginPage() {
      waiting += 1;
    },
    length: () => length,
    finish() {
      for (; waiting > 0; waiting -= 1) pages.push(length);
      const text = parts.join("");
      const structured = { text, reading: withoutSpans(text, leads), blocks, footnotes: [], definitions: [] };
      return pages.length === 0 ? structured : { ...structured, pages };
    },
  };
}

/** Whether rows of one table, or items of one list, which stand on lines without a blank one between. */
function areClose(before: BlockKind, kind: BlockKind, { beginsTable }: BlockMore): boolean {
  if (kind === "table-row") return (before === "table-row" && beginsTable !== true) || before === "table-head";
  return kind === "list-item" && before === kind;
}

/** The text with spaces in place of some spans, which are in order. */
function withoutSpans(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), " ".repeat(end - start));
    from = end;
  }
  return [...parts, text.slice(from)].join("");
}

/** The text of a block, and where in it a page begins. */
function cleaned(kind: BlockKind, parts: readonly string[]): { text: string; breaks: number[] } {
  const well = parts.map((part) => normaliseText(part).toWellFormed());
  if (kind === "code") {
    // Code is cut by no page in any format that is read.
    return { text: well.join("").trim(), breaks: well.slice(1).map(() => 0) };
  }
  let text = "";
  const breaks: number[] = [];
  for (const [index, part] of well.entries()) {
    const folded = part.replace(/\s+/g, (space) => (space.includes(GAP_MARK) ? CELL_GAP : " "));
    const hasSpace = text !== "" && (text.endsWith(" ") || folded.startsWith(" "));
    text = text.trimEnd() + (hasSpace ? " " : "");
    // A page begins at its first character, and not at the space before it.
    if (index > 0) breaks.push(text.length);
    text += folded.trimStart();
  }
  const trimmed = text.trimEnd();
  return { text: trimmed, breaks: breaks.map((offset) => Math.min(offset, trimmed.length)) };
}
