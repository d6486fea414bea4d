/** A passage taken apart into sentences and words, once for as long as it is kept in memory. */

import type { Passage, Sentence } from "../domain/passage.ts";
import type { ReportSource } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Glossary } from "../text/glossary.ts";
import { type Signs, signsOf } from "./cues.ts";
import { pointsBack, type TextView, viewOf } from "./matching.ts";

export interface SentenceView {
  readonly sentence: Sentence;
  /** With single spaces for white space. */
  readonly reading: string;
  readonly view: TextView;
  readonly signs: Signs;
  /** Whether it starts with words that mean something said before. */
  readonly isDependent: boolean;
}

export interface PassageView {
  readonly sentences: readonly SentenceView[];
  /** Title and publisher of the report, and the headings. */
  readonly about: string;
  readonly heading: TextView;
}

/** By the passage itself: what is derived from it goes when it goes. */
const views = new WeakMap<Passage, { source: ReportSource; glossary: Glossary; view: PassageView }>();

export function passageView({ passage, source }: Pick<Hit, "passage" | "source">, glossary: Glossary): PassageView {
  const known = views.get(passage);
  if (known !== undefined && known.source === source && known.glossary === glossary) return known.view;
  const about = [source.title, source.publisher ?? "", ...passage.locator.headings].join(". ");
  const sentences = passage.sentences.map((sentence) => {
    const { start, end } = sentence;
    const reading = passage.reading.slice(start - passage.start, end - passage.start).replace(/\s+/g, " ");
    const view = viewOf(reading, glossary);
    return { sentence, reading, view, signs: signsOf(reading, view.tokens), isDependent: pointsBack(reading) };
  });
  const view = { sentences, about, heading: viewOf(about, glossary) };
  views.set(passage, { source, glossary, view });
  return view;
}
