import { afterAll, describe, expect, it } from "vitest";
import { wordLikeness } from "../../src/embeddings/word-likeness.ts";

const words = wordLikeness();
afterAll(() => words.close());

describe("wordLikeness", () => {
  it.each([
    ["guns", "weapons"],
    ["killed", "dead"],
    ["founded", "established"],
    ["arrested", "detained"],
    ["ship", "boat"],
  ])("finds %s and %s alike", (a, b) => {
    expect(words.between(a, b)).toBeGreaterThan(0.5);
  });

  it.each([
    ["deputy", "leader"],
    ["attack", "banned"],
    ["habit", "nature"],
  ])("tells %s from %s", (a, b) => {
    expect(words.between(a, b)).toBeLessThan(0.3);
  });

  it("is symmetric, ignores case and gives 1 for the same word", () => {
    expect(words.between("Guns", "weapons")).toBe(words.between("weapons", "guns"));
    expect(words.between("Quetta", "quetta")).toBe(1);
  });

  it("gives the same again, in any order of asking", () => {
    const pairs = ["attack", "raid", "bomb", "blast", "leader", "Emir"].flatMap((a, _, all) => all.map((b) => [a, b]));
    const first = pairs.map(([a = "", b = ""]) => words.between(a, b));
    const fresh = wordLikeness();
    expect(pairs.map(([a = "", b = ""]) => words.between(a, b))).toEqual(first);
    expect(pairs.toReversed().map(([a = "", b = ""]) => fresh.between(a, b))).toEqual(first.toReversed());
    fresh.close();
  });

  it("answers for words in any script and for none", () => {
    for (const word of ["", "دہشت", "𝒳", "🙂", "x".repeat(500)]) {
      expect(Number.isFinite(words.between(word, "attack"))).toBe(true);
    }
  });

  it("names the model when its files are not there", () => {
    const broken = wordLikeness({ weightsPath: "/nowhere", tokenizerPath: "/nowhere", configPath: "/nowhere" });
    expect(() => broken.between("a", "b")).toThrow(/embedding model/);
  });
});
