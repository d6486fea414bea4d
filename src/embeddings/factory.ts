/** Which model turns text into vectors, and what the index must know about it. */

import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { BundledEmbeddings, type EmbedOptions, type TextVectors, type TextWithSpans } from "./bundled.ts";
import { inTurns, remembering } from "./questions.ts";
import { RemoteEmbeddings, type RemoteSettings } from "./remote.ts";
import type { Tokenizer } from "./tokenizer.ts";

export type EmbeddingSettings =
  | {
      readonly provider: "bundled";
      /** Threads for one batch; 1 costs the least CPU time. Default: the number of cores, at most 4. */
      readonly threads?: number;
    }
  | RemoteSettings;

export interface EmbeddingModel {
  /** The same model for LangChain. */
  readonly embeddings: EmbeddingsInterface;
  /** Whether `countTokens` is exact or an upper bound. */
  readonly counting: "exact" | "generous";
  /** Vectors are comparable only under one and the same id. */
  readonly modelId: string;
  /** Greatest `countTokens` of a passage. */
  readonly maxTokens: number;
  /** Tokens of a text; additive at white space. Exact for the bundled model, else an upper bound. */
  countTokens(text: string): number;
  /** Begins to load what embedding will need, where anything has to be loaded; does not wait for it. */
  load(): void;
  /**
   * Vectors of length 1 of passages and of spans in them.
   * @throws {SitrepError} `bad-input` when a passage is too long; `cancelled`; `model-unusable`; `provider-failed`.
   */
  embedPassages(items: readonly TextWithSpans[], options?: EmbedOptions): Promise<TextVectors[]>;
  /**
   * The vectors of the last questions are kept, and shared: they must not be changed.
   * @throws {SitrepError} `model-unusable`; `provider-failed`.
   */
  embedQuestion(text: string): Promise<Float32Array>;
  /** Ends what the model keeps running. */
  close(): Promise<void>;
}

/** Remote models take more, but passages should not depend on where they are embedded. */
const REMOTE_MAX_TOKENS = 256;
const ASCII_PER_TOKEN = 3;

/**
 * Nothing is loaded, and no provider asked, before the first call that needs it.
 * @param tokenizer of the bundled model, where somebody else uses it too.
 */
export function createEmbeddings(settings: EmbeddingSettings, tokenizer?: () => Tokenizer): EmbeddingModel {
  if (settings.provider === "bundled") {
    const bundled = new BundledEmbeddings({
      ...(settings.threads === undefined ? {} : { threads: settings.threads }),
      ...(tokenizer === undefined ? {} : { tokenizer }),
    });
    return {
      ...modelOf(bundled),
      modelId: bundled.modelId,
      maxTokens: bundled.maxTokens,
      counting: "exact",
      load: () => bundled.load(),
      countTokens: (text) => bundled.countTokens(text),
      close: () => bundled.close(),
    };
  }
  const dimensions = settings.provider === "openai" && settings.dimensions !== null ? `/${settings.dimensions}` : "";
  return {
    ...modelOf(new RemoteEmbeddings(settings)),
    modelId: `${settings.provider}/${settings.model}${dimensions}/spans-1`,
    maxTokens: REMOTE_MAX_TOKENS,
    counting: "generous",
    load: () => undefined,
    countTokens: countGenerously,
    close: async () => undefined,
  };
}

function modelOf(
  embeddings: BundledEmbeddings | RemoteEmbeddings,
): Pick<EmbeddingModel, "embeddings" | "embedPassages" | "embedQuestion"> {
  return {
    embeddings,
    embedPassages: (items, options) => embeddings.embedWithSpans(items, options),
    embedQuestion: inTurns(remembering(async (text) => Float32Array.from(await embeddings.embedQuery(text)))),
  };
}

/** More tokens than a text has in the vocabularies in use: 3 ASCII characters a token, any other character one. */
export function countGenerously(text: string): number {
  const ascii = text.replace(/[^\0-\x7f]/g, "").length;
  return Math.ceil(ascii / ASCII_PER_TOKEN) + text.length - ascii;
}
