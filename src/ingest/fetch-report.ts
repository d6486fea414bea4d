/** The bytes of a report that is to be added, from a file or from the web, and the name that it gets. */

import { readFile, stat } from "node:fs/promises";
import { basename, extname, posix } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import type { IngestLimits } from "../domain/ingest.ts";
import { decodeText, normaliseText } from "../text/normalise.ts";
import { type Downloaded, download } from "./download.ts";
import { formatOf, READ_ENDINGS } from "./extract/formats.ts";
import { decodeHtml } from "./extract/html/charset.ts";
import { UNSHOWABLE } from "./files.ts";
import { readFrontMatter } from "./metadata.ts";
import { megabytes } from "./read.ts";

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

export interface Fetching {
  readonly limits: IngestLimits;
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
 * @throws {SitrepError} "bad-input" with what is wrong with either, or for a download that grades and marks itself;
 *   "cancelled" by the signal.
 */
export async function fetchReport(
  from: string,
  { limits, signal, download: get = download }: Fetching,
): Promise<Fetched> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(from)) {
    const downloaded = await get(from, { maxBytes: limits.maxBytes, ...(signal === undefined ? {} : { signal }) });
    const fetched = { name: nameOf(downloaded), bytes: asUtf8(downloaded), url: downloaded.url };
    refuseFrontMatter(from, fetched);
    return fetched;
  }
  const facts = await stat(from).catch(() => null);
  if (facts === null) throw new SitrepError("bad-input", `There is no file ${from}`);
  if (!facts.isFile()) throw new SitrepError("bad-input", `${from} is not a file`);
  if (formatOf(from) === null) throw notRead(basename(from));
  if (facts.size > limits.maxBytes) {
    throw new SitrepError("bad-input", `${from} is larger than ${megabytes(limits.maxBytes)}`, {
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
  if (!isInside || UNSHOWABLE.test(path)) {
    throw new SitrepError("bad-input", `${as} is no path inside the corpus folder`, {
      hint: "For example: --as un/monitoring-team-36.pdf",
    });
  }
  if (formatOf(path) === formatOf(name)) return path;
  throw new SitrepError("bad-input", `${as} has the ending of another format than ${name}`);
}

/** Kind, reliability and marking are a moderator's judgement; a front matter from elsewhere would go before it. */
function refuseFrontMatter(from: string, { name, bytes }: Fetched): void {
  if (formatOf(name) !== "markdown" || readFrontMatter(normaliseText(decodeText(bytes))) === null) return;
  throw new SitrepError("bad-input", `${from} brings its own front matter`, {
    hint: "Download it, check its kind, reliability and marking, and add the file.",
  });
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
