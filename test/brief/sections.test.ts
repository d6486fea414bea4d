/** The sections on a subject, over reports made for it. */

import { describe, expect, it, test } from "vitest";
import { draftsOf } from "../../src/brief/assemble.ts";
import { actorsSection, coversSection } from "../../src/brief/corpus.ts";
import { keyFactsSection } from "../../src/brief/key-facts.ts";
import type { SectionMaker } from "../../src/brief/material.ts";
import { headingSpan, readingSection } from "../../src/brief/reading.ts";
import { relationsSection } from "../../src/brief/relations.ts";
import { nothingTaken } from "../../src/brief/taken.ts";
import { unverifiedSection } from "../../src/brief/unverified.ts";
import { whatSection } from "../../src/brief/what.ts";
import { material, quotes, type Told } from "./material.ts";

async function made(make: SectionMaker, reports: readonly Told[], subject: string | null = "Red Fleet") {
  const all = await material(subject, reports);
  return make(all, nothingTaken(all.likeness));
}
async function lines(make: SectionMaker, reports: readonly Told[], subject: string | null = "Red Fleet") {
  return quotes(await made(make, reports, subject));
}
const one = (...sentences: readonly string[]): Told[] => [{ sentences }];

const IS = "The Red Fleet is an armed group that raids ports on the coast of Narva.";
const FORMED = "The Red Fleet was formed by former sailors of the coast guard in 2009.";
const BANNED = "The Port Council banned the Red Fleet after the raids of that winter in 2015.";
const LEADS = "Anna Sorel has led the Red Fleet since the spring of 2019, according to the Coast Institute.";
const RAID = "The Red Fleet took 14 boats near Lagos in the first week of 2021.";

describe("what a subject is", () => {
  it("is told by what it is, its origin, its listing and its leader, in that order", async () => {
    expect(await lines(whatSection, one(RAID, LEADS, BANNED, FORMED, IS))).toEqual([IS, FORMED, BANNED, LEADS]);
  });

  it("leaves dated bans to the timeline where something else says what it is", async () => {
    const banned = "The Port Council banned the Red Fleet on 7 May 2015 after the raids of that winter.";
    expect(await lines(whatSection, one(banned, IS))).toEqual([IS]);
    expect(await lines(whatSection, one(banned, RAID))).toEqual([banned]);
  });

  it("is told by a label last, and not by what somebody calls it", async () => {
    const label = "Red Fleet is the term for a band of pirates that raids ports on the coast.";
    expect(await lines(whatSection, one(label, FORMED))).toEqual([FORMED, label]);
    const said = "The Port Council claimed in 2014 that the Red Fleet is a problem of the islands.";
    expect(await lines(whatSection, one(said))).toEqual([]);
  });

  it("is not told by what it did, nor by what another is", async () => {
    expect(await lines(whatSection, one(RAID))).toEqual([]);
    const other = "The Blue Fleet is an armed group that fought the Red Fleet in the bay of Narva.";
    expect(await lines(whatSection, one(other))).toEqual([]);
    const first = "The first leader of the Blue Fleet was a former commander of the Red Fleet in 2011.";
    expect(await lines(whatSection, one(first))).toEqual([]);
  });

  it("is taken from another report as well, where one has it", async () => {
    const reports = [
      { sentences: [IS, FORMED, BANNED, LEADS] },
      { sentences: ["The Red Fleet, a band of pirates from the islands, has no port of its own."] },
    ];
    const section = await made(whatSection, reports);
    expect(new Set(section?.lines.map(({ item }) => item.hit.passage.reportId)).size).toBe(2);
  });
});

describe("key facts", () => {
  it("are on the subject, varied, and none of them twice", async () => {
    const again = "Near Lagos the Red Fleet took 14 boats in the first week of 2021.";
    const strength = "The Red Fleet had 300 sailors and 20 boats in the summer of 2022.";
    const other = "The Blue Fleet lost 9 boats in a storm off the islands in 2020.";
    const found = await lines(keyFactsSection, [{ sentences: [RAID, other] }, { sentences: [again, strength] }]);
    expect(found).toContain(strength);
    expect(found.filter((text) => text === RAID || text === again)).toHaveLength(1);
    expect(found).not.toContain(other);
  });

  it("come from several reports before they come from one", async () => {
    const many = ["boats", "crews", "guns", "ropes", "sails", "lamps", "oars", "nets", "flags", "maps"].map(
      (thing, index) => `The Red Fleet bought ${index + 11} ${thing} from the ${thing} market of Narva in 2020.`,
    );
    const section = await made(keyFactsSection, [{ sentences: many }, { sentences: [RAID] }]);
    expect(quotes(section)).toContain(RAID);
    expect(section?.lines.length).toBeLessThanOrEqual(8);
  });

  it("say who else says the same", async () => {
    const section = await made(keyFactsSection, [{ sentences: [RAID] }, { sentences: [RAID] }]);
    expect(section?.lines).toHaveLength(1);
    expect(section?.lines[0]?.same.map(({ hit }) => hit.passage.reportId)).toEqual(["r2"]);
  });

  it("are no addresses, orders, fragments and tables, and begin with nothing that is not quoted", async () => {
    const bad = [
      "Red Fleet boats taken",
      "Let us know what you think of the Red Fleet and its boats.",
      "See also the chapter on the Red Fleet and its boats.",
      "Who pays the Red Fleet for all these boats and guns?",
      "| Red Fleet | 14 boats | Lagos | 2021 | taken at night | Coast Institute |.",
      "They say that the Red Fleet took 14 boats near Lagos in 2021.",
    ];
    for (const sentence of bad) expect(await lines(keyFactsSection, one(sentence)), sentence).toEqual([]);
  });

  it("quote what they lean on with them", async () => {
    const leaning = "It was the largest raid of the Red Fleet in that year, with 14 boats taken.";
    const found = await lines(keyFactsSection, one("Some 40 men came to Lagos on a night in January 2021.", leaning));
    expect(found).toContain(`Some 40 men came to Lagos on a night in January 2021. ${leaning}`);
    expect(found).not.toContain(leaning);
  });
});

describe("a subject on which little is told", () => {
  it("has key facts before its relations and what is alleged", async () => {
    const pays = "The Blue Fleet pays the Red Fleet for safe passage through the bay of Narva.";
    const alleged = "The Red Fleet allegedly bought the guns of a garrison in the winter of 2020.";
    const all = await material("Red Fleet", one(IS, RAID, pays, alleged));
    const drafts = await draftsOf(
      all,
      () => null,
      async () => {},
    );
    const of = (id: string) => quotes(drafts.find((draft) => draft.id === id) ?? null);
    expect(of("what")).toEqual([IS]);
    expect(of("key-facts")).toContain(RAID);
    expect(drafts.filter(({ id }) => id === "key-facts")).toHaveLength(1);
    const every = drafts.filter(({ id }) => id !== "reading").flatMap(quotes);
    expect(new Set(every).size).toBe(every.length);
  });
});

describe("relations", () => {
  it("have the other's name and the sentence that relates the two, a denial beside its claim", async () => {
    const pays = "The Blue Fleet pays the Red Fleet for safe passage through the bay of Narva.";
    const denies = "A captain of the Blue Fleet denied that his side had paid or helped the Red Fleet.";
    const section = await made(relationsSection, [{ sentences: [pays, RAID] }, { sentences: [denies] }]);
    expect(quotes(section)).toEqual([pays, denies]);
    expect(section?.lines.map(({ label }) => label)).toEqual([
      { kind: "name", name: "Blue Fleet" },
      { kind: "name", name: "Blue Fleet" },
    ]);
  });

  test.each([
    "The Red Fleet took 14 boats in 2021; the Blue Fleet is supported by merchants of Lagos.",
    "The Blue Fleet had 40 boats and the Red Fleet had 20 boats in the year 2021.",
    "The Red Fleet took 14 boats near Lagos in 2021, according to the Port Council.",
  ])("are none where the sentence only names both: %s", async (sentence) => {
    expect(await lines(relationsSection, one(sentence))).toEqual([]);
  });

  it("are those to bodies that decide on it", async () => {
    const section = await made(relationsSection, one(BANNED));
    expect(section?.lines.map(({ label }) => label)).toEqual([{ kind: "name", name: "Port Council" }]);
  });
});

describe("what remains unverified", () => {
  it("is what is not confirmed, only alleged, or denied, the plainest first", async () => {
    const open = "The claim that the Red Fleet sank the ferry has not been independently confirmed so far.";
    const alleged = "The Red Fleet allegedly bought the guns of a garrison in the winter of 2020.";
    const found = await lines(unverifiedSection, [{ sentences: [RAID, alleged] }, { sentences: [open] }]);
    expect(found).toEqual([open, alleged]);
  });

  test.each([
    "A source graded D gives the Red Fleet 90 boats, a figure that is not confirmed.",
    "The wording of the statement of the Red Fleet is unverified in the pages cited here.",
    "The monitors found the denial of the Red Fleet not credible.",
    "The Red Fleet denied on 3 May 2021 that it holds the unconfirmed hostages.",
    "The ministry did not respond to questions on the whereabouts of the Red Fleet.",
    RAID,
    "The Red Fleet claimed responsibility for the raid on the port of Lagos in 2021.",
    "If a boat of the Red Fleet did not say where it came from, the port of Lagos was closed.",
    "There is no doubt that the Red Fleet took 14 boats near Lagos in 2021.",
  ])("is not %s", async (sentence) => {
    expect(await lines(unverifiedSection, one(sentence))).toEqual([]);
  });
});

describe("the whole corpus", () => {
  it("is covered by sentences of several reports that name different subjects", async () => {
    const section = await made(
      coversSection,
      [
        { sentences: [RAID, IS] },
        { sentences: ["The Blue Fleet fought over the islands with Narva in 2018 and lost."] },
      ],
      null,
    );
    expect(section?.lines.map(({ item }) => item.hit.passage.reportId).sort()).toEqual(["r1", "r2"]);
  });

  it("is covered by themes, not by what goes on from elsewhere, tells of the method, or is opinion", async () => {
    const theme = "The Red Fleet and the Blue Fleet raid the ports of Narva and share the booty.";
    const bad = [
      "The Red Fleet likewise raids the ports of Narva and shares the booty with the Blue Fleet.",
      "By our own count the Red Fleet and the Blue Fleet raid the ports of Narva together.",
    ];
    const opinion = "The Red Fleet and the Blue Fleet should share the ports of Narva in peace.";
    const found = await lines(
      coversSection,
      [
        ...bad.map((sentence) => ({ sentences: [sentence] })),
        { sentences: [theme] },
        { sentences: [opinion], source: { kind: "op-ed" as const } },
      ],
      null,
    );
    expect(found).toEqual([theme]);
  });

  it("has no actor of which mostly the texts are named", async () => {
    const told = [
      "The Port Council's 12th report has 14 boats of the Red Fleet near Lagos in 2021.",
      "The Port Council's list of June 2020 has 12 boats of the Red Fleet near Lagos.",
      "According to the Port Council, 16 boats of the Red Fleet were near Lagos in 2022.",
      "The Port Council was founded by merchants of Narva in the year 1990.",
    ];
    const section = await made(
      actorsSection,
      told.map((sentence) => ({ sentences: [sentence, IS] })),
      null,
    );
    expect(section?.lines.map(({ label }) => (label?.kind === "name" ? label.name : null))).toEqual(["Red Fleet"]);
  });

  it("has its actors, each with what says best who it is, and none that only tells", async () => {
    const section = await made(
      actorsSection,
      [
        { sentences: [RAID, IS, "The Coast Institute is a body that counts raids, according to the Port Council."] },
        { sentences: ["The Blue Fleet is an armed group of the northern islands that has 40 boats."] },
      ],
      null,
    );
    const names = section?.lines.map(({ label }) => (label?.kind === "name" ? label.name : null));
    expect(names?.sort()).toEqual(["Blue Fleet", "Red Fleet"]);
    expect(quotes(section)).toContain(IS);
  });
});

describe("what to read", () => {
  const text = "# Pirates\n\nAbout raids.\n\n## Raids of 2021\n\nThe Red Fleet took 14 boats near Lagos in 2021.\n";

  it("names reports by their headings, with reasons", async () => {
    const start = text.indexOf("The Red");
    const all = await material("Red Fleet", [{ sentences: [text.slice(start).trim()], heading: "Raids of 2021" }]);
    const moved = all.items.map((item) => ({
      ...item,
      sentence: { ...item.sentence, start: item.sentence.start + start, end: item.sentence.end + start },
    }));
    const section = readingSection({ ...all, items: moved }, nothingTaken(all.likeness), {
      times: new Map([["r1", 3]]),
      disagreeing: new Set(["r1"]),
      report: (id) => ({ id, path: "r1.md", source: moved[0]?.hit.source ?? expect.fail(), text, pages: [] }),
    });
    const [line] = section?.lines ?? [];
    expect(text.slice(line?.span.start, line?.span.end)).toBe("Raids of 2021");
    expect(line?.label).toEqual({
      kind: "report",
      reportId: "r1",
      why: [{ kind: "quoted", times: 3 }, { kind: "broad" }, { kind: "newest" }, { kind: "other-view" }],
    });
  });

  it("finds a heading on a line of its own before the sentence, and nothing else", () => {
    const at = (heading: string, before = text.length) => {
      const span = headingSpan(text, heading, before);
      return span === null ? null : text.slice(Math.max(0, span.start - 3), span.end);
    };
    expect(at("Raids of 2021")).toBe("## Raids of 2021");
    expect(at("Raids of 2021", 20)).toBeNull();
    expect(at("Lagos")).toBeNull();
    expect(at("Pirates")).toMatch(/Pirates$/);
    expect(at("Raids of 2022")).toBeNull();
  });
});
