import picocolors from "picocolors";
import { expect, test } from "vitest";
import { renderTrace, traceJson } from "../../src/cli/render-trace.ts";
import { answered, citationWith, hitWith, resultWith } from "./fakes.ts";

const colors = picocolors.createColors(false);
const result = resultWith(answered(), {
  retrieved: [
    hitWith(citationWith()),
    hitWith(citationWith(), {
      score: 0.5,
      lexicalRank: null,
      lexicalScore: null,
      denseRank: 12,
      denseScore: 0.4321,
      why: [],
    }),
  ],
  evidence: [
    {
      reportId: "january",
      start: 1,
      end: 5,
      text: "One.",
      score: 0.8,
      parts: { sentenceMeaning: 0.7, missing: 0, words: 0.9 },
      fate: "chosen",
    },
    {
      reportId: "february",
      start: 6,
      end: 15,
      text: "Two\x1b[31m.",
      score: 0.25,
      parts: { sentenceMeaning: 0.1, period: -1 },
      fate: "says the same",
    },
  ],
});

test("the trace shows what was understood, how hits ranked and what became of each sentence", () => {
  expect(renderTrace(result, { width: Number.POSITIVE_INFINITY, colors })).toBe(
    [
      "Understood",
      "question    How many attacks?",
      "wants       number",
      "names       TTP",
      "period      none",
      "expansions  atacks -> attacks",
      "",
      "Retrieved (2)",
      "          lexical         dense",
      "#  fused     rank   BM25   rank  cosine  paragraph  report",
      "1  0.910        1  12.35      -       -          2  january",
      "    matched: attacks, january",
      "2  0.500        -      -     12   0.432          2  january",
      "",
      "Evidence (2)",
      "       sentence",
      "score   Meaning  words  period  fate",
      "0.800      0.70   0.90       -  chosen",
      "    january: One.",
      "0.250      0.10      -   -1.00  says the same",
      "    february: Two\\x1b[31m.",
      "",
      "12 ms",
      "",
    ].join("\n"),
  );
});

test("a question that found nothing has empty tables", () => {
  const text = renderTrace({ ...result, retrieved: [], evidence: [] }, { width: 40, colors });
  expect(text).toContain("Retrieved (0)\n");
});

test("the JSON form has everything", () => {
  const trace = traceJson(result);
  expect(trace.understood).toBe(result.question);
  expect(trace.hits[1]).toEqual({
    doc: "january.md",
    start: 10,
    end: 59,
    lexicalRank: null,
    lexicalScore: null,
    denseRank: 12,
    denseScore: 0.4321,
    score: 0.5,
    why: [],
  });
  expect(trace.evidence).toBe(result.evidence);
});
