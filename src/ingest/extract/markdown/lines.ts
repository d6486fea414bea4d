/** What a single line of Markdown is. Each test is linear in the line. */

/** A place in a line; `column` counts a tab up to the next multiple of four. */
export interface Cursor {
  at: number;
  column: number;
}

/** The place after the spaces and tabs at a cursor. */
export function afterSpace(text: string, cursor: Cursor, end: number): Cursor {
  let { at, column } = cursor;
  for (; at < end; at += 1) {
    const character = text.charAt(at);
    if (character === " ") column += 1;
    else if (character === "\t") column += 4 - (column % 4);
    else break;
  }
  return { at, column };
}

/** Moves a cursor over up to `columns` columns of white space. A tab is passed whole. */
export function advance(text: string, cursor: Cursor, columns: number, end: number): void {
  const goal = cursor.column + columns;
  while (cursor.at < end && cursor.column < goal) {
    cursor.column += text.charAt(cursor.at) === "\t" ? 4 - (cursor.column % 4) : 1;
    cursor.at += 1;
  }
}

/** Moves a cursor behind the quote mark at `space` and one space. */
export function passQuoteMark(text: string, cursor: Cursor, space: Cursor): void {
  cursor.at = space.at + 1;
  cursor.column = space.column + 1;
  if (text.charAt(cursor.at) === " ") {
    cursor.at += 1;
    cursor.column += 1;
  }
}

/** Moves a cursor behind the list mark at `space`; returns the columns that the item's content is set in. */
export function passListMark(text: string, cursor: Cursor, space: Cursor, width: number, end: number): number {
  const before = cursor.column;
  cursor.at = space.at + width;
  cursor.column = space.column + width;
  const content = afterSpace(text, cursor, end);
  const gap = content.column - cursor.column;
  if (content.at === end || gap > 4) {
    advance(text, cursor, 1, end);
    return space.column + width + 1 - before;
  }
  cursor.at = content.at;
  cursor.column = content.column;
  return content.column - before;
}

/** A cheap test before the costly ones. */
export function mayBeListMark(text: string, at: number): boolean {
  return /[-+*0-9]/.test(text.charAt(at));
}

/**
 * The list mark at an offset. Numbers have three digits at most: "2024. The year" is text. Only a "1" and an
 * item with text may interrupt a paragraph (CommonMark 0.31, 5.3).
 */
export function listMark(text: string, at: number, end: number): { width: number; canInterrupt: boolean } | null {
  const mark = /^(?:[-+*]|\d{1,3}[.)])(?=[ \t]|$)/.exec(text.slice(at, Math.min(end, at + 5)))?.[0];
  if (mark === undefined) return null;
  const isBlank = text.slice(at + mark.length, end).trim() === "";
  return { width: mark.length, canInterrupt: !isBlank && (mark.length === 1 || /^1[.)]$/.test(mark)) };
}

/** Three or more `-`, `*` or `_`, with nothing else but white space. */
export function isRule(text: string, at: number, end: number): boolean {
  const mark = text.charAt(at);
  if (mark !== "-" && mark !== "*" && mark !== "_") return false;
  let count = 0;
  for (let i = at; i < end; i += 1) {
    const character = text.charAt(i);
    if (character === mark) count += 1;
    else if (character !== " " && character !== "\t") return false;
  }
  return count >= 3;
}

/** 1 to 6 where an ATX heading starts, else 0. */
export function headingMark(text: string, at: number, end: number): number {
  return /^#{1,6}(?=[ \t]|$)/.exec(text.slice(at, Math.min(end, at + 7)))?.[0].length ?? 0;
}

/** Where the text of an ATX heading ends: before a closing run of `#`. */
export function headingEnd(text: string, from: number, end: number): number {
  let last = end;
  while (last > from && /[ \t]/.test(text.charAt(last - 1))) last -= 1;
  let mark = last;
  while (mark > from && text.charAt(mark - 1) === "#") mark -= 1;
  return mark < last && (mark === from || /[ \t]/.test(text.charAt(mark - 1))) ? mark : last;
}

/** The length of the code fence that opens at an offset, else 0. */
export function fenceMark(text: string, at: number, end: number): number {
  const mark = text.charAt(at);
  if (mark !== "`" && mark !== "~") return 0;
  let after = at;
  while (after < end && text.charAt(after) === mark) after += 1;
  if (after - at < 3 || (mark === "`" && text.slice(after, end).includes("`"))) return 0;
  return after - at;
}

/** 1 for an underline of `=`, 2 for one of `-` (two or more, because one dash is a list mark), else 0. */
export function setextLevel(text: string, at: number, end: number): 0 | 1 | 2 {
  const mark = text.charAt(at);
  if (mark !== "=" && mark !== "-") return 0;
  let after = at;
  while (after < end && text.charAt(after) === mark) after += 1;
  if (after - at < 2 || text.slice(after, end).trim() !== "") return 0;
  return mark === "=" ? 1 : 2;
}

/** The row of dashes under the head of a table. */
export function isTableRule(text: string, at: number, end: number): boolean {
  if (!/[-:|]/.test(text.charAt(at))) return false;
  const row = text.slice(at, end).trim();
  if (!row.includes("|") || !row.includes("-") || !/^[-:| \t]+$/.test(row)) return false;
  const cells = row.split("|").map((cell) => cell.trim());
  if (cells[0] === "") cells.shift();
  if (cells.at(-1) === "") cells.pop();
  return cells.every((cell) => /^:?-+:?$/.test(cell));
}

const FOOTNOTE_DEFINITION = /\[\^([^\s[\]]{1,80})\]:[ \t]*/y;

/** The key of the footnote that is defined at an offset, and where its text starts. */
export function footnoteDefinition(text: string, at: number): { key: string; end: number } | null {
  FOOTNOTE_DEFINITION.lastIndex = at;
  const key = FOOTNOTE_DEFINITION.exec(text)?.[1];
  return key === undefined ? null : { key, end: FOOTNOTE_DEFINITION.lastIndex };
}

const LINK_DEFINITION =
  /^\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*(<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/;

/**
 * The link reference that a line defines. The target must look like one: "[Note]: unverified" is text,
 * which CommonMark would hide.
 */
export function linkDefinition(text: string, at: number, end: number): { label: string; target: string } | null {
  if (text.charAt(at) !== "[") return null;
  const [, label = "", target = ""] = LINK_DEFINITION.exec(text.slice(at, end).trimEnd()) ?? [];
  if (label.trim() === "" || !/^<|[/#:]|\.\w{2,5}$/.test(target)) return null;
  return { label, target: target.replace(/^<|>$/g, "") };
}

export function isLinkDefinition(text: string, at: number, end: number): boolean {
  return linkDefinition(text, at, end) !== null;
}

/** 1 to 6 where a line is one HTML heading, else 0. */
export function htmlHeading(text: string, at: number, end: number): number {
  if (!/^<h[1-6][\s>]/i.test(text.slice(at, at + 4))) return 0;
  return Number(/^<h([1-6])(?:\s[^>]*)?>.*<\/h\1>\s*$/i.exec(text.slice(at, end))?.[1] ?? 0);
}
