/** The tree of an HTML text, and ways through it that need no recursion: hostile pages nest very deeply. */

import { load } from "cheerio";
import { flattened } from "./depth.ts";

/** What the extractor uses of a node. */
export interface HtmlNode {
  readonly type: string;
  readonly parent: HtmlNode | null;
  readonly next: HtmlNode | null;
}

export interface HtmlText extends HtmlNode {
  readonly data: string;
}

export interface HtmlParent extends HtmlNode {
  readonly children: readonly HtmlNode[];
}

export interface HtmlElement extends HtmlParent {
  /** In small letters. */
  name: string;
  readonly attribs: Readonly<Record<string, string>>;
}

/** The tree of an HTML document, by the parsing rules of the HTML standard. Never throws. */
export function parseHtml(html: string): HtmlParent {
  return load(flattened(html)).root().get(0) as HtmlParent;
}

/** The tree of an XML text, without any expansion of declared entities. Names keep their prefix. */
export function parseXml(xml: string): HtmlParent {
  return load(xml, { xml: true }).root().get(0) as HtmlParent;
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return node.type === "tag" || node.type === "script" || node.type === "style";
}

export function isText(node: HtmlNode): node is HtmlText {
  return node.type === "text";
}

function firstChild(node: HtmlNode): HtmlNode | null {
  return "children" in node ? ((node as HtmlParent).children[0] ?? null) : null;
}

/**
 * Visits what is inside of a node in document order. Linear in the nodes that are visited.
 * @param enter says whether to go into the node, which is left only then, or that nothing more is to be visited.
 */
export function walk(
  root: HtmlNode,
  enter: (node: HtmlNode) => boolean | "stop",
  leave?: (node: HtmlNode) => void,
): void {
  let node = firstChild(root);
  while (node !== null) {
    const goesIn: boolean | "stop" = enter(node);
    if (goesIn === "stop") return;
    const child: HtmlNode | null = goesIn ? firstChild(node) : null;
    if (child !== null) {
      node = child;
      continue;
    }
    if (goesIn) leave?.(node);
    while (node !== null && node.next === null) {
      node = node.parent;
      if (node === null || node === root) return;
      leave?.(node);
    }
    node = node?.next ?? null;
  }
}

/** The elements inside of a node that a test holds for, in document order. */
export function findAll(root: HtmlNode, test: (element: HtmlElement) => boolean): HtmlElement[] {
  const found: HtmlElement[] = [];
  walk(root, (node) => {
    if (isElement(node) && test(node)) found.push(node);
    return true;
  });
  return found;
}

export function findFirst(root: HtmlNode, test: (element: HtmlElement) => boolean): HtmlElement | null {
  let found: HtmlElement | null = null;
  walk(root, (node) => {
    if (!isElement(node) || !test(node)) return true;
    found = node;
    return "stop";
  });
  return found;
}

/**
 * All text inside of a node as it stands, or null when there is more of it than can be looked at for a small
 * decision.
 */
export function textWithin(root: HtmlNode, maxNodes = 50): string | null {
  const parts: string[] = [];
  let nodes = 0;
  walk(root, (node) => {
    nodes += 1;
    if (nodes > maxNodes) return "stop";
    if (isText(node)) parts.push(node.data);
    return true;
  });
  return nodes > maxNodes ? null : parts.join("");
}

/** Whether an attribute with space-separated words holds one of them, in any case. */
export function hasWord(element: HtmlElement, attribute: string, words: ReadonlySet<string>): boolean {
  const value = element.attribs[attribute] ?? "";
  return value
    .toLowerCase()
    .split(/\s+/)
    .some((word) => words.has(word));
}
