/** How the index does at a given size: measured from a store on disk, as a process that answers would use it. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportSource } from "../src/domain/report.ts";
import { embeddingKey, type NewEmbedding, type NewPassage } from "../src/index/records.ts";
import { type OpenIndex, openIndex, publishSnapshot } from "../src/index/snapshot.ts";
import { openStore, type WritableStore } from "../src/index/store.ts";
import { fuse } from "../src/retrieve/fusion.ts";
import { clusteredVectors, questionsAbout, zipfianPassages } from "./synthetic.ts";

/** Milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p95: number;
}

export interface IndexFigures {
  readonly passages: number;
  /** Building both indexes and writing their files, from a filled store. */
  readonly buildSeconds: number;
  /** From closed files to an index that answers, without the start of the process. */
  readonly openMilliseconds: number;
  /** Share of the ten nearest by exact comparison that the graph finds. */
  readonly recallAt10: number;
  readonly lexical: Times;
  readonly vectors: Times;
  /** With a filter that every tenth passage passes. */
  readonly vectorsTenth: Times;
  /** With a filter that every second passage passes. */
  readonly vectorsHalf: Times;
  readonly fetch20: Times;
  /** Both searches, fusion and fetching 20 passages; the question's vector is given. */
  readonly hybrid: Times;
}

const MODEL = "synthetic";
const DIMENSIONS = 384;
const PASSAGES_PER_REPORT = 10;
const REPORTS_PER_COMMIT = 500;
const CANDIDATES = 100;
const FETCHED = 20;
const SENTENCES = 4;

const SOURCE: ReportSource = {
  title: "Made up",
  publisher: null,
  author: null,
  published: null,
  period: null,
  documentId: null,
  url: null,
  kind: "unknown",
  language: "en",
  reliability: "F",
  marking: null,
  origins: [],
  sources: [],
  derived: [],
};

/** Figures for so many passages; 10,000 take half a minute, 100,000 about four. */
export async function measureIndex(passages: number, questions = 500): Promise<IndexFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), "sitrep-bench-"));
  const texts = zipfianPassages(passages, 1);
  // The questions' vectors come from the same topics and are not indexed.
  const matrix = clusteredVectors(passages + questions, DIMENSIONS, 2);
  const words = questionsAbout(texts, questions, 3);
  const termsOf = (_title: string, _headings: readonly string[], reading: string) => reading.split(" ");
  const warn = (message: string) => {
    throw new Error(message);
  };
  try {
    const store = openStore(dataDir, { mode: "write" });
    fill(store, texts, matrix);
    const buildBegan = performance.now();
    const nothing = {
      upserts: [],
      removals: [],
      embeddings: [],
      model: MODEL,
      dimensions: DIMENSIONS,
      fingerprint: "",
    };
    await publishSnapshot(store, nothing, { dataDir, termsOf, warn });
    const buildSeconds = (performance.now() - buildBegan) / 1000;
    store.close();
    const openBegan = performance.now();
    const index = await openIndex(dataDir, { modelId: MODEL, dimensions: DIMENSIONS, termsOf, warn });
    const openMilliseconds = performance.now() - openBegan;
    const queries = words.map((terms, number) => ({
      terms: terms.map((term) => ({ term, weight: 1 })),
      vector: matrix.slice((passages + number) * DIMENSIONS, (passages + number + 1) * DIMENSIONS),
    }));
    const figures = {
      passages,
      buildSeconds,
      openMilliseconds,
      recallAt10: recall(index, matrix.subarray(0, passages * DIMENSIONS), queries.slice(0, 200)),
      ...timesOf(index, queries),
    };
    index.close();
    return figures;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Query {
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
  readonly vector: Float32Array;
}

function timesOf(index: OpenIndex, queries: readonly Query[]) {
  const { store, lexical, vectors } = index;
  const passing = (every: number) => Uint8Array.from({ length: lexical.count }, (_, at) => (at % every === 0 ? 1 : 0));
  const [tenth, half] = [passing(10), passing(2)];
  const { passageIds } = index.ranges();
  // Twenty passages from all over the store, as a ranking has them.
  const scattered = (number: number) =>
    Array.from({ length: FETCHED }, (_, rank) => passageIds[(number * 7919 + rank * 104_729) % lexical.count] ?? 0);
  const hybrid = ({ terms, vector }: Query) =>
    store.passages(fuse(lexical.search(terms, CANDIDATES), vectors.search(vector, CANDIDATES), FETCHED).ids);
  return {
    lexical: timed(queries, ({ terms }) => lexical.search(terms, CANDIDATES)),
    vectors: timed(queries, ({ vector }) => vectors.search(vector, CANDIDATES)),
    vectorsTenth: timed(queries, ({ vector }) => vectors.search(vector, CANDIDATES, tenth)),
    vectorsHalf: timed(queries, ({ vector }) => vectors.search(vector, CANDIDATES, half)),
    fetch20: timed(queries, (_, number) => store.passages(scattered(number))),
    hybrid: timed(queries, hybrid),
  };
}

/** Every query once to warm up and once to count. */
function timed(queries: readonly Query[], use: (query: Query, number: number) => unknown): Times {
  queries.forEach(use);
  const times = queries.map((query, number) => {
    const began = performance.now();
    use(query, number);
    return performance.now() - began;
  });
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.floor(share * times.length)] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

function recall(index: OpenIndex, matrix: Float32Array, queries: readonly Query[]): number {
  const { passageIds } = index.ranges();
  let found = 0;
  for (const { vector } of queries) {
    const exact = Array.from(passageIds, (id, position) => {
      let score = 0;
      for (let axis = 0; axis < DIMENSIONS; axis++) {
        score += (matrix[position * DIMENSIONS + axis] ?? 0) * (vector[axis] ?? 0);
      }
      return { id, score };
    });
    const nearest = new Set(
      exact
        .sort((one, other) => other.score - one.score)
        .slice(0, 10)
        .map(({ id }) => id),
    );
    for (const id of index.vectors.search(vector, 10).ids) if (nearest.has(id)) found++;
  }
  return found / (10 * queries.length);
}

function fill(store: WritableStore, texts: readonly string[][], matrix: Float32Array): void {
  const perCommit = REPORTS_PER_COMMIT * PASSAGES_PER_REPORT;
  for (let first = 0; first < texts.length; first += perCommit) {
    const embeddings: NewEmbedding[] = [];
    const upserts = [];
    for (let start = first; start < Math.min(first + perCommit, texts.length); start += PASSAGES_PER_REPORT) {
      const id = `report-${start}`;
      const passages: NewPassage[] = [];
      let text = "";
      for (const words of texts.slice(start, Math.min(start + PASSAGES_PER_REPORT, texts.length))) {
        const number = start + passages.length;
        const vector = matrix.subarray(number * DIMENSIONS, (number + 1) * DIMENSIONS);
        const passage = passageOf(passages.length, words, text.length);
        text += `${passage.text}\n`;
        passages.push(passage);
        embeddings.push({ key: passage.embeddingKey, vector, sentenceVectors: Array(SENTENCES).fill(vector) });
      }
      const report = { id, path: `${id}.txt`, source: SOURCE, text, pages: [] };
      upserts.push({ report, reading: text, fileSha256: id, contentSha256: id, passages, figures: [] });
    }
    store.commit({ upserts, removals: [], embeddings, model: MODEL, dimensions: DIMENSIONS, fingerprint: "" });
  }
}

function passageOf(ordinal: number, words: readonly string[], start: number): NewPassage {
  const text = words.join(" ");
  const end = start + text.length;
  const step = Math.floor(text.length / SENTENCES);
  const sentences = Array.from({ length: SENTENCES }, (_, number) => ({
    start: start + number * step,
    end: number === SENTENCES - 1 ? end : start + (number + 1) * step,
    paragraph: 1,
    footnotes: [],
  }));
  const locator = { page: null, headings: ["Part"], paragraph: ordinal + 1 };
  return { ordinal, start, end, text, reading: text, locator, sentences, embeddingKey: embeddingKey(MODEL, text, []) };
}
