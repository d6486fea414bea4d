/** The text of inline markup: what is invisible is gone, marks of notes are left out, words stay apart. */

import { CELL_GAP } from "../../../text/blocks.ts";
import { foldSpaces } from "../../../text/normalise.ts";
import { isNeverText } from "./chrome.ts";
import {
  findFirst,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  isText,
  textWithin,
  walk,
} from "./tree.ts";

/** Stands for a note mark that was left out, until the line is clean. Text has no such characters of its own. */
export const MARK = "\ue000";
/** Stands before an item of a list that becomes part of a line. */
const ITEM = "\ue001";

const BLOCKS = new Set(
  (
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer " +
    "form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p plaintext pre search " +
    "section summary table tbody td tfoot th thead tr ul xmp"
  ).split(" "),
);

/** What a mark of a note looks like: "12", "[a]", "iv", "*". */
const NOTE_TEXT = /^[[(]?(?:(?:note|nb|n)\s?\d{1,3}|\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,3})[\])]?$/i;
/** The addresses that notes have, or the marks that they lead back to. */
const NOTE_ADDRESS = /^[^a-z]{0,3}(?:fn|ftn|edn|en\d|foot|end|note|cite|ref|n\d|sd(?:foot|end)note|easy-footnote)/i;
/** Links that lead back to the mark, to the top of the page, or to where they stand ("¶" beside a heading). */
const BACK =
  /^(?:(?:[\s↑↩⏎↵⤴⇑^▲¶§#🔗]|\ufe0e|\ufe0f)+|(?:back|return|go) to (?:the )?(?:top|text|article)|jump up(?: to)?)$/iu;
const NOTE_WORDS = /(?:^|[\s-])(?:doc-noteref|noteref|footnote|footnote-ref|footnote-reference|footnoteref)(?:\s|$)/i;
/** What marks of notes consist of, and what stands between them. */
const MARKS_ONLY = /^[\s\d,;[\]().*†‡§¶–-]*[a-z]?[\s\d,;[\]().*†‡§¶–-]*$/i;

/**
 * Invisible characters that are part of no word; soft hyphens; marks of direction, which can disguise a quote;
 * and private characters, which are icons of a font that only the page has.
 */
const INVISIBLE = /[\ue000-\uf8ff\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
/** Joiners, but for those between letters of scripts that need them. */
const JOINERS =
  /(?<![\p{Script=Arabic}\p{M}\p{Emoji}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Emoji}\u2640\u2642])/gu;
/** C1 controls; U+0085 is a line end. */
const CONTROLS = /[\u0080-\u0084\u0086-\u009f]/g;

export function isBlock(element: HtmlElement): boolean {
  return BLOCKS.has(element.name);
}

/** The text of a node without what nobody sees. */
export function visible(raw: string): string {
  return raw
    .replace(INVISIBLE, "")
    .replace(JOINERS, "")
    .replace(CONTROLS, "")
    .replace(/\u0085/g, "\n");
}

/** A line of visible text: white space folded, nothing left of the note marks in it, their brackets included. */
export function cleanLine(text: string): string {
  const line = foldSpaces(text);
  if (!line.includes(MARK) && !line.includes(ITEM)) return line;
  return line
    .replace(/ ?[[(] ?\ue000(?:[ ,;–-]*\ue000)* ?[\])]/g, "\ue000")
    .replace(/ ?\ue000(?:[ ,;]*\ue000)*(?= ?(?:[.,;:!?)\]]|$))/g, "")
    .replace(/\ue000/g, "")
    .split(ITEM)
    .map(foldSpaces)
    .filter((item) => item !== "")
    .join(CELL_GAP);
}

/** Whether an element is a mark that leads to a note in the page, or back from it. */
export function isNoteMark(element: HtmlElement): boolean {
  if (element.name === "a") return isNoteLink(element);
  if (element.name !== "sup") return false;
  const text = textWithin(element);
  return text !== null && MARKS_ONLY.test(text) && findFirst(element, isNoteLink) !== null;
}

function isNoteLink(element: HtmlElement): boolean {
  const { name, attribs } = element;
  const href = attribs.href ?? "";
  const hash = href.indexOf("#");
  if (name !== "a" || hash === -1) return false;
  const text = textWithin(element)?.trim() ?? "";
  if (hash === 0 && BACK.test(text)) return true;
  if (!NOTE_TEXT.test(text)) return false;
  if (NOTE_ADDRESS.test(href.slice(hash + 1))) return true;
  if (hash !== 0) return false;
  return (
    NOTE_WORDS.test(`${attribs.role ?? ""} ${attribs.class ?? ""} ${attribs["epub:type"] ?? ""}`) || isRaised(element)
  );
}

function isRaised(link: HtmlElement): boolean {
  const parent = link.parent;
  return (
    (parent !== null && isElement(parent) && parent.name === "sup") ||
    findFirst(link, ({ name }) => name === "sup") !== null
  );
}

/** What is inside of an element as one line; a gap stands between items of lists, as between cells. */
export function lineOf(root: HtmlParent, chrome: ReadonlySet<HtmlNode>): string {
  const parts: string[] = [];
  walk(
    root,
    (node) => {
      if (isText(node)) parts.push(visible(node.data));
      if (!isElement(node)) return false;
      if (isBlock(node) || node.name === "br") parts.push(" ");
      if (node.name === "li") parts.push(ITEM);
      if (chrome.has(node) || isNeverText(node)) return false;
      if (!isNoteMark(node)) return true;
      parts.push(MARK);
      return false;
    },
    (node) => {
      if (isElement(node) && isBlock(node)) parts.push(" ");
    },
  );
  return cleanLine(parts.join(""));
}
