import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runEvalScript } from "./processes.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-eval-test-"));
  await mkdir(join(folder, "corpus"));
  await writeFile(
    join(folder, "corpus", "ferry.txt"),
    "The Lorn ferry sank on 4 May 2021 after a collision with the tanker Halvard. Nineteen people died.\n\n" +
      "The inquiry blamed fog and a radar that had been switched off.\n",
  );
  await writeFile(
    join(folder, "set.yaml"),
    `questions:
  - id: fig-001
    type: figure
    question: When did the Lorn ferry sink?
    must: [["4 May"], ["2021"]]
    evidence:
      - { report: ferry, text: sank on 4 May 2021 }
  - id: fig-002
    type: paraphrase
    question: What did the inquiry into the Lorn ferry blame?
    must: [["nothing that is there"]]
    evidence:
      - { report: ferry, text: The inquiry blamed fog }
  - id: no-001
    type: unanswerable
    subtype: off-topic
    question: Who won the football world cup in Brazil?
`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function runEval(...options: string[]) {
  return runEvalScript(["--questions", join(folder, "set.yaml"), ...options], {
    CORPUS_DIR: join(folder, "corpus"),
    DATA_DIR: join(folder, "data"),
  });
}

describe("the evaluation of a set", () => {
  test("ingests what is not indexed yet, asks, judges and exits with 0 however bad the figures are", async () => {
    const run = await runEval("--json");
    expect(run.code, run.err).toBe(0);
    const { overall, items, reliability } = JSON.parse(run.out);
    // Two answers, of which the second quotes the evidence, but not what it must.
    expect(reliability.answers).toBe(2);
    const words: { answers: number; right: { value: number | null } }[] = Object.values(reliability.byConfidence);
    expect(words.reduce((sum, { answers, right }) => sum + answers * (right.value ?? 0), 0)).toBe(1);
    expect(overall).toMatchObject({
      questions: 3,
      answerable: 2,
      carriesAnswer: { value: 0.5, count: 2 },
      onEvidence: { value: 1, count: 2 },
      verbatim: { value: 1 },
      abstentionRecall: { value: 1, count: 1 },
      falseRefusals: { value: 0, count: 2 },
      recallAt5: { value: 1, count: 2 },
    });
    expect(
      items.map(({ id, carriesAnswer }: { id: string; carriesAnswer: boolean | null }) => [id, carriesAnswer]),
    ).toEqual([
      ["fig-001", true],
      ["fig-002", false],
      ["no-001", null],
    ]);
  });

  test("a required figure that is missed is named in one line, and the exit code is 1", async () => {
    const run = await runEval(
      "--min-grounded",
      "0.85",
      "--min-refused",
      "1",
      "--max-false-refusals",
      "0.1",
      "--failures",
    );
    expect(run.err).toBe("missed: grounded 0.500, required at least 0.85\n");
    expect(run.out).toContain("fig-002 (paraphrase): What did the inquiry into the Lorn ferry blame?");
    expect(run.out).not.toContain("fig-001");
    expect(run.code).toBe(1);
  });

  test("--type chooses, and one that is not there or no type is refused", async () => {
    const [figures, none, wrong] = await Promise.all([
      runEval("--type", "figure", "--min-grounded", "1"),
      runEval("--type", "change"),
      runEval("--type", "rumour"),
    ]);
    expect(figures.out).toContain("1 question (1 answerable, 0 not)");
    expect(figures.out).toMatch(/^confidence +n +support +right +95% interval$/m);
    expect(figures.out).toContain("over 1 answer, ");
    expect(figures.code).toBe(0);
    expect(none.err).toContain("has no question of type change");
    expect(none.code).toBe(2);
    expect(wrong.err).toContain("figure, attribution, definition");
    expect(wrong.code).toBe(2);
  });
});
