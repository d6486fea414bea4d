/** Block quotes and list items: what a line continues and what it opens. */

import * as line from "./lines.ts";
import { closeLeaf, type Scan } from "./scan.ts";

/** Deeper containers are read as if they were at this depth, so that a line costs the same everywhere. */
const DEEPEST = 64;

/** Walks the open containers that this line continues; returns how many. Masks the quote marks it passes. */
export function matchContainers(scan: Scan, cursor: line.Cursor, end: number): number {
  let matched = 0;
  for (const container of scan.stack) {
    const space = line.afterSpace(scan.text, cursor, end);
    const indent = space.column - cursor.column;
    if (container.kind === "quote") {
      if (space.at === end || indent > 3 || scan.text.charAt(space.at) !== ">") break;
      scan.mask[space.at] = 1;
      line.passQuoteMark(scan.text, cursor, space);
    } else {
      if (space.at !== end && indent < container.indent) break;
      line.advance(scan.text, cursor, container.indent, end);
    }
    matched += 1;
  }
  return matched;
}

/** Opens the quotes and list items that start on this line; whether there were any. */
export function openContainers(scan: Scan, cursor: line.Cursor, end: number, matched: number): boolean {
  const { text, mask, stack } = scan;
  let hasOpened = false;
  for (;;) {
    const space = line.afterSpace(text, cursor, end);
    const indent = space.column - cursor.column;
    if (space.at === end || indent >= 4) return hasOpened;
    const isQuote = text.charAt(space.at) === ">";
    const depth = hasOpened ? stack.length : matched;
    let width = 0;
    if (!isQuote) {
      if (depth >= DEEPEST || !line.mayBeListMark(text, space.at)) return hasOpened;
      if (line.isRule(text, space.at, end)) return hasOpened;
      const mark = line.listMark(text, space.at, end);
      const isInParagraph = !hasOpened && scan.leaf.kind === "paragraph" && matched === stack.length;
      if (mark === null || (isInParagraph && !mark.canInterrupt)) return hasOpened;
      width = mark.width;
    }
    if (!hasOpened) {
      closeLeaf(scan);
      stack.length = matched;
      hasOpened = true;
    }
    if (isQuote) {
      mask[space.at] = 1;
      line.passQuoteMark(text, cursor, space);
      if (depth < DEEPEST) stack.push({ kind: "quote" });
    } else {
      mask.fill(1, space.at, space.at + width);
      stack.push({ kind: "list", indent: line.passListMark(text, cursor, space, width, end) });
      const box = /^[ \t]*\[[ xX]\](?=[ \t])/.exec(text.slice(cursor.at, Math.min(end, cursor.at + 8)))?.[0] ?? "";
      mask.fill(1, cursor.at, cursor.at + box.length);
      line.advance(text, cursor, box.length, end);
    }
  }
}
