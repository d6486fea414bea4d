/** The bot as operators run it: real processes, their lines, signals and exit codes. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BOT_PERMISSIONS, copyOfIndex } from "./bot-on-stage.ts";
import { type FakeDiscord, startDiscord } from "./harness/server.ts";

const ROOT = join(import.meta.dirname, "../../..");
const QUESTION = "Who leads the TTP?";
const ANSWER = "Noor Wali Mehsud";

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
  errors(): string;
  says(line: string | RegExp): Promise<void>;
}

let discord: FakeDiscord;
let folder: string;
const children: Running[] = [];

beforeEach(async () => {
  discord = await startDiscord({ botPermissions: BOT_PERMISSIONS, patience: 20_000 });
  folder = copyOfIndex();
});
afterEach(async () => {
  for (const { child, ended } of children.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
  await discord.close();
});

function run(script: string, args: readonly string[] = [], settings: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, ["--import", "tsx/esm", script, ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      CORPUS_DIR: join(ROOT, "corpus"),
      DATA_DIR: folder,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      QUESTION_COOLDOWN_SECONDS: "0",
      LOG_LEVEL: "info",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const running: Running = {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    says: (line) => vi.waitFor(() => expect(output).toMatch(line), { timeout: 80_000, interval: 50 }),
  };
  children.push(running);
  return running;
}

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Running> {
  const bot = run("src/discord/main.ts", [], settings);
  await bot.says("Sitrep is ready");
  return bot;
}

async function deploy(): Promise<void> {
  expect(await run("scripts/deploy-commands.ts").ended).toBe(0);
}

describe("npm run deploy-commands", () => {
  test("registers every command for every server, or for one", async () => {
    const everywhere = run("scripts/deploy-commands.ts");
    expect(await everywhere.ended).toBe(0);
    expect(everywhere.output()).toBe(
      "Registered for every server: ask, brief, start, search, sources, report, help, status, reindex, Check against sources\n",
    );
    const id = discord.guild().id;
    const one = run("scripts/deploy-commands.ts", [id]);
    expect(await one.ended).toBe(0);
    expect(one.output()).toContain(`Registered for server ${id}: ask,`);
    expect(discord.requests("PUT /applications/**")).toHaveLength(2);
  });

  test("says what is wrong with an id, or with the token, without showing it", async () => {
    const wrong = run("scripts/deploy-commands.ts", ["desk"]);
    expect(await wrong.ended).toBe(2);
    expect(wrong.errors()).toContain('"desk" is not the id of a server');
    const refused = run("scripts/deploy-commands.ts", [], { DISCORD_TOKEN: "a.wrong.one" });
    expect(await refused.ended).toBe(2);
    expect(refused.errors()).toContain("Discord does not take the token in DISCORD_TOKEN");
    expect(refused.errors()).not.toContain("a.wrong.one");
    discord.take("missing-authorization");
  });
});

describe("npm start", () => {
  test("prints one line when it is ready and one when it has stopped, and exits with 0", async () => {
    const bot = await start();
    bot.child.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
    expect(bot.output().split("\n")).toEqual([
      expect.stringMatching(/^Sitrep is ready: .+, in 1 server\.$/),
      "Sitrep has stopped.",
      "",
    ]);
  });

  test("stopped in mid-answer it finishes the answer first", async () => {
    await deploy();
    const bot = await start();
    const ana = discord.guild().member({ name: "ana" });
    discord.faults.order("PATCH /webhooks/**", { delay: 1500 });
    const reply = await ana.command("ask", { question: QUESTION });
    bot.child.kill("SIGINT");
    // As npm does, which hands on what the terminal has sent to all.
    bot.child.kill("SIGINT");
    expect(await bot.ended).toBe(0);
    expect(reply.plain()).toContain(ANSWER);
    expect(bot.output()).toContain("Sitrep has stopped.");
  });

  test("a second signal some time later ends it at once", async () => {
    await deploy();
    const bot = await start();
    discord.faults.order("PATCH /webhooks/**", { delay: 5000 });
    const reply = await discord.guild().member({ name: "ana" }).command("ask", { question: QUESTION });
    await vi.waitUntil(() => discord.requests("PATCH /webhooks/**").length > 0, { timeout: 10_000 });
    bot.child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 2000));
    bot.child.kill("SIGTERM");
    expect(await bot.ended).toBe(130);
    // The edit that was on its way arrives all the same.
    expect(reply.message.isLoading).toBe(true);
    await reply.settled();
  });

  test("after a kill, buttons of old answers work, and follow-ups are understood", async () => {
    await deploy();
    const bot = await start();
    const ana = discord.guild().member({ name: "ana" });
    const reply = await (
      await ana.command("ask", { question: "How many attacks did PICSS count in January 2025?" })
    ).settled();
    bot.child.kill("SIGKILL");
    await bot.ended;
    await start();
    const sources = await (await reply.click("Sources")).settled();
    expect(sources.plain()).toContain("Digest: PICSS monthly security report, January 2025");
    const modal = await reply.click("Ask a follow-up");
    const next = await (await modal.submit({ text: "and in December 2024?" })).settled();
    expect(next.plain()).toContain("Understood as: How many attacks did PICSS count in December 2024?");
  });

  test("a thread that slept while the bot was away is answered in, and from what was asked there", async () => {
    await deploy();
    const bot = await start();
    const [ana, channel] = [discord.guild().member({ name: "ana" }), discord.guild().channel("general")];
    ana.say(channel, `<@${discord.botId}> How many attacks did PICSS count in January 2025?`);
    const thread = await channel.thread();
    bot.child.kill("SIGTERM");
    await bot.ended;
    thread.channel.archived = true;
    await start();
    const answer = thread.answer();
    ana.say(thread, `<@${discord.botId}> and in December 2024?`);
    expect((await answer).plain()).toContain("Understood as: How many attacks did PICSS count in December 2024?");
  });

  test("without an index it reads the reports first", { timeout: 120_000 }, async () => {
    const empty = mkdtempSync(join(tmpdir(), "sitrep-first-"));
    await deploy();
    const bot = await start({ DATA_DIR: empty });
    expect(bot.output()).toMatch(
      /^No index in .+ yet: reading the reports in .+ first\.\n19 reports in \d+ passages\.\n/,
    );
    const ana = discord.guild().member({ name: "ana" });
    expect((await (await ana.command("ask", { question: QUESTION })).settled()).plain()).toContain(ANSWER);
    bot.child.kill("SIGTERM");
    await bot.ended;
    rmSync(empty, { recursive: true, force: true });
  });

  test.each([
    [{ DISCORD_TOKEN: "" }, "DISCORD_TOKEN is not set"],
    [{ DISCORD_TOKEN: "a.wrong.one" }, "Discord does not take the token in DISCORD_TOKEN"],
    [{ DISCORD_GUILD_IDS: "my server" }, "DISCORD_GUILD_IDS"],
  ])("with %o it exits with 2 and says what to do", async (settings, words) => {
    const bot = run("src/discord/main.ts", [], settings);
    expect(await bot.ended).toBe(2);
    expect(bot.errors()).toContain(words);
    expect(bot.errors()).toContain("hint: ");
    expect(bot.errors()).not.toContain("a.wrong.one");
    if (words.includes("not take")) discord.take("missing-authorization");
  });

  test("when Discord ends the connection for good it ends, so that it can be started again", async () => {
    const bot = await start();
    discord.gateway.drop(4004);
    expect(await bot.ended).toBe(5);
    expect(bot.errors()).toContain("Discord has ended the connection for good, with code 4004");
  });

  test("a log of its whole life holds no token and no question", async () => {
    await deploy();
    const bot = await start({ LOG_LEVEL: "trace" });
    const ana = discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("ask", { question: "Who leads the TTP in Orakzai?" })).settled();
    discord.gateway.drop();
    await vi.waitUntil(() => discord.gateway.resumes === 1, { timeout: 10_000 });
    bot.child.kill("SIGTERM");
    await bot.ended;
    const log = bot.errors() + bot.output();
    expect(log).toContain("A question was answered");
    for (const secret of [discord.token, reply.interaction.token, "Orakzai"]) expect(log).not.toContain(secret);
  });
});
