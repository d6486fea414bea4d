/** Subscriptions to what is new: ordered with /brief, delivered once, ended and put back by button. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SitrepError } from "../../../src/domain/errors.ts";
import type { Subscription } from "../../../src/domain/members.ts";
import { newsOf, onlyNews, type Story } from "../../helpers/news.ts";
import { openStage, type Stage, type StageOptions } from "./bot-on-stage.ts";
import type { Member } from "./harness/member.ts";
import type { Place } from "./harness/place.ts";
import type { Reply } from "./harness/reply.ts";
import type { SeenMessage } from "./harness/seen.ts";

type Options = Parameters<Member["command"]>[1];

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const POST = "POST /channels/*/messages";
/** A Wednesday. */
const START = Date.UTC(2026, 0, 7, 12);

let stage: Stage;
let stories: Story[];
let clock: number;
/** ISO time of the newest snapshot; long ago unless a test says so. */
let snapshotAt: string | null;

async function open(options: StageOptions = {}): Promise<void> {
  const news = newsOf(
    () => stories,
    (snapshot) => snapshotAt ?? new Date(Date.UTC(2025, 0, 1, 0, snapshot)).toISOString(),
  );
  stage = await openStage({
    now: () => new Date(clock),
    deliveries: { every: DAY, between: 0 },
    instead: onlyNews(news),
    ...options,
    discord: { channels: ["general", "desk"], ...options.discord },
  });
}

/** Brings in a report with a new snapshot. */
function tell(text: string, id = `r${stories.length + 1}`): void {
  const snapshot = Math.max(1, ...stories.map((story) => story.snapshot)) + 1;
  stories = [...stories.filter((story) => story.id !== id), { id, text, snapshot }];
}

beforeEach(() => {
  stories = [{ id: "r1", text: "Boats were counted in the north.", snapshot: 1 }];
  clock = START;
  snapshotAt = null;
});
afterEach(async () => {
  await stage.close();
});

const ana = (options: { takesDirectMessages?: boolean } = {}): Member =>
  stage.discord.guild().member({ name: "ana", ...options });
const mod = (): Member => stage.discord.guild().member({ name: "mod", permissions: ["ManageGuild"] });
const channel = (name: string): Place => stage.discord.guild().channel(name);

async function brief(member: Member, options: Options): Promise<Reply> {
  return await (await member.command("brief", options, { channel: channel("general") })).settled();
}

/** Subscribes, and reads what was written directly. */
async function subscribed(member: Member, options: Options = {}): Promise<Subscription> {
  const reply = await brief(member, { subscribe: "on-new-reports", ...options });
  expect(reply.plain()).toContain("Subscribed to what is new");
  const made = stage.members.subscriptions().at(-1);
  if (made === undefined) throw new Error("no subscription");
  return made;
}

/** Direct messages with news. */
const newsTo = (member: Member): SeenMessage[] => newsIn(member.direct());
const newsIn = (place: Place): SeenMessage[] =>
  place.answers().filter((message) => /You get this because|This channel is subscribed/.test(message.plain()));

describe("/brief subscribe", () => {
  test("orders direct messages: says what, when and that there may be none, and shows that they arrive", async () => {
    await open();
    const member = ana();
    const reply = await brief(member, { subscribe: "weekly", subject: " Boats " });
    expect(reply.isEphemeral).toBe(true);
    expect(reply.plain()).toMatch(
      /Subscribed to what is new\nWhat: Boats\nWhere: a direct message to you\nWhen: every week/,
    );
    expect(reply.plain()).toContain("When nothing is new, nothing is sent.");
    expect(reply.buttons().map(({ label }) => label)).toEqual(["Unsubscribe"]);
    const [hello, ...others] = member.direct().answers();
    expect(others).toEqual([]);
    expect(hello?.plain()).toContain("will come here, as you have asked for");
    expect(stage.members.subscriptions()).toMatchObject([
      { memberId: member.id, channelId: null, subject: "Boats", schedule: "weekly", locale: "en-US" },
    ]);
    // To subscribe is not to be briefed: "since last" still begins with the whole briefing.
    expect(stage.members.lastBriefing(stage.discord.guild().id, member.id)).toBeNull();
  });

  test("orders nothing where Discord takes no direct message", async () => {
    await open();
    const reply = await brief(ana({ takesDirectMessages: false }), { subscribe: "weekly" });
    expect(reply.plain()).toContain("Discord does not let the bot write to you");
    expect(stage.members.subscriptions()).toEqual([]);
  });

  test("the same again is the one that is there, without a second hello", async () => {
    await open();
    const member = ana();
    await subscribed(member);
    const again = await brief(member, { subscribe: "on-new-reports" });
    expect(again.plain()).toContain("This subscription is there already");
    expect(member.direct().answers()).toHaveLength(1);
  });

  test("at most 25 for a member", async () => {
    await open();
    const member = ana();
    const guildId = stage.discord.guild().id;
    for (let number = 0; number < 25; number += 1) {
      const order = { guildId, memberId: member.id, channelId: null, schedule: "weekly", locale: null } as const;
      stage.members.subscribe({ ...order, subject: `${number}`, told: { snapshot: 1, createdAt: "", reports: {} } });
    }
    expect((await brief(member, { subscribe: "weekly" })).plain()).toContain("You have 25 subscriptions here");
    const list = await (await brief(member, { subscribe: "list" })).followedUp(2);
    expect([list.message, ...list.followUps].map((message) => message.buttons().length)).toEqual([12, 12, 1]);
    expect(list.followUps.every(({ isEphemeral }) => isEphemeral)).toBe(true);
  });

  test("a channel is for moderators", async () => {
    await open();
    const place = channel("desk");
    const refused = await brief(ana(), { subscribe: "weekly", channel: place });
    expect(refused.plain()).toContain("Only moderators can have this posted in a channel");
    const made = await brief(mod(), { subscribe: "weekly", channel: place });
    expect(made.isEphemeral).toBe(true);
    expect(made.text()).toContain(`<#${place.id}>`);
    expect(stage.members.subscriptions()).toMatchObject([{ channelId: place.id, subject: null }]);
    expect(place.answers()).toEqual([]);
  });

  test("a channel has to let the bot write, and whoever orders it", async () => {
    await open();
    const shut = stage.discord.guild().channel("shut", { bot: { deny: ["SendMessages", "ReadMessageHistory"] } });
    const reply = await brief(mod(), { subscribe: "weekly", channel: shut });
    expect(reply.plain()).toContain("What it lacks there: Send Messages, Read Message History.");
    const quiet = stage.discord.guild().channel("quiet", {
      everyone: { deny: ["SendMessages"] },
      bot: { allow: ["SendMessages"] },
    });
    const own = await brief(mod(), { subscribe: "weekly", channel: quiet });
    expect(own.plain()).toContain("yourself");
    expect(stage.members.subscriptions()).toEqual([]);
  });

  test("a subject that nobody can ask for is refused", async () => {
    const changes = async () => {
      throw new SitrepError("bad-input", "A subject of control characters");
    };
    await open({ instead: onlyNews({ ...newsOf(() => stories), changes }) });
    const reply = await brief(ana(), { subscribe: "weekly", subject: "\u0007" });
    expect(reply.plain()).toContain("A subject of control characters");
    expect(stage.members.subscriptions()).toEqual([]);
  });

  test("the list shows one's own, and to moderators those of channels; each is ended and put back", async () => {
    await open();
    const [member, moderator] = [ana(), mod()];
    await subscribed(member);
    await brief(moderator, { subscribe: "weekly", channel: channel("desk") });
    const empty = await brief(stage.discord.guild().member({ name: "ben" }), { subscribe: "list" });
    expect(empty.plain()).toContain("You have none here");
    expect((await brief(member, { subscribe: "list" })).buttons()).toHaveLength(1);
    const list = await brief(moderator, { subscribe: "list" });
    expect(list.buttons()).toHaveLength(1);
    const ended = await list.click("Unsubscribe");
    expect(ended.plain()).toContain("Unsubscribed");
    expect(stage.members.subscriptions()).toHaveLength(1);
    const back = await ended.click("Subscribe again");
    expect(back.plain()).toContain("Subscribed again");
    expect(stage.members.subscriptions()).toHaveLength(2);
    // An old button says so and does no harm.
    expect((await list.click("Unsubscribe")).plain()).toContain("Unsubscribed");
    expect((await list.click("Unsubscribe")).plain()).toContain("Unsubscribed");
  });
});

describe("a delivery on new reports", () => {
  test("comes once, with quotes and sources, and not where nothing is new", async () => {
    await open();
    const member = ana();
    const { id } = await subscribed(member);
    await stage.bot.deliver();
    expect(newsTo(member)).toEqual([]);
    tell("Three boats were seen on Monday.");
    tell("Boats carry coal.");
    await stage.bot.deliver();
    await stage.bot.deliver();
    const [message, ...others] = newsTo(member);
    expect(others).toEqual([]);
    expect(message?.plain()).toContain("Three boats were seen on Monday.");
    expect(message?.plain()).toContain("Boats carry coal.");
    expect(message?.plain()).toContain("Report r3");
    expect(message?.plain()).toContain("You get this because you subscribed to it in");
    expect(message?.buttons().map(({ label }) => label)).toEqual(["Unsubscribe"]);
    expect(stage.members.subscription(id)).toMatchObject({ told: { snapshot: 3 }, failures: 0 });
    expect(stage.members.openDeliveries()).toEqual([]);
    tell("A fourth boat.");
    await stage.bot.deliver();
    expect(newsTo(member).map((each) => each.plain().includes("Three boats"))).toEqual([true, false]);
  });

  test("is of its subject only", async () => {
    await open();
    const member = ana();
    const { id } = await subscribed(member, { subject: "coal" });
    tell("Three boats were seen on Monday.");
    await stage.bot.deliver();
    expect(newsTo(member)).toEqual([]);
    expect(stage.members.subscription(id)?.told.snapshot).toBe(2);
    tell("Boats carry coal.");
    await stage.bot.deliver();
    expect(newsTo(member)).toHaveLength(1);
  });

  test("waits until the reports have stayed the same for a while", async () => {
    await open({ settings: { BRIEFING_SETTLE_SECONDS: "300" } });
    const member = ana();
    await subscribed(member);
    for (let number = 0; number < 10; number += 1) {
      clock += 60_000;
      snapshotAt = new Date(clock).toISOString();
      tell(`Boat number ${number} was seen.`);
      await stage.bot.deliver();
    }
    clock += 299_000;
    await stage.bot.deliver();
    expect(newsTo(member)).toEqual([]);
    clock += 1000;
    await stage.bot.deliver();
    expect(newsTo(member)).toHaveLength(1);
  });

  test("goes to a channel, which only moderators can end", async () => {
    await open();
    const [member, moderator, place] = [ana(), mod(), channel("desk")];
    await brief(moderator, { subscribe: "on-new-reports", channel: place });
    tell("Three boats were seen on Monday.");
    await stage.bot.deliver();
    const [message] = newsIn(place);
    if (message === undefined) throw new Error("no news");
    expect(message.plain()).toContain("This channel is subscribed to it");
    expect((await member.click(message, "Unsubscribe")).plain()).toContain("Only who ordered this subscription");
    expect(stage.members.subscriptions()).toHaveLength(1);
    expect((await mod().click(message, "Unsubscribe")).plain()).toContain("Unsubscribed");
    tell("A fourth boat.");
    await stage.bot.deliver();
    expect(newsIn(place)).toHaveLength(1);
  });

  test("is cut where there is too much, with how much there is more", async () => {
    await open();
    const member = ana();
    await subscribed(member);
    for (let number = 0; number < 30; number += 1)
      tell(`Boat ${number} ${"sailed on and on ".repeat(20)}to the north.`);
    await stage.bot.deliver();
    const [message] = newsTo(member);
    const shown = message?.plain().match(/to the north\./g)?.length ?? 0;
    expect(shown).toBeGreaterThan(3);
    expect(message?.plain()).toContain(`${30 - shown} more quotes: use /brief with “since” in`);
  });

  test("is ended in the direct message itself, put back there, and then tells what came in meanwhile", async () => {
    await open();
    const member = ana();
    await subscribed(member);
    tell("Three boats were seen on Monday.");
    await stage.bot.deliver();
    const [message] = newsTo(member);
    if (message === undefined) throw new Error("no news");
    const ended = await member.click(message, "Unsubscribe");
    expect(ended.plain()).toContain("Unsubscribed");
    tell("A fourth boat.");
    await stage.bot.deliver();
    expect(newsTo(member)).toHaveLength(1);
    expect((await ended.click("Subscribe again")).plain()).toContain("Subscribed again");
    await stage.bot.deliver();
    expect(newsTo(member).map((each) => each.plain().includes("A fourth boat."))).toEqual([false, true]);
  });

  test("in a direct message nothing else can be had, and nobody else ends it", async () => {
    await open();
    const member = ana();
    await subscribed(member);
    const [hello] = member.direct().answers();
    if (hello === undefined) throw new Error("no hello");
    const other = await member.click(hello, "y:Who leads it?", { force: true });
    expect(other.plain()).toContain("does not serve");
    const ben = stage.discord.guild().member({ name: "ben" });
    const foreign = await ben.click(hello, "Unsubscribe", { force: true });
    expect(foreign.plain()).toContain("Only who ordered this subscription");
    expect((await member.click(hello, "u:0000000000:", { force: true })).plain()).toContain("not there any more");
    expect(stage.members.subscriptions()).toHaveLength(1);
  });

  test("ends where the member has left the server", async () => {
    await open();
    const member = ana();
    const { id } = await subscribed(member);
    tell("Three boats were seen on Monday.");
    member.leave();
    await stage.bot.deliver();
    expect(newsTo(member)).toEqual([]);
    expect(stage.members.subscription(id)?.endedAt).not.toBeNull();
  });

  test("that cannot be made is tried again after an hour, and ends after three times in a row", async () => {
    await open();
    const [member, moderator, place] = [ana(), mod(), channel("desk")];
    /** What the bot was told before a command it knows when it answers that. */
    const isKnown = () => brief(moderator, { subscribe: "list" });
    await brief(moderator, { subscribe: "on-new-reports", channel: place });
    await subscribed(member);
    tell("Three boats were seen on Monday.");
    place.permit("bot", { deny: ["SendMessages"] }).tellRights();
    await isKnown();
    member.takesDirectMessages(false);
    await stage.bot.deliver();
    await stage.bot.deliver();
    expect(stage.members.subscriptions().map(({ failures }) => failures)).toEqual([1, 1]);
    clock += HOUR;
    await stage.bot.deliver();
    // Then it works again for one of them.
    place.permit("bot", {}).tellRights();
    await isKnown();
    clock += HOUR;
    await stage.bot.deliver();
    expect(stage.members.subscriptions()).toMatchObject([{ channelId: place.id, failures: 0 }]);
    expect([newsIn(place).length, newsTo(member).length]).toEqual([1, 0]);
    expect(stage.log.join("\n")).toContain("A subscription has ended: nothing can be delivered");
    place.remove();
    await isKnown();
    tell("A fourth boat.");
    for (let times = 0; times < 3; times += 1) {
      await stage.bot.deliver();
      clock += HOUR;
    }
    expect(stage.members.subscriptions()).toEqual([]);
    expect(stage.discord.requests(POST).filter(({ status }) => status === 403)).toHaveLength(3);
  });
});

describe("a weekly delivery", () => {
  test("comes at its time of the week, and once where the bot was off then", async () => {
    await open();
    const member = ana();
    await subscribed(member, { subscribe: "weekly" });
    tell("Three boats were seen on Monday.");
    const look = async (time: number): Promise<number> => {
      clock = time;
      await stage.bot.deliver();
      return newsTo(member).length;
    };
    const monday = Date.UTC(2026, 0, 12, 8);
    expect(await look(monday - 1000)).toBe(0);
    expect(await look(monday)).toBe(1);
    tell("A fourth boat.");
    expect(await look(monday + 6 * DAY)).toBe(1);
    // Three Mondays later.
    expect(await look(monday + 3 * 7 * DAY + HOUR)).toBe(2);
    expect(await look(monday + 3 * 7 * DAY + 2 * HOUR)).toBe(2);
    // A week without anything new is passed over; what comes after it has to wait for the next.
    expect(await look(monday + 4 * 7 * DAY)).toBe(2);
    tell("A fifth boat.");
    expect(await look(monday + 4 * 7 * DAY + HOUR)).toBe(2);
    expect(await look(monday + 5 * 7 * DAY)).toBe(3);
  });
});

describe("nothing is sent twice, and nothing lost", () => {
  test.each([
    ["is lost on the way to Discord", { hangUp: "before" }],
    ["has arrived, and its confirmation is lost", { hangUp: "after" }],
    ["has arrived, and the connection is reset", { reset: "after" }],
    ["is answered with errors", { status: 500, times: 4 }],
  ] as const)("when a message %s", async (_, trouble) => {
    await open();
    const member = ana();
    const { id } = await subscribed(member);
    tell("Three boats were seen on Monday.");
    stage.discord.faults.order(POST, trouble);
    await stage.bot.deliver();
    tell("A fourth boat.");
    await stage.bot.deliver();
    await stage.bot.deliver();
    const texts = newsTo(member).map((each) => each.plain());
    expect(texts.map((text) => text.includes("Three boats"))).toEqual([true, false]);
    expect(texts.map((text) => text.includes("A fourth boat."))).toEqual([false, true]);
    expect(stage.members.subscription(id)?.told.snapshot).toBe(3);
  });

  test("when others wrote hundreds of messages meanwhile", async () => {
    await open();
    const [moderator, place] = [mod(), channel("desk")];
    await brief(moderator, { subscribe: "on-new-reports", channel: place });
    tell("Three boats were seen on Monday.");
    stage.discord.faults.order(POST, { hangUp: "after" });
    await stage.bot.deliver();
    expect(stage.members.openDeliveries()).toHaveLength(1);
    for (let number = 0; number < 250; number += 1) moderator.say(place, `${number}`);
    stage.discord.advance(10 * 60_000);
    await stage.bot.deliver();
    expect([newsIn(place).length, stage.members.openDeliveries().length]).toEqual([1, 0]);
  });

  test("a message of reports that have changed since is made anew, once it cannot arrive any more", async () => {
    await open();
    const member = ana();
    await subscribed(member);
    tell("Three boats were seen on Monday.", "r2");
    stage.discord.faults.order(POST, { hangUp: "before" });
    await stage.bot.deliver();
    tell("Four boats were seen on Monday.", "r2");
    await stage.bot.deliver();
    expect(newsTo(member)).toEqual([]);
    clock += 3 * 60_000;
    await stage.bot.deliver();
    expect(newsTo(member).map((each) => each.plain().match(/\w+ boats/)?.[0])).toEqual(["Four boats"]);
  });

  test("a member who left before it was sent again does not get it", async () => {
    await open();
    const member = ana();
    const { id } = await subscribed(member);
    tell("Three boats were seen on Monday.");
    stage.discord.faults.order(POST, { hangUp: "before" });
    await stage.bot.deliver();
    member.leave();
    await stage.bot.deliver();
    expect(newsTo(member)).toEqual([]);
    expect(stage.members.subscription(id)?.endedAt).not.toBeNull();
    expect(stage.members.openDeliveries()).toEqual([]);
  });
});
