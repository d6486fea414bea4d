/** Text of reports and people as Discord shows it: exactly that text, never markup, a link, an emoji or a ping. */

import { oneLine } from "../domain/visible.ts";

/**
 * Characters that Discord's markup gives a meaning to wherever they stand. A backslash before ASCII punctuation
 * makes Discord show it as it is.
 */
const MARKUP = /[\\`*_~|<>[\]@]/g;
/** What makes an address a link (`https://`); the letters before it stay readable. */
const ADDRESS = /:(?=\/\/)/g;
/** Headings, lists and small print, which only begin a line. */
const LINE_START = /^(?=[#\-+])/;
const NUMBERED = /^(\d+)(?=[.)])/;

/** Where a quote keeps its line end: after a paragraph or a heading, and before a list item, a table row, a heading. */
const BLOCK_END = /\n(?:[ \t]*\n)+|\n(?=[ \t]*(?:[-*+>|#]|\d{1,3}[.)])[ \t])/;

/** One line that Discord shows as `text`: white space folded, characters that nobody sees written out. */
export function harmless(text: string): string {
  return oneLine(text)
    .replace(MARKUP, "\\$&")
    .replace(ADDRESS, "\\:")
    .replace(LINE_START, "\\")
    .replace(NUMBERED, "$1\\");
}

/** The lines of a quote, each behind the bar that means "a report's own words"; nothing else ever has that bar. */
export function quoted(text: string): string {
  return text
    .split(BLOCK_END)
    .filter((block) => block.trim() !== "")
    .map((block) => `> ${harmless(block)}`)
    .join("\n");
}

/** Small print; several lines become several lines of it. */
export function small(lines: readonly string[]): string {
  return lines.map((line) => `-# ${line}`).join("\n");
}

/** `text` cut to at most `length` characters, the cut marked with "…". Not for quotes. */
export function shortened(text: string, length: number): string {
  const folded = oneLine(text);
  if (folded.length <= length) return folded;
  // Not in the middle of a surrogate pair.
  const cut = folded.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.trimEnd()}…`;
}

/** `harmless` text of at most `length` characters, escapes included; what is cut off is marked with "…". */
export function brief(text: string, length: number): string {
  let kept = length;
  let shown = harmless(shortened(text, kept));
  while (shown.length > length) {
    kept -= Math.ceil((shown.length - length) / 2);
    shown = harmless(shortened(text, kept));
  }
  return shown;
}

/** Longest address that is made a link. */
const LONGEST_LINK = 500;

/**
 * A link whose words are the host that it leads to, so that they cannot claim another one; null where the address is
 * not one of the web.
 */
export function link(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, href, username, password } = new URL(address);
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") return null;
  const safe = href.replace(/[()\\*_~`|<>[\]]/g, (character) =>
    // An underscore and a tilde mean nothing inside an address; Discord's own markup is not looked for there.
    /[_~*]/.test(character) ? character : `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return safe.length > LONGEST_LINK ? null : `[${harmless(host)}](${safe})`;
}
