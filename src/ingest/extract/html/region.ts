/** The part of a page that is its text. */

import { chromeOf, isHidden, isMain, isNeverText, type Measures, measure } from "./chrome.ts";
import {
  findAll,
  findFirst,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  isText,
  walk,
} from "./tree.ts";

export interface Region {
  readonly root: HtmlParent;
  /** Elements in it that are to be left out. */
  readonly chrome: ReadonlySet<HtmlNode>;
  /** The headline in the region, or the only one of the page where the region has none. */
  readonly headline: HtmlElement | null;
  readonly isHeadlineInside: boolean;
}

/** A region with less than this share of the text of the page is not all of its text. */
const LEAST_SHARE = 0.5;
/** One of several articles is the text of a page only with this share of it. */
const LEAST_SHARE_OF_MANY = 0.8;
/** An article in a main region takes its place when it holds this share of it. */
const NARROWER_SHARE = 0.9;

/** Ids and classes that systems for web pages give to the text. */
const CONTENT_NAMES = new Set(
  (
    "content main-content maincontent main-body article article-body article-content articlebody story-body " +
    "post-content post-body entry-content page-content body-content bodycontent mw-content-text content-body " +
    "report-content report_content field-name-body region-content primary-content main"
  ).split(" "),
);

/** The main region of a document: what is marked as it, if it holds the text; else the body without chrome. */
export function mainRegion(document: HtmlParent): Region {
  const measures = measure(document);
  const body = findFirst(document, (element) => element.name === "body") ?? document;
  const chrome = chromeOf(document, measures, false);
  const strict = chromeOf(document, measures, true);
  const kept = keptProse(document, chrome, measures);
  const whole = keptProse(document, strict, measures).get(body) ?? 0;

  for (const tier of tiersOf(document, kept)) {
    const best = largest(tier, kept);
    const share = tier.length > 1 && best?.name === "article" ? LEAST_SHARE_OF_MANY : LEAST_SHARE;
    if (best === null || (kept.get(best) ?? 0) < Math.max(1, whole * share)) continue;
    return regionAt(document, narrowed(best, kept), chrome);
  }
  return regionAt(document, body, strict);
}

/** Candidates, the surest kind first. */
function tiersOf(document: HtmlParent, kept: ReadonlyMap<HtmlNode, number>): HtmlElement[][] {
  const candidates = findAll(document, (element) => kept.has(element));
  return [
    candidates.filter(isMain),
    candidates.filter(({ name }) => name === "article"),
    candidates.filter(({ attribs }) => /(?:^|\s)articleBody(?:\s|$)/.test(attribs.itemprop ?? "")),
    candidates.filter(({ name, attribs }) => {
      if (!/^(?:div|section|td|center)$/.test(name)) return false;
      const names = `${attribs.id ?? ""} ${attribs.class ?? ""}`.slice(0, 1000).toLowerCase().split(/\s+/);
      return names.some((each) => CONTENT_NAMES.has(each));
    }),
  ];
}

function largest(elements: readonly HtmlElement[], kept: ReadonlyMap<HtmlNode, number>): HtmlElement | null {
  let best: HtmlElement | null = null;
  for (const element of elements) {
    if (best === null || (kept.get(element) ?? 0) > (kept.get(best) ?? 0)) best = element;
  }
  return best;
}

function narrowed(main: HtmlElement, kept: ReadonlyMap<HtmlNode, number>): HtmlElement {
  if (!isMain(main)) return main;
  const article = largest(
    findAll(main, ({ name }) => name === "article"),
    kept,
  );
  return article !== null && (kept.get(article) ?? 0) >= NARROWER_SHARE * (kept.get(main) ?? 0) ? article : main;
}

/** Characters outside of links that remain of each element. */
function keptProse(root: HtmlParent, chrome: ReadonlySet<HtmlNode>, measures: Measures): Map<HtmlNode, number> {
  const kept = new Map<HtmlNode, number>([[root, 0]]);
  const isLink = (node: HtmlNode) => isElement(node) && node.name === "a" && node.attribs.href !== undefined;
  let openLinks = 0;
  walk(
    root,
    (node) => {
      if (isText(node) && openLinks === 0 && node.parent !== null) {
        kept.set(node.parent, (kept.get(node.parent) ?? 0) + node.data.trim().length);
      }
      if (chrome.has(node) || !measures.has(node)) return false;
      if (isLink(node)) openLinks += 1;
      kept.set(node, 0);
      return true;
    },
    (node) => {
      if (isLink(node)) openLinks -= 1;
      if (node.parent !== null) kept.set(node.parent, (kept.get(node.parent) ?? 0) + (kept.get(node) ?? 0));
    },
  );
  return kept;
}

function regionAt(document: HtmlParent, root: HtmlParent, chrome: ReadonlySet<HtmlNode>): Region {
  let inside: HtmlElement | null = null;
  walk(root, (node) => {
    if (!isElement(node) || isNeverText(node) || chrome.has(node)) return false;
    if (node.name !== "h1") return true;
    inside = node;
    return "stop";
  });
  if (inside !== null) return { root, chrome, headline: inside, isHeadlineInside: true };
  const headlines = findAll(document, (element) => element.name === "h1" && !isHidden(element));
  return { root, chrome, headline: headlines.length === 1 ? (headlines[0] ?? null) : null, isHeadlineInside: false };
}
