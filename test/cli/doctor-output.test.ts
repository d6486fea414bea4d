/** What `doctor` writes, and when. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { doctorCommand, renderFindings } from "../../src/cli/doctor.ts";
import { outputInMemory } from "../../src/cli/io.ts";
import { fault, warning, well } from "../../src/domain/health.ts";
import { temporaryFolder } from "../index/samples.ts";

test("Ctrl-C is obeyed at once: exit 130, and one line", async () => {
  const [out, err] = [outputInMemory(), outputInMemory()];
  const interruption = new AbortController();
  const io = { out, err, signal: interruption.signal, prompt: null };
  const endless = { name: "endless", trial: "setInterval(() => {}, 1000)", remedy: "" };
  setTimeout(() => interruption.abort(), 100);
  const began = performance.now();
  expect(await doctorCommand(io, {}, { environment: {}, nativeModules: [endless] })).toBe(130);
  expect(performance.now() - began).toBeLessThan(5000);
  expect(out.text).toBe("");
  expect(err.text).toBe("Interrupted. The index is as the last finished ingest left it.\n");
});

test("progress is drawn on a terminal that waits, and gone at the end", async () => {
  const [out, err] = [outputInMemory(), outputInMemory({ isTerminal: true, width: 60 })];
  const slow = { name: "slow", trial: "setTimeout(() => {}, 600)", remedy: "" };
  const io = { out, err, signal: new AbortController().signal, prompt: null };
  const root = temporaryFolder();
  const environment = { CORPUS_DIR: join(root, "corpus"), DATA_DIR: join(root, "data") };
  expect(await doctorCommand(io, { quick: true }, { environment, nativeModules: [slow] })).toBe(1);
  expect(err.text.startsWith("\r\x1b[Kchecking ")).toBe(true);
  expect(err.text.endsWith("\r\x1b[K")).toBe(true);
  expect(out.text).not.toContain("checking");
});

describe("what is shown", () => {
  const findings = [
    well("node.version", "Node 20"),
    warning("data.space", "Only a little room", "Make room."),
    fault("corpus.gone", "1 report is gone: evil\x1b[2J\u202e.md", "Run `npm run ingest`."),
  ];

  test("an area, a line for each finding, what to do below it, the sum", () => {
    expect(renderFindings(findings, outputInMemory())).toBe(
      [
        "node",
        "  ok       Node 20",
        "",
        "data",
        "  warning  Only a little room",
        "             Make room.",
        "",
        "corpus",
        "  FAULT    1 report is gone: evil\\x1b[2J\\u{202e}.md",
        "             Run `npm run ingest`.",
        "",
        "3 checks, 1 warning, 1 fault",
        "",
      ].join("\n"),
    );
    expect(renderFindings(findings.slice(0, 1), outputInMemory())).toMatch(/\n1 check: all well\n$/);
  });

  test("colours, and lines that fit", () => {
    const shown = renderFindings(findings, outputInMemory({ color: true, width: 40 }));
    expect(shown).toContain("\x1b[32mok\x1b[39m");
    expect(shown).toContain("\x1b[33mwarning\x1b[39m");
    expect(shown).toContain("\x1b[31mFAULT\x1b[39m");
    const long = well("corpus.folder", "words ".repeat(30).trim());
    const lines = renderFindings([long], outputInMemory({ width: 40 })).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});
