import { expect, test } from "vitest";
import { answerJson } from "../../src/domain/answer-json.ts";
import { abstained, answered, citationWith, claimWith, hitWith, resultWith, sourceWith } from "../cli/fakes.ts";

test("an answer keeps its quotes as exact slices, numbered once", () => {
  const first = citationWith({ text: "One  sentence\nof two lines.", start: 5 });
  const second = citationWith({ number: 2, text: "Another.", path: "other.md", start: 40 });
  const json = answerJson(
    resultWith(
      answered({
        claims: [
          claimWith({
            citations: [first, second],
            corroboration: [{ reportId: "x", title: "X", independent: true }],
          }),
          claimWith({ citations: [second] }),
        ],
      }),
    ),
  );
  expect(json).toMatchObject({
    question: "How many attacks?",
    answer: "One  sentence\nof two lines. Another.",
    abstained: false,
    confidence: "medium",
    support: 0.714,
    latency_ms: 12.35,
    quotes: [
      { text: "One  sentence\nof two lines.", doc: "january.md", start: 5, end: 32 },
      { text: "Another.", doc: "other.md", start: 40, end: 48 },
    ],
    claims: [
      { citations: [1, 2], corroboration: [{ report: "x", title: "X", independent: true }] },
      { citations: [2], corroboration: [] },
    ],
  });
  expect(json.citations.map(({ number }) => number)).toEqual([1, 2]);
  expect(json.sources.map(({ doc }) => doc)).toEqual(["january.md", "other.md"]);
  expect(json).not.toHaveProperty("reason");
  expect(json.sources[0]).not.toHaveProperty("sources");
});

test("an abstention says nothing, and why", () => {
  const json = answerJson(resultWith(abstained()));
  expect(json).toMatchObject({
    answer: "",
    quotes: [],
    claims: [],
    citations: [],
    abstained: true,
    confidence: null,
    reason: "nothing-near",
    explanation: "No report says who won the match.",
  });
  expect(json.nearest).toMatchObject([{ doc: "january.md", start: 10, score: 0.2 }]);
  expect(json.sources).toMatchObject([{ doc: "january.md", title: sourceWith().title, reliability: "B" }]);
});

test("at most ten passages are listed as retrieved, in their order", () => {
  const retrieved = Array.from({ length: 14 }, (_, at) => hitWith(citationWith({ start: at })));
  const json = answerJson(resultWith(answered(), { retrieved }));
  expect(json.retrieved.map(({ start }) => start)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(Object.keys(json.retrieved[0] ?? {})).toEqual(["text", "doc", "start", "end"]);
});
