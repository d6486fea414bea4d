import { afterAll, describe, expect, it } from "vitest";
import type { EncodedItem } from "../../src/embeddings/batches.ts";
import { BundledEmbeddings } from "../../src/embeddings/bundled.ts";
import { inEqualLengths, inTurns, remembering } from "../../src/embeddings/questions.ts";

/** A text of so many tokens; its first one is its name. */
function item(name: number, length: number): EncodedItem {
  const zeros = Array.from({ length }, () => 0);
  return { encoding: { ids: [name, ...zeros.slice(1)], starts: zeros, ends: zeros }, spans: [] };
}

describe("questions that wait for the model", () => {
  it("go with those of their length, the oldest first, and each gets its own vector", async () => {
    const batches: number[][] = [];
    const embed = inEqualLengths(async (items) => {
      batches.push(items.map(({ encoding }) => encoding.ids[0] ?? -1));
      await new Promise(setImmediate);
      return Float32Array.from(items.flatMap(({ encoding }) => [encoding.ids[0] ?? -1, encoding.ids.length]));
    });
    const lengths = [7, 7, 9, 7, 9, 5, 7];
    const vectors = await Promise.all(lengths.map((length, name) => embed(item(name, length))));
    expect(vectors.map((vector) => [...vector])).toEqual(lengths.map((length, name) => [name, length]));
    // Two are under way before the others have come.
    expect(batches).toEqual([[0], [1], [2, 4], [3, 6], [5]]);
  });

  it("are at most 512 tokens and 32 texts together, and one that is longer goes alone", async () => {
    const sizes: number[] = [];
    const embed = inEqualLengths(async (items) => {
      sizes.push(items.length);
      await new Promise(setImmediate);
      return new Float32Array(items.length);
    });
    await Promise.all(Array.from({ length: 42 }, (_, name) => embed(item(name, 10))));
    await Promise.all(Array.from({ length: 6 }, (_, name) => embed(item(name, 256))));
    await Promise.all(Array.from({ length: 4 }, (_, name) => embed(item(name, 600))));
    expect(sizes).toEqual([1, 1, 32, 8, 1, 1, 2, 2, 1, 1, 1, 1]);
  });

  it("fail together with their batch, and the next ones do not", async () => {
    let faults = 1;
    const embed = inEqualLengths(async (items) => {
      if (items.length === 2 && faults-- > 0) throw new Error("broken");
      return new Float32Array(items.length);
    });
    const names = [0, 1, 2, 3];
    const settled = await Promise.allSettled(names.map((name) => embed(item(name, 4))));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(await embed(item(4, 4))).toHaveLength(1);
  });
});

describe("questions of the bundled model", () => {
  const model = new BundledEmbeddings({ threads: 1 });
  afterAll(() => model.close());

  it("have, asked many at a time, bit for bit the vectors that they have alone", async () => {
    const questions = ["Lahore", "Quetta", "Peshawar", "Khyber Pakhtunkhwa", "Karachi"].flatMap((place) => [
      `How many people died in ${place} in 2024?`,
      `Who leads the group in ${place}?`,
      `What did the UN say about attacks near ${place}, and when?`,
      place,
    ]);
    const together = await Promise.all(questions.map((question) => model.embedQuery(question)));
    for (const [index, question] of questions.entries()) {
      expect(await model.embedQuery(question)).toEqual(together[index]);
    }
  });
});

describe("questions that were embedded before", () => {
  it("are not embedded again, also while the first is under way; the one not asked for longest is forgotten", async () => {
    const asked: string[] = [];
    const embed = remembering(async (text) => {
      asked.push(text);
      return Float32Array.of(text.length);
    }, 2);
    expect(await Promise.all([embed("a"), embed("a"), embed("bb")])).toEqual([1, 1, 2].map((n) => Float32Array.of(n)));
    await embed("a");
    expect(asked).toEqual(["a", "bb"]);
    await embed("ccc");
    await embed("a");
    expect(asked).toEqual(["a", "bb", "ccc"]);
    await embed("bb");
    expect(asked).toEqual(["a", "bb", "ccc", "bb"]);
  });

  it("are embedded again after a fault", async () => {
    let calls = 0;
    const embed = remembering(async () => {
      calls += 1;
      if (calls === 1) throw new Error("broken");
      return Float32Array.of(1);
    });
    await expect(embed("a")).rejects.toThrow("broken");
    expect(await embed("a")).toEqual(Float32Array.of(1));
  });
});

describe("vectors that many wait for", () => {
  it("are given out one in each turn of the event loop, in the order in which they came", async () => {
    const embed = inTurns(async (text) => Float32Array.of(text.length));
    const events: string[] = [];
    let isDone = false;
    const turning = (async () => {
      while (!isDone) {
        await new Promise(setImmediate);
        events.push("turn");
      }
    })();
    await Promise.all(["a", "bb", "ccc"].map(async (text) => events.push(`vector ${(await embed(text))[0]}`)));
    isDone = true;
    await turning;
    expect(events.filter((event) => event !== "turn")).toEqual(["vector 1", "vector 2", "vector 3"]);
    expect(events.join(" ")).toMatch(/vector 1 (turn )+vector 2 (turn )+vector 3/);
  });
});
