/** kill -9 at any moment of a delivery: what is new arrives, and arrives once. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMembers } from "../../src/app.ts";
import type { Members } from "../../src/domain/members.ts";
import { type Folders, foldersWith, start } from "../cli/processes.ts";
import type { Member } from "../e2e/discord/harness/member.ts";
import type { Place } from "../e2e/discord/harness/place.ts";
import { type FakeDiscord, startDiscord } from "../e2e/discord/harness/server.ts";
import { newsOf, type Story } from "../helpers/news.ts";

const PERMISSIONS = ["ViewChannel", "SendMessages", "ReadMessageHistory"] as const;
const POST = "POST /channels/*/messages";
const LIST = "GET /channels/*/messages";
const PATIENCE = 60_000;

type Started = ReturnType<typeof start>;

let discord: FakeDiscord;
let folders: Folders;
let members: Members;
let stories: Story[];
let running: Started[];
let ana: Member;
let desk: Place;
/** What is subscribed: a direct message and a channel. */
let ids: readonly string[];

beforeEach(async () => {
  discord = await startDiscord({ botPermissions: PERMISSIONS, channels: ["desk"], patience: PATIENCE });
  folders = foldersWith({});
  mkdirSync(folders.data, { recursive: true });
  running = [];
  stories = [];
  tell("Boats were counted in the north.");
  members = openMembers({ dataDir: folders.data }, { warn: () => undefined });
  const guild = discord.guild();
  ana = guild.member({ name: "ana" });
  desk = guild.channel("desk");
  const told = await newsOf(() => stories).baseline();
  ids = [null, desk.id].map((channelId) => {
    const order = { guildId: guild.id, memberId: ana.id, subject: null, locale: "en-US", told };
    const made = members.subscribe({ ...order, channelId, schedule: "on-new-reports" });
    if (made === "too-many") throw new Error("too many");
    return made.subscription.id;
  });
});
afterEach(async () => {
  for (const { child, finished } of running) {
    child.kill("SIGKILL");
    await finished;
  }
  members.close();
  folders.remove();
  await discord.close();
});

/** Brings in a report with a new snapshot. */
function tell(text: string): void {
  const number = stories.length + 1;
  stories = [...stories, { id: `r${number}`, text, snapshot: number }];
  writeFileSync(join(folders.data, "stories.json"), JSON.stringify(stories));
}

function run(): Started {
  const settings = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, BRIEFING_SETTLE_SECONDS: "0" };
  const started = start([], folders, settings, { script: "test/faults/delivering-bot.ts" });
  running.push(started);
  return started;
}

async function kill({ child, finished }: Started): Promise<void> {
  child.kill("SIGKILL");
  await finished;
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + PATIENCE; !holds(); await pause(2)) {
    if (performance.now() > end) throw new Error(`${what} did not happen; ${discord.requests().length} requests`);
  }
}

const told = () => ids.map((id) => members.subscription(id)?.told.snapshot);
const isTold = () => told().every((snapshot) => snapshot === stories.length);
const texts = (place: Place) => place.answers().map((message) => message.plain());
/** How often each of the stories after the first was told, directly and in the channel. */
const counts = () =>
  [ana.direct(), desk].map((place) =>
    stories.slice(1).map(({ text }) => texts(place).filter((each) => each.includes(text)).length),
  );

/** A bot that is left to itself tells everything, and what comes in after it. */
async function expectOnce(): Promise<void> {
  run();
  await until(() => isTold() && members.openDeliveries().length === 0, "the news");
  tell("A last boat came home.");
  await until(isTold, "the last news");
  // Time for one that would come twice.
  await pause(300);
  const once = stories.slice(1).map(() => 1);
  expect(counts()).toEqual([once, once]);
  expect(members.openDeliveries()).toEqual([]);
}

describe("a bot that is killed when", () => {
  it("the delivery is not begun yet", async () => {
    tell("Three boats were seen on Monday.");
    discord.faults.order(LIST, { delay: 2000 });
    const bot = run();
    await until(() => discord.requests(LIST).length === 1, "a look");
    expect(members.openDeliveries()).toEqual([]);
    await kill(bot);
    await expectOnce();
  });

  it("the delivery is begun, and its message has not reached Discord", async () => {
    tell("Three boats were seen on Monday.");
    discord.faults.order(POST, { delay: 1000, reset: "before" });
    const bot = run();
    await until(() => discord.requests(POST).length === 1, "a message");
    expect([members.openDeliveries().length, counts()]).toEqual([1, [[0], [0]]]);
    await kill(bot);
    await expectOnce();
  });

  it.each([
    ["", 0],
    [", and Discord has forgotten its nonce", 10 * 60_000],
  ])("Discord has taken the message, and it is not known yet%s", async (_, later) => {
    tell("Three boats were seen on Monday.");
    discord.faults.order(POST, { hold: 5000 });
    const bot = run();
    await until(() => counts().flat().includes(1), "a message");
    expect(members.openDeliveries()).toHaveLength(1);
    await kill(bot);
    discord.advance(later);
    // What came in meanwhile is no part of what was told.
    tell("A fourth boat was seen.");
    await expectOnce();
  });

  it("the delivery is confirmed", async () => {
    tell("Three boats were seen on Monday.");
    const bot = run();
    await until(() => told().includes(2), "the confirmation");
    await kill(bot);
    await expectOnce();
  });

  it("it looks for the message of a bot that was killed before it", async () => {
    tell("Three boats were seen on Monday.");
    discord.faults.order(POST, { hold: 5000 });
    const first = run();
    await until(() => counts().flat().includes(1), "a message");
    await kill(first);
    const looks = discord.requests(LIST).length;
    discord.faults.order(LIST, { delay: 2000 });
    const second = run();
    await until(() => discord.requests(LIST).length > looks, "a look");
    await kill(second);
    discord.advance(10 * 60_000);
    await expectOnce();
  });

  it("the clock of the machine is an hour wrong", async () => {
    tell("Three boats were seen on Monday.");
    // Discord's is put forward, so that the bot's is behind.
    discord.advance(60 * 60_000);
    discord.faults.order(POST, { hold: 5000 });
    const bot = run();
    await until(() => counts().flat().includes(1), "a message");
    await kill(bot);
    discord.advance(10 * 60_000);
    await expectOnce();
  });

  it("any time has passed, many times", async () => {
    // Milliseconds after it is ready, from a fixed seed: most of it happens in the first hundred.
    for (let round = 0; round < 8; round += 1) {
      tell(`Boat number ${round} was seen.`);
      const bot = run();
      const before = discord.requests().length;
      await until(() => discord.requests().length > before + 4, "a beginning");
      await pause((round * 7919) % 120);
      await kill(bot);
    }
    await expectOnce();
  });
});

describe("two bots at once over one data folder", () => {
  it("tell everything once, also when the one that delivers is killed", async () => {
    const bots = [run(), run()];
    discord.faults.order(POST, { hold: 200, times: 12 });
    tell("Three boats were seen on Monday.");
    await until(isTold, "the news");
    for (let number = 0; number < 5; number += 1) {
      tell(`Boat number ${number} was seen.`);
      await until(isTold, "more news");
    }
    // One of them has sent everything: no message has found that it was there already.
    expect(discord.requests(POST)).toHaveLength(12);
    tell("A boat that was seen by one of them.");
    const [first] = bots;
    if (first !== undefined) await kill(first);
    await until(isTold, "the news of the other");
    await expectOnce();
  });
});
