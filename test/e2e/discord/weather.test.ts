/** Bad days: connections that break, answers that are refused or late, faults of our own, and what is logged of them. */

import { afterEach, describe, expect, test, vi } from "vitest";
import { SitrepError } from "../../../src/domain/errors.ts";
import type { ThreadedSitrep } from "../../../src/threaded.ts";
import { openStage, type Stage, type StageOptions } from "./bot-on-stage.ts";

const QUESTION = "Who leads the TTP?";
const ANSWER = "Noor Wali Mehsud";

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

/** Sitrep whose `ask` waits until it is let go. */
function heldBack(): { hold: (sitrep: ThreadedSitrep) => ThreadedSitrep; release: () => void; asked: () => number } {
  let release = () => {};
  let asked = 0;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    hold: (sitrep) => ({
      ...sitrep,
      ask: async (...question) => {
        asked += 1;
        await gate;
        return await sitrep.ask(...question);
      },
    }),
    release: () => release(),
    asked: () => asked,
  };
}

describe("the connection", () => {
  test("that breaks in mid-answer is resumed, and the answer comes", async () => {
    const { hold, release } = heldBack();
    const { discord } = await open({ sitrep: hold });
    const ana = discord.guild().member({ name: "ana" });
    const reply = await ana.command("ask", { question: QUESTION });
    discord.gateway.drop();
    release();
    await reply.settled();
    expect(reply.plain()).toContain(ANSWER);
    await vi.waitUntil(() => discord.gateway.resumes === 1, 5000);
    expect(discord.gateway.identifies).toBe(1);
    expect((await (await ana.command("ask", { question: QUESTION })).settled()).plain()).toContain(ANSWER);
  });

  test("an interaction that came while it was broken is replayed, and answered", async () => {
    const { discord } = await open();
    const ana = discord.guild().member({ name: "ana" });
    discord.gateway.drop();
    const reply = await (await ana.command("ask", { question: QUESTION })).settled();
    expect(reply.plain()).toContain(ANSWER);
    expect(discord.gateway.resumes).toBe(1);
  });

  test("an interaction and a message that come twice are answered once", async () => {
    const { discord } = await open();
    const ana = discord.guild().member({ name: "ana" });
    const channel = discord.guild().channel("general");
    await (await ana.command("ask", { question: QUESTION }, { channel })).settled();
    const answer = channel.answer();
    ana.say(channel, `<@${discord.botId}> ${QUESTION}`);
    await answer;
    const before = channel.answers().length;
    for (const session of discord.gateway.sessions) {
      for (const { payload } of session.sent.filter(({ payload }) => /"(INTERACTION|MESSAGE)_CREATE"/.test(payload))) {
        session.socket?.send(payload);
      }
    }
    // What comes after them is answered: they have been looked at by then.
    await (await ana.command("help", {}, { channel })).settled();
    expect(channel.messages(ana).filter(({ isEphemeral }) => !isEphemeral).length).toBe(before + 1);
    expect(discord.requests("POST /interactions/**")).toHaveLength(2);
  });

  test.each([
    ["op 7: asked to reconnect", (it: Stage) => it.discord.gateway.askToReconnect(), { resumes: 1, identifies: 1 }],
    ["op 9, resumable", (it: Stage) => it.discord.gateway.invalidate(true), { resumes: 1, identifies: 1 }],
    ["op 9, not resumable", (it: Stage) => it.discord.gateway.invalidate(false), { resumes: 0, identifies: 2 }],
    ["closed with 4000", (it: Stage) => it.discord.gateway.drop(4000), { resumes: 1, identifies: 1 }],
  ])("%s", async (_, trouble, expected) => {
    const it = await open();
    trouble(it);
    const { gateway } = it.discord;
    await vi.waitUntil(() => gateway.resumes === expected.resumes && gateway.identifies === expected.identifies, {
      timeout: 15_000,
    });
    await it.discord.ready();
    const ana = it.discord.guild().member({ name: "ana" });
    expect((await (await ana.command("ask", { question: QUESTION })).settled()).plain()).toContain(ANSWER);
  });
});

describe("Discord's interface", () => {
  test.each([
    ["429", { status: 429, retryAfter: 0.3 }],
    ["500", { status: 500 }],
    ["502, twice", { status: 502, times: 2 }],
    ["a reset connection", { reset: "before" }],
    ["a slow answer", { delay: 1500 }],
  ] as const)("the edit of an answer gets %s: it is tried again", async (_, trouble) => {
    const { discord } = await open();
    discord.faults.order("PATCH /webhooks/**", trouble);
    const ana = discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("ask", { question: QUESTION })).settled(10_000);
    expect(reply.plain()).toContain(ANSWER);
  });

  test("the confirmation of an acknowledgement is lost: the answer comes all the same", async () => {
    const { discord } = await open();
    discord.faults.order("POST /interactions/**", { reset: "after" });
    const ana = discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("ask", { question: QUESTION })).settled(10_000);
    expect(reply.plain()).toContain(ANSWER);
    // The second one is discord.js's own, and is refused.
    discord.take("second-acknowledgement");
  });

  test("the confirmation of a page turned is lost: it is turned all the same, and nothing is logged as a fault", async () => {
    const { discord, log } = await open();
    const ana = discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("search", { terms: "attacks in Pakistan" })).settled();
    discord.faults.order("POST /interactions/**", { reset: "after" });
    await (await reply.click("Next")).until((each) => /Page 2 of/.test(each.plain()));
    discord.take("second-acknowledgement");
    expect(log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });

  test("an acknowledgement that comes too late is logged, and ends nothing", async () => {
    const it = await open({ discord: { acknowledgeWithin: 300, lateIsViolation: false } });
    const { discord } = it;
    discord.faults.order("POST /interactions/**", { delay: 600 });
    const ana = discord.guild().member({ name: "ana" });
    await expect(ana.command("ask", { question: QUESTION })).rejects.toThrow("did not respond");
    await vi.waitUntil(() => it.log.some((line) => line.includes("could not be answered any more")), 5000);
    expect((await (await ana.command("ask", { question: QUESTION })).settled()).plain()).toContain(ANSWER);
  });

  test("an answer whose edit fails for good is logged with a reference", async () => {
    const it = await open();
    it.discord.faults.order("PATCH /webhooks/**", { status: 500, times: 4 });
    const ana = it.discord.guild().member({ name: "ana" });
    const reply = await ana.command("ask", { question: QUESTION });
    await reply.until(({ message }) => !message.isLoading, 20_000);
    const reference = /Reference: (\w+)/.exec(reply.plain())?.[1];
    expect(reference).toBeDefined();
    expect(it.log.some((line) => JSON.parse(line).reference === reference)).toBe(true);
  });
});

describe("faults of our own", () => {
  test("a question that fails gives a reference number that is in the log, and nothing secret is", async () => {
    const it = await open({
      sitrep: (sitrep) => ({
        ...sitrep,
        ask: async () => {
          throw new Error("disk on fire");
        },
      }),
    });
    const ana = it.discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("ask", { question: "Who leads the TTP in Orakzai?" })).settled();
    const reference = /Reference: ([A-Z0-9]{8})/.exec(reply.plain())?.[1] ?? "none";
    expect(reply.plain()).not.toContain("disk on fire");
    const line = it.log.find((each) => each.includes(reference)) ?? "";
    expect(JSON.parse(line)).toMatchObject({ reference, used: "/ask", fault: { message: "disk on fire" } });
    const log = it.log.join("");
    expect(log).not.toContain("Orakzai");
    expect(log).not.toContain(it.discord.token);
    expect(log).not.toContain(reply.interaction.token);
  });

  test("LOG_QUESTIONS lets questions into the log", async () => {
    const it = await open({ settings: { LOG_QUESTIONS: "on" } });
    const ana = it.discord.guild().member({ name: "ana" });
    await (await ana.command("ask", { question: QUESTION })).settled();
    expect(it.log.join("")).toContain(QUESTION);
    expect(it.log.join("")).not.toContain(it.discord.token);
  });

  test.each([
    ["index-missing", "No reports have been taken in yet"],
    ["index-unusable", "The index of the reports cannot be used"],
    ["provider-failed", "did not answer. Try again"],
  ] as const)("%s is put into words", async (code, words) => {
    const { discord } = await open({
      sitrep: (sitrep) => ({
        ...sitrep,
        ask: async () => {
          throw new SitrepError(code, "in the words of the program");
        },
      }),
    });
    const ana = discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("ask", { question: QUESTION })).settled();
    expect(reply.plain()).toContain(words);
  });

  test("a page that cannot be turned stays as it is; who clicked is told beside it", async () => {
    let isBroken = false;
    const { discord } = await open({
      sitrep: (sitrep) => ({
        ...sitrep,
        verify: async (quotes) => {
          if (isBroken) throw new Error("no verification today");
          return await sitrep.verify(quotes);
        },
      }),
    });
    const ana = discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("search", { terms: "attacks in Pakistan" })).settled();
    const before = reply.plain();
    isBroken = true;
    const turned = await (await reply.click("Next")).followedUp();
    expect(reply.plain()).toBe(before);
    expect(turned.followUps[0]?.plain()).toContain("Reference:");
    expect(turned.followUps[0]?.isEphemeral).toBe(true);
  });
});

describe("stopping", () => {
  test("finishes what is open, takes on nothing new, and then disconnects", async () => {
    const { hold, release, asked } = heldBack();
    const it = await open({ sitrep: hold, settings: { QUESTIONS_AT_ONCE: "1" } });
    const { discord } = it;
    const [ana, ben] = [discord.guild().member({ name: "ana" }), discord.guild().member({ name: "ben" })];
    const open1 = await ana.command("ask", { question: QUESTION });
    const open2 = await ben.command("ask", { question: QUESTION });
    await vi.waitUntil(() => asked() === 1);
    const stopped = it.bot.stop(10_000);
    const late = await ben.command("ask", { question: QUESTION });
    expect(late.isEphemeral).toBe(true);
    expect(late.plain()).toContain("The bot is about to stop");
    release();
    await stopped;
    expect(open1.plain()).toContain(ANSWER);
    expect(open2.plain()).toContain(ANSWER);
    expect(discord.gateway.isConnected()).toBe(false);
  });

  test("does not wait for ever", async () => {
    const { hold, release } = heldBack();
    const it = await open({ sitrep: hold });
    const ana = it.discord.guild().member({ name: "ana" });
    await ana.command("ask", { question: QUESTION });
    const began = performance.now();
    await it.bot.stop(300);
    expect(performance.now() - began).toBeLessThan(3000);
    expect(it.log.some((line) => line.includes("Stopped before everything was answered"))).toBe(true);
    release();
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
});
