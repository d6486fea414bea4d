/** The body of an answer, unpacked, within a limit. */

import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import { SitrepError } from "../domain/errors.ts";
import { SAVE_IT } from "./download-faults.ts";
import { megabytes } from "./read.ts";

type Unpack = (packed: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip) as Unpack,
  "x-gzip": promisify(gunzip) as Unpack,
  br: promisify(brotliDecompress) as Unpack,
  // Meant is the zlib format (RFC 9110, section 8.4.1.2), but some servers send it without its two bytes of head.
  deflate: (packed, options) => promisify(hasZlibHead(packed) ? inflate : inflateRaw)(packed, options),
};

/**
 * Reads and unpacks a body. The answer is destroyed when more comes than allowed.
 * @param maxBytes most bytes, both as they are sent and unpacked.
 * @throws {SitrepError} "bad-input" when it is too large, damaged, or packed in an unknown way.
 */
export async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (Number(response.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const packed = await collected(response, maxBytes);
  const codings = (response.headers["content-encoding"] ?? "")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  const [coding] = codings;
  if (coding === undefined || packed.length === 0) return packed;
  const unpack = codings.length === 1 && Object.hasOwn(UNPACK, coding) ? UNPACK[coding] : undefined;
  if (unpack === undefined) {
    throw new SitrepError("bad-input", "The server packs what it sends in a way that is not read", { hint: SAVE_IT });
  }
  try {
    return await unpack(packed, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(maxBytes);
    throw new SitrepError("bad-input", "What the server sent is damaged", { hint: `Try again. ${SAVE_IT}`, cause });
  }
}

/** One growing array: a server may send single bytes, and a list of millions of buffers would be far larger. */
async function collected(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  let bytes = new Uint8Array(Math.min(maxBytes, 65_536));
  let length = 0;
  for await (const part of response) {
    const buffer: Buffer = part;
    const needed = length + buffer.length;
    if (needed > maxBytes) throw tooLarge(maxBytes);
    if (needed > bytes.length) {
      const larger = new Uint8Array(Math.min(maxBytes, Math.max(needed, bytes.length * 2)));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(buffer, length);
    length = needed;
  }
  return bytes.slice(0, length);
}

/** RFC 1950, section 2.2: method 8, and a check that makes the first two bytes a multiple of 31. */
function hasZlibHead([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

function tooLarge(maxBytes: number): SitrepError {
  return new SitrepError("bad-input", `What is at the address is larger than ${megabytes(maxBytes)}`, {
    hint: "INGEST_MAX_FILE_MIB sets the limit.",
  });
}
