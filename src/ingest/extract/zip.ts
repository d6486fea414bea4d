/** Reading a zip file that nobody vouches for, and writing one that holds what was read. */

import { crc32, inflateRawSync } from "node:zlib";
import { SitrepError } from "../../domain/errors.ts";

export interface ZipEntry {
  readonly name: string;
  /** What is in it, inflated. */
  readonly bytes: Uint8Array;
}

/** A long report with many pictures has some hundred entries. */
const MOST_ENTRIES = 5000;
/**
 * Inflated bytes of all wanted entries together. The text of a book of a thousand pages is about 10 MiB of XML;
 * what is read from it in memory is several times as large.
 */
const MOST_BYTES = 64 * 1024 * 1024;
/** XML of a text processor shrinks to a tenth or a thirtieth; only what is made for it shrinks to less than this. */
const HIGHEST_RATIO = 200;
/** Below this the ratio does no harm, in bytes. */
const HARMLESS_BYTES = 8 * 1024 * 1024;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
/** In place of a size or an offset that only the extra fields of large files hold. */
const IN_EXTRA = 0xffffffff;
const ENCRYPTED = 0x0001;
const STORED = 0;
const DEFLATED = 8;

interface Place {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The wanted entries of a zip file, inflated within bounds.
 * @param isWanted by name; other entries are only counted.
 * @returns null where the bytes are not a whole zip file.
 * @throws {SitrepError} "bad-corpus" for a zip bomb (too many entries, too much in them, one inside of another), a
 * password, or a damaged entry; the message says of the file what is wrong with it.
 */
export function readZip(bytes: Uint8Array, isWanted: (name: string) => boolean): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = directoryOf(bytes, view);
  if (places === null) return null;
  checkPlaces(places);
  const entries: ZipEntry[] = [];
  let total = 0;
  let packed = 0;
  const ends: { start: number; end: number }[] = [];
  for (const place of places) {
    const start = contentStart(view, place);
    ends.push({ start: place.offset, end: start + place.packed });
    if (!isWanted(place.name)) continue;
    const inflated = inflate(bytes.subarray(start, start + place.packed), place, MOST_BYTES - total);
    total += inflated.length;
    packed += place.packed;
    if (total > HARMLESS_BYTES && total > packed * HIGHEST_RATIO) throw bomb("its text is packed too tightly");
    entries.push({ name: place.name, bytes: inflated });
  }
  ends.sort((a, b) => a.start - b.start);
  for (const [index, { start }] of ends.entries()) {
    if (start < (ends[index - 1]?.end ?? 0)) throw bomb("its entries overlap");
  }
  return entries;
}

function bomb(reason: string): SitrepError {
  return new SitrepError("bad-corpus", `is a zip bomb: ${reason}`);
}

function damaged(reason: string): SitrepError {
  return new SitrepError("bad-corpus", `is damaged: ${reason}`);
}

/** What the central directory lists, or null where there is none. */
function directoryOf(bytes: Uint8Array, view: DataView): Place[] | null {
  const end = endRecord(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === IN_EXTRA) throw bomb("it asks for the form that is made for more than 4 GiB");
  if (count > MOST_ENTRIES) throw bomb(`it holds more than ${MOST_ENTRIES} entries`);
  const places: Place[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) return null;
    const nameLength = view.getUint16(at + 28, true);
    const next = at + CENTRAL_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) return null;
    places.push({
      name: new TextDecoder().decode(bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return places;
}

/** Where the record at the end of a zip file begins; a comment may follow it. */
function endRecord(view: DataView): number | null {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) <= view.byteLength) return at;
  }
  return null;
}

function checkPlaces(places: readonly Place[]): void {
  const names = new Set<string>();
  let declared = 0;
  for (const { name, flags, size, packed } of places) {
    if ((flags & ENCRYPTED) !== 0)
      throw new SitrepError("bad-corpus", "is protected by a password: save it without one");
    if (names.has(name)) throw damaged(`it holds ${JSON.stringify(name.slice(0, 80))} twice`);
    if (size === IN_EXTRA || packed === IN_EXTRA) throw bomb("it asks for the form that is made for more than 4 GiB");
    names.add(name);
    declared += size;
  }
  // Pictures count here too: nobody has sent a report with a gigabyte of them.
  if (declared > 16 * MOST_BYTES) throw bomb("it says that it holds more than 1 GiB");
}

/** Where the bytes of an entry begin: behind its local header, which has a length of its own. */
function contentStart(view: DataView, { name, offset, packed }: Place): number {
  const isHeader = offset + LOCAL_SIZE <= view.byteLength && view.getUint32(offset, true) === LOCAL;
  const start = isHeader
    ? offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
    : Number.POSITIVE_INFINITY;
  if (start + packed > view.byteLength) throw damaged(`${JSON.stringify(name.slice(0, 80))} is not where it should be`);
  return start;
}

function inflate(packed: Uint8Array, place: Place, room: number): Uint8Array {
  const tooMuch = () => bomb(`its text is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
  if (place.size > room) throw tooMuch();
  if (place.method === STORED) {
    if (packed.length > room) throw tooMuch();
    return packed;
  }
  const name = JSON.stringify(place.name.slice(0, 80));
  if (place.method !== DEFLATED) throw damaged(`${name} is packed in an unknown way`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooMuch();
    throw new SitrepError("bad-corpus", `is damaged: ${name} cannot be unpacked`, { cause });
  }
}

/** A zip file of entries as they are, not packed. At most 65,535 entries and 4 GiB. */
export function storedZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const encoded = new TextEncoder().encode(name);
    const checksum = crc32(bytes);
    const local = Buffer.alloc(LOCAL_SIZE);
    local.writeUInt32LE(LOCAL, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x0800, 6);
    local.writeUInt32LE(checksum, 14);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(encoded.length, 26);
    const central = Buffer.alloc(CENTRAL_SIZE);
    central.writeUInt32LE(CENTRAL, 0);
    central.writeUInt16LE(20, 4);
    local.copy(central, 6, 4, 30);
    central.writeUInt32LE(offset, 42);
    parts.push(local, encoded, bytes);
    directory.push(central, encoded);
    offset += LOCAL_SIZE + encoded.length + bytes.length;
  }
  const end = Buffer.alloc(END_SIZE);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
