/**
 * The vector index: LangChain's HNSWLib store, so that it also serves in anybody's chain. Searching, loading and
 * saving are those of hnsw.ts, and what would change the index is refused.
 */

import { HNSWLib } from "@langchain/community/vectorstores/hnswlib";
import { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { FileFacts } from "./files.ts";
import { type BuildOptions, buildHnsw, type HnswIndex, loadHnsw, type VectorSource } from "./hnsw.ts";
import type { Ranked } from "./lexical.ts";

export { EF_SEARCH, type VectorSource } from "./hnsw.ts";

/** Vectors of passages that are searched and never changed. */
export class VectorIndex extends HNSWLib {
  readonly count: number;
  readonly dimensions: number;
  readonly #hnsw: HnswIndex;

  constructor(hnsw: HnswIndex) {
    super(NO_EMBEDDINGS, { space: "cosine", numDimensions: hnsw.dimensions, index: hnsw.native });
    this.count = hnsw.count;
    this.dimensions = hnsw.dimensions;
    this.#hnsw = hnsw;
  }

  /** See `HnswIndex.search`. */
  search(vector: ArrayLike<number>, limit: number, allowed?: Uint8Array): Ranked {
    return this.#hnsw.search(vector, limit, allowed);
  }

  /** See `HnswIndex.vectorOf`. */
  vectorOf(id: number): Float32Array | null {
    return this.#hnsw.vectorOf(id);
  }

  /** See `HnswIndex.saveFile`. */
  saveFile(folder: string, name: string): Promise<FileFacts> {
    return this.#hnsw.saveFile(folder, name);
  }

  /** LangChain's way in. The documents carry the passage's id and no text: that is in the store. */
  override async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: this["FilterType"],
  ): Promise<[Document, number][]> {
    const allowed = filter && Uint8Array.from(this.#hnsw.ids, (id) => (filter(documentOf(id)) ? 1 : 0));
    const { ids, scores } = this.search(query, k, allowed);
    return Array.from(ids, (id, rank) => [documentOf(id), scores[rank] ?? 0]);
  }

  override addDocuments(): Promise<void> {
    return refused("add documents");
  }

  override addVectors(): Promise<void> {
    return refused("add vectors");
  }

  override delete(): Promise<void> {
    return refused("delete");
  }

  override save(): Promise<void> {
    return refused("save a folder of three files");
  }
}

/** `buildHnsw`, as a LangChain store. */
export async function buildVectors(source: VectorSource, options?: BuildOptions): Promise<VectorIndex> {
  return new VectorIndex(await buildHnsw(source, options));
}

/** `loadHnsw`, as a LangChain store. */
export async function loadVectors(...file: Parameters<typeof loadHnsw>): Promise<VectorIndex> {
  return new VectorIndex(await loadHnsw(...file));
}

function documentOf(id: number): Document {
  return new Document({ pageContent: "", id: String(id), metadata: { passageId: id } });
}

function refused(what: string): Promise<never> {
  return Promise.reject(new Error(`This index does not ${what}: ingest makes a new one`));
}

/** The index only ever sees vectors; LangChain's base class wants something that makes them. */
const NO_EMBEDDINGS: EmbeddingsInterface = {
  embedQuery: () => refused("embed"),
  embedDocuments: () => refused("embed"),
};
