/** A model that is quick and real enough for the store: what is tested around it does not depend on meaning. */

import type { EmbeddingModel } from "../../src/embeddings/factory.ts";
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
