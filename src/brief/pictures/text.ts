/** Words of reports in a picture: one line of harmless text, wrapped to a width and cut between words. */

import { oneLine } from "../../domain/visible.ts";
import type { Face } from "./font.ts";

/** What a line end, a space or an ellipsis may follow on: half a character or a mark without its letter is none. */
const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Marks of Markdown that a report's own view would not show: footnotes, links' targets, emphasis, headings, list items. */
const FOOTNOTE = /\[\^[^\]\s]{1,40}\]/g;
const LINK = /!?\[([^[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)/g;
const EMPHASIS = /(\*{1,3}|_{2,3})(?=\S)([^*_]+?)(?<=\S)\1/g;
const BLOCK_START = /^[ \t]*(?:#{1,6}[ \t]+|[-*+>][ \t]+|\d{1,3}[.)][ \t]+)/gm;

/** What stands for a text of which the font has no letter. */
const UNDRAWABLE = "(not in Latin script: see the briefing)";

export interface Style {
  readonly face: Face;
  /** In pixels. */
  readonly size: number;
}

/** A quote as it is read: one line, without Markdown's marks. */
export function readable(text: string): string {
  const shown = text.replace(BLOCK_START, "").replace(FOOTNOTE, "").replace(LINK, "$1").replace(EMPHASIS, "$2");
  return oneLine(shown);
}

/** Who says it, before what is said; a verb that doubts, or adds to what was said, stays. */
const TELLING =
  /^[^.;:]{2,120}?\b(?:said|says|say|stated|states|state|reported|reports|noted|notes|recorded|records|wrote|writes)(?: (?:on|in) [^,.;:]{4,30})? that (?=\S)/u;
const ACCORDING = /^(?:According to|As reported by) [^,.;:]{2,120}, (?=\S)/u;

/**
 * From where a readable text says what happened, behind "The ministry said that", with "…" in front.
 * @param who as who is named beside the text: what is left out must name the same.
 * @returns null where it does not begin so, or does not name `who` there.
 */
export function withoutTeller(text: string, who: string | null): string | null {
  const front = TELLING.exec(text)?.[0] ?? ACCORDING.exec(text)?.[0];
  const name = oneLine(who ?? "").replace(/^(?:the|an?) /i, "");
  if (front === undefined || name === "" || !front.toLowerCase().includes(name.toLowerCase())) return null;
  // "did not say that": what follows is then not said.
  if (/\b(?:not|never|no|nobody|nor|neither|denied|if|whether)\b|n['’]t\b/i.test(front)) return null;
  return `…${text.slice(front.length)}`;
}

/** The text with "…" for words that the font cannot draw; nothing else would stand there but empty boxes. */
export function drawable(text: string, { has }: Face): string {
  const isDrawn = (word: string) => Array.from(word).every((character) => has(character.codePointAt(0) ?? 0));
  const kept = oneLine(text)
    .split(" ")
    .map((word) => (isDrawn(word) ? word : "…"))
    .filter((word, index, words) => word !== "…" || words[index - 1] !== "…")
    .join(" ");
  return /[\p{L}\p{N}]/u.test(kept) || !/[\p{L}\p{N}]/u.test(text) ? kept : UNDRAWABLE;
}

/**
 * The text in lines of at most `width` pixels, parted between words, and inside of a word that is wider than a line.
 * @param most lines at most; what does not fit is cut at a word, with "…".
 * @param ending is put behind the text, and kept where the text is cut; it must be narrower than a line.
 */
export function wrapped(text: string, width: number, style: Style, most: number, ending = ""): string[] {
  const end = ending === "" ? [] : [ending];
  const words = text.split(" ").filter((word) => word !== "");
  const whole = fill([...words, ...end], width, style);
  if (whole.length <= most) return whole;
  let [low, high] = [0, words.length - 1];
  const cutAfter = (count: number) => fill([...cut(words.slice(0, count)), ...end], width, style);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (cutAfter(middle).length <= most) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? cutAfter(low) : cutInside(words[0] ?? "", width, style, most, end);
}

/** The first word is too long for all lines together: as much of it as there is room for. */
function cutInside(word: string, width: number, style: Style, most: number, end: readonly string[]): string[] {
  const characters = charactersOf(word);
  let lines: string[] = [];
  for (let count = characters.length; count >= 0 && (lines.length === 0 || lines.length > most); count -= 1) {
    lines = fill([`${characters.slice(0, count).join("")}…`, ...end], width, style);
  }
  return lines;
}

/** Words with "…" behind the last, and without the mark that the sentence would have gone on after. */
function cut(words: readonly string[]): string[] {
  const text = words.join(" ").replace(/[\s.,;:–—-]+$/u, "");
  return `${text}…`.split(" ");
}

function fill(words: readonly string[], width: number, style: Style): string[] {
  const fits = (text: string) => style.face.widthOf(text, style.size) <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && fits(`${line} ${word}`)) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    if (fits(word)) {
      line = word;
      continue;
    }
    for (const character of charactersOf(word)) {
      if (line !== "" && !fits(line + character)) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  return (line === "" ? lines : [...lines, line]).map(noKey);
}

/**
 * zrender 6.1.0 remembers the widths of lines as properties of an object with a prototype: to look up "__proto__" there
 * changes every object of the process. A space that is not broken, and not seen, makes it another word.
 */
function noKey(line: string): string {
  return line in Object.prototype ? `${line}\u00A0` : line;
}

function charactersOf(word: string): string[] {
  return Array.from(CHARACTERS.segment(word), ({ segment }) => segment);
}

/** As much of a text as `length` UTF-16 code units hold, cut at a word with "…". */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const room = text.slice(0, length);
  const space = room.lastIndexOf(" ");
  const kept = space > 0 ? room.slice(0, space) : room.slice(0, -1).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept.replace(/[\s.,;:–—-]+$/u, "")}…`;
}

/** The width that the widest word needs. */
export function widestWord(text: string, { face, size }: Style): number {
  return Math.max(0, ...text.split(" ").map((word) => face.widthOf(word, size)));
}
