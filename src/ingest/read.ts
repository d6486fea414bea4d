/** The bytes of one file of the corpus, or the reason why they cannot be had. */

import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export type ReadFile =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** The reason completes "the file ...". */
  | { readonly ok: false; readonly reason: string };

/** Times that a file is read before it counts as one that never stands still, and milliseconds between them. */
const TRIES = 4;
const PAUSE = 100;
/**
 * Milliseconds after which a second change is sure to have another time. File systems take it from a clock that
 * stands still for up to 10 ms, so that a file which was written just now could change while it is read and show
 * the same time before and after.
 */
const CLOCK_STEP = 25;

/**
 * Reads a file whole, as it stood at one moment: one that changes meanwhile is read again. Reasons are returned,
 * not thrown: one file must not keep the others out.
 * @param path inside the corpus, with forward slashes. Links are not followed.
 * @param maxBytes a file that is larger is not read.
 */
export async function readCorpusFile(corpusDir: string, path: string, maxBytes: number): Promise<ReadFile> {
  const full = join(corpusDir, path);
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A named pipe in the file's place must not be waited for.
      const file = await open(full, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
      try {
        // A folder on the way may have become a link since the corpus was listed.
        if (!(await realpath(full)).startsWith((await realpath(corpusDir)) + sep))
          return refused("is out of the corpus");
        const read = await readAtOnce(file, maxBytes);
        if (read !== null) return read;
      } finally {
        await file.close();
      }
    } catch (fault) {
      return refused(reasonOf(fault));
    }
    if (attempt === TRIES) return refused("changes while it is read; try again when it is finished");
    await pause(PAUSE);
  }
}

/** Null where the file was changed while it was read. */
async function readAtOnce(file: FileHandle, maxBytes: number): Promise<ReadFile | null> {
  const before = await file.stat({ bigint: true });
  if (before.isDirectory()) return refused("cannot be read: it is a folder now");
  if (!before.isFile()) return refused("cannot be read: it is no file");
  if (before.size > BigInt(maxBytes)) return refused(`is larger than ${megabytes(maxBytes)}`);
  const sinceChange = Date.now() - Number(before.ctimeMs);
  if (sinceChange >= 0 && sinceChange < CLOCK_STEP) return null;
  const bytes = await readExactly(file, Number(before.size));
  const after = await file.stat({ bigint: true });
  const isSame = after.size === before.size && after.mtimeNs === before.mtimeNs && after.ctimeNs === before.ctimeNs;
  return isSame && bytes !== null ? { ok: true, bytes } : null;
}

/** No more than it had when it was looked at, however fast it grows. Null where it became shorter. */
async function readExactly(file: FileHandle, size: number): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(size);
  for (let filled = 0; filled < size; ) {
    const { bytesRead } = await file.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) return null;
    filled += bytesRead;
  }
  return bytes;
}

function refused(reason: string): ReadFile {
  return { ok: false, reason };
}

/** "20 MiB"; "128 KiB" below one. */
export function megabytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KiB`;
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;
}

function reasonOf(fault: unknown): string {
  const code = fault instanceof Error && "code" in fault ? fault.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") return "is gone";
  if (code === "ELOOP") return "is a symbolic link, which is not followed";
  if (code === "EACCES" || code === "EPERM") return "cannot be read: permission denied";
  if (code === "EISDIR") return "cannot be read: it is a folder now";
  return `cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`;
}
