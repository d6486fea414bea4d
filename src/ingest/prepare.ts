/** One file of the corpus: from its bytes to a report with its passages, or the reasons why not. */

import { extname } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import type { Refusal } from "../domain/ingest.ts";
import type { PartialDate, Report, ReportSource } from "../domain/report.ts";
import type { EmbeddingModel } from "../embeddings/factory.ts";
import { embeddingKey, type NewPassage } from "../index/records.ts";
import type { StructuredText } from "../text/blocks.ts";
import { chunk } from "../text/chunk.ts";
import { contextOf, embeddingText } from "../text/indexed.ts";
import { decodeText, normaliseText } from "../text/normalise.ts";
import { extractMarkdown } from "./extract/markdown.ts";
import { extractPlain } from "./extract/plain.ts";
import {
  footnoteProblems,
  parseMetadata,
  readFrontMatter,
  reportIdFromPath,
  sourceWithoutMetadata,
} from "./metadata.ts";

/** Metadata from outside the file, for files that carry none. */
export interface Overrides {
  readonly title?: string | undefined;
  readonly publisher?: string | undefined;
  readonly published?: PartialDate | undefined;
  readonly url?: string | undefined;
}

export interface PreparedReport {
  readonly report: Report;
  readonly reading: string;
  readonly fileSha256: string;
  readonly passages: readonly NewPassage[];
  /** Texts to embed, one for each passage, with the spans of its sentences. */
  readonly texts: readonly {
    readonly text: string;
    readonly spans: { readonly start: number; readonly end: number }[];
  }[];
  readonly warnings: readonly string[];
}

export type Prepared =
  | { readonly ok: true; readonly value: PreparedReport }
  | { readonly ok: false; readonly refusal: Refusal };

/** A passage holds about this many tokens: a few sentences, well under what the model reads. */
const TARGET_TOKENS = 140;
/** Files above this are refused: no report of text is as large, and every later step is linear in it. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const TOO_LARGE = `larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`;

/**
 * Prepares a file. Refusals are returned, not thrown.
 * @param path inside the corpus, with forward slashes.
 */
export function prepare(
  path: string,
  bytes: Uint8Array,
  fileSha256: string,
  model: EmbeddingModel,
  overrides: Overrides | undefined,
): Prepared {
  const refuse = (problems: Refusal["problems"]): Prepared => ({ ok: false, refusal: { path, problems } });
  const refuseFor = (reason: string): Prepared => refuse([{ line: null, field: null, reason }]);
  if (bytes.length > MAX_FILE_BYTES) return refuseFor(TOO_LARGE);
  let text: string;
  try {
    text = normaliseText(decodeText(bytes));
  } catch (error) {
    if (error instanceof SitrepError) return refuseFor(error.message);
    throw error;
  }

  const isMarkdown = extname(path).toLowerCase() !== ".txt";
  const front = isMarkdown ? readFrontMatter(text) : null;
  let id: string | null = null;
  let source: ReportSource;
  if (front === null) {
    source = sourceWithoutMetadata(path, overrides ?? {});
  } else {
    const metadata = parseMetadata(front.yaml, 2);
    if (!metadata.ok) return refuse(metadata.problems);
    ({ id, source } = metadata);
  }
  const body = front?.body ?? text;
  const document = isMarkdown ? extractMarkdown(body) : extractPlain(body);
  if (document.reading.trim() === "") return refuseFor("holds no text");

  const report: Report = { id: id ?? reportIdFromPath(path), path, source, text: document.text };
  const chunks = passagesOf(document, source.title, model);
  return {
    ok: true,
    value: {
      report,
      reading: document.reading,
      fileSha256,
      ...chunks,
      warnings: front === null ? [] : footnoteProblems(document, source).map((problem) => `${path}: ${problem}`),
    },
  };
}

function passagesOf(
  document: StructuredText,
  title: string,
  model: EmbeddingModel,
): { passages: NewPassage[]; texts: { text: string; spans: { start: number; end: number }[] }[] } {
  const passages: NewPassage[] = [];
  const texts: { text: string; spans: { start: number; end: number }[] }[] = [];
  const chunks = chunk(document, {
    countTokens: (text) => model.countTokens(text),
    maxTokens: model.maxTokens,
    targetTokens: Math.min(TARGET_TOKENS, model.maxTokens),
    overheadTokens: (headings) => model.countTokens(`${contextOf(title, headings)}.`),
  });
  chunks.forEach(({ start, end, headings, paragraph, sentences }, ordinal) => {
    const reading = document.reading.slice(start, end);
    const embedded = embeddingText(contextOf(title, headings), reading, start, sentences);
    texts.push(embedded);
    passages.push({
      ordinal,
      start,
      end,
      text: document.text.slice(start, end),
      reading,
      locator: { page: null, headings, paragraph },
      sentences,
      embeddingKey: embeddingKey(model.modelId, embedded.text, embedded.spans),
    });
  });
  return { passages, texts };
}
