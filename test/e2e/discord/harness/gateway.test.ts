/** The gateway as discord.js meets it: sessions that break and go on, and what each intent lets through. */

import { Events, GatewayIntentBits, type Message } from "discord.js";
import { afterEach, expect, test, vi } from "vitest";
import type { FakeDiscord, Options } from "./server.ts";
import { type Playing, type Stage, setStage } from "./stage.ts";

const open: Stage[] = [];

async function stage(playing: Playing = {}): Promise<Stage> {
  const set = await setStage(playing);
  open.push(set);
  return set;
}

afterEach(async () => {
  for (const { bot, discord } of open.splice(0)) {
    await bot.stop();
    await discord.close();
    expect(bot.errors).toEqual([]);
  }
});

const answersAll: Playing = {
  onInteraction: (interaction) => interaction.isRepliable() && interaction.reply("Because."),
};

async function reconnected(
  { gateway, core }: FakeDiscord,
  how: "resumes" | "identifies",
  before: number,
): Promise<void> {
  await core.changes.until(
    ["gateway"],
    15_000,
    () => gateway[how] > before && gateway.isConnected(),
    () => `the bot did not come back: ${gateway.identifies} identifies, ${gateway.resumes} resumes`,
  );
}

test("the client learns of its servers and channels", async () => {
  const { client, discord, channel } = await stage();
  expect(client.guilds.cache.map(({ id, name }) => [id, name])).toEqual([[discord.guild().id, "Desk"]]);
  expect(client.channels.cache.get(channel.id)).toMatchObject({ name: "general" });
});

test.each([
  ["a socket that breaks without a word", (discord: FakeDiscord) => discord.gateway.drop()],
  ["a socket that is closed with 4000", (discord: FakeDiscord) => discord.gateway.drop(4000)],
  ["a request to reconnect (op 7)", (discord: FakeDiscord) => discord.gateway.askToReconnect()],
  ["an invalid session that may be resumed (op 9)", (discord: FakeDiscord) => discord.gateway.invalidate(true)],
])("after %s the client resumes, and is asked what it missed", async (_, breakIt) => {
  const { discord, ana } = await stage(answersAll);
  breakIt(discord);
  const asked = ana.command("ask", { question: "Meanwhile?" }, { timeout: 15_000 });
  await reconnected(discord, "resumes", 0);
  expect((await asked).text()).toBe("Because.");
  expect(discord.gateway.identifies).toBe(1);
});

test("after an invalid session that cannot be resumed the client identifies anew", async () => {
  const { discord, ana } = await stage(answersAll);
  discord.gateway.invalidate(false);
  await reconnected(discord, "identifies", 1);
  expect((await ana.command("ask", { question: "Again?" })).text()).toBe("Because.");
  expect(discord.gateway.resumes).toBe(0);
});

test("a connection whose heartbeats are not acknowledged is left by the client", async () => {
  const { discord, ana } = await stage({ ...answersAll, options: { heartbeatInterval: 150 } });
  discord.gateway.ignoresHeartbeats = true;
  await vi.waitFor(() => expect(discord.gateway.heartbeats).toBeGreaterThan(0), 5000);
  await reconnected(discord, "resumes", 0);
  discord.gateway.ignoresHeartbeats = false;
  expect((await ana.command("ask", { question: "Alive?" }, { timeout: 10_000 })).text()).toBe("Because.");
});

test("a resume of a session that is unknown is refused, and the client identifies anew", async () => {
  const { discord, ana } = await stage(answersAll);
  discord.gateway.forgetSessions();
  await reconnected(discord, "identifies", 1);
  expect((await ana.command("ask", { question: "Again?" })).text()).toBe("Because.");
});

/** What a bot with these intents reads of the messages that people write. */
async function heard(
  intents: readonly GatewayIntentBits[],
  options: Options,
  write: (stage: Stage) => unknown,
): Promise<Message[]> {
  const messages: Message[] = [];
  const set = await stage({ intents, options, onMessage: (message) => messages.push(message) });
  await write(set);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return messages;
}

const { Guilds, GuildMessages, MessageContent, DirectMessages } = GatewayIntentBits;

test("without GuildMessages nothing is heard", async () => {
  expect(await heard([Guilds], {}, ({ ana, channel }) => ana.say(channel, "hello"))).toEqual([]);
});

test("without MessageContent only what mentions the bot is read", async () => {
  const messages = await heard([Guilds, GuildMessages], {}, async ({ ana, channel, discord, post }) => {
    ana.say(channel, "hello");
    ana.say(channel, `<@${discord.botId}> why?`);
    await post({ content: "Because." });
    const answer = channel.answers()[0];
    if (answer === undefined) throw new Error("no answer");
    ana.replyTo(answer, "thanks");
    ana.replyTo(answer, "nobody reads this", { mention: false });
  });
  expect(messages.map(({ content }) => content.replace(/<@\d+>/, "BOT"))).toEqual([
    "",
    "BOT why?",
    "Because.",
    "thanks",
    "",
  ]);
  expect(messages[3]?.mentions.repliedUser?.bot).toBe(true);
});

test("with MessageContent, where it was granted, everything is read", async () => {
  const granted = { grantedIntents: Number(MessageContent) };
  const messages = await heard([Guilds, GuildMessages, MessageContent], granted, ({ ana, channel }) =>
    ana.say(channel, "hello"),
  );
  expect(messages.map(({ content }) => content)).toEqual(["hello"]);
});

test("direct messages carry their content", async () => {
  const messages = await heard([Guilds, DirectMessages], {}, ({ ana }) => ana.say(ana.direct(), "in private"));
  expect(messages.map(({ content }) => content)).toEqual(["in private"]);
});

test("nothing is heard of a channel that the bot does not see", async () => {
  const messages = await heard([Guilds, GuildMessages], {}, ({ ana, channel, discord }) => {
    channel.permit("bot", { deny: ["ViewChannel"] });
    ana.say(channel, `<@${discord.botId}> why?`);
  });
  expect(messages).toEqual([]);
});

test("threads and their messages are told of", async () => {
  const { client, ana, channel, request, discord } = await stage({ intents: [Guilds, GuildMessages] });
  const created = new Promise<string>((resolve) => client.once(Events.ThreadCreate, ({ name }) => resolve(name)));
  const message = ana.say(channel, `<@${discord.botId}> why?`);
  await request("POST", `/channels/${channel.id}/messages/${message.id}/threads`, { name: "Why" });
  expect(await created).toBe("Why");
  const thread = await channel.thread();
  expect(thread.name).toBe("Why");
  await request("POST", `/channels/${thread.id}/messages`, { content: "Because.", allowed_mentions: { parse: [] } });
  expect((await thread.answer(() => true)).text()).toBe("Because.");
});
