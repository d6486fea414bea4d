/** The README's transcript as the bot shows it, and the bot in Urdu. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { english } from "../../../src/discord/strings/en.ts";
import { urdu } from "../../../src/discord/strings/ur.ts";
import { openStage, type Stage } from "./bot-on-stage.ts";
import type { Reply } from "./harness/reply.ts";

const README = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
const QUESTION = "How many fighters does the TTP have?";

let spoken: { readonly en: Stage; readonly ur: Stage };
beforeAll(async () => {
  spoken = {
    en: await openStage(),
    ur: await openStage({ settings: { DISCORD_LANGUAGE: "ur" } }),
  };
});
afterAll(async () => {
  await spoken.en.close();
  await spoken.ur.close();
});

async function answered(stage: Stage, command = "ask", options: Record<string, string> = { question: QUESTION }) {
  const guild = stage.discord.guild();
  const reply = await guild.member({ name: "ana" }).command(command, options, { channel: guild.channel(command) });
  return await reply.settled();
}

function labels(reply: Reply): string[] {
  return reply.buttons().map(({ label }) => label ?? "");
}

test("the README's transcript is an answer of the bot", async () => {
  const [, transcript = ""] = /^```\n(Question: [\s\S]*?)^```$/m.exec(README) ?? [];
  const lines = transcript.split("\n").filter((line) => line !== "" && line !== "...");
  expect(lines[0]).toBe(`Question: ${QUESTION}`);
  const reply = await answered(spoken.en);
  const buttons = lines.filter((line) => /^\[.+\]$/.test(line) && line !== "[1]");
  const words = lines.filter((line) => !buttons.includes(line));
  const shown = reply.plain().split("\n");
  expect(words.filter((line) => !shown.includes(line))).toEqual([]);
  const pressed = buttons.flatMap((line) => line.slice(1, -1).split("] ["));
  expect(pressed.length).toBeGreaterThan(4);
  expect(pressed.filter((label) => !labels(reply).includes(label))).toEqual([]);
});

test("in Urdu the bot's words are Urdu, and the reports' words are theirs", async () => {
  const [en, ur] = [await answered(spoken.en), await answered(spoken.ur)];
  expect(ur.plain()).toContain(urdu.answer.confidence("medium").replaceAll("**", ""));
  expect(labels(ur)).toEqual(expect.arrayContaining([urdu.buttons.sources, urdu.buttons.followUp]));
  const quotes = (reply: Reply) =>
    reply
      .plain()
      .split("\n")
      .filter((_, at, all) => /^\[\d+\]$/.test(all[at - 1] ?? ""));
  // Longer words leave room for fewer quotes on the first page.
  expect(quotes(ur)).toEqual(quotes(en).slice(0, quotes(ur).length));
  expect(quotes(ur).length).toBeGreaterThan(1);
  const sources = await (await ur.click(urdu.buttons.sources)).settled();
  expect(sources.plain()).toContain(urdu.sources.title);
  for (const title of [english.answer.confidence("medium"), english.help.title]) {
    expect(ur.plain()).not.toContain(title.replaceAll("**", ""));
  }
  const modal = await ur.click(urdu.buttons.followUp);
  expect(modal.title).toBe(urdu.followUp.modalTitle);
});

test("the help, the list of reports and the words about a fault are in Urdu too", async () => {
  const help = await answered(spoken.ur, "help", {});
  expect(help.plain()).toContain(urdu.help.title);
  expect(help.plain()).toContain(urdu.help.kept(30));
  const list = await answered(spoken.ur, "sources", {});
  expect(list.plain()).toContain(urdu.sources.allTitle(19));
  const unknown = await answered(spoken.ur, "report", { id: "no-such" });
  expect(unknown.plain()).toContain(urdu.faults.noReport("no-such"));
});
