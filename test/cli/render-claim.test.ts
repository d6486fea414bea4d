/** What stands with the quotes of an answer on the command line. */

import picocolors from "picocolors";
import { describe, expect, test } from "vitest";
import { renderAnswer, renderSearch } from "../../src/cli/render-answer.ts";
import type { Abstained, Answer, AsOf, Claim } from "../../src/domain/answer.ts";
import { abstained, answered, citationWith, claimWith, hitWith, resultWith, sourceWith } from "./fakes.ts";

const plain = {
  width: Number.POSITIVE_INFINITY,
  colors: picocolors.createColors(false),
  pathOf: (path: string) => path,
};
const QUOTE = "[1] │ The institute counted 74 attacks in January 2025.";
const TITLE = "    Digest: attacks in January";

const linesOf = (answer: Answer) => renderAnswer(resultWith(answer), plain).split("\n");
const linesWith = (claim: Partial<Claim>) => linesOf(answered({ claims: [claimWith(claim)] }));

function asOf(changes: Partial<AsOf> = {}): AsOf {
  return { from: "2024", to: "2024", basis: "quote", isOlder: false, ...changes };
}

describe("below a quote stands", () => {
  test.each<[string, Partial<Claim>, string]>([
    ["its time", { asOf: asOf() }, "as of 2024"],
    [
      "a time that its context tells",
      { asOf: asOf({ from: "2025-01", to: "2025-06", basis: "heading" }) },
      "as of January to June 2025 (from the context)",
    ],
    [
      "a time that only the report tells",
      { asOf: asOf({ basis: "report" }) },
      "the report covers 2024; the quote gives no date",
    ],
    [
      "that there is a newer figure",
      { asOf: asOf({ isOlder: true }) },
      "OLDER FIGURE: as of 2024; the reports have a newer one",
    ],
    [
      "whom it is attributed to",
      { asOf: asOf(), voice: { kind: "attributed", who: "PICSS" } },
      "as of 2024 · according to PICSS, as this report quotes it",
    ],
    [
      "that nobody is named",
      { voice: { kind: "attributed", who: null } },
      "according to somebody whom the report does not name",
    ],
    [
      "what a change is measured against, where the quote does not say",
      {
        asOf: asOf(),
        changes: [
          { written: "90%", base: { from: "2023-01-01", to: "2023-12-31" }, isBaseQuoted: false },
          { written: "12%", base: null, isBaseQuoted: false },
          { written: "7%", base: { from: "2022", to: "2022" }, isBaseQuoted: true },
        ],
      },
      "as of 2024 · 90%: compared with 2023 · 12%: it is not said compared with what",
    ],
    [
      "whom it is relayed from",
      { voice: { kind: "relayed", who: "Dawn" } },
      "relayed: from Dawn, passed on by this report",
    ],
    [
      "that it is relayed",
      { voice: { kind: "relayed", who: null } },
      "relayed: from another source, passed on by this report",
    ],
  ])("%s", (_, claim, words) => {
    expect(linesWith(claim).slice(0, 3)).toEqual([QUOTE, `    ${words}`, TITLE]);
  });

  test("no period that the report's own line has, and nothing where the report itself speaks", () => {
    const lines = linesWith({ asOf: asOf({ from: "2025-01", to: "2025-01", basis: "report" }) });
    expect(lines.slice(0, 2)).toEqual([QUOTE, TITLE]);
    expect(lines[2]).toContain("covers 2025-01");
  });
});

describe("an opinion is called one above its quote", () => {
  const opEd = citationWith({ source: sourceWith({ kind: "op-ed" }) });

  test.each<[string, Partial<Claim>, string]>([
    ["by name", { voice: { kind: "opinion", who: "A. Columnist" } }, "Opinion of A. Columnist, not a finding:"],
    ["without one", { voice: { kind: "opinion", who: null } }, "Opinion, not a finding:"],
    [
      "in an op-ed, whoever speaks there",
      { citations: [opEd], voice: { kind: "attributed", who: "PICSS" } },
      "Opinion, not a finding:",
    ],
  ])("%s", (_, claim, words) => {
    expect(linesWith(claim).slice(0, 2)).toEqual([`    ${words}`, QUOTE]);
  });

  test("also where it is only near, and in a search", () => {
    const near = renderAnswer(resultWith(abstained({ nearest: [{ citation: opEd, score: 0.2 }] })), plain);
    expect(near).toContain("\n\n    Opinion, not a finding:\n    │ The institute");
    const { question } = resultWith(answered());
    const found = renderSearch({ question, hits: [hitWith(opEd)], milliseconds: 1 }, plain);
    expect(found.startsWith("    Opinion, not a finding:\n[1] │ The institute")).toBe(true);
  });
});

test("figures that differ stand side by side behind the quotes", () => {
  const other = citationWith({ number: 2, source: sourceWith({ title: "Another count" }) });
  const lines = linesOf(
    answered({
      claims: [claimWith(), claimWith({ citations: [other] })],
      disagreements: [
        {
          about: "militants killed",
          period: { from: "2025-01-01", to: "2025-01-31" },
          values: [
            { written: "at least 74", citation: 1, who: "PICSS", rule: "civilians and security forces" },
            { written: "68", citation: 2, who: null, rule: null },
          ],
        },
      ],
    }),
  );
  expect(lines.slice(-8)).toEqual([
    "",
    "The reports differ on militants killed (January 2025):",
    "    at least 74 · PICSS · counts: civilians and security forces [1]",
    "    68 · Another count [2]",
    "    None of them is taken for right here; compare who counted, and what.",
    "",
    "Confidence: medium (0.71)",
    "",
  ]);
});

test("what the question takes for granted, and the reports do not, is said first", () => {
  const lines = linesOf(answered({ premise: { asked: "fewer attacks", citation: 1 } }));
  expect(lines.slice(0, 3)).toEqual([
    'The reports say otherwise: the question takes "fewer attacks" for granted; quote [1] contradicts it.',
    "",
    QUOTE,
  ]);
});

describe("an abstention", () => {
  const unmet: Abstained["unmet"] = [
    { kind: "name", surface: "Foo Brigade" },
    { kind: "period", surface: "April 2025" },
    { kind: "figure", surface: "42%" },
    { kind: "word", surface: "drones" },
    { kind: "detail", surface: "number" },
  ];

  test("names what is missing", () => {
    expect(linesOf(abstained({ unmet }))[2]).toBe(
      'Not found for this question: the name "Foo Brigade"; the time "April 2025"; the figure "42%"; ' +
        '"drones" in the sense that is asked; what is asked for (number).',
    );
  });

  test("does not name again what its explanation names", () => {
    const explanation = "No report holds Foo Brigade.";
    const [, said, missing] = linesOf(abstained({ explanation, unmet: unmet.slice(0, 2) }));
    expect([said, missing]).toEqual([explanation, 'Not found for this question: the time "April 2025".']);
    expect(linesOf(abstained({ explanation, unmet: unmet.slice(0, 1) })).join("\n")).not.toContain("Not found");
  });

  test("asks what was meant", () => {
    const choices = ["How many attacks in 2024?", "How many attacks in 2025?"];
    const lines = linesOf(abstained({ reason: "underspecified", choices }));
    const at = lines.indexOf("Did you mean:");
    expect(lines.slice(at, at + 3)).toEqual(["Did you mean:", ...choices.map((choice) => `    ${choice}`)]);
  });
});

test("nothing in it reaches the terminal as a command", () => {
  const evil = "\x1b]0;owned\x07 `x` \u202egnihton";
  const values = [1, 1].map((citation) => ({ written: evil, citation, who: evil, rule: evil }));
  const answers: Answer[] = [
    answered({
      claims: (["attributed", "relayed", "opinion"] as const).map((kind) => claimWith({ voice: { kind, who: evil } })),
      disagreements: [{ about: evil, period: null, values }],
      premise: { asked: evil, citation: 1 },
    }),
    abstained({ unmet: [{ kind: "word", surface: evil }], choices: [evil] }),
  ];
  for (const answer of answers) {
    const text = renderAnswer(resultWith(answer), plain);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toContain("\\x1b]0;owned\\x07 `x` \\u{202e}gnihton");
  }
});
