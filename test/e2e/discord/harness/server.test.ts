/** The whole path: a real discord.js client connects, is asked, defers, answers, and is clicked. */

import { ButtonStyle, ComponentType, MessageFlags } from "discord.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeDiscord, startDiscord } from "./server.ts";
import { startBot, type ThrowawayBot } from "./throwaway-bot.ts";

let discord: FakeDiscord;
let bot: ThrowawayBot | null;

beforeEach(async () => {
  discord = await startDiscord();
  bot = null;
});
afterEach(async () => {
  await bot?.stop();
  await discord.close();
  expect(bot?.errors ?? []).toEqual([]);
});

const ASK = {
  name: "ask",
  description: "Asks",
  contexts: [0],
  integration_types: [0],
  options: [{ type: 3, name: "question", description: "What", required: true }],
};

test("a command is deferred, answered by an edit, and its button opens a follow-up of its own", async () => {
  bot = await startBot(discord, {
    onInteraction: async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        await interaction.editReply({
          flags: MessageFlags.IsComponentsV2,
          components: [
            { type: ComponentType.TextDisplay, content: `You asked: ${interaction.options.getString("question")}` },
            {
              type: ComponentType.ActionRow,
              components: [{ type: ComponentType.Button, style: ButtonStyle.Primary, label: "More", customId: "more" }],
            },
          ],
        });
      } else if (interaction.isButton()) {
        await interaction.update({ components: [{ type: ComponentType.TextDisplay, content: "More of it" }] });
      }
    },
  });
  await bot.client.application.commands.set([ASK]);

  const ana = discord.guild().member({ name: "ana" });
  const reply = await ana.command("ask", { question: "Why?" });
  expect(reply.isEphemeral).toBe(true);
  await reply.settled();
  expect(reply.text()).toBe("You asked: Why?");
  expect(reply.buttons()).toMatchObject([{ label: "More", customId: "more", disabled: false }]);
  expect(reply.acknowledgedAfter).toBeLessThan(1000);
  expect(reply.settledAfter).toBeGreaterThanOrEqual(reply.acknowledgedAfter);

  const clicked = await reply.click("More");
  expect(clicked.kind).toBe("update");
  expect(reply.text()).toBe("More of it");
});
