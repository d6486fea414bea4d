/**
 * The file that hnswlib writes, looked at before hnswlib reads it: hnswlib takes any dimensions and any links
 * at their word and ends the process when they are wrong. Layout: `saveIndex` in hnswlib's hnswalg.h, v0.8.
 */

import { CHUNK_BYTES, type FileFacts, readThrough, UnusableFile } from "./files.ts";

const HEADER_BYTES = 96;

export interface HnswExpectation {
  readonly count: number;
  readonly dimensions: number;
  /** Outgoing links of a point on the upper levels (M). */
  readonly links: number;
  readonly efConstruction: number;
  /** Null right after writing, when the size is not known yet. */
  readonly bytes: number | null;
}

/**
 * Reads a file of vectors labelled 0, 1, 2 ... in order, checks its structure to the last byte, and returns the
 * vectors, one after the other, along with what the file is. Its checksum is still the caller's to compare.
 * @throws {UnusableFile} saying what is wrong.
 */
export async function readHnswFile(
  path: string,
  expected: HnswExpectation,
): Promise<{ facts: FileFacts; matrix: Float32Array }> {
  const { count, dimensions, links } = expected;
  // A level-0 element: number of links and the links (4 bytes each), the vector, the label (8 bytes).
  const vectorAt = 4 + 2 * links * 4;
  const labelAt = vectorAt + dimensions * 4;
  const elementBytes = labelAt + 8;
  const upperLevelBytes = 4 + links * 4;
  const elementsEnd = HEADER_BYTES + count * elementBytes;
  const elementsAtOnce = Math.max(1, Math.floor(CHUNK_BYTES / elementBytes));
  const matrix = new Float32Array(count * dimensions);
  let row = 0;
  // Where the next length of upper links begins, and how many of them were seen.
  let nextLength = elementsEnd;
  let lengths = 0;
  let carried = new Uint8Array(0);

  function use(chunk: Uint8Array, offset: number): number | undefined {
    if (offset === 0) checkHeader(chunk, expected, { elementBytes, vectorAt, labelAt });
    else if (offset < elementsEnd) readElements(chunk);
    else readUpperLinks(chunk, offset);
    const next = offset + chunk.length;
    return next < elementsEnd ? Math.min(elementsAtOnce * elementBytes, elementsEnd - next) : undefined;
  }

  function readElements(chunk: Uint8Array): void {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let start = 0; start + elementBytes <= chunk.length; start += elementBytes) {
      if (view.getUint32(start + labelAt, true) !== row) throw new UnusableFile("has its vectors in another order");
      const vector = new Float32Array(chunk.buffer, chunk.byteOffset + start + vectorAt, dimensions);
      matrix.set(vector, row * dimensions);
      row++;
    }
  }

  /** For each element a length in bytes, then so many bytes of links; the last ends with the file. */
  function readUpperLinks(chunk: Uint8Array, offset: number): void {
    const start = offset - carried.length;
    const bytes = new Uint8Array(carried.length + chunk.length);
    bytes.set(carried);
    bytes.set(chunk, carried.length);
    const view = new DataView(bytes.buffer);
    while (lengths < count && nextLength + 4 <= start + bytes.length) {
      const length = view.getUint32(nextLength - start, true);
      if (length % upperLevelBytes !== 0) throw new UnusableFile("has links of an impossible length");
      nextLength += 4 + length;
      lengths++;
    }
    carried = bytes.slice(Math.min(Math.max(nextLength - start, 0), bytes.length));
  }

  const facts = await readThrough(path, expected.bytes, use, HEADER_BYTES);
  if (row !== count || lengths !== count || nextLength !== facts.bytes) throw new UnusableFile("is not complete");
  return { facts, matrix };
}

function checkHeader(
  header: Uint8Array,
  expected: HnswExpectation,
  layout: { readonly elementBytes: number; readonly vectorAt: number; readonly labelAt: number },
): void {
  if (header.length < HEADER_BYTES) throw new UnusableFile("is not an index of vectors");
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  const long = (offset: number) => Number(view.getBigUint64(offset, true));
  const [count, elementBytes, labelAt, vectorAt] = [long(16), long(24), long(32), long(40)];
  const [upperLinks, baseLinks, links, efConstruction] = [long(56), long(64), long(72), long(88)];
  const isHnsw = vectorAt === 4 + baseLinks * 4 && elementBytes === labelAt + 8 && links === upperLinks;
  if (!isHnsw) throw new UnusableFile("is not an index of vectors");
  const dimensions = (labelAt - vectorAt) / 4;
  if (dimensions !== expected.dimensions) {
    throw new UnusableFile(`has vectors of ${dimensions} dimensions, not ${expected.dimensions}`);
  }
  if (count !== expected.count) throw new UnusableFile(`has ${count} vectors, not ${expected.count}`);
  if (links !== expected.links || efConstruction !== expected.efConstruction || vectorAt !== layout.vectorAt) {
    throw new UnusableFile(`was built with M ${links} and efConstruction ${efConstruction}`);
  }
}
