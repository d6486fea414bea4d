import { describe, expect, it } from "vitest";
import { canBearOut } from "../../src/answer/bearing-out.ts";
import type { Said } from "../../src/answer/evidence.ts";
import { passageView } from "../../src/answer/passage-view.ts";
import { corroborationOf } from "../../src/answer/voices.ts";
import type { ReportSource } from "../../src/domain/report.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { tokens } from "../../src/text/tokens.ts";
import { entry, hit, passage } from "../helpers/sources.ts";

const glossary = createGlossary([
  entry("Harbour Institute", "think-tank"),
  entry("River Panel", "organisation"),
  entry("Red Fleet", "armed-group"),
  entry("Blue Fleet", "armed-group"),
  entry("Narva", "place"),
  entry("Lagos", "place"),
]);

let passages = 0;
function said(text: string, fields: Partial<ReportSource> = {}): Said {
  passages += 1;
  const id = `r${passages}`;
  const of = hit(passage(passages, id, [text]), { title: id, publisher: null, origins: [], ...fields });
  const [first] = passageView(of, glossary).sentences;
  if (first === undefined) throw new Error("a sentence expected");
  const { sentence, reading } = first;
  const words = tokens(reading);
  return { hit: of, index: 0, sentence, reading, tokens: words, terms: new Set(words.map(({ term }) => term)) };
}

const can = (one: Said, other: Said) => {
  const verdict = canBearOut(one, other, glossary);
  expect(canBearOut(other, one, glossary)).toBe(verdict);
  return verdict;
};

describe("canBearOut", () => {
  it.each([
    ["The Red Fleet made 64 raids in Narva in 2024.", "In 2024 Narva saw 64 raids by the Red Fleet."],
    ["The Red Fleet made 64 raids in Narva.", "The Red Fleet made 64 raids in Narva in 2024."],
    // Whoever counts is not what is counted.
    ["The Harbour Institute counted 64 raids in Narva.", "Narva had 64 raids, according to the Coast Office."],
    ["The Red Fleet raids ships.", "Ships are raided by the Red Fleet."],
  ])("%j and %j bear each other out", (one, other) => {
    expect(can(said(one), said(other))).toBe(true);
  });

  it.each([
    ["another figure", "The Red Fleet made 64 raids in Narva.", "The Red Fleet made 65 raids in Narva."],
    ["no figure", "The Red Fleet made 482 raids with 558 deaths.", "The Red Fleet made raids with deaths."],
    ["a figure less", "The Red Fleet made 482 raids with 558 deaths.", "The Red Fleet made 482 raids with deaths."],
    ["another group", "Most raids were made by the Red Fleet.", "Most raids were made by the Blue Fleet."],
    ["no group", "Most raids were made by the Red Fleet.", "Most raids were made at night."],
    ["another place", "The Red Fleet raids Narva.", "The Red Fleet raids Lagos."],
    ["a place no glossary has", "The Red Fleet raids ships off Tallbay.", "The Red Fleet raids ships off Oxmouth."],
    ["another year", "The Red Fleet raided Narva in 2023.", "The Red Fleet raided Narva in 2024."],
    ["a denial", "The Red Fleet raided Narva.", "The Red Fleet denied that it raided Narva."],
    ["a negation", "The Red Fleet raids Narva.", "The Red Fleet never raids Narva."],
    ["a fall", "Raids of the Red Fleet rose.", "Raids of the Red Fleet fell."],
  ])("%s bears nothing out", (_, one, other) => {
    expect(can(said(one), said(other))).toBe(false);
  });

  it("a sentence without a place is about that of its report", () => {
    const text = "Armed groups held people without trial.";
    const of = (title: string) => said(text, { title, publisher: "Review Office" });
    expect(can(of("2021 Review of Rights: Narva"), of("2021 Review of Rights: Lagos"))).toBe(false);
    // Names that no glossary has.
    expect(can(of("2021 Review of Rights: Tallbay"), of("2023 Review of Rights: Oxmouth"))).toBe(false);
    expect(can(of("2021 Review of Rights: Tallbay"), of("Oxmouth"))).toBe(false);
    expect(can(of("2021 Review of Rights: Tallbay"), of("2023 Review of Rights: Tallbay"))).toBe(true);
  });
});

describe("corroborationOf", () => {
  const text = "The Red Fleet made 64 raids in Narva.";
  const isIndependent = (one: Said, other: Said) => {
    const [found, swapped] = [corroborationOf(one, [other], glossary), corroborationOf(other, [one], glossary)];
    expect(swapped[0]?.independent).toBe(found[0]?.independent);
    return found[0]?.independent;
  };
  const origin = (title: string, publisher: string | null) => ({
    title,
    publisher,
    documentId: null,
    published: null,
    url: null,
  });

  it("two reports of nobody in common are two voices", () => {
    expect(isIndependent(said(text, { publisher: "Coast Office" }), said(text, { publisher: "Port Office" }))).toBe(
      true,
    );
    expect(isIndependent(said(text, { publisher: "Not stated" }), said(text, { publisher: "Not stated" }))).toBe(true);
  });

  it("three yearly reports of one publisher are one voice", () => {
    const of = (title: string) => said(text, { title, publisher: "Coast Office" });
    const found = corroborationOf(of("Review 2019"), [of("Review 2021"), of("Review 2023")], glossary);
    expect(found.map(({ independent }) => independent)).toEqual([false, false]);
  });

  it("two reports of one body's series, as the press has them, are one voice", () => {
    const of = (number: string, publisher: string) =>
      said(text, { publisher, origins: [origin(`${number} report of the River Panel`, "Council (C)")] });
    expect(isIndependent(of("8th", "Council, via press"), of("9th", "Courier"))).toBe(false);
    const told = (number: string) => said(`The ${number} report put the raids of the Red Fleet in Narva at 64.`);
    expect(isIndependent(told("8th"), told("9th"))).toBe(false);
  });

  it("a body and who passes on what it said are one voice", () => {
    const passedOn = said("The Red Fleet made 64 raids in Narva, the River Panel said.", { publisher: "Courier" });
    expect(isIndependent(said(text, { publisher: "River Panel" }), passedOn)).toBe(false);
    expect(isIndependent(said(text, { title: "River Panel yearly review" }), passedOn)).toBe(false);
    expect(isIndependent(said(text, { publisher: "Coast Office" }), passedOn)).toBe(true);
  });
});
