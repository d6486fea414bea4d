/** `/reindex`: the real ingest script in a process of its own, while questions go on. */

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createSitrep } from "../../../src/app.ts";
import { loadConfig } from "../../../src/config.ts";
import { copyOfIndex, openStage, type Stage } from "./bot-on-stage.ts";

const root = mkdtempSync(join(tmpdir(), "sitrep-reindex-"));
const corpus = join(root, "corpus");
const data = join(root, "data");
let stage: Stage;

function write(name: string, sentence: string, marking = "TLP:CLEAR"): void {
  writeFileSync(
    join(corpus, `${name}.md`),
    `---
id: ${name}
title: Field note ${name}
publisher: Example Institute
published: 2025-04-02
kind: think-tank
reliability: B
marking: "${marking}"
---

# What was seen

${sentence}
`,
  );
}

beforeAll(async () => {
  cpSync(join(import.meta.dirname, "../../../corpus"), corpus, { recursive: true });
  mkdirSync(data);
  cpSync(copyOfIndex(), data, { recursive: true });
  // The script is started with the settings of this process, as the bot's own is.
  vi.stubEnv("CORPUS_DIR", corpus);
  vi.stubEnv("DATA_DIR", data);
  stage = await openStage({ folders: { corpus, data }, discord: { patience: 60_000 } });
});
afterAll(async () => {
  await stage.close();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

function scene() {
  const guild = stage.discord.guild();
  return {
    ana: guild.member({ name: "ana" }),
    moderator: guild.member({ name: "mod", permissions: ["ManageGuild"] }),
    channel: guild.channel("general"),
  };
}

test("takes in what is new while questions are answered, shows its progress and a summary", async () => {
  const { ana, moderator, channel } = scene();
  write("quarry", "The Zarghun quarry camp held 57 trainees in March 2025, the Example Institute reported.");
  const run = await moderator.command("reindex", {}, { channel });
  expect(run.isEphemeral).toBe(false);
  await run.until((reply) => reply.plain().includes("Reindex started"));
  const during = await (await ana.command("ask", { question: "Who leads the TTP?" }, { channel })).settled();
  expect(during.plain()).toContain("Noor Wali Mehsud");
  // A second one is refused while the first runs, and questions still are not.
  const second = await moderator.command("reindex", {}, { channel });
  expect(second.isEphemeral).toBe(true);
  expect(second.plain()).toContain("A reindex is already running");
  await run.until((reply) => reply.plain().includes("Reindex finished"));
  expect(run.plain()).toContain("1 new, 0 changed, 0 removed");
  expect(run.plain()).toMatch(/20 reports in \d+ passages, snapshot \d+/);
  await vi.waitFor(
    async () => {
      const asked = await ana.command(
        "ask",
        { question: "How many trainees did the Zarghun quarry camp hold?" },
        { channel },
      );
      expect((await asked.settled()).plain()).toContain("held 57 trainees");
    },
    { timeout: 10_000, interval: 500 },
  );
});

test("nothing changed: says so", async () => {
  const { moderator } = scene();
  const run = await moderator.command("reindex");
  await run.until((reply) => reply.plain().includes("nothing had changed"));
  const status = await (await moderator.command("status")).settled();
  expect(status.plain()).toContain("Reindex finished: nothing had changed.");
});

test("everything again shows how far it is", async () => {
  const { moderator } = scene();
  const run = await moderator.command("reindex", { force: true });
  await run.until((reply) => /Embedding passages: \d+ of \d+/.test(reply.plain()));
  await run.until((reply) => reply.plain().includes("Reindex finished"));
});

test("a refused file is named with its reason; the others go in", async () => {
  const { moderator } = scene();
  write("wrong", "A sentence that nobody reads.", "TLP:PURPLE");
  write("ridge", "Observers counted nine checkpoints on the Example ridge in May 2025.");
  const run = await moderator.command("reindex");
  await run.until((reply) => reply.plain().includes("1 file refused"));
  expect(run.plain()).toMatch(/wrong\.md:\d+: marking/);
  expect(run.plain()).toContain("1 new");
  rmSync(join(corpus, "wrong.md"));
});

test("an answer whose report was removed meanwhile is not paged, and its quote is said to be gone", async () => {
  const { ana, moderator, channel } = scene();
  const asked = await (
    await ana.command("ask", { question: "How many trainees did the Zarghun quarry camp hold?" }, { channel })
  ).settled();
  expect(asked.plain()).toContain("57 trainees");
  rmSync(join(corpus, "quarry.md"));
  const run = await moderator.command("reindex", {}, { channel });
  await run.until((reply) => reply.plain().includes("1 removed"));
  await vi.waitFor(
    async () => {
      const around = await (await asked.click("[1] in context")).settled();
      expect(around.plain()).toContain("no longer in the report");
    },
    { timeout: 10_000, interval: 500 },
  );
  const sources = await asked.click("Sources");
  await sources.until((reply) => reply.plain().includes("changed or removed since"));
});

test("another process is writing: left alone, and said so", async () => {
  const { moderator } = scene();
  const config = loadConfig({ CORPUS_DIR: corpus, DATA_DIR: data });
  const writer = createSitrep(config, { warn: () => undefined });
  const ingest = writer.ingest({ force: true });
  const run = await moderator.command("reindex");
  await run.until((reply) => /Another process is changing|Reindex finished/.test(reply.plain()));
  await ingest;
  await writer.close();
  expect(run.plain()).toContain("Another process is changing the index just now");
});

test("stopping the bot interrupts a reindex, and the message says so", async () => {
  const { moderator } = scene();
  const run = await moderator.command("reindex", { force: true });
  await run.until((reply) => reply.plain().includes("Reindex started"));
  await stage.bot.stop(20_000);
  expect(run.plain()).toContain("Reindex interrupted; the reports are as they were before.");
});
