/** Hybrid retrieval: lexical and dense candidates, fused by score, then spread over reports. */

import type { Passage } from "../domain/passage.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { ReportHead } from "../domain/service.ts";
import type { LexicalIndex } from "../index/lexical.ts";
import type { Store } from "../index/store.ts";
import type { VectorIndex } from "../index/vectors.ts";
import type { Glossary } from "../text/glossary.ts";
import { passageTerms } from "../text/indexed.ts";
import { favourOf } from "./favour.ts";
import { fuse } from "./fusion.ts";
import type { Learnt } from "./learnt.ts";
import type { Question } from "./question.ts";

/** One opened snapshot, as far as retrieval needs it. */
export interface Searchable {
  readonly store: Pick<Store, "passages"> & Partial<Pick<Store, "sentenceVectors">>;
  readonly lexical: LexicalIndex;
  readonly vectors: VectorIndex;
  readonly reports: ReadonlyMap<string, ReportHead>;
  /** What the reports are known by; absent: no report is favoured. */
  readonly learnt?: Pick<Learnt, "profiles" | "reportOf"> | undefined;
}

/** A question, or one of several that were asked at once, with its vector; null searches by words alone. */
export interface Asked {
  readonly question: Question;
  readonly vector: Float32Array | null;
}

/** Candidates taken from each side before fusion. */
export const CANDIDATES = 100;
/** Passages that are fetched and looked at after fusion, for each one asked for; diversity chooses among them. */
const POOL = 2;
/** What a passage gains, at most, whose report the question points to; both sides together give 1. */
const FAVOUR = 0.15;
/** How much it counts that one sentence of a passage is nearer to the question than the passage as a whole. */
const SENTENCE = 0.4;
/** The first so many passages of a report keep their score; each further one keeps this share of the one before. */
const FREE_PER_REPORT = 3;
const REPEAT_FACTOR = 0.9;

/**
 * The passages nearest to a question, best first.
 * @param vector of the question; null searches by words alone.
 * @param limit 1 to 100.
 * @param allowed by position of the passage in the index; absent means all.
 */
export function retrieve(
  index: Searchable,
  question: Question,
  vector: Float32Array | null,
  limit: number,
  allowed?: Uint8Array,
): Hit[] {
  const none = { ids: new Uint32Array(0), scores: new Float32Array(0) };
  const lexical = question.terms.length === 0 ? none : index.lexical.search(question.terms, CANDIDATES, allowed);
  const dense = vector === null ? none : index.vectors.search(vector, CANDIDATES, allowed);
  const fused = fuse(lexical, dense, limit * POOL, favourFor(index, question));
  const lexicalRanks = rankOf(lexical.ids);
  const denseRanks = rankOf(dense.ids);
  const passages = index.store.passages(fused.ids);
  const ahead = sentencesAhead(index, fused.ids, vector);

  const hits = passages.flatMap((passage, position): Hit[] => {
    const report = index.reports.get(passage.reportId);
    if (report === undefined) return [];
    const lexicalRank = lexicalRanks.get(passage.id);
    const denseRank = denseRanks.get(passage.id);
    return [
      {
        passage,
        reportPath: report.path,
        source: report.source,
        score: (fused.scores[position] ?? 0) + SENTENCE * (ahead[position] ?? 0),
        lexicalRank: lexicalRank ?? null,
        lexicalScore: lexicalRank === undefined ? null : (lexical.scores[lexicalRank - 1] ?? null),
        denseRank: denseRank ?? null,
        denseScore: denseRank === undefined ? null : (dense.scores[denseRank - 1] ?? null),
        why: [],
      },
    ];
  });
  const spreadOut = spread(hits, limit);
  // What is added to the sum of both sides may take the best above 1.
  const most = Math.max(1, spreadOut[0]?.score ?? 0);
  return spreadOut.map((hit) => ({ ...hit, score: hit.score / most }));
}

/**
 * For each passage, how much nearer in meaning its nearest sentence is than the whole, 0 to 1: the sentence that
 * answers may stand among others of another subject.
 */
function sentencesAhead(index: Searchable, ids: Uint32Array, vector: Float32Array | null): number[] {
  if (vector === null || index.store.sentenceVectors === undefined) return [];
  const sentences = index.store.sentenceVectors(ids);
  return Array.from(ids, (id) => {
    const own = index.vectors.vectorOf(id);
    if (own === null) return 0;
    const whole = dot(own, vector);
    const nearest = Math.max(whole, ...(sentences.get(id) ?? []).map((sentence) => dot(sentence, vector)));
    return Math.min(1, nearest - whole);
  });
}

/** Of vectors of length 1, their cosine. */
/** Of two vectors of one length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let position = 0; position < a.length; position++) sum += (a[position] ?? 0) * (b[position] ?? 0);
  return sum;
}

/**
 * The passages nearest to a question that asks several things: those of the whole and of each part, by their best
 * score. Each hit has the ranks that it had there.
 * @param asked the whole first; with the whole alone it is `retrieve`.
 */
export function retrieveAll(index: Searchable, asked: readonly Asked[], limit: number, allowed?: Uint8Array): Hit[] {
  const best = new Map<number, Hit>();
  for (const { question, vector } of asked) {
    for (const hit of retrieve(index, question, vector, limit, allowed)) {
      if (hit.score > (best.get(hit.passage.id)?.score ?? -1)) best.set(hit.passage.id, hit);
    }
  }
  return [...best.values()].sort(byScore).slice(0, limit);
}

function favourFor({ learnt }: Searchable, question: Question): ((id: number) => number) | undefined {
  if (learnt === undefined) return undefined;
  const favour = favourOf(learnt.profiles, question);
  return (id) => FAVOUR * (favour[learnt.reportOf(id)] ?? 0);
}

function rankOf(ids: Uint32Array): Map<number, number> {
  const ranks = new Map<number, number>();
  ids.forEach((id, position) => {
    ranks.set(id, position + 1);
  });
  return ranks;
}

/** Reorders so that one report does not fill the list: from its fourth passage on, its scores shrink. */
function spread(hits: readonly Hit[], limit: number): Hit[] {
  const taken = new Map<string, number>();
  const rescored = [...hits].sort(byScore).map((hit) => {
    const before = taken.get(hit.passage.reportId) ?? 0;
    taken.set(hit.passage.reportId, before + 1);
    const repeats = Math.max(0, before + 1 - FREE_PER_REPORT);
    if (repeats === 0) return hit;
    const factor = REPEAT_FACTOR ** repeats;
    return { ...hit, score: hit.score * factor, why: [`passage ${before + 1} of its report: x${factor.toFixed(2)}`] };
  });
  return rescored.sort(byScore).slice(0, limit);
}

function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || a.passage.id - b.passage.id;
}

/** The words of the question that stand in the passage, for the trace. */
export function explain(hit: Hit, question: Question, glossary: Glossary): string[] {
  const terms = termsOf(hit, glossary);
  const matched = question.units
    .filter((unit) => unit.alternatives.some((alternative) => alternative.some((term) => terms.has(term))))
    .map((unit) => unit.surface);
  return [matched.length === 0 ? "by meaning alone" : `words: ${[...new Set(matched)].join(", ")}`, ...hit.why];
}

/** By the passage itself: as long as it is kept in memory. */
const termsOfPassages = new WeakMap<Passage, { title: string; glossary: Glossary; terms: ReadonlySet<string> }>();

function termsOf({ passage, source: { title } }: Hit, glossary: Glossary): ReadonlySet<string> {
  const known = termsOfPassages.get(passage);
  if (known !== undefined && known.title === title && known.glossary === glossary) return known.terms;
  const { reading, locator } = passage;
  const terms = new Set(passageTerms({ title, headings: locator.headings, reading }, glossary));
  termsOfPassages.set(passage, { title, glossary, terms });
  return terms;
}
