/** The real bot, over the real index of the starter corpus, connected to a Discord of our own. */

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { openExchanges } from "../../../src/app.ts";
import { type Config, loadConfig } from "../../../src/config.ts";
import { type Bot, createBot } from "../../../src/discord/bot.ts";
import type { DeliveriesOptions } from "../../../src/discord/deliveries.ts";
import { deployCommands } from "../../../src/discord/deploy.ts";
import type { Exchanges } from "../../../src/domain/exchange.ts";
import type { Members } from "../../../src/domain/members.ts";
import { openMembers } from "../../../src/index/members.ts";
import { createLogger } from "../../../src/logger.ts";
import { openThreaded, type ThreadedSitrep } from "../../../src/threaded.ts";
import { type FakeDiscord, type Options, startDiscord } from "./harness/server.ts";

const CORPUS = join(import.meta.dirname, "../../../corpus");

export interface StageOptions {
  readonly discord?: Options;
  readonly settings?: Readonly<Record<string, string>> | ((discord: FakeDiscord) => Readonly<Record<string, string>>);
  /** A folder of reports with its data folder, in the place of the starter corpus. */
  readonly folders?: { readonly corpus: string; readonly data: string };
  readonly deliveries?: DeliveriesOptions;
  /** The clock of deliveries and of what is kept of members. */
  readonly now?: () => Date;
  /** In the place of Sitrep over an index; there is none then. */
  readonly instead?: ThreadedSitrep;
  /** Replaces parts of Sitrep, to make faults happen. */
  readonly sitrep?: (sitrep: ThreadedSitrep) => ThreadedSitrep;
}

export interface Stage {
  readonly discord: FakeDiscord;
  readonly bot: Bot;
  readonly sitrep: ThreadedSitrep;
  readonly exchanges: Exchanges;
  readonly members: Members;
  readonly config: Config;
  /** Everything that was logged, at every level, one JSON line each. */
  readonly log: string[];
  /** Stops the bot and the server. @throws Error that lists every rule of Discord that was broken */
  close(): Promise<void>;
}

/** What the bot's role allows, as docs/discord.md asks for it. */
export const BOT_PERMISSIONS = [
  "ViewChannel",
  "SendMessages",
  "SendMessagesInThreads",
  "CreatePublicThreads",
  "ReadMessageHistory",
] as const;

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const data = options.folders?.data ?? (options.instead === undefined ? copyOfIndex() : emptyFolder());
  const discord = await startDiscord({ botPermissions: BOT_PERMISSIONS, ...options.discord });
  const config = loadConfig({
    CORPUS_DIR: options.folders?.corpus ?? CORPUS,
    DATA_DIR: data,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    QUESTION_COOLDOWN_SECONDS: "0",
    LOG_LEVEL: "trace",
    ...(typeof options.settings === "function" ? options.settings(discord) : options.settings),
  });
  const log: string[] = [];
  const logger = createLogger(
    config.logLevel,
    { write: (line) => void log.push(line) },
    {
      questions: config.logQuestions,
    },
  );
  const warn = (message: string) => logger.warn(message);
  const threaded = options.instead ?? (await openThreaded(config, { warn, error: (message) => logger.error(message) }));
  const sitrep = options.sitrep?.(threaded) ?? threaded;
  const exchanges = openExchanges(config, { warn });
  const members = openMembers(data, { warn, now: options.now });
  const bot = createBot({
    config: { ...config.discord, logQuestions: config.logQuestions },
    sitrep,
    exchanges,
    members,
    logger,
    deliveries: { now: options.now, ...options.deliveries },
  });
  await deployCommands(config.discord);
  await bot.start();
  await discord.ready();
  return {
    discord,
    bot,
    sitrep: threaded,
    exchanges,
    members,
    config,
    log,
    async close() {
      await bot.stop(10_000);
      await threaded.close();
      exchanges.close();
      members.close();
      try {
        await discord.close();
      } finally {
        if (options.folders === undefined) rmSync(data, { recursive: true, force: true });
      }
    },
  };
}

/** A data folder of its own, with the index of the starter corpus. */
export function copyOfIndex(): string {
  const folder = emptyFolder();
  cpSync(inject("ingestedCorpus"), folder, { recursive: true });
  return folder;
}

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "sitrep-bot-"));
}
