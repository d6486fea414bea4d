/** The facts in a page's JSON-LD: what search engines are told. */

import type { DocumentFacts } from "../extracted.ts";
import { factDate, factText } from "../fact-values.ts";

/** Values that are looked at; real pages have some hundred. */
const MOST_VALUES = 10_000;
/** Authors that are named. */
const MOST_AUTHORS = 5;

type Fields = Readonly<Record<string, unknown>>;

/** Types of schema.org for a text, the surest first. */
const TYPES = [/(?:article|report|posting|publication|thesis)$/i, /^creativework$/i, /^(?:web|item|about)?page$/i];

/** @param sources the texts of the page's JSON-LD scripts; what is no JSON is passed over. */
export function linkedDataFacts(sources: readonly string[]): DocumentFacts {
  const nodes = sources.flatMap(parsed).flatMap(objectsIn).slice(0, MOST_VALUES);
  const byId = new Map(
    nodes.flatMap((node) => (typeof node["@id"] === "string" ? [[node["@id"], node] as const] : [])).reverse(),
  );
  const works = TYPES.flatMap((type) => nodes.filter((node) => typesOf(node).some((name) => type.test(name))));
  const first = (fact: (work: Fields) => string | undefined) => {
    for (const work of works) {
      const found = fact(work);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const nameOf = (value: unknown): string | undefined => {
    if (typeof value === "string") return /^https?:/i.test(value) ? undefined : factText(value);
    if (!isFields(value)) return undefined;
    const node = typeof value["@id"] === "string" && value.name === undefined ? byId.get(value["@id"]) : value;
    return typeof node?.name === "string" ? factText(node.name) : undefined;
  };
  const namesOf = (value: unknown): string | undefined => {
    const names = (Array.isArray(value) ? value : [value]).slice(0, MOST_AUTHORS).map(nameOf);
    return factText(names.filter((name) => name !== undefined).join(", "));
  };
  return {
    title: first((work) => textOf(work.headline) ?? textOf(work.name)),
    author: first((work) => namesOf(work.author)),
    publisher: first((work) => namesOf(work.publisher)),
    published: first((work) => (typeof work.datePublished === "string" ? factDate(work.datePublished) : undefined)),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? factText(value) : undefined;
}

function parsed(source: string): unknown[] {
  try {
    return [JSON.parse(source.replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[)/, "").replace(/(?:-->|\/\/\s*\]\]>)\s*$/, ""))];
  } catch {
    return [];
  }
}

/** The objects at any depth, the outer ones first. */
function objectsIn(root: unknown): Fields[] {
  const found: Fields[] = [];
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < MOST_VALUES; at += 1) {
    const value = queue[at];
    if (typeof value !== "object" || value === null) continue;
    if (isFields(value)) found.push(value);
    for (const child of Object.values(value).slice(0, MOST_VALUES)) {
      if (typeof child === "object" && child !== null) queue.push(child);
    }
  }
  return found;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typesOf(node: Fields): string[] {
  const type = node["@type"];
  return (Array.isArray(type) ? type : [type]).filter((name) => typeof name === "string");
}
