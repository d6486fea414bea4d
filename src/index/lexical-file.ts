/** The lexical index as one file: a header of fixed size, then its arrays as they stand in memory. */

import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { checkSum, type FileFacts, readThrough, UnusableFile, writeBeside } from "./files.ts";
import { B, K1, type LexicalArrays, type LexicalIndex, lexicalIndex } from "./lexical.ts";

const MAGIC = "SITREPLX";
const VERSION = 1;
/** Reads as another number on a machine of the other byte order, whose arrays would be gibberish. */
const BYTE_ORDER_MARK = 0x01020304;
const HEADER_BYTES = 64;

/** Bytes 0-7 magic, 8 byte order mark, 12 version, 16 passages, 20 terms, 24 postings, 28 term units, 32 k1, 40 b. */
function headerOf(arrays: LexicalArrays): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  header.set(new TextEncoder().encode(MAGIC));
  const { ids, offsets, positions, units } = arrays;
  new Uint32Array(header.buffer, 8, 6).set([
    BYTE_ORDER_MARK,
    VERSION,
    ids.length,
    offsets.length - 1,
    positions.length,
    units.length,
  ]);
  new Float64Array(header.buffer, 32, 2).set([K1, B]);
  return header;
}

/** The file's bytes. The 16-bit array stands last, so that every array begins at a multiple of its element's size. */
export function serialiseLexical(index: LexicalIndex): Uint8Array {
  const { arrays } = index;
  const parts = [
    headerOf(arrays),
    arrays.ids,
    arrays.offsets,
    arrays.termStarts,
    arrays.positions,
    arrays.impacts,
    arrays.units,
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  return bytes;
}

/** @throws {UnusableFile} when the bytes are not a lexical index that this program can use. */
export function parseLexical(bytes: Uint8Array): LexicalIndex {
  const { buffer, byteOffset } = bytes;
  if (bytes.length < HEADER_BYTES || new TextDecoder("latin1").decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new UnusableFile("is not a lexical index");
  }
  const [mark, version, count = 0, terms = 0, postings = 0, unitCount = 0] = new Uint32Array(buffer, byteOffset + 8, 6);
  if (mark !== BYTE_ORDER_MARK) throw new UnusableFile("was written on a machine of another byte order");
  if (version !== VERSION) throw new UnusableFile(`has format ${version}, not ${VERSION}`);
  const [k1, b] = new Float64Array(buffer, byteOffset + 32, 2);
  if (k1 !== K1 || b !== B) throw new UnusableFile(`was built with k1 ${k1} and b ${b}, not ${K1} and ${B}`);
  const expected = HEADER_BYTES + 4 * (count + 2 * (terms + 1) + 2 * postings) + 2 * unitCount;
  if (bytes.length !== expected) throw new UnusableFile(`has ${bytes.length} bytes, not ${expected}`);
  let end = byteOffset + HEADER_BYTES;
  /** Where the next array of so many bytes begins. */
  const next = (size: number) => {
    end += size;
    return end - size;
  };
  return lexicalIndex({
    ids: new Uint32Array(buffer, next(4 * count), count),
    offsets: new Uint32Array(buffer, next(4 * (terms + 1)), terms + 1),
    termStarts: new Uint32Array(buffer, next(4 * (terms + 1)), terms + 1),
    positions: new Uint32Array(buffer, next(4 * postings), postings),
    impacts: new Float32Array(buffer, next(4 * postings), postings),
    units: new Uint16Array(buffer, next(2 * unitCount), unitCount),
  });
}

/** Puts the index into a file of a folder, whole or not at all, and returns what the file is. */
export async function saveLexical(index: LexicalIndex, folder: string, name: string): Promise<FileFacts> {
  const bytes = serialiseLexical(index);
  return writeBeside(
    folder,
    name,
    (path) => writeFile(path, bytes, { flag: "wx" }),
    async (path) => {
      const facts = await readThrough(path, bytes.length, () => undefined);
      checkSum(facts, createHash("sha256").update(bytes).digest("hex"));
      return facts;
    },
  );
}

/**
 * Loads a lexical file that is exactly the recorded one.
 * @throws {UnusableFile} saying in what it differs.
 */
export async function loadLexical(path: string, expected: FileFacts): Promise<LexicalIndex> {
  const bytes = new Uint8Array(expected.bytes);
  const facts = await readThrough(path, expected.bytes, (chunk, offset) => {
    bytes.set(chunk, offset);
    return undefined;
  });
  checkSum(facts, expected.sha256);
  return parseLexical(bytes);
}
