import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asOf, inTime } from "../../src/answer/as-of.ts";
import type { Cited } from "../../src/answer/disagreement.ts";
import { measure } from "../../src/answer/evidence.ts";
import { judge, quoteSpan } from "../../src/answer/select.ts";
import type { AsOf } from "../../src/domain/answer.ts";
import { dateRange, isPartialDate, type ReportSource } from "../../src/domain/report.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { hit, passage, source } from "../helpers/sources.ts";

interface Around extends Partial<ReportSource> {
  readonly headings?: readonly string[];
}

/** The time of the last of some sentences. */
function timeOf(sentences: readonly string[], { headings = [], ...fields }: Around = {}): string | null {
  const of = passage(1, "r", sentences);
  const index = sentences.length - 1;
  const span = of.sentences[index];
  if (span === undefined) throw new Error("a sentence expected");
  const found = asOf({ hit: hit({ ...of, locator: { ...of.locator, headings } }, fields), index }, span);
  return found === null ? null : `${found.from} ${found.to} ${found.basis}`;
}

const of2024 = { period: { from: "2024-01-01", to: "2024-12-31" }, published: "2025-01-10" };

describe("asOf", () => {
  it.each([
    ["The institute counted 74 attacks in January 2025.", "2025-01 2025-01 quote"],
    ["Eleven people died on 3 March 2025.", "2025-03-03 2025-03-03 quote"],
    ["Militants killed 905 people in 2024.", "2024 2024 quote"],
    ["Between January and June 2025 there were 300 raids.", "2025-01 2025-06 quote"],
    ["From November 2024 to January 2025 the road was closed.", "2024-11 2025-01 quote"],
    ["From November to January 2025 the road was closed.", "2024-11 2025-01 quote"],
    ["The camps grew from 2018 to 2022.", "2018 2022 quote"],
    ["In 2019-2021 the group lost its valleys.", "2019 2021 quote"],
    ["In the 1990s the group had no boats.", "1990 1999 quote"],
    ["In the first half of 2024 there were 240 raids.", "2024-01 2024-06 quote"],
    ["Raids doubled in the second half of 2024.", "2024-07 2024-12 quote"],
    ["In the third quarter of 2024 fewer came.", "2024-07 2024-09 quote"],
    ["In the first nine months of 2024 fewer came.", "2024-01 2024-09 quote"],
    // What a figure is compared with is not what it is about.
    ["There were 74 raids in January 2025, 42% more than in December 2024.", "2025-01 2025-01 quote"],
    ["Raids rose from 517 in 2023 to 1,099 in 2024.", "2024 2024 quote"],
    ["By June 2024 arrests had fallen 8% against the 90 of June 2023.", "2024-06 2024-06 quote"],
    ["Against 2023, the office reported 66% more dead in 2024.", "2024 2024 quote"],
    ["January 2025 was the worst month since 2016.", "2025-01 2025-01 quote"],
    ["More than 600 raids were made in 2024.", "2024 2024 quote"],
    // Names with years in them are no times.
    ["The Raid Index 2025 has 1,081 dead for 2024.", "2024 2024 quote"],
    ["In March 2024 he was tried under the Arms Act 1908.", "2024-03 2024-03 quote"],
    ["The list under resolution 2734 (2024) held 255 names in May 2025.", "2025-05 2025-05 quote"],
    // When somebody wrote counts only where nothing else is told.
    ["The 36th report of July 2025 put the group at 6,000.", "2025-07 2025-07 quote"],
    ["In its report of March 2025 the office gave 57 dead for January 2025.", "2025-01 2025-01 quote"],
    ["There were 48 raids in October 2024, as the Courier reported on 3 December 2024.", "2024-10 2024-10 quote"],
    ["As of September 2025, after the raids of 2023 and 2024, the group was not listed.", "2025-09 2025-09 quote"],
  ])("reads %j", (sentence, expected) => {
    expect(timeOf([sentence], { published: "2025-12" })).toBe(expected);
  });

  it.each<[string, Around, string | null]>([
    ["On July 29 the bridge fell.", of2024, "2024-07-29 2024-07-29 quote"],
    ["By 31 August the fund had 60 million.", of2024, "2024-08-31 2024-08-31 quote"],
    ["In March and April nobody came.", of2024, "2024-03 2024-04 quote"],
    ["November was the worst month of 2023.", of2024, "2023-11 2023-11 quote"],
    ["On May 3 the bridge fell.", { kind: "think-tank", title: "Valley Rights Index 2023" }, null],
    ["On May 3 the bridge fell.", { title: "2023 report on rights in the valley" }, "2023-05-03 2023-05-03 quote"],
    ["On May 3 the bridge fell.", { headings: ["The floods of 2022"] }, "2022-05-03 2022-05-03 quote"],
    ["In December it rained.", { kind: "news", published: "2025-02-03" }, "2024-12 2024-12 quote"],
    ["In December it rained.", { kind: "reference", published: "2025-02-03" }, null],
    // A month that is in the period twice is in no year.
    ["In May it rained.", { period: { from: "2023-02", to: "2024-11" } }, "2023-02 2024-11 report"],
    ["In January it rained.", { period: { from: "2023-02", to: "2024-11" } }, "2024-01 2024-01 quote"],
    ["They may march on the city.", of2024, "2024-01-01 2024-12-31 report"],
    ["Since 2021 the road is closed.", of2024, "2021 2025-01-10 quote"],
    ["The mandate was renewed until 17 February 2027.", of2024, "2024-01-01 2024-12-31 report"],
    // The day of the press tells more than years do, and less than a year.
    [
      "The Courier reported on 22 August 2025 that 40 came.",
      { headings: ["Strength from 2021 to 2025"] },
      "2025-08-22 2025-08-22 quote",
    ],
    [
      "The Courier reported on 22 August 2025 that 40 came.",
      { period: { from: "2020", to: "2026" } },
      "2025-08-22 2025-08-22 quote",
    ],
    ["The Courier reported on 10 January 2025 that 40 came.", of2024, "2024-01-01 2024-12-31 report"],
    ["Nobody was counted.", { ...of2024, headings: ["June 2024"] }, "2024-06 2024-06 heading"],
    ["Nobody was counted.", { ...of2024, headings: ["After the coup of 1999"] }, "2024-01-01 2024-12-31 report"],
    ["Nobody was counted.", { period: { from: "2025", to: "2024" } }, "2024 2025 report"],
    ["Nobody was counted.", {}, null],
  ])("reads %j with %j around it", (sentence, around, expected) => {
    expect(timeOf([sentence], around)).toBe(expected);
  });

  it("goes on from the sentence before, within the paragraph", () => {
    const sentences = ["In June 2024 the bridge fell.", "Eleven people drowned."];
    expect(timeOf(sentences, of2024)).toBe("2024-06 2024-06 heading");
  });

  it("never throws, and is never the wrong way round", () => {
    const words = fc.constantFrom(
      ...[
        "in",
        "from",
        "to",
        "2024",
        "2023-25",
        "March",
        "May 31",
        "30 February",
        "since",
        "until",
        "half of",
        "and",
        ",",
        "%",
        "Sept. 9",
        "1999",
        "report of",
        "than",
        "(",
        "“",
      ],
    );
    const text = fc.oneof(
      fc.array(words, { minLength: 1 }).map((each) => each.join(" ")),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(text, text, (sentence, heading) => {
        const of = passage(1, "r", [sentence]);
        const found = asOf(
          { hit: hit({ ...of, locator: { ...of.locator, headings: [heading] } }, of2024), index: 0 },
          { start: 0, end: sentence.length },
        );
        if (found === null) return;
        expect(isPartialDate(found.from) && isPartialDate(found.to)).toBe(true);
        expect(dateRange(found.from).from <= dateRange(found.to).to).toBe(true);
      }),
    );
  });
});

describe("inTime", () => {
  const glossary = createGlossary(
    ["Red Fleet", "Blue Fleet"].map((name) => ({ name, aliases: [], kind: "armed-group", gloss: "", ambiguous: [] })),
  );
  const ask = (text: string) =>
    understand(text, glossary, { frequency: () => 1, rarity: () => 1, startingWith: () => [] });

  /** Claims of one sentence each, in their order, and what was judged: themselves and what is only there. */
  function shown(text: string, sentences: readonly string[], others: readonly string[] = []) {
    const question = ask(text);
    const hits = [...sentences, ...others].map((each, index) => hit(passage(index + 1, `r${index}`, [each])));
    const candidates = measure(question, "number", hits, new Map(), glossary, () => 0);
    const cited = candidates.slice(0, sentences.length).map((candidate, index): Cited => {
      const { start, end } = quoteSpan(candidate);
      const quote = { reportId: candidate.hit.passage.reportId, start, end, text: candidate.reading };
      const citation = {
        number: index + 1,
        quote,
        path: "r.md",
        source: source(),
        locator: candidate.hit.passage.locator,
        footnotes: [],
      };
      const claim = {
        text: candidate.reading,
        citations: [citation],
        corroboration: [],
        asOf: asOf(candidate, quoteSpan(candidate)),
        voice: { kind: "report", who: null } as const,
      };
      return { claim, candidate, same: [] };
    });
    // All of them as good as each other, and good enough to be answers.
    const judged = judge(question, "number", candidates).map((each) => ({ ...each, rank: 1, support: 0.9 }));
    return inTime(cited, question, judged, glossary).map(({ claim }) => ({
      text: claim.text,
      number: claim.citations[0]?.number,
      asOf: claim.asOf as AsOf,
    }));
  }

  const old = "The group had 4,000 fighters in July 2023.";
  const recent = "The group had 6,000 fighters in July 2025.";

  it("knows a newer strength in whatever words it is told", () => {
    const told = "In July 2025 the envoy put the Red Fleet at about 2,000.";
    const before = "The Red Fleet had 4,000 fighters in July 2023.";
    const text = "How many fighters does the Red Fleet have?";
    expect(shown(text, [before], [told])[0]?.asOf.isOlder).toBe(true);
    expect(shown(text, [before], [told.replace("Red", "Blue")])[0]?.asOf.isOlder).toBe(false);
    expect(shown(text, [told], [before])[0]?.asOf.isOlder).toBe(false);
  });

  it("calls older what is not the latest since a time that has no end", () => {
    const text = "What is the latest number of fighters since July 2022?";
    expect(shown(text, [recent, old]).map(({ asOf: time }) => time.isOlder)).toEqual([false, true]);
    const any = "How many fighters did the group have since July 2022?";
    expect(shown(any, [recent, old]).map(({ asOf: time }) => time.isOlder)).toEqual([false, false]);
  });

  it("puts the newest first where the latest is asked for, and numbers the citations again", () => {
    const claims = shown("How many fighters does the group have now?", [old, recent]);
    expect(claims.map(({ text, number }) => [text, number])).toEqual([
      [recent, 1],
      [old, 2],
    ]);
    expect(claims.map(({ asOf: time }) => time.isOlder)).toEqual([false, true]);
  });

  it("keeps the order for any other question, and still says what is older", () => {
    const claims = shown("How many fighters did the group have?", [old, recent]);
    expect(claims.map(({ text }) => text)).toEqual([old, recent]);
    expect(claims.map(({ asOf: time }) => time.isOlder)).toEqual([true, false]);
  });

  it("knows of a newer figure that is no claim of the answer", () => {
    expect(shown("How many fighters did the group have?", [old], [recent])[0]?.asOf.isOlder).toBe(true);
  });

  it("calls nothing older that was asked for", () => {
    expect(shown("How many fighters did the group have in July 2023?", [old, recent])[0]?.asOf.isOlder).toBe(false);
  });

  it.each([
    ["another thing", "The group had 70 camps in July 2025."],
    ["another fate", "The group had 600 fighters killed in July 2025."],
    ["the same time", "The group had 5,000 fighters in July 2023."],
    ["no time", "The group had 9,000 fighters."],
  ])("does not take a figure of %s for a newer one", (_, other) => {
    expect(shown("How many fighters did the group have?", [old], [other])[0]?.asOf.isOlder).toBe(false);
  });

  it("does not set a month against a year, where something happened in them", () => {
    const year = "Militants made 905 attacks in 2024.";
    const month = "Militants made 74 attacks in January 2025.";
    const next = "Militants made 990 attacks in 2025.";
    expect(shown("How many attacks did militants make?", [year], [month])[0]?.asOf.isOlder).toBe(false);
    expect(shown("How many attacks did militants make?", [year], [next])[0]?.asOf.isOlder).toBe(true);
  });

  it("numbers citations 1 to n in the order of the claims, whatever they were", () => {
    const sentence = fc
      .tuple(fc.integer({ min: 2000, max: 2025 }), fc.integer({ min: 2, max: 9999 }))
      .map(([year, figure]) => `The group had ${figure} fighters in ${year}.`);
    fc.assert(
      fc.property(
        fc.array(sentence, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("How many fighters are there now?", "How many fighters were there?"),
        (sentences, question) => {
          const claims = shown(question, sentences);
          expect(claims.map(({ number }) => number)).toEqual(sentences.map((_, index) => index + 1));
          expect(claims.map(({ text }) => text).sort()).toEqual([...sentences].sort());
        },
      ),
      { numRuns: 50 },
    );
  });
});
