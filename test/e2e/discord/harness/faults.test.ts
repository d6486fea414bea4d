/** Trouble that was ordered comes as Discord makes it, and discord.js gets over what can be got over. */

import { afterEach, expect, test } from "vitest";
import { requestPattern } from "./faults.ts";
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
  }
});

/** A bot that takes its answer to an edit. */
const deferring: Playing = {
  onInteraction: async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.editReply("Because.");
  },
};
const EDIT = "PATCH /webhooks/*/*/messages/@original";
const ask = async ({ ana }: Stage) => (await ana.command("ask", { question: "Why?" })).settled(8000);

test.each([
  ["one route", false],
  ["all routes", true],
])("a 429 for %s is waited out, and the request made again", async (_, global) => {
  const set = await stage(deferring);
  set.discord.faults.order(EDIT, { status: 429, retryAfter: 0.4, global });
  const reply = await ask(set);
  expect(reply.text()).toBe("Because.");
  expect(reply.settledAfter).toBeGreaterThan(400);
  expect(set.discord.requests(EDIT).map(({ status }) => status)).toEqual([429, 200]);
  expect(set.discord.invalidRequests()).toBe(1);
  // A 429 that was honoured is no violation.
  expect(set.discord.violations).toEqual([]);
});

test("a 500 is tried again", async () => {
  const set = await stage(deferring);
  set.discord.faults.order(EDIT, { status: 500, times: 2 });
  expect((await ask(set)).text()).toBe("Because.");
  expect(set.discord.requests(EDIT).map(({ status }) => status)).toEqual([500, 500, 200]);
});

test("an answer that is late is late", async () => {
  const set = await stage(deferring);
  set.discord.faults.order("POST /interactions/**", { delay: 300 });
  const reply = await ask(set);
  expect(reply.acknowledgedAfter).toBeGreaterThan(299);
});

test("a delay past the 3 seconds makes the interaction unknown", async () => {
  const set = await stage({ ...deferring, options: { acknowledgeWithin: 100, lateIsViolation: false } });
  set.discord.faults.order("POST /interactions/**", { delay: 150 });
  await expect(ask(set)).rejects.toThrow("/ask: the application did not respond in time");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(set.bot.errors).toMatchObject([{ code: 10062, status: 404 }]);
  expect(set.discord.violations).toEqual([]);
});

test("latency holds for every answer", async () => {
  const set = await stage({ ...deferring, options: { latency: 60 } });
  expect((await ask(set)).settledAfter).toBeGreaterThan(119);
});

test.each([
  ["is reset before the request is handled", { reset: "before" }, "answered", [null, 200], 1],
  // What was handled before the connection broke comes twice: discord.js cannot know.
  ["is reset after the request was handled", { reset: "after" }, "answered", [200, 200], 2],
  ["is closed before the request is handled", { hangUp: "before" }, "failed", [null], 0],
  ["is closed after the request was handled", { hangUp: "after" }, "failed", [200], 1],
] as const)("a connection that %s", async (_, trouble, outcome, statuses, messages) => {
  const set = await stage();
  set.discord.faults.order("POST /channels/*/messages", trouble);
  const actual = await set.post({ content: "x" }).then(
    () => "answered",
    () => "failed",
  );
  expect(actual).toBe(outcome);
  expect(set.discord.requests("POST /channels/*/messages").map(({ status }) => status)).toEqual(statuses);
  expect(set.channel.answers()).toHaveLength(messages);
});

test("a request whose answer is held back has happened", async () => {
  const set = await stage();
  set.discord.faults.order("POST /channels/*/messages", { hold: 300 });
  const started = performance.now();
  const posted = set.post({ content: "x" });
  await set.channel.answer();
  expect(performance.now() - started).toBeLessThan(250);
  await posted;
  expect(performance.now() - started).toBeGreaterThan(290);
});

test("the limits of a channel, where they are asked for, are told and kept", async () => {
  const set = await stage({ options: { rateLimits: true } });
  const started = performance.now();
  for (let count = 0; count < 6; count += 1) await set.post({ content: `${count}` });
  // The sixth message waits until the five seconds of the first five are over, without a single 429.
  expect(performance.now() - started).toBeGreaterThan(4000);
  expect(set.discord.requests("POST /channels/*/messages").map(({ status }) => status)).toEqual([
    200, 200, 200, 200, 200, 200,
  ]);
});

test("patterns take one segment for a star, anything for two, and any query", () => {
  expect(requestPattern("GET /a/*").test("GET /a/b")).toBe(true);
  expect(requestPattern("GET /a/*").test("GET /a/b/c")).toBe(false);
  expect(requestPattern("GET /a/**").test("GET /a/b/c")).toBe(true);
  expect(requestPattern("GET /a/*").test("GET /a/b?with=c")).toBe(true);
  expect(requestPattern("* /a").test("PATCH /a")).toBe(true);
});

test("a bot that asks 200 questions at once is answered", async () => {
  const { ana, discord } = await stage(deferring);
  const started = performance.now();
  const replies = await Promise.all(
    Array.from({ length: 200 }, async () =>
      (await ana.command("ask", { question: "Why?" }, { timeout: 15_000 })).settled(20_000),
    ),
  );
  expect(replies.map((reply) => reply.text())).toEqual(Array.from({ length: 200 }, () => "Because."));
  expect(discord.timings()).toHaveLength(200);
  for (const { dispatchedAt, acknowledgedAt, settledAt } of discord.timings()) {
    expect(acknowledgedAt).toBeGreaterThan(dispatchedAt);
    expect(settledAt).toBeGreaterThan(acknowledgedAt ?? 0);
  }
  // discord.js itself sends 50 requests a second at most, callbacks exempt: 200 edits take four seconds.
  expect(performance.now() - started).toBeLessThan(20_000);
});
