/** HTML: the text of a page, without the site around it, and what the page says about itself. */

import { SitrepError } from "../../domain/errors.ts";
import { canonicalWriter } from "./canonical-writer.ts";
import type { Extracted, ExtractionLimits } from "./extracted.ts";
import { writeHtmlBlocks } from "./html/blocks.ts";
import { decodeHtml } from "./html/charset.ts";
import { htmlFacts } from "./html/facts.ts";
import { lineOf } from "./html/inline.ts";
import { mainRegion } from "./html/region.ts";
import { findAll, type HtmlParent, parseHtml, textWithin } from "./html/tree.ts";

/** A page with less text than this may be waiting for its scripts, in characters. */
const NEARLY_NOTHING = 200;
/** Scripts of a page that makes its text in the browser, in characters. */
const BIG_SCRIPTS = 2000;
const NEEDS_SCRIPT = /java\s?script/i;
/** The empty elements that such pages fill. */
const MOUNT_POINTS = new Set("root app __next __nuxt main-app app-root".split(" "));

/**
 * The canonical text of an HTML page and its facts. Where the page marks its main text, that is taken, if it holds
 * at least half of what there is to read; else all of the body. Menus, banners, forms, what is hidden, and marks
 * of notes are left out.
 * @param charset of the HTTP header, where the page came with one.
 * @throws {SitrepError} "bad-corpus" when there is no text, or more than the limit.
 */
export function extractHtml(bytes: Uint8Array, limits: ExtractionLimits, charset?: string): Extracted {
  const document = parseHtml(decodeHtml(bytes, charset));
  const { root, chrome, headline, isHeadlineInside } = mainRegion(document);
  const h1 = headline === null ? "" : lineOf(headline, chrome);
  const facts = htmlFacts(document, h1);
  const writer = canonicalWriter(limits.maxCharacters);
  // The only headline of a page can be the name of the site.
  if (!isHeadlineInside && h1 !== facts.publisher) writer.add("heading", h1, 1);
  const before = writer.length();
  writeHtmlBlocks(root, writer, { chrome, hasUnmarkedHeaders: false });
  if (writer.length() - before < NEARLY_NOTHING && needsScripts(document, writer.length() === before)) {
    throw new SitrepError("bad-corpus", "holds no text without JavaScript: save the page from a browser that shows it");
  }
  if (writer.length() === before) throw new SitrepError("bad-corpus", "holds no text");
  return { document: writer.finish(), facts };
}

/** Whether scripts would have put the text into the page. */
function needsScripts(document: HtmlParent, isEmpty: boolean): boolean {
  const scripts = findAll(document, ({ name }) => name === "script");
  const sizes = scripts.map((script) =>
    script.attribs.src === undefined ? (textWithin(script)?.length ?? 0) : BIG_SCRIPTS,
  );
  if (sizes.reduce((sum, size) => sum + size, 0) < BIG_SCRIPTS) return false;
  const saysSo = findAll(document, ({ name }) => name === "noscript").some((element) =>
    NEEDS_SCRIPT.test(textWithin(element) ?? ""),
  );
  const isWaiting = findAll(document, ({ attribs }) => MOUNT_POINTS.has(attribs.id?.toLowerCase() ?? "")).some(
    (element) => (textWithin(element)?.trim().length ?? NEARLY_NOTHING) < NEARLY_NOTHING,
  );
  return isEmpty || saysSo || isWaiting;
}
