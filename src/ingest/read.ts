/** The bytes of one file of the corpus, or the reason why it cannot be had. */

import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Refusal } from "../domain/ingest.ts";
import { MAX_FILE_BYTES, TOO_LARGE } from "./prepare.ts";

export type ReadReportFile =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads a file, unless it is larger than any report. Refusals are returned, not thrown: one file must not keep
 * the others out.
 * @param path inside the corpus, with forward slashes.
 */
export async function readReportFile(corpusDir: string, path: string): Promise<ReadReportFile> {
  try {
    const file = await open(join(corpusDir, path));
    try {
      const { size } = await file.stat();
      if (size > MAX_FILE_BYTES) return refused(path, TOO_LARGE);
      return { ok: true, bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (fault) {
    return refused(path, reasonOf(fault));
  }
}

function refused(path: string, reason: string): ReadReportFile {
  return { ok: false, refusal: { path, problems: [{ line: null, field: null, reason }] } };
}

function reasonOf(fault: unknown): string {
  const code = fault instanceof Error && "code" in fault ? fault.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") return "is gone";
  if (code === "EACCES" || code === "EPERM") return "cannot be read: permission denied";
  if (code === "EISDIR") return "cannot be read: it is a folder now";
  return `cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`;
}
