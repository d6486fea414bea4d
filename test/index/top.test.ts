import fc from "fast-check";
import { expect, it } from "vitest";
import { offer, takeAll, threshold, topOf } from "../../src/index/top.ts";

it("keeps what sorting everything would put first, equal scores in order of the position", () => {
  // Few different scores, so that most of them are equal.
  const scores = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 200 }).chain((all) => {
    const entries = [...all.entries()];
    return fc.shuffledSubarray(entries, { minLength: entries.length });
  });
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 50 }), (all, limit) => {
      const top = topOf(limit);
      for (const [position, score] of all) offer(top, score, position);
      const sorted = [...all].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, limit);
      expect(threshold(top)).toBe(all.length < limit ? Number.NEGATIVE_INFINITY : sorted.at(-1)?.[1]);
      const { positions, scores: kept } = takeAll(top);
      expect([...positions].map((position, rank) => [position, kept[rank]])).toEqual(sorted);
    }),
  );
});
