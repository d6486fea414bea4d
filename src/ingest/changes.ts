/** Files that are written into the corpus: a report and its sidecar, each whole or not at all. */

import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import { SitrepError } from "../domain/errors.ts";
import type { GivenMetadata } from "../domain/ingest.ts";
import type { Fetched } from "./fetch-report.ts";
import type { Grades } from "./identities.ts";
import { takeOut } from "./removal.ts";
import { sidecarFields, writtenBefore } from "./sidecar.ts";

/**
 * Writes a report and its sidecar into the corpus. The pair that is in their place is taken out first, as `takeOut`
 * does, so that it can be restored; then comes the sidecar, then the document. Whoever is stopped in between leaves
 * no report in that place, and never one with what was written about another.
 * @param path inside the corpus.
 * @param options id and title are what the report in its place, if there is one, has once it is removed.
 * @returns what undoes it; when it throws, it has undone itself.
 * @throws {SitrepError} "bad-input" when what is written about that path cannot be read; faults of the file system.
 */
export async function writeReport(
  corpusDir: string,
  fetched: Fetched,
  path: string,
  given: GivenMetadata,
  {
    replace,
    ...old
  }: { readonly replace: boolean; readonly id: string; readonly title: string; readonly grades?: Grades | undefined },
): Promise<() => Promise<void>> {
  const before = await writtenBefore(corpusDir, path, replace);
  if (!before.ok) throw new SitrepError("bad-input", `What is written about ${path} cannot be read`);
  const fields = sidecarFields(before, given, fetched);
  const isAsBefore = isDeepStrictEqual(fields, before.fields);
  const written = isAsBefore ? await readFile(join(corpusDir, before.sidecar)).catch(() => null) : stringify(fields);
  const undo: (() => Promise<void>)[] = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.reverse()) await step();
  };
  try {
    if (existsSync(join(corpusDir, path))) undo.push(await takeOut(corpusDir, { ...old, path }));
    if (written !== null) undo.push(await putInPlace(join(corpusDir, before.sidecar), written));
    undo.push(await putInPlace(join(corpusDir, path), fetched.bytes));
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
