/** What the server answers is what Discord's own description of its responses allows. */

import { MessageFlags } from "discord.js";
import { expect, test } from "vitest";
import type { Json } from "./json.ts";
import { schemaFaults } from "./schemas.ts";
import { type Stage, setStage } from "./stage.ts";

/** A message with everything that a bot like this sends. */
const V2_MESSAGE: Json = {
  flags: MessageFlags.IsComponentsV2,
  components: [
    { type: 10, content: "Text" },
    {
      type: 17,
      accent_color: 255,
      components: [
        {
          type: 9,
          components: [{ type: 10, content: "Section" }],
          accessory: { type: 2, style: 5, label: "Open", url: "https://a.test" },
        },
        { type: 14 },
        {
          type: 9,
          components: [{ type: 10, content: "x" }],
          accessory: { type: 11, media: { url: "https://a.test/i.png" } },
        },
        { type: 12, items: [{ media: { url: "https://a.test/i.png" } }] },
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: "pick",
              placeholder: "Pick",
              options: [{ label: "a", value: "a", description: "b" }],
            },
          ],
        },
        { type: 1, components: [{ type: 5, custom_id: "who" }] },
        { type: 1, components: [{ type: 2, style: 1, custom_id: "go", emoji: { name: "✅" } }] },
      ],
    },
  ],
};

type Case = readonly [name: string, schema: string, answer: (stage: Stage) => Promise<unknown>];

const CASES: readonly Case[] = [
  ["gateway", "GatewayBotResponse", ({ request }) => request("GET", "/gateway/bot")],
  ["own user", "UserPIIResponse", ({ request }) => request("GET", "/users/@me")],
  ["a user", "UserResponse", ({ request, ana }) => request("GET", `/users/${ana.id}`)],
  ["application", "PrivateApplicationResponse", ({ request }) => request("GET", "/applications/@me")],
  ["server", "GuildWithCountsResponse", ({ request, discord }) => request("GET", `/guilds/${discord.guild().id}`)],
  [
    "member",
    "GuildMemberResponse",
    ({ request, discord, ana }) => request("GET", `/guilds/${discord.guild().id}/members/${ana.id}`),
  ],
  ["channel", "GuildChannelResponse", ({ request, channel }) => request("GET", `/channels/${channel.id}`)],
  [
    "direct messages",
    "PrivateChannelResponse",
    ({ request, ana }) => request("POST", "/users/@me/channels", { recipient_id: ana.id }),
  ],
  [
    "message",
    "MessageResponse",
    ({ post }) => post({ content: "Text", embeds: [{ title: "x", fields: [{ name: "a", value: "b" }] }] }),
  ],
  ["message of Components V2", "MessageResponse", ({ post }) => post(V2_MESSAGE)],
  [
    "message with a nonce that has to be new",
    "MessageResponse",
    ({ post }) => post({ content: "Text", nonce: "abc", enforce_nonce: true }),
  ],
  [
    "reply",
    "MessageResponse",
    ({ post, ana, channel }) =>
      post({ content: "Text", message_reference: { message_id: ana.say(channel, "hello").id } }),
  ],
  [
    "thread",
    "ThreadResponse",
    ({ request, ana, channel }) =>
      request("POST", `/channels/${channel.id}/messages/${ana.say(channel, "x").id}/threads`, { name: "x" }),
  ],
  [
    "thread of its own",
    "CreatedThreadResponse",
    ({ request, channel }) => request("POST", `/channels/${channel.id}/threads`, { name: "x", type: 11 }),
  ],
  [
    "active threads",
    "ThreadsResponse",
    ({ request, discord }) => request("GET", `/guilds/${discord.guild().id}/threads/active`),
  ],
];

test.each(CASES)("%s", async (_, schema, answer) => {
  const stage = await setStage();
  try {
    expect(schemaFaults(schema, await answer(stage))).toEqual([]);
  } finally {
    await stage.bot.stop();
    await stage.discord.close();
  }
});

test("commands", async () => {
  const stage = await setStage();
  const commands = (await stage.request(
    "GET",
    `/applications/${stage.discord.applicationId}/commands`,
  )) as unknown as Json[];
  expect(commands).toHaveLength(3);
  expect(commands.flatMap((command) => schemaFaults("ApplicationCommandResponse", command))).toEqual([]);
  await stage.bot.stop();
  await stage.discord.close();
});

test("callbacks, and the messages of interactions of every kind", async () => {
  const stage = await setStage();
  const { ana, client, discord, bot } = stage;
  const answers: unknown[] = [];
  client.on("interactionCreate", async (interaction) => {
    if (!interaction.isRepliable()) return;
    const body = interaction.isMessageComponent()
      ? { type: 7, data: { content: "Other", allowed_mentions: { parse: [] } } }
      : interaction.isMessageContextMenuCommand()
        ? { type: 5 }
        : {
            type: 4,
            data: {
              content: "Text",
              flags: 64,
              components: [{ type: 1, components: [{ type: 2, style: 1, label: "Go", custom_id: "go" }] }],
              allowed_mentions: { parse: [] },
            },
          };
    const query = new URLSearchParams({ with_response: "true" });
    const route = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    answers.push(await client.rest.post(route, { body, query, auth: false }));
  });
  const reply = await ana.command("ask", { question: "Why?" });
  await reply.click("Go");
  const deferred = await ana.context("Check against sources", ana.say(stage.channel, "Is it so?"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await stage.request("DELETE", `/webhooks/${discord.applicationId}/${deferred.interaction.token}/messages/@original`);
  expect(answers).toHaveLength(3);
  expect(answers.flatMap((answer) => schemaFaults("InteractionCallbackResponse", answer))).toEqual([]);
  expect(answers.map((answer) => "resource" in (answer as Json))).toEqual([true, true, false]);
  await bot.stop();
  await discord.close();
});

test("the errors of a union are those of the branch that was meant", () => {
  const body = { components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: "x".repeat(101) }] }] };
  expect(schemaFaults("MessageCreateRequest", body)).toEqual([
    `components[0].components[0].custom_id: Invalid input, not "${"x".repeat(101)}"`,
  ]);
  expect(schemaFaults("MessageCreateRequest", { components: [{ type: 99 }] })).toEqual([
    "components[0]: type 99 is not allowed here",
  ]);
});
