/** The newest snapshot, opened with what is derived from it once: its names, its words, its reports. */

import type { Opened } from "./asking.ts";
import type { Config } from "./config.ts";
import { openIndex } from "./index/snapshot.ts";
import { fingerprintOf, glossaryPaths } from "./ingest/fingerprint.ts";
import { loadGlossary } from "./ingest/glossary-file.ts";
import { allowedPassages } from "./retrieve/filters.ts";
import { vocabularyOf } from "./retrieve/vocabulary.ts";
import { passageTerms } from "./text/indexed.ts";

/** The glossary of the settings, the terms that passages get with it, and what tells whether it has changed. */
export async function glossaryOf({ corpusDir, dataDir }: Pick<Config, "corpusDir" | "dataDir">) {
  const loaded = await loadGlossary(glossaryPaths(corpusDir), dataDir);
  return {
    loaded,
    termsOf: (title: string, headings: readonly string[], reading: string) =>
      passageTerms({ title, headings, reading }, loaded.glossary),
    fingerprint: fingerprintOf(loaded),
  };
}

/**
 * Opens the newest snapshot of the data folder. Close it when done.
 * @throws {SitrepError} "index-missing" without a snapshot; "index-unusable".
 */
export async function openSnapshot(
  config: Pick<Config, "corpusDir" | "dataDir" | "maxMarking">,
  { modelId, warn }: { readonly modelId: string; readonly warn: (message: string) => void },
): Promise<Opened> {
  const { loaded, termsOf, fingerprint } = await glossaryOf(config);
  const index = await openIndex(config.dataDir, { modelId, termsOf, warn });
  if (index.snapshot.fingerprint !== fingerprint) {
    warn("The glossary or the settings changed since the last ingest; run `npm run ingest` to use them.");
  }
  const heads = index.store.listReports();
  const usable = allowedPassages(heads, index.ranges(), { maxMarking: config.maxMarking });
  return {
    index,
    names: loaded.glossary,
    store: index.store,
    lexical: index.lexical,
    vectors: index.vectors,
    heads,
    reports: new Map(heads.map((head) => [head.id, head])),
    vocabulary: vocabularyOf(index.lexical, usable),
    isStale: () => index.isStale(),
    isWorn: () => index.isWorn(),
    close: () => index.close(),
  };
}
