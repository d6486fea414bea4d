/** The "Start here" message of a channel: who may post it, where, and where it leads. */

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openMembers } from "../../../src/app.ts";
import { createBot } from "../../../src/discord/bot.ts";
import { english } from "../../../src/discord/strings/en.ts";
import { urdu } from "../../../src/discord/strings/ur.ts";
import { createLogger } from "../../../src/logger.ts";
import type { Stage } from "./bot-on-stage.ts";
import { plainText } from "./harness/markdown.ts";
import type { Place } from "./harness/place.ts";
import type { SeenMessage } from "./harness/seen.ts";
import { openSuggesting, press, sceneOn, stepIn } from "./tour-steps.ts";

const { buttons } = english.tour;

// Some open a stage of their own.
vi.setConfig({ testTimeout: 60_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await openSuggesting();
});
afterAll(async () => {
  await stage.close();
});

const scene = (of = stage) => sceneOn(of);

/** What everybody sees of the bot in a channel, the oldest first. */
function posts(place: Place): SeenMessage[] {
  return place.answers().filter(({ isEphemeral }) => !isEphemeral);
}

describe("/start post", () => {
  test("posts “Start here” for a moderator, who is told where; everybody gets a tour of their own from it", async () => {
    const { moderator, ana, ben, guild, other, channel } = scene();
    const welcome = other();
    const reply = await (await moderator.command("start", { post: welcome }, { channel })).settled();
    expect(reply.isEphemeral).toBe(true);
    const [post] = posts(welcome);
    expect(posts(welcome)).toHaveLength(1);
    expect(reply.plain()).toContain(`#${welcome.name}`);
    expect(reply.links()).toEqual([`https://discord.com/channels/${guild.id}/${welcome.id}/${post?.id}`]);
    expect(post?.isV2).toBe(true);
    expect(post?.plain()).toContain(english.tour.post.title);
    if (post === undefined) return;
    const hers = await (await ana.click(post, buttons.start)).settled();
    const his = await (await ben.click(post, buttons.start)).settled();
    for (const tour of [hers, his]) expect([stepIn(tour), tour.isEphemeral]).toEqual([1, true]);
    expect(stepIn(await press(hers, buttons.next))).toBe(2);
    // It leads back to where each of them is.
    expect(stepIn(await (await ana.click(post, buttons.start)).settled())).toBe(2);
    expect(stepIn(await (await ben.click(post, buttons.start)).settled())).toBe(1);
    expect(posts(welcome)).toHaveLength(1);
    expect(post.plain()).toContain(english.tour.post.title);
  });

  test("a second one in a channel stands beside the first, and the moderator is shown both", async () => {
    const { moderator, other, channel } = scene();
    const welcome = other();
    await (await moderator.command("start", { post: welcome }, { channel })).settled();
    moderator.say(welcome, "Look above.");
    const reply = await (await moderator.command("start", { post: welcome }, { channel })).settled();
    const ids = posts(welcome).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(reply.plain()).toContain("There is an earlier one");
    expect(reply.links().map((link) => link.split("/").at(-1))).toEqual([ids[1], ids[0]]);
  });

  test("is refused to others, also where the server lets them use it", async () => {
    const { ana, other, channel } = scene();
    const welcome = other();
    const reply = await ana.command("start", { post: welcome }, { channel });
    expect(reply.isEphemeral).toBe(true);
    expect(reply.plain()).toContain(english.faults.notForYou);
    expect(welcome.messages()).toEqual([]);
  });

  test.each([
    [["SendMessages"], "Send Messages"],
    [["ViewChannel"], "View Channel"],
    [["ViewChannel", "SendMessages"], "View Channel, Send Messages"],
  ] as const)("where the bot lacks %j it posts nothing, and names it", async (deny, named) => {
    const { moderator, other, channel } = scene();
    const closed = other({ bot: { deny } });
    const reply = await (await moderator.command("start", { post: closed }, { channel })).settled();
    expect(reply.plain()).toBe(plainText(english.tour.post.botLacks(`#${closed.name}`, named)));
    expect(reply.isEphemeral).toBe(true);
    expect(closed.messages()).toEqual([]);
  });

  test("is no way around what a moderator may not do in a channel", async () => {
    const { moderator, other, channel } = scene();
    const closed = other({
      everyone: { deny: ["SendMessages"] },
      bot: { allow: ["SendMessages"] },
    });
    const reply = await (await moderator.command("start", { post: closed }, { channel })).settled();
    expect(reply.plain()).toContain("You may not write in");
    expect(closed.messages()).toEqual([]);
  });

  test("works without reading what stands in the channel, and tells what only Discord knew", async () => {
    const { moderator, other, channel } = scene();
    const blind = other({ bot: { deny: ["ReadMessageHistory"] } });
    const reply = await (await moderator.command("start", { post: blind }, { channel })).settled();
    expect(reply.plain()).toContain(`“Start here” stands in #${blind.name} now.`);
    // As while the bot has a time-out.
    stage.discord.faults.order(`POST /channels/${blind.id}/messages`, { status: 403 });
    const refused = await (await moderator.command("start", { post: blind }, { channel })).settled();
    expect(refused.plain()).toContain("Discord does not let me post in");
    expect(posts(blind)).toHaveLength(1);
  });
});

test("after a restart the posted button works, and leads to where a member was", async () => {
  const first = await openSuggesting();
  try {
    const { moderator, ana, channel } = scene(first);
    await (await moderator.command("start", { post: channel }, { channel })).settled();
    const [post] = posts(channel);
    if (post === undefined) throw new Error("Nothing was posted");
    const tour = await (await ana.click(post, buttons.start)).settled();
    const second = await press(tour, buttons.next);
    await first.bot.stop(5000);
    first.members.close();
    const { config, sitrep, exchanges, discord } = first;
    const members = openMembers(config, { warn: () => undefined });
    const logger = createLogger("error", { write: () => undefined }, { questions: false });
    const bot = createBot({ config: { ...config.discord, logQuestions: false }, sitrep, exchanges, members, logger });
    await bot.start();
    await discord.ready();
    try {
      const resumed = await (await ana.click(post, buttons.start)).settled();
      expect(stepIn(resumed)).toBe(2);
      expect(resumed.plain()).toContain("You were at step 2.");
      expect(stepIn(await press(second, buttons.next))).toBe(3);
    } finally {
      await bot.stop(5000);
      members.close();
    }
  } finally {
    await first.close();
  }
});

test("speaks the server's language, or that of the settings", async () => {
  const inUrdu = await openSuggesting({ settings: { DISCORD_LANGUAGE: "ur" } });
  try {
    const { moderator, ana, channel } = scene(inUrdu);
    const reply = await (await moderator.command("start", { post: channel }, { channel })).settled();
    expect(reply.plain()).toContain(urdu.tour.post.done(`#${channel.name}`));
    const [post] = posts(channel);
    expect(post?.plain()).toContain(urdu.tour.post.title);
    if (post === undefined) return;
    const tour = await (await ana.click(post, urdu.tour.buttons.start)).settled();
    expect(tour.plain()).toContain(urdu.tour.heading(1, 5, urdu.tour.what.title));
  } finally {
    await inUrdu.close();
  }
});
