/** What tells whether an index was made as it would be made now. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoadedGlossary } from "./glossary-file.ts";
import type { Overrides } from "./metadata.ts";

/** Part of the fingerprint: raise it when passages, terms or figures come out differently for the same file. */
const PIPELINE = "11";
const STARTER_GLOSSARY = fileURLToPath(new URL("../../corpus/glossary.yaml", import.meta.url));

/** Where the glossary of a corpus is looked for, in order. */
export function glossaryPaths(corpusDir: string): readonly string[] {
  return [join(corpusDir, "glossary.yaml"), STARTER_GLOSSARY];
}

/** Stands for all but the reports and the embedding model that an index is made from; kept with each snapshot. */
export function fingerprintOf({ fingerprint }: Pick<LoadedGlossary, "fingerprint">): string {
  return `${PIPELINE}:${fingerprint}`;
}

/** The checksum by which a file's content is known again, wherever it is. */
export function contentSha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The checksums under which a report is stored.
 * @param aboutSha256 of what is written about it elsewhere.
 * @param given its metadata from outside, where it has any.
 */
export function checksumsOf(
  bytes: Uint8Array,
  aboutSha256: string,
  given: Overrides | undefined,
): { readonly fileSha256: string; readonly contentSha256: string } {
  const contentSha256 = contentSha256Of(bytes);
  const parts = JSON.stringify([aboutSha256, given ?? null, contentSha256]);
  return { contentSha256, fileSha256: createHash("sha256").update(parts).digest("hex") };
}
