/** The data folder itself: there, writable, with room, and without what a process that was ended has left behind. */

import { constants } from "node:fs";
import { access, readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { counted, type Finding, fault, named, warning, well } from "../domain/health.ts";
import { reasonOf } from "./folders.ts";
import { DATABASE_NAME } from "./store.ts";
import { writerAtWork } from "./writer-lock.ts";

/** An ingest writes its index files beside the old ones, and SQLite its log, so it takes about the size again. */
const SPACE_FACTOR = 2;
/** Room for the first ingest of a small corpus, in bytes. */
const LEAST_SPACE = 64 * 1024 * 1024;
const TEMPORARY = /^\..*\.tmp$/;
/** How long nobody may have touched a temporary file that is in use, in milliseconds. */
const IN_USE = 60_000;

export interface FolderExamination {
  readonly dataDir: string;
  /** Bytes that a person may still write to the disk of a folder; for tests. */
  readonly freeBytes?: ((folder: string) => Promise<number>) | undefined;
}

/** Nothing is created or changed. */
export async function examineDataFolder({ dataDir, freeBytes = freeBytesOf }: FolderExamination): Promise<Finding[]> {
  const folder = await kindOf(dataDir);
  if (folder === "file") {
    const message = `The data folder ${dataDir} is a file`;
    return [fault("data.folder", message, "Name a folder that can be written with DATA_DIR.")];
  }
  if (folder === "missing") return [...(await examineFuture(dataDir)), await space(dataDir, freeBytes)];
  return [
    await writable(dataDir),
    await space(dataDir, freeBytes),
    writer(dataDir),
    await leftovers(dataDir).catch((cause: unknown) =>
      fault(
        "data.leftovers",
        `The data folder ${dataDir} cannot be listed: ${reasonOf(cause)}`,
        "Check its permissions.",
      ),
    ),
  ];
}

async function kindOf(path: string): Promise<"folder" | "file" | "missing"> {
  const facts = await stat(path).catch(() => null);
  return facts === null ? "missing" : facts.isDirectory() ? "folder" : "file";
}

/** Whether a folder that is not there could be made. */
async function examineFuture(dataDir: string): Promise<Finding[]> {
  const above = await nearestAbove(dataDir);
  const remedy = "Name a folder that can be written with DATA_DIR.";
  try {
    if ((await kindOf(above)) !== "folder") throw new Error("a file is in the way");
    await access(above, constants.W_OK | constants.X_OK);
    return [well("data.folder", `The data folder ${dataDir} is not there yet, and can be made`)];
  } catch (cause) {
    return [fault("data.folder", `The data folder ${dataDir} cannot be made: ${reasonOf(cause)}`, remedy)];
  }
}

async function nearestAbove(path: string): Promise<string> {
  let folder = path;
  while ((await kindOf(folder)) === "missing" && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function writable(dataDir: string): Promise<Finding> {
  const database = join(dataDir, DATABASE_NAME);
  try {
    await access(dataDir, constants.W_OK | constants.X_OK);
    if ((await kindOf(database)) !== "missing") await access(database, constants.W_OK);
    return well("data.folder", `The data folder ${dataDir} can be written`);
  } catch (cause) {
    const message = `The data folder ${dataDir} cannot be written: ${reasonOf(cause)}. It can be asked, not ingested into`;
    return warning("data.folder", message, "Give yourself the right to write to it, if this is where you ingest.");
  }
}

async function space(dataDir: string, freeBytes: (folder: string) => Promise<number>): Promise<Finding> {
  const database = await stat(join(dataDir, DATABASE_NAME)).catch(() => null);
  const wanted = Math.max(LEAST_SPACE, SPACE_FACTOR * (database?.size ?? 0));
  try {
    const free = await freeBytes(await nearestAbove(dataDir));
    const message = `${mebibytes(free)} free on the disk of the data folder`;
    if (free >= wanted) return well("data.space", message);
    const remedy = "Make room, or an ingest may fail (the index then stays as it is).";
    return warning("data.space", `Only ${message}; an ingest may need ${mebibytes(wanted)}`, remedy);
  } catch (cause) {
    const message = `How much is free on the disk of the data folder cannot be told: ${reasonOf(cause)}`;
    return warning("data.space", message, "Look yourself that there is room.");
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 / 1024).toLocaleString("en")} MiB`;
}

function writer(dataDir: string): Finding {
  const who = writerAtWork(dataDir);
  if (who === null) return well("data.writer", "No ingest is at work");
  const message = `An ingest is at work: ${who}. What is found may be different when it has ended`;
  return warning("data.writer", message, "Wait until it has ended, then run `npm run doctor` again.");
}

async function leftovers(dataDir: string): Promise<Finding> {
  const found: string[] = [];
  for (const name of await readdir(dataDir)) {
    if (!TEMPORARY.test(name)) continue;
    const facts = await stat(join(dataDir, name)).catch(() => null);
    if (facts !== null && Date.now() - facts.mtimeMs > IN_USE) found.push(name);
  }
  if (found.length === 0) return well("data.leftovers", "Nothing is left of an ingest that was ended");
  const what = counted(found.length, "temporary file is", "temporary files are");
  const message = `${what} left of an ingest that was ended: ${named(found)}`;
  return warning("data.leftovers", message, `Delete what ends in .tmp from ${dataDir}.`);
}
