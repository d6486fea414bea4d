/** A new report for the corpus: looked at first, then written there with what is said about it. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join, posix } from "node:path";
import { stringify } from "yaml";
import { SitrepError } from "../domain/errors.ts";
import type { Candidate, GivenMetadata, IngestLimits, Refusal } from "../domain/ingest.ts";
import { descriptionsOf, type WrittenAbout } from "./descriptions.ts";
import { type Downloaded, download } from "./download.ts";
import { formatOf, READ_ENDINGS } from "./extract/formats.ts";
import { decodeHtml } from "./extract/html/charset.ts";
import { corpusFiles } from "./files.ts";
import { reportIdFromPath } from "./metadata.ts";
import type { Preparer } from "./prepare.ts";
import { megabytes } from "./read.ts";
import type { Written } from "./written.ts";

/** Longest file name that is made, without its ending, in characters. */
const LONGEST_NAME = 80;
/** What a server calls the formats that are read. */
const ENDING_OF_TYPE: Readonly<Record<string, string>> = {
  "text/html": ".html",
  "application/xhtml+xml": ".html",
  "application/pdf": ".pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
  "text/markdown": ".md",
  "text/plain": ".txt",
};

export type Examined =
  | { readonly ok: true; readonly candidate: Candidate; readonly isDescribed: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Adding {
  readonly corpusDir: string;
  readonly limits: IngestLimits;
  readonly preparer: Preparer;
  readonly download?: typeof download | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes of a report from wherever it is, under the name that it will have in the corpus. */
export interface Fetched {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where it was downloaded from. */
  readonly url: string | null;
}

/**
 * Reads a file, or downloads a page or document.
 * @param from a path, or an https address.
 * @throws {SitrepError} "bad-input" with what is wrong with either; "cancelled" by the signal.
 */
export async function fetchReport(from: string, adding: Adding): Promise<Fetched> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(from)) {
    const get = adding.download ?? download;
    const { limits, signal } = adding;
    const downloaded = await get(from, { maxBytes: limits.maxBytes, ...(signal === undefined ? {} : { signal }) });
    return { name: nameOf(downloaded), bytes: asUtf8(downloaded), url: downloaded.url };
  }
  const facts = await stat(from).catch(() => null);
  if (facts === null) throw new SitrepError("bad-input", `There is no file ${from}`);
  if (!facts.isFile()) throw new SitrepError("bad-input", `${from} is not a file`);
  if (formatOf(from) === null) throw notRead(basename(from));
  if (facts.size > adding.limits.maxBytes) {
    throw new SitrepError("bad-input", `${from} is larger than ${megabytes(adding.limits.maxBytes)}`, {
      hint: "INGEST_MAX_FILE_MIB sets the limit.",
    });
  }
  return { name: safeName(basename(from)), bytes: await readFile(from), url: null };
}

/**
 * A path inside the corpus, as a person gives it.
 * @param as a path without an ending gets the one of the file.
 * @throws {SitrepError} "bad-input" when it leads out of the corpus, is hidden, or has the ending of another format.
 */
export function pathInCorpus(as: string, { name }: Fetched): string {
  const ending = posix.extname(name);
  const given = posix.normalize(as.replaceAll("\\", "/"));
  const path = formatOf(given) === null ? `${given}${ending}` : given;
  const isInside = !posix.isAbsolute(path) && path.split("/").every((part) => !part.startsWith("."));
  if (!isInside || /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(path)) {
    throw new SitrepError("bad-input", `${as} is no path inside the corpus folder`, {
      hint: "For example: --as un/monitoring-team-36.pdf",
    });
  }
  if (formatOf(path) === formatOf(name)) return path;
  throw new SitrepError("bad-input", `${as} has the ending of another format than ${name}`);
}

/** What is written about a path already: its sidecar's fields, and what stands elsewhere. */
interface Before {
  readonly sidecar: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly others: readonly Written[];
}

/**
 * Looks at a report without changing anything.
 * @param given fields that a person has given; they go before what is written already and what the document says.
 * @param path where it would be put, inside the corpus.
 */
export async function examine(
  fetched: Fetched,
  path: string,
  given: GivenMetadata,
  { corpusDir, preparer, signal }: Adding,
): Promise<Examined> {
  const before = await writtenBefore(corpusDir, path);
  if (!before.ok) return { ok: false, refusal: { path, problems: before.problems } };
  const fields = { ...before.fields, ...fieldsOf(given) };
  const hasFields = Object.keys(fields).length > 0;
  const own: Written = { place: before.sidecar, fields: withUrl(fields, fetched), lines: new Map(), line: 1 };
  const prepared = await preparer.prepare(
    {
      path,
      bytes: fetched.bytes,
      written: hasFields ? [own, ...before.others] : before.others,
      overrides: fetched.url === null ? undefined : { url: fetched.url },
    },
    signal,
  );
  if (!prepared.ok) return { ok: false, refusal: prepared.refusal };
  const { id, isDescribed, report, passages, warnings } = prepared.value;
  return {
    ok: true,
    isDescribed,
    candidate: {
      id: id ?? reportIdFromPath(path),
      path,
      sidecar: hasFields || fetched.url !== null ? before.sidecar : null,
      source: report.source,
      bytes: fetched.bytes.length,
      characters: report.text.length,
      pages: report.pages.length,
      passages: passages.length,
      beginning: report.text.slice(0, 300),
      replaces: existsSync(join(corpusDir, path)) ? path : null,
      contentSha256: createHash("sha256").update(fetched.bytes).digest("hex"),
      warnings,
    },
  };
}

async function writtenBefore(
  corpusDir: string,
  path: string,
): Promise<({ ok: true } & Before) | Extract<WrittenAbout, { ok: false }>> {
  const files = await corpusFiles(corpusDir);
  const sidecar = files.sidecars.get(path) ?? `${path}.yaml`;
  // The report need not be there yet for the manifest to know it.
  const about = await (await descriptionsOf(corpusDir, files)).about(path);
  if (!about.ok) return about;
  return {
    ok: true,
    sidecar,
    fields: about.written.find(({ place }) => place === sidecar)?.fields ?? {},
    others: about.written.filter(({ place }) => place !== sidecar),
  };
}

/**
 * Writes a report and its sidecar into the corpus, each whole or not at all. A file of that name that is there is
 * moved aside first.
 * @returns what undoes it.
 */
export async function writeReport(
  fetched: Fetched,
  path: string,
  given: GivenMetadata,
  { corpusDir }: Adding,
): Promise<() => Promise<void>> {
  const before = await writtenBefore(corpusDir, path);
  if (!before.ok) throw new SitrepError("bad-input", `What is written about ${path} cannot be read`);
  const fields = withUrl({ ...before.fields, ...fieldsOf(given) }, fetched);
  const sidecar = Object.keys(fields).length === 0 ? [] : [[before.sidecar, stringify(fields)] as const];
  const undo: (() => Promise<void>)[] = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.reverse()) await step();
  };
  try {
    // The sidecar first: a report without it would go in ungraded should an ingest run just now.
    for (const [inside, content] of [...sidecar, [path, fetched.bytes] as const]) {
      undo.push(await putInPlace(join(corpusDir, inside), content));
    }
    return undoAll;
  } catch (error) {
    await undoAll();
    throw error;
  }
}

async function putInPlace(path: string, content: string | Uint8Array): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const before = await readFile(path).catch(() => null);
  const write = async (what: string | Uint8Array): Promise<void> => {
    try {
      const file = await open(temporary, "w");
      try {
        await file.writeFile(what);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
  };
  await write(content);
  return () => (before === null ? rm(path, { force: true }) : write(before));
}

function fieldsOf({ periodFrom, periodTo, ...given }: GivenMetadata): Record<string, unknown> {
  const hasPeriod = periodFrom !== undefined || periodTo !== undefined;
  const period = hasPeriod ? { from: periodFrom ?? periodTo, to: periodTo ?? periodFrom } : undefined;
  return Object.fromEntries(Object.entries({ ...given, period }).filter(([, value]) => value !== undefined));
}

/** A report that was downloaded says where from. */
function withUrl(fields: Record<string, unknown>, { url }: Fetched): Record<string, unknown> {
  return url === null || (fields.url ?? null) !== null ? fields : { ...fields, url };
}

/** A page whose encoding only its server knew, in an encoding that can be seen from the bytes. */
function asUtf8({ bytes, charset, contentType }: Downloaded): Uint8Array {
  if (charset === null || /^utf-?8$/i.test(charset) || !/^text\/|xhtml/.test(contentType ?? "")) return bytes;
  return new TextEncoder().encode(`\ufeff${decodeHtml(bytes, charset)}`);
}

function nameOf({ fileName, contentType, url }: Downloaded): string {
  const known = fileName !== null && formatOf(fileName) !== null;
  const ending = ENDING_OF_TYPE[contentType ?? ""];
  if (ending === undefined && !known) {
    throw new SitrepError(
      "bad-input",
      `${url} is ${contentType ?? "of a type that it does not name"}, which is not read`,
      {
        hint: `Pages and documents of these formats are: ${READ_ENDINGS.join(", ")}.`,
      },
    );
  }
  // What the server says it is goes before what its address looks like: "report.php" is a page.
  const named = fileName ?? "";
  const stem = named.slice(0, named.length - extname(named).length) || new URL(url).hostname;
  const wanted =
    known && (ending === undefined || formatOf(named) === formatOf(`x${ending}`)) ? extname(named) : ending;
  return safeName(`${stem}${wanted}`);
}

/** A name of letters, digits, dots, dashes and underscores, which every file system takes. */
function safeName(name: string): string {
  const ending = posix.extname(name).toLowerCase();
  const stem = name
    .slice(0, name.length - ending.length)
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+|-+$/g, "");
  return `${stem.slice(0, LONGEST_NAME).replace(/[\ud800-\udbff]$/, "") || "report"}${ending}`;
}

function notRead(name: string): SitrepError {
  return new SitrepError("bad-input", `${name} is of a format that is not read`, {
    hint: `These are: ${READ_ENDINGS.join(", ")}.`,
  });
}
