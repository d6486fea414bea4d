/** Writing the canonical text of a document whose own form (HTML, PDF, DOCX) nobody could quote from. */

import { SitrepError } from "../../domain/errors.ts";
import type { Block, BlockKind, StructuredText } from "../../text/blocks.ts";
import { normaliseText } from "../../text/normalise.ts";

export interface CanonicalWriter {
  /**
   * Adds a block; one without anything to read is left out. White space is folded to single spaces, so that a
   * quote is one line; lone surrogates become U+FFFD. Code keeps its line ends.
   * @param text In parts, each part after the first begins on the next page.
   * @param level 1 to 6 for headings.
   * @throws {SitrepError} "bad-corpus" when the text would become longer than allowed.
   */
  add(kind: BlockKind, text: string | readonly string[], level?: number): void;
  /** Says that what is added from here on stands on the next page. The first call begins page 1. */
  beginPage(): void;
  /** Code units written so far. */
  length(): number;
  finish(): StructuredText;
}

/** Rows of one table, and items of one list, stand on lines of their own without a blank line between. */
const CLOSE: ReadonlySet<BlockKind> = new Set(["table-row", "list-item"]);

/** @param maxCharacters UTF-16 code units of canonical text; what is more is refused. */
export function canonicalWriter(maxCharacters: number): CanonicalWriter {
  const parts: string[] = [];
  const blocks: Block[] = [];
  const pages: number[] = [];
  /** Pages that begin where the next block will. */
  let waiting = 0;
  let length = 0;
  const write = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  return {
    add(kind, raw, level = 0) {
      const { text, breaks } = cleaned(kind, typeof raw === "string" ? [raw] : raw);
      if (text.trim() === "") {
        waiting += breaks.length;
        return;
      }
      const before = blocks.at(-1);
      if (before !== undefined) write(before.kind === kind && CLOSE.has(kind) ? "\n" : "\n\n");
      for (; waiting > 0; waiting -= 1) pages.push(length);
      pages.push(...breaks.map((offset) => length + offset));
      blocks.push({ kind, start: length, end: length + text.length, level: kind === "heading" ? level : 0 });
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
      const structured = { text, reading: text, blocks, footnotes: [], definitions: [] };
      return pages.length === 0 ? structured : { ...structured, pages };
    },
  };
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
    const folded = part.replace(/\s+/g, " ");
    const hasSpace = text !== "" && (text.endsWith(" ") || folded.startsWith(" "));
    text = text.trimEnd() + (hasSpace ? " " : "");
    // A page begins at its first character, and not at the space before it.
    if (index > 0) breaks.push(text.length);
    text += folded.trimStart();
  }
  const trimmed = text.trimEnd();
  return { text: trimmed, breaks: breaks.map((offset) => Math.min(offset, trimmed.length)) };
}
