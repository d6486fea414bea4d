/** Questions on their way to the model: many may wait at a time, and some come twice. */

import { setImmediate as nextTurn } from "node:timers/promises";
import { type EncodedItem, MAX_BATCH_TEXTS, MAX_BATCH_TOKENS } from "./batches.ts";

/** Batches under way: one in the model, one waiting, so that its thread never idles. */
const LANES = 2;
/** Questions whose vectors are kept, 1.5 kB each. */
const KEPT_QUESTIONS = 500;

interface Waiting {
  readonly item: EncodedItem;
  resolve(vector: Float32Array): void;
  reject(fault: unknown): void;
}

/**
 * Embeds texts one by one while few wait, and else together with those that have as many tokens: four take three
 * quarters of the time of one and one and one and one (3.8 ms for 5.2 ms each, 16 tokens, one core with AVX-512), and
 * without padding every vector is, bit for bit, what the text gets alone. The oldest goes first, with its equals.
 * @param run the vectors of texts of one length, one after the other.
 */
export function inEqualLengths(
  run: (items: readonly EncodedItem[]) => Promise<Float32Array>,
): (item: EncodedItem) => Promise<Float32Array> {
  let waiting: Waiting[] = [];
  let underWay = 0;

  function next(): void {
    while (underWay < LANES) {
      const [oldest] = waiting;
      if (oldest === undefined) return;
      const length = lengthOf(oldest);
      const most = Math.max(1, Math.min(MAX_BATCH_TEXTS, Math.floor(MAX_BATCH_TOKENS / length)));
      const batch = waiting.filter((each) => lengthOf(each) === length).slice(0, most);
      waiting = waiting.filter((each) => !batch.includes(each));
      underWay += 1;
      void embed(batch);
    }
  }

  async function embed(batch: readonly Waiting[]): Promise<void> {
    try {
      const vectors = await run(batch.map(({ item }) => item));
      const width = vectors.length / batch.length;
      batch.forEach(({ resolve }, position) => {
        resolve(vectors.slice(position * width, (position + 1) * width));
      });
    } catch (fault) {
      for (const { reject } of batch) reject(fault);
    } finally {
      underWay -= 1;
      next();
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      next();
    });
}

function lengthOf({ item }: Waiting): number {
  return item.encoding.ids.length;
}

/**
 * The same as `embed`, which is asked only once for a question that comes again, or several times at once.
 * The vectors are shared: nobody may change them.
 */
export function remembering(
  embed: (text: string) => Promise<Float32Array>,
  most = KEPT_QUESTIONS,
): (text: string) => Promise<Float32Array> {
  const known = new Map<string, Promise<Float32Array>>();
  return (text) => {
    const vector = known.get(text) ?? embed(text);
    // Put in again, it is the last one to go.
    known.delete(text);
    known.set(text, vector);
    if (known.size > most) known.delete(known.keys().next().value ?? text);
    // A fault may pass: it is not kept.
    vector.catch(() => {
      if (known.get(text) === vector) known.delete(text);
    });
    return vector;
  };
}

/**
 * The same as `embed`, whose vectors are given out one in each turn of the event loop: what a caller does with a vector
 * takes milliseconds, and between two of them come messages, new questions and signals.
 */
export function inTurns(embed: (text: string) => Promise<Float32Array>): (text: string) => Promise<Float32Array> {
  let last: Promise<unknown> = Promise.resolve();
  return async (text) => {
    const vector = await embed(text);
    last = last.then(() => nextTurn());
    await last;
    return vector;
  };
}
