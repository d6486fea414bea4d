/** One file of the corpus: from its bytes to a report with its passages, or the reasons why not. */

import { SitrepError } from "../domain/errors.ts";
import type { Refusal } from "../domain/ingest.ts";
import { pageAt, type Report } from "../domain/report.ts";
import type { EmbeddingModel } from "../embeddings/factory.ts";
import { embeddingKey, type NewPassage } from "../index/records.ts";
import type { StructuredText } from "../text/blocks.ts";
import { chunk } from "../text/chunk.ts";
import { contextOf, embeddingText } from "../text/indexed.ts";
import type { ExtractionLimits } from "./extract/extracted.ts";
import { extract } from "./extract/formats.ts";
import {
  describe,
  footnoteProblems,
  type Overrides,
  type ParsedMetadata,
  readWritten,
  sourceWithoutMetadata,
} from "./metadata.ts";
import type { Written } from "./written.ts";

/** A file as it was read, with what is known about it from outside. Plain data: it is sent to another process. */
export interface FileToPrepare {
  /** Inside the corpus, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What is written about it beside it and in the manifest. */
  readonly written: readonly Written[];
  /** Used only where nothing is written anywhere. */
  readonly overrides?: Overrides | undefined;
}

export interface PreparedReport {
  /** The id that is written down; null where none is. */
  readonly id: string | null;
  /** Whether anything is written down about it. */
  readonly isDescribed: boolean;
  readonly report: Omit<Report, "id">;
  readonly reading: string;
  readonly passages: readonly NewPassage[];
  /** Texts to embed, one for each passage, with the spans of its sentences. */
  readonly texts: readonly {
    readonly text: string;
    readonly spans: readonly { readonly start: number; readonly end: number }[];
  }[];
  readonly warnings: readonly string[];
}

export type Prepared =
  | { readonly ok: true; readonly value: PreparedReport }
  | { readonly ok: false; readonly refusal: Refusal };

/** What cutting a text into passages needs to know of the embedding model. */
export type TokenModel = Pick<EmbeddingModel, "modelId" | "maxTokens" | "countTokens">;

/** Something that prepares files: in this process, or in one that may crash. */
export interface Preparer {
  /** Refusals are returned, not thrown. @throws {SitrepError} "cancelled" by the signal. */
  prepare(file: FileToPrepare, signal?: AbortSignal): Promise<Prepared>;
  close(): void;
}

/** A passage holds about this many tokens: a few sentences, well under what the model reads. */
const TARGET_TOKENS = 140;

/** Prepares a file. Refusals are returned, not thrown. */
export async function prepare(file: FileToPrepare, model: TokenModel, limits: ExtractionLimits): Promise<Prepared> {
  const { path } = file;
  const refuse = (problems: Refusal["problems"]): Prepared => ({ ok: false, refusal: { path, problems } });
  const refuseFor = (reason: string): Prepared => refuse([{ line: null, field: null, reason }]);
  try {
    const { document, facts, front } = await extract(file, limits);
    if (document.reading.trim() === "") return refuseFor("holds no text");
    const metadata = metadataOf(file, front, facts);
    if (!metadata.ok) return refuse(metadata.problems);
    const { id, source } = metadata;
    // A file's name is no title: it says little, and a renamed file must not have to be embedded again.
    const isTitled = facts.title !== undefined || !source.derived.includes("title");
    return {
      ok: true,
      value: {
        id,
        isDescribed: front !== null || file.written.length > 0,
        report: { path, source, text: document.text, pages: document.pages ?? [] },
        reading: document.reading,
        ...passagesOf(document, isTitled ? source.title : "", model),
        warnings: front === null ? [] : footnoteProblems(document, source).map((problem) => `${path}: ${problem}`),
      },
    };
  } catch (error) {
    if (error instanceof SitrepError && error.code === "bad-corpus") return refuseFor(error.message);
    throw error;
  }
}

/** What the front matter of a file says, completed by what is written elsewhere and by the document. */
function metadataOf(
  { path, written, overrides }: FileToPrepare,
  front: string | null,
  facts: Parameters<typeof describe>[1],
): ParsedMetadata {
  const own = front === null ? null : readWritten(front, null, 2);
  if (own !== null && !own.ok) return own;
  const all = own === null ? written : [own.written, ...written];
  if (all.length > 0) return describe(all, facts);
  return { ok: true, id: null, source: sourceWithoutMetadata(path, overrides, facts) };
}

/** @param title empty where the report has none. */
function passagesOf(
  document: StructuredText,
  title: string,
  model: TokenModel,
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
      locator: { page: pageAt(document.pages ?? [], start), headings, paragraph },
      sentences,
      embeddingKey: embeddingKey(model.modelId, embedded.text, embedded.spans),
    });
  });
  return { passages, texts };
}
