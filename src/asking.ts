/** The reading side: questions and searches over the newest snapshot. */

import { withAskedFigures } from "./answer/asked-passages.ts";
import { answerFrom } from "./answer/extractive.ts";
import { refuseByForm } from "./answer/gate.ts";
import { withoutOrders } from "./answer/orders.ts";
import { readHits } from "./answer/reading.ts";
import { wantsFrom } from "./answer/wants.ts";
import { quotedAgain } from "./answer/who-said.ts";
import type { Config } from "./config.ts";
import { SitrepError } from "./domain/errors.ts";
import type { Marking } from "./domain/marking.ts";
import { checkedQuestion } from "./domain/question-text.ts";
import type { Report } from "./domain/report.ts";
import type { Filters, Hit, QuestionSummary } from "./domain/retrieval.ts";
import type { AskOptions, AskResult, ReportHead, SearchResult, Sitrep } from "./domain/service.ts";
import type { EmbeddingModel } from "./embeddings/factory.ts";
import type { OptionalReader } from "./embeddings/optional-reader.ts";
import type { WordLikeness } from "./embeddings/word-likeness.ts";
import type { Live } from "./index/live.ts";
import type { OpenIndex } from "./index/snapshot.ts";
import { openStore, type Store } from "./index/store.ts";
import { allowedPassages, checkFilters, mayUse, withinMarking } from "./retrieve/filters.ts";
import { type FollowUp, followUp } from "./retrieve/follow-up.ts";
import { explain, retrieveAll, type Searchable } from "./retrieve/hybrid.ts";
import { learntFrom } from "./retrieve/learnt.ts";
import { partsOfQuestion } from "./retrieve/parts.ts";
import { type Question, understand } from "./retrieve/question.ts";
import type { Vocabulary } from "./retrieve/spelling.ts";
import type { Glossary } from "./text/glossary.ts";

/** Passages whose sentences are weighed as evidence. */
export const EVIDENCE_PASSAGES = 20;
/** Passages reported as retrieved. */
const RETRIEVED = 10;
const MAX_CLAIMS = 4;
/** Times that an answer is made again because a report that it rests on was changed or removed meanwhile. */
const MOST_REPEATS = 2;

/** One snapshot, opened, with what is derived from it once. */
export interface Opened extends Searchable {
  readonly index: OpenIndex;
  /** The glossary that questions to this snapshot are read with. */
  readonly names: Glossary;
  /** Of the passages within the marking, and of no others. */
  readonly vocabulary: Vocabulary;
  readonly heads: readonly ReportHead[];
  isStale(): boolean;
  isWorn(): boolean;
  close(): void;
}

export interface AskingParts {
  readonly config: Pick<Config, "dataDir" | "maxMarking">;
  readonly live: Live<Opened>;
  readonly model: () => EmbeddingModel;
  readonly words: WordLikeness;
  readonly reader: Pick<OptionalReader, "load" | "read">;
  /** Told of every quote that failed its last check. */
  readonly onBrokenQuote: (message: string) => void;
}

/** What `Sitrep` promises of `ask` and `search`. */
export function asking(parts: AskingParts): Pick<Sitrep, "ask" | "search"> {
  const { model, words, reader, onBrokenQuote } = parts;

  /** The model loads while the index is read: both take time at the start of a process. */
  function vectorOf(checked: string): Promise<Float32Array> {
    const vector = model().embedQuestion(checked);
    vector.catch(() => undefined);
    return vector;
  }

  async function ask(text: string, options: AskOptions = {}): Promise<AskResult> {
    const { filters, limit = MAX_CLAIMS, conversation = [], trace = true, signal } = options;
    const began = performance.now();
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_CLAIMS) {
      throw new SitrepError("bad-input", `An answer has 1 to ${MAX_CLAIMS} claims, not ${limit}`);
    }
    const checked = checkedQuestion(text);
    // Orders are data: a question beside them is answered, and where there is none the form is refused.
    const alone = withoutOrders(checked);
    const asked = alone ?? checked;
    // What a follow-up means is known with the glossary of the index; the model loads meanwhile.
    const early = conversation.length === 0 ? vectorOf(asked) : null;
    if (early === null) model().load();
    reader.load();
    const result = await onNewest(parts, async (index) => {
      // An order must not be made whole by what was asked before it.
      const meant: FollowUp = alone === null ? { kind: "whole" } : followUp(asked, conversation, index.names);
      if (meant.kind === "who-said") return whoSaid(index, meant, parts.config.maxMarking, filters, limit);
      const whole = meant.kind === "whole" ? asked : meant.question;
      const vector = early ?? vectorOf(whole);
      const found = await find(parts, index, whole, vector, filters, EVIDENCE_PASSAGES);
      const { names, question, questionVector, hits } = found;
      // What is refused by its form is not worth reading for.
      const readings = refuseByForm(question) === null ? await readHits(reader.read, whole, hits, signal) : null;
      if (signal?.aborted === true) throw new SitrepError("cancelled", "The question was cancelled");
      const meaning = sentenceMeaning(index, hits, questionVector);
      const { answer, wants, evidence, ranked } = answerFrom(question, hits, limit, {
        report: reportsOnce(index.index.store),
        meaning,
        glossary: names,
        likeness: words.between,
        readings,
        onBrokenQuote,
      });
      const retrieved = explained(ranked.slice(0, RETRIEVED), question, names);
      const understood = { ...summary(question, wants), isMadeWhole: whole !== checked };
      return { hits, result: { question: understood, answer, retrieved, evidence: trace ? evidence() : [] } };
    });
    return { ...result, milliseconds: performance.now() - began };
  }

  async function search(
    terms: string,
    { filters, limit = 10 }: { filters?: Filters | undefined; limit?: number | undefined } = {},
  ): Promise<SearchResult> {
    const began = performance.now();
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
      throw new SitrepError("bad-input", `A search shows 1 to 100 passages, not ${limit}`);
    }
    const checked = checkedQuestion(terms);
    const vector = vectorOf(checked);
    const result = await onNewest(parts, async (index) => {
      const { question, names, hits } = await find(parts, index, checked, vector, filters, limit);
      return {
        hits,
        result: { question: summary(question, wantsFrom(question)), hits: explained(hits, question, names) },
      };
    });
    return { ...result, milliseconds: performance.now() - began };
  }

  return { ask, search };
}

/**
 * A question understood, and its passages. Of a question that asks several things, those of each part as well.
 * @param without ids of passages that are left out: for measuring what is said where they are missing.
 * @throws {SitrepError} "bad-input" for filters that no report matches.
 */
export async function find(
  { config, model }: Pick<AskingParts, "config" | "model">,
  index: Opened,
  checked: string,
  vector: Promise<Float32Array>,
  filters: Filters | undefined,
  limit: number,
  without?: ReadonlySet<number>,
) {
  const { names } = index;
  checkFilters(index.heads, filters ?? {}, config.maxMarking);
  const learnt = learntFrom(index, config.maxMarking);
  const read = (text: string): Question => understand(text, names, index.vocabulary, learnt.others);
  const question = read(checked);
  const parts = partsOfQuestion(checked, read);
  const partVectors = Promise.all(parts.map(({ text }) => model().embedQuestion(text)));
  // Awaited below, after the whole: until then its failure must not be unhandled.
  partVectors.catch(() => undefined);
  const allowed = allowedPassages(index.heads, index.index.ranges(), withinMarking(filters ?? {}, config.maxMarking));
  const rest = without === undefined ? allowed : leftOut(index.index.ranges().passageIds, without, allowed);
  const questionVector = await vector;
  const vectors = await partVectors;
  const asked = parts.map((part, position) => ({ question: part, vector: vectors[position] ?? null }));
  const whole = { question, vector: questionVector };
  const found = retrieveAll({ ...index, learnt }, [whole, ...asked], limit, rest);
  // A short list is what a search shows: nothing is put in its place.
  const hits =
    limit < EVIDENCE_PASSAGES
      ? found
      : withAskedFigures(question, found, limit, {
          store: index.index.store,
          reports: index.reports,
          names,
          ids: index.index.ranges().passageIds,
          allowed: rest,
        });
  return { names, question, questionVector, hits };
}

function leftOut(ids: ArrayLike<number>, without: ReadonlySet<number>, allowed: Uint8Array | undefined): Uint8Array {
  return Uint8Array.from(ids, (id, position) => (without.has(id) ? 0 : (allowed?.[position] ?? 1)));
}

/** Works on the newest snapshot, and again when a report that the result rests on was changed or removed meanwhile. */
export async function onNewest<R>(
  { config, live }: Pick<AskingParts, "config" | "live">,
  work: (index: Opened) => Promise<{ readonly result: R; readonly hits: readonly Hit[] }>,
): Promise<R> {
  for (let repeats = 0; ; repeats += 1) {
    const { result, isCurrent } = await live.use(async (index) => {
      const { result, hits } = await work(index);
      return { result, isCurrent: isStillSo(config.dataDir, index.index, hits) };
    });
    if (isCurrent || repeats === MOST_REPEATS) return result;
  }
}

/** Whether the reports of the hits are still as they were: one may be removed while an answer is made. */
function isStillSo(dataDir: string, index: OpenIndex, hits: readonly Hit[]): boolean {
  let now: Store;
  try {
    if (!index.isStale()) return true;
    now = openStore(dataDir, { mode: "read" });
  } catch (error) {
    // Nothing newer can be opened: a data folder that is made anew has no snapshot before its first commit.
    if (error instanceof SitrepError) return true;
    throw error;
  }
  try {
    const heads = new Map(now.listReports().map(({ id, fileSha256 }) => [id, fileSha256]));
    const used = new Set(hits.map(({ passage }) => passage.reportId));
    return index.store.listReports().every(({ id, fileSha256 }) => !used.has(id) || heads.get(id) === fileSha256);
  } finally {
    now.close();
  }
}

/** The store's reports, each read once: an answer may cite one report several times, and its text may be long. */
export function reportsOnce(store: Pick<Store, "report">): (id: string) => Report | null {
  const known = new Map<string, Report | null>();
  return (id) => {
    const report = known.get(id) ?? store.report(id);
    known.set(id, report);
    return report;
  };
}

/**
 * The quotes of the answer before, with their sources as they are now.
 * @throws {SitrepError} "bad-input" for filters that no report matches.
 */
function whoSaid(
  { heads, reports, index: { store } }: Opened,
  { question, quotes }: Extract<FollowUp, { kind: "who-said" }>,
  cap: Marking,
  filters: Filters | undefined,
  limit: number,
) {
  checkFilters(heads, filters ?? {}, cap);
  const within = withinMarking(filters ?? {}, cap);
  const reportOf = reportsOnce(store);
  const { answer, passages } = quotedAgain(quotes, limit, {
    report: (id) => {
      const head = reports.get(id);
      return head !== undefined && mayUse(head, within) ? reportOf(id) : null;
    },
    passages: (id) => store.passagesOfReport(id),
  });
  const hits = passages.flatMap((passage): Hit[] => {
    const head = reports.get(passage.reportId);
    if (head === undefined) return [];
    const ranks = { lexicalRank: null, lexicalScore: null, denseRank: null, denseScore: null };
    return [{ passage, reportPath: head.path, source: head.source, score: 1, ...ranks, why: ["quoted before"] }];
  });
  const asked: QuestionSummary = {
    text: question,
    isMadeWhole: true,
    wants: "statement",
    names: [],
    period: null,
    expansions: [],
  };
  return { hits, result: { question: asked, answer, retrieved: hits, evidence: [] } };
}

/** Cosine similarity of a question to each sentence of each hit, by passage id. */
export function sentenceMeaning(
  { index }: Pick<Opened, "index">,
  hits: readonly Hit[],
  question: Float32Array,
): Map<number, number[]> {
  const vectors = index.store.sentenceVectors(hits.map((hit) => hit.passage.id));
  const meaning = new Map<number, number[]>();
  for (const [id, sentences] of vectors) {
    meaning.set(
      id,
      sentences.map((vector) => vector.reduce((sum, value, position) => sum + value * (question[position] ?? 0), 0)),
    );
  }
  return meaning;
}

function explained(hits: readonly Hit[], question: Question, glossary: Glossary): Hit[] {
  return hits.map((hit) => ({ ...hit, why: explain(hit, question, glossary) }));
}

function summary(question: Question, wants: string): QuestionSummary {
  return {
    text: question.text,
    isMadeWhole: false,
    wants,
    names: [...new Set(question.units.filter((unit) => unit.kind === "name").map((unit) => unit.surface))],
    period: question.period,
    expansions: question.expansions,
    unknown: question.units.filter((unit) => !unit.known && !unit.shaping).map((unit) => unit.surface),
  };
}
