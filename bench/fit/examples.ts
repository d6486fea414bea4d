/** Measured sentences of questions: what the models learn from. */

import { measure } from "../../src/answer/evidence.ts";
import { refuseByForm } from "../../src/answer/gate.ts";
import { OUTLOOK, outlookOf } from "../../src/answer/outlook.ts";
import { type Wants, wantsFrom } from "../../src/answer/wants.ts";
import { EVIDENCE_PASSAGES, find, sentenceMeaning } from "../../src/asking.ts";
import type { Hit } from "../../src/domain/retrieval.ts";
import type { Question } from "../../src/retrieve/question.ts";
import type { Opening } from "./opening.ts";
import type { Labelled } from "./sets.ts";

/** One question: its candidate sentences, and whether the reports answer it. */
export interface Example {
  readonly id: string;
  /** Of each sentence its features in the order of FEATURES, and whether it is on the evidence. */
  readonly rows: readonly Float64Array[];
  readonly right: readonly boolean[];
  readonly answerable: boolean;
  /** The evidence as a whole, without the ranks. */
  readonly outlook: (ranks: readonly number[]) => Float64Array;
}

/** How far a sentence has to reach into the evidence, or the evidence into it. */
const ON_EVIDENCE = 0.5;

/**
 * @param isAbsent takes the passages with the evidence out of the index: then the reports do not answer.
 * @returns null for a question that is refused by its form: no weights decide there.
 */
export async function exampleOf(
  { config, index, likeness, model }: Opening,
  { id, question: text, answerable, evidence }: Labelled,
  isAbsent: boolean,
): Promise<Example | null> {
  const places = evidence.flat();
  const vector = model.embedQuestion(text);
  const left = isAbsent ? holding(index, places) : undefined;
  const found = await find({ config, model: () => model }, index, text, vector, undefined, EVIDENCE_PASSAGES, left);
  const { question, hits, questionVector } = found;
  if (refuseByForm(question) !== null) return null;
  const wants = wantsFrom(question);
  const candidates = measure(
    question,
    wants,
    hits,
    sentenceMeaning(index, hits, questionVector),
    index.names,
    likeness,
  );
  if (candidates.length === 0) return null;
  return {
    id: isAbsent ? `${id} without its evidence` : id,
    rows: candidates.map(({ row }) => row),
    right: candidates.map(({ hit, sentence }) =>
      places.some(({ report, start, end }) => {
        const shared = Math.min(end, sentence.end) - Math.max(start, sentence.start);
        const shorter = Math.min(end - start, sentence.end - sentence.start);
        return report === hit.passage.reportId && shared > 0 && shared >= ON_EVIDENCE * shorter;
      }),
    ),
    answerable: answerable && !isAbsent,
    outlook: outlookRow(question, wants, hits),
  };
}

function outlookRow(question: Question, wants: Wants, hits: readonly Hit[]) {
  return (ranks: readonly number[]) => {
    const outlook = outlookOf(question, wants, ranks, hits);
    return Float64Array.from(OUTLOOK, (name) => (name === "lead" ? (ranks[0] ?? 0) : outlook[name]));
  };
}

/** The ids of passages that hold one of the places. */
function holding({ index }: Opening["index"], places: Labelled["evidence"][number]): ReadonlySet<number> {
  const passages = index.store.passages(Uint32Array.from(index.ranges().passageIds));
  const holds = passages.filter((passage) =>
    places.some(({ report, start, end }) => report === passage.reportId && start < passage.end && passage.start < end),
  );
  return new Set(holds.map(({ id }) => id));
}
