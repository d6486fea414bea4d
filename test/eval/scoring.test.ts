import { describe, expect, test } from "vitest";
import type { SpanJson } from "../../src/domain/answer-json.ts";
import type { ScoredCase } from "../../src/eval/cases.ts";
import { isOnEvidence, ndcgAt, type Outcome, recallAt, scoreCase } from "../../src/eval/scoring.ts";

/** 100 characters: "abcdefghi " ten times. */
const TEXT = "abcdefghi ".repeat(10);
const TEXTS = new Map([
  ["a.md", TEXT],
  ["b.md", TEXT],
]);

function span(doc: string, start: number, end: number): SpanJson {
  return { doc, start, end, text: TEXT.slice(start, end) };
}

function evidence(doc: string, start: number, end: number) {
  return { doc, spans: [{ start, end }] };
}

function question(more: Partial<ScoredCase> = {}): ScoredCase {
  return {
    id: "q",
    type: "figure",
    subtype: null,
    question: "?",
    must: [["abcdefghi"]],
    evidence: [evidence("a.md", 0, 20), evidence("b.md", 40, 60)],
    any: false,
    ...more,
  };
}

function outcome(more: Partial<Outcome> = {}): Outcome {
  return {
    answer: "",
    quotes: [],
    abstained: false,
    retrieved: [],
    milliseconds: 5,
    confidence: null,
    support: 0,
    explanation: null,
    error: null,
    ...more,
  };
}

describe("retrieval", () => {
  const first = span("a.md", 0, 10); // covers 10 of the 20 characters of the first piece: half, so it counts
  const second = span("b.md", 40, 60); // covers the second piece whole
  const short = span("a.md", 0, 9); // covers 9 of 20: too little
  const elsewhere = span("b.md", 0, 20); // the right offsets in the wrong report

  test("recall is the share of the pieces that are covered", () => {
    expect(recallAt(5, [first, second], question())).toBe(1);
    expect(recallAt(5, [first, short, elsewhere], question())).toBe(0.5);
    expect(recallAt(5, [short, elsewhere], question())).toBe(0);
    // The sixth passage is too late.
    expect(recallAt(5, [short, short, short, short, short, second], question())).toBe(0);
    // Two passages that cover the same piece are one find.
    expect(recallAt(5, [first, first], question())).toBe(0.5);
    expect(recallAt(5, [second], question({ any: true }))).toBe(1);
  });

  test("nDCG discounts each new piece by log2(rank + 1) and divides by the ideal list", () => {
    expect(ndcgAt(10, [first, second], question())).toBe(1);
    // Pieces at ranks 2 and 4: 1/log2(3) + 1/log2(5) = 0.63093 + 0.43068 = 1.06161.
    // Ideal, ranks 1 and 2: 1 + 0.63093 = 1.63093. 1.06161 / 1.63093 = 0.65092.
    expect(ndcgAt(10, [short, first, elsewhere, second], question())).toBeCloseTo(0.65092, 5);
    // One piece of two, at rank 1: 1 / 1.63093 = 0.61315.
    expect(ndcgAt(10, [first, first, first], question())).toBeCloseTo(0.61315, 5);
    // With any, the first find is all there is to gain: rank 3, 1/log2(4) = 0.5.
    expect(ndcgAt(10, [short, short, first, second], question({ any: true }))).toBe(0.5);
    expect(ndcgAt(10, [], question())).toBe(0);
    // A passage that covers both pieces at once gains 2 against an ideal of 1.63: still 1.
    const both = question({ evidence: [evidence("a.md", 0, 10), evidence("a.md", 10, 20)] });
    expect(ndcgAt(10, [span("a.md", 0, 20)], both)).toBe(1);
  });

  test("any place of a repeated evidence text counts", () => {
    const repeated = {
      doc: "a.md",
      spans: [
        { start: 0, end: 10 },
        { start: 50, end: 60 },
      ],
    };
    expect(recallAt(5, [span("a.md", 45, 70)], question({ evidence: [repeated] }))).toBe(1);
  });
});

describe("citations", () => {
  test("a quote is on evidence when they share half of the shorter of the two", () => {
    const piece = evidence("a.md", 20, 40);
    expect(isOnEvidence(span("a.md", 0, 100), piece)).toBe(true); // the piece whole
    expect(isOnEvidence(span("a.md", 30, 34), piece)).toBe(true); // a fragment of it
    expect(isOnEvidence(span("a.md", 0, 30), piece)).toBe(true); // 10 of 20
    expect(isOnEvidence(span("a.md", 0, 29), piece)).toBe(false); // 9 of 20
    expect(isOnEvidence(span("b.md", 20, 40), piece)).toBe(false);
  });

  test("precision counts quotes, recall counts pieces", () => {
    const quotes = [span("a.md", 0, 20), span("a.md", 5, 20), span("a.md", 70, 90), span("b.md", 90, 100)];
    const score = scoreCase(question(), outcome({ quotes }), TEXTS);
    expect(score.citationPrecision).toBe(2 / 4);
    expect(score.citationRecall).toBe(1 / 2);
    expect(scoreCase(question({ any: true }), outcome({ quotes }), TEXTS).citationRecall).toBe(1);
  });
});

describe("groundedness", () => {
  const onIt = span("a.md", 0, 20);
  const besideIt = span("a.md", 70, 90);

  test.each([
    ["on the evidence, with the answer", [onIt], [["abcdefghi"]], true, true],
    ["on the evidence, without the answer", [onIt], [["xyz"]], false, true],
    ["beside the evidence, with the answer", [besideIt], [["abcdefghi"]], true, false],
    ["nothing quoted", [], [["abcdefghi"]], false, false],
  ] as const)("%s", (_, quotes, must, carriesAnswer, onEvidence) => {
    expect(scoreCase(question({ must }), outcome({ quotes }), TEXTS)).toMatchObject({ carriesAnswer, onEvidence });
  });

  test.each([
    ["altered", { ...onIt, text: `${TEXT.slice(0, 19)}x` }],
    ["moved by one", { ...onIt, start: 1, end: 21 }],
    ["of a report that is not there", { ...onIt, doc: "c.md" }],
  ])("one quote that is %s spoils the answer", (_, broken) => {
    const score = scoreCase(question(), outcome({ quotes: [onIt, broken] }), TEXTS);
    expect(score).toMatchObject({ quotes: 2, verbatimQuotes: 1, carriesAnswer: false, onEvidence: false });
  });

  test("an abstention carries nothing, and its near passages are no quotes", () => {
    const score = scoreCase(question(), outcome({ abstained: true, quotes: [onIt] }), TEXTS);
    expect(score).toMatchObject({
      answered: false,
      abstained: true,
      quotes: 0,
      carriesAnswer: false,
      citationPrecision: null,
      citationRecall: 0,
    });
  });

  test("a fault is neither an answer nor an abstention", () => {
    const score = scoreCase(question(), outcome({ error: "out of memory", abstained: true }), TEXTS);
    expect(score).toMatchObject({ failed: true, answered: false, abstained: false, carriesAnswer: false });
  });

  test("an unanswerable question has no evidence to be measured against", () => {
    const none = question({ type: "unanswerable", subtype: "absent", must: [], evidence: [] });
    expect(scoreCase(none, outcome({ quotes: [onIt] }), TEXTS)).toMatchObject({
      answerable: false,
      answered: true,
      verbatimQuotes: 1,
      recallAt5: null,
      ndcgAt10: null,
      citationPrecision: null,
      citationRecall: null,
      carriesAnswer: null,
      onEvidence: null,
    });
  });
});
