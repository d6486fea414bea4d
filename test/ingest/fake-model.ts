/** A model that is quick and real enough for the store: what is tested around it does not depend on meaning. */

import type { IngestLimits } from "../../src/domain/ingest.ts";
import type { EmbeddingModel } from "../../src/embeddings/factory.ts";
import { type Preparer, prepare } from "../../src/ingest/prepare.ts";
import { vectorFor } from "../index/samples.ts";

/** @param before awaited before passages are embedded. */
export function fakeModel(before: () => Promise<void> = async () => undefined): EmbeddingModel {
  const embedQuestion = async (text: string) => vectorFor(text);
  return {
    embeddings: {
      embedQuery: async (text) => [...vectorFor(text)],
      embedDocuments: async (texts) => texts.map((text) => [...vectorFor(text)]),
    },
    modelId: "fake-model",
    maxTokens: 256,
    counting: "exact",
    load: () => undefined,
    countTokens: (text) => text.split(/\s+/).filter((word) => word !== "").length,
    embedPassages: async (items) => {
      await before();
      return items.map(({ text, spans }) => ({
        vector: vectorFor(text),
        spanVectors: spans.map(({ start, end }) => vectorFor(text.slice(start, end))),
      }));
    },
    embedQuestion,
    close: async () => undefined,
  };
}

/** What a file may cost in tests: more than any of them needs. */
export const LIMITS: IngestLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxPages: 1000,
  maxCharacters: 10_000_000,
  maxSeconds: 30,
  maxMemoryMebibytes: 1024,
};

/** Prepares in this process, where the fake model can be used. */
export function preparerHere(model: EmbeddingModel): Preparer {
  return { prepare: (file) => prepare(file, model, LIMITS), close: () => undefined };
}
