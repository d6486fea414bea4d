import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aliasesIn, longFormBefore } from "../../src/text/aliases.ts";

const pairs = (text: string) => aliasesIn(text).map(({ name, alias }) => `${alias} = ${name}`);

describe("aliasesIn", () => {
  it.each([
    ["The Federal Harbour Agency (FHA) counted ships.", ["FHA = Federal Harbour Agency"]],
    ["A case of the Counterpiracy Department (CPD) was closed.", ["CPD = Counterpiracy Department"]],
    [
      "the Office of the UN High Commissioner for Harbours (OHCH) said",
      ["OHCH = Office of the UN High Commissioner for Harbours"],
    ],
    ["Internally Stranded Sailors (ISSs) were counted", ["ISS = Internally Stranded Sailors"]],
    ["attacked by improvised floating mines (IFMs) at sea", ["IFM = improvised floating mines"]],
    ["a ship of RSF (Red Sea Fleet) sank", ["RSF = Red Sea Fleet"]],
    ["the Volunteers for the Harbour, or VHs, recruited", ["VH = Volunteers for the Harbour"]],
    ["Night Heron, also known as APT-H-36, is a gang.", ["APT-H-36 = Night Heron"]],
    [
      "Night Heron, a.k.a. APT-H-36, Garza Nocturna (G0001), is",
      ["APT-H-36 = Night Heron", "Garza Nocturna = Night Heron"],
    ],
    ["Karim Aldin (better known as Falcon) fled.", ["Falcon = Karim Aldin"]],
    ["the Sea Falcons, alias the Free Falcons, claimed it", ["Free Falcons = Sea Falcons"]],
    ["its Red Fleet-Narva (RF-N) branch", ["RF-N = Red Fleet-Narva"]],
  ])("%s", (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  it.each([
    "Narva (Estonia) has a harbour.",
    "The Harbour Act (Amendment) was passed.",
    "12,000 crowns ($1,100) were paid.",
    "Ships (see section 6) were counted.",
    "The fleet was formerly based in the north.",
    "Nobody is known as far as the port.",
    "South Narva (UNIMSN) has peacekeepers.",
  ])("finds none: %s", (text) => {
    expect(pairs(text)).toEqual([]);
  });

  it("does not take the words of a heading into a name", () => {
    expect(pairs("Overview of Ships\n\nNight Heron, also known as APT-H-36, is a gang.")).toEqual([
      "APT-H-36 = Night Heron",
    ]);
  });

  it("reads across the end of a line", () => {
    expect(pairs("The Federal\nHarbour Agency (FHA) counted ships.")).toEqual(["FHA = Federal Harbour Agency"]);
  });

  it("gives names that stand in the text, each pair once, and the same each time", () => {
    const word = fc.constantFrom(
      ..."Federal Harbour Agency (FHA) the of (aka also known as alias , . ( ) \n\n or FHAs é Ö".split(" "),
      " ",
      "\n\n",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 40 }).map((words) => words.join(" ")),
          fc.string(),
        ),
        (text) => {
          const found = aliasesIn(text);
          const folded = text.replace(/\s+/g, " ");
          for (const { name, alias } of found) {
            expect(folded).toContain(name);
            expect(folded).toContain(alias);
          }
          const keys = found.map(({ name, alias }) => `${name}\n${alias}`.toLowerCase());
          expect(new Set(keys).size).toBe(keys.length);
          expect(aliasesIn(text)).toEqual(found);
        },
      ),
    );
  });

  it("is linear in the text", () => {
    const text = "The Federal Harbour Agency (FHA), also known as the Port Watch, counted (many) ships. ".repeat(
      10_000,
    );
    const began = performance.now();
    expect(aliasesIn(text)).toHaveLength(2);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("longFormBefore", () => {
  it.each([
    ["said the Movement for Free Harbours ", "MFH", "Movement for Free Harbours"],
    ["of the Free Harbours ", "MFH", null],
    ["Harbours ", "H2", null],
    ["Harbour. Free Agency ", "HFA", null],
  ])("%s(%s)", (before, short, expected) => {
    expect(longFormBefore(before, short)).toBe(expected);
  });
});

describe("hostile brackets", () => {
  it.each([
    ["short forms over and over", `${"UU ".repeat(200)}(XUUUUUUUUU)`],
    ["small words over and over", `${"of ".repeat(200)}(XOOOOOOOOO)`],
  ])("are read in a moment: %s", (_name, text) => {
    const began = performance.now();
    expect(aliasesIn(text)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
