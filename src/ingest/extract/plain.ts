/** Plain text: nothing is markup, so the work is to see paragraphs and headings. */

import { type Block, type BlockKind, type StructuredText, trimSpan } from "../../text/blocks.ts";

/** Longest line of a text that counts as hard-wrapped, in characters without indentation. */
const WRAPPED = 120;
/** Longest heading, in characters. */
const LONGEST_HEADING = 80;
/** A line below this share of the usual width, with terminal punctuation, ends its paragraph. */
const SHORT = 0.7;
/** A line that would have had room for the next line's first word within this share was ended on purpose. */
const ENDED_EARLY = 0.6;

const TERMINAL = /[.!?。！？؟۔…]["”’')\]]?$/u;
const PUNCTUATED = /[.!?。！？؟۔…:;,،؛、]["”’')\]]?$/u;
const LIST_MARK = /^(?:[-*•–‣▪●◦]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s/u;

/** A word of letters, not a code or a number. */
const WORD = /^["“‘'(]?\p{L}[\p{L}'’-]{2,}["”’)]?$/u;

interface Line {
  /** Offset of the first character that is not white space. */
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly text: string;
}

interface Style {
  readonly isWrapped: boolean;
  /** Usual width of a full line, in characters. */
  readonly width: number;
  /** Whether paragraphs start with an indented line, and not with an outdented one. */
  readonly hasIndentedStarts: boolean;
}

/** Lines that are one paragraph or one heading. */
interface Group {
  readonly lines: Line[];
  /** Whether its first line stands between blank lines. */
  readonly isAlone: boolean;
}

/**
 * The structure of a plain text, normalised. A blank line always ends a paragraph. In a hard-wrapped text
 * (the 95th percentile of line lengths is at most 120) a line break is mostly a space, else each line is a
 * paragraph, unless it goes on with a small letter where the line before it has no punctuation at its end. Short lines in capitals, and title-like lines that stand alone, are headings of level 2.
 */
export function extractPlain(text: string): StructuredText {
  const lines = linesOf(text);
  const style = styleOf(lines);
  const groups = groupsOf(lines, style);
  const blocks = groups.map((group, index) => blockOf(group, groups[index + 1]));
  return { text, reading: text, blocks, footnotes: [], definitions: [] };
}

/** The lines of a text; null for blank ones. */
function linesOf(text: string): (Line | null)[] {
  const lines: (Line | null)[] = [];
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const span = trimSpan(text, start, end);
    lines.push(span === null ? null : { ...span, indent: span.start - start, text: text.slice(span.start, span.end) });
    start = end + 1;
  }
  return lines;
}

function styleOf(lines: readonly (Line | null)[]): Style {
  const lengths = lines.flatMap((line) => (line === null ? [] : [line.text.length])).sort((a, b) => a - b);
  const width = lengths[Math.floor((lengths.length - 1) * 0.95)] ?? 0;
  let outdents = 0;
  let afterFullStop = 0;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (!line || !next || next.indent >= line.indent) continue;
    outdents += 1;
    if (TERMINAL.test(line.text)) afterFullStop += 1;
  }
  // Where outdented lines mostly go on with a sentence, it is the indented ones that start paragraphs.
  return { isWrapped: width <= WRAPPED, width, hasIndentedStarts: afterFullStop < outdents / 2 };
}

function groupsOf(lines: readonly (Line | null)[], style: Style): Group[] {
  const groups: Group[] = [];
  let open: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const last = open.at(-1);
    if (line === null) open = [];
    else if (last !== undefined && !startsGroup(open, last, line, lines[index + 1] ?? null, style)) {
      open.push(line);
    } else {
      open = [line];
      groups.push({ lines: open, isAlone: !lines[index - 1] && !lines[index + 1] });
    }
  }
  return groups;
}

/** Whether `line` is not of the same paragraph as the lines before it, of which `before` is the last. */
function startsGroup(open: readonly Line[], before: Line, line: Line, next: Line | null, style: Style): boolean {
  const isSmall = /^["“‘'(]?\p{Ll}/u.test(line.text);
  if (!style.isWrapped) return !isSmall || PUNCTUATED.test(before.text) || LIST_MARK.test(line.text);
  if (isShouted(before.text) && !isSmall) return true;
  if (isShouted(line.text) && TERMINAL.test(before.text) && !/^\p{Ll}/u.test(next?.text ?? "")) return true;
  if (LIST_MARK.test(line.text) && (PUNCTUATED.test(before.text) || LIST_MARK.test(open[0]?.text ?? ""))) {
    return true;
  }
  if (
    style.hasIndentedStarts ? line.indent > before.indent && TERMINAL.test(before.text) : line.indent < before.indent
  ) {
    return true;
  }
  if (TERMINAL.test(before.text) && before.text.length < style.width * SHORT) return true;
  if (isSmall) return false;
  // The next word would have fitted: a heading above its text, or a line of a list without marks.
  const firstWord = line.text.split(/\s/, 1)[0] ?? "";
  const hadRoom = before.text.length + 1 + firstWord.length <= style.width * ENDED_EARLY;
  if (!hadRoom) return false;
  return open.length === 1
    ? isTitle(before.text) || line.text.length < style.width * ENDED_EARLY
    : TERMINAL.test(before.text);
}

function blockOf(group: Group, next: Group | undefined): Block {
  const [first] = group.lines;
  const last = group.lines.at(-1);
  const start = first?.start ?? 0;
  const end = last?.end ?? 0;
  const text = first?.text ?? "";
  const kind: BlockKind = isHeading(group, text, next) ? "heading" : LIST_MARK.test(text) ? "list-item" : "paragraph";
  return { kind, start, end, level: kind === "heading" ? 2 : 0 };
}

/** A heading is context and no evidence, so a line becomes one only with text to follow. */
function isHeading(group: Group, text: string, next: Group | undefined): boolean {
  if (group.lines.length !== 1 || next === undefined) return false;
  if (isShouted(text)) return true;
  if (!isTitleLike(text)) return false;
  const below = next.lines[0]?.text ?? "";
  const hasText = next.lines.length > 1 || below.length > LONGEST_HEADING || PUNCTUATED.test(below);
  if (group.isAlone) return isTitle(text) || (hasText && text.split(/\s+/).length <= 10);
  return isTitle(text) && next.lines.length > 1;
}

/** Capitals, with a word among them: not a hash, a code or an abbreviation. */
function isShouted(text: string): boolean {
  if (text.length > LONGEST_HEADING || PUNCTUATED.test(text) || /\p{Ll}/u.test(text)) return false;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const visible = text.match(/\S/gu)?.length ?? 0;
  return capitals >= 4 && capitals >= visible * 0.6 && /(?<![\p{L}\p{N}])\p{Lu}{3,}(?![\p{L}\p{N}])/u.test(text);
}

/** Short, without punctuation at its end, and no row of a table. */
function isTitleLike(text: string): boolean {
  if (text.length > LONGEST_HEADING || PUNCTUATED.test(text) || LIST_MARK.test(text.replace(/^\d+[.)]\s/, "")))
    return false;
  return (
    /^["“‘'(]?[\p{Lu}\p{N}]/u.test(text) &&
    text.split(/\s+/).some((word) => WORD.test(word)) &&
    !/\S(?: {2,}|\t)\S/.test(text)
  );
}

/** A title-like line whose longer words have capitals. */
function isTitle(text: string): boolean {
  if (!isTitleLike(text)) return false;
  const words = text.match(/\p{L}[\p{L}'’-]{3,}/gu) ?? [];
  return words.length > 0 && words.every((word) => /^\p{Lu}/u.test(word));
}
