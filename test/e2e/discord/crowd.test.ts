/** Many at once: taking turns, words to who waits, cooldowns, and nothing lost. */

import { afterEach, describe, expect, test, vi } from "vitest";
import type { ThreadedSitrep } from "../../../src/threaded.ts";
import { openStage, type Stage, type StageOptions } from "./bot-on-stage.ts";

const QUESTIONS = [
  "Who leads the TTP?",
  "How many attacks did PICSS count in January 2025?",
  "What is ISIL-K?",
  "How many fighters does the TTP have?",
  "How many attacks did PICSS count in April 2025?",
];

let stage: Stage | null = null;
async function open(options: StageOptions = {}): Promise<Stage> {
  stage = await openStage(options);
  return stage;
}
afterEach(async () => {
  const opened = stage;
  stage = null;
  await opened?.close();
});

/** Sitrep that answers one question after the other, each when it is told to; `order` has who was asked for. */
function stepwise() {
  const order: string[] = [];
  const waiting: (() => void)[] = [];
  let isOpen = false;
  return {
    order,
    step: () => waiting.shift()?.(),
    openGate: () => {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
    },
    wrap: (sitrep: ThreadedSitrep): ThreadedSitrep => ({
      ...sitrep,
      ask: async (question, options) => {
        order.push(question);
        if (!isOpen) await new Promise<void>((resolve) => waiting.push(resolve));
        return await sitrep.ask("Who leads the TTP?", options);
      },
    }),
  };
}

test("200 questions at once: each is acknowledged in time and answered, none is lost", {
  timeout: 60_000,
}, async () => {
  const { discord, log } = await open({ discord: { patience: 30_000 } });
  const guild = discord.guild();
  const replies = await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      const member = guild.member({ name: `member-${at}` });
      const reply = await member.command("ask", { question: QUESTIONS[at % QUESTIONS.length] ?? "" });
      return await reply.until(({ message }) => !message.isLoading && /Question:/.test(reply.plain()));
    }),
  );
  expect(replies).toHaveLength(200);
  expect(Math.max(...replies.map(({ acknowledgedAfter }) => acknowledgedAfter))).toBeLessThan(3000);
  for (const reply of replies) expect(reply.plain()).toMatch(/Confidence:|No answer in these reports/);
  expect(log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});

test("who waits is told their place, and gets the answer in its stead", async () => {
  const { wrap, step, openGate, order } = stepwise();
  const { discord } = await open({ sitrep: wrap, settings: { QUESTIONS_AT_ONCE: "1" } });
  const [ana, ben, cyd] = ["ana", "ben", "cyd"].map((name) => discord.guild().member({ name }));
  if (ana === undefined || ben === undefined || cyd === undefined) throw new Error("Nobody there");
  const first = await ana.command("ask", { question: "first" });
  const second = await ben.command("ask", { question: "second" });
  const third = await cyd.command("ask", { question: "third" });
  await vi.waitUntil(() => order.length === 1, { timeout: 10_000 });
  await second.until((reply) => reply.plain().includes("yours is number 1 in line"), 3000);
  await third.until((reply) => reply.plain().includes("yours is number 2 in line"), 3000);
  expect(first.message.isLoading).toBe(true);
  step();
  await first.settled();
  await vi.waitUntil(() => order.length === 2, { timeout: 10_000 });
  openGate();
  await second.until((reply) => reply.plain().includes("Noor Wali Mehsud"));
  await third.until((reply) => reply.plain().includes("Noor Wali Mehsud"));
  expect(order).toEqual(["first", "second", "third"]);
});

test("a mention that waits is told too, in the message that becomes its answer", async () => {
  const { wrap, openGate, order } = stepwise();
  const { discord } = await open({ sitrep: wrap, settings: { QUESTIONS_AT_ONCE: "1" } });
  const channel = discord.guild().channel("general");
  const [ana, ben] = [discord.guild().member({ name: "ana" }), discord.guild().member({ name: "ben" })];
  await ana.command("ask", { question: "first" });
  await vi.waitUntil(() => order.length === 1, { timeout: 10_000 });
  ben.say(channel, `<@${discord.botId}> second`);
  const word = await channel.answer((message) => message.plain().includes("number 1 in line"));
  openGate();
  const answer = await channel.answer((message) => message.plain().includes("Question: second"));
  expect(answer.id).toBe(word.id);
  expect((await channel.thread()).name).toBe("second");
});

test("members take turns: one who asks much holds up another by one place", async () => {
  const { wrap, step, openGate, order } = stepwise();
  const { discord } = await open({ sitrep: wrap, settings: { QUESTIONS_AT_ONCE: "1" } });
  const [ana, ben] = [discord.guild().member({ name: "ana" }), discord.guild().member({ name: "ben" })];
  const many = await Promise.all(Array.from({ length: 6 }, (_, at) => ana.command("ask", { question: `ana ${at}` })));
  const one = await ben.command("ask", { question: "ben" });
  for (let at = 0; at < 2; at += 1) {
    await vi.waitUntil(() => order.length === at + 1, { timeout: 10_000 });
    step();
  }
  await vi.waitUntil(() => order.length === 3, { timeout: 10_000 });
  expect(order.slice(0, 3)).toContain("ben");
  openGate();
  await Promise.all([...many, one].map((reply) => reply.until(() => reply.plain().includes("Noor Wali Mehsud"))));
});

test("when all places are taken, who comes is told at once, and nobody else loses theirs", async () => {
  const { wrap, openGate, order } = stepwise();
  const settings = { QUESTIONS_AT_ONCE: "1", QUESTIONS_WAITING: "1" };
  const { discord } = await open({ sitrep: wrap, settings });
  const [ana, ben, cyd] = ["ana", "ben", "cyd"].map((name) => discord.guild().member({ name }));
  const first = await ana?.command("ask", { question: "first" });
  const second = await ben?.command("ask", { question: "second" });
  await vi.waitUntil(() => order.length === 1, { timeout: 10_000 });
  const third = await cyd?.command("ask", { question: "third" });
  expect(third?.isEphemeral).toBe(true);
  expect(third?.plain()).toContain("too many questions waiting");
  openGate();
  for (const reply of [first, second]) await reply?.until(() => reply.plain().includes("Noor Wali Mehsud"));
});

describe("the cooldown", () => {
  test("is for each member, is told in seconds, and is not for moderators", async () => {
    const { discord } = await open({ settings: { QUESTION_COOLDOWN_SECONDS: "60" } });
    const guild = discord.guild();
    const [ana, ben] = [guild.member({ name: "ana" }), guild.member({ name: "ben" })];
    const moderator = guild.member({ name: "mod", permissions: ["ManageGuild"] });
    const question = "Who leads the TTP?";
    await (await ana.command("ask", { question })).settled();
    const refused = await ana.command("search", { terms: "attacks" });
    expect(refused.isEphemeral).toBe(true);
    expect(refused.plain()).toMatch(/Please wait (?:59|60) seconds/);
    await (await ben.command("ask", { question })).settled();
    await (await moderator.command("ask", { question })).settled();
    expect((await (await moderator.command("ask", { question })).settled()).plain()).toContain("Confidence");
    // Looking at what is there is free.
    expect((await (await ana.command("help")).settled()).plain()).toContain("what the reports say");
    const channel = guild.channel("general");
    const answer = channel.answer();
    ana.say(channel, `<@${discord.botId}> ${question}`);
    expect((await answer).plain()).toContain("Please wait");
  });
});
