/** The composition root: from settings to what the edges may ask. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answerFrom } from "./answer/extractive.ts";
import { wantsFrom } from "./answer/wants.ts";
import type { Config } from "./config.ts";
import { SitrepError } from "./domain/errors.ts";
import type { IngestSummary } from "./domain/ingest.ts";
import { checkedQuestion } from "./domain/question-text.ts";
import type { Report } from "./domain/report.ts";
import type { Filters, Hit, QuestionSummary } from "./domain/retrieval.ts";
import type {
  AskOptions,
  AskResult,
  IngestOptions,
  ReportHead,
  SearchResult,
  Sitrep,
  Status,
} from "./domain/service.ts";
import { createEmbeddings, type EmbeddingModel } from "./embeddings/factory.ts";
import { BUNDLED_MODEL_FILES } from "./embeddings/model-files.ts";
import { tokenizerOf } from "./embeddings/tokenizer.ts";
import { wordLikeness } from "./embeddings/word-likeness.ts";
import { type OpenIndex, openIndex, snapshotIn } from "./index/snapshot.ts";
import type { Store } from "./index/store.ts";
import { keepGlossary, type LoadedGlossary, loadGlossary } from "./ingest/glossary-file.ts";
import type { Overrides } from "./ingest/prepare.ts";
import { allowedPassages, checkFilters, withinMarking } from "./retrieve/filters.ts";
import { explain, retrieve, type Searchable } from "./retrieve/hybrid.ts";
import { type Question, understand } from "./retrieve/question.ts";
import type { Vocabulary } from "./retrieve/spelling.ts";
import { vocabularyOf } from "./retrieve/vocabulary.ts";
import { passageTerms } from "./text/indexed.ts";

export interface SitrepOptions {
  /** Told in one sentence of what a person should know and nothing can be thrown for. */
  readonly warn: (message: string) => void;
  /** Told of faults that a person should look into, though the call went on: a quote that failed its check. */
  readonly error?: ((message: string) => void) | undefined;
  /** Metadata for files that carry none, by path inside the corpus. */
  readonly overrides?: ReadonlyMap<string, Overrides> | undefined;
}

/** Passages whose sentences are weighed as evidence. */
const EVIDENCE_PASSAGES = 14;
/** Passages reported as retrieved. */
const RETRIEVED = 10;
const MAX_CLAIMS = 4;
/** Part of the fingerprint: raise it when passages or terms come out differently for the same file. */
const PIPELINE = "3";
const STARTER_GLOSSARY = fileURLToPath(new URL("../corpus/glossary.yaml", import.meta.url));

/** One snapshot, opened, with what is derived from it once. */
interface Opened extends Searchable {
  readonly index: OpenIndex;
  readonly vocabulary: Vocabulary;
  readonly heads: readonly ReportHead[];
}

/**
 * Sitrep over the folders of the settings. Nothing is read or loaded before the first call needs it.
 * Call `close` when done; an instance that is only idle does not keep the process alive.
 */
export function createSitrep(config: Config, options: SitrepOptions): Sitrep {
  const { warn } = options;
  let model: EmbeddingModel | null = null;
  let opened: Promise<Opened> | null = null;
  let glossary: Promise<LoadedGlossary> | null = null;
  const tokenizer = tokenizerOf(BUNDLED_MODEL_FILES);
  const words = wordLikeness(BUNDLED_MODEL_FILES, tokenizer);

  const theModel = (): EmbeddingModel => {
    model ??= createEmbeddings(config.embeddings, tokenizer);
    return model;
  };
  const theGlossary = (): Promise<LoadedGlossary> => {
    glossary ??= loadGlossary([join(config.corpusDir, "glossary.yaml"), STARTER_GLOSSARY], config.dataDir);
    return glossary;
  };
  const termsWith = async () => {
    const { glossary: names, fingerprint } = await theGlossary();
    return {
      termsOf: (title: string, headings: readonly string[], reading: string) =>
        passageTerms({ title, headings, reading }, names),
      fingerprint: `${PIPELINE}:${fingerprint}`,
    };
  };

  async function open(): Promise<Opened> {
    const { termsOf, fingerprint } = await termsWith();
    const index = await openIndex(config.dataDir, { modelId: theModel().modelId, termsOf, warn });
    if (index.snapshot.fingerprint !== fingerprint) {
      warn("The glossary or the settings changed since the last ingest; run `npm run ingest` to use them.");
    }
    const heads = index.store.listReports();
    return {
      index,
      store: index.store,
      lexical: index.lexical,
      vectors: index.vectors,
      heads,
      reports: new Map(heads.map((head) => [head.id, head])),
      vocabulary: vocabularyOf(index.lexical),
    };
  }
  const theIndex = (): Promise<Opened> => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };

  /** The question understood, and its passages. */
  async function find(text: string, filters: Filters | undefined, limit: number) {
    const checked = checkedQuestion(text);
    // The model loads while the index is read: both take time at the start of a process.
    const vector = theModel().embedQuestion(checked);
    vector.catch(() => undefined);
    const [index, { glossary: names }] = await Promise.all([theIndex(), theGlossary()]);
    checkFilters(index.heads, filters ?? {}, config.maxMarking);
    const question = understand(checked, names, index.vocabulary);
    const allowed = allowedPassages(index.heads, index.index.ranges(), withinMarking(filters ?? {}, config.maxMarking));
    const questionVector = await vector;
    const hits = retrieve(index, question, questionVector, limit, allowed);
    return { index, names, question, questionVector, hits };
  }

  async function ask(text: string, { filters, limit = MAX_CLAIMS, signal }: AskOptions = {}): Promise<AskResult> {
    const began = performance.now();
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_CLAIMS) {
      throw new SitrepError("bad-input", `An answer has 1 to ${MAX_CLAIMS} claims, not ${limit}`);
    }
    const { index, names, question, questionVector, hits } = await find(text, filters, EVIDENCE_PASSAGES);
    if (signal?.aborted === true) throw new SitrepError("cancelled", "The question was cancelled");
    const meaning = sentenceMeaning(index, hits, questionVector);
    const { answer, wants, evidence } = answerFrom(question, hits, limit, {
      report: reportsOnce(index.index.store),
      meaning,
      glossary: names,
      likeness: words.between,
      onBrokenQuote: options.error ?? warn,
    });
    return {
      question: summary(question, wants),
      answer,
      retrieved: explained(hits.slice(0, RETRIEVED), question, names),
      evidence,
      milliseconds: performance.now() - began,
    };
  }

  async function search(
    terms: string,
    { filters, limit = 10 }: { filters?: Filters | undefined; limit?: number | undefined } = {},
  ): Promise<SearchResult> {
    const began = performance.now();
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
      throw new SitrepError("bad-input", `A search shows 1 to 100 passages, not ${limit}`);
    }
    const { question, names, hits } = await find(terms, filters, limit);
    return {
      question: summary(question, wantsFrom(question)),
      hits: explained(hits, question, names),
      milliseconds: performance.now() - began,
    };
  }

  async function closeIndex(): Promise<void> {
    const current = opened;
    opened = null;
    if (current !== null) await current.then(({ index }) => index.close()).catch(() => undefined);
  }

  async function runIngest({ onProgress, signal }: IngestOptions = {}): Promise<IngestSummary> {
    glossary = null;
    const [{ ingest }, { termsOf, fingerprint }] = await Promise.all([import("./ingest/run.ts"), termsWith()]);
    const summary = await ingest({
      corpusDir: config.corpusDir,
      dataDir: config.dataDir,
      model: theModel(),
      termsOf,
      fingerprint,
      overrides: options.overrides,
      warn,
      onProgress,
      signal,
    });
    await keepGlossary(await theGlossary(), config.dataDir).catch(() =>
      warn("The glossary cannot be kept in the data folder: each start reads it anew, which takes a little longer."),
    );
    await closeIndex();
    return summary;
  }

  async function status(): Promise<Status> {
    const { snapshot } = (await theIndex()).index;
    const { number, createdAt, model, dimensions, reports, passages } = snapshot;
    const { dataDir, corpusDir } = config;
    return { snapshot: number, createdAt, model, dimensions, reports, passages, dataDir, corpusDir };
  }

  return {
    ask,
    search,
    ingest: runIngest,
    status,
    reports: async () => (await theIndex()).heads,
    async reportText(id) {
      const report = (await theIndex()).index.store.report(id);
      if (report === null) throw new SitrepError("bad-input", `There is no report with the id ${JSON.stringify(id)}`);
      return report.text;
    },
    hasIndex: () => snapshotIn(config.dataDir) !== null,
    async close() {
      await closeIndex();
      words.close();
      await model?.close();
      model = null;
    },
  };
}

/** The store's reports, each read once: an answer may cite one report several times, and its text may be long. */
function reportsOnce(store: Pick<Store, "report">): (id: string) => Report | null {
  const known = new Map<string, Report | null>();
  return (id) => {
    const report = known.get(id) ?? store.report(id);
    known.set(id, report);
    return report;
  };
}

function sentenceMeaning(index: Opened, hits: readonly Hit[], question: Float32Array): Map<number, number[]> {
  const vectors = index.index.store.sentenceVectors(hits.map((hit) => hit.passage.id));
  const meaning = new Map<number, number[]>();
  for (const [id, sentences] of vectors) {
    meaning.set(
      id,
      sentences.map((vector) => vector.reduce((sum, value, position) => sum + value * (question[position] ?? 0), 0)),
    );
  }
  return meaning;
}

function explained(hits: readonly Hit[], question: Question, glossary: LoadedGlossary["glossary"]): Hit[] {
  return hits.map((hit) => ({ ...hit, why: explain(hit, question, glossary) }));
}

function summary(question: Question, wants: string): QuestionSummary {
  return {
    text: question.text,
    wants,
    names: [...new Set(question.units.filter((unit) => unit.kind === "name").map((unit) => unit.surface))],
    period: question.period,
    expansions: question.expansions,
  };
}
