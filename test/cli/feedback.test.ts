import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { renderFeedback } from "../../src/cli/feedback.ts";
import { outputInMemory } from "../../src/cli/io.ts";
import { runCommandLine } from "../../src/cli/program.ts";
import type { FeedbackEntry } from "../../src/domain/exchange.ts";
import { openExchanges } from "../../src/index/exchanges.ts";
import { exchangeWith } from "../index/exchange-samples.ts";
import { fakeEdge, fakeSitrep } from "./fakes.ts";

const MEMBER = "300000000000000001";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "sitrep-feedback-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function run(dataDir: string, ...args: string[]) {
  const { edge, out, err } = fakeEdge(fakeSitrep());
  const open: typeof edge.open = async (io) => {
    const { sitrep, config } = await edge.open(io);
    return { sitrep, config: { ...config, dataDir } };
  };
  return { code: await runCommandLine(["feedback", ...args], { ...edge, open }), out: out.text, err: err.text };
}

function filled(): string {
  const dataDir = folder();
  let time = Date.now() - 60_000;
  const exchanges = openExchanges(dataDir, { keptDays: 30, warn: () => {}, now: () => new Date(time) });
  const { id } = exchanges.keep(exchangeWith({ question: "Who leads\nthe TTP?" }));
  exchanges.giveFeedback({ exchangeId: id, memberId: MEMBER, opinion: "helpful", comment: "" });
  time += 1000;
  const comment = "Of 2024,\u001b[31m not of now";
  exchanges.giveFeedback({ exchangeId: id, memberId: "4", opinion: "not-helpful", comment });
  exchanges.close();
  return dataDir;
}

test("lists question, opinion, comment and time, newest first, with nothing that a terminal obeys", async () => {
  const { code, out, err } = await run(filled());
  expect([code, err]).toEqual([0, ""]);
  const day = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d";
  expect(out.split("\n")).toEqual([
    expect.stringMatching(new RegExp(`^not helpful · ${day} · member 4$`)),
    "  Who leads the TTP?",
    String.raw`  "Of 2024,\x1b[31m not of now"`,
    "",
    expect.stringMatching(new RegExp(`^helpful · ${day} · member ${MEMBER}$`)),
    "  Who leads the TTP?",
    "",
    "2 opinions: 1 helpful, 1 not.",
    "",
  ]);
});

test("takes a limit, and says that there are more", async () => {
  const { out } = await run(filled(), "--limit", "1");
  expect(out).toMatch(/2 opinions: 1 helpful, 1 not; the newest 1 are shown\.\n$/);
  expect(out).not.toContain(MEMBER);
  expect((await run(filled(), "--limit", "0")).code).toBe(2);
});

test("prints JSON with everything", async () => {
  const entries = JSON.parse((await run(filled(), "--json")).out) as FeedbackEntry[];
  expect(entries.map(({ opinion, memberId, question }) => [opinion, memberId, question])).toEqual([
    ["not-helpful", "4", "Who leads\nthe TTP?"],
    ["helpful", MEMBER, "Who leads\nthe TTP?"],
  ]);
});

test("says so where there is none, and makes nothing", async () => {
  const dataDir = join(folder(), "data");
  expect(await run(dataDir)).toEqual({ code: 0, out: "Nobody has said anything about an answer.\n", err: "" });
  expect((await run(dataDir, "--json")).out).toBe("[]\n");
  expect(existsSync(dataDir)).toBe(false);
});

test("wraps long comments on a terminal", () => {
  const entry: FeedbackEntry = {
    exchangeId: "0123456789",
    memberId: MEMBER,
    opinion: "helpful",
    comment: "word ".repeat(60).trim(),
    givenAt: "2026-01-01T00:00:00.000Z",
    question: "Why?",
  };
  const text = renderFeedback([entry], { helpful: 1, notHelpful: 0 }, outputInMemory({ width: 60 }));
  expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
});
