import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { soundOf } from "../../src/retrieve/sound.ts";
import { correct, soundAlikes, type Vocabulary } from "../../src/retrieve/spelling.ts";
import { distance } from "../../src/text/distance.ts";
import { tokens } from "../../src/text/tokens.ts";

function vocabulary(...terms: string[]): Vocabulary {
  return {
    frequency: (term) => terms.filter((known) => known === term).length,
    rarity: () => 1,
    startingWith: (character) => new Set(terms.filter((term) => term.startsWith(character))),
  };
}

function corrected(word: string, ...terms: string[]) {
  const [token] = tokens(word);
  if (token === undefined) throw new Error("no word");
  return correct(token, vocabulary(...terms));
}

describe("correct", () => {
  it.each([
    ["queta", ["quetta"]],
    ["blsat", ["blast"]],
    ["lbast", ["blast"]],
    ["balochsitan", ["balochistan"]],
    ["zzzzzz", null],
    ["kwz", null],
  ])("%s", (typed, expected) => {
    expect(corrected(typed, "quetta", "blast", "balochistan")).toEqual(expected);
  });

  it("drops mistyped stop words", () => {
    expect(corrected("waht", "wheat")).toBe("what");
    expect(corrected("abuot", "abbot")).toBe("about");
  });

  it("prefers the nearer, then the more frequent", () => {
    expect(corrected("paktia", "paktika", "pakti", "pakti")).toEqual(["pakti", "paktika"].slice(0, 2));
  });
});

describe("words of English", () => {
  it.each([
    ["loyal", "local"],
    ["else", "eas"],
    ["guns", "gul"],
    ["recipe", "recipi"],
    ["deport", "depart"],
  ])("that the reports lack are not mistyped: %s", (typed, term) => {
    expect(corrected(typed, term)).toBeNull();
  });

  it("may stand there in another form", () => {
    expect(corrected("preacher", "preach")).toEqual(["preach"]);
    expect(corrected("loyal", "loyalti")).toEqual(["loyalti"]);
  });
});

describe("soundAlikes", () => {
  const alikes = (word: string, ...terms: string[]) => {
    const [token] = tokens(word);
    if (token === undefined) throw new Error("no word");
    return soundAlikes(token, {
      ...vocabulary(...terms),
      soundingLike: (key) => terms.filter((term) => soundOf(term) === key),
    });
  };

  it("finds the spellings of a name", () => {
    expect(alikes("Laden", "ladin", "lade", "laden")).toEqual(["ladin"]);
    expect(alikes("Tahrik", "tehreek", "tehran")).toEqual(["tehreek"]);
  });

  it("takes no word of English for a name, nor its stem", () => {
    expect(alikes("Sharif", "sheriff")).toEqual([]);
    expect(alikes("Sévaré", "sever")).toEqual([]);
  });

  it("finds none for short words, and none without sounds", () => {
    expect(alikes("Ali", "aly")).toEqual([]);
    expect(soundAlikes({ surface: "Laden", term: "laden" }, vocabulary("ladin"))).toEqual([]);
  });
});

describe("distance", () => {
  /** The definition, without early end. */
  function textbook(a: string, b: string): number {
    const table = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    const at = (i: number, j: number) => table[i]?.[j] ?? 0;
    for (let i = 1; i <= a.length; i += 1) {
      for (let j = 1; j <= b.length; j += 1) {
        let value = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          value = Math.min(value, at(i - 2, j - 2) + 1);
        const row = table[i];
        if (row !== undefined) row[j] = value;
      }
    }
    return at(a.length, b.length);
  }

  it("equals the definition up to its limit", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        const exact = textbook(a, b);
        if (exact <= limit) expect(distance(a, b, limit)).toBe(exact);
        else expect(distance(a, b, limit)).toBeGreaterThan(limit);
      }),
    );
  });
});
