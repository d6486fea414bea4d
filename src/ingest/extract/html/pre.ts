/** Preformatted text: code, or a whole report, as parliaments and registers publish theirs. */

import type { BlockKind } from "../../../text/blocks.ts";
import { foldSpaces, normaliseText } from "../../../text/normalise.ts";
import { extractPlain } from "../plain.ts";
import { isNeverText } from "./chrome.ts";
import { isNoteMark, visible } from "./inline.ts";
import { type HtmlElement, type HtmlNode, isElement, isText, walk } from "./tree.ts";

/** Prose has at least this many characters, this share of them letters and spaces, and little that code needs. */
const LEAST_PROSE = 400;
const LETTERS_SHARE = 0.8;
const CODE_SHARE = 0.02;
/** No line needs more white space than this, and no text more blank lines. */
const LONGEST_SPACE = 200;

/** The blocks of a `<pre>`: those of a plain text where it is prose, else one of code. */
export function preformatted(element: HtmlElement, chrome: ReadonlySet<HtmlNode>): { kind: BlockKind; text: string }[] {
  const parts: string[] = [];
  let isCode = false;
  walk(element, (node) => {
    if (isText(node)) parts.push(visible(node.data));
    if (!isElement(node) || chrome.has(node) || isNeverText(node) || isNoteMark(node)) return false;
    if (/^(?:code|samp|kbd|var)$/.test(node.name)) isCode = true;
    if (node.name === "br") parts.push("\n");
    return true;
  });
  const text = normaliseText(parts.join(""))
    .replace(/[^\S\n]+/g, (space) => space.slice(0, LONGEST_SPACE))
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  if (isCode || !isProse(text)) return [{ kind: "code", text }];
  return extractPlain(text).blocks.map(({ kind, start, end }) => ({ kind, text: foldSpaces(text.slice(start, end)) }));
}

function isProse(text: string): boolean {
  if (text.length < LEAST_PROSE || !/[.!?]\s/.test(text)) return false;
  const letters = text.match(/[\p{L}\s]/gu)?.length ?? 0;
  const marks = text.match(/[{}<>=;|\\]/g)?.length ?? 0;
  return letters >= text.length * LETTERS_SHARE && marks <= text.length * CODE_SHARE;
}
