/** The hybrid retriever as LangChain knows retrievers, so that it serves in anybody's chain. */

import { Document } from "@langchain/core/documents";
import { BaseRetriever, type BaseRetrieverInput } from "@langchain/core/retrievers";
import type { Hit } from "../domain/retrieval.ts";

/** What a document of this retriever carries besides its text. */
export interface PassageMetadata extends Record<string, unknown> {
  readonly passage: number;
  readonly report: string;
  readonly path: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly published: string | null;
  readonly reliability: string;
  readonly marking: string | null;
  /** Offsets of the text in the report's canonical text. */
  readonly start: number;
  readonly end: number;
  readonly headings: readonly string[];
  readonly page: number | null;
  readonly score: number;
}

/** @example `const documents = await new HybridRetriever({ find: (query) => hitsFor(query) }).invoke("TTP attacks");` */
export class HybridRetriever extends BaseRetriever<PassageMetadata> {
  static override lc_name(): string {
    return "HybridRetriever";
  }

  override lc_namespace = ["sitrep", "retrievers"];

  private readonly find: (query: string) => Promise<readonly Hit[]>;

  /** @param fields.find gives the passages for a query, best first. */
  constructor(fields: BaseRetrieverInput & { find: (query: string) => Promise<readonly Hit[]> }) {
    super(fields);
    this.find = fields.find;
  }

  override async _getRelevantDocuments(query: string): Promise<Document<PassageMetadata>[]> {
    const hits = await this.find(query);
    return hits.map(documentOf);
  }
}

function documentOf({ passage, reportPath, source, score }: Hit): Document<PassageMetadata> {
  return new Document({
    id: String(passage.id),
    pageContent: passage.text,
    metadata: {
      passage: passage.id,
      report: passage.reportId,
      path: reportPath,
      title: source.title,
      publisher: source.publisher,
      published: source.published,
      reliability: source.reliability,
      marking: source.marking,
      start: passage.start,
      end: passage.end,
      headings: passage.locator.headings,
      page: passage.locator.page,
      score,
    },
  });
}
