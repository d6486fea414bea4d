/** Sentences as evidence: what of the question each one holds, and how near it is in meaning. */

import type { Sentence } from "../domain/passage.ts";
import { dateRange, type Period } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Question } from "../retrieve/question.ts";
import { CELL_GAP } from "../text/blocks.ts";
import type { Glossary } from "../text/glossary.ts";
import type { Token } from "../text/tokens.ts";
import { coverage, nearness, shareHeld } from "./coverage.ts";
import { type Asked, askedOf, cuesOf } from "./cues.ts";
import { rowOf } from "./features.ts";
import { type Focus, focusOf } from "./focus.ts";
import { type Likeness, match, type TextView } from "./matching.ts";
import { passageView } from "./passage-view.ts";
import { asOf } from "./quoted-time.ts";
import { type Phrase, phrasesOf, strangenessOf } from "./strangers.ts";
import { periodFit } from "./timing.ts";
import { countsTheRightThing, holdsWanted, type Wants } from "./wants.ts";

/** A sentence of a retrieved passage, measured. */
export interface Candidate {
  readonly hit: Hit;
  /** Position in `hit.passage.sentences`. */
  readonly index: number;
  readonly sentence: Sentence;
  readonly reading: string;
  readonly tokens: readonly Token[];
  /** Terms of the sentence: words, parts, number forms and names. */
  readonly terms: ReadonlySet<string>;
  /** For each unit of the question, how well this sentence alone holds it, 0 to 1. */
  readonly held: readonly number[];
  /** What is measured, in the order of FEATURES. */
  readonly row: Float64Array;
}

/** A sentence of a passage before it is measured: what it says can be compared already. */
export type Said = Omit<Candidate, "held" | "row">;

/** How far words count that stand not in the sentence itself but around it; more in the one it points back to. */
const POINTED_TO = 0.8;
const PREVIOUS = 0.4;
const NEXT = 0.4;
const PASSAGE = 0.4;
const HEADING = 0.6;

/**
 * Measures every sentence of the hits.
 * @param meaning cosine similarity of the question to each sentence of each hit, by passage id; absent where
 *   the store has no sentence vectors.
 */
export function measure(
  question: Question,
  wants: Wants,
  hits: readonly Hit[],
  meaning: ReadonlyMap<number, readonly number[]>,
  glossary: Glossary,
  likeness: Likeness,
): Candidate[] {
  const best = Math.max(...hits.map((hit) => hit.score), 1e-9);
  const focus = focusOf(question);
  const asked = askedOf(question);
  const phrases = phrasesOf(question);
  return hits.flatMap((hit, position) => {
    const found = { hit, position, retrieval: hit.score / best, meaning: meaning.get(hit.passage.id) };
    return measurePassage(question, wants, focus, asked, phrases, found, glossary, likeness);
  });
}

/** A passage as it was found. */
interface Found {
  readonly hit: Hit;
  /** 0 for the best. */
  readonly position: number;
  /** Its score as a share of the best one's. */
  readonly retrieval: number;
  readonly meaning: readonly number[] | undefined;
}

function measurePassage(
  question: Question,
  wants: Wants,
  focus: Focus,
  asked: Asked,
  phrases: readonly Phrase[],
  { hit, position, retrieval, meaning }: Found,
  glossary: Glossary,
  likeness: Likeness,
): Candidate[] {
  const { passage, source } = hit;
  const { sentences, about, heading } = passageView(hit, glossary);
  const matchesOf = (view: TextView) => question.units.map((unit) => match(unit, view, glossary, likeness));
  const matches = sentences.map(({ view }) => matchesOf(view));
  const bySentence = matches.map((units) => units.map(({ credit }) => credit));
  const byHeading = matchesOf(heading).map(({ credit }) => credit);
  // Of "militant attacks" the attacks are counted.
  const counted = focus.things.slice(-1).flatMap((thing) => question.units[thing]?.surface ?? []);
  const anywhere = question.units.map((_, unit) => Math.max(0, ...bySentence.map((each) => each[unit] ?? 0)));
  const strange = strangenessOf(
    question,
    phrases,
    [...sentences.map(({ view }) => view.tokens), heading.tokens],
    question.units.map((_, unit) => Math.max(anywhere[unit] ?? 0, byHeading[unit] ?? 0)),
  );

  return sentences.map(({ sentence, reading, view, signs, isDependent }, index): Candidate => {
    const { tokens: own, terms } = view;
    const held = bySentence[index] ?? [];
    const before = isDependent ? bySentence.slice(Math.max(0, index - 1), index) : [];
    const inContext = question.units.map((_, unit) =>
      Math.max(
        held[unit] ?? 0,
        (isDependent ? POINTED_TO : PREVIOUS) * (bySentence[index - 1]?.[unit] ?? 0),
        NEXT * (bySentence[index + 1]?.[unit] ?? 0),
        PASSAGE * (anywhere[unit] ?? 0),
        HEADING * (byHeading[unit] ?? 0),
      ),
    );
    const things = shareHeld(focus.things, question, held);
    const deed = shareHeld(focus.deed, question, held);
    const wanted = holdsWanted(wants, question, reading, own);
    const period = periodFit(question, wants, reading, about, passage.reading, source.period);
    const cover = coverage(question, held, inContext);
    const missed = [period, wanted, things, deed, cover.predicate - FAINT].map((value) => (value < 0 ? 1 : 0));
    const [missesPeriod = 0, missesWanted = 0, missesThings = 0, missesDeed = 0, missesPredicate = 0] = missed;
    return {
      hit,
      index,
      sentence,
      reading,
      tokens: own,
      terms,
      held,
      row: rowOf(cover, strange, cuesOf(asked, signs), {
        things,
        deed,
        otherSubject: isOfAnother(question, view, [held, ...before], glossary) ? 1 : 0,
        nearness: nearness(question, focus, matches[index] ?? []),
        sentenceMeaning: meaning?.[index] ?? hit.denseScore ?? 0,
        passageMeaning: hit.denseScore ?? 0,
        wanted,
        counts: countsTheRightThing(wants, question, counted, reading, own, likeness),
        dated: datedFit(question, hit, index),
        period,
        retrieval,
        reliability: RELIABILITY[source.reliability],
        primary: isPrimary(question, source.period) ? 1 : 0,
        // A table cell or a heading in disguise says nothing by itself; a sentence has six words or more. The row of a
        // printed table is put together from what stands in its columns: a sentence that says the same goes first.
        fragment: own.length < SHORTEST_SENTENCE || isPrintedRow(hit, sentence) ? 1 : 0,
        // One thing that is plainly missing outweighs much that is there: a straight line cannot say that.
        misses: Math.max(...missed),
        missesPeriod,
        missesWanted,
        missesThings,
        missesDeed,
        missesPredicate,
        place: 1 / (1 + position),
      }),
    };
  });
}

function isPrintedRow({ passage }: Hit, { start, end }: Sentence): boolean {
  if (passage.locator.page === null) return false;
  return passage.text.slice(start - passage.start, end - passage.start).includes(CELL_GAP);
}

/**
 * Whether the time that a sentence is about is one that is asked for: 1 it lies within it, 0.5 it shares a part of it,
 * -1 it is another; less where only the report tells. 0 where none is asked for, or nothing tells.
 */
function datedFit({ periods }: Question, hit: Hit, index: number): number {
  const sentence = hit.passage.sentences[index];
  if (periods.length === 0 || sentence === undefined) return 0;
  const about = asOf({ hit, index }, sentence);
  if (about === null) return 0;
  const certainty = about.basis === "report" ? BY_REPORT : 1;
  const own = { from: dateRange(about.from).from, to: dateRange(about.to).to };
  const fits = periods.map(({ from, to }) =>
    own.to < from || to < own.from ? -1 : from <= own.from && own.to <= to ? 1 : 0.5,
  );
  return certainty * Math.max(...fits);
}

/** How far the time that a report covers is that of each of its sentences. */
const BY_REPORT = 0.5;

/** Kinds of names that a statement can be about. Places and terms stand in statements about anybody. */
const SUBJECTS = new Set(["armed-group", "person", "organisation", "think-tank"]);

/**
 * Whether a sentence is about somebody else: the question names a subject that the sentence does not hold, nor the one
 * that it points back to, and the sentence names another.
 */
function isOfAnother(
  question: Question,
  view: TextView,
  around: readonly (readonly number[])[],
  glossary: Glossary,
): boolean {
  const asked = question.names.filter((name) => name.entries.some(({ kind }) => SUBJECTS.has(kind)));
  const absent = asked.some((name) => {
    const unit = question.units.findIndex((each) => each.kind === "name" && each.start === name.start);
    return unit >= 0 && around.every((held) => (held[unit] ?? 0) < 0.5);
  });
  if (!absent) return false;
  const askedTerms = new Set(question.names.flatMap((name) => name.entries.map((entry) => glossary.term(entry))));
  return view.names.some((name) =>
    name.entries.every((entry) => SUBJECTS.has(entry.kind) && !askedTerms.has(glossary.term(entry))),
  );
}

/** Whether the report is about the asked time and no other. */
function isPrimary({ period }: Question, reportPeriod: Period | null): boolean {
  if (period === null || reportPeriod === null) return false;
  return dateRange(reportPeriod.from).from >= period.from && dateRange(reportPeriod.to).to <= period.to;
}

const SHORTEST_SENTENCE = 6;
/** A sentence that holds less than this of what is said about the subject is merely about the subject. */
const FAINT = 0.2;
/** How much an Admiralty letter speaks for a sentence against one that says the same; F is "cannot be judged". */
const RELIABILITY = { A: 1, B: 0.8, C: 0.6, D: 0.2, E: 0, F: 0.5 } as const;
