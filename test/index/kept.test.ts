import { describe, expect, it } from "vitest";
import { keepingPassages } from "../../src/index/kept.ts";
import type { Store } from "../../src/index/store.ts";
import { passage } from "../helpers/sources.ts";

/** A store of a thousand passages that counts what is read from it. */
function counting() {
  const read: number[] = [];
  const readVectors: number[] = [];
  const store = {
    passages: (ids: Iterable<number>) =>
      Array.from(ids, (id) => {
        read.push(id);
        if (id > 1000) throw new RangeError(`There is no passage ${id}`);
        return passage(id, "report", [`Sentence ${id}.`]);
      }),
    sentenceVectors: (ids: Iterable<number>) =>
      new Map(
        Array.from(ids, (id) => {
          readVectors.push(id);
          return [id, [Float32Array.of(id)]] as const;
        }).filter(([id]) => id <= 1000),
      ),
  } as unknown as Store;
  return { store, read, readVectors };
}

describe("passages that are kept", () => {
  it("are read once, and are the same objects again", () => {
    const { store, read, readVectors } = counting();
    const kept = keepingPassages(store);
    const first = kept.passages([3, 1, 2]);
    expect(first.map(({ id }) => id)).toEqual([3, 1, 2]);
    const again = kept.passages([1, 2, 3, 4]);
    expect(again.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(again[0]).toBe(first[1]);
    expect(read).toEqual([3, 1, 2, 4]);
    expect(kept.sentenceVectors([5, 6])).toEqual(store.sentenceVectors([5, 6]));
    expect([...kept.sentenceVectors([6, 5]).keys()]).toEqual([6, 5]);
    expect(readVectors).toEqual([5, 6, 5, 6]);
  });

  it("are at most so many: the one that was not asked for longest goes", () => {
    const { store, read } = counting();
    const kept = keepingPassages(store, 2);
    kept.passages([1, 2]);
    kept.passages([1]);
    kept.passages([3]);
    kept.passages([1]);
    expect(read).toEqual([1, 2, 3]);
    kept.passages([2]);
    expect(read).toEqual([1, 2, 3, 2]);
  });

  it("that are not there are told as by the store, each time", () => {
    const { store } = counting();
    const kept = keepingPassages(store);
    for (let time = 0; time < 2; time += 1) expect(() => kept.passages([1, 1001])).toThrow("There is no passage 1001");
    expect(kept.sentenceVectors([1001]).size).toBe(0);
  });
});
