/** Sentences as evidence: what of the question each one holds, and how near it is in meaning. */

import type { Sentence } from "../domain/passage.ts";
import { dateRange, type Period } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import { overlaps, type PeriodMention, periodsIn } from "../retrieve/period.ts";
import type { AskedUnit, Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { MONTHS, NUMBER_WORDS } from "../text/words.ts";
import { type Focus, focusOf } from "./focus.ts";
import { countsTheRightThing, holdsWanted, type Wants } from "./wants.ts";

/** What is measured of a candidate; each is explained where it is computed. Ranges are 0..1 or -1..1. */
export const FEATURES = [
  "sentenceCover",
  "contextCover",
  "predicate",
  "things",
  "deed",
  "name",
  "nameAbsent",
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

/** How much two words stand for one another, -1 to 1. */
export type Likeness = (a: string, b: string) => number;

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
/** Words less alike than this are different words; from there on the credit grows to that of the thesaurus. */
const ALIKE_FROM = 0.3;
/** "Pakistan" for a question about Islamabad: perhaps the government, perhaps not the city. */
const STAND_IN = 0.6;
const ALIKE_FULL = 0.55;

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
  const readings = passage.sentences.map(({ start, end }) =>
    passage.reading.slice(start - passage.start, end - passage.start).replace(/\s+/g, " "),
  );
  const sentenceTokens = readings.map((reading) => tokens(reading));
  const sentenceTerms = readings.map((reading, index) => termSet(reading, sentenceTokens[index] ?? [], glossary));
  const about = [source.title, source.publisher ?? "", ...passage.locator.headings].join(". ");
  const heldBy = (words: readonly Token[], terms: ReadonlySet<string>) =>
    question.units.map((unit) => holds(unit, words, terms, likeness));
  const bySentence = sentenceTokens.map((words, index) => heldBy(words, sentenceTerms[index] ?? new Set()));
  const aboutTokens = tokens(about);
  const byHeading = heldBy(aboutTokens, termSet(about, aboutTokens, glossary));

  return passage.sentences.map((sentence, index): Candidate => {
    const own = sentenceTokens[index] ?? [];
    const terms = sentenceTerms[index] ?? new Set<string>();
    const held = bySentence[index] ?? [];
    const inContext = question.units.map((_, unit) => {
      const at = (sentence: number) => bySentence[sentence]?.[unit] ?? 0;
      const elsewhere = Math.max(...bySentence.map((each) => each[unit] ?? 0));
      return Math.max(
        at(index),
        PREVIOUS * at(index - 1),
        NEXT * at(index + 1),
        PASSAGE * elsewhere,
        HEADING * (byHeading[unit] ?? 0),
      );
    });
    const reading = readings[index] ?? "";
    const things = worstHeld(focus.things, held);
    const deed = worstHeld(focus.deed, held);
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
      features: {
        ...cover,
        things,
        deed,
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

/** The terms by which a text is compared: words (stop words too), parts of compounds, digits, names. */
function termSet(text: string, words: readonly Token[], glossary: Glossary): ReadonlySet<string> {
  const set = new Set<string>();
  for (const word of words) {
    set.add(word.term);
    for (const part of word.parts) set.add(part);
    const digits = NUMBER_WORDS.get(word.surface.toLowerCase());
    if (digits !== undefined) set.add(digits);
  }
  for (const name of glossary.find(text)) for (const entry of name.entries) set.add(glossary.term(entry));
  return set;
}

/** How well words satisfy a unit: 1 the words themselves, less for words that mean nearly the same, 0 not. */
function holds(unit: AskedUnit, words: readonly Token[], terms: ReadonlySet<string>, likeness: Likeness): number {
  let most = 0;
  for (const alternative of unit.alternatives) {
    let sum = 0;
    for (const term of alternative) if (terms.has(term)) sum += 1;
    const isStandIn = unit.standIn && alternative[0]?.startsWith("@");
    most = Math.max(most, ((isStandIn ? STAND_IN : 1) * sum) / Math.max(1, alternative.length));
  }
  if (most === 1 || unit.kind !== "word") return most;
  for (const alternative of unit.alternatives) {
    const [term] = alternative;
    if (alternative.length !== 1 || term === undefined) continue;
    for (const near of nearTerms(term)) if (terms.has(near)) return Math.max(most, NEAR);
  }
  for (const word of words) {
    if (word.stop || word.numeric) continue;
    const alike = (likeness(unit.surface, word.surface) - ALIKE_FROM) / (ALIKE_FULL - ALIKE_FROM);
    most = Math.max(most, NEAR * Math.min(1, alike));
  }
  return most;
}

/** 1 every one of these units is in the sentence, -1 one is not, 0 there are none. */
function worstHeld(units: readonly number[], held: readonly number[]): number {
  return units.length === 0 ? 0 : 2 * Math.min(...units.map((unit) => held[unit] ?? 0)) - 1;
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

/**
 * Whether the sentence speaks of the asked time: 1 it names it; 0.5 it names a part of it; -0.5 it names only
 * a longer time ("in 2024" for a month); -1 only other times. Where the sentence names none, its surroundings count for less: 0.6 at most, or 0.3 when
 * the report covers the time, -0.5 when nothing tells. With several times asked for, the mean counts; 0 when none is.
 *
 * A report whose title or headings name the time is about it, whatever else its sentences name; and a sentence
 * that answers "when" names a time that the question does not.
 */
function periodFit(
  question: Question,
  wants: Wants,
  reading: string,
  about: string,
  passage: string,
  reportPeriod: Period | null,
): number {
  if (question.periods.length === 0) return 0;
  const named = timesIn(reading, question.periods);
  const entitled = periodsIn(about);
  const near = named.length > 0 ? [] : [...entitled, ...periodsIn(passage)];
  const fits = question.periods.map((asked) => {
    if (named.length > 0) {
      const fit = bestFit(named, asked);
      const isExcused = fit < 0 && (bestFit(entitled, asked) > 0 || wants === "date");
      return isExcused ? 0 : fit;
    }
    const around = near.length > 0 ? bestFit(near, asked) : 0;
    if (around > 0) return 0.6 * around;
    if (reportPeriod !== null) return overlaps(reportPeriod, asked) ? 0.3 : -1;
    return near.length > 0 ? -0.8 : -0.5;
  });
  return fits.reduce((sum, value) => sum + value, 0) / fits.length;
}

function bestFit(named: readonly PeriodMention[], asked: PeriodMention): number {
  const touching = named.filter((mention) => overlaps(mention, asked));
  if (touching.length === 0) return -1;
  if (touching.some((mention) => mention.from === asked.from && mention.to === asked.to)) return 1;
  return asked.exactness !== "year" && touching.every((mention) => mention.exactness === "year") ? -0.5 : 0.5;
}

/** "as Dawn reported on 3 March 2025": the day of a press report is not the time that a sentence speaks of. */
const PRESS_DATE =
  /\b(relayed|reported|carried|published|printed|wrote|noted|report|account|coverage|article|story)\b[^.;]{0,60}?\b(on|of|from) \d{1,2} \p{Lu}\p{Ll}+ \d{4}/gu;

/** The times that a sentence speaks of. "November ... of 2024" is November 2024. */
function timesIn(reading: string, asked: readonly PeriodMention[]): PeriodMention[] {
  const withoutPress = reading.replace(PRESS_DATE, (phrase) => " ".repeat(phrase.length));
  const mentions = periodsIn(withoutPress);
  const named = mentions.length > 0 ? mentions : periodsIn(reading);
  for (const period of asked) {
    const month = MONTHS[Number(period.from.slice(5, 7)) - 1];
    const isApart =
      period.exactness === "month" && month !== undefined && new RegExp(`\\b${month}\\b`, "i").test(withoutPress);
    if (isApart && named.some((each) => each.exactness === "year" && overlaps(each, period))) named.push(period);
  }
  return named;
}
