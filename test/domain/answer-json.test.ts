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
            corroboration: [
              { reportId: "x", title: "X", independent: true },
              { reportId: "y", title: "Y", independent: false },
            ],
            asOf: { from: "2024", to: "2024", basis: "heading", isOlder: true },
            voice: { kind: "attributed", who: "the police" },
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
      {
        citations: [1, 2],
        corroboration: [
          { report: "x", title: "X", independent: true },
          { report: "y", title: "Y", independent: false },
        ],
        asOf: { from: "2024", to: "2024", basis: "heading", isOlder: true },
        voice: { kind: "attributed", who: "the police" },
        independentSources: 2,
      },
      {
        citations: [2],
        corroboration: [],
        asOf: null,
        voice: { kind: "report", who: null },
        changes: [],
        independentSources: 1,
      },
    ],
  });
  expect(json.citations.map(({ number }) => number)).toEqual([1, 2]);
  expect(json.sources.map(({ doc }) => doc)).toEqual(["january.md", "other.md"]);
  expect(json).not.toHaveProperty("reason");
  expect(json.sources[0]).not.toHaveProperty("sources");
});

test("figures that differ, and a premise that does not hold, point to citations", () => {
  const disagreements = [
    {
      about: "attacks",
      period: { from: "2025-01", to: "2025-01" },
      values: [
        { written: "74", citation: 1, who: "the institute", rule: null },
        { written: "at least 60", citation: 2, who: null, rule: "without clashes" },
      ],
    },
  ];
  const premise = { asked: "fewer attacks", citation: 1 };
  expect(answerJson(resultWith(answered({ disagreements, premise })))).toMatchObject({ disagreements, premise });
  const json = answerJson(resultWith(answered()));
  expect(json).toMatchObject({ disagreements: [], premise: null });
  expect(json).not.toHaveProperty("unmet");
  expect(json).not.toHaveProperty("choices");
});

test("the members that programs read by now stay, in their order; others come behind them", () => {
  const before = ["question", "answer", "quotes", "abstained", "retrieved", "latency_ms", "claims", "citations"];
  const json = answerJson(resultWith(answered()));
  expect(Object.keys(json).slice(0, 11)).toEqual([...before, "sources", "confidence", "support"]);
  expect(Object.keys(json.claims[0] ?? {}).slice(0, 3)).toEqual(["text", "citations", "corroboration"]);
  const abstention = Object.keys(answerJson(resultWith(abstained())));
  expect(abstention.slice(0, 14)).toEqual([
    ...before,
    ...["sources", "confidence", "support", "reason", "explanation", "nearest"],
  ]);
});

test("an abstention says what is missing, and what could be meant", () => {
  const unmet = [{ kind: "detail" as const, surface: "number" }];
  const choices = ["How many attacks by the TTP?"];
  const json = answerJson(resultWith(abstained({ reason: "underspecified", unmet, choices })));
  expect(json).toMatchObject({ reason: "underspecified", unmet, choices });
  expect(json).not.toHaveProperty("disagreements");
  expect(json).not.toHaveProperty("premise");
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
