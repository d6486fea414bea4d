import { describe, expect, test } from "vitest";
import { SitrepError } from "../../src/domain/errors.ts";
import { locateEvidence, occurrences, parseCases } from "../../src/eval/cases.ts";

const GOOD = `questions:
  - id: fig-001
    type: figure
    question: How many attacks were there?
    must: [["74"], ["42%", "42 per cent"]]
    evidence:
      - { report: january, text: at least 74 attacks }
  - id: no-001
    type: unanswerable
    subtype: absent
    question: Who won the match?
`;

function faultOf(yaml: string): string {
  try {
    parseCases(yaml, "set.yaml");
  } catch (fault) {
    expect(fault).toBeInstanceOf(SitrepError);
    return fault instanceof SitrepError && fault.code === "bad-input" ? fault.message : "another fault";
  }
  return "no fault";
}

describe("parseCases", () => {
  test("reads entries of both kinds, with the line each begins on", () => {
    expect(parseCases(GOOD, "set.yaml")).toEqual([
      {
        id: "fig-001",
        type: "figure",
        question: "How many attacks were there?",
        must: [["74"], ["42%", "42 per cent"]],
        evidence: [{ report: "january", text: "at least 74 attacks" }],
        any: false,
        line: 2,
      },
      { id: "no-001", type: "unanswerable", subtype: "absent", question: "Who won the match?", line: 8 },
    ]);
  });

  test("names every bad entry by the line of the fault", () => {
    const bad = GOOD.replace('["74"]', "[74]")
      .replace("type: unanswerable", "type: impossible")
      .replace("How many attacks were there?", '""');
    expect(faultOf(bad)).toBe(
      "set.yaml: line 4: question: must not be empty; line 5: must.0.0: must be text: put it in quotes; " +
        "line 9: type: must be one of figure, attribution, definition, relation, change, disagreement, paraphrase, " +
        "typo-alias, unanswerable",
    );
  });

  test.each([
    ["an answerable entry without evidence", GOOD.replace(/ {4}evidence:\n.*\n/, ""), "line 2: evidence: "],
    ["an unanswerable entry with an answer", `${GOOD}    must: [["2"]]\n`, 'line 8: Unrecognized key: "must"'],
    ["an unknown subtype", GOOD.replace("absent", "missing"), "line 10: subtype: must be one of absent, "],
    ["a repeated id", GOOD.replace("no-001", "fig-001"), "line 8: id: fig-001 is already on line 2"],
    ["a misspelt key", GOOD.replace("must:", "musts:"), 'Unrecognized key: "musts"'],
    ["YAML that does not parse", `${GOOD}  - id: "open\n`, "line 13: Missing closing"],
    ["no list", "questions: none\n", "must have one top-level key, `questions`, with a list"],
    ["an empty list", "questions: []\n", "questions: must not be empty"],
  ])("refuses %s", (_, yaml, expected) => {
    expect(faultOf(yaml)).toContain(expected);
  });
});

describe("locateEvidence", () => {
  const reports = {
    reports: async () => [{ id: "january", path: "monthly/january.md", source }],
    reportText: async (id: string) => (id === "january" ? "There were at least 74\nattacks. At least 74 attacks." : ""),
  };

  test("finds the evidence by path and offsets, whatever the line breaks", async () => {
    const [figure] = await locateEvidence(parseCases(GOOD, "set.yaml"), reports, "set.yaml");
    // "There were " has 11 characters, "at least 74\nattacks" 19.
    expect(figure?.evidence).toEqual([{ doc: "monthly/january.md", spans: [{ start: 11, end: 30 }] }]);
  });

  test("refuses evidence that is in no report, naming each", async () => {
    const elsewhere = GOOD.replace("at least 74", "at most 74");
    await expect(locateEvidence(parseCases(elsewhere, "set.yaml"), reports, "set.yaml")).rejects.toThrow(
      'set.yaml: line 2: fig-001: not in january: "at most 74 attacks"',
    );
    const unknown = GOOD.replace("report: january", "report: june");
    await expect(locateEvidence(parseCases(unknown, "set.yaml"), reports, "set.yaml")).rejects.toThrow(
      "set.yaml: line 2: fig-001: there is no report june",
    );
  });
});

test("occurrences takes no character of the fragment for a pattern", () => {
  expect(occurrences("a (1) b.[^s7] a(1) (1)\n b", "(1) b")).toEqual([
    { start: 2, end: 7 },
    { start: 19, end: 25 },
  ]);
  expect(occurrences("axb", "a.b")).toEqual([]);
  expect(occurrences("text", "  ")).toEqual([]);
});

const source = {
  title: "January",
  publisher: null,
  author: null,
  published: null,
  period: null,
  documentId: null,
  url: null,
  kind: "unknown",
  language: "en",
  reliability: "F",
  marking: null,
  origins: [],
  sources: [],
  derived: [],
} as const;
