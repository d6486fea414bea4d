/** Embedding passages while files are still being read, and keeping what was computed as it comes. */

import { SitrepError } from "../domain/errors.ts";
import type { EmbeddingModel } from "../embeddings/factory.ts";
import type { NewEmbedding } from "../index/records.ts";
import type { WritableStore } from "../index/store.ts";
import type { PlannedReport } from "./plan.ts";

export interface Embedder {
  /**
   * Takes the passages of a report whose embeddings the store does not have. Starts with them when there are enough.
   * @throws what the model has thrown meanwhile.
   */
  add(report: PlannedReport): void;
  /**
   * Embeds and keeps the rest.
   * @throws what the model throws, and what keeping the embeddings throws; those kept before stay.
   */
  finish(): Promise<EmbeddedPassages>;
  /** Waits for what is under way, and starts no more. Throws nothing. */
  stop(): Promise<void>;
}

export interface EmbeddedPassages {
  readonly computed: number;
  /** Of the vectors; null where none was computed. */
  readonly dimensions: number | null;
}

export interface EmbedderOptions {
  /** Embeds also what the store has an embedding of. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Passages done, of those that are known by now. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

type Text = PlannedReport["texts"][number];

/** Embeddings are kept every so many passages, so that a run that is stopped has not worked for nothing. */
const KEPT_AT_ONCE = 128;
/** Groups of them under way: while one is kept, the model goes on with the next. */
const GROUPS_AT_ONCE = 2;

export function createEmbedder(model: EmbeddingModel, store: WritableStore, options: EmbedderOptions): Embedder {
  const waiting = new Map<string, Text>();
  const known = new Set<string>();
  const running = new Set<Promise<void>>();
  let computed = 0;
  /** Passages of groups that are under way. */
  const done = new Map<object, number>();
  let dimensions: number | null = null;
  let fault: { readonly error: unknown } | null = null;
  let isEnding = false;
  let isStopped = false;

  function start(): void {
    while (
      !isStopped &&
      fault === null &&
      running.size < GROUPS_AT_ONCE &&
      (waiting.size >= KEPT_AT_ONCE || (isEnding && waiting.size > 0))
    ) {
      const group = taken(waiting, KEPT_AT_ONCE);
      const work: Promise<void> = embed(group)
        .catch((error: unknown) => {
          fault ??= { error };
        })
        .finally(() => {
          running.delete(work);
          start();
        });
      running.add(work);
    }
  }

  async function embed(group: readonly (readonly [string, Text])[]): Promise<void> {
    const vectors = await model.embedPassages(
      group.map(([, text]) => text),
      {
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        onProgress: (count: number) => {
          done.set(group, count);
          report();
        },
      },
    );
    const embeddings = group.map(([key], index): NewEmbedding => {
      const result = vectors[index];
      if (result === undefined) throw new SitrepError("provider-failed", "The embedding model left out a passage");
      return { key, vector: result.vector, sentenceVectors: result.spanVectors };
    });
    dimensions ??= embeddings[0]?.vector.length ?? null;
    store.saveEmbeddings(model.modelId, dimensions ?? 0, embeddings);
    computed += group.length;
    done.delete(group);
  }

  function report(): void {
    const partly = [...done.values()].reduce((sum, count) => sum + count, 0);
    options.onProgress?.(computed + partly, known.size);
  }

  async function settled(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  return {
    add({ passages, texts }) {
      // Nothing that is read from here on could be embedded.
      if (fault !== null) throw fault.error;
      const fresh = new Map<string, Text>();
      passages.forEach(({ embeddingKey }, index) => {
        const text = texts[index];
        if (text !== undefined && !known.has(embeddingKey)) fresh.set(embeddingKey, text);
      });
      if (options.force !== true) for (const key of store.haveEmbeddings(fresh.keys())) fresh.delete(key);
      for (const [key, text] of fresh) {
        known.add(key);
        waiting.set(key, text);
      }
      start();
    },
    async finish() {
      isEnding = true;
      start();
      await settled();
      if (fault !== null) throw fault.error;
      return { computed, dimensions };
    },
    async stop() {
      isStopped = true;
      await settled();
    },
  };
}

/** Takes the first entries out of a map. */
function taken<K, V>(map: Map<K, V>, most: number): [K, V][] {
  const entries: [K, V][] = [];
  for (const entry of map) {
    if (entries.length === most) break;
    entries.push(entry);
  }
  for (const [key] of entries) map.delete(key);
  return entries;
}
