import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/domain/check.ts";
import { checkFigures, evaluateChecks, formatCheckFailures, formatChecks, parseChecks } from "../../src/eval/checks.ts";

const SET = `checks:
  - { id: a, half: fit, kind: paraphrase, verdict: supported, text: "one" }
  - { id: b, half: report, kind: figure-changed, verdict: contradicted, reported: ["9"], text: "two" }
  - { id: c, half: report, kind: message, verdict: [supported, not-found], text: "three" }
`;

const statement = (verdict: Verdict, reported?: string) => ({
  start: 0,
  end: 1,
  text: "t",
  verdict,
  citations: [],
  differences: reported === undefined ? [] : [{ claimed: "1", reported }],
});

function judge(answers: Record<string, ReturnType<typeof statement>[]>) {
  const check = async (text: string) => ({ statements: answers[text] ?? [], omitted: 0, milliseconds: 5 });
  return evaluateChecks({ check }, parseChecks(SET, "set.yaml"));
}

describe("a labelled set of statements", () => {
  test("is read, one verdict or several", () => {
    expect(parseChecks(SET, "set.yaml").map(({ verdict, reported }) => [verdict, reported])).toEqual([
      [["supported"], []],
      [["contradicted"], ["9"]],
      [["supported", "not-found"], []],
    ]);
  });

  test.each([
    ["an unknown verdict", SET.replace("verdict: supported", "verdict: true-enough"), "checks.0.verdict"],
    ["an unknown half", SET.replace("half: fit", "half: both"), "checks.0.half: must be one of fit, report"],
    ["a repeated id", SET.replace("id: b", "id: a"), "the id a is there twice"],
    ["no entries", "checks: []", "checks: must not be empty"],
    ["no YAML", "checks: [", "set.yaml: "],
  ])("is refused with %s", (_, yaml, message) => {
    expect(() => parseChecks(yaml, "set.yaml")).toThrow(message);
  });

  test("gives figures by what should be and what is, and of figures that were named", async () => {
    const judged = await judge({
      one: [statement("supported")],
      two: [statement("contradicted", "8")],
      three: [statement("supported"), statement("supported"), statement("not-found")],
    });
    const figures = checkFigures(judged.filter(({ check }) => check.half === "report"));
    expect(figures).toMatchObject({
      texts: 2,
      confusion: { "not-found": { supported: 1 }, none: { "not-found": 1 } },
      precision: {
        supported: { right: 1, of: 2 },
        contradicted: { right: 1, of: 1 },
        "not-found": { right: 0, of: 1 },
      },
      recall: { supported: { right: 1, of: 1 }, "not-found": { right: 0, of: 1 } },
      figuresNamed: { right: 0, of: 1 },
    });
    const text = formatChecks(judged, "set.yaml");
    expect(text).toContain("set.yaml, tuned on: 1 text, the slowest 5 ms");
    expect(text).toContain("supported       precision 50.0% (1 of 2), recall 100.0% (1 of 1)");
    expect(formatCheckFailures(judged)).toMatch(
      /^b: two\n[\s\S]*c: three\n {2}should be supported, not-found, none; is/,
    );
  });

  test("ends when it is interrupted", async () => {
    const check = async () => ({ statements: [], omitted: 0, milliseconds: 1 });
    const signal = AbortSignal.abort();
    await expect(evaluateChecks({ check }, parseChecks(SET, "set.yaml"), { signal })).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});
