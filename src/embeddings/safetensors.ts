/** Where each tensor of the bundled model lies in its safetensors file. */

import { closeSync, openSync, readSync } from "node:fs";
import { unusable } from "./model-files.ts";

/** Where a tensor lies in a safetensors file, in bytes from the start of the file. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly length: number;
}

/** The model's own table has 11,401 bytes. */
const MAX_TABLE_BYTES = 1_000_000n;

/**
 * The table of a safetensors file: an 8-byte little-endian length, then that much JSON
 * (https://github.com/huggingface/safetensors#format). The tensors' bytes are not read.
 * @throws {SitrepError} `model-unusable` when the file is missing or has no such table.
 */
export function readTensorTable(path: string): Map<string, StoredTensor> {
  try {
    const file = openSync(path, "r");
    try {
      const size = Buffer.alloc(8);
      readSync(file, size);
      const length = size.readBigUInt64LE();
      if (length > MAX_TABLE_BYTES) throw new RangeError(`A table of ${length} bytes`);
      const table = Buffer.alloc(Number(length));
      readSync(file, table, { position: size.length });
      return parseTable(table.toString("utf8"), size.length + table.length);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw unusable(`The embedding model's weights ${path} cannot be read`, cause);
  }
}

function parseTable(json: string, dataStart: number): Map<string, StoredTensor> {
  const entries = Object.entries(
    JSON.parse(json) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>,
  );
  return new Map(
    entries
      .filter(([name]) => name !== "__metadata__")
      .map(([name, { dtype, shape, data_offsets }]) => {
        const [start, end] = data_offsets;
        return [name, { dtype, shape, start: dataStart + start, length: end - start }];
      }),
  );
}
