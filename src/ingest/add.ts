/** A report that is to be added, looked at before anything is written. */

import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import type { Candidate, GivenMetadata, Refusal } from "../domain/ingest.ts";
import type { StoredReportHead } from "../index/records.ts";
import type { Fetched, Fetching } from "./fetch-report.ts";
import { corpusFiles } from "./files.ts";
import { contentSha256Of } from "./fingerprint.ts";
import { Identities } from "./identities.ts";
import type { Preparer } from "./prepare.ts";
import { readCorpusFile } from "./read.ts";
import { dateOf, sidecarFields, sidecarWarnings, writtenBefore } from "./sidecar.ts";
import type { Written } from "./written.ts";

export type Examined =
  | { readonly ok: true; readonly candidate: Candidate; readonly isDescribed: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Adding extends Fetching {
  readonly corpusDir: string;
  readonly preparer: Preparer;
  /** Whether it may take the place of another file. */
  readonly replace: boolean;
  /** The reports of the index. */
  readonly stored: () => readonly StoredReportHead[];
}

/**
 * Looks at a report without changing anything.
 * @param given fields that a person has given; they go before what is written already and what the document says.
 * @param path where it would be put, inside the corpus.
 * @throws {SitrepError} "bad-input" when its id is that of another report.
 */
export async function examine(fetched: Fetched, path: string, given: GivenMetadata, adding: Adding): Promise<Examined> {
  const { corpusDir, preparer, replace, signal } = adding;
  const before = await writtenBefore(corpusDir, path, replace);
  if (!before.ok) return { ok: false, refusal: { path, problems: before.problems } };
  const fields = sidecarFields(before, given, fetched);
  const own: Written = { place: before.sidecar, fields, lines: new Map(), line: 1 };
  // An address alone does not describe a report: nobody has said anything about it yet.
  const isSaid = before.others.length > 0 || Object.keys(sidecarFields(before, given, NOWHERE)).length > 0;
  const prepared = await preparer.prepare(
    {
      path,
      bytes: fetched.bytes,
      written: !isSaid ? [] : Object.keys(fields).length === 0 ? before.others : [own, ...before.others],
      overrides: fetched.url === null ? undefined : { url: fetched.url },
    },
    signal,
  );
  if (!prepared.ok) return { ok: false, refusal: prepared.refusal };
  const { id, isDescribed, report, passages, warnings } = prepared.value;
  const contentSha256 = contentSha256Of(fetched.bytes);
  return {
    ok: true,
    isDescribed,
    candidate: {
      id: await idOf({ written: id, path, contentSha256 }, adding),
      path,
      sidecar: Object.keys(fields).length > 0 ? before.sidecar : null,
      source: report.source,
      bytes: fetched.bytes.length,
      characters: report.text.length,
      pages: report.pages.length,
      passages: passages.length,
      beginning: report.text.slice(0, 300),
      replaces: existsSync(join(corpusDir, path)) ? path : null,
      contentSha256,
      warnings: [...sidecarWarnings(before, fields), ...warnings],
    },
  };
}

const NOWHERE: Fetched = { name: "", bytes: new Uint8Array(), url: null };

/** The id that an ingest will give it. */
async function idOf(
  file: { readonly written: string | null; readonly path: string; readonly contentSha256: string },
  { corpusDir, stored }: Adding,
): Promise<string> {
  const { written, path, contentSha256 } = file;
  const { paths, refused } = await corpusFiles(corpusDir);
  const identities = new Identities(stored(), [...paths, ...refused.map((each) => each.path), path]);
  identities.match([{ path, fileSha256: "", contentSha256 }]);
  const id = written ?? identities.idFor(path);
  const owner = identities.ownerOf(id);
  if (owner === undefined || owner === path) return id;
  throw new SitrepError("bad-input", `The id ${JSON.stringify(id)} is already that of ${owner}`, {
    hint: "Give another with --id, or in its front matter; `npm run ingest -- list` shows every report with its id.",
  });
}

/**
 * What a file that replaces another says of its own date, where that of the other one is written outside of it: the
 * new one's has to be given. Null where nothing has to be given.
 * @returns `former`: the date of the file that is replaced.
 */
export async function dateToGive(
  fetched: Fetched,
  path: string,
  { corpusDir, preparer, replace, signal }: Adding,
): Promise<{ readonly suggestion: string | null; readonly former: string } | null> {
  const before = await writtenBefore(corpusDir, path, replace);
  const former = before.ok && before.isOfAnother ? dateOf(before) : null;
  if (former === null) return null;
  const alone = await preparer.prepare({ path, bytes: fetched.bytes, written: [] }, signal);
  if (alone.ok) return alone.value.isDescribed ? null : { suggestion: alone.value.report.source.published, former };
  // A front matter that is completed elsewhere.
  const isMissing = alone.refusal.problems.some(({ field }) => field === "published");
  return isMissing ? { suggestion: null, former } : null;
}

/**
 * Checks that a report may be put in a place.
 * @throws {SitrepError} "bad-input" when another file is there and is not to be replaced, and when the corpus has the
 *   same file elsewhere. One that was renamed since the last ingest does not count.
 */
export async function checkPlace(
  { bytes }: Fetched,
  path: string,
  { corpusDir, limits, replace, stored }: Adding,
): Promise<void> {
  checkWay(corpusDir, path);
  if (existsSync(join(corpusDir, path)) && !replace) {
    throw new SitrepError("bad-input", `${path} is in the corpus already`, {
      hint: "Add --replace to put the new one in its place, or --as PATH to give it another name.",
    });
  }
  const contentSha256 = contentSha256Of(bytes);
  for (const head of stored().filter((each) => each.contentSha256 === contentSha256 && each.path !== path)) {
    const file = await readCorpusFile(corpusDir, head.path, limits.maxBytes);
    if (!file.ok || contentSha256Of(file.bytes) !== contentSha256) continue;
    throw new SitrepError("bad-input", `The same file is in the corpus already, as ${head.path} (report ${head.id})`);
  }
}

/** Every part of the way is a real folder, or not there yet: a link would lead out of the corpus. */
function checkWay(corpusDir: string, path: string): void {
  const parts = path.split("/");
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const part = parts.slice(0, depth).join("/");
    const facts = lstatSync(join(corpusDir, part), { throwIfNoEntry: false });
    if (facts === undefined) return;
    const isLast = depth === parts.length;
    if (isLast ? facts.isFile() : facts.isDirectory()) continue;
    const what = facts.isSymbolicLink() ? "a symbolic link" : facts.isDirectory() ? "a folder" : "no folder";
    throw new SitrepError("bad-input", `${part} is ${what} in the corpus, so ${path} cannot be put there`, {
      hint: "Give another path with --as.",
    });
  }
}
