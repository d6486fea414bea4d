import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuse } from "../../src/retrieve/fusion.ts";

function side(...entries: readonly (readonly [id: number, score: number])[]) {
  return { ids: Uint32Array.from(entries, ([id]) => id), scores: Float32Array.from(entries, ([, score]) => score) };
}

function entries({ ids, scores }: ReturnType<typeof fuse>) {
  return Array.from(ids, (id, rank) => [id, scores[rank]]);
}

describe("fuse", () => {
  it("adds half of each side's scores, scaled from lowest to highest", () => {
    const fused = fuse(side([1, 12], [2, 9], [3, 8]), side([3, 0.75], [4, 0.5], [1, 0.25]), 10);
    expect(entries(fused)).toEqual([
      [1, 0.5],
      [3, 0.5],
      [4, 0.25],
      [2, 0.125],
    ]);
  });

  it("gives 1 to each passage of a side whose scores are equal, and puts equal sums in order of the id", () => {
    expect(entries(fuse(side([9, 3], [2, 3]), side(), 10))).toEqual([
      [2, 0.5],
      [9, 0.5],
    ]);
    expect(entries(fuse(side([5, 1]), side([5, -0.2]), 10))).toEqual([[5, 1]]);
  });

  it("scales from the hundredth of a side and leaves out those after it", () => {
    const many = side(...Array.from({ length: 150 }, (_, rank) => [rank + 1, 150 - rank] as const));
    const fused = fuse(many, side(), 200);
    expect(fused.ids).toHaveLength(100);
    expect(fused.scores.at(-1)).toBe(0);
  });

  it("gives nothing for nothing, and no more than the limit", () => {
    expect(entries(fuse(side(), side(), 10))).toEqual([]);
    expect(entries(fuse(side([1, 2], [2, 1]), side(), 1))).toEqual([[1, 0.5]]);
  });

  it("stays between 0 and 1, best first, with every passage once", () => {
    const ranking = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: -5, max: 50, noNaN: true })), {
        selector: ([id]) => id,
        maxLength: 40,
      })
      .map((found) => side(...found.sort((one, other) => other[1] - one[1])));
    fc.assert(
      fc.property(ranking, ranking, (lexical, dense) => {
        const { ids, scores } = fuse(lexical, dense, 100);
        expect(new Set(ids)).toEqual(new Set([...lexical.ids, ...dense.ids]));
        expect(ids).toHaveLength(new Set(ids).size);
        expect([...scores]).toEqual([...scores].sort((one, other) => other - one));
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
      }),
    );
  });
});
