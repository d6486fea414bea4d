/** The data folder, made where it is missing. */

import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { SitrepError } from "../domain/errors.ts";

/**
 * Makes a folder and the folders above it, one at a time. Node's `mkdirSync` with `recursive` never
 * returns where a parent that is there answers ENOENT, as /proc does.
 * @throws {SitrepError} "index-unusable" when it cannot be made, or is no folder.
 */
export function makeDataFolder(path: string): void {
  const wanted = resolve(path);
  const missing: string[] = [];
  for (let folder = wanted; !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder)) {
    missing.push(folder);
  }
  try {
    for (const folder of missing.reverse()) makeOne(folder);
  } catch (cause) {
    throw unusable(wanted, reasonOf(cause), cause);
  }
  if (!isFolder(wanted)) throw unusable(wanted, "a file is in the way");
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function unusable(path: string, reason: string, cause?: unknown): SitrepError {
  return new SitrepError("index-unusable", `The data folder ${path} cannot be created: ${reason}`, {
    hint: "Name a folder that can be written with DATA_DIR.",
    cause,
  });
}

/** Why a file or folder cannot be made or written, for a person. */
export function reasonOf(fault: unknown): string {
  const code = fault instanceof Error && "code" in fault ? fault.code : null;
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENOTDIR" || code === "EEXIST") return "a file is in the way";
  if (code === "EROFS") return "the file system is read-only";
  if (code === "ENOSPC" || code === "EDQUOT") return "the disk is full";
  if (code === "EFBIG") return "no file may become that large";
  if (code === "ENOENT") return "no folder can be made there";
  return fault instanceof Error ? fault.message : String(fault);
}
