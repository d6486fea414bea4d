import { expect, test } from "vitest";
import type { ScoredCase } from "../../src/eval/cases.ts";
import { counter } from "../../src/eval/counter.ts";
import { reliabilityOf } from "../../src/eval/reliability.ts";
import { formatFailures, formatReliability, formatReport, reportJson } from "../../src/eval/report.ts";
import type { JudgedCase } from "../../src/eval/run.ts";
import { type Outcome, scoreCase } from "../../src/eval/scoring.ts";
import { summarise } from "../../src/eval/summary.ts";

const TEXTS = new Map([["a.md", "There were 74 attacks."]]);
const quote = { doc: "a.md", start: 0, end: 22, text: "There were 74 attacks." };

function judge(question: Partial<ScoredCase>, outcome: Partial<Outcome>): JudgedCase {
  const whole: ScoredCase = {
    id: "q-1",
    type: "figure",
    subtype: null,
    question: "How many attacks?",
    must: [["74"]],
    evidence: [{ doc: "a.md", spans: [{ start: 0, end: 22 }] }],
    any: false,
    ...question,
  };
  const result: Outcome = {
    answer: "",
    quotes: [],
    abstained: false,
    retrieved: [],
    milliseconds: 12,
    confidence: null,
    support: 0,
    explanation: null,
    error: null,
    ...outcome,
  };
  return { question: whole, outcome: result, score: scoreCase(whole, result, TEXTS) };
}

const right = judge({}, { quotes: [quote], retrieved: [quote], confidence: "high", support: 0.9 });
const refusedInVain = judge({ id: "q-2", type: "change" }, { abstained: true, explanation: "Nothing is near." });
const unanswerable = { type: "unanswerable", subtype: "absent", must: [], evidence: [] } as const;
const refused = judge({ ...unanswerable, id: "q-3" }, { abstained: true });
const madeUp = judge(
  { ...unanswerable, id: "q-4", question: "Who won?" },
  { quotes: [quote], confidence: "low", support: 0.32 },
);
const thrown = judge({ id: "q-5" }, { error: "no disk" });
const ALL = [right, refusedInVain, refused, madeUp, thrown];
const HEAD = { file: "set.yaml", reports: 1 };

test("the report says what was measured on what, and each figure with its count", () => {
  const text = formatReport(summarise(ALL.map(({ score }) => score)), HEAD);
  expect(text).toContain("set.yaml: 5 questions (3 answerable, 2 not) on 1 report, 1 ended in an error");
  expect(text).toMatch(/answered, quotes carry the answer +33\.3% {2}n=3 {2}95% interval 0\.0% to 100\.0%/);
  expect(text).toMatch(/false refusals \(of the answerable\) +33\.3% {2}n=3/);
  expect(text).toMatch(/refused \(of the unanswerable\) +50\.0% {2}n=2/);
  expect(text).toMatch(/refusals that were right +50\.0% {2}n=2/);
  expect(text).toMatch(/quotes that are verbatim +100\.0% {2}n=2/);
  expect(text).toMatch(/latency +p50 12\.0 ms, p95 12\.0 ms/);
  expect(text).toMatch(/^change +1 +0\.0%/m);
  expect(text).toMatch(/^absent +2 +50\.0%/m);
});

test("a set of one kind of question has no figures and no table of the other", () => {
  const text = formatReport(summarise([refused.score]), HEAD);
  expect(text).toMatch(/^answered, quotes carry the answer +- {2}n=0$/m);
  expect(text).not.toContain("nDCG@10  cit.prec");
});

test("reliability: each word and each bin that has answers, the bar as long as the share right, a mark at the support", () => {
  expect(formatReliability(reliabilityOf(ALL))).toBe(
    `${[
      "confidence  n  support   right     95% interval",
      "high        1     0.90  100.0%  20.7% to 100.0%",
      "medium      0        -       -                -",
      "low         1     0.32    0.0%    0.0% to 79.3%",
      `0.3 to 0.4  1     0.32    0.0%    0.0% to 79.3%  ${".".repeat(13)}|${".".repeat(26)}`,
      `0.9 to 1.0  1     0.90  100.0%  20.7% to 100.0%  ${"#".repeat(36)}|${"#".repeat(3)}`,
      "bars: # share right, | mean support; right: the quotes carry the answer and lie on its evidence",
      "expected calibration error 0.210 over 2 answers, those to unanswerable questions included",
    ].join("\n")}\n`,
  );
  expect(formatReliability(reliabilityOf([refused]))).toBe("confidence: nothing was answered\n");
});

test("failures: those refused in vain, answered without support, or thrown, and no other", () => {
  const text = formatFailures(ALL);
  expect(text).toBe(
    `${[
      "q-2 (change): How many attacks?",
      "  must: 74",
      "  found: 0.0% of the evidence in the first five passages",
      "  refused: Nothing is near.",
      "",
      "q-4 (absent): Who won?",
      '  quoted: "There were 74 attacks." (a.md)',
      "",
      "q-5 (figure): How many attacks?",
      "  must: 74",
      "  found: 0.0% of the evidence in the first five passages",
      "  error: no disk",
    ].join("\n")}\n`,
  );
  expect(formatFailures([right, refused])).toBe("");
});

test("the data has the same figures and every verdict", () => {
  const summary = summarise(ALL.map(({ score }) => score));
  const data = JSON.parse(JSON.stringify(reportJson(summary, ALL, HEAD)));
  expect(data.overall.carriesAnswer).toEqual({ value: 1 / 3, count: 3 });
  expect(data.items.map((item: { id: string }) => item.id)).toEqual(["q-1", "q-2", "q-3", "q-4", "q-5"]);
  expect(data.items[0]).toMatchObject({ carriesAnswer: true, quoted: [quote], confidence: "high", support: 0.9 });
  expect(data.items[1]).toMatchObject({ confidence: null });
  expect(data.reliability).toMatchObject({
    answers: 2,
    byConfidence: { high: { answers: 1, right: { value: 1, count: 1 } }, medium: { answers: 0, meanSupport: null } },
  });
  expect(data.reliability.bySupport[3]).toMatchObject({
    from: 0.3,
    to: 0.4,
    answers: 1,
    right: { value: 0, count: 1 },
  });
  expect(data.reliability.calibrationError).toBeCloseTo(0.21, 9);
  expect(data.items[4]).toMatchObject({ failed: true, error: "no disk" });
});

test("progress: elsewhere than on a terminal a line every five seconds, with rate and time left", () => {
  let time = 0;
  let written = "";
  const meter = counter(
    {
      write: (text) => {
        written += text;
      },
      isTerminal: false,
    },
    () => time,
  );
  const step = meter.phase("asking", "questions");
  for (const [at, done] of [
    [1000, 10],
    [5000, 50],
    [6000, 60],
  ] as const) {
    time = at;
    step(done, 100);
  }
  // 50 in 5 s are 10 a second; the other 50 take 5 s.
  expect(written).toBe("asking 50/100 questions, 10.0 a second, 5 s left\n");
  meter.print("warning: a\u001b[31m name");
  expect(written.endsWith("warning: a [31m name\n")).toBe(true);
});
