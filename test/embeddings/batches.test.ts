import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_BATCH_TEXTS, MAX_BATCH_TOKENS, planBatches, toBatch } from "../../src/embeddings/batches.ts";

describe("planBatches", () => {
  it("puts every text in one batch, within the limits, sorted by length", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 256 }), { maxLength: 200 }), (lengths) => {
        const batches = planBatches(lengths);
        const order = batches.flat();
        expect([...order].sort((left, right) => left - right)).toEqual(lengths.map((_, index) => index));
        const sorted = order.map((index) => lengths[index] ?? 0);
        expect(sorted).toEqual([...lengths].sort((left, right) => left - right));
        for (const batch of batches) {
          const longest = Math.max(...batch.map((index) => lengths[index] ?? 0));
          expect(batch.length).toBeLessThanOrEqual(MAX_BATCH_TEXTS);
          expect(batch.length * longest).toBeLessThanOrEqual(MAX_BATCH_TOKENS);
        }
      }),
    );
  });
});

describe("toBatch", () => {
  /** "ab cd ef" as one token a word. */
  const encoding = { ids: [101, 7, 8, 9, 102], starts: [0, 0, 3, 6, 8], ends: [0, 2, 5, 8, 8] };
  const rowsOf = (spans: { start: number; end: number }[]): number[][] => {
    const { pooling, rows, tokens } = toBatch([{ encoding, spans }]);
    return Array.from({ length: rows }, (_, row) => [...pooling.slice(row * tokens, (row + 1) * tokens)]);
  };
  const whole = Array(5).fill(Math.fround(1 / 5));

  it("averages all tokens in row 0, and the tokens that share a character with a span in its row", () => {
    expect(rowsOf([])).toEqual([whole]);
    expect(rowsOf([{ start: 3, end: 5 }])[1]).toEqual([0, 0, 1, 0, 0]);
    expect(rowsOf([{ start: 4, end: 7 }])[1]).toEqual([0, 0, 0.5, 0.5, 0]);
    expect(rowsOf([{ start: 2, end: 6 }])[1]).toEqual([0, 0, 1, 0, 0]);
  });

  it("gives the whole text's row to a span that holds all tokens or none", () => {
    expect(rowsOf([{ start: 0, end: 8 }])[1]).toEqual(whole);
    expect(rowsOf([{ start: 1, end: 7 }])[1]).toEqual(whole);
    expect(rowsOf([{ start: 2, end: 3 }])[1]).toEqual(whole);
    expect(rowsOf([{ start: 8, end: 20 }])[1]).toEqual(whole);
  });

  it("pads to the longest text and the most spans with zeros", () => {
    const short = { ids: [101, 102], starts: [0, 0], ends: [0, 0] };
    const batch = toBatch([
      { encoding: short, spans: [] },
      { encoding, spans: [{ start: 0, end: 2 }] },
    ]);
    expect([batch.texts, batch.rows, batch.tokens]).toEqual([2, 2, 5]);
    expect([...batch.inputIds]).toEqual([101, 102, 0, 0, 0, 101, 7, 8, 9, 102]);
    expect([...batch.attentionMask]).toEqual([1, 1, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect([...batch.pooling.slice(0, 10)]).toEqual([0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
