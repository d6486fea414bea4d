/** What a report says about itself: the YAML front matter of a Markdown file, or what its path tells. */

import { createHash } from "node:crypto";
import { posix } from "node:path";
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { SitrepError } from "../domain/errors.ts";
import type { PartialDate, ReportSource } from "../domain/report.ts";
import type { StructuredText } from "../text/blocks.ts";
import { foldSpaces } from "../text/normalise.ts";
import { FrontMatter, isPartialDate, isWebAddress, KNOWN_KEYS, LONGEST_ID, LONGEST_TITLE } from "./metadata-schema.ts";
import { nearest } from "./nearest.ts";

/** Something wrong in a front matter. */
export interface MetadataProblem {
  /** 1-based line of the file. */
  line: number;
  /** Path of the field, as "sources[2].url" for the second source; empty where the whole front matter is meant. */
  field: string;
  reason: string;
}

export type ParsedMetadata =
  | { ok: true; id: string | null; source: ReportSource }
  | { ok: false; problems: MetadataProblem[] };

/** More aliases than a person would write: a few lines of them can stand for gigabytes. */
const MOST_ALIASES = 20;

type Path = readonly (string | number)[];

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
  const read = readYaml(yaml, firstLine);
  if (!read.ok) return read;
  const { data, lineOf } = read;
  const problem = (path: Path, reason: string): MetadataProblem => ({
    line: lineOf(path),
    field: fieldName(path),
    reason,
  });
  const parsed = FrontMatter.safeParse(data);
  const problems = repeatedKeys(data).map((path) => problem(path, "is used for another source already"));
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.map((segment) => (typeof segment === "number" ? segment : String(segment)));
    if (issue.code !== "unrecognized_keys") problems.push(problem(path, issue.message));
    else for (const key of issue.keys) problems.push(problem([...path, key], unknownField(path, key)));
  }
  if (parsed.data === undefined || problems.length > 0) {
    return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  }
  const { id, ...source } = parsed.data;
  return { ok: true, id, source };
}

type ReadYaml =
  | { ok: true; data: unknown /** Line of the field at a path, or of what holds it. */; lineOf: (path: Path) => number }
  | { ok: false; problems: MetadataProblem[] };

function readYaml(yaml: string, firstLine: number): ReadYaml {
  const counter = new LineCounter();
  const lineAt = (offset: number): number => firstLine + Math.max(1, counter.linePos(offset).line) - 1;
  const broken = (reason: string, line = firstLine): MetadataProblem => ({
    line,
    field: "",
    reason: `not valid YAML: ${reason}`,
  });
  try {
    // Failsafe: every scalar stays the text that was written, so "2025" and "2025-02-02" are both dates.
    const document = parseDocument(yaml, { schema: "failsafe", lineCounter: counter, prettyErrors: false });
    if (document.errors.length > 0) {
      return { ok: false, problems: document.errors.map((error) => broken(error.message, lineAt(error.pos[0]))) };
    }
    visit(document, {
      Scalar: (key, node) => {
        if (key !== "key" && node.type === "PLAIN" && /^(?:|~|null)$/i.test(String(node.value))) node.value = null;
      },
    });
    if (!isMap(document.contents)) return { ok: false, problems: [broken("expected fields such as `title: ...`")] };
    const data: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { ok: true, data, lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch (error) {
    const isBomb = error instanceof ReferenceError;
    return { ok: false, problems: [broken(isBomb ? "too many aliases" : "nested too deeply, or unreadable")] };
  }
}

/** The offset of the field at a path, or of the innermost field above it that is there. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === segment);
      if (pair === undefined) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/**
 * The source of a file that says nothing about itself.
 * @throws {SitrepError} `bad-corpus` when an override is not a date or not a web address.
 */
export function sourceWithoutMetadata(
  path: string,
  overrides: {
    title?: string | undefined;
    publisher?: string | undefined;
    published?: PartialDate | undefined;
    url?: string | undefined;
  } = {},
): ReportSource {
  const { published = null, url = null } = overrides;
  if (published !== null && !isPartialDate(published)) {
    throw new SitrepError("bad-corpus", `${path}: "${published}" is not a date (YYYY, YYYY-MM or YYYY-MM-DD).`);
  }
  if (url !== null && !isWebAddress(url)) {
    throw new SitrepError("bad-corpus", `${path}: "${url}" is not an http or https address.`);
  }
  const name = posix.basename(path, posix.extname(path));
  return {
    title: shortened(foldSpaces(overrides.title ?? "") || name, LONGEST_TITLE),
    publisher: foldSpaces(overrides.publisher ?? "") || null,
    author: null,
    published,
    period: null,
    documentId: null,
    url,
    kind: "unknown",
    language: "en",
    reliability: "F",
    marking: null,
    origins: [],
    sources: [],
  };
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

function unknownField(path: Path, key: string): string {
  const known = KNOWN_KEYS[path[0] === undefined ? "" : String(path[0])] ?? [];
  const near = nearest(key, known);
  return near === null
    ? `is not a known field; known are ${known.join(", ")}`
    : `is not a known field; did you mean "${near}"?`;
}

function fieldName(path: Path): string {
  return path.reduce<string>((name, segment) => {
    if (typeof segment === "number") return `${name}[${segment + 1}]`;
    return name === "" ? segment : `${name}.${segment}`;
  }, "");
}

/** Paths of source keys that an earlier source has. */
function repeatedKeys(data: unknown): Path[] {
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
