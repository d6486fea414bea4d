/** Statements and sentences of reports taken apart, to be held against each other. */

import type { Sentence } from "../domain/passage.ts";
import type { Hit } from "../domain/retrieval.ts";
import { type PeriodMention, periodsIn } from "../retrieve/period.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { type Counts, countsOf } from "./counted.ts";
import { type TextView, viewOf } from "./matching.ts";
import { type PassageView, passageView, type SentenceView } from "./passage-view.ts";
import { type Polarity, polarityOf } from "./polarity.ts";

/** A text taken apart for comparing. */
export interface Told {
  readonly reading: string;
  readonly view: TextView;
  readonly counts: Counts;
  readonly polarity: Polarity;
}

/** A statement taken apart once, to be held against many sentences. */
export interface Claimed extends Told {
  readonly question: Question;
}

/** A sentence of a passage, taken apart, with what its report and its headings say that it is about. */
export interface Reported extends Told {
  readonly hit: Hit;
  readonly index: number;
  readonly sentence: Sentence;
  readonly about: TextView;
  readonly aboutTimes: readonly PeriodMention[];
  /** The sentence before it, where it points back. */
  readonly before: Told | null;
}

/** A statement taken apart. Names in lower case count, as people type them. Linear in its length. */
export function claimed(question: Question, glossary: Glossary): Claimed {
  const { text: reading, tokens: words, names } = question;
  const view = viewOf(reading, glossary);
  return { question, reading, view, counts: countsOf(reading, names), polarity: polarityOf(reading, words) };
}

/** What is derived from a passage's sentences is kept as long as what it is derived from. */
const kept = new WeakMap<PassageView, readonly Omit<Reported, "hit">[]>();

/** The sentences of a retrieved passage, taken apart. */
export function reportedBy(hit: Hit, glossary: Glossary): Reported[] {
  const view = passageView(hit, glossary);
  const known = kept.get(view) ?? takenApart(hit, view);
  kept.set(view, known);
  return known.map((each) => ({ ...each, hit }));
}

function takenApart({ passage, source }: Hit, { sentences, heading }: PassageView): Omit<Reported, "hit">[] {
  const aboutTimes = periodsIn([source.title, ...passage.locator.headings].join(". "));
  const each = sentences.map(told);
  return each.map((own, index) => {
    const { sentence, isDependent } = sentences[index] as SentenceView;
    const isNear = sentences[index - 1]?.sentence.paragraph === sentence.paragraph;
    const before = isNear && isDependent ? (each[index - 1] ?? null) : null;
    return { ...own, index, sentence, about: heading, aboutTimes, before };
  });
}

function told({ reading, view }: SentenceView): Told {
  return { reading, view, counts: countsOf(reading, view.names), polarity: polarityOf(reading, view.tokens) };
}
