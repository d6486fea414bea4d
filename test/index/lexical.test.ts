import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LexicalIndex, WeightedTerm } from "../../src/index/lexical.ts";
import { buildLexical } from "../../src/index/lexical-build.ts";
import { loadLexical, parseLexical, saveLexical, serialiseLexical } from "../../src/index/lexical-file.ts";
import { temporaryFolder } from "./samples.ts";

/** BM25 as the textbook writes it: for each passage, the sum over the terms. */
function textbook(passages: readonly (readonly string[])[], query: readonly WeightedTerm[]): number[] {
  const average = passages.reduce((sum, terms) => sum + terms.length, 0) / passages.length;
  return passages.map((passage) => {
    let score = 0;
    for (const { term, weight } of query) {
      const frequency = passage.filter((each) => each === term).length;
      const documents = passages.filter((each) => each.includes(term)).length;
      const idf = Math.log(1 + (passages.length - documents + 0.5) / (documents + 0.5));
      const length = 1 - 0.75 + (0.75 * passage.length) / average;
      if (frequency > 0) score += weight * idf * ((frequency * (1.2 + 1)) / (frequency + 1.2 * length));
    }
    return score;
  });
}

const term: fc.Arbitrary<string> = fc.constantFrom(
  "river",
  "convoy",
  "42%",
  "cve-2024-3400",
  "dosé",
  "𝒳",
  "\uffee",
  "a",
  "ab",
  "abc",
  "nowhere",
);
const passages = fc.array(fc.array(term, { maxLength: 12 }), { minLength: 1, maxLength: 40 });
const query = fc.array(fc.record({ term, weight: fc.double({ min: 0.01, max: 4, noNaN: true }) }), { maxLength: 6 });

/** With gaps between the ids, as deletions leave them. */
function indexOf(all: readonly (readonly string[])[]): LexicalIndex {
  return buildLexical(all.map((terms, position) => ({ id: 3 * position + 7, terms })));
}

describe("search", () => {
  it("scores as the textbook does, with weights and filters", () => {
    const flags = fc.option(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 40, maxLength: 40 }));
    fc.assert(
      fc.property(passages, query, flags, (all, terms, flag) => {
        const allowed = flag === null ? undefined : Uint8Array.from(flag.slice(0, all.length));
        const { ids, scores } = indexOf(all).search(terms, 100, allowed);
        const expected = textbook(all, terms)
          .map((score, position) => ({ id: 3 * position + 7, score, isAllowed: allowed?.[position] !== 0 }))
          .filter(({ score, isAllowed }) => score > 0 && isAllowed);
        expect([...ids].sort((one, other) => one - other)).toEqual(expected.map(({ id }) => id));
        for (const { id, score } of expected) {
          const found = scores[ids.indexOf(id)] ?? 0;
          expect(Math.abs(found - score) / score).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives the best first, equal scores in order of the id, and no more than the limit", () => {
    fc.assert(
      fc.property(passages, query, fc.integer({ min: 1, max: 20 }), (all, terms, limit) => {
        const index = indexOf(all);
        const { ids, scores } = index.search(terms, limit);
        const everything = index.search(terms, 100);
        expect(ids).toEqual(everything.ids.slice(0, limit));
        for (let rank = 1; rank < ids.length; rank++) {
          const [before = 0, here = 0] = scores.subarray(rank - 1, rank + 1);
          expect(before > here || (before === here && (ids[rank - 1] ?? 0) < (ids[rank] ?? 0))).toBe(true);
        }
      }),
    );
  });

  it("starts afresh at every call", () => {
    const index = indexOf([["river"], ["convoy"]]);
    index.search([{ term: "river", weight: 1 }], 5);
    expect([...index.search([{ term: "convoy", weight: 1 }], 5).ids]).toEqual([10]);
    expect(index.search([], 5).ids).toHaveLength(0);
  });

  it("refuses what makes no sense", () => {
    const index = indexOf([["river"], ["convoy"]]);
    const terms = [{ term: "river", weight: 1 }];
    expect(() => index.search(terms, 0)).toThrow(new RangeError("0 is not a number of passages"));
    expect(() => index.search(terms, 5, new Uint8Array(3))).toThrow(new RangeError("A filter of 3 for 2 passages"));
    for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => index.search([{ term: "river", weight }], 5)).toThrow(
        new RangeError(`The weight ${weight} of "river"`),
      );
    }
  });

  it("finds nothing in an index of nothing", () => {
    const index = indexOf([]);
    expect(index.search([{ term: "river", weight: 1 }], 5).ids).toHaveLength(0);
    expect(index.count).toBe(0);
  });
});

describe("the vocabulary", () => {
  it("counts a term in the passages that are allowed, and in no others", () => {
    const flags = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(passages, term, flags, (all, each, flag) => {
        const allowed = Uint8Array.from(flag.slice(0, all.length));
        const expected = all.filter((passage, position) => allowed[position] === 1 && passage.includes(each)).length;
        expect(indexOf(all).documentFrequency(each, allowed)).toBe(expected);
      }),
    );
    expect(() => indexOf([["river"]]).documentFrequency("river", new Uint8Array(3))).toThrow(RangeError);
  });

  it("knows in how many passages each term is", () => {
    fc.assert(
      fc.property(passages, (all) => {
        const index = indexOf(all);
        const terms = new Set(all.flat());
        expect(new Set(index.vocabulary().keys())).toEqual(terms);
        for (const each of [...terms, "nowhere"]) {
          const documents = all.filter((passage) => passage.includes(each)).length;
          expect(index.documentFrequency(each)).toBe(documents);
          expect(index.vocabulary().get(each) ?? 0).toBe(documents);
          expect(index.idf(each)).toBeCloseTo(Math.log(1 + (all.length - documents + 0.5) / (documents + 0.5)), 12);
        }
      }),
    );
  });
});

describe("positions and ids", () => {
  it("lead to each other", () => {
    const index = indexOf([["a"], [], ["b"]]);
    expect([0, 1, 2].map((position) => index.idAt(position))).toEqual([7, 10, 13]);
    expect([7, 10, 13, 6, 8, 14].map((id) => index.positionOf(id))).toEqual([0, 1, 2, -1, -1, -1]);
    expect(() => index.idAt(3)).toThrow(new RangeError("There is no position 3 among 3 passages"));
  });

  it("want ids in ascending order that fit 32 bits", () => {
    for (const ids of [[2, 1], [1, 1], [0], [1.5], [2 ** 32]]) {
      expect(() => buildLexical(ids.map((id) => ({ id, terms: [] })))).toThrow("does not come after");
    }
  });
});

describe("the file", () => {
  it("gives back the same index", () => {
    fc.assert(
      fc.property(passages, query, (all, terms) => {
        const index = indexOf(all);
        const back = parseLexical(serialiseLexical(index));
        expect(back.search(terms, 50)).toEqual(index.search(terms, 50));
        expect(back.vocabulary()).toEqual(index.vocabulary());
        expect(back.count).toBe(index.count);
      }),
    );
  });

  it("is loaded only when it is the one that was written", async () => {
    const folder = temporaryFolder();
    const index = indexOf([["river", "convoy"], ["river"]]);
    const facts = await saveLexical(index, folder, "lexical.bin");
    const path = join(folder, "lexical.bin");
    expect((await loadLexical(path, facts)).arrays).toEqual(index.arrays);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
    writeFileSync(path, bytes);
    await expect(loadLexical(path, facts)).rejects.toThrow("has another checksum than when it was written");
  });

  it.each([
    ["another program's", (bytes: Uint8Array) => bytes.fill(0x20), "is not a lexical index"],
    ["shorter than its header", (bytes: Uint8Array) => bytes.slice(0, 20), "is not a lexical index"],
    ["of the other byte order", (bytes: Uint8Array) => bytes.fill(4, 8, 9).fill(1, 8, 9), "byte order"],
    ["of another format", (bytes: Uint8Array) => bytes.fill(9, 12, 13), "has format 9, not 1"],
    ["of another k1", (bytes: Uint8Array) => bytes.fill(0, 32, 40), "was built with k1 0 and b 0.75, not 1.2 and 0.75"],
    ["cut short", (bytes: Uint8Array) => bytes.slice(0, -2), /has \d+ bytes, not \d+/],
  ])("that is %s is not used", (_, damage, message) => {
    const bytes = serialiseLexical(indexOf([["river"], ["convoy", "river"]]));
    expect(() => parseLexical(damage(bytes))).toThrow(message);
  });
});
