/** The bot as it is run, over reports as they are taken in: killed while it tells of new ones, it tells of them once. */

import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createSitrep, openMembers } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { foldersWith, start } from "../cli/processes.ts";
import { startDiscord } from "../e2e/discord/harness/server.ts";
import { ingested } from "./processes.ts";
import { put } from "./reports.ts";

const PATIENCE = 100_000;
const NEW = "Harbour police counted 31 stolen barges at Westport in March 2025.";

const report = (id: string, text: string): string => `---
id: harbour-${id}
title: "Harbour notes ${id}"
publisher: Institute of Harbours
published: 2025-04-02
kind: think-tank
reliability: B
marking: "TLP:CLEAR"
---

## Westport

${text}
`;

it("tells of a new report once, with its words, and of the next one", { timeout: 240_000 }, async () => {
  const folders = foldersWith({
    "a.md": report("a", "The harbour of Westport was closed for repairs in January 2025."),
  });
  const discord = await startDiscord({ botPermissions: ["ViewChannel", "SendMessages", "ReadMessageHistory"] });
  const running: ReturnType<typeof start>[] = [];
  const run = () => {
    const settings = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, BRIEFING_SETTLE_SECONDS: "0" };
    const started = start([], folders, settings, { script: "src/discord/main.ts" });
    running.push(started);
    return started;
  };
  await ingested(folders);
  const config = loadConfig({ CORPUS_DIR: folders.corpus, DATA_DIR: folders.data });
  const sitrep = createSitrep(config, { warn: () => undefined });
  const members = openMembers(config, { warn: () => undefined });
  onTestFinished(async () => {
    for (const { child, finished } of running) {
      child.kill("SIGKILL");
      await finished;
    }
    members.close();
    await sitrep.close();
    folders.remove();
    await discord.close();
  });

  const ana = discord.guild().member({ name: "ana" });
  const order = { guildId: discord.guild().id, memberId: ana.id, channelId: null, subject: null, locale: "en-US" };
  members.subscribe({ ...order, schedule: "on-new-reports", told: await sitrep.baseline() });
  const told = () => members.subscriptions()[0]?.told.snapshot;
  const texts = () =>
    ana
      .direct()
      .answers()
      .map((message) => message.plain());
  const until = async (holds: () => boolean, what: string): Promise<void> => {
    for (const end = performance.now() + PATIENCE; !holds(); await pause(20)) {
      if (performance.now() > end) throw new Error(`${what} did not happen: ${texts().join("\n---\n")}`);
    }
  };

  put(folders.corpus, "b.md", report("b", NEW));
  await ingested(folders);
  discord.faults.order("POST /channels/*/messages", { hold: 10_000 });
  const first = run();
  await until(() => texts().length === 1, "the news");
  first.child.kill("SIGKILL");
  await first.finished;
  expect([told(), members.openDeliveries().length]).toEqual([1, 1]);
  discord.advance(10 * 60_000);

  run();
  await until(() => told() === 2, "the confirmation");
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain(NEW);
  put(folders.corpus, "c.md", report("c", "The ferry of Eastmouth carried 412 passengers in April 2025."));
  await ingested(folders);
  await until(() => told() === 3, "the next news");
  expect(texts().map((text) => text.includes("412 passengers"))).toEqual([false, true]);
});
