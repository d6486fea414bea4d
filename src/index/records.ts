/** What the store keeps, and how it is written down in rows: JSON for lists, blobs for vectors. */

import { createHash } from "node:crypto";
import type { NewFigure } from "../domain/figure.ts";
import type { Passage, Sentence, Span } from "../domain/passage.ts";
import type { Report } from "../domain/report.ts";
import type { ReportHead } from "../domain/service.ts";

/** A report without its text, with the checksum of the file it was made from. */
export interface StoredReportHead extends ReportHead {
  /** Of the file's bytes and of what is said about it elsewhere. */
  readonly fileSha256: string;
  /** Of the file's bytes alone: by this a renamed file is known again. */
  readonly contentSha256: string;
}

/** One committed state of the index. */
export interface Snapshot {
  /** 1 and up; raised by every commit. */
  readonly number: number;
  /** ISO time in UTC. */
  readonly createdAt: string;
  readonly model: string;
  readonly dimensions: number;
  readonly reports: number;
  readonly passages: number;
  /** Stands for the settings that the passages were made with; the caller chooses it. */
  readonly fingerprint: string;
}

export type IndexKind = "lexical" | "vectors";

/** What an index file must be to be loaded. */
export interface IndexFile {
  readonly kind: IndexKind;
  readonly snapshot: number;
  /** File name inside the data folder. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly model: string;
  readonly dimensions: number;
  /** Passages in it. */
  readonly count: number;
  /** JSON of the settings it was built with. */
  readonly parameters: string;
}

/** A passage before the store has numbered it. */
export interface NewPassage extends Omit<Passage, "id" | "reportId"> {
  readonly embeddingKey: string;
}

export interface NewEmbedding {
  readonly key: string;
  readonly vector: Float32Array;
  /** One for each sentence of the passage, in order; none where the model gives none. */
  readonly sentenceVectors: readonly Float32Array[];
}

/** What one commit changes. Reports that are not named stay as they are. */
export interface Change {
  readonly upserts: readonly {
    readonly report: Report;
    /** As long as the report's text. */
    readonly reading: string;
    readonly fileSha256: string;
    readonly contentSha256: string;
    readonly passages: readonly NewPassage[];
    /** Those of its passages. */
    readonly figures: readonly NewFigure[];
  }[];
  /** Ids of reports. */
  readonly removals: readonly string[];
  /** Those that the store does not have yet. */
  readonly embeddings: readonly NewEmbedding[];
  readonly model: string;
  readonly dimensions: number;
  readonly fingerprint: string;
  /** Number of the snapshot that the change was made from, null for none; absent where it fits any. */
  readonly basedOn?: number | null | undefined;
}

/** All passages in id order. The position in these arrays is the position in both indexes and in filters. */
export interface PassageRanges {
  readonly passageIds: Uint32Array;
  /** For each passage, the index of its report in `reportIds`. */
  readonly reports: Uint32Array;
  readonly reportIds: readonly string[];
}

/**
 * The key under which an embedding is kept: equal exactly when model, embedded text and sentence spans are.
 * @param spans of the sentences, relative to the text.
 */
export function embeddingKey(model: string, text: string, spans: readonly Span[]): string {
  const parts = JSON.stringify([model, text, spans.map(({ start, end }) => [start, end])]);
  return createHash("sha256").update(parts).digest("hex");
}

export interface PassageRow {
  readonly id: number;
  readonly report_id: string;
  readonly ordinal: number;
  readonly start_offset: number;
  readonly end_offset: number;
  readonly text: string;
  readonly reading: string | null;
  readonly headings: string;
  readonly page: number | null;
  readonly paragraph: number;
  readonly sentences: string;
}

export function passageOf(row: PassageRow): Passage {
  return {
    id: row.id,
    reportId: row.report_id,
    ordinal: row.ordinal,
    start: row.start_offset,
    end: row.end_offset,
    text: row.text,
    reading: row.reading ?? row.text,
    locator: { page: row.page, headings: JSON.parse(row.headings), paragraph: row.paragraph },
    sentences: sentencesOf(row.sentences),
  };
}

/** Sentences as `[start, end, paragraph, ...footnotes]`: a third of the size of the objects. */
export function sentencesJson(sentences: readonly Sentence[]): string {
  return JSON.stringify(sentences.map(({ start, end, paragraph, footnotes }) => [start, end, paragraph, ...footnotes]));
}

function sentencesOf(json: string): Sentence[] {
  const rows: [number, number, number, ...string[]][] = JSON.parse(json);
  return rows.map(([start, end, paragraph, ...footnotes]) => ({ start, end, paragraph, footnotes }));
}

/** Little-endian float32, as typed arrays have it on every platform that the native parts run on. */
export function vectorBlob(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A view where the blob is aligned, else a copy. */
export function vectorOf(blob: Buffer): Float32Array {
  if (blob.byteOffset % 4 === 0) return new Float32Array(blob.buffer, blob.byteOffset, blob.byteLength / 4);
  return new Float32Array(new Uint8Array(blob).buffer);
}

/**
 * Vectors in a quarter of their size: for each a float32 scale and one signed byte per dimension. The error
 * of a cosine between two of them stays under 0.01 for sentence embeddings, far below what separates them.
 */
export function quantise(vectors: readonly Float32Array[], dimensions: number): Buffer {
  const blob = Buffer.alloc(vectors.length * (4 + dimensions));
  let offset = 0;
  for (const vector of vectors) {
    let largest = 0;
    for (const value of vector) largest = Math.max(largest, Math.abs(value));
    const scale = largest / 127;
    offset = blob.writeFloatLE(scale, offset);
    for (const value of vector) offset = blob.writeInt8(scale === 0 ? 0 : Math.round(value / scale), offset);
  }
  return blob;
}

/** The vectors of a blob of `quantise`, brought to length 1 (a zero vector stays zero). */
export function dequantise(blob: Buffer, dimensions: number): Float32Array[] {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < blob.length; start += 4 + dimensions) {
    // The scale would cancel out in the division by the norm.
    const row = new Int8Array(blob.buffer, blob.byteOffset + start + 4, dimensions);
    let sum = 0;
    for (let index = 0; index < dimensions; index++) sum += (row[index] ?? 0) ** 2;
    const factor = sum === 0 ? 0 : 1 / Math.sqrt(sum);
    const vector = new Float32Array(dimensions);
    for (let index = 0; index < dimensions; index++) vector[index] = (row[index] ?? 0) * factor;
    vectors.push(vector);
  }
  return vectors;
}
