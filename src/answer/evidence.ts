/** Sentences as evidence: what of the question each one holds, and how near it is in meaning. */

import type { Sentence } from "../domain/passage.ts";
import { dateRange, type Period } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { AskedUnit, Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import type { Token } from "../text/tokens.ts";
import { type Focus, focusOf } from "./focus.ts";
import { type Likeness, type Match, match, type TextView } from "./matching.ts";
import { passageView } from "./passage-view.ts";
import { periodFit } from "./timing.ts";
import { countsTheRightThing, holdsWanted, type Wants } from "./wants.ts";

/** What is measured of a candidate; each is explained where it is computed. Ranges are 0..1 or -1..1. */
export const FEATURES = [
  "sentenceCover",
  "contextCover",
  "predicate",
  "things",
  "deed",
  "nearness",
  "name",
  "nameAbsent",
  "otherSubject",
  "sentenceMeaning",
  "passageMeaning",
  "wanted",
  "counts",
  "period",
  "retrieval",
  "fragment",
  "reliability",
  "primary",
  "misses",
  "missesPeriod",
  "missesWanted",
  "missesThings",
  "missesDeed",
  "missesPredicate",
] as const;
export type Features = Readonly<Record<(typeof FEATURES)[number], number>>;

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
  readonly features: Features;
}

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
  return hits.flatMap((hit) =>
    measurePassage(question, wants, focus, hit, hit.score / best, meaning.get(hit.passage.id), glossary, likeness),
  );
}

function measurePassage(
  question: Question,
  wants: Wants,
  focus: Focus,
  hit: Hit,
  retrieval: number,
  meaning: readonly number[] | undefined,
  glossary: Glossary,
  likeness: Likeness,
): Candidate[] {
  const { passage, source } = hit;
  const { sentences, about, heading } = passageView(hit, glossary);
  const matchesOf = (view: TextView) => question.units.map((unit) => match(unit, view, glossary, likeness));
  const matches = sentences.map(({ view }) => matchesOf(view));
  const bySentence = matches.map((units) => units.map(({ credit }) => credit));
  const byHeading = matchesOf(heading).map(({ credit }) => credit);
  const anywhere = question.units.map((_, unit) => Math.max(0, ...bySentence.map((each) => each[unit] ?? 0)));

  return sentences.map(({ sentence, reading, view, isDependent }, index): Candidate => {
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
    const cover = coverage(question.units, held, inContext);
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
      // Each one by its name: objects that all have one shape are made and read several times faster.
      features: {
        sentenceCover: cover.sentenceCover,
        contextCover: cover.contextCover,
        predicate: cover.predicate,
        name: cover.name,
        nameAbsent: cover.nameAbsent,
        things,
        deed,
        otherSubject: isOfAnother(question, view, [held, ...before], glossary) ? 1 : 0,
        nearness: nearness(question, focus, matches[index] ?? []),
        sentenceMeaning: meaning?.[index] ?? hit.denseScore ?? 0,
        passageMeaning: hit.denseScore ?? 0,
        wanted,
        counts: countsTheRightThing(wants, question, reading, own),
        period,
        retrieval,
        reliability: RELIABILITY[source.reliability],
        primary: isPrimary(question, source.period) ? 1 : 0,
        // A table cell or a heading in disguise says nothing by itself; a sentence has six words or more.
        fragment: own.length < SHORTEST_SENTENCE ? 1 : 0,
        // One thing that is plainly missing outweighs much that is there: a straight line cannot say that.
        misses: Math.max(...missed),
        missesPeriod,
        missesWanted,
        missesThings,
        missesDeed,
        missesPredicate,
      },
    };
  });
}

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

/** Words apart at which what is asked and whom it is asked of still belong together, and no longer do. */
const TOGETHER = 3;
const APART = 12;

/** How near the asked thing or deed stands to the subject: 1 together, 0 apart or one of them missing, 0.5 nothing to see. */
function nearness(question: Question, focus: Focus, matches: readonly Match[]): number {
  const wanted = [...focus.things, ...focus.deed];
  const subjects = question.units.flatMap((unit, index) => (unit.kind === "name" ? [index] : []));
  if (wanted.length === 0 || subjects.length === 0) return 0.5;
  const places = (units: readonly number[]) => units.flatMap((unit) => matches[unit]?.at ?? []);
  const subjectPlaces = places(subjects);
  let least = APART;
  for (const place of places(wanted)) {
    for (const subject of subjectPlaces) least = Math.min(least, Math.abs(place - subject));
  }
  return Math.min(1, (APART - least) / (APART - TOGETHER));
}

/** 1 the sentence holds all of these units, by weight, -1 none of them, 0 half, or there are none. */
function shareHeld(units: readonly number[], question: Question, held: readonly number[]): number {
  let total = 0;
  let sum = 0;
  for (const index of units) {
    const unit = question.units[index];
    const weight = (unit?.weight ?? 0) * (unit?.known === false ? UNKNOWN_WORD : 1);
    total += weight;
    sum += weight * (held[index] ?? 0);
  }
  return total === 0 ? 0 : (2 * sum) / total - 1;
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

/** A word that no report holds can be a manner of speaking; a name that no report holds is another subject. */
const UNKNOWN_WORD = 0.5;

/** What of the question the sentence holds, and what it holds with its surroundings. */
function coverage(
  units: readonly AskedUnit[],
  held: readonly number[],
  inContext: readonly number[],
): Pick<Features, "sentenceCover" | "contextCover" | "predicate" | "name" | "nameAbsent"> {
  let total = 0;
  let inSentence = 0;
  let around = 0;
  let predicates = 0;
  let predicate = 0;
  let names = 0;
  let name = 0;
  let nameAbsent = 0;
  units.forEach((unit, index) => {
    const own = held[index] ?? 0;
    const context = inContext[index] ?? 0;
    const isWord = unit.kind === "word";
    const weight = unit.weight * (unit.shaping ? 0.25 : 1) * (isWord && !unit.known ? UNKNOWN_WORD : 1);
    total += weight;
    inSentence += weight * own;
    around += weight * context;
    if (isWord && !unit.shaping) {
      predicates += weight;
      predicate += weight * own;
    }
    if (unit.kind === "name" || unit.kind === "figure") {
      names += 1;
      name += Math.max(own, context);
      nameAbsent = Math.max(nameAbsent, 1 - context);
    }
  });
  const share = (value: number, of: number) => (of > 0 ? value / of : 1);
  return {
    // Shares of the question's weight.
    sentenceCover: share(inSentence, total),
    contextCover: share(around, total),
    // The words that say what is asked of the subject: "arrested", "founded", "age".
    predicate: share(predicate, predicates),
    // The subject: how well its names are held in or around the sentence, and how far the worst is from it.
    name: share(name, names),
    nameAbsent,
  };
}
