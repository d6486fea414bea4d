import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprintOf, likenessOf } from "../../src/text/fingerprints.ts";

const sentence = fc
  .array(fc.constantFrom("attacks", "rose", "in", "2024", "905", "PICSS", "said", "fell", "by", "40%"), {
    minLength: 1,
  })
  .map((words) => words.join(" "));

describe("fingerprints of sentences", () => {
  test("know a sentence again whatever its white space is, and no other", () => {
    fc.assert(
      fc.property(sentence, sentence, (one, other) => {
        expect(fingerprintOf(`  ${one.replaceAll(" ", "\n ")} `)).toEqual(fingerprintOf(one));
        expect(fingerprintOf(one).whole === fingerprintOf(other).whole).toBe(one === other);
      }),
    );
  });

  test("likeness is 1 for the same words, 0 for none in common, and symmetric", () => {
    fc.assert(
      fc.property(sentence, sentence, (one, other) => {
        const [a, b] = [fingerprintOf(one), fingerprintOf(other)];
        expect(likenessOf(a, a)).toBe(1);
        expect(likenessOf(a, b)).toBe(likenessOf(b, a));
        expect(likenessOf(a, b)).toBeGreaterThanOrEqual(0);
        expect(likenessOf(a, b)).toBeLessThanOrEqual(1);
      }),
    );
    expect(likenessOf(fingerprintOf("PICSS counted 905 attacks"), fingerprintOf("Kabul denied that"))).toBe(0);
  });

  test("a changed figure leaves a sentence much like it was", () => {
    const before = fingerprintOf("PICSS counted 905 militant attacks in Pakistan in 2024.");
    const after = fingerprintOf("PICSS counted 909 militant attacks in Pakistan in 2024.");
    expect(likenessOf(before, after)).toBeGreaterThan(0.7);
  });

  test("hold none of the words", () => {
    expect(JSON.stringify(fingerprintOf("Noor Wali Mehsud leads"))).not.toMatch(/noor|wali|mehsud|lead/i);
  });
});
