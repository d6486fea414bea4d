import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import { SitrepError } from "../../src/domain/errors.ts";
import type { Sitrep } from "../../src/domain/service.ts";
import { abstained, fakeEdge, fakeSitrep, resultWith, summaryWith } from "./fakes.ts";

async function run(args: readonly string[], changes: Partial<Sitrep> = {}, signal?: AbortSignal) {
  const sitrep = fakeSitrep(changes);
  const { edge, out, err } = fakeEdge(sitrep, signal);
  const code = await runCommandLine(args, edge);
  return { code, out: out.text, err: err.text, calls: sitrep.calls };
}

const refused = [
  { path: "bad.md", problems: [{ line: 4, field: "published", reason: "not a date" }] },
  { path: "worse.md", problems: [{ line: null, field: null, reason: "not text" }] },
];

describe("ask", () => {
  test("answers and exits with 0", async () => {
    const { code, out, err, calls } = await run(["ask", "How", "many", "attacks?"]);
    expect(code).toBe(0);
    expect(out).toContain("[1] │ The institute counted 74 attacks");
    expect(err).toBe("");
    expect(calls).toEqual(["ask", "close"]);
  });

  test("an abstention is an answer: exit 0, on stdout", async () => {
    const { code, out } = await run(["ask", "Who won?"], { ask: async () => resultWith(abstained()) });
    expect([code, out.split("\n")[0]]).toEqual([0, "No answer in these reports."]);
  });

  test("passes what was asked for, and nothing that was not", async () => {
    const asked: unknown[] = [];
    const ask: Sitrep["ask"] = async (question, { signal: _signal, ...rest } = {}) => {
      asked.push(question, rest);
      return resultWith(abstained());
    };
    const options = [
      "--since",
      "2024",
      "--until",
      "2025-06",
      "--source",
      "dawn",
      "--source",
      "picss",
      "--kind",
      "op-ed",
    ];
    await run(["ask", "Who?", ...options, "--marking", "green", "--limit", "2"], { ask });
    await run(["ask", "Who?"], { ask });
    expect(asked).toEqual([
      "Who?",
      {
        filters: {
          since: "2024",
          until: "2025-06",
          sources: ["dawn", "picss"],
          kinds: ["op-ed"],
          maxMarking: "TLP:GREEN",
        },
        limit: 2,
      },
      "Who?",
      { filters: {}, limit: 4 },
    ]);
  });

  test("without an index ingests first, says so on stderr, and goes on past refused files", async () => {
    const { code, out, err, calls } = await run(["ask", "How many?", "--json"], {
      hasIndex: () => false,
      ingest: async () => summaryWith({ refused }),
    });
    expect(code).toBe(0);
    expect(calls).toEqual(["ingest", "ask", "close"]);
    expect(err).toContain("No index in /tmp/data yet: reading the reports in /tmp/corpus first.\n");
    expect(err).toContain("1 report in 3 passages (snapshot 1), in 1.5 s.\n");
    expect(err).toContain("refused bad.md:4: published: not a date\nrefused worse.md: not text\n");
    expect(JSON.parse(out)).toMatchObject({ abstained: false });
  });

  test("--json is exactly one object, --trace adds a field to it", async () => {
    const plain = JSON.parse((await run(["ask", "How many?", "--json"])).out);
    const traced = await run(["ask", "How many?", "--json", "--trace"]);
    expect(plain).not.toHaveProperty("trace");
    expect(JSON.parse(traced.out).trace.evidence[0].fate).toBe("chosen");
    expect(traced.err).toBe("");
  });

  test("--trace goes to stderr, the answer to stdout", async () => {
    const { out, err } = await run(["ask", "How many?", "--trace"]);
    expect(err).toContain("Retrieved (1)");
    expect(out).not.toContain("Retrieved");
  });
});

describe("ingest", () => {
  test("all in: exit 0", async () => {
    const { code, out } = await run(["ingest"], {
      ingest: async () =>
        summaryWith({ added: Array.from({ length: 12 }, (_, at) => `r${at}`), warnings: ["a.md: odd"] }),
    });
    expect(code).toBe(0);
    expect(out).toContain("new         12 (r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, and 2 more)\n");
    expect(out).toContain("embeddings  3 computed, 0 reused\n");
    expect(out).toContain("worth a look: a.md: odd\n");
  });

  test("some refused: exit 3, each with its line and reason on stderr", async () => {
    const { code, out, err } = await run(["ingest", "--json"], { ingest: async () => summaryWith({ refused }) });
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual(summaryWith({ refused }));
    expect(err).toBe("refused bad.md:4: published: not a date\nrefused worse.md: not text\n");
  });
});

test("search and status print text or one object", async () => {
  expect((await run(["search", "drone", "attacks", "--limit", "3"])).out).toContain("1 passage in 1 ms");
  expect(JSON.parse((await run(["search", "drone attacks", "--json"])).out)).toMatchObject({
    question: "drone attacks",
    hits: [{ doc: "january.md", start: 10, source: { reliability: "B" } }],
  });
  expect((await run(["status"])).out).toContain("kinds        think-tank 1\nreliability  B 1\n");
  expect(JSON.parse((await run(["status", "--json"])).out)).toMatchObject({ snapshot: 4, kinds: { "think-tank": 1 } });
});

describe("faults become one line, a hint and an exit code", () => {
  test.each([
    ["bad-input", 2],
    ["bad-config", 2],
    ["bad-corpus", 2],
    ["index-missing", 4],
    ["index-unusable", 4],
    ["model-unusable", 5],
    ["provider-failed", 5],
    ["busy", 6],
    ["cancelled", 130],
  ] as const)("%s exits with %d", async (code, exit) => {
    const fail = async () => {
      throw new SitrepError(code, "it is\nbroken\x1b[2J");
    };
    const result = await run(["search", "x"], { search: fail });
    expect(result.code).toBe(exit);
    expect(result.out).toBe("");
    const [first, second, ...rest] = result.err.trimEnd().split("\n");
    expect(first).toBe(
      code === "cancelled"
        ? "Interrupted. The index is as the last finished ingest left it."
        : "error: it is broken\\x1b[2J",
    );
    expect(second ?? "hint: ").toMatch(/^hint: /);
    expect(rest).toEqual([]);
    expect(result.calls).toEqual(["search", "close"]);
  });

  test("one that nobody foresaw exits with 1, without a stack", async () => {
    const { code, err } = await run(["status"], {
      status: async () => Promise.reject(new TypeError("x is undefined")),
    });
    expect(code).toBe(1);
    expect(err).toBe("error: unexpected fault: x is undefined\nhint: LOG_LEVEL=debug shows where it came from.\n");
  });
});

describe("an interruption", () => {
  test("leaves a question at once", async () => {
    const controller = new AbortController();
    const running = run(["ask", "How many?"], { ask: () => new Promise(() => undefined) }, controller.signal);
    setTimeout(() => controller.abort(), 20);
    expect(await running).toMatchObject({ code: 130, out: "", calls: ["ask", "close"] });
  });

  test("waits for an ingest to put its things in order", async () => {
    const controller = new AbortController();
    const steps: string[] = [];
    const running = run(
      ["ingest"],
      {
        ingest: async ({ signal } = {}) => {
          await new Promise((resolve) => signal?.addEventListener("abort", resolve));
          await new Promise((resolve) => setTimeout(resolve, 30));
          steps.push("in order");
          throw new SitrepError("cancelled", "cancelled");
        },
        close: async () => void steps.push("closed"),
      },
      controller.signal,
    );
    setTimeout(() => controller.abort(), 10);
    expect((await running).code).toBe(130);
    expect(steps).toEqual(["in order", "closed"]);
  });
});

describe("bad input is refused before anything is opened", () => {
  test.each<[string[], string, string]>([
    [[], "No command given", "For example"],
    [["ask"], "No question given", "For example"],
    [["ask", "  "], "No question given", "For example"],
    [["ask", "x".repeat(5000)], "The question has 5,000 characters; the limit is 2,000", "one thing"],
    [["ask", "a\x07b"], "must not contain control characters", "by hand"],
    [["ask", "q", "--jsn"], "unknown option '--jsn'", "Did you mean --json?"],
    [["aks", "q"], "unknown command 'aks'", "Did you mean ask?"],
    [["\x1b[31mevil"], "unknown command '\\x1b[31mevil'", "--help"],
    [["ask", "q", "--since", "yesterday"], "Give a date as YYYY, YYYY-MM or YYYY-MM-DD.", "--help"],
    [["ask", "q", "--since", "2025-02-30"], "no such day", "--help"],
    [["ask", "q", "--since", "2025-05", "--until", "2024"], "--since 2025-05 is after --until 2024", "Swap"],
    [["ask", "q", "--limit", "0"], "whole number from 1 to 4", "--help"],
    [["ask", "q", "--limit", "9"], "whole number from 1 to 4", "--help"],
    [["ask", "q", "--limit", "abc"], "whole number from 1 to 4", "--help"],
    [["ask", "q", "--limit"], "argument missing", "--help"],
    [["search"], "No search terms given", "For example"],
    [["search", "q", "--limit", "101"], "whole number from 1 to 100", "--help"],
    [["ask", "q", "--kind", "blog"], "Choose one of un-report, think-tank", "--help"],
    [["ask", "q", "--marking", "purple"], "Choose one of TLP:CLEAR", "--help"],
    [["ask", "q", "--source", " "], "Give a report id", "--help"],
    [["ingest", "folder"], "too many arguments", "--help"],
    [["status", "--all"], "unknown option '--all'", "--help"],
  ])("%j", async (args, message, hint) => {
    const { code, out, err, calls } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    const lines = err.split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^error: /);
    expect(lines[0]).toContain(message);
    expect(lines[1]).toMatch(/^hint: /);
    expect(lines[1]).toContain(hint);
    expect(calls).toEqual([]);
  });
});

describe("help", () => {
  test.each([
    [["--help"]],
    [["ask", "--help"]],
    [["search", "--help"]],
    [["ingest", "--help"]],
    [["status", "--help"]],
  ])("%j", async (args) => {
    const { code, out, err, calls } = await run(args);
    expect([code, err, calls]).toEqual([0, "", []]);
    expect(out).toContain("Usage: npm run ");
    expect(out).toMatch(/Examples?:\n {2}\S/);
    expect(out).toContain("Exit codes:");
  });

  test("costs no native module: Sitrep and its settings are loaded only by a command that runs", () => {
    const src = fileURLToPath(new URL("../../src/", import.meta.url));
    const reached = importedFrom(join(src, "cli", "main.ts")).map((file) => file.replace(src, ""));
    expect(reached).toContain(join("cli", "program.ts"));
    expect(reached.filter((file) => !/^(cli|domain|eval)[\\/]/.test(file))).toEqual([]);
    expect(reached.filter((file) => file.startsWith("eval")).sort()).toEqual([
      join("eval", "case-types.ts"),
      join("eval", "command.ts"),
    ]);
  });

  test("the version is the package's", async () => {
    expect((await run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

/** Every file that a file loads at its start, itself included. */
function importedFrom(file: string, found = new Set<string>()): string[] {
  if (found.has(file)) return [];
  found.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, path = ""] of text.matchAll(/^import (?!type )[^;]*?"(\.[^"]+\.ts)";/gms))
    importedFrom(resolve(dirname(file), path), found);
  return [...found];
}
