/** Taking a report's files out of the corpus so that they can be put back. */

import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import type { RemovedReport } from "../domain/ingest.ts";
import { corpusFiles } from "./files.ts";

/** Hidden, so that an ingest passes it over; inside the corpus, so that moving a file there is one rename. */
const REMOVED_FOLDER = ".removed";
/** Says, in each folder of a removed report, what it was. */
const RECORD_NAME = "removed.json";

interface RemovalRecord extends RemovedReport {
  /** Paths inside the corpus of the files that were taken out; each is kept under its base name. */
  readonly files: readonly string[];
}

/**
 * Moves the file of a report, and its sidecar, to the folder of removed reports. A file that is gone already is no
 * fault: then there is nothing to put back.
 * @returns what undoes it.
 */
export async function takeOut(
  corpusDir: string,
  report: { readonly id: string; readonly path: string; readonly title: string },
): Promise<() => Promise<void>> {
  const { sidecars } = await corpusFiles(corpusDir);
  const files = [report.path, sidecars.get(report.path)].filter(
    (path): path is string => path !== undefined && existsSync(join(corpusDir, path)),
  );
  if (files.length === 0) return async () => undefined;
  const removedAt = new Date().toISOString();
  const folder = join(corpusDir, REMOVED_FOLDER, `${removedAt.replaceAll(":", "-")}-${report.id}`);
  await mkdir(folder, { recursive: true });
  const record: RemovalRecord = { ...report, removedAt, files };
  await writeFile(join(folder, RECORD_NAME), `${JSON.stringify(record, null, 2)}\n`);
  const undo = () => putBackFrom(corpusDir, folder, record);
  try {
    for (const path of files) await rename(join(corpusDir, path), join(folder, basename(path)));
  } catch (error) {
    await undo();
    throw error;
  }
  return undo;
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
 * @returns where its file is now, inside the corpus, and what undoes it.
 * @throws {SitrepError} "bad-input" when there is none, or when another file has taken its place.
 */
export async function putBack(
  corpusDir: string,
  id: string,
): Promise<{ readonly path: string; readonly undo: () => Promise<void> }> {
  const found = (await records(corpusDir)).find(({ record }) => record.id === id);
  if (found === undefined) {
    throw new SitrepError("bad-input", `There is no removed report with the id ${JSON.stringify(id)}`, {
      hint: "`npm run ingest -- list --removed` shows those that can be restored.",
    });
  }
  const { folder, record } = found;
  const taken = record.files.find((path) => isKept(folder, path) && existsSync(join(corpusDir, path)));
  if (taken !== undefined) {
    throw new SitrepError("bad-input", `${taken} is there already, so ${id} cannot be put back in its place`, {
      hint: `Rename or remove that file first; the removed one stays in ${folder}.`,
    });
  }
  await putBackFrom(corpusDir, folder, record);
  return { path: record.path, undo: async () => void (await takeOut(corpusDir, record)) };
}

async function putBackFrom(corpusDir: string, folder: string, { files }: RemovalRecord): Promise<void> {
  // The sidecar first: without it, the report would go in ungraded should an ingest run just now.
  // One that is not there was never moved: taking it out was broken off.
  for (const path of files.filter((each) => isKept(folder, each)).reverse()) {
    await mkdir(dirname(join(corpusDir, path)), { recursive: true });
    await rename(join(folder, basename(path)), join(corpusDir, path));
  }
  await rm(folder, { recursive: true, force: true });
}

function isKept(folder: string, path: string): boolean {
  return existsSync(join(folder, basename(path)));
}

/** Those of which a file was kept: one may have been broken off before it took anything out. */
async function records(corpusDir: string): Promise<{ folder: string; record: RemovalRecord }[]> {
  const root = join(corpusDir, REMOVED_FOLDER);
  const found: { folder: string; record: RemovalRecord }[] = [];
  for (const name of (await readdir(root).catch(() => [])).sort().reverse()) {
    const folder = join(root, name);
    const record = await readFile(join(folder, RECORD_NAME), "utf8")
      .then((text) => recordOf(JSON.parse(text)))
      .catch(() => null);
    if (record?.files.some((path) => isKept(folder, path))) found.push({ folder, record });
  }
  return found;
}

/** A record as `takeOut` writes them, null for anything else: the folder may come from somebody else. */
function recordOf(value: unknown): RemovalRecord | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, path, title, removedAt, files } = value as Partial<Record<keyof RemovalRecord, unknown>>;
  if (typeof id !== "string" || typeof title !== "string" || typeof removedAt !== "string") return null;
  if (!isInside(path) || !Array.isArray(files) || !files.every(isInside)) return null;
  return { id, path, title, removedAt, files };
}

function isInside(path: unknown): path is string {
  return typeof path === "string" && path !== "" && !isAbsolute(path) && !path.split(/[/\\]/).includes("..");
}
