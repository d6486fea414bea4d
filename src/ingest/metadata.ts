/** Where a report comes from: what is written down about it, what the document tells, or only its path. */

import { createHash } from "node:crypto";
import { posix } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import { DERIVABLE_FIELDS, isPartialDate, type PartialDate, type ReportSource } from "../domain/report.ts";
import type { StructuredText } from "../text/blocks.ts";
import { foldSpaces } from "../text/normalise.ts";
import type { DocumentFacts } from "./extract/extracted.ts";
import { Description, FrontMatter, isWebAddress, KNOWN_KEYS, LONGEST_ID, LONGEST_TITLE } from "./metadata-schema.ts";
import { nearest } from "./nearest.ts";
import { type FieldPath, fieldName, lineOf, type MetadataProblem, readYaml, type Written } from "./written.ts";

export type ParsedMetadata =
  | { ok: true; id: string | null; source: ReportSource }
  | { ok: false; problems: MetadataProblem[] };

/**
 * The front matter of a normalised Markdown text, and the rest; null where there is none.
 * `bodyLine` is the 1-based line of the file where the body starts; the YAML starts at line 2.
 */
export function readFrontMatter(text: string): { yaml: string; body: string; bodyLine: number } | null {
  const opening = /^---[ \t]*\n/.exec(text);
  if (opening === null) return null;
  const from = opening[0].length;
  const closing = /^(?:---|\.\.\.)[ \t]*(?:\n|$)/gm;
  closing.lastIndex = from;
  const end = closing.exec(text);
  if (end === null) return null;
  const yaml = text.slice(from, end.index);
  // Two rules with text between them are no front matter.
  if (!/^[A-Za-z_][\w-]*:(?:[ \t]|$)/m.test(yaml)) return null;
  const body = text.slice(end.index + end[0].length);
  return { yaml, body, bodyLine: yaml.split("\n").length + 2 };
}

/**
 * The source that a front matter describes, or everything that is wrong with it.
 * @param firstLine 1-based line of the file where the YAML starts.
 */
export function parseMetadata(yaml: string, firstLine: number): ParsedMetadata {
  const front = readWritten(yaml, null, firstLine);
  return front.ok ? describe([front.written], {}) : front;
}

/** YAML about one report, from one place. */
export function readWritten(
  yaml: string,
  place: string | null,
  firstLine: number,
): { ok: true; written: Written } | { ok: false; problems: MetadataProblem[] } {
  const read = readYaml(yaml, firstLine);
  if (!read.ok) return { ok: false, problems: read.problems.map((problem) => inPlace(problem, place)) };
  return { ok: true, written: { place, fields: read.data as Written["fields"], lines: read.lines, line: firstLine } };
}

/**
 * The source that is written down about a report, or everything that is wrong with it. Of a field that is written
 * in several places the first place counts. What is written nowhere is taken from the document, where it tells.
 * @param written front matter first, then the file beside the report, then the manifest; not empty.
 */
export function describe(written: readonly Written[], facts: DocumentFacts): ParsedMetadata {
  const found = new Map<string, { readonly value: unknown; readonly from: Written | null }>();
  for (const from of written) {
    for (const [field, value] of Object.entries(from.fields)) {
      if ((found.get(field)?.value ?? null) === null && (value !== null || !found.has(field))) {
        found.set(field, { value, from });
      }
    }
  }
  const known = usable(facts);
  const derived = DERIVABLE_FIELDS.filter(
    (field) => (found.get(field)?.value ?? null) === null && known[field] !== undefined,
  );
  for (const field of derived) found.set(field, { value: known[field], from: null });
  // Not by assignment: a field may be called `__proto__`.
  const merged: Record<string, unknown> = Object.fromEntries([...found].map(([field, { value }]) => [field, value]));

  const [main] = written;
  const problem = (path: FieldPath, reason: string): MetadataProblem => {
    const place = found.get(String(path[0]))?.from ?? main;
    const line = place === undefined ? 1 : lineOf(place, path);
    return inPlace({ line, field: fieldName(path), reason }, place?.place ?? null);
  };
  // The front matter of a file stands for the whole file, so there the id cannot be left out.
  const schema = main?.place === null ? FrontMatter : Description;
  const parsed = schema.safeParse(merged);
  const problems = repeatedKeys(merged).map((path) => problem(path, "is used for another source already"));
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.map((segment) => (typeof segment === "number" ? segment : String(segment)));
    if (issue.code !== "unrecognized_keys") problems.push(problem(path, issue.message));
    else for (const key of issue.keys) problems.push(problem([...path, key], unknownField(path, key)));
  }
  if (parsed.data === undefined || problems.length > 0) {
    return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  }
  const { id, ...source } = parsed.data;
  return { ok: true, id, source: { ...source, derived } };
}

function inPlace(problem: MetadataProblem, place: string | null): MetadataProblem {
  return place === null ? problem : { ...problem, file: place };
}

/** The facts that a source can hold: a document may say anything. */
function usable(facts: DocumentFacts): DocumentFacts {
  const words = (text: string | undefined): string | undefined =>
    shortened(foldSpaces(text ?? ""), LONGEST_TITLE) || undefined;
  return {
    title: words(facts.title),
    author: words(facts.author),
    publisher: words(facts.publisher),
    published: facts.published !== undefined && isPartialDate(facts.published) ? facts.published : undefined,
    language: /^[a-z]{2,3}$/.test(facts.language ?? "") ? facts.language : undefined,
    url: facts.url !== undefined && isWebAddress(facts.url) ? facts.url : undefined,
  };
}

/** What is known of a file's source from outside, where nothing is written down about it. */
export interface Overrides {
  readonly title?: string | undefined;
  readonly publisher?: string | undefined;
  readonly published?: PartialDate | undefined;
  readonly url?: string | undefined;
}

/**
 * The source of a file that nothing is written down about: from the overrides, else from the document, else from
 * its name. Nobody has graded or marked it.
 * @throws {SitrepError} `bad-corpus` when an override is not a date or not a web address.
 */
export function sourceWithoutMetadata(
  path: string,
  overrides: Overrides = {},
  facts: DocumentFacts = {},
): ReportSource {
  const { published, url } = overrides;
  if (published !== undefined && !isPartialDate(published)) {
    throw new SitrepError("bad-corpus", `${path}: "${published}" is not a date (YYYY, YYYY-MM or YYYY-MM-DD).`);
  }
  if (url !== undefined && !isWebAddress(url)) {
    throw new SitrepError("bad-corpus", `${path}: "${url}" is not an http or https address.`);
  }
  const name = posix.basename(path, posix.extname(path));
  const given = usable(overrides);
  const known: DocumentFacts = { title: shortened(foldSpaces(name), LONGEST_TITLE), ...defined(usable(facts)) };
  const { title = name, publisher = null, author = null, language = "en", ...rest } = { ...known, ...defined(given) };
  return {
    title,
    publisher,
    author,
    published: rest.published ?? null,
    period: null,
    documentId: null,
    url: rest.url ?? null,
    kind: "unknown",
    language,
    reliability: "F",
    marking: null,
    origins: [],
    sources: [],
    derived: DERIVABLE_FIELDS.filter((field) => known[field] !== undefined && given[field] === undefined),
  };
}

function defined(facts: DocumentFacts): DocumentFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** An id from a path: without extension, as a slug; with a hash where letters were lost or it was too long. */
export function reportIdFromPath(path: string): string {
  const stem = path.slice(0, path.length - posix.extname(path).length);
  const plain = stem.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9._]+/g, "-").replace(/^[^a-z0-9]+|-+$/g, "");
  if (slug.length <= LONGEST_ID && slug !== "" && !/[^\p{ASCII}]/u.test(plain)) return slug;
  const hash = createHash("sha256").update(stem).digest("hex").slice(0, 8);
  return `${slug.slice(0, LONGEST_ID - 9) || "report"}-${hash}`;
}

/** Footnote marks that lead nowhere, and notes that are defined twice: worth a warning. */
export function footnoteProblems(document: StructuredText, source: ReportSource): string[] {
  const known = new Set(source.sources.map((entry) => entry.key.toLowerCase()));
  const defined = new Set<string>();
  const problems: string[] = [];
  for (const { key } of document.definitions) {
    if (defined.has(key.toLowerCase())) problems.push(`footnote "${key}" is defined more than once`);
    defined.add(key.toLowerCase());
  }
  for (const key of new Set(document.footnotes.map((mark) => mark.key))) {
    if (!known.has(key.toLowerCase()) && !defined.has(key.toLowerCase())) {
      problems.push(`footnote "${key}" has neither a definition nor an entry in "sources"`);
    }
  }
  return [...new Set(problems)];
}

function unknownField(path: FieldPath, key: string): string {
  const known = KNOWN_KEYS[path[0] === undefined ? "" : String(path[0])] ?? [];
  const near = nearest(key, known);
  return near === null
    ? `is not a known field; known are ${known.join(", ")}`
    : `is not a known field; did you mean "${near}"?`;
}

/** Paths of source keys that an earlier source has. */
function repeatedKeys(data: unknown): FieldPath[] {
  const sources = (data as { sources?: unknown } | null)?.sources;
  if (!Array.isArray(sources)) return [];
  const seen = new Set<string>();
  return sources.flatMap((source: { key?: unknown } | null, index) => {
    const key = typeof source?.key === "string" ? source.key.toLowerCase() : null;
    const isRepeated = key !== null && seen.has(key);
    if (key !== null) seen.add(key);
    return isRepeated ? [["sources", index, "key"]] : [];
  });
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
