/** From the tree of an HTML text to the blocks of a canonical text. */

import { CELL_GAP } from "../../../text/blocks.ts";
import type { CanonicalWriter } from "../canonical-writer.ts";
import { isNeverText } from "./chrome.ts";
import { cleanLine, isBlock, isNoteMark, MARK, visible } from "./inline.ts";
import { itemNumber, type OrderedList, orderedList } from "./lists.ts";
import { preformatted } from "./pre.ts";
import { blockSink } from "./sink.ts";
import { type TableOptions, tableLines } from "./tables.ts";
import { findFirst, type HtmlElement, type HtmlNode, type HtmlParent, isElement, isText, walk } from "./tree.ts";

/** An open element that says what the text in it is. */
type Context =
  | { readonly node: HtmlNode; readonly kind: "quote" }
  | { readonly node: HtmlNode; readonly kind: "list"; readonly list: OrderedList }
  | { readonly node: HtmlNode; readonly kind: "item"; prefix: string }
  | { readonly node: HtmlNode; readonly kind: "terms"; terms: string[] }
  | { readonly node: HtmlNode; readonly kind: "term" }
  | { readonly node: HtmlNode; readonly kind: "definition"; terms: string }
  | {
      readonly node: HtmlNode;
      readonly kind: "heading";
      readonly rank: number;
      readonly holdsBlocks: boolean;
      used: boolean;
    };

/** Numbers that a list would show before items which begin with their own. */
const OWN_NUMBER = /^(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|(?:section|chapter|part|annex)\s\S{1,5}[.:]\s)/i;

/** Elements in a definition that its terms are written before. */
const HAS_OWN_BLOCKS = /^(?:ul|ol|dl|table|pre|blockquote|h[1-6])$/;

/** Elements that make a heading around them a mistake: somebody forgot to close it. */
const NEVER_IN_HEADINGS = new Set("p ul ol dl table pre blockquote h1 h2 h3 h4 h5 h6 article section".split(" "));

/**
 * Adds what is inside of a node to a canonical text: headings, paragraphs, items of lists, quotes, rows of tables
 * and code. Iterative, and linear but for very deep nesting.
 * @param chrome elements that are left out.
 * @throws {SitrepError} what the writer throws.
 */
export function writeHtmlBlocks(
  root: HtmlParent,
  writer: CanonicalWriter,
  options: TableOptions & { readonly chrome: ReadonlySet<HtmlNode> },
): void {
  const { chrome } = options;
  const sink = blockSink(writer);
  const contexts: Context[] = [];
  let parts: string[] = [];
  let isAfterBreak = false;

  /** Ends the line that is being read, and writes it as what its place in the tree makes of it. */
  const flush = (closed: HtmlElement | null = null): void => {
    isAfterBreak = false;
    if (parts.length === 0) return;
    const text = cleanLine(parts.join(""));
    parts = [];
    // Arrows and bars between links are nothing to read.
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    const context = contexts.findLast(({ kind }) => kind !== "list" && kind !== "terms");
    switch (context?.kind) {
      case "heading":
        if (context.used || isInQuote()) sink.write(isInQuote() ? "quote" : "paragraph", text);
        else sink.heading({ text, rank: context.rank, parent: context.node.parent });
        context.used = true;
        return;
      case "term": {
        const list = contexts.findLast(({ kind }) => kind === "terms");
        if (list?.kind === "terms") list.terms.push(text);
        return;
      }
      case "item":
        sink.write("list-item", text, OWN_NUMBER.test(text) ? {} : { lead: context.prefix });
        context.prefix = "";
        return;
      case "definition":
        sink.write("list-item", context.terms === "" ? text : context.terms + CELL_GAP + text);
        context.terms = "";
        return;
      case "quote":
        sink.write("quote", text);
        return;
      default:
        if (closed?.name === "p") sink.paragraph(text, closed.parent);
        else sink.write("paragraph", text);
    }
  };
  const isInQuote = (): boolean => contexts.some(({ kind }) => kind === "quote");
  /** Terms that no text follows directly stand for themselves. */
  const writeTerms = (context: Context | undefined): void => {
    if (context?.kind === "terms" && context.terms.length > 0) {
      sink.write("list-item", context.terms.join(CELL_GAP));
      context.terms = [];
    } else if (context?.kind === "definition" && context.terms !== "") {
      sink.write("list-item", context.terms);
      context.terms = "";
    }
  };
  const isInWholeHeading = (): boolean => {
    const last = contexts.at(-1);
    return last?.kind === "heading" && !last.holdsBlocks;
  };

  const enter = (node: HtmlNode): boolean => {
    if (isText(node)) {
      const text = visible(node.data);
      if (text.trim() !== "") isAfterBreak = false;
      parts.push(text);
      return false;
    }
    if (!isElement(node)) return false;
    if (chrome.has(node) || isNeverText(node)) {
      if (isBlock(node)) boundary();
      return false;
    }
    if (isNoteMark(node)) {
      parts.push(MARK);
      return false;
    }
    if (node.name === "br" || node.name === "hr") {
      if (node.name === "hr" || isAfterBreak) boundary();
      else {
        parts.push(" ");
        isAfterBreak = true;
      }
      return false;
    }
    if (!isBlock(node)) return true;
    boundary();
    return enterBlock(node);
  };

  const boundary = (closed: HtmlElement | null = null): void => {
    if (isInWholeHeading()) parts.push(" ");
    else flush(closed);
  };

  const enterBlock = (node: HtmlElement): boolean => {
    const last = contexts.at(-1);
    if (last?.kind === "definition" && HAS_OWN_BLOCKS.test(node.name)) writeTerms(last);
    if (node.name === "pre" || node.name === "listing" || node.name === "xmp") {
      for (const { kind, text } of preformatted(node, chrome)) {
        // Below all headings of the page: what is taken for a heading in plain text has no rank among them.
        if (kind === "heading") sink.heading({ text, rank: 6, parent: node });
        else sink.write(kind, text);
      }
      return false;
    }
    if (node.name === "table") {
      const lines = tableLines(node, chrome, options);
      if (lines === null) return true;
      const { caption, head, rows } = lines;
      if (caption !== "") sink.write("paragraph", caption);
      if (head !== null) sink.write("table-head", head.text, head.more);
      for (const [index, { text, more }] of rows.entries()) {
        sink.write("table-row", text, head === null && index === 0 ? { ...more, beginsTable: true } : more);
      }
      return false;
    }
    if (isSection(node)) sink.enterSection(node);
    const context = contextOf(node);
    if (context !== null) contexts.push(context);
    return true;
  };

  const contextOf = (node: HtmlElement): Context | null => {
    const rank = Number(/^h([1-6])$/.exec(node.name)?.[1] ?? 0);
    if (rank > 0) {
      const holdsBlocks = findFirst(node, ({ name }) => NEVER_IN_HEADINGS.has(name)) !== null;
      return { node, kind: "heading", rank, holdsBlocks, used: false };
    }
    switch (node.name) {
      case "blockquote":
        return { node, kind: "quote" };
      case "ol":
        return { node, kind: "list", list: orderedList(node) };
      case "li": {
        const list = contexts.at(-1);
        const isNumbered = list?.kind === "list" && list.node === node.parent;
        return { node, kind: "item", prefix: isNumbered ? itemNumber(list.list, node) : "" };
      }
      case "dl":
        return { node, kind: "terms", terms: [] };
      case "dt":
      case "dd":
        return contextInTerms(node);
      default:
        return null;
    }
  };

  const contextInTerms = (node: HtmlElement): Context => {
    const list = contexts.findLast(({ kind }) => kind === "terms");
    if (node.name === "dt") return list === undefined ? { node, kind: "item", prefix: "" } : { node, kind: "term" };
    const terms = list?.kind === "terms" ? list.terms : [];
    if (list?.kind === "terms") list.terms = [];
    return { node, kind: "definition", terms: terms.join(CELL_GAP) };
  };

  const leave = (node: HtmlNode): void => {
    if (!isElement(node)) return;
    if (!isBlock(node)) return;
    if (contexts.at(-1)?.node === node) {
      flush();
      writeTerms(contexts.pop());
    } else boundary(node);
    if (isSection(node)) sink.leaveSection(node);
  };

  walk(root, enter, leave);
  flush();
  sink.finish();
}

function isSection(node: HtmlElement): boolean {
  return node.name === "section" || node.name === "article";
}
