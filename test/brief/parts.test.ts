/** The parts that briefings are made with: names as they are meant, cells, shorter sections, subjects, citations. */

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isoOf } from "../../src/brief/cells.ts";
import { sectionsOf } from "../../src/brief/compose.ts";
import { placeOfHeading } from "../../src/brief/headed-place.ts";
import { isTelling } from "../../src/brief/headings.ts";
import { lineSpan, standing } from "../../src/brief/lines.ts";
import type { LineDraft, SectionDraft } from "../../src/brief/material.ts";
import { isOutright, isTeller } from "../../src/brief/names.ts";
import { evenly, overReports } from "../../src/brief/passages.ts";
import { shortened } from "../../src/brief/shorten.ts";
import { nearestName } from "../../src/brief/subject.ts";
import { headingsOf, subjectsFrom } from "../../src/brief/subjects.ts";
import { areAlike } from "../../src/brief/taken.ts";
import { SitrepError } from "../../src/domain/errors.ts";
import { checkedSubject } from "../../src/domain/subject-text.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { entry, passage } from "../helpers/sources.ts";
import { material, NAMES } from "./material.ts";

const PLACES = createGlossary([
  entry("India", "place", ["Indian"]),
  entry("United States", "place", ["US", "America"]),
]);

describe("a name of a place", () => {
  test.each([
    ["India denied the charge.", true],
    ["The strikes in India went on.", true],
    ["Indian Prime Minister Rao denied it.", true],
    ["As The Indian System wrote, it rained.", false],
    ["A report of Yocahu India says so.", false],
    ["The Telegraph (India) says so.", false],
    ["He was paid US$400 a month.", false],
    ["Voice of America says so.", false],
  ])("is meant or part of another: %s", (text, isMeant) => {
    const [name] = PLACES.find(text);
    expect(name).toBeDefined();
    if (name !== undefined) expect(isOutright(name, text)).toBe(isMeant);
  });

  test.each([
    ["According to the Port Council, 14 boats were taken.", true],
    ["The Port Council said in May 2021 that 14 boats were taken.", true],
    ["14 boats were taken, the Port Council said on Monday.", true],
    ["The Port Council took 14 boats.", false],
    ["14 boats of the Port Council were taken, it is said.", false],
  ])("is who tells, or not: %s", (text, tells) => {
    const name = NAMES.find(text)[0] ?? expect.fail(text);
    expect(isTeller(text, name)).toBe(tells);
  });
});

describe("the place that a heading gives", () => {
  const glossary = createGlossary([entry("Narva", "place"), entry("Lagos", "place")]);
  test.each([
    ["Mali", "Mali"],
    ["Country reports: Burkina Faso", "Burkina Faso"],
    ["Rival totals for Narva in 2024", "Narva"],
    ["Strikes in Narva", "Narva"],
    ["Narva", "Narva"],
    ["Narva's operations", null],
    ["The Narva talks", null],
    ["Boats in Narva and Lagos", null],
    ["Summary", null],
  ])("is said for all that stands under it: %s", (heading, place) => {
    expect(placeOfHeading(heading, glossary)).toBe(place);
  });
});

describe("a period in a cell", () => {
  test.each([
    ["2024-01-01", "2024-12-31", "2024"],
    ["2024", "2024", "2024"],
    ["2021-01-01", "2023-12-31", "2021/2023"],
    ["2024-07-01", "2024-07-31", "2024-07"],
    ["2025-02", "2025-02-29", "2025-02"],
    ["2024-07-01", "2024-12-31", "2024-07/2024-12"],
    ["2024-07-03", "2024-07-03", "2024-07-03"],
    ["2024-07-03", "2024-12-13", "2024-07-03/2024-12-13"],
  ])("is as exact as both of its ends: %s to %s", (from, to, iso) => {
    expect(isoOf({ from, to })).toBe(iso);
  });
});

describe("a subject as it is typed", () => {
  it("has its white space folded", () => {
    expect(checkedSubject("  drone\n\tattacks ")).toBe("drone attacks");
    expect(checkedSubject("x".repeat(200))).toHaveLength(200);
  });

  it("is refused, or a text of 1 to 200 characters without control characters, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 260 }), (text) => {
        let subject: string;
        try {
          subject = checkedSubject(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SitrepError);
          return;
        }
        expect(subject.length).toBeGreaterThan(0);
        expect(subject.length).toBeLessThanOrEqual(200);
        expect(subject).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it("is the nearest name where it is mistyped, and none where it is another word", () => {
    const near = (typed: string) => nearestName(typed, NAMES, () => true);
    expect(near("Red Flete")).toBe("Red Fleet");
    expect(near("red fleets")).toBe("Red Fleet");
    expect(near("Green Fleet")).toBeNull();
    expect(near("HI")).toBeNull();
    expect(nearestName("Red Flete", NAMES, () => false)).toBeNull();
  });
});

describe("what a briefing can be asked for", () => {
  const headed = (id: number, ...headings: string[]) => ({
    ...passage(id, "r1", ["A sentence.", "And one more."]),
    locator: { page: null, headings, paragraph: 1 },
  });

  it("is the names that are used and the telling headings, the most frequent first", () => {
    const headings = headingsOf([
      headed(1, "Raids of 2021", "Introduction"),
      headed(2, "RAIDS OF 2021"),
      headed(3, "Red Fleet"),
      headed(4, "Sources"),
      headed(5, "Sources"),
      headed(6, "Two sentences are too little"),
      headed(7, "Lagos"),
      headed(8, "Lagos"),
    ]);
    const counts: Readonly<Record<string, number>> = { "@red-fleet": 3, "@narva": 2, "@lagos": 1 };
    const frequency = (term: string) => counts[term] ?? 0;
    expect(subjectsFrom(NAMES, frequency, headings).map(({ name, kind, passages }) => [name, kind, passages])).toEqual([
      ["Red Fleet", "name", 3],
      ["Narva", "name", 2],
      ["Raids of 2021", "heading", 2],
    ]);
  });

  it("counts a form that two names share for the one whose own forms are used", () => {
    const fleet = { ...entry("Red Fleet", "armed-group", ["RF"]), ambiguous: ["RF"] };
    const rescue = { ...entry("river flotation", "term", ["RF"]), ambiguous: ["RF"] };
    const names = createGlossary([fleet, rescue]);
    const frequency = (term: string) => (term === "flotation" || term === "flotat" ? 0 : 8);
    expect(subjectsFrom(names, frequency, []).map(({ name, passages }) => [name, passages])).toEqual([
      ["Red Fleet", 8],
    ]);
  });

  test.each([
    "Introduction",
    "2. Contents",
    "Where sources disagree",
    "Where the sources differ",
    "Where figures differ: the later count",
    "Background to the raids",
    "Table 4",
    "IV. Conclusions",
    "—",
  ])("is not %s", (heading) => {
    expect(isTelling(heading)).toBe(false);
  });
});

describe("a section that is made shorter", () => {
  const draft = async (): Promise<SectionDraft> => {
    const all = await material(null, [
      { sentences: ["a", "b", "c", "d", "e", "f", "g", "h"].map((letter) => `Boat ${letter} left the port of Narva.`) },
    ]);
    const lines = all.items.map((item): LineDraft => ({ item, span: item.sentence, label: null, same: [] }));
    const value = (citation: number) => ({ written: String(citation), citation, who: null, rule: null });
    return {
      id: "disagreements",
      lines,
      disagreements: [
        { about: "boats", period: null, values: [value(2), value(5)] },
        { about: "crews", period: null, values: [value(1), value(3), value(4)] },
      ],
      pairs: [[6, 7]],
    };
  };

  it("keeps groups whole, with their places moved", async () => {
    const all = await draft();
    const { lines, disagreements = [], pairs = [] } = shortened(all, 5);
    expect(lines.length).toBeLessThanOrEqual(5);
    const readings = lines.map(({ item }) => item.reading);
    for (const { values } of disagreements) {
      for (const { written, citation } of values) {
        expect(readings[citation - 1]).toBe(all.lines[Number(written) - 1]?.item.reading);
      }
    }
    expect(disagreements[0]?.about).toBe("boats");
    expect(pairs.map((group) => group.map((index) => readings[index]))).toEqual([
      [all.lines[6]?.item.reading, all.lines[7]?.item.reading],
    ]);
  });

  it("stays as it is where it is short enough", async () => {
    const all = await draft();
    expect(shortened(all, 8)).toBe(all);
  });
});

describe("a quote of a line", () => {
  it("is whole sentences of one paragraph, and stands alone", async () => {
    const words = fc.constantFrom(
      "It took 14 boats in the bay of Narva that night.",
      "The Red Fleet took 14 boats in the bay of Narva in 2021.",
      "However, nobody was hurt in the raid on the port of Narva.",
      "The group left the bay of Narva with 14 boats at dawn.",
      "Narva had 30 raids in the winter of 2021, most of them small.",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 6 }), async (sentences) => {
        const { items } = await material(null, [{ sentences }]);
        for (const item of items) {
          const { start, end } = lineSpan(item);
          const starts = item.hit.passage.sentences.map((each) => each.start);
          expect(starts).toContain(start);
          expect(end).toBe(item.sentence.end);
          const text = item.hit.passage.text.slice(start, end);
          if (standing(item) > 0) expect(text).not.toMatch(/^(?:It|However|The group)\b/);
        }
      }),
    );
  });
});

describe("two lines", () => {
  it("say the same where their figures and most of their words are the same", async () => {
    const { items, likeness } = await material(null, [
      { sentences: ["The Red Fleet took 14 boats near Lagos in 2021."] },
      { sentences: ["In 2021 the Red Fleet took 14 boats near Lagos."] },
      { sentences: ["The Red Fleet took 19 boats near Lagos in 2021."] },
      { sentences: ["The Red Fleet denied that it took 14 boats near Lagos in 2021."] },
    ]);
    const [one, same, other, denied] = items;
    if (one === undefined || same === undefined || other === undefined || denied === undefined) expect.fail();
    expect(areAlike(one, same, likeness)).toBe(true);
    expect(areAlike(one, other, likeness)).toBe(false);
  });
});

describe("what is cited", () => {
  it("is in its report now, character for character, and nothing of it twice; else it is told of", async () => {
    const sentences = ["The Red Fleet took 14 boats near Lagos in 2021.", "The Red Fleet has 300 sailors in all."];
    const { items } = await material("Red Fleet", [{ sentences }]);
    const [first, second] = items;
    if (first === undefined || second === undefined) expect.fail();
    const both = { start: first.sentence.start, end: second.sentence.end };
    const lines: LineDraft[] = [
      { item: first, span: first.sentence, label: null, same: [] },
      { item: second, span: both, label: null, same: [] },
      { item: first, span: first.sentence, label: null, same: [] },
    ];
    const broken: string[] = [];
    const cited = (text: string) =>
      sectionsOf([{ id: "key-facts", lines }], {
        report: (id) => ({ id, path: "r1.md", source: first.hit.source, text, pages: [] }),
        glossary: NAMES,
        onBrokenQuote: (message) => broken.push(message),
      });
    const text = first.hit.passage.text;
    expect(cited(text).flatMap((section) => section.lines.map((line) => line.text))).toEqual(sentences);
    expect(broken).toEqual([]);
    expect(cited(text.replace("14", "15")).flatMap((section) => section.lines.map((line) => line.text))).toEqual([
      sentences[1],
    ]);
    expect(broken).toHaveLength(1);
    expect(cited("")).toEqual([]);
  });
});

describe("more passages than are read", () => {
  it("are read evenly spread, or of each report in turn", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (all, most) => {
        const ids = all.map((_, at) => at);
        const chosen = evenly(ids, most);
        expect(chosen).toHaveLength(Math.min(most, ids.length));
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen).toEqual([...chosen].sort((a, b) => a - b));
      }),
    );
    const of = (reportId: string, id: number) => passage(id, reportId, ["A sentence."]);
    const ranked = [of("a", 1), of("a", 2), of("a", 3), of("b", 4), of("c", 5)];
    expect(overReports(ranked, 3).map(({ id }) => id)).toEqual([1, 4, 5]);
    expect(overReports(ranked, 5)).toEqual(ranked);
  });
});
