/** Questions that were asked and answered, and which of them to show to whom. */

import type { Citation } from "../../domain/answer.ts";
import type { Passage } from "../../domain/passage.ts";
import type { AskResult } from "../../domain/service.ts";
import { type Idea, ideasIn } from "./ideas.ts";
import type { Subjects } from "./subjects.ts";

/** A question that the reports answer. */
export interface Suggestion extends Idea {
  /** How well the answer is supported, 0 to 1. */
  readonly support: number;
  /** The place of the first quote: two questions with one answer are one question too many. */
  readonly answeredAt: string;
}

/** What somebody asked. */
export interface Near {
  readonly text: string;
  /** The passages nearest to it. */
  readonly passages: readonly Passage[];
  /** Names of entries. */
  readonly names: ReadonlySet<string>;
  /** Questions that the passages nearest to it answer; absent for none. */
  readonly questions?: ReadonlySet<string>;
  /** Its telling words, as index terms, and how rare each is. */
  readonly words: ReadonlyMap<string, number>;
}

/** General ideas that are asked for one snapshot. */
export const MOST_ASKED = 80;
const MOST_OF_SUBJECT = 5;
const MOST_OF_TEMPLATE = 14;
/** Headings make the only questions of reports that name nothing often. */
const MOST_TOPICS = 30;

/** How promising an idea is before it was asked. */
function promise({ weight, passages }: Idea): number {
  return weight * Math.log2(1 + passages);
}

/** The ideas that are worth asking, the most promising first, and not too many alike. */
export function bestIdeas(ideas: readonly Idea[], most = MOST_ASKED): Idea[] {
  const counts = new Map<string, number>();
  const isFew = (key: string, limit: number) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  };
  return withoutRepeats(ideas)
    .sort((left, right) => promise(right) - promise(left) || (left.question < right.question ? -1 : 1))
    .filter(
      ({ template, about }) =>
        isFew(`of ${about[0] ?? template}`, about.length === 0 ? MOST_OF_TEMPLATE : MOST_OF_SUBJECT) &&
        isFew(template, template === "topic" ? MOST_TOPICS : MOST_OF_TEMPLATE),
    )
    .slice(0, most);
}

/** One idea for each question; several sentences may give rise to one. */
export function withoutRepeats(ideas: readonly Idea[]): Idea[] {
  const found = new Map<string, Idea>();
  for (const idea of ideas) {
    const key = idea.question.toLowerCase();
    const same = found.get(key);
    // A topic is worth as much as there are passages on it; a name's passages were counted already.
    const passages = idea.template === "topic" && same !== undefined ? same.passages + 1 : idea.passages;
    found.set(key, { ...(same ?? idea), passages });
  }
  return [...found.values()];
}

/**
 * The idea as a suggestion, where it was answered well enough, and the answer is about it: its first quote gives
 * rise to the very question, or stands under the very heading of a report on the very place. null otherwise.
 */
export function confirmed(idea: Idea, { answer, evidence }: AskResult, subjects: Subjects): Suggestion | null {
  if (answer.kind !== "answer" || answer.confidence === "low") return null;
  const citation = answer.claims[0]?.citations[0];
  if (citation === undefined || !isAboutIt(idea, citation, evidence, subjects)) return null;
  return { ...idea, support: answer.support, answeredAt: `${citation.quote.reportId}:${citation.quote.start}` };
}

function isAboutIt(
  { heading, place, question }: Idea,
  { quote, locator, source }: Citation,
  evidence: AskResult["evidence"],
  subjects: Subjects,
): boolean {
  if (heading !== null) {
    const isUnder = locator.headings.includes(heading) || source.title === heading;
    return isUnder && (place === null || source.title.endsWith(place));
  }
  return evidence
    .filter(({ reportId, start, end }) => reportId === quote.reportId && start < quote.end && quote.start < end)
    .some(({ text }) => ideasIn(text, subjects).some((idea) => idea.question === question));
}

/** A subject, a form or an answer that was shown already makes another question with it less welcome. */
const AGAIN = { subject: 0.45, template: 0.6, answer: 0.3 };

/**
 * Questions for somebody: those nearest to what was asked first, then others, all of them as varied as they can be.
 * @param termsOf index terms of a question.
 */
export function chosenFrom(
  suggestions: readonly Suggestion[],
  near: Near | null,
  limit: number,
  termsOf: (question: string) => readonly string[],
): string[] {
  const asked = near?.text.trim().toLowerCase();
  const others = suggestions.filter(({ question }) => question.toLowerCase() !== asked);
  const left = others.map((suggestion) => ({
    suggestion,
    kinship: near === null ? 0 : kinship(suggestion, near, termsOf),
    worth: promise(suggestion) * suggestion.support,
  }));
  const seen = new Map<string, number>();
  const chosen: string[] = [];
  while (chosen.length < limit && left.length > 0) {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    left.forEach(({ suggestion, kinship, worth }, at) => {
      // A kin goes before every other, whatever the others are worth.
      const value = (kinship > 0 ? NEAREST_FIRST * kinship : 1) * worth * freshness(suggestion, seen);
      if (value > most) [best, most] = [at, value];
    });
    const [next] = left.splice(best, 1);
    if (next === undefined) break;
    chosen.push(next.suggestion.question);
    for (const key of keysOf(next.suggestion)) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return chosen;
}

const NEAREST_FIRST = 1000;

function keysOf({ about, template, answeredAt }: Suggestion): string[] {
  return [
    ...about.map((name) => `subject ${name}`),
    `template ${template.startsWith("topic") ? "topic" : template}`,
    `answer ${answeredAt}`,
  ];
}

function freshness(suggestion: Suggestion, seen: ReadonlyMap<string, number>): number {
  let factor = 1;
  for (const key of keysOf(suggestion)) {
    const kind = key.split(" ", 1)[0] as keyof typeof AGAIN;
    factor *= AGAIN[kind] ** (seen.get(key) ?? 0);
  }
  return factor;
}

/** What a question shares with what was asked, by how rare it is; 0 for nothing. */
export function kinship(
  { question, about }: Idea,
  { names, words, questions }: Near,
  termsOf: (question: string) => readonly string[],
): number {
  let sum = questions?.has(question) ? NEAR_BY : 0;
  for (const name of about) if (names.has(name)) sum += SHARED_NAME;
  for (const term of new Set(termsOf(question))) sum += words.get(term) ?? 0;
  return sum;
}

/** Less than any word that is shared. */
const NEAR_BY = 0.5;
/** A shared name counts as a word that is in one of a few hundred passages. */
const SHARED_NAME = 5;
