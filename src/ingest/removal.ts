/** Taking a report's files out of the corpus so that they can be put back. */

import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { z } from "zod";
import { SitrepError } from "../domain/errors.ts";
import type { RemovedReport } from "../domain/ingest.ts";
import { MARKINGS } from "../domain/marking.ts";
import { RELIABILITIES, REPORT_KINDS } from "../domain/report.ts";
import type { StoredReportHead } from "../index/records.ts";
import { corpusFiles } from "./files.ts";
import { contentSha256Of } from "./fingerprint.ts";
import type { Former, Grades } from "./identities.ts";
import { FrontMatter } from "./metadata-schema.ts";
import { readCorpusFile } from "./read.ts";

/** Hidden, so that an ingest passes it over; inside the corpus, so that moving a file there is one rename. */
const REMOVED_FOLDER = ".removed";
const GRADES = z.object({
  kind: z.enum(REPORT_KINDS),
  reliability: z.enum(RELIABILITIES),
  marking: z.enum(MARKINGS).nullable(),
});
/** Says, in each folder of a removed report, what it was. */
const RECORD_NAME = "removed.json";

interface RemovalRecord extends RemovedReport {
  /** Paths inside the corpus of the files that were taken out; each is kept under its base name. */
  readonly files: readonly string[];
  /** How it was judged: what is written about it elsewhere may be gone when it comes back. */
  readonly grades?: Grades | undefined;
}

/**
 * Moves the file of a report, and its sidecar, to the folder of removed reports. A file that is gone already is no
 * fault: then there is nothing to put back.
 * @returns what undoes it.
 */
export async function takeOut(
  corpusDir: string,
  { id, path, title, grades }: Pick<RemovalRecord, "id" | "path" | "title" | "grades">,
): Promise<() => Promise<void>> {
  const { sidecars } = await corpusFiles(corpusDir);
  const files = [path, sidecars.get(path)].filter(
    (each): each is string => each !== undefined && existsSync(join(corpusDir, each)),
  );
  if (files.length === 0) return async () => undefined;
  return keep(corpusDir, { id, path, title, removedAt: new Date().toISOString(), files, grades });
}

async function keep(corpusDir: string, record: RemovalRecord): Promise<() => Promise<void>> {
  const folder = join(corpusDir, REMOVED_FOLDER, `${record.removedAt.replaceAll(":", "-")}-${record.id}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, RECORD_NAME), `${JSON.stringify(record, null, 2)}\n`);
  const undo = () => putBackFrom(corpusDir, folder, record);
  try {
    // All is kept before anything is gone, and what is written about the report goes after it: whoever is stopped in
    // between leaves no report that nothing is written about, and nothing that could not be put back.
    const others = record.files.filter((path) => path !== record.path);
    for (const path of others) await copyFile(join(corpusDir, path), join(folder, basename(path)));
    if (record.files.includes(record.path)) {
      await rename(join(corpusDir, record.path), join(folder, basename(record.path)));
    }
    for (const path of others) await rm(join(corpusDir, path));
  } catch (error) {
    await undo();
    throw error;
  }
  return undo;
}

/**
 * Where the file of a stored report is: one that was renamed or moved since the last ingest is known by its content.
 * @param heads all that is stored: the file of another report is not taken for it.
 * @returns its path inside the corpus, null where the file is gone.
 * @throws {SitrepError} "bad-input" when another file is in its old place: only an ingest can tell them apart.
 */
export async function whereIs(
  corpusDir: string,
  report: StoredReportHead,
  heads: readonly StoredReportHead[],
  maxBytes: number,
): Promise<string | null> {
  const { id, path, contentSha256 } = report;
  const isIt = async (each: string): Promise<boolean> => {
    const file = await readCorpusFile(corpusDir, each, maxBytes);
    return file.ok && contentSha256Of(file.bytes) === contentSha256;
  };
  const isThere = existsSync(join(corpusDir, path));
  if (isThere && (await isIt(path))) return path;
  const known = new Set(heads.map((head) => head.path));
  for (const each of (await corpusFiles(corpusDir)).paths) {
    if (known.has(each) || !(await isIt(each))) continue;
    if (!isThere) return each;
    throw new SitrepError("bad-input", `The file of ${id} is ${each} now, and another one is ${path}`, {
      hint: "Run `npm run ingest` first, which takes in both; then remove the one that is to go.",
    });
  }
  return isThere ? path : null;
}

/** The removed reports, the last removed first. */
export async function removedReports(corpusDir: string): Promise<RemovedReport[]> {
  return (await records(corpusDir)).map(({ record: { id, path, title, removedAt } }) => ({
    id,
    path,
    title,
    removedAt,
  }));
}

/**
 * Puts the files of the report that was last removed under an id back in their places.
 * @param removedAt of several, the one that was removed then: an ISO time, or the beginning of one.
 * @returns where its file is now, inside the corpus, what it was before, and what undoes it.
 * @throws {SitrepError} "bad-input" when there is none, or when another file has taken its place.
 */
export async function putBack(
  corpusDir: string,
  id: string,
  removedAt = "",
): Promise<{ readonly path: string; readonly former: Former; readonly undo: () => Promise<void> }> {
  const found = (await records(corpusDir)).find(
    ({ record }) => record.id === id && record.removedAt.startsWith(removedAt),
  );
  if (found === undefined) {
    const when = removedAt === "" ? "" : ` that was removed at ${removedAt}`;
    throw new SitrepError("bad-input", `There is no removed report with the id ${JSON.stringify(id)}${when}`, {
      hint: "`npm run ingest -- list --removed` shows those that can be restored.",
    });
  }
  const { folder, record } = found;
  const kept = record.files.filter((path) => isKept(folder, path));
  const taken = kept.find((path) => existsSync(join(corpusDir, path)) && !isAsKept(corpusDir, folder, path));
  if (taken !== undefined) {
    // What is written about a report cannot be taken out by itself.
    const way = existsSync(join(corpusDir, record.path))
      ? "Rename that file, or take its report out with `npm run ingest -- remove`; "
      : "Rename or delete that file; ";
    throw new SitrepError("bad-input", `${taken} is there already, so ${id} cannot be put back in its place`, {
      hint: `${way}then \`npm run ingest -- restore ${id} --removed ${record.removedAt}\`. It stays in ${folder}.`,
    });
  }
  await putBackFrom(corpusDir, folder, record);
  const former = { id, grades: record.grades ?? null };
  return { path: record.path, former, undo: async () => void (await keep(corpusDir, { ...record, files: kept })) };
}

async function putBackFrom(corpusDir: string, folder: string, { files }: RemovalRecord): Promise<void> {
  // The sidecar first: without it, the report would go in ungraded should an ingest run just now.
  // One that is not kept, or still in its place, was never moved: taking it out was broken off.
  const moved = files.filter((each) => isKept(folder, each) && !existsSync(join(corpusDir, each)));
  for (const path of moved.reverse()) {
    await mkdir(dirname(join(corpusDir, path)), { recursive: true });
    await rename(join(folder, basename(path)), join(corpusDir, path));
  }
  await rm(folder, { recursive: true, force: true });
}

function isKept(folder: string, path: string): boolean {
  return existsSync(join(folder, basename(path)));
}

/** Whether a file is in its place as it was kept: taking it out was broken off. */
function isAsKept(corpusDir: string, folder: string, path: string): boolean {
  return readFileSync(join(corpusDir, path)).equals(readFileSync(join(folder, basename(path))));
}

/** Those of which the file itself was kept: one may have been broken off before that was taken out. */
async function records(corpusDir: string): Promise<{ folder: string; record: RemovalRecord }[]> {
  const root = join(corpusDir, REMOVED_FOLDER);
  const found: { folder: string; record: RemovalRecord }[] = [];
  for (const name of (await readdir(root).catch(() => [])).sort().reverse()) {
    const folder = join(root, name);
    const record = await readFile(join(folder, RECORD_NAME), "utf8")
      .then((text) => recordOf(JSON.parse(text)))
      .catch(() => null);
    if (record !== null && isKept(folder, record.path)) found.push({ folder, record });
  }
  return found;
}

/** A record as `takeOut` writes them, null for anything else: the folder may come from somebody else. */
function recordOf(value: unknown): RemovalRecord | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, path, title, removedAt, files, grades } = value as Partial<Record<keyof RemovalRecord, unknown>>;
  // It becomes the report's id again.
  if (typeof id !== "string" || !FrontMatter.shape.id.safeParse(id).success) return null;
  if (typeof title !== "string" || typeof removedAt !== "string") return null;
  if (!isInside(path) || !Array.isArray(files) || !files.every(isInside)) return null;
  const judged = GRADES.safeParse(grades);
  return { id, path, title, removedAt, files, grades: judged.success ? judged.data : undefined };
}

function isInside(path: unknown): path is string {
  return typeof path === "string" && path !== "" && !isAbsolute(path) && !path.split(/[/\\]/).includes("..");
}
