/** A folder of reports, indexed and opened from within: learning needs what no edge is given. */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Likeness } from "../../src/answer/matching.ts";
import { createSitrep } from "../../src/app.ts";
import type { Opened } from "../../src/asking.ts";
import type { Config } from "../../src/config.ts";
import type { Sitrep } from "../../src/domain/service.ts";
import { createEmbeddings, type EmbeddingModel } from "../../src/embeddings/factory.ts";
import { BUNDLED_MODEL_FILES } from "../../src/embeddings/model-files.ts";
import { tokenizerOf } from "../../src/embeddings/tokenizer.ts";
import { wordLikeness } from "../../src/embeddings/word-likeness.ts";
import { openSnapshot } from "../../src/opening.ts";

export interface Opening {
  readonly sitrep: Sitrep;
  readonly index: Opened;
  readonly likeness: Likeness;
  readonly config: Config;
  readonly model: EmbeddingModel;
  close(): Promise<void>;
}

/** @param folder where the index is kept, and found again. */
export async function openCorpus(
  config: Config,
  corpus: string,
  folder: string,
  name: string,
  warn: (message: string) => void,
): Promise<Opening> {
  const dataDir = join(folder, name);
  await mkdir(dataDir, { recursive: true });
  const own = { ...config, corpusDir: corpus, dataDir };
  const sitrep = createSitrep(own, { warn, listsAll: true });
  await sitrep.ingest();
  const tokenizer = tokenizerOf(BUNDLED_MODEL_FILES);
  const words = wordLikeness(BUNDLED_MODEL_FILES, tokenizer);
  const model = createEmbeddings(config.embeddings, tokenizer);
  const index = await openSnapshot(own, { modelId: model.modelId, warn });
  return {
    sitrep,
    index,
    likeness: words.between,
    config: own,
    model,
    async close() {
      index.close();
      words.close();
      await model.close();
      await sitrep.close();
    },
  };
}
