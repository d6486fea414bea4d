import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, tokenise, tokens } from "../../src/text/tokens.ts";

describe("tokens", () => {
  it("keeps figures whole, without thousands separators, and offers the bare number of a percentage", () => {
    const found = tokens("1,177 deaths (+21%), US$43,000");
    expect(found.map(({ term }) => term)).toEqual(["1177", "death", "21%", "us", "43000"]);
    expect(found[2]?.parts).toEqual(["21"]);
    expect(found[2]?.numeric).toBe(true);
  });

  it("keeps identifiers whole and in parts", () => {
    expect(tokenise("CVE-2024-3400 and S/2025/71")).toEqual([
      "cve-2024-3400",
      "cve",
      "2024",
      "3400",
      "s-2025-71",
      "2025",
      "71",
    ]);
  });

  it.each([
    ["organisation", "organizations"],
    ["attacked", "attacks"],
    ["Jan", "January"],
    ["led", "leads"],
    ["women", "woman"],
    ["Qaʼida’s".replace("ʼ", "'"), "Qa'ida"],
    ["Águila", "aguila"],
    ["designated", "designate"],
  ])("compares %s and %s as one term", (a, b) => {
    expect(tokenise(a)).toEqual(tokenise(b));
  });

  it("leaves stop words out of the index, but not names that look like them in capitals", () => {
    expect(tokenise("the US was it")).toEqual(["us"]);
    expect(tokenise("tell us about it")).toEqual(["tell"]);
  });

  it("gives offsets at which the surface stands, in any script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        let last = 0;
        for (const { surface, start, end } of tokens(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toBe(surface);
          last = end;
        }
      }),
    );
  });

  it("does not take quadratic time on a single long line", () => {
    const began = performance.now();
    tokens("a.".repeat(200_000));
    tokens("a-".repeat(200_000));
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe("fold", () => {
  it("takes accents, case and typographic marks away", () => {
    expect(fold("Da’esh – ÁÉ")).toBe("da'esh - ae");
  });
});
