import { expect, test } from "vitest";
import type { AskResult, Sitrep } from "../../src/domain/service.ts";
import { parseBatchQuestions, parseManifest, writePredictions } from "../../src/eval/batch.ts";

test("questions: empty lines are skipped, other members ignored, numbers stay numbers", () => {
  const jsonl = '\uFEFF{"id":"a","question":"Who?","answer":"x"}\r\n\n{"id":7,"question":""}\n';
  expect(parseBatchQuestions(jsonl, "q.jsonl")).toEqual([
    { id: "a", question: "Who?" },
    { id: 7, question: "" },
  ]);
});

test("questions: every bad line is named", () => {
  const jsonl = [
    '{"id":"a","question":"Who?"}',
    "not json",
    "",
    '{"id":"b"}',
    '{"question":"?"}',
    '{"id":"a","question":""}',
  ];
  expect(() => parseBatchQuestions(jsonl.join("\n"), "q.jsonl")).toThrow(
    "q.jsonl: line 2: not JSON; line 4: question: must be text; line 5: id: must be text or a number; " +
      "line 6: id a is already on line 1",
  );
  expect(() => parseBatchQuestions("\n", "q.jsonl")).toThrow("q.jsonl: there is no question in it");
});

test("manifest: what is unknown is left out, what is known is keyed by path", () => {
  const manifest = [
    { file: "a.md", title: "A", publisher: "P", date: "2024-05", url: "https://example.org/a", licence: "any" },
    { file: "./sub\\b.txt", title: "", publisher: null, date: "" },
    { file: "c.md", date: "2024-05-06T10:00:00Z" },
    { file: "d.md", date: "2024-05 snapshot" },
    { file: "e.md", date: "2020-2024" },
    { file: "f.md", date: "2024-13" },
    { file: "g.md", date: "2023-02-29", url: "https://example.org/g (a copy)" },
    { file: "h.md", url: "see the archive" },
    { file: "i.md", url: "https://name:word@example.org/" },
  ];
  const warnings: string[] = [];
  expect(parseManifest(JSON.stringify(manifest), "m.json", (message) => warnings.push(message))).toEqual(
    new Map([
      ["a.md", { title: "A", publisher: "P", published: "2024-05", url: "https://example.org/a" }],
      ["sub/b.txt", {}],
      ["c.md", { published: "2024-05-06" }],
      ["d.md", { published: "2024-05" }],
      ["e.md", {}],
      ["f.md", {}],
      ["g.md", { url: "https://example.org/g" }],
      ["h.md", {}],
      ["i.md", {}],
    ]),
  );
  expect(warnings).toEqual([
    'm.json: the date of e.md is left unknown: "2020-2024"',
    'm.json: the date of f.md is left unknown: "2024-13"',
    'm.json: the date of g.md is left unknown: "2023-02-29"',
    'm.json: the address of h.md is left unknown: "see the archive"',
    'm.json: the address of i.md is left unknown: "https://name:word@example.org/"',
  ]);
});

test("manifest: every bad entry is named", () => {
  const warn = () => expect.unreachable("nothing to warn of");
  const manifest = [{ file: "a.md", date: 2024 }, { title: "no file" }, { file: "b.md" }, { file: "b.md" }, 3];
  expect(() => parseManifest(JSON.stringify(manifest), "m.json", warn)).toThrow(
    "m.json: entry 1: date: must be text; entry 2: file: must be text; " +
      "entry 4: there is an entry for b.md already; entry 5: must be an object",
  );
  expect(() => parseManifest('{"a.md": {}}', "m.json", warn)).toThrow("m.json: must be a JSON list");
  expect(() => parseManifest("[", "m.json", warn)).toThrow("m.json: must be a JSON list");
});

const abstention: AskResult = {
  question: { text: "?", isMadeWhole: false, wants: "other", names: [], period: null, expansions: [] },
  answer: {
    kind: "abstention",
    reason: "nothing-near",
    explanation: "Nothing is near.",
    nearest: [],
    support: 0,
    unmet: [],
    choices: [],
  },
  retrieved: [],
  evidence: [],
  milliseconds: 1,
};
const brokenOnB: Pick<Sitrep, "ask"> = {
  ask: async (question) => {
    if (question === "B") throw new Error("no disk");
    return abstention;
  },
};

test("a question that throws gets a line of its own kind, and the next is asked", async () => {
  const lines: string[] = [];
  const questions = ["A", "B", "C"].map((question) => ({ id: question.toLowerCase(), question }));
  const tally = await writePredictions(brokenOnB, questions, async (line) => lines.push(line));
  expect(lines.every((line) => line.endsWith("\n"))).toBe(true);
  const rows = lines.map((line) => JSON.parse(line));
  const row = { answer: "", quotes: [], retrieved: [], latency_ms: expect.any(Number) };
  expect(rows).toEqual([
    { ...row, id: "a", abstained: true },
    { ...row, id: "b", abstained: false, error: "no disk" },
    { ...row, id: "c", abstained: true },
  ]);
  expect(tally).toMatchObject({ questions: 3, abstained: 2, failed: 1 });
});

test("a blank question is an abstention, and nobody is asked", async () => {
  const lines: string[] = [];
  const nobody: Pick<Sitrep, "ask"> = { ask: async () => expect.unreachable("there is no question") };
  const questions = ["", " \t\n"].map((question, at) => ({ id: at, question }));
  const tally = await writePredictions(nobody, questions, async (line) => lines.push(line));
  const row = { answer: "", quotes: [], abstained: true, retrieved: [], latency_ms: 0 };
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { ...row, id: 0 },
    { ...row, id: 1 },
  ]);
  expect(tally).toMatchObject({ questions: 2, abstained: 2, failed: 0 });
});

test("an aborted run stops before the next question and keeps what it has", async () => {
  const stop = new AbortController();
  const lines: string[] = [];
  const writeLine = async (line: string) => {
    lines.push(line);
    stop.abort();
  };
  const questions = ["A", "C"].map((question) => ({ id: question, question }));
  await expect(writePredictions(brokenOnB, questions, writeLine, { signal: stop.signal })).rejects.toMatchObject({
    code: "cancelled",
  });
  expect(lines).toHaveLength(1);
});
