import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Cited, disagreementsOf } from "../../src/answer/disagreement.ts";
import { measure } from "../../src/answer/evidence.ts";
import { quoteSpan } from "../../src/answer/select.ts";
import type { Claim, Disagreement } from "../../src/domain/answer.ts";
import { quoteFrom } from "../../src/domain/answer.ts";
import type { ReportSource } from "../../src/domain/report.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { entry, hit, passage } from "../helpers/sources.ts";

const glossary = createGlossary([
  entry("Harbour Institute", "think-tank", ["HI"]),
  entry("Coast Institute", "think-tank"),
  entry("Port Council", "government-body"),
  entry("Red Fleet", "armed-group"),
  entry("Blue Fleet", "armed-group"),
  entry("Narva", "place"),
  entry("Lagos", "place"),
  entry("Pier Four bombing", "event", ["bombing at Pier Four"]),
]);
const question = understand("How many people were killed?", glossary, {
  frequency: () => 1,
  rarity: () => 1,
  startingWith: () => [],
});

/** A sentence of a report of its own, with its origin; reports of one origin are one voice. */
interface Said {
  readonly text: string;
  readonly origin?: string;
  readonly source?: Partial<ReportSource>;
  readonly heading?: string;
}

/** Claims as an answer makes them, one of the last sentence of each text. */
function claimsOf(said: readonly Said[]): Cited[] {
  return said.map(({ text, origin, source, heading }, index) => {
    const title = `Report ${index}`;
    const sentences = text.split(" || ");
    const base = passage(index + 1, `r${index}`, sentences);
    const headed = heading === undefined ? base : { ...base, locator: { ...base.locator, headings: [heading] } };
    const origins = [{ title: origin ?? title, publisher: null, documentId: null, published: null, url: null }];
    const found = hit(headed, { title, publisher: null, origins, ...source });
    const candidate = measure(question, "number", [found], new Map(), glossary, () => 0).at(-1);
    if (candidate === undefined) throw new Error("a sentence expected");
    const report = { id: `r${index}`, text: headed.text };
    const claim: Claim = {
      text: headed.text,
      citations: [
        {
          number: index + 1,
          quote: quoteFrom(report, quoteSpan(candidate)),
          path: `r${index}.md`,
          source: found.source,
          locator: headed.locator,
          footnotes: [],
        },
      ],
      corroboration: [],
      asOf: null,
      voice: { kind: "report", who: null },
    };
    return { claim, candidate, same: [] };
  });
}
const told = (...texts: readonly (string | Said)[]): Disagreement[] =>
  disagreementsOf(question, claimsOf(texts.map((text) => (typeof text === "string" ? { text } : text))), glossary);

describe("differing figures of two origins", () => {
  it("are set side by side with who counted, the period and the rule", () => {
    const [only, ...others] = told(
      "The Harbour Institute counted 31 boardings and 64 people killed in 2024.",
      "In 2024, 52 people were killed in attacks, according to the Coast Institute.",
    );
    expect(others).toEqual([]);
    expect(only).toEqual({
      about: "people killed",
      period: { from: "2024-01-01", to: "2024-12-31" },
      values: [
        { written: "64", citation: 1, who: "Harbour Institute", rule: null },
        { written: "52", citation: 2, who: "Coast Institute", rule: "in attacks" },
      ],
    });
  });

  test.each([
    [
      "deaths",
      "Militants killed 40 civilians in Narva in March 2024.",
      "In Narva, 55 civilians were killed in March 2024.",
    ],
    ["things", "There were 310 raids in 2024.", "The Port Council recorded 288 raids in 2024."],
    [
      "a bound and a value beyond it",
      "More than 600 soldiers were killed in 2024.",
      "The Coast Institute said that 521 soldiers were killed in 2024.",
    ],
    [
      "strengths",
      "The Red Fleet has 700 members as of 2024.",
      "The Port Council put the Red Fleet at 1,200 members in 2024.",
    ],
    [
      "changes against one base",
      "The Harbour Institute reported 40% more attacks in 2024 than in 2023.",
      "Attacks rose by 70% between 2023 and 2024, the Coast Institute said.",
    ],
    [
      "a year by its heading",
      { text: "The Harbour Institute counted 905 attacks.", heading: "Attacks in 2024" },
      "The Coast Institute counted 521 attacks in 2024.",
    ],
    [
      "tolls of one event, whenever they were told",
      "The Pier Four bombing left 26 people dead, the Port Council said on 4 May 2024.",
      "In the Pier Four bombing 31 people were killed, according to the Harbour Institute's report of July 2024.",
    ],
  ])("of %s", (_, one, other) => {
    const found = told(one, other);
    expect(found).toHaveLength(1);
    expect(found[0]?.values).toHaveLength(2);
    expect(told(other, one)).toHaveLength(1);
  });

  it("of four counters are one disagreement", () => {
    const [only, ...others] = told(
      "The Harbour Institute counted 905 attacks in 2024.",
      "The Coast Institute counted 521 attacks in 2024.",
      "The Port Council counted 1,099 attacks in 2024.",
      "In 2024, 909 attacks took place.",
    );
    expect(others).toEqual([]);
    expect(only?.values.map(({ written }) => written)).toEqual(["905", "521", "1,099", "909"]);
  });
});

describe("no disagreement", () => {
  test.each([
    ["the same figure", "The Harbour Institute counted 905 attacks in 2024.", "In 2024, 905 attacks were counted."],
    [
      "another year",
      "The Harbour Institute counted 905 attacks in 2024.",
      "The Coast Institute counted 521 attacks in 2023.",
    ],
    [
      "a month and its year",
      "There were 74 attacks in January 2024.",
      "The Coast Institute counted 905 attacks in 2024.",
    ],
    [
      "a month that stands without its year",
      "November was the worst month of 2024, with 125 attacks.",
      "The Coast Institute counted 905 attacks in 2024.",
    ],
    [
      "a running total",
      "The Harbour Institute counted 905 attacks from January to August 2024.",
      "The Coast Institute counted 74 attacks in August 2024.",
    ],
    [
      "half a year",
      "There were 600 attacks in the second half of 2024.",
      "The Coast Institute counted 905 attacks in 2024.",
    ],
    [
      "a monthly average",
      "The Harbour Institute counted an average of 74 attacks a month in 2024.",
      "There were 905 attacks in 2024.",
    ],
    ["another place", "In Narva, 40 people were killed in 2024.", "In Lagos, 55 people were killed in 2024."],
    [
      "a place that no glossary has",
      "In Tartu, 40 people were killed in 2024.",
      "In Pärnu, 55 people were killed in 2024.",
    ],
    ["a place and the whole", "In Narva, 40 people were killed in 2024.", "In 2024, 955 people were killed."],
    [
      "a part of a place",
      "In the northern districts of Narva, 40 people were killed in 2024.",
      "In Narva, 55 people were killed in 2024.",
    ],
    ["another group", "The Red Fleet killed 40 people in 2024.", "The Blue Fleet killed 55 people in 2024."],
    [
      "a group and all",
      "The Red Fleet carried out 40 attacks in 2024.",
      "The Coast Institute counted 55 attacks in 2024.",
    ],
    ["others who were killed", "In 2024, 40 militants were killed.", "In 2024, 55 people were killed."],
    ["soldiers and the forces", "In 2024, 383 soldiers were killed.", "In 2024, 685 security personnel were killed."],
    [
      "attacks and incidents",
      "The Harbour Institute counted 909 attacks in 2024.",
      "The Coast Institute counted 1,166 incidents in 2024.",
    ],
    ["a narrower deed", "Suicide attacks fell to 17 in 2024.", "The Coast Institute counted 905 attacks in 2024."],
    ["killed and injured", "In 2024, 40 people were killed.", "In 2024, 55 people were injured."],
    [
      "deaths in operations and in attacks",
      "In 2024, 792 people were killed in operations.",
      "In 2024, 1,177 people were killed in attacks.",
    ],
    [
      "changes against other bases",
      "Attacks in January 2025 were 42% more than in December 2024.",
      "Attacks in January 2025 were 20% more than in January 2024.",
    ],
    ["a rise and a fall", "Attacks rose by 42% in January 2025.", "Attacks fell by 20% in January 2025."],
    ["a share and a count", "Of the attacks in 2024, 52% were in Narva.", "There were 520 attacks in Narva in 2024."],
    [
      "shares of other things",
      "The Red Fleet did 52% of the attacks in 2024.",
      "The Red Fleet did 60% of the deaths in 2024.",
    ],
    ["a change in numbers", "In 2024, attacks rose by 52.", "In 2024, the Coast Institute counted 905 attacks."],
    [
      "a range that holds the value",
      "The Red Fleet has 2,000 to 3,500 fighters as of 2024.",
      "The Red Fleet has 3,000 fighters as of 2024.",
    ],
    ["a lower bound below the value", "At least 74 attacks were counted in 2024.", "In 2024, 80 attacks were counted."],
    [
      "two lower bounds",
      "More than two dozen attacks were counted in 2024.",
      "More than 20 attacks were counted in 2024.",
    ],
    [
      "a figure and what it was rounded to",
      "The Harbour Institute counted 905 attacks in 2024.",
      "In 2024, 900 attacks were counted.",
    ],
    ["about", "The Red Fleet has about 6,000 fighters as of 2024.", "The Red Fleet has 6,400 fighters as of 2024."],
    [
      "what is denied",
      "The Port Council denied that 40 people were killed in 2024.",
      "In 2024, 55 people were killed.",
    ],
    ["what is only supposed", "In 2024, 40 people may have been killed.", "In 2024, 55 people were killed."],
    [
      "another currency",
      "In 2024 the Red Fleet was paid $50,500.",
      "In 2024 the Red Fleet was paid 3.5 million rupees.",
    ],
    ["ranks", "Narva ranked second in 2024.", "Narva ranked fourth in 2024."],
    [
      "what no two would call one thing",
      "The Coast Institute counted 257 operations in 2024.",
      "The army reported 59,775 operations in 2024.",
    ],
    ["no time at all", "The Coast Institute counted 257 raids.", "The Harbour Institute counted 301 raids."],
  ])("%s", (_, one, other) => {
    expect(told(one, other)).toEqual([]);
    expect(told(other, one)).toEqual([]);
  });

  it("of one origin that names no counter", () => {
    const of = (text: string) => ({ text, origin: "One document" });
    expect(told(of("In 2024, 40 people were killed."), of("In 2024, 55 people were killed."))).toEqual([]);
  });

  it("where the reports say that the counts are others", () => {
    const note =
      "The Harbour Institute and the Coast Institute do not measure the same thing: the toll of 64 takes in raids, that of 52 does not.";
    expect(
      told(
        `${note} || The Harbour Institute counted 64 people killed in 2024.`,
        "The Coast Institute counted 52 people killed in 2024.",
      ),
    ).toEqual([]);
  });

  it("of a part and its whole in one sentence", () => {
    expect(
      told("The Coast Institute counted 64 people killed in 2024, of whom 20 were children and 12 in Narva."),
    ).toEqual([]);
    expect(told("Attacks grew from 517 in 2023 to 1,099 in 2024, the Coast Institute said.")).toEqual([]);
  });
});

describe("one origin", () => {
  it("that gives the counts of two others", () => {
    const of = (text: string) => ({ text, origin: "One document" });
    const found = told(
      of("The Harbour Institute counted 905 attacks in 2024."),
      of("The Coast Institute counted 521 attacks in 2024."),
    );
    expect(found[0]?.values.map(({ who }) => who)).toEqual(["Harbour Institute", "Coast Institute"]);
  });

  test.each([
    [
      "The death toll of soldiers in 2024 differs by source: the Harbour Institute counted 685, the Coast Institute 527.",
      ["685", "527"],
      ["Harbour Institute", "Coast Institute"],
    ],
    [
      "For October 2024, the Harbour Institute counted 48 attacks, while the Coast Institute counted 68 attacks.",
      ["48", "68"],
      ["Harbour Institute", "Coast Institute"],
    ],
    [
      "On deaths in 2024, the Daily Gull text of 6 March 2025 prints 585, whereas the Coast Institute prints 558.",
      ["585", "558"],
      ["Daily Gull", "Coast Institute"],
    ],
    ["Deaths in 2024 rose by 90% or 91%, depending on the account.", ["90%", "91%"], [null, null]],
  ])("in one sentence: %s", (text, written, who) => {
    const [only] = told(text);
    expect(only?.values.map((value) => value.written)).toEqual(written);
    expect(only?.values.map((value) => value.who)).toEqual(who);
    expect(only?.values.every(({ citation }) => citation === 1)).toBe(true);
  });

  it("that says by which rule each was counted", () => {
    const [only] = told(
      "A reference entry by the Coast Institute puts the toll of the Pier Four bombing at 32 including the bomber, while the Port Council gave 26 dead.",
    );
    expect(only?.values.map(({ rule }) => rule)).toContain("including the bomber");
    const [other] = told(
      "The Harbour Institute put deaths in Narva in 2024 at 2,546 and injuries at 2,267, a total that takes in civilians, soldiers and outlaws.",
      "The Coast Institute put deaths in Narva at 1,081 in 2024.",
    );
    expect(other?.values.map(({ rule }) => rule)).toContain("takes in civilians, soldiers and outlaws");
  });
});

it("two reports that each set many counts beside each other are compared in a moment", () => {
  const names = "Ada Bo Cy Di Ed Flo Gus Hal Ida Jo Kit Lou".split(" ");
  const counts = (from: number) =>
    names.map((name, index) => `${name} Monitor counted ${from + 37 * index} killed`).join(", ");
  const began = performance.now();
  told(`In Narva in 2024, ${counts(1000)}.`, `In Narva in 2024, ${counts(1001)}.`);
  expect(performance.now() - began).toBeLessThan(1000);
});

describe("whatever the claims are", () => {
  const part = <T>(...values: T[]) => fc.constantFrom(...values);
  const sentence = fc
    .tuple(
      part("The Harbour Institute counted", "The Coast Institute recorded", "The Port Council gave"),
      part("", "at least ", "about ", "more than "),
      fc.integer({ min: 2, max: 4000 }),
      part("attacks", "people killed", "militants killed", "civilians injured", "raids"),
      part("", " in Narva", " in Lagos", " by the Red Fleet"),
      part(" in 2024", " in 2023", " in January 2024", "", "  \n in 2024"),
      part("", ", including the guards", ", of whom 2 were children", " while the Coast Institute counted 77"),
    )
    .map((parts) => `${parts.join("").replace(/^(.*counted|.*recorded|.*gave)/u, "$1 ")}.`);

  test("each value and its rule stand in the quote, of two or more", () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 4 }), (texts) => {
        const cited = claimsOf(texts.map((text) => ({ text })));
        for (const { values } of disagreementsOf(question, cited, glossary)) {
          expect(values.length).toBeGreaterThanOrEqual(2);
          for (const { written, citation, who, rule } of values) {
            const quote = cited[citation - 1]?.claim.citations[0]?.quote.text ?? "";
            for (const words of [written, who, rule]) if (words !== null) expect(quote).toContain(words);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test("their order does not change whether a disagreement is seen", () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 2, maxLength: 4 }), (texts) => {
        expect(told(...[...texts].reverse()).length > 0).toBe(told(...texts).length > 0);
      }),
      { numRuns: 100 },
    );
  });

  test("a sentence of nothing but figures is read in no time", () => {
    const text = `The Harbour Institute counted ${Array.from({ length: 150 }, (_, n) => `${n + 2} attacks`).join(", ")} in 2024.`;
    const began = performance.now();
    told(text, text);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
