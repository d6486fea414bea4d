import { describe, expect, it } from "vitest";
import { measure } from "../../src/answer/evidence.ts";
import { answerFrom } from "../../src/answer/extractive.ts";
import { readHits, withReadings } from "../../src/answer/reading.ts";
import { type Judged, judge } from "../../src/answer/select.ts";
import type { ReadTexts } from "../../src/domain/reading.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { hit, passage, source } from "../helpers/sources.ts";

const glossary = createGlossary([]);
const question = understand("How many attacks did PICSS count in January 2025?", glossary, {
  frequency: () => 1,
  rarity: () => 1,
  startingWith: () => [],
});
const COUNTED = "PICSS counted 74 attacks in January 2025.";
const WEATHER = "It was a cold month in the north of the country.";
const LATER = "Its later total is given as 81.";
const hits = [hit(passage(1, "a", [COUNTED, WEATHER])), hit(passage(2, "b", [WEATHER, LATER]))];
const judged = judge(
  question,
  "number",
  measure(question, "number", hits, new Map(), glossary, () => 0),
);

const logit = (probability: number) => Math.log(probability / (1 - probability));
const probability = (odds: number) => 1 / (1 + Math.exp(-odds));
/** A span of a passage, at its words, with log-odds. */
function span(words: string, within: string, score: number) {
  const start = within.indexOf(words);
  return { start, end: start + words.length, score, noAnswer: 1 - probability(score) };
}
const FIRST = hits[0]?.passage.text ?? "";
const SECOND = hits[1]?.passage.text ?? "";
const readings = (spans: [number, ReturnType<typeof span>][], weight = 50): ReadTexts => ({
  byText: new Map(spans),
  weight,
});
const texts = (each: readonly { candidate: { reading: string } }[]) => each.map(({ candidate }) => candidate.reading);
const supportOf = (all: readonly Judged[], text: string) =>
  all.find(({ candidate }) => candidate.reading === text)?.support ?? 0;

describe("withReadings", () => {
  it("changes nothing without readings", () => {
    expect(withReadings(judged, null)).toBe(judged);
    expect(withReadings(judged, readings([]))).toBe(judged);
    expect(texts(judged)[0]).toBe(COUNTED);
  });

  it("puts the sentence first that holds the span, and speaks for it alone", () => {
    const again = withReadings(judged, readings([[2, span("81", SECOND, 2)]]));
    expect(texts(again)[0]).toBe(LATER);
    expect(again[0]?.rank).toBeCloseTo(
      (judged.find((each) => each.candidate.reading === LATER)?.rank ?? 0) + 50 * probability(2),
    );
    expect(logit(supportOf(again, LATER))).toBeCloseTo(logit(supportOf(judged, LATER)) + 2, 6);
    expect(supportOf(again, COUNTED)).toBe(supportOf(judged, COUNTED));
    expect(again).toHaveLength(judged.length);
  });

  it("gives less weight to a span that hardly answers", () => {
    const gained = (score: number) =>
      withReadings(judged, readings([[2, span("81", SECOND, score)]])).find(
        ({ candidate }) => candidate.reading === LATER,
      )?.reading;
    expect(gained(-1)).toEqual({ reader: expect.closeTo(50 * probability(-1)), readerNoAnswer: probability(1) });
    expect(gained(-20)?.reader).toBeLessThan(1e-6);
  });

  it("speaks against all sentences alike where no passage answers, by the best of them", () => {
    const spans: [number, ReturnType<typeof span>][] = [
      [1, span("74", FIRST, -3)],
      [2, span("81", SECOND, -1.5)],
    ];
    const again = withReadings(judged, readings(spans, 0));
    expect(texts(again)).toEqual(texts(judged));
    for (const each of judged) {
      const now = again.find(({ candidate }) => candidate === each.candidate);
      expect(logit(now?.support ?? 0)).toBeCloseTo(logit(each.support) - 1.5, 6);
    }
  });

  it("does not hold it against a sentence that another passage answers", () => {
    const again = withReadings(
      judged,
      readings([
        [1, span("74", FIRST, -3)],
        [2, span("81", SECOND, 2)],
      ]),
    );
    expect(supportOf(again, COUNTED)).toBe(supportOf(judged, COUNTED));
  });

  it("takes the sentence with most of a span that lies over two", () => {
    const over = span("2025. It was a cold", FIRST, 1);
    const again = withReadings(judged, readings([[1, over]]));
    expect(again.filter(({ reading }) => (reading?.reader ?? 0) > 0).map(({ candidate }) => candidate.reading)).toEqual(
      [WEATHER],
    );
  });
});

describe("answerFrom", () => {
  const report = { id: "a", path: "a.md", source: source(), text: FIRST, pages: [] };
  const other = { id: "b", path: "b.md", source: source(), text: SECOND, pages: [] };
  const sources = {
    report: (id: string) => (id === "a" ? report : other),
    meaning: new Map<number, number[]>(),
    glossary,
    likeness: () => 0,
    onBrokenQuote: () => undefined,
  };

  it("is the same, to the last bit, with null for readings as without", () => {
    const without = answerFrom(question, hits, 4, sources);
    expect(JSON.stringify(answerFrom(question, hits, 4, { ...sources, readings: null }))).toBe(JSON.stringify(without));
    expect(without.answer.kind).toBe("answer");
    expect(without.evidence().every(({ parts }) => !("reader" in parts))).toBe(true);
  });

  it("refuses where the reader finds no answer, and the trace says why", () => {
    const spans: [number, ReturnType<typeof span>][] = [[1, span("74", FIRST, -9)]];
    const { answer, evidence } = answerFrom(question, hits, 4, { ...sources, readings: readings(spans) });
    expect(answer.kind).toBe("abstention");
    const traced = evidence().find(({ text }) => text === COUNTED);
    expect(traced?.parts.readerNoAnswer).toBeCloseTo(1, 3);
    expect(traced?.parts.reader).toBeCloseTo(50 * probability(-9), 6);
    const unread = evidence().find(({ text }) => text === LATER);
    expect(unread?.parts).toMatchObject({ reader: 0 });
    expect(unread?.parts).not.toHaveProperty("readerNoAnswer");
  });
});

it("readHits gives the passages as a machine reads them, by their ids, the best first", async () => {
  const [one, two] = hits;
  if (one === undefined || two === undefined) throw new Error("No hits");
  const marked = { ...one, passage: { ...one.passage, reading: one.passage.text.replace("PICSS", "     ") } };
  const asked: unknown[] = [];
  const signal = new AbortController().signal;
  const read = await readHits(
    async (...args) => {
      asked.push(args);
      return null;
    },
    "How many?",
    [two, marked],
    signal,
  );
  expect(read).toBeNull();
  expect(asked).toEqual([
    [
      "How many?",
      [
        { id: 2, text: SECOND },
        { id: 1, text: marked.passage.reading },
      ],
      signal,
    ],
  ]);
});
