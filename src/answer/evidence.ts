/** Sentences as evidence: what of the question each one holds, and how near it is in meaning. */

import type { Sentence } from "../domain/passage.ts";
import type { Hit } from "../domain/retrieval.ts";
import { overlaps, periodsIn } from "../retrieve/period.ts";
import type { AskedUnit, Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { NUMBER_WORDS } from "../text/words.ts";
import { countsTheRightThing, holdsWanted, type Wants } from "./wants.ts";

/** What is measured of a candidate; each is explained where it is computed. Ranges are 0..1 or -1..1. */
export const FEATURES = [
  "sentenceCover",
  "contextCover",
  "missing",
  "missingName",
  "sentenceMeaning",
  "passageMeaning",
  "wanted",
  "counts",
  "period",
  "retrieval",
  "unknown",
  "length",
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

/** How far words count that stand not in the sentence itself but around it. */
const PREVIOUS = 0.7;
const NEXT = 0.4;
const PASSAGE = 0.4;
const HEADING = 0.6;
/** A word of the same class in the thesaurus counts as nearly the word. */
const NEAR = 0.8;

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
): Candidate[] {
  const best = Math.max(...hits.map((hit) => hit.score), 1e-9);
  return hits.flatMap((hit) => measurePassage(question, wants, hit, hit.score / best, meaning.get(hit.passage.id), glossary));
}

function measurePassage(
  question: Question,
  wants: Wants,
  hit: Hit,
  retrieval: number,
  meaning: readonly number[] | undefined,
  glossary: Glossary,
): Candidate[] {
  const { passage, source } = hit;
  const readings = passage.sentences.map(({ start, end }) =>
    passage.reading.slice(start - passage.start, end - passage.start).replace(/\s+/g, " "),
  );
  const sentenceTokens = readings.map((reading) => tokens(reading));
  const sentenceTerms = readings.map((reading, index) => termSet(reading, sentenceTokens[index] ?? [], glossary));
  const about = [source.title, source.publisher ?? "", ...passage.locator.headings].join(". ");
  const headingTerms = termSet(about, tokens(about), glossary);
  const passageTerms = new Set(sentenceTerms.flatMap((terms) => [...terms]));

  return passage.sentences.map((sentence, index): Candidate => {
    const own = sentenceTokens[index] ?? [];
    const terms = sentenceTerms[index] ?? new Set<string>();
    const around: readonly (readonly [ReadonlySet<string> | undefined, number])[] = [
      [sentenceTerms[index - 1], PREVIOUS],
      [sentenceTerms[index + 1], NEXT],
      [passageTerms, PASSAGE],
      [headingTerms, HEADING],
    ];
    const held = question.units.map((unit) => holds(unit, terms));
    const inContext = question.units.map((unit, position) => {
      let most = held[position] ?? 0;
      for (const [words, factor] of around) if (words !== undefined) most = Math.max(most, factor * holds(unit, words));
      return most;
    });
    const reading = readings[index] ?? "";
    return {
      hit,
      index,
      sentence,
      reading,
      tokens: own,
      terms,
      held,
      features: {
        ...coverage(question.units, held, inContext),
        sentenceMeaning: meaning?.[index] ?? hit.denseScore ?? 0,
        passageMeaning: hit.denseScore ?? 0,
        wanted: holdsWanted(wants, question, own),
        counts: countsTheRightThing(wants, question, own),
        period: periodFit(question, reading, `${about} ${passage.reading}`, source.period),
        retrieval,
        // A fragment of three words says nothing by itself; a normal sentence has eight or more.
        length: Math.min(1, own.length / 8),
      },
    };
  });
}

/** The terms by which a text is compared: words, parts of compounds, digits for number words, names. */
function termSet(text: string, words: readonly Token[], glossary: Glossary): ReadonlySet<string> {
  const set = new Set<string>();
  for (const word of words) {
    if (word.stop) continue;
    set.add(word.term);
    for (const part of word.parts) set.add(part);
    const digits = NUMBER_WORDS.get(word.surface.toLowerCase());
    if (digits !== undefined) set.add(digits);
  }
  for (const name of glossary.find(text)) for (const entry of name.entries) set.add(glossary.term(entry));
  return set;
}

/** How well a set of terms satisfies a unit: 1 the words themselves, less for words of their class, 0 not. */
function holds(unit: AskedUnit, terms: ReadonlySet<string>): number {
  let most = 0;
  for (const alternative of unit.alternatives) {
    let sum = 0;
    for (const term of alternative) {
      if (terms.has(term)) sum += 1;
      else if (unit.kind === "word") for (const near of nearTerms(term)) if (terms.has(near)) { sum += NEAR; break; }
    }
    most = Math.max(most, sum / Math.max(1, alternative.length));
  }
  return most;
}

/** Shares of the question's weight that the sentence, and the sentence with its surroundings, hold. */
function coverage(
  units: readonly AskedUnit[],
  held: readonly number[],
  inContext: readonly number[],
): Pick<Features, "sentenceCover" | "contextCover" | "missing" | "missingName" | "unknown"> {
  let total = 0;
  let inSentence = 0;
  let around = 0;
  let unknown = 0;
  let missing = 0;
  let missingName = 0;
  let heaviest = 0;
  units.forEach((unit, index) => {
    const weight = unit.weight * (unit.shaping ? 0.25 : unit.kind === "word" ? 1 : 1.3);
    const context = inContext[index] ?? 0;
    total += weight;
    inSentence += weight * (held[index] ?? 0);
    around += weight * context;
    if (!unit.known) unknown += weight;
    heaviest = Math.max(heaviest, weight);
    missing = Math.max(missing, weight * (1 - context));
    if (unit.kind === "name" || unit.kind === "figure") missingName = Math.max(missingName, 1 - context);
  });
  const share = (value: number) => (total > 0 ? value / total : 0);
  return {
    sentenceCover: share(inSentence),
    contextCover: share(around),
    // The weight of the heaviest word that is nowhere near, against the heaviest word of the question.
    missing: heaviest > 0 ? missing / heaviest : 0,
    missingName,
    unknown: share(unknown),
  };
}

/**
 * Whether the sentence speaks of the asked time: 1 it names it, 0.6 its surroundings do, 0.3 the report covers
 * it, 0 nothing was asked, -0.5 nothing tells, -1 it names only other times.
 */
function periodFit(
  question: Question,
  reading: string,
  surroundings: string,
  reportPeriod: { from: string; to: string } | null,
): number {
  const asked = question.period;
  if (asked === null) return 0;
  const named = periodsIn(reading);
  if (named.some((mention) => overlaps(mention, asked))) return 1;
  if (named.length > 0) return -1;
  const near = periodsIn(surroundings);
  if (near.some((mention) => overlaps(mention, asked))) return 0.6;
  if (reportPeriod !== null) return overlaps(reportPeriod, asked) ? 0.3 : -1;
  return near.length > 0 ? -0.8 : -0.5;
}
