import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./bot-on-stage.ts";
import type { Place } from "./harness/place.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

let people = 0;
function scene() {
  people += 1;
  const guild = stage.discord.guild();
  const ana = guild.member({ name: `ana-${people}` });
  return { channel: guild.channel(`room-${people}`), ana, ben: guild.member({ name: `ben-${people}` }), guild };
}

function me(): string {
  return `<@${stage.discord.botId}>`;
}

/** What somebody writes, and the bot's next message there. */
async function answered(place: Place, write: () => unknown) {
  const answer = place.answer();
  write();
  return await answer;
}

describe("a mention of the bot", () => {
  test("asks; the answer replies, and opens a thread", async () => {
    const { ana, channel } = scene();
    const answer = await answered(channel, () =>
      ana.say(channel, `${me()} How many attacks did PICSS count in January 2025?`),
    );
    expect(answer.plain()).toContain("counted at least 74 militant attacks");
    expect(answer.plain()).toContain("Question: How many attacks did PICSS count in January 2025?");
    expect(answer.plain()).toContain("Mention me here, reply to me");
    const thread = await channel.thread();
    expect(thread.name).toBe("How many attacks did PICSS count in January 2025?");
    expect(thread.id).toBe(answer.id);
  });

  test("in the thread, follow-ups by mention, reply and button are understood from what was asked before", async () => {
    const { ana, ben, channel } = scene();
    await answered(channel, () => ana.say(channel, `${me()} How many attacks did PICSS count in January 2025?`));
    const thread = await channel.thread();

    const second = await answered(thread, () => ana.say(thread, `and in January 2024? ${me()}`));
    expect(second.plain()).toContain("Question: and in January 2024?");
    expect(second.plain()).toContain("Understood as: How many attacks did PICSS count in January 2024?");
    expect(channel.threads()).toHaveLength(1);

    const third = await answered(thread, () => ben.replyTo(second, "who said that?"));
    expect(third.plain()).toContain("Understood as: Who said:");

    const modal = await ben.click(third, "Ask a follow-up");
    const fourth = await (await modal.submit({ text: "and in January 2025?" })).settled();
    expect(fourth.message.channelId).toBe(thread.id);
    expect(fourth.plain()).toContain("Understood as: How many attacks did PICSS count in January 2025?");

    const fifth = await (await ana.command("ask", { question: "who said that?" }, { channel: thread })).settled();
    expect(fifth.plain()).toContain("Understood as: Who said:");
  });

  test("a new question in the thread stands on its own", async () => {
    const { ana, channel } = scene();
    await answered(channel, () => ana.say(channel, `${me()} How many attacks did PICSS count in January 2025?`));
    const thread = await channel.thread();
    const answer = await answered(thread, () => ana.say(thread, `${me()} Who leads the TTP?`));
    expect(answer.plain()).not.toContain("Understood as");
    expect(answer.plain()).toContain("Noor Wali Mehsud");
  });

  test("a reply to an older answer follows that one", async () => {
    const { ana, channel } = scene();
    const first = await answered(channel, () =>
      ana.say(channel, `${me()} How many attacks did PICSS count in January 2025?`),
    );
    await answered(channel, () => ana.say(channel, `${me()} Who leads the TTP?`));
    const answer = await answered(channel, () => ana.replyTo(first, "and in January 2024?"));
    expect(answer.plain()).toContain("Understood as: How many attacks did PICSS count in January 2024?");
  });

  test("without a question gets a hint", async () => {
    const { ana, channel } = scene();
    const answer = await answered(channel, () => ana.say(channel, `${me()} `));
    expect(answer.plain()).toContain("Mention me with a question");
  });

  test("@everyone, other people, and messages without it are not for the bot", async () => {
    const { ana, ben, channel } = scene();
    ana.say(channel, "Who leads the TTP?");
    ana.say(channel, `${ben.mention} who leads the TTP?`);
    ana.say(channel, "@everyone who leads the TTP?");
    await answered(channel, () => ana.say(channel, `${me()} Who leads the TTP?`));
    expect(channel.answers()).toHaveLength(1);
  });

  test("where the bot may not open threads, the answer stands without one and says how to go on", async () => {
    const { ana, guild } = scene();
    const channel = guild.channel("no-threads", { bot: { deny: ["CreatePublicThreads"] } });
    const answer = await answered(channel, () => ana.say(channel, `${me()} Who leads the TTP?`));
    expect(answer.plain()).toContain("I may not open threads in this channel");
    expect(channel.threads()).toHaveLength(0);
    const modal = await ana.click(answer, "Ask a follow-up");
    const next = await (await modal.submit({ text: "how many fighters does it have?" })).settled();
    expect(next.plain()).toContain("Understood as:");
  });

  test("where the bot may not write, nothing happens and nothing breaks", async () => {
    const { ana, guild } = scene();
    const channel = guild.channel("read-only", { bot: { deny: ["SendMessages"] } });
    const before = stage.log.length;
    ana.say(channel, `${me()} Who leads the TTP?`);
    const { ana: other, channel: elsewhere } = scene();
    await answered(elsewhere, () => other.say(elsewhere, `${me()} Who leads the TTP?`));
    expect(channel.answers()).toHaveLength(0);
    expect(stage.log.slice(before).filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });

  test("what is asked can neither ping nor format", async () => {
    const { ana, channel } = scene();
    const answer = await answered(channel, () =>
      ana.say(channel, `${me()} Who leads the **TTP** @everyone <@&1> [x](https://evil.example)?`),
    );
    expect(answer.plain()).toContain("Question: Who leads the **TTP** @everyone [x](https://evil.example)?");
    expect(answer.links().filter((link) => link.includes("evil"))).toEqual([]);
  });
});

describe("with mentions switched off", () => {
  test("the bot asks for the intent Guilds alone, and commands work as ever", async () => {
    const quiet = await openStage({ settings: { DISCORD_MENTIONS: "off" } });
    try {
      const ana = quiet.discord.guild().member({ name: "ana" });
      const channel = quiet.discord.guild().channel("general");
      ana.say(channel, `<@${quiet.discord.botId}> Who leads the TTP?`);
      const reply = await (await ana.command("ask", { question: "Who leads the TTP?" }, { channel })).settled();
      expect(reply.plain()).toContain("Noor Wali Mehsud");
      expect(channel.answers()).toHaveLength(1);
      expect(quiet.discord.gateway.sessions.at(-1)?.intents).toBe(1);
    } finally {
      await quiet.close();
    }
  });

  test("with mentions no intent is privileged", () => {
    // Guilds and GuildMessages.
    expect(stage.discord.gateway.sessions.at(-1)?.intents).toBe(1 | (1 << 9));
  });
});

describe("Check against sources", () => {
  test("says of each statement whether a report supports it, gives another figure, or none says it", async () => {
    const { ana, ben, channel } = scene();
    const message = ben.say(
      channel,
      "PICSS counted at least 74 militant attacks across Pakistan in January 2025. PICSS counted 91 militant attacks across Pakistan in January 2025. The TTP signed a peace treaty with Brazil in March 2025.",
    );
    const reply = await (await ana.context("Check against sources", message)).settled();
    expect(reply.isEphemeral).toBe(true);
    const text = reply.plain();
    expect(text).toContain("Checked against the reports");
    const verdicts = Array.from(
      text.matchAll(/^(?:✅|⚠️|❔) (Supported|Another figure|Not found)/gm),
      ([, verdict]) => verdict,
    );
    expect(verdicts).toEqual(["Supported", "Another figure", "Not found"]);
    expect(text).toContain("the message: 91 · a report: 74");
    const around = await (await reply.click("[1] in context")).settled();
    expect(around.plain()).toContain("where it stands");
    const shared = await (await reply.click("Share")).settled();
    expect(shared.isEphemeral).toBe(false);
  });

  test("a message without statements, or without text, is told so", async () => {
    const { ana, ben, channel } = scene();
    const greeting = await (
      await ana.context("Check against sources", ben.say(channel, "Good morning! How are you?"))
    ).settled();
    expect(greeting.plain()).toContain("no statement in this message");
    const answer = await answered(channel, () => ana.say(channel, `${me()} Who leads the TTP?`));
    const own = await ana.context("Check against sources", answer);
    expect(own.plain()).toContain("no text of its own");
  });
});
