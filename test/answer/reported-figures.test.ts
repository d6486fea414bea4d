import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figuresOfPassage, figuresOfReport } from "../../src/answer/reported-figures.ts";
import type { ReportedFigure, Slice } from "../../src/domain/figure.ts";
import type { ReportSource } from "../../src/domain/report.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { entry, hit, hitOfText, passage, source } from "../helpers/sources.ts";

const glossary = createGlossary([
  entry("Harbour Institute", "think-tank", ["HI"]),
  entry("Coast Institute", "think-tank", ["CI"]),
  entry("Port Council", "government-body"),
  entry("14th report", "document"),
  entry("Red Fleet of the North", "armed-group", ["RFN"]),
  entry("Blue Fleet", "armed-group"),
  entry("Narva", "place"),
  entry("Lagos", "place"),
  entry("Jona Vale", "person"),
]);

const of = (text: string, fields: Partial<ReportSource> = {}): ReportedFigure[] =>
  figuresOfPassage(hitOfText(text, fields), glossary);

/** Value, unit and what is counted, of every figure of a text. */
const counted = (text: string) => of(text).map(({ written, counted }) => `${written}: ${counted}`);
const periods = (text: string, fields: Partial<ReportSource> = {}) =>
  of(text, fields).map(({ time }) => (time === null ? null : `${time.from} ${time.to} ${time.part} ${time.basis}`));
const who = (text: string) => of(text).map(({ who }) => who?.text ?? null);
const places = (text: string) => of(text).map((each) => each.places.map(({ text }) => text));
const keys = (...texts: readonly string[]) => texts.flatMap((text) => of(text).map(({ countedKey }) => countedKey));

describe("what a figure counts", () => {
  it("is said in words for a person", () => {
    expect(counted("HI counted 905 militant attacks in Narva in 2024.")).toEqual(["905: militant attacks"]);
    expect(counted("HI recorded 91 deaths in 2024: 35 soldiers, 20 civilians and 36 militants.")).toEqual([
      "91: people killed",
      "35: soldiers killed",
      "20: civilians killed",
      "36: militants killed",
    ]);
    expect(counted("Suicide attacks fell from 29 in 2023 to 17 in 2024, according to HI.")).toEqual([
      "29: suicide attacks",
      "17: suicide attacks",
    ]);
    expect(counted("RFN carried out over 600 attacks in Narva in 2025.")).toEqual(["over 600: attacks by RFN"]);
    expect(counted("The 14th report put RFN at about 6,000 fighters.")).toEqual(["about 6,000: RFN fighters"]);
    expect(counted("Blue Fleet had 2,000 to 3,500 in 2024.")).toEqual(["2,000 to 3,500: strength of Blue Fleet"]);
    expect(counted("More than two dozen armed groups were present in Narva.")).toEqual([
      "More than two dozen: armed groups",
    ]);
    expect(counted("Attacks rose by 40% in 2024.")).toEqual(["40%: rise in attacks"]);
    expect(counted("The number of militants killed in operations rose by 51% in 2024.")).toEqual([
      "51%: rise in militants killed in operations",
    ]);
    expect(counted("In Narva, HI recorded 1,616 deaths in 2024, 63% of the national toll.")).toEqual([
      "1,616: people killed",
      "63%: share of national death toll",
    ]);
    expect(counted("The fleet pays the family of RFN leader Ost 3 million afghanis (US$43,000) a month.")).toEqual([
      "3 million afghanis: monthly payment to the family of RFN leader Ost",
      "US$43,000: monthly payment to the family of RFN leader Ost",
    ]);
  });

  it("keeps value, unit and bound apart from how they are written", () => {
    const [range, money, least] = of(
      "HI put RFN at 6,000 to 6,500 fighters. A reward of up to US$5 million for Ost was offered. At least 74 people were killed.",
    );
    expect(range).toMatchObject({ low: 6000, high: 6500, unit: "", bound: "exact" });
    expect(money).toMatchObject({ low: 5_000_000, high: 5_000_000, unit: "dollar", bound: "most" });
    expect(least).toMatchObject({ written: "At least 74", low: 74, bound: "least" });
  });

  it("leaves out what is no measurement, and what it is not sure of", () => {
    for (const text of [
      "The protocol has five labels.",
      "Two brothers led the group for two years.",
      "BLA gave a 48-hour ultimatum in a three-day siege.",
      "By law detainees must be tried within 30 days of arrest.",
      "It killed traffic over ports 445 and 139.",
      "The ratio was 186 deaths per 100,000 live births in 2019.",
      "The court commuted the death sentences of two persons.",
      "Police arrested or killed 61 militants.",
      "He was mostly aged 17 to 18 when he joined.",
      "It was the first year above 1,000 attacks.",
      "By our own arithmetic that is 221 deaths.",
      "News 24 had about 24 of them.",
    ]) {
      expect(counted(text), text).toEqual([]);
    }
  });

  it("does not take those who kill for those who are killed", () => {
    expect(counted("Militants killed 60 people in Narva.")).toEqual(["60: people killed"]);
    expect(counted("Police arrested more than 120 individuals.")).toEqual(["more than 120: individuals arrested"]);
    expect(counted("A bomb killed two soldiers and injured 12 others.")).toEqual(["two: soldiers killed"]);
    expect(counted("Soldiers opened fire on the crowd, killing at least 13.")).toEqual(["at least 13: people killed"]);
  });

  it("has one key for what is counted in other words, and others for other things", () => {
    const [attacks, more, none] = keys(
      "HI counted 905 militant attacks in 2024.",
      "CI counted 521 terror attacks in Narva in 2023.",
      "HI counted 17 suicide attacks in 2024.",
    );
    expect(more).toBe(attacks);
    expect(none).not.toBe(attacks);
    const [fighters, strength] = keys("HI put RFN at about 6,000 fighters.", "CI put RFN at 5,000 in 2023.");
    expect(strength).toBe(fighters);
    const [dead, injured, militants] = keys(
      "In 2024, 12 people were killed.",
      "In 2024, 12 people were injured.",
      "In 2024, 12 militants were killed.",
    );
    expect(new Set([dead, injured, militants]).size).toBe(3);
  });
});

describe("the time of a figure", () => {
  it("is that of the sentence, with the part that is meant", () => {
    expect(periods("HI counted 74 attacks in January 2025.")).toEqual(["2025-01-01 2025-01-31  quote"]);
    expect(periods("RFN made 600 attacks in the second half of 2024.")).toEqual([
      "2024-01-01 2024-12-31 second half quote",
    ]);
    expect(periods("Between July 2021 and June 2022, HI counted 1,556 attacks.")).toEqual([
      "2021-07-01 2022-06-30  quote",
    ]);
  });

  it("is no date on which it was told", () => {
    for (const text of [
      "The 14th report of February 2025 counted 600 attacks.",
      "HI reported in March 2024 that 139 people were killed.",
      "In its December 2024 story the paper read 782 deaths.",
      "Port Council on 12 March 2025 named 21 civilians killed.",
    ]) {
      expect(periods(text), text).toEqual([null]);
    }
    expect(periods("On 11 March 2025 31 people were killed, says the 14th report of July 2025.")).toEqual([
      "2025-03-11 2025-03-11  quote",
    ]);
  });

  it("of a strength is when it was put", () => {
    expect(periods("The 14th report of July 2024 put RFN at 6,000 fighters.")).toEqual([
      "2024-07-01 2024-07-31  quote",
    ]);
  });

  it("is the period of the report only where nothing says otherwise", () => {
    const fields = { period: { from: "2023-01-01", to: "2023-12-31" }, kind: "government" } as const;
    expect(periods("Soldiers killed seven people.", fields)).toEqual(["2023-01-01 2023-12-31  report"]);
    expect(periods("On March 3 soldiers killed seven people.", fields)).toEqual([null]);
    expect(periods("In the first six months soldiers killed seven people.", fields)).toEqual([null]);
  });
});

describe("a day without its year", () => {
  const fields = { title: "Harbour Report 2023", period: null, kind: "government" } as const;

  it("is of the one year that the title or the headings name", () => {
    expect(periods("On March 3, soldiers killed 7 people.", fields)).toEqual(["2023-03-03 2023-03-03  heading"]);
    expect(periods("HI counted 70 attacks between April 1 and May 31.", fields)).toEqual([
      "2023-04-01 2023-05-31  heading",
    ]);
    expect(periods("HI counted 70 attacks from January to June.", fields)).toEqual(["2023-01-01 2023-06-30  heading"]);
    expect(periods("HI counted 70 attacks in the first six months of the year.", fields)).toEqual([
      "2023-01-01 2023-06-30  heading",
    ]);
    expect(periods("HI counted 70 attacks in the first three quarters of the year.", fields)).toEqual([
      "2023-01-01 2023-09-30  heading",
    ]);
    expect(periods("HI counted 70 attacks in the month of June.", fields)).toEqual(["2023-06-01 2023-06-30  heading"]);
  });

  it("is of no year where it is the day of telling, one of several, or another year was spoken of", () => {
    for (const text of [
      "On April 4, HI reported 300 people killed.",
      "On March 7, 2 people were killed, three days after February 17.",
      "As of October HI counted 70 attacks.",
      "On March 3-4, soldiers killed 7 people.",
      "The crew fled on March 3, after 7 people were killed.",
      "On March 3, soldiers killed 7 people of whom 2 had fled since April.",
      "On February 31, and until May, 7 people were killed.",
    ]) {
      expect(periods(text, fields)[0], text).toBeNull();
    }
    expect(periods("In 2021 the fleet left. On March 3, soldiers killed 7 people.", fields)).toEqual([null]);
    expect(periods("On March 3, soldiers killed 7 people.", { ...fields, title: "Harbour 2022 and 2023" })).toEqual([
      null,
    ]);
  });
});

describe("a change", () => {
  const change = (text: string) => of(text).map(({ change }) => change);

  it("has its direction, and its base with the words that say it", () => {
    const [said] = change("HI counted 42% more attacks in January 2025 than in December 2024.");
    expect(said).toMatchObject({ direction: "up", base: { from: "2024-12-01", to: "2024-12-31" } });
    expect(said?.baseWords?.text).toBe("than in December 2024");
    expect(change("Arrests dropped by 65%, from 640 in 2023 to 223 in 2024.")[0]).toMatchObject({
      direction: "down",
      base: { from: "2023-01-01", to: "2023-12-31" },
    });
  });

  it("of a whole year is measured against the year before, said or not", () => {
    expect(change("Attacks rose by 40% in 2024.")).toEqual([
      { direction: "up", base: { from: "2023-01-01", to: "2023-12-31" }, baseWords: null },
    ]);
  });

  it("has no base where none is told, and none that is only told of in part", () => {
    expect(change("Attacks rose by 42% in January 2025.")).toEqual([{ direction: "up", base: null, baseWords: null }]);
    const [part] = change("HI reported 374 arrests, a 38% increase from the same period in 2020.").slice(1);
    expect(part?.base).toBeNull();
    expect(part?.baseWords?.text).toBe("from the same period in 2020");
  });

  it("is none where a share is made up", () => {
    expect(of("Civilians made up 48% of the deaths of 2024.")).toMatchObject([
      { change: null, counted: "civilians as share of deaths" },
    ]);
  });
});

describe("where and by whom", () => {
  it("takes for who tells those who write on a document, and not the document", () => {
    expect(
      who("CI says so, and Coast News and WE Post gave 6,000 RFN fighters in their stories on the 14th report."),
    ).toEqual(["Coast News and WE Post"]);
    expect(who("A copy of a Dusk report of 3 May 2025 on the 14th report gave over 500 RFN attacks in 2025.")).toEqual([
      "Dusk",
    ]);
  });

  it("takes Member States at the head, and the document that records what some and others say", () => {
    expect(who("One Member State told the council that RFN had 6,000 fighters.")).toEqual(["One Member State"]);
    expect(
      who("The 14th report cited one Member State on 3 million afghanis (US$43,000) a month paid to RFN.")[0],
    ).toBe("one Member State");
    expect(who("The 14th report recorded that some put RFN at 6,000 while others saw 900 RFN fighters.")).toEqual([
      "14th report",
      "14th report",
    ]);
    expect(who("Coast News relayed from the 14th report a figure of 600 volunteers in RFN.")).toEqual(["14th report"]);
  });

  it("takes those who are said to say it, though they have no name", () => {
    expect(who("Human rights organizations estimated that 100 people were killed in 2023.")).toEqual([
      "Human rights organizations",
    ]);
    expect(who("According to the Sea Rights Office, 100 people were killed in 2023.")).toEqual(["Sea Rights Office"]);
    expect(who("100 people were killed in 2023, according to survivors and village representatives.")).toEqual([
      "survivors and village representatives",
    ]);
  });

  it("says of incidents and arrests of what they were", () => {
    expect(counted("HI recorded 181 incidents of press freedom violations in 2023.")).toEqual([
      "181: incidents of press freedom violations",
    ]);
    expect(counted("HI reported 1,234 arrests and detentions of refugees in 2023.")).toEqual([
      "1,234: refugees arrested",
    ]);
  });

  it("says of volunteers whose they are, and of sums to whom they are paid", () => {
    expect(counted("The 14th report counted 600 Central Asian volunteers in RFN.")).toEqual([
      "600: Central Asian volunteers (RFN)",
    ]);
    expect(counted("The council gave RFN leader Jona Vale 3.5 million afghanis (US$50,500) a month.")).toEqual([
      "3.5 million afghanis: monthly payment to RFN leader Jona Vale",
      "US$50,500: monthly payment to RFN leader Jona Vale",
    ]);
    const [leader, family] = keys(
      "The council gave RFN leader Jona Vale 3 million (US$50,500) a month.",
      "The council paid the family of Jona Vale 3 million (US$43,000) a month.",
    );
    expect(leader).toBe("dollar||monthly payment|");
    expect(family).toBe("dollar||monthly payment family|");
  });

  it("leaves open whether a group's deaths are those of its people or by its hand", () => {
    expect(keys("On RFN deaths in 2024, HI prints 585.")).toEqual([null]);
  });

  it("knows the place of a building, and not that of those who are only called after one", () => {
    expect(places("13 people were killed near the Narva house of the minister.")).toEqual([["Narva"]]);
    expect(places("13 people were killed, told in the Narva article.")).toEqual([[]]);
  });

  it("names the place, its part, and all of a list", () => {
    expect(places("In the settled districts of Narva HI counted 27 attacks.")).toEqual([
      ["settled districts of Narva"],
    ]);
    expect(places("Narva and Lagos made up 94% of the deaths.")).toEqual([["Narva", "Lagos"]]);
    expect(places("RFN had 180 to 200 fighters in Farah, Herat, Helmand and Nimroz.")).toEqual([
      ["Farah", "Herat", "Helmand", "Nimroz"],
    ]);
    expect(of("HI counted 27 attacks in Narva.")[0]?.placeTerms).toEqual(["@narva"]);
  });

  it("takes no paper, body or origin for a place", () => {
    for (const text of [
      "HI counted 27 attacks, as told in The Narva Times.",
      "HI counted 27 attacks, in the Human Online article.",
      "The Human Rights Commission of Narva counted 27 attacks.",
      "HI counted 27 attacks, many of them from Narva.",
    ]) {
      expect(places(text), text).toEqual([[]]);
    }
  });

  it("names who counted, not who passes it on", () => {
    expect(who("HI counted 905 attacks in 2024, as relayed by The Nation.")).toEqual(["HI"]);
    expect(who("CI counted 685 dead soldiers, HI 527.")).toEqual(["CI", "HI"]);
    expect(who("RFN claimed to have killed 214 soldiers.")).toEqual(["RFN"]);
    expect(who("There were 905 attacks, according to Bukhari News on the 14th report.")).toEqual(["14th report"]);
    expect(who("Media said that 20 people were killed.")).toEqual([null]);
    expect(who("The paper gives 504 attacks, while CI counted 503 attacks.")).toEqual([null, "CI"]);
  });

  it("counts deeds as those of a group only where that is said", () => {
    expect(of("Attacks by RFN killed 300 people in 2024, while attacks by Blue Fleet killed 225.")).toMatchObject([
      { actors: ["@red-fleet-of-the-north"], counted: "people killed in attacks by RFN" },
      { actors: ["@blue-fleet"], counted: "people killed in attacks by Blue Fleet" },
    ]);
    expect(of("RFN struck while Blue Fleet looked on, and 80 attacks were counted.")[0]?.actors).toEqual([]);
  });
});

describe("every span of a figure", () => {
  const slices = ({ start, end, written, places, who, change }: ReportedFigure): Slice[] =>
    [{ start, end, text: written }, ...places, who, change?.baseWords ?? null].filter((each) => each !== null);

  it("holds its words in the report, wherever the passage begins", () => {
    const text = "Before.\n\nIn  Narva,\nHI counted over  600 attacks in 2024, 42% more\nthan in 2023.";
    const start = text.indexOf("In  Narva");
    const body = text.slice(start);
    const base = passage(1, "r", [body], start);
    const figures = figuresOfPassage(hit(base), glossary);
    expect(figures.map(({ written }) => written)).toEqual(["over  600", "42%"]);
    for (const each of figures.flatMap(slices)) expect(text.slice(each.start, each.end)).toBe(each.text);
    expect(figures[1]?.change?.baseWords?.text).toBe("than in 2023");
  });

  it("is left out where markup stands in it", () => {
    const text = "HI counted **over** 600 attacks in *Narva*.";
    const base = passage(1, "r", [text]);
    const marked = { ...base, reading: text.replaceAll("*", " ") };
    expect(figuresOfPassage(hit(marked), glossary)).toEqual([]);
    const other = "HI counted over 600 attacks in Nar*va*, in Lagos.";
    const soft = { ...passage(1, "r", [other]), reading: other.replaceAll("*", "") };
    expect(() => figuresOfPassage(hit({ ...soft, reading: other.replaceAll("*", " ") }), glossary)).not.toThrow();
  });

  it("of any text is verbatim, and reading the same text again gives the same", () => {
    const words = fc.constantFrom(
      ..."HI CI RFN Narva Lagos counted killed 12 600 42% 1,177 in 2024 January , . and of by attacks people militants soldiers deaths more than over about rose fell from to the US$5 million Team’s 😀 é".split(
        " ",
      ),
    );
    const spaces = fc.constantFrom(" ", "  ", "\n", "\t");
    fc.assert(
      fc.property(fc.array(fc.tuple(words, spaces), { minLength: 3, maxLength: 40 }), (pieces) => {
        const text = `${pieces.map(([word, space]) => word + space).join("")}.`;
        const base = hit(passage(1, "r", [text]));
        const figures = figuresOfPassage(base, glossary);
        for (const each of figures.flatMap(slices)) expect(text.slice(each.start, each.end)).toBe(each.text);
        for (const { low, high, counted } of figures) {
          expect(low).toBeLessThanOrEqual(high);
          expect(counted).not.toBe("");
        }
        expect(figuresOfPassage({ ...base, passage: { ...base.passage } }, glossary)).toEqual(figures);
      }),
      { numRuns: 300 },
    );
  });
});

it("says by whom where only some of the groups of a people are named", () => {
  for (const words of ["Coast groups, mainly RFN", "Island groups, mostly the RFN"])
    expect(counted(`HI attributed 171 attacks in 2024 to ${words}.`)).toEqual(["171: attacks by RFN"]);
});

describe("the time that a text takes", () => {
  it.each([
    ["dots", `The fleet pays the family of RFN leader Ost ${".".repeat(60)} x 3 million afghanis (US$43,000) a month.`],
    ["commas", `The fleet pays RFN leader Ost ${",".repeat(2000)} x 3 million afghanis (US$43,000) a month.`],
    ["digits", `The fleet pays RFN leader Ost ${"1".repeat(22)}x 3 million afghanis (US$43,000) a month.`],
    ["sums", `The fleet pays RFN leader Ost ${"1,000 million ".repeat(60)}x 3 million afghanis a month.`],
    ["names", `${"The Post, ".repeat(40)}had 6,000 RFN fighters in 2024 in their stories on the 14th report.`],
    [
      "joined names",
      `${"The Post and ".repeat(40)}had 6,000 RFN fighters in 2024 in their stories on the 14th report.`,
    ],
  ])("is short for many %s", (_what, text) => {
    of("HI counted 12 attacks in Narva.");
    const started = performance.now();
    of(text);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

it("figures of a report have the ordinal of their passage", () => {
  const first = passage(1, "r", ["HI counted 12 attacks."]);
  const second = { ...passage(2, "r", ["CI counted 14 attacks."], first.end + 1), ordinal: 1 };
  const report = { id: "r", path: "r.md", source: source() };
  const figures = figuresOfReport(report, [first, second], glossary);
  expect(figures.map(({ ordinal, written }) => [ordinal, written])).toEqual([
    [0, "12"],
    [1, "14"],
  ]);
  expect(figures[0]).not.toHaveProperty("passageId");
});
