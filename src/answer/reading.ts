/**
 * What a reader model says of the passages, joined with what is measured of their sentences. Both read the same text,
 * so the reader's log-odds are fitted beside Sitrep's own, not for themselves (docs/reader.md).
 */

import type { ReadTexts, ReadTextsOf } from "../domain/reading.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Judged } from "./select.ts";

/** Has the passages read, the best first; null where there is no reader, or not in time. */
export async function readHits(
  read: ReadTextsOf,
  question: string,
  hits: readonly Hit[],
  signal: AbortSignal | undefined,
): Promise<ReadTexts | null> {
  const texts = hits.map(({ passage }) => ({ id: passage.id, text: passage.reading }));
  return read(question, texts, signal);
}

/**
 * The sentences judged anew, best first, with p the reader's probability of "answered here" for a passage, r its
 * log-odds, and R the greatest r of all passages that were read:
 *
 * - rank' = rank + weight * p, for the sentence that holds the span of its passage;
 * - logit(support') = logit(support) + max(r, min(0, R)) for that sentence, and + min(0, R) for every other one.
 *
 * So a reader that finds the answer speaks for that sentence and against none; one that finds it nowhere speaks against
 * all alike. Without readings everything is as it was.
 * @param readings offsets of spans count from the start of their passage.
 */
export function withReadings(judged: readonly Judged[], readings: ReadTexts | null): readonly Judged[] {
  if (readings === null || readings.byText.size === 0) return judged;
  const { byText, weight } = readings;
  const nowhere = Math.min(0, Math.max(...Array.from(byText.values(), ({ score }) => score)));
  const holding = new Map<Hit, number | null>();
  const again = judged.map((each): Judged => {
    const { hit, index } = each.candidate;
    const reading = byText.get(hit.passage.id);
    if (reading === undefined) return { ...each, support: shifted(each.support, nowhere), reading: { reader: 0 } };
    const held = holding.get(hit) ?? sentenceWith(hit, reading);
    holding.set(hit, held);
    const gained = held === index ? weight * (1 - reading.noAnswer) : 0;
    return {
      ...each,
      rank: each.rank + gained,
      support: shifted(each.support, held === index ? Math.max(reading.score, nowhere) : nowhere),
      reading: { reader: gained, readerNoAnswer: reading.noAnswer },
    };
  });
  // Equal ones stay in their order.
  return again.sort((a, b) => b.rank - a.rank);
}

/** The sentence that holds most of a span of its passage, the first of equals; null where none holds any. */
function sentenceWith({ passage }: Hit, { start, end }: { readonly start: number; readonly end: number }) {
  let best: { index: number | null; common: number } = { index: null, common: 0 };
  passage.sentences.forEach((sentence, index) => {
    const from = Math.max(sentence.start, passage.start + start);
    const common = Math.min(sentence.end, passage.start + end) - from;
    if (common > best.common) best = { index, common };
  });
  return best.index;
}

/** Nearer to 0 and 1 than this a support has no log-odds. */
const EDGE = 1e-9;

/** A probability moved by so much in log-odds. */
function shifted(probability: number, by: number): number {
  if (by === 0) return probability;
  const inside = Math.min(1 - EDGE, Math.max(EDGE, probability));
  return 1 / (1 + Math.exp(-Math.log(inside / (1 - inside)) - by));
}
