/**
 * Run as a process of its own: the bot with its record of members, over reports that a file tells of. It looks for
 * deliveries every few milliseconds, until it is killed.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openMembers } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { createBot } from "../../src/discord/bot.ts";
import { createLogger } from "../../src/logger.ts";
import { newsOf, onlyNews, type Story } from "../helpers/news.ts";

const config = loadConfig();
const logger = createLogger(config.logLevel);
const warn = (message: string) => logger.warn(message);
const stories = () => JSON.parse(readFileSync(join(config.dataDir, "stories.json"), "utf8")) as Story[];
const bot = createBot({
  config: { ...config.discord, logQuestions: false },
  sitrep: onlyNews(newsOf(stories)),
  exchanges: null,
  members: openMembers(config, { warn }),
  logger,
  deliveries: { every: 20, between: 0 },
});
await bot.start();
process.stdout.write("ready\n");
