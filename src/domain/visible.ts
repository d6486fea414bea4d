/** Text with the characters shown that nobody sees, or that reorder what a person reads. */

/**
 * What must never reach a screen from data: control characters (ESC and C1 start escape sequences of terminals),
 * line and paragraph separators, bidirectional overrides and isolates (they reorder what a person reads), spaces
 * without width, invisible operators and tag characters, byte order marks, and halves of surrogate pairs.
 * The direction marks and joiners that Arabic, Persian and Urdu text needs stay.
 */
export const DANGEROUS = /[\p{Cc}\p{Cs}\u180E\u200B\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** `text` with dangerous characters written as `\x1b` or `\u{202e}`; line ends and tabs are written so too. */
export function visible(text: string): string {
  return text.replace(DANGEROUS, (character) => {
    const point = (character.codePointAt(0) ?? 0).toString(16);
    return point.length <= 2 ? `\\x${point.padStart(2, "0")}` : `\\u{${point}}`;
  });
}

/** One line of harmless text: runs of white space folded to one space, what is dangerous shown. */
export function oneLine(text: string): string {
  return visible(text.replace(/[ \t\n\r\f\v\u2028\u2029]+/g, " ").trim());
}
