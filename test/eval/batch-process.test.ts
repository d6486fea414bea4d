import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSitrep } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import type { Prediction } from "../../src/eval/batch.ts";
import { runEvalScript } from "./processes.ts";

const WITH_FRONT_MATTER = `---
id: harbour-review
title: Harbour review
publisher: Port Office
published: 2024-03-01
kind: government
reliability: B
marking: TLP:CLEAR
---

# Harbour review

The Port Office recorded 31 smuggling cases in the harbour of Lorn in 2023. In 2022 it had recorded 24.
`;
const WITHOUT_METADATA = `The Lorn ferry sank on 4 May 2021 after a collision with the tanker Halvard. Nineteen people died.

The inquiry blamed fog and a radar that had been switched off.
`;
const IN_MANIFEST = `# Border posts

Guards at the Kestrel Pass seized 112 rifles in June 2022, according to the Border Watch Institute.
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-batch-test-"));
  await mkdir(join(folder, "docs", "posts"), { recursive: true });
  await writeFile(join(folder, "docs", "harbour.md"), WITH_FRONT_MATTER);
  await writeFile(join(folder, "docs", "ferry.txt"), WITHOUT_METADATA);
  await writeFile(join(folder, "docs", "posts", "border.md"), IN_MANIFEST);
  await writeFile(join(folder, "docs", "page.doc"), "a format that is not read");
  await writeFile(
    join(folder, "manifest.json"),
    JSON.stringify([
      { file: "posts/border.md", title: "Border posts in 2022", publisher: "Border Watch", date: "2022-07" },
      { file: "page.doc", title: "A page" },
    ]),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function runBatch(questions: string, ...more: string[]) {
  return runEvalScript(["--corpus", join(folder, "docs"), "--questions", join(folder, questions), ...more]);
}

describe("the batch form", () => {
  test("answers each question of the file from the folder, a line each", async () => {
    const questions = [
      { id: "ferry", question: "When did the Lorn ferry sink?" },
      { id: "rifles", question: "How many rifles were seized at the Kestrel Pass in June 2022?" },
      { id: "harbour", question: "How many smuggling cases were recorded in the harbour of Lorn in 2023?" },
      { id: "absent", question: "Who won the football world cup in Brazil?" },
      { id: "too-long", question: "why ".repeat(600) },
    ];
    await writeFile(join(folder, "questions.jsonl"), questions.map((row) => JSON.stringify(row)).join("\n"));
    const output = join(folder, "out", "predictions.jsonl");
    const data = join(folder, "data");
    const manifest = join(folder, "manifest.json");
    const run = await runBatch("questions.jsonl", "--predictions", output, "--manifest", manifest, "--data", data);
    expect(run.err).toMatch(/refused: page\.doc: \.doc files are not read/);
    expect(run.err).toMatch(/5 questions on 3 reports, \d+ passages: 3 answered, 1 refused, 1 failed; p50 /);
    expect(run.code).toBe(0);
    expect(run.out).toBe("");

    const text = await readFile(output, "utf8");
    expect(text.endsWith("\n")).toBe(true);
    const rows: Prediction[] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ id }) => id)).toEqual(["ferry", "rifles", "harbour", "absent", "too-long"]);
    const [ferry, rifles, harbour, absent, tooLong] = rows;

    expect(ferry).toMatchObject({ abstained: false, answer: expect.stringContaining("4 May 2021") });
    expect(ferry?.quotes[0]).toMatchObject({ doc: "ferry.txt" });
    // Text files have no front matter: their canonical text is the file.
    for (const { doc, start, end, text } of [...(ferry?.quotes ?? []), ...(ferry?.retrieved ?? [])]) {
      if (doc === "ferry.txt") expect(WITHOUT_METADATA.slice(start, end)).toBe(text);
    }
    expect(rifles?.quotes[0]).toMatchObject({ doc: "posts/border.md", text: expect.stringContaining("112 rifles") });
    expect(harbour?.quotes[0]).toMatchObject({ doc: "harbour.md", text: expect.stringContaining("31 smuggling") });
    expect(absent).toMatchObject({ abstained: true, answer: "", quotes: [] });
    expect(tooLong).toEqual({
      id: "too-long",
      answer: "",
      quotes: [],
      abstained: false,
      retrieved: [],
      latency_ms: expect.any(Number),
      error: "The question has 2,399 characters; the limit is 2,000",
    });

    const sitrep = createSitrep(
      { ...loadConfig({}), corpusDir: join(folder, "docs"), dataDir: data },
      { warn: () => {} },
    );
    const sources = new Map((await sitrep.reports()).map(({ path, source }) => [path, source]));
    await sitrep.close();
    expect(sources.get("posts/border.md")).toMatchObject({
      title: "Border posts in 2022",
      publisher: "Border Watch",
      published: "2022-07",
    });
    expect(sources.get("ferry.txt")).toMatchObject({ title: expect.stringMatching(/ferry/i), publisher: null });
    expect(sources.get("harbour.md")).toMatchObject({ title: "Harbour review", publisher: "Port Office" });
  }, 60_000);

  test("refuses bad lines before it does anything, naming each", async () => {
    await writeFile(join(folder, "bad.jsonl"), '{"id":"a","question":"Who?"}\n{"id":"b"\n\n{"id":"c"}\n');
    const output = join(folder, "never.jsonl");
    const run = await runBatch("bad.jsonl", "--predictions", output);
    expect(run.err).toContain("bad.jsonl: line 2: not JSON; line 4: question: must be text");
    expect(run.code).toBe(2);
    await expect(readFile(output)).rejects.toThrow("ENOENT");
  });
});
