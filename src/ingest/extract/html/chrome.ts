/** Which elements of a page are no part of its text: menus, banners, share bars, what nobody sees. */

import { type HtmlElement, type HtmlNode, type HtmlParent, hasWord, isElement, isText, walk } from "./tree.ts";

/** What is inside of an element, in characters without white space at the ends of text nodes. */
export interface Measure {
  /** Outside of links. */
  prose: number;
  inLinks: number;
  links: number;
  /** Of these, to other places in the page. */
  linksInPage: number;
  hasHeadline: boolean;
  hasMain: boolean;
  hasMenu: boolean;
}

/** Never text of a report, wherever they stand. */
const NEVER = new Set(
  (
    "script style noscript template svg iframe object embed canvas audio video map head title input button select " +
    "option datalist textarea progress meter output rp rt annotation annotation-xml del dialog link meta base param"
  ).split(" "),
);

const CHROME_ELEMENTS = new Set(["nav", "aside", "menu"]);
const CHROME_ROLES = new Set(
  (
    "navigation banner contentinfo search dialog alertdialog complementary menu menubar toolbar tablist tooltip " +
    "progressbar status alert"
  ).split(" "),
);
const MAIN_ROLES = new Set(["main"]);

/** Names that say by themselves what an element is: any word of a class or id. */
const CERTAIN = new Set(
  (
    "breadcrumb breadcrumbs cookie cookies cookiebanner cookieconsent cookiebar consent gdpr ccpa onetrust cookiebot " +
    "didomi usercentrics cmplz sharedaddy addtoany addthis sharethis sharebar sharebuttons skiplink skiplinks noprint"
  ).split(" "),
);
const CERTAIN_NAMES = new Set(
  (
    "skip-link skip-links skip-to-content skip-nav skip-main back-to-top backtotop screen-reader-text sr-only " +
    "visually-hidden visuallyhidden element-invisible site-header site-footer page-footer global-header global-footer " +
    "site-nav masthead colophon mw-editsection navbox catlinks toc no-print printfooter noprint share-this do-not-sell " +
    "comments-area comment-list commentlist comment-respond disqus-thread"
  ).split(" "),
);
/** Names of which it is only likely: the last word of a class or id. */
const LIKELY = new Set(
  (
    "nav navigation navbar menu submenu sidebar footer share sharing social socials related recommended toolbar tags " +
    "tag pagination pager widget widgets ad ads advert advertisement promo promotion sponsored banner popup modal " +
    "overlay lightbox comments subscribe subscription newsletter signup donate login meta links trending teaser teasers"
  ).split(" "),
);
/** First words of a name that say what an element is about, where the last is its place or form. */
const LIKELY_FIRST = new Set(
  "breadcrumb breadcrumbs social share sharing related nav menu newsletter popup modal".split(" "),
);
/** Names of parts that belong to the text although they stand at its foot. */
const NOTES = new Set("footnote footnotes endnote endnotes notes references bibliography sources citations".split(" "));
/** Elements that names are looked at for; a word in a sentence is never left out because of its class. */
const CONTAINERS = new Set("div section ul ol dl header footer table form details figure center fieldset".split(" "));
/** A modifier says something of the whole page: `has-sidebar`, `no-banner`. */
const MODIFIERS = new Set("has with no is js without not wp hide show".split(" "));

/** An element by name that holds more text outside of links than this is no menu or share bar, in characters. */
const LONGEST_CHROME = 400;
/** A form of which the page is made (as by ASP.NET) holds more than this, in characters. */
const LONGEST_FORM = 500;
/** What stands at the foot of an article and holds more than this may be its notes, in characters. */
const LEAST_FOOTER = 200;
/** Of a class attribute this much is looked at, in characters. */
const LONGEST_NAMES = 1000;
/** What holds more than this share of the page's text is kept, whatever it is called. */
const MAIN_SHARE = 0.5;
/** Below it, a share of the page says nothing, in characters. */
const LEAST_MAIN = 1000;

export type Measures = ReadonlyMap<HtmlNode, Measure>;

/** The measures of all elements that may hold text. */
export function measure(root: HtmlParent): Measures {
  const measures = new Map<HtmlNode, Measure>();
  const none = (): Measure => ({
    prose: 0,
    inLinks: 0,
    links: 0,
    linksInPage: 0,
    hasHeadline: false,
    hasMain: false,
    hasMenu: false,
  });
  measures.set(root, none());
  let openLinks = 0;
  walk(
    root,
    (node) => {
      const parent = node.parent === null ? undefined : measures.get(node.parent);
      if (isText(node) && parent !== undefined) {
        if (openLinks > 0) parent.inLinks += node.data.trim().length;
        else parent.prose += node.data.trim().length;
      }
      if (!isElement(node) || NEVER.has(node.name)) return false;
      measures.set(node, none());
      if (isLink(node)) openLinks += 1;
      return true;
    },
    (node) => {
      const own = measures.get(node);
      const parent = node.parent === null ? undefined : measures.get(node.parent);
      if (!isElement(node) || own === undefined) return;
      if (isLink(node)) {
        openLinks -= 1;
        own.links += 1;
        if (/^#./.test(node.attribs.href ?? "")) own.linksInPage += 1;
      }
      if (parent === undefined) return;
      parent.prose += own.prose;
      parent.inLinks += own.inLinks;
      parent.links += own.links;
      parent.linksInPage += own.linksInPage;
      parent.hasHeadline ||= own.hasHeadline || node.name === "h1";
      parent.hasMain ||= own.hasMain || isMain(node) || node.name === "article";
      parent.hasMenu ||= own.hasMenu || node.name === "nav" || hasWord(node, "role", CHROME_ROLES);
    },
  );
  return measures;
}

export function isMain(element: HtmlElement): boolean {
  return element.name === "main" || hasWord(element, "role", MAIN_ROLES);
}

function isLink(element: HtmlElement): boolean {
  return element.name === "a" && element.attribs.href !== undefined;
}

export function isNeverText(element: HtmlElement): boolean {
  return NEVER.has(element.name);
}

/**
 * The elements to leave out, each the outermost one. Elements that hold the main text are never among them.
 * @param isStrict whether lists of links are left out too, as where nothing says which part of a page is the text.
 */
export function chromeOf(root: HtmlParent, measures: Measures, isStrict: boolean): Set<HtmlNode> {
  const chrome = new Set<HtmlNode>();
  const whole = measures.get(root)?.prose ?? 0;
  /** How many elements that make a `<header>` one of the text are open. */
  let sections = 0;
  walk(
    root,
    (node) => {
      if (!isElement(node) || NEVER.has(node.name)) return false;
      const own = measures.get(node);
      if (own !== undefined && isChrome(node, own, whole, sections > 0, isStrict)) {
        chrome.add(node);
        return false;
      }
      if (isSection(node)) sections += 1;
      return true;
    },
    (node) => {
      if (isElement(node) && isSection(node)) sections -= 1;
    },
  );
  return chrome;
}

function isSection(element: HtmlElement): boolean {
  return element.name === "article" || element.name === "section" || element.name === "blockquote" || isMain(element);
}

function isChrome(element: HtmlElement, own: Measure, whole: number, isInText: boolean, isStrict: boolean): boolean {
  if (element.name === "html" || element.name === "body" || isMain(element)) return false;
  const names = namesOf(element);
  const holdsText = own.hasMain || own.hasHeadline;
  // A consent dialog can be longer than the report; nobody puts a report into an element of such a name.
  if (!holdsText && names.some((name) => isCertainName(name, CONTAINERS.has(element.name)))) return true;
  if (own.prose >= LEAST_MAIN && own.prose > whole * MAIN_SHARE) return false;
  if (isHidden(element) || CHROME_ELEMENTS.has(element.name) || hasWord(element, "role", CHROME_ROLES)) return true;
  if (!CONTAINERS.has(element.name) || names.some(isNoteName)) return false;
  const linkShare = own.inLinks / Math.max(1, own.inLinks + own.prose);
  switch (element.name) {
    case "form":
      return own.prose < LONGEST_FORM && !holdsText;
    case "header":
      if (!isInText) return !own.hasHeadline || own.hasMenu || linkShare > 0.3;
      break;
    case "footer":
      if (element.parent !== null && isElement(element.parent) && element.parent.name === "blockquote") return false;
      return !isInText || linkShare > 0.5 || own.prose < LEAST_FOOTER;
  }
  const likely = holdsText ? [] : names.filter(isLikelyName);
  if (likely.length > 0) {
    return linkShare >= 0.5 || (own.prose < LONGEST_CHROME && likely.some((name) => !isMetaName(name)));
  }
  return !holdsText && (isContents(own) || (isStrict && isListOfLinks(element, own, whole)));
}

/** A table of contents: hardly anything but links to other places in the page. */
function isContents(own: Measure): boolean {
  return own.linksInPage >= 3 && own.linksInPage >= 0.9 * own.links && own.inLinks >= 4 * own.prose;
}

/** Many short links and nearly nothing else, on a page with text in other places. */
function isListOfLinks(element: HtmlElement, own: Measure, whole: number): boolean {
  if (element.name === "section" || own.links < 3 || whole < LONGEST_FORM) return false;
  return own.inLinks > 4 * own.prose && own.inLinks / own.links < 40;
}

export function isHidden({ attribs }: HtmlElement): boolean {
  if (attribs.hidden !== undefined && attribs.hidden !== "until-found") return true;
  if (attribs["aria-hidden"]?.toLowerCase() === "true") return true;
  return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribs.style ?? "");
}

/**
 * The classes of an element, and its id where that is no address made from a heading, less those that speak of
 * other elements.
 */
function namesOf({ name: element, attribs }: HtmlElement): string[] {
  const classes = attribs.class ?? "";
  const isPart =
    !CONTAINERS.has(element) || element === "section" || /(?:^|\s)(?:section|level\d)(?:\s|$)/.test(classes);
  const names = `${isPart ? "" : (attribs.id ?? "")} ${classes}`.slice(0, LONGEST_NAMES).split(/\s+/);
  return names.filter((name) => name !== "" && !MODIFIERS.has(wordsOf(name)[0] ?? ""));
}

/** "siteNav__share-bar" as site, nav, share, bar. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[-_:]+/)
    .filter((word) => word !== "");
}

function isCertainName(name: string, isContainer: boolean): boolean {
  const words = wordsOf(name);
  return CERTAIN_NAMES.has(words.join("-")) || (isContainer && words.some((word) => CERTAIN.has(word)));
}

function isLikelyName(name: string): boolean {
  const words = wordsOf(name);
  return LIKELY.has(words.at(-1) ?? "") || (words.length > 1 && LIKELY_FIRST.has(words[0] ?? ""));
}

/** Names whose short text may be of the report, as who wrote it: only links make them chrome. */
function isMetaName(name: string): boolean {
  return /^(?:meta|links)$/.test(wordsOf(name).at(-1) ?? "");
}

function isNoteName(name: string): boolean {
  return wordsOf(name).some((word) => NOTES.has(word));
}
