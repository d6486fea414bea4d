/** Each rule, broken by a real discord.js client: it is written down, it alone, and Discord's answer is the right one. */

import { DiscordAPIError } from "discord.js";
import { describe, expect, test } from "vitest";
import { COMMAND_BREACHES } from "./breaches-commands.ts";
import { GATEWAY_BREACHES } from "./breaches-gateway.ts";
import { INTERACTION_BREACHES } from "./breaches-interactions.ts";
import { MESSAGE_BREACHES } from "./breaches-messages.ts";
import { RULES } from "./rules.ts";
import { type Breach, setStage } from "./stage.ts";

const BREACHES = [...MESSAGE_BREACHES, ...INTERACTION_BREACHES, ...COMMAND_BREACHES, ...GATEWAY_BREACHES];

async function broken({ act, playing }: Breach): Promise<{ rules: string[]; status: number | null }> {
  const stage = await setStage(playing);
  let status: number | null = null;
  try {
    await act(stage);
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    status = error.status;
  } finally {
    await stage.bot.stop();
    await stage.discord.close().catch(() => undefined);
  }
  return { rules: stage.discord.violations.map(({ rule }) => rule), status };
}

describe.each(BREACHES.map((breach) => ({ ...breach, name: breach.by ?? "broken", breach })))(
  "$rule",
  ({ breach, name }) => {
    test(name, async () => {
      const { rules, status } = await broken(breach);
      // An interaction whose answer was refused stays without one: that is written down as well.
      const ends =
        breach.rule === "never-acknowledged" || breach.rule === "never-settled"
          ? []
          : ["never-acknowledged", "never-settled"];
      expect(rules.filter((rule) => !ends.includes(rule))).toEqual([breach.rule]);
      expect(status).toBe(breach.status);
    });
  },
);

test("every rule is broken by some test", () => {
  const tested = new Set(BREACHES.map(({ rule }) => rule));
  expect(Object.keys(RULES).filter((rule) => !tested.has(rule as Breach["rule"]))).toEqual([]);
});

test("a bot that breaks none of them ends cleanly", async () => {
  const { discord, bot, ana, client } = await setStage();
  client.once("interactionCreate", (interaction) => interaction.isRepliable() && interaction.reply("Because."));
  expect((await ana.command("ask", { question: "Why?" })).text()).toBe("Because.");
  await bot.stop();
  await discord.close();
});

test("closing lists every broken rule with the request that broke it", async () => {
  const { discord, bot, post, channel } = await setStage();
  await expect(post({ content: "x".repeat(2001) })).rejects.toThrow("2001 characters");
  await bot.stop();
  await expect(discord.close()).rejects.toThrow(
    `the bot broke 1 of Discord's rules:\n- content-length: content of 2001 characters, 2000 at most [POST /channels/${channel.id}/messages]`,
  );
  expect(discord.take("content-length")).toHaveLength(1);
  discord.assertClean();
});
