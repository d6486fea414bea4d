import { describe, expect, test } from "vitest";
import { comparable, findEvidence, parseEvidence } from "../../src/eval/extraction.ts";
import { sourceWith } from "../cli/fakes.ts";

const TEXTS: Record<string, string> = {
  boats: "The board counted 1,024 boats.\n\nSmug­gling “rose”, it said, by a fifth.",
  empty: "",
};
const sitrep = {
  reports: async () => Object.keys(TEXTS).map((id) => ({ id, path: `x/${id}.pdf`, source: sourceWith() })),
  reportText: async (id: string) => TEXTS[id] ?? "",
};
const row = (parts: object) => JSON.stringify({ id: "q", question: "?", ...parts });

describe("evidence of a file of questions", () => {
  test("is read from every line that has some, also what refutes a premise", () => {
    const jsonl = [
      row({ evidence: [{ doc: "a.pdf", text: "One.", start: 3 }], answerable: true }),
      "",
      row({ id: 7, refuting_evidence: { doc: "b.pdf", text: "Two." } }),
      row({ evidence: null }),
    ].join("\n");
    expect(parseEvidence(jsonl, "q.jsonl")).toEqual([
      { question: "q", document: "a.pdf", text: "One." },
      { question: "7", document: "b.pdf", text: "Two." },
    ]);
  });

  test.each([
    ["not JSON", ":1:"],
    [row({ evidence: [{ doc: "a" }] }), ":1:"],
    [row({}), "has no evidence"],
  ])("%s is refused", (jsonl, reason) => {
    expect(() => parseEvidence(jsonl, "q.jsonl")).toThrow(reason);
  });
});

describe("evidence in extracted texts", () => {
  const looked = async (document: string, text: string) =>
    (await findEvidence(sitrep, [{ question: "q", document, text }])).found;

  test("is found through line ends, hyphens and forms of letters, and nowhere else", async () => {
    expect(await looked("x/boats.pdf", "counted 1,024\nboats")).toBe(1);
    expect(await looked("x/boats.pdf", 'Smug-\ngling "ROSE", it said')).toBe(1);
    expect(await looked("x/boats.pdf", "counted 1,025 boats")).toBe(0);
    expect(await looked("x/empty.pdf", "counted 1,024 boats")).toBe(0);
    expect(await looked("x/refused.pdf", "counted 1,024 boats")).toBe(0);
  });

  test("what is missing is named", async () => {
    const strings = [
      { question: "a", document: "x/boats.pdf", text: "The board" },
      { question: "b", document: "x/boats.pdf", text: "The bored" },
    ];
    expect(await findEvidence(sitrep, strings)).toEqual({ strings: 2, found: 1, missing: [strings[1]] });
  });

  test("figures stay apart: only what extractions may differ in is folded", () => {
    expect(comparable("ﬁve – 1 024")).toBe("five1024");
    expect(comparable("1,024")).not.toBe(comparable("1024"));
  });
});
