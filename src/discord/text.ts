/** Text of reports and people as Discord shows it: exactly that text, never markup, a link, an emoji or a ping. */

import { oneLine } from "../domain/visible.ts";

/**
 * Characters that Discord's markup gives a meaning to wherever they stand. A backslash before ASCII punctuation
 * makes Discord show it as it is.
 */
const MARKUP = /[\\`*_~|<>[\]@]/g;
/** What makes an address a link (`https://`), and words an emoji (`:smile:`); the letters stay readable. */
const COLON = /:(?=\/\/|[^\s:]+:)/g;
/** Headings, lists and small print, which only begin a line. */
const LINE_START = /^(?=[#\-+])/;
const NUMBERED = /^(\d+)(?=[.)])/;
/**
 * What ends the words of a link. Discord looks for it from a link's "[" on without minding backslashes: behind a link
 * of ours it would make that link lead elsewhere, so a bracket never follows directly.
 */
const LINK_END = /\]\(/g;

/** Where a quote keeps its line end: after a paragraph or a heading, and before a list item, a table row, a heading. */
const BLOCK_END = /\n(?:[ \t]*\n)+|\n(?=[ \t]*(?:[-*+>|#]|\d{1,3}[.)])[ \t])/;

/** One line that Discord shows as `text`: white space folded, characters that nobody sees written out. */
export function harmless(text: string): string {
  return escaped(oneLine(text));
}

function escaped(line: string): string {
  return line
    .replace(MARKUP, "\\$&")
    .replace(LINK_END, "]\\(")
    .replace(COLON, "\\:")
    .replace(LINE_START, "\\")
    .replace(NUMBERED, "$1\\");
}

/** The lines of a quote, each behind the bar that means "a report's own words"; nothing else ever has that bar. */
export function quoted(text: string): string {
  return blocksOf(text)
    .map((block) => `> ${escaped(block)}`)
    .join("\n");
}

function blocksOf(text: string): string[] {
  return text
    .split(BLOCK_END)
    .map(oneLine)
    .filter((block) => block !== "");
}

/**
 * The lines of a quote that is parted where it has to be: at its lines, and in those between words.
 * @param length of each part at most; at least 20.
 */
export function quotedParts(text: string, length: number): string[] {
  return blocksOf(text).flatMap((block) => {
    const parts: string[] = [];
    let rest = block;
    while (rest !== "") {
      const fitting = longestPrefix(rest, (part) => `> ${escaped(part)}`.length <= length);
      // A heap of accents on one letter can be longer than a part; then it is parted, but no pair of surrogates.
      const most = fitting > 0 ? fitting : Array.from(rest.slice(0, 8)).slice(0, 4).join("").length;
      const space = rest.lastIndexOf(" ", most);
      const cut = most === rest.length || space < most / 2 ? most : space;
      // Each part is escaped by itself: what begins it stood in the middle of a line before.
      parts.push(`> ${escaped(rest.slice(0, cut).trimEnd())}`);
      rest = rest.slice(cut).trimStart();
    }
    return parts;
  });
}

/** Small print; several lines become several lines of it. */
export function small(lines: readonly string[]): string {
  return lines.map((line) => `-# ${line}`).join("\n");
}

/**
 * `text` cut to at most `length` characters, the cut marked with "…". Not for quotes.
 * @param length at least 1.
 */
export function shortened(text: string, length: number): string {
  return fitted(oneLine(text), (shown) => shown.length <= length);
}

/** The beginning of a text of at most `length` characters, cut in none that a person sees as one. */
export function beginning(text: string, length: number): string {
  return text
    .slice(
      0,
      longestPrefix(text, (_, kept) => kept <= length),
    )
    .trimEnd();
}

/**
 * `harmless` text of at most `length` characters, escapes included; what is cut off is marked with "…".
 * @param length at least 1.
 */
export function brief(text: string, length: number): string {
  return escaped(fitted(oneLine(text), (shown) => escaped(shown).length <= length));
}

/** A line whole where it fits, else the longest beginning of it that does with a "…" behind it. */
function fitted(line: string, fits: (shown: string) => boolean): string {
  if (fits(line)) return line;
  const cut = (length: number) => `${line.slice(0, length).trimEnd()}…`;
  return cut(longestPrefix(line, (_, length) => fits(cut(length))));
}

/**
 * How much of a line fits, cut in no character that a person sees as one, nor in one that is written out; 0 where the
 * first one does not fit.
 * @param fits true for all lengths up to some length, false for all beyond.
 */
function longestPrefix(line: string, fits: (prefix: string, length: number) => boolean): number {
  let [most, over] = [0, line.length + 1];
  while (over - most > 1) {
    const middle = (most + over) >> 1;
    if (fits(line.slice(0, middle), middle)) most = middle;
    else over = middle;
  }
  return most === line.length ? most : startOfCharacter(line, most);
}

const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
/** A character that `oneLine` has written out. */
const WRITTEN_OUT = /\\(?:x[\da-f]{2}|u\{[\da-f]{1,6}\})/y;

function startOfCharacter(line: string, at: number): number {
  const start = CHARACTERS.segment(line).containing(at)?.index ?? at;
  WRITTEN_OUT.lastIndex = Math.max(0, line.lastIndexOf("\\", start - 1));
  const { lastIndex: before } = WRITTEN_OUT;
  return WRITTEN_OUT.test(line) && WRITTEN_OUT.lastIndex > start ? before : start;
}

/** Longest address that is made a link. */
const LONGEST_LINK = 500;

/**
 * A link whose words are the host that it leads to, so that they cannot claim another one; null where the address is
 * not one of the web, and where it is too long.
 */
export function link(address: string): string | null {
  const url = webAddress(address);
  if (url === null) return null;
  // Brackets would end the link. In a host only those of an address in figures (IPv6) can stand; they stay.
  const path = url.href.slice(url.origin.length).replace(/[()\\`|<>[\]]/g, percentEncoded);
  const safe = `${url.origin}${path}`;
  return safe.length > LONGEST_LINK ? null : `[${harmless(url.host)}](${safe})`;
}

/** The host of an address of the web, in the letters that a browser looks up (`xn--…` for all but ASCII); else null. */
export function hostOf(address: string): string | null {
  const url = webAddress(address);
  return url === null ? null : brief(url.host, 253);
}

function webAddress(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isOfWeb =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    // `URL` takes brackets and quotes in a host, which no name of a machine has.
    /^(?:[a-z\d._-]+|\[[a-f\d:.]+\])$/.test(url.hostname) &&
    url.username === "" &&
    url.password === "";
  return isOfWeb ? url : null;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
