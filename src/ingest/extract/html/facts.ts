/** What a page says about itself: title, author, publisher, date, language, address. */

import { isWebAddress } from "../../metadata-schema.ts";
import type { DocumentFacts } from "../extracted.ts";
import { factDate, factText } from "../fact-values.ts";
import { linkedDataFacts } from "./linked-data.ts";
import { findAll, type HtmlElement, type HtmlParent, textWithin } from "./tree.ts";

/** Between the title of a page and the name of its site. */
const SEPARATOR = /\s+(?:[-–—|·•»›/]|::)\s+/g;

/**
 * The facts of a page; each is left out where the page does not say it. Never throws.
 * @param headline the text of the `<h1>` above the page's text, or "".
 */
export function htmlFacts(document: HtmlParent, headline: string): DocumentFacts {
  const metas = metasOf(document);
  const linked = linkedDataFacts(findAll(document, isLinkedData).map((script) => textWithin(script, 5) ?? ""));
  const meta = (...names: string[]) => names.map((name) => metas.get(name)).find((value) => value !== undefined);
  const publisher =
    linked.publisher ?? factText(meta("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher"));
  const h1 = factText(headline);
  const siteNames = [publisher, factText(meta("og:site_name")), factText(meta("application-name"))];
  const raw =
    factText(meta("og:title")) ??
    linked.title ??
    factText(meta("citation_title", "dc.title", "dcterms.title")) ??
    h1 ??
    factText(elementText(document, (element) => element.name === "title" && isInHead(element)));
  return {
    title: raw === undefined ? undefined : fullTitle(withoutSite(raw, siteNames, h1), h1),
    author:
      linked.author ??
      factText(authorOf(meta("author", "citation_author", "dc.creator", "dcterms.creator", "article:author"))),
    publisher,
    published:
      factDate(meta("article:published_time", "og:article:published_time")) ??
      linked.published ??
      factDate(
        meta(
          "dc.date.issued",
          "dcterms.issued",
          "dc.date",
          "dcterms.date",
          "citation_publication_date",
          "citation_date",
          "datepublished",
        ),
      ) ??
      publishedTime(document),
    language: languageOf(document, meta("og:locale")),
    url: addressOf(document, meta("og:url")),
  };
}

/** The contents of meta elements by name or property, the first of each. */
function metasOf(document: HtmlParent): Map<string, string> {
  const metas = new Map<string, string>();
  for (const { attribs } of findAll(document, ({ name }) => name === "meta")) {
    const name = (attribs.property ?? attribs.name ?? attribs.itemprop ?? "").trim().toLowerCase();
    const content = attribs.content?.trim() ?? "";
    if (name !== "" && content !== "" && !metas.has(name)) metas.set(name, content);
  }
  return metas;
}

function isLinkedData({ name, attribs }: HtmlElement): boolean {
  return name === "script" && /^\s*application\/ld\+json/i.test(attribs.type ?? "");
}

function isInHead(title: HtmlElement): boolean {
  return title.parent === null || !("name" in title.parent) || title.parent.name !== "svg";
}

function elementText(document: HtmlParent, test: (element: HtmlElement) => boolean): string | undefined {
  const [element] = findAll(document, test);
  return element === undefined ? undefined : (textWithin(element, 200) ?? undefined);
}

/** A title without " - Site" at its end (or "Site | " before it). */
function withoutSite(title: string, siteNames: readonly (string | undefined)[], h1: string | undefined): string {
  const isSite = (text: string) => siteNames.some((name) => name?.toLowerCase() === text.toLowerCase());
  for (const { index, 0: separator } of title.matchAll(SEPARATOR)) {
    const before = title.slice(0, index).trim();
    const after = title.slice(index + separator.length).trim();
    if (before === "" || after === "") continue;
    if (isSite(after) || before.toLowerCase() === h1?.toLowerCase()) return before;
    if (isSite(before)) return after;
  }
  return title;
}

/** The headline where it says all of the title and more: "Mali" is short for "Human rights in 2023: Mali". */
function fullTitle(title: string, h1: string | undefined): string {
  const isPart = h1 !== undefined && h1.length > title.length && h1.toLowerCase().endsWith(title.toLowerCase());
  return isPart && /[\s:–—-]/.test(h1.charAt(h1.length - title.length - 1)) ? h1 : title;
}

/** Some pages give the address of the author's page. */
function authorOf(raw: string | undefined): string | undefined {
  return raw === undefined || /^https?:/i.test(raw.trim()) ? undefined : raw;
}

function publishedTime(document: HtmlParent): string | undefined {
  const times = findAll(
    document,
    ({ name, attribs }) =>
      (name === "time" && attribs.pubdate !== undefined) ||
      /(?:^|\s)datePublished(?:\s|$)/.test(attribs.itemprop ?? ""),
  );
  return times.map(({ attribs }) => factDate(attribs.datetime ?? attribs.content)).find((date) => date !== undefined);
}

function languageOf(document: HtmlParent, locale: string | undefined): string | undefined {
  const [html] = findAll(document, ({ name }) => name === "html");
  const language = html?.attribs.lang ?? html?.attribs["xml:lang"] ?? locale ?? "";
  return /^\s*([a-z]{2,3})(?![a-z])/i.exec(language)?.[1]?.toLowerCase();
}

function addressOf(document: HtmlParent, openGraph: string | undefined): string | undefined {
  const links = findAll(
    document,
    ({ name, attribs }) => name === "link" && /(?:^|\s)canonical(?:\s|$)/i.test(attribs.rel ?? ""),
  );
  return [...links.map(({ attribs }) => attribs.href?.trim()), openGraph].find(
    (url) => url !== undefined && isWebAddress(url),
  );
}
