/** Index files: written beside, checked and renamed; read only after their checksum was verified. */

import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Bytes read at once: enough to be fast, little enough that hashing them does not hold up the event loop. */
export const CHUNK_BYTES = 1 << 20;

/** Why an index file cannot be used. The message completes "the file ...". */
export class UnusableFile extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "UnusableFile";
  }
}

export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Puts a file in place whole or not at all: `write` makes it under a temporary name, `check` has to find it
 * good, and only after it is on the disk does it get its name.
 */
export async function writeBeside(
  folder: string,
  name: string,
  write: (path: string) => Promise<void>,
  check: (path: string) => Promise<FileFacts>,
): Promise<FileFacts> {
  const temporary = join(folder, `.${name}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await write(temporary);
    const handle = await open(temporary, "r+");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    const facts = await check(temporary);
    await rename(temporary, join(folder, name));
    await syncFolder(folder);
    return facts;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes renames in a folder survive a power failure. Windows has no such call, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Reads a file from its start to its end, piece by piece, and returns what it was.
 * @param bytes what it should have; a file of another size is not read.
 * @param use is given each piece, which it must copy to keep, and where the piece stands; returns how large it
 *   wants the next piece to be, or nothing where it does not mind.
 * @throws {UnusableFile} when it is not there, is not a file, or has another size.
 */
export async function readThrough(
  path: string,
  bytes: number | null,
  use: (chunk: Uint8Array, offset: number) => number | undefined,
  firstChunk = CHUNK_BYTES,
): Promise<FileFacts> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    checkSize(size, bytes);
    const hash = createHash("sha256");
    let buffer = new Uint8Array(0);
    let wanted = firstChunk;
    for (let offset = 0; offset < size; ) {
      const length = Math.min(wanted, size - offset);
      if (buffer.length < length) buffer = new Uint8Array(length);
      const chunk = buffer.subarray(0, length);
      await readFully(handle, chunk, offset);
      hash.update(chunk);
      wanted = use(chunk, offset) ?? CHUNK_BYTES;
      offset += length;
    }
    return { bytes: size, sha256: hash.digest("hex") };
  } finally {
    await handle.close();
  }
}

/** @throws {UnusableFile} naming how the size differs. */
export function checkSize(size: number, expected: number | null): void {
  if (size === 0) throw new UnusableFile("is empty");
  if (expected === null || size === expected) return;
  throw new UnusableFile(
    size < expected ? `is cut short (${size} of ${expected} bytes)` : `is too long (${size} bytes, not ${expected})`,
  );
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new UnusableFile("is not a file");
    return await open(path, "r");
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UnusableFile(code === "ENOENT" ? "is missing" : `cannot be opened (${code})`);
  }
}

async function readFully(handle: FileHandle, target: Uint8Array, position: number): Promise<void> {
  for (let filled = 0; filled < target.length; ) {
    const { bytesRead } = await handle.read(target, filled, target.length - filled, position + filled);
    if (bytesRead === 0) throw new UnusableFile("became shorter while it was read");
    filled += bytesRead;
  }
}

/** @throws {UnusableFile} when the file is not the one that was recorded. */
export function checkSum(facts: FileFacts, expected: string): void {
  if (facts.sha256 !== expected) throw new UnusableFile("has another checksum than when it was written");
}

const INDEX_FILE = /^(?:lexical-(\d{6,})\.bin|vectors-(\d{6,})\.hnsw)$/;
const TEMPORARY_FILE = /^\.(?:lexical|vectors)-\d{6,}\.(?:bin|hnsw)\.[0-9a-f]{12}\.tmp$/;
/** A temporary file that nobody has touched for so long belongs to a process that was killed, in milliseconds. */
const ABANDONED_AFTER = 60 * 60 * 1000;

/** The name of an index file of a snapshot, such as `lexical-000007.bin`. */
export function indexFileName(kind: "lexical" | "vectors", snapshot: number): string {
  return `${kind}-${String(snapshot).padStart(6, "0")}${kind === "lexical" ? ".bin" : ".hnsw"}`;
}

/**
 * Deletes the index files that nobody needs any more: those of snapshots before the previous one (a reader
 * that has just looked up the previous one may be about to open it), and abandoned temporary files. Later
 * numbers are left alone: they are being written, or will be overwritten.
 * @returns the names of those that could not be deleted, which are left for the next time.
 */
export async function deleteOldIndexFiles(folder: string, current: number): Promise<string[]> {
  const left: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const match = INDEX_FILE.exec(name);
    const isOutdated = Number(match?.[1] ?? match?.[2] ?? current) < current - 1;
    if (isOutdated || (TEMPORARY_FILE.test(name) && (await isAbandoned(join(folder, name))))) {
      await rm(join(folder, name), { force: true }).catch(() => left.push(name));
    }
  }
  return left;
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER;
  } catch {
    return false;
  }
}
