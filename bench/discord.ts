/** The bot under load: the real process, asked by many members at a time through a Discord of our own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { parseCases } from "../src/eval/cases.ts";
import type { Member } from "../test/e2e/discord/harness/member.ts";
import type { Reply } from "../test/e2e/discord/harness/reply.ts";
import { type FakeDiscord, startDiscord } from "../test/e2e/discord/harness/server.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CROWD = 200;
const WARM_UP_ROUNDS = 5;
const SETTLING_MS = 15_000;

export interface DiscordFigures {
  readonly passages: number;
  readonly inFlight: number;
  /** Questions under way all the time: another is asked as soon as one is answered. Milliseconds. */
  readonly answers: number;
  readonly acknowledgedP99: number;
  readonly answeredP50: number;
  readonly answeredP95: number;
  readonly answersPerSecond: number;
  /** As many questions in one moment, and nothing before and after. */
  readonly burstAcknowledgedP99: number;
  readonly burstAnsweredP50: number;
  readonly burstAnsweredP95: number;
  /** 200 questions in one moment. */
  readonly crowdAnswered: number;
  readonly crowdAcknowledgedWorst: number;
  readonly crowdAnsweredWorst: number;
  /** Of the bot's main thread over all of this, in milliseconds. */
  readonly longestPause: number;
  readonly violations: number;
}

/**
 * @param inFlight questions under way at any time.
 * @param corpus folder of reports; default: the starter corpus.
 */
export async function benchDiscord(inFlight: number, corpus = join(ROOT, "corpus")): Promise<DiscordFigures> {
  const data = await mkdtemp(join(tmpdir(), "sitrep-bench-"));
  const folders = { CORPUS_DIR: resolve(corpus), DATA_DIR: data };
  const discord = await startDiscord({ patience: 60_000, botPermissions: ["ViewChannel", "SendMessages"] });
  const bot = new BotProcess({ ...folders, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api });
  try {
    const writer = createSitrep(loadConfig(folders), { warn: (message) => process.stderr.write(`${message}\n`) });
    await writer.ingest();
    const { passages } = await writer.status();
    await writer.close();
    await bot.run("scripts/deploy-commands.ts", /Registered/);
    await bot.run("src/discord/main.ts", /is ready/);
    await discord.ready();
    return { passages, inFlight, ...(await measure(discord, inFlight)) };
  } finally {
    await bot.stop();
    await discord.close().catch((fault: Error) => process.stderr.write(`${fault.message}\n`));
    await rm(data, { recursive: true, force: true });
  }
}

async function measure(discord: FakeDiscord, inFlight: number): Promise<Omit<DiscordFigures, "passages" | "inFlight">> {
  const guild = discord.guild();
  const members = Array.from({ length: CROWD }, (_, at) => guild.member({ name: `member-${at}` }));
  const moderator = guild.member({ name: "moderator", permissions: ["ManageGuild"] });
  const [questions, others] = [await questionsOf("calibration"), await questionsOf("questions")];
  // As it is after the first hour: code compiled, suggestions prepared. None of these questions is measured.
  await closedLoop(members.slice(0, 10), Array.from({ length: WARM_UP_ROUNDS }, () => others).flat());
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));

  const began = performance.now();
  const loop = await closedLoop(members.slice(0, inFlight), questions.slice(inFlight));
  const seconds = (performance.now() - began) / 1000;
  const burst = await atOnce(members.slice(0, inFlight), questions.slice(0, inFlight));
  const crowd = await atOnce(members, [...others, ...questions]);
  const status = (await (await moderator.command("status")).settled()).plain();
  return {
    answers: loop.length,
    acknowledgedP99: quantile(loop.map(acknowledged), 0.99),
    answeredP50: quantile(loop.map(answered), 0.5),
    answeredP95: quantile(loop.map(answered), 0.95),
    answersPerSecond: loop.length / seconds,
    burstAcknowledgedP99: quantile(burst.map(acknowledged), 0.99),
    burstAnsweredP50: quantile(burst.map(answered), 0.5),
    burstAnsweredP95: quantile(burst.map(answered), 0.95),
    crowdAnswered: crowd.length,
    crowdAcknowledgedWorst: Math.max(...crowd.map(acknowledged)),
    crowdAnsweredWorst: Math.max(...crowd.map(answered)),
    longestPause: Number(/longest pause.* (\d+) ms/.exec(status)?.[1] ?? Number.NaN),
    violations: discord.violations.length,
  };
}

/** The bot's process, in the environment of this one. */
class BotProcess {
  readonly #settings: Readonly<Record<string, string>>;
  #stop: () => Promise<void> = async () => undefined;

  constructor(settings: Readonly<Record<string, string>>) {
    this.#settings = { ...settings, QUESTION_COOLDOWN_SECONDS: "0" };
  }

  /** Starts a script, and waits for a line of it. */
  async run(script: string, line: RegExp): Promise<void> {
    const child = spawn(process.execPath, ["--import", "tsx/esm", script], {
      cwd: ROOT,
      env: { ...process.env, ...this.#settings },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "close");
    this.#stop = async () => {
      child.kill("SIGTERM");
      await ended;
    };
    let output = "";
    const said = new Promise<void>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (piece: string) => {
        output += piece;
        if (line.test(output)) resolve();
      });
    });
    await Promise.race([said, ended]);
    if (!line.test(output)) throw new Error(`${script} ended without a line like ${line}: ${output}`);
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

interface Answered {
  readonly reply: Reply;
  readonly milliseconds: number;
}

function acknowledged({ reply }: Answered): number {
  return reply.acknowledgedAfter;
}

function answered({ milliseconds }: Answered): number {
  return milliseconds;
}

async function closedLoop(members: readonly Member[], questions: readonly string[]): Promise<Answered[]> {
  const left = questions.values();
  const lanes = members.map(async (member) => {
    const replies: Answered[] = [];
    for (const question of left) replies.push(await ask(member, question));
    return replies;
  });
  return (await Promise.all(lanes)).flat();
}

async function atOnce(members: readonly Member[], questions: readonly string[]): Promise<Answered[]> {
  return await Promise.all(members.map((member, at) => ask(member, questions[at % questions.length] ?? "")));
}

/** Until the answer stands: a word to who waits in line is none. */
async function ask(member: Member, question: string): Promise<Answered> {
  const reply = await member.command("ask", { question });
  await reply.until(() => !reply.message.isLoading && reply.text().includes("Question:"));
  const { dispatchedAt, lastEditAt } = reply.timing;
  return { reply, milliseconds: (lastEditAt ?? Number.NaN) - dispatchedAt };
}

async function questionsOf(name: string): Promise<string[]> {
  const file = join(ROOT, "eval", `${name}.yaml`);
  return parseCases(await readFile(file, "utf8"), file).map(({ question }) => question);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
