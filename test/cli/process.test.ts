/** The command line as people run it: real processes, real index, real model. */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Finished, type Folders, foldersWith, run, start } from "./processes.ts";

const JANUARY = `---
id: january
title: Monthly figures, January 2025
publisher: Institute of Figures
published: 2025-02-03
period: { from: 2025-01-01, to: 2025-01-31 }
documentId: IF/2025/7
url: https://example.org/january
kind: think-tank
language: en
reliability: B
marking: "TLP:CLEAR"
sources:
  - key: a
    title: Daily Paper, report on the figures
    url: https://example.org/a
    date: 2025-02-02
---
# January 2025

## Attacks

The Institute of Figures counted 74 militant attacks in Northland in January 2025, 42% more than in December 2024.[^a] The
attacks of January 2025 killed 91 people in Northland, according to the Institute of Figures.[^a]

[^a]: Daily Paper, report on the figures, 2 February 2025, https://example.org/a
`;
const LEADERS = `# Who leads the armed groups

The Northland Liberation Front was led by Karim Baloch until his death in 2022, according to the interior ministry.

Since 2022 the Northland Liberation Front has been led by Samira Khan, the interior ministry said.
`;
const HARBOUR = `The harbour authority of Southport said that 312 ships called at the port in March 2025.
`;
const QUESTION = "How many militant attacks were there in Northland in January 2025?";

let folders: Folders;
let first: Finished;
beforeAll(async () => {
  folders = foldersWith({ "january.md": JANUARY, "leaders.md": LEADERS, "places/harbour.txt": HARBOUR });
  first = await run(["ask", QUESTION], folders);
}, 60_000);
afterAll(() => folders.remove());

describe("ask", () => {
  test("the first run ingests, says so on stderr, and answers", () => {
    expect(first.stderr).toContain(`No index in ${folders.data} yet: reading the reports in corpus first.\n`);
    expect(first.stderr).toMatch(/3 reports in \d+ passages \(snapshot 1\)/);
    expect(first.stdout).toContain(
      "│ The Institute of Figures counted 74 militant attacks in Northland in January 2025",
    );
    expect(first.stdout).toContain("    Institute of Figures · 2025-02-03 · covers 2025-01-01 to 2025-01-31\n");
    expect(first.stdout).toContain("    report january in corpus/january.md\n");
    expect(first.stdout).toContain(
      "    cites: Daily Paper, report on the figures (2025-02-02) <https://example.org/a>\n",
    );
    expect(first.stdout).toMatch(/\nConfidence: (high|medium|low) \(\d\.\d\d\)\n$/);
    expect(first.code).toBe(0);
  });

  test("the second run does not ingest, is quick, and gives the same answer", async () => {
    const second = await run(["ask", QUESTION], folders);
    expect(second).toMatchObject({ code: 0, stdout: first.stdout, stderr: "" });
    // The bar is 2.5 s on a quiet machine. This one may be busy, so the start of a bare process is the measure
    // (0.35 s there): the fastest of each kind, run in turns.
    const bare: number[] = [];
    const asked = [second.milliseconds];
    for (let round = 0; round < 2; round += 1) {
      bare.push((await run(["--version"], folders)).milliseconds);
      asked.push((await run(["ask", QUESTION], folders)).milliseconds);
    }
    expect(Math.min(...asked) / Math.min(...bare)).toBeLessThan(7);
  });

  test("--json is one object whose quotes are slices of the files", async () => {
    const { code, stdout } = await run(["ask", QUESTION, "--json", "--trace"], folders);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ question: QUESTION, abstained: false });
    expect(answer.quotes.length).toBeGreaterThan(0);
    expect(answer.answer).toBe(answer.claims.map((claim: { text: string }) => claim.text).join(" "));
    for (const { doc, start, end, text } of [...answer.quotes, ...answer.retrieved]) {
      expect(canonical(doc).slice(start, end)).toBe(text);
    }
    expect(answer.trace.hits).toHaveLength(answer.retrieved.length);
  });

  test("a question that the reports do not answer is refused, with exit 0", async () => {
    const { code, stdout } = await run(["ask", "Who won the ice hockey cup of 2019 in Westland?"], folders);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No answer in these reports\.\n/);
  });

  test("filters hold: nothing of another source is shown", async () => {
    const { stdout } = await run(["ask", QUESTION, "--json", "--source", "leaders"], folders);
    const { retrieved } = JSON.parse(stdout);
    expect(new Set(retrieved.map(({ doc }: { doc: string }) => doc))).toEqual(new Set(["leaders.md"]));
  });
});

/** The file's text less its front matter: what offsets point into. */
function canonical(doc: string): string {
  return readFileSync(join(folders.corpus, doc), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "");
}

test("ingest of an unchanged folder embeds nothing; status and search see what is there", async () => {
  const ingest = await run(["ingest", "--json"], folders);
  expect(ingest.code).toBe(0);
  expect(JSON.parse(ingest.stdout)).toMatchObject({ unchanged: 3, added: [], embeddingsComputed: 0, reports: 3 });
  const status = await run(["status", "--json"], folders);
  expect(JSON.parse(status.stdout)).toMatchObject({ reports: 3, dimensions: 384, snapshot: 1 });
  const search = await run(["search", "ships", "harbour", "--limit", "1"], folders);
  expect(search.stdout).toContain("[1] │ The harbour authority of Southport said");
});

describe("colour", () => {
  test("piped output has no escape codes", () => {
    expect(first.stdout + first.stderr).not.toContain("\x1b");
  });

  test("FORCE_COLOR brings it, NO_COLOR does not", async () => {
    const [forced, none] = await Promise.all([
      run(["status", "--nope"], folders, { FORCE_COLOR: "1" }),
      run(["status", "--nope"], folders, { NO_COLOR: "1" }),
    ]);
    expect(forced.stderr).toContain("\x1b[31merror:\x1b[39m");
    expect(none.stderr).not.toContain("\x1b");
  });
});

describe("bad input gets one line and a hint, exit 2, and nothing on stdout", () => {
  test("in the line itself", async () => {
    const table: [string[], RegExp][] = [
      [["ask"], /No question given/],
      [["ask", "x".repeat(5000)], /5,000 characters; the limit is 2,000/],
      [["ask", "a\x1b[31mb"], /control characters/],
      [["ask", "--jsn", "x"], /unknown option '--jsn'/],
      [["ask", "x", "--limit", "9"], /whole number from 1 to 4/],
    ];
    const results = await Promise.all(table.map(([args]) => run(args, folders)));
    for (const [at, result] of results.entries()) expectOneLine(result, table[at]?.[1] ?? /never/, 2);
  });

  test("a corpus folder that does not exist, or holds no report", async () => {
    const empty = foldersWith({ "notes.csv": "a,b" });
    try {
      const nowhere = { ...empty, corpus: join(empty.root, "nowhere"), data: join(empty.root, "other") };
      const [missing, asked] = await Promise.all([run(["ingest"], nowhere), run(["ask", "Who?"], empty)]);
      expectOneLine(missing, /nowhere/, 2);
      expect(asked).toMatchObject({ code: 2, stdout: "" });
      expect(asked.stderr).toMatch(/error: .*no report.*\nhint: .*\n$/);
    } finally {
      empty.remove();
    }
  });

  test("a corpus folder that is a file", async () => {
    const file = { ...folders, corpus: join(folders.corpus, "january.md"), data: join(folders.root, "other") };
    expectOneLine(await run(["ingest"], file), /january\.md is not a folder/, 2);
  });

  test("a glossary that cannot be used", async () => {
    const bad = foldersWith({ "january.md": JANUARY, "glossary.yaml": "entries: [" });
    try {
      const finished = await run(["ingest"], bad);
      expectOneLine(finished, /glossary\.yaml is not valid YAML/, 2);
      expect(finished.stderr).toMatch(/^hint: Mend the glossary/m);
    } finally {
      bad.remove();
    }
  });

  test("filters that no report matches", async () => {
    expectOneLine(await run(["ask", QUESTION, "--source", "nosuch"], folders), /No report matches the filters/, 2);
  });

  test("a setting that makes no sense", async () => {
    expectOneLine(await run(["status"], folders, { MAX_MARKING: "PURPLE" }), /MAX_MARKING/, 2);
  });

  test("no index to search: exit 4", async () => {
    expectOneLine(await run(["search", "x"], { ...folders, data: join(folders.root, "none") }), /./, 4);
  });
});

test.runIf(process.platform === "linux")("a data folder under /proc is refused, and not tried for ever", async () => {
  const { child, finished } = start(["ingest"], { ...folders, data: "/proc/sitrep/data" });
  const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  const ended = await finished;
  clearTimeout(timer);
  expectOneLine(ended, /\/proc\/sitrep\/data cannot be created/, 4);
  expect(ended.stderr).toContain("DATA_DIR");
});

function expectOneLine({ code, stdout, stderr }: Finished, message: RegExp, exit: number): void {
  expect({ code, stdout }).toEqual({ code: exit, stdout: "" });
  const lines = stderr.split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^error: /);
  expect(lines[0]).toMatch(message);
  expect(lines[1]).toMatch(/^hint: /);
}

test("a refused file is named with its line; the others go in; exit 3", async () => {
  const some = foldersWith({
    "good.md": LEADERS,
    "bad.md": JANUARY.replace("published: 2025-02-03", "published: soon"),
  });
  try {
    const { code, stdout, stderr } = await run(["ingest"], some);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^1 report in /);
    expect(stderr).toMatch(/^refused bad\.md:5: published: \S/m);
  } finally {
    some.remove();
  }
});

test("escape codes in a report's text never reach the terminal raw", async () => {
  const hostile = foldersWith({
    "evil.md": JANUARY.replace("title: Monthly", 'title: "\\e[2J\\u202eMonthly')
      .replace("January 2025\npub", 'January 2025"\npub')
      .replace("counted 74", "counted \x1b]0;owned\x07\x9b31m\u202e 74"),
  });
  try {
    const runs = [await run(["ask", QUESTION], hostile), await run(["ask", QUESTION, "--json", "--trace"], hostile)];
    for (const { code, stdout, stderr } of runs) {
      expect(stdout).toContain("militant attacks in Northland");
      expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(code).toBe(0);
    }
  } finally {
    hostile.remove();
  }
});

test("a reader that has seen enough is no fault", async () => {
  const { child, finished } = start(["search", "attacks"], folders);
  child.stdout?.destroy();
  expect(await finished).toMatchObject({ code: 0, stderr: "" });
});

test("Ctrl-C during an ingest: exit 130, one line, and the next run works", async () => {
  const sentence = (report: number, at: number) =>
    `Observer ${report} saw ${at} lorries on road ${at * 7 + report} that day. `;
  const long = Object.fromEntries(
    Array.from({ length: 40 }, (_, report) => [
      `long-${report}.md`,
      Array.from({ length: 250 }, (_, at) => sentence(report, at) + (at % 5 === 4 ? "\n\n" : "")).join(""),
    ]),
  );
  const many = foldersWith({ ...long, "january.md": JANUARY });
  try {
    const { child, finished, stderrHas } = start(["ask", QUESTION], many);
    await stderrHas("embedding ");
    const interrupted = performance.now();
    child.kill("SIGINT");
    const { code, stdout, stderr } = await finished;
    expect(performance.now() - interrupted).toBeLessThan(5000);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr.trimEnd().split("\n").at(-1)).toBe("Interrupted. The index is as the last finished ingest left it.");
    expect(stderr).not.toMatch(/^\s+at /m);

    for (const path of Object.keys(long)) rmSync(join(many.corpus, path));
    const next = await run(["ask", QUESTION], many);
    expect(next.code).toBe(0);
    expect(next.stdout).toContain("counted 74 militant attacks");
  } finally {
    many.remove();
  }
});
