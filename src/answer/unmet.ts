/** Why the nearest evidence is no answer: what of the question it does not meet. */

import type { UnmetPart } from "../domain/answer.ts";
import { overlaps, type PeriodMention, periodsIn } from "../retrieve/period.ts";
import type { AskedUnit, Question } from "../retrieve/question.ts";
import { tokens } from "../text/tokens.ts";
import type { Candidate } from "./evidence.ts";
import { feature } from "./features.ts";
import { listed, type Refusal } from "./gate.ts";
import { isOrdinary } from "./ordinary.ts";
import type { Judged } from "./select.ts";
import type { Wants } from "./wants.ts";

/** Sentences that are taken for the nearest. */
const NEAREST = 5;
/** A unit that the best of them holds less than this is not met. */
const HELD = 0.5;
/** The same where nothing else tells: what the sentence holds in other words only. */
const NEARLY = 0.95;
/** A word must be this rare, against the rarest of the question, for its absence to tell something. */
const RARE = 0.5;
/** Words and times that are named, at most. */
const MOST_WORDS = 3;
const MOST_TIMES = 3;

/** The plainest true reason why the best sentence is not enough, and every part of the question that is not met. */
export function whyNot(question: Question, wants: Wants, judged: readonly Judged[]): Refusal {
  const best = judged.slice(0, NEAREST).map(({ candidate }) => candidate);
  const parts = partsOf(question, wants, best);
  const unmet = unmetOf(parts);
  if (unmet.length > 0) return { ...reasonOf(wants, best, parts), unmet, choices: [] };
  // Each part is met somewhere, and no sentence meets them all: what the nearest one lacks.
  const first = best.slice(0, 1);
  const plainly = partsOf(question, wants, first);
  const nearest = unmetOf(plainly).length > 0 ? plainly : partsOf(question, wants, first, NEARLY);
  return { ...reasonOf(wants, first, nearest), unmet: unmetOf(nearest), choices: [] };
}

function unmetOf({ names, periods, figures, words, details }: Parts): UnmetPart[] {
  return [...names, ...periods, ...figures, ...words, ...details];
}

interface Parts {
  /** Those of the names and of the words that no report holds. */
  readonly unknownNames: readonly string[];
  readonly unknownWords: readonly string[];
  readonly names: readonly UnmetPart[];
  readonly periods: readonly UnmetPart[];
  readonly figures: readonly UnmetPart[];
  readonly words: readonly UnmetPart[];
  readonly details: readonly UnmetPart[];
  readonly periodsAsked: readonly PeriodMention[];
}

function partsOf(question: Question, wants: Wants, best: readonly Candidate[], held = HELD): Parts {
  const around = best.map(aroundOf);
  const missed = question.units.filter((unit) => {
    const index = question.units.indexOf(unit);
    return best.every((candidate, place) => (candidate.held[index] ?? 0) < held && !isAround(unit, around[place]));
  });
  const rarest = Math.max(
    0,
    ...question.units.filter(({ kind, shaping }) => kind === "word" && !shaping).map(({ weight }) => weight),
  );
  const of = (kind: AskedUnit["kind"]) => missed.filter((unit) => unit.kind === kind);
  const names = of("name");
  const words = of("word")
    .filter((unit) => !isOrdinary(unit) && unit.weight >= RARE * rarest)
    .sort((a, b) => Number(a.known) - Number(b.known) || b.weight - a.weight)
    .slice(0, MOST_WORDS)
    .sort((a, b) => a.start - b.start);
  const periods = question.periods.filter((mention) => best.every((candidate) => !speaksOf(candidate, mention)));
  const isPeriodMissed = best.every((each) => feature(each, "period") < 0);
  const part = (kind: UnmetPart["kind"]) => (unit: AskedUnit) => ({ kind, surface: unit.surface });
  return {
    unknownNames: names.filter(({ known }) => !known).map(({ surface }) => surface),
    unknownWords: words.filter(({ known }) => !known).map(({ surface }) => surface),
    names: names.map(part("name")),
    periods: (periods.length > 0 || !isPeriodMissed ? periods : question.periods).map(({ start, end }) => ({
      kind: "period",
      surface: question.text.slice(start, end),
    })),
    figures: of("figure").map(part("figure")),
    words: words.map(part("word")),
    details:
      best.length > 0 && best.every((each) => feature(each, "wanted") < 0) ? [{ kind: "detail", surface: wants }] : [],
    periodsAsked: question.periods,
  };
}

/** The words of what a sentence stands under: it need not repeat them. */
function aroundOf({ hit: { passage, source } }: Candidate): ReadonlySet<string> {
  const about = [source.title, source.publisher ?? "", ...passage.locator.headings].join(". ");
  return new Set(tokens(about).flatMap(({ term, parts }) => [term, ...parts]));
}

function isAround({ alternatives }: AskedUnit, around: ReadonlySet<string> | undefined): boolean {
  return alternatives.some((terms) => terms.length > 0 && terms.every((term) => around?.has(term)));
}

/** Whether a sentence, or the report where the sentence names no time, speaks of a time. */
function speaksOf({ reading, hit: { source } }: Candidate, mention: PeriodMention): boolean {
  const named = periodsIn(reading);
  if (named.length > 0) return named.some((each) => overlaps(each, mention));
  return source.period !== null && overlaps(source.period, mention);
}

/** What a sentence does not give where such a thing is asked for. */
const DETAILS: Readonly<Partial<Record<Wants, string>>> = {
  number: "number",
  share: "share or change",
  date: "date",
  person: "person",
  group: "group",
  place: "place",
  reason: "reason",
};

function reasonOf(wants: Wants, best: readonly Candidate[], parts: Parts): Pick<Refusal, "reason" | "explanation"> {
  const nearest = best.length === 1 ? "The nearest sentence does" : "The nearest sentences do";
  const surfaces = (of: readonly UnmetPart[]) => of.map(({ surface }) => surface);
  const { unknownNames, unknownWords } = parts;
  // A name says more than a word beside it, and a word less than a time.
  const unknown = unknownNames.length > 0 ? unknownNames : parts.periods.length === 0 ? unknownWords : [];
  if (unknown.length > 0) return { reason: "name-not-in-reports", explanation: `No report holds ${listed(unknown)}.` };
  if (parts.periods.length > 0) {
    const told = timesOf(best, parts.periodsAsked);
    const asked = parts.periods.map(({ surface }) => surface).join(" or ");
    const explanation =
      told.length === 0
        ? `${nearest} not speak of ${asked}.`
        : `The nearest ${best.length === 1 ? "sentence speaks" : "sentences speak"} of ${joined(told)}, not of ${asked}.`;
    return { reason: "period-not-covered", explanation };
  }
  const absent = [...surfaces(parts.names), ...surfaces(parts.words)];
  if (absent.length > 0) {
    return {
      reason: "weak-support",
      explanation: `${nearest} not speak of ${listed(absent)} in the sense asked.`,
    };
  }
  if (parts.figures.length > 0) {
    return {
      reason: "weak-support",
      explanation: `${nearest} not hold the figure ${listed(surfaces(parts.figures))}.`,
    };
  }
  const detail = DETAILS[wants];
  if (parts.details.length > 0 && detail !== undefined) {
    return {
      reason: "asked-detail-missing",
      explanation: `The reports speak of this, but ${nearest.toLowerCase()} not give the ${detail} that is asked for.`,
    };
  }
  return { reason: "weak-support", explanation: `${nearest} not support an answer well enough.` };
}

/** The times that the nearest sentences speak of, as they name them, without those that are asked for. */
function timesOf(best: readonly Candidate[], asked: readonly PeriodMention[]): string[] {
  const told = best.flatMap(({ reading }) =>
    periodsIn(reading)
      .filter((mention) => !asked.some(({ from, to }) => from === mention.from && to === mention.to))
      .map(({ start, end }) => reading.slice(start, end)),
  );
  return [...new Set(told)].slice(0, MOST_TIMES);
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
