/** Text for a terminal: measured in columns, wrapped, set in tables. Pure functions. */

import { DANGEROUS } from "../domain/visible.ts";

/** JSON that parses to exactly the same value, without a character that a terminal would obey. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(DANGEROUS, (character) =>
    // JSON's own line ends, which stand between values, are no data.
    character === "\n"
      ? character
      : [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}

/** Wide in every terminal: Hangul, CJK, full-width forms, and symbols that are emoji by default. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a line of harmless, uncoloured text takes on a terminal. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** `text` cut to at most `width` columns, the cut marked with "…". */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${takeColumns(text, Math.max(0, width - 1))}…`;
}

function takeColumns(text: string, width: number): string {
  let taken = "";
  let columns = 0;
  for (const character of text) {
    const size = displayWidth(character);
    if (columns + size > width) break;
    taken += character;
    columns += size;
  }
  return taken;
}

/**
 * Lines of at most `width` columns, broken at spaces.
 * @param width columns; Infinity for one line.
 * @param breakWords whether a word that is wider than a line is broken, or left to stick out (URLs stay usable).
 */
export function wrap(text: string, width: number, breakWords = false): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = "";
    }
    while (breakWords && displayWidth(word) > width) {
      const head = takeColumns(word, Math.max(2, width));
      lines.push(head);
      word = word.slice(head.length);
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines;
}

export interface Column {
  readonly title: string;
  /** Figures stand to the right. */
  readonly right?: boolean;
}

/**
 * An aligned table with two spaces between columns. The head comes first: one line, or as many as the longest
 * title has words (`sentenceMeaning` has two), which keeps columns of figures narrow.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map(({ title }) => title.replace(/(?<=[a-z])(?=[A-Z])/g, " ").split(" "));
  const height = Math.max(1, ...titles.map((words) => words.length));
  const widths = columns.map((_, at) =>
    Math.max(...[...(titles[at] ?? []), ...rows.map((row) => row[at] ?? "")].map(displayWidth)),
  );
  const line = (cells: readonly string[]) => {
    const padded = columns.map(({ right }, at) => {
      const cell = cells[at] ?? "";
      const space = " ".repeat(Math.max(0, (widths[at] ?? 0) - displayWidth(cell)));
      return right ? space + cell : cell + space;
    });
    return padded.join("  ").trimEnd();
  };
  const head = Array.from({ length: height }, (_, row) =>
    line(titles.map((words) => words[row - height + words.length] ?? "")),
  );
  return [...head, ...rows.map(line)];
}
