/**
 * Lines in a script that is written from right to left, with pieces in Latin script among them.
 *
 * Beside Urdu letters a client would show "/ask" as "ask/", "2025-03" as "03-2025", and put the words before and after
 * a name in the wrong order. Two things prevent that (Unicode Standard Annex #9): each such piece is isolated from the
 * words around it, and a text that holds one is laid out from right to left as a whole, also where the client's own
 * direction is the other one.
 */

/** A mark by which a client that looks at a line's first letter knows that it begins at the right. */
const RIGHT_TO_LEFT_MARK = "\u200F";
const RIGHT_TO_LEFT_ISOLATE = "\u2067";
/** Its direction is that of the first letter in it. */
const FIRST_STRONG_ISOLATE = "\u2068";
const END_OF_ISOLATE = "\u2069";

/** A piece of a line; the pieces beside it may be in Latin script, and keep their order. */
export function part(words: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const isolated = values.map((value) => `${FIRST_STRONG_ISOLATE}${value}${END_OF_ISOLATE}`);
  return `${RIGHT_TO_LEFT_ISOLATE}${String.raw({ raw: words }, ...isolated)}${END_OF_ISOLATE}`;
}

/** A whole line. */
export function line(words: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return `${RIGHT_TO_LEFT_MARK}${part(words, ...values)}`;
}
