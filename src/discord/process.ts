/** `npm start` and `npm run deploy-commands` as processes: their lines, their signals, their exit codes. */

import { createSitrep, openExchanges, openMembers } from "../app.ts";
import { type Config, loadConfig } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../domain/exit-codes.ts";
import { oneLine } from "../domain/visible.ts";
import { createLogger } from "../logger.ts";
import { openThreaded } from "../threaded.ts";
import { createBot } from "./bot.ts";
import { checkToken, deployCommands } from "./deploy.ts";
import { describe } from "./faults.ts";
import { createReindexing } from "./reindexing.ts";

/** How long open answers may take at a stop; whoever stops a process kills it after 30 seconds, mostly. */
const GRACE_MS = 20_000;
/** A second signal after this time ends the process at once. */
const SAME_SIGNAL_MS = 1500;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs the bot until a signal stops it. */
export async function runBot(): Promise<never> {
  const stopping = new AbortController();
  let stoppedAt = Number.POSITIVE_INFINITY;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // npm hands on a signal that the terminal or systemd has sent to this process too: that is one, not two.
      if (performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(EXIT.interrupted);
      if (stopping.signal.aborted) return;
      stoppedAt = performance.now();
      stopping.abort();
    });
  }
  // Who read the lines may be gone; that is no reason to leave the members alone.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  return await exitWith(async () => {
    const config = loadConfig();
    const logger = createLogger(config.logLevel, undefined, { questions: config.logQuestions });
    process.on("uncaughtException", (fault) => {
      // Node would print the fault with all that it carries, and a fault of Discord's interface carries the request.
      logger.fatal({ fault: describe(fault) }, "A fault that ended the bot");
      process.exit(EXIT.fault);
    });
    process.on("unhandledRejection", (fault) => {
      logger.error({ fault: describe(fault) }, "A fault that nobody handled");
    });
    const stopped = isStopped(stopping.signal);
    await unlessStopped(checkToken(config.discord), stopped);
    const warn = (message: string) => logger.warn(message);
    const error = (message: string) => logger.error(message);
    await ingestFirst(config, stopping.signal);
    if (stopping.signal.aborted) return EXIT.interrupted;
    const sitrep = await openThreaded(forQuestions(config), { warn, error });
    const exchanges = orNone(() => openExchanges(config, { warn }), NO_EXCHANGES, error);
    const members = orNone(() => openMembers(config, { warn }), NO_MEMBERS, error);
    const bot = createBot({
      config: { ...config.discord, logQuestions: config.logQuestions },
      sitrep,
      exchanges,
      members,
      logger,
    });
    try {
      const { name, servers, served } = await unlessStopped(bot.start(), stopped);
      const where = `in ${servers} ${servers === 1 ? "server" : "servers"}`;
      say(`Sitrep is ready: ${oneLine(name)}, ${where}${served === servers ? "" : `, and serves ${served}`}.`);
      if (served === 0) {
        process.stderr.write("warning: the bot is in none of the servers of DISCORD_GUILD_IDS, so nobody can ask it\n");
      }
      await Promise.race([stopped, bot.lost]);
    } finally {
      await bot.stop(GRACE_MS);
      await sitrep.close();
      exchanges?.close();
      members?.close();
    }
    say("Sitrep has stopped.");
    return EXIT.ok;
  });
}

/**
 * One thread of the model: with several questions under way, two threads cost 8.0 ms of processor time for a question
 * where one costs 5.9, and no answer comes sooner.
 */
function forQuestions(config: Config): Config {
  const { embeddings } = config;
  return embeddings.provider === "bundled" ? { ...config, embeddings: { ...embeddings, threads: 1 } } : config;
}

function isStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** What the work gives, unless the process is to stop before: a Discord that says nothing must not hold that up. */
async function unlessStopped<T>(work: Promise<T>, stopped: Promise<void>): Promise<T> {
  work.catch(() => undefined);
  const stop = stopped.then(() => {
    throw new SitrepError("cancelled", "Stopped before it was ready");
  });
  stop.catch(() => undefined);
  return await Promise.race([work, stop]);
}

/** Nothing can be asked before there is an index: it is made before anybody can ask. */
async function ingestFirst(config: Config, signal: AbortSignal): Promise<void> {
  const sitrep = createSitrep(config, { warn: () => undefined });
  const isThere = sitrep.hasIndex();
  await sitrep.close();
  if (isThere) return;
  say(`No index in ${oneLine(config.dataDir)} yet: reading the reports in ${oneLine(config.corpusDir)} first.`);
  const reindexing = createReindexing();
  const run = reindexing.start({ force: false }, () => undefined);
  signal.addEventListener("abort", () => void reindexing.stop(), { once: true });
  const outcome = await run;
  if (outcome?.kind === "done") say(`${outcome.summary.reports} reports in ${outcome.summary.passages} passages.`);
  else if (outcome?.kind === "failed") say(`That failed: ${oneLine(outcome.message)}. /reindex tries again.`);
}

const NO_EXCHANGES = "Questions are not kept, so buttons and follow-ups will not work";
const NO_MEMBERS = "Nothing is kept of members, so nobody can subscribe, and what is new for whom is not known";

/** A record, without which the bot answers all the same; null where it cannot be opened. */
function orNone<Opened>(open: () => Opened, consequence: string, error: (message: string) => void): Opened | null {
  try {
    return open();
  } catch (fault) {
    error(`${consequence}: ${fault instanceof Error ? fault.message : fault}`);
    return null;
  }
}

const DEPLOY_HELP = `Usage: npm run deploy-commands [-- SERVER_ID...]

Registers the bot's commands with Discord: for the servers named, else for those of DISCORD_GUILD_IDS, else for every
server. It replaces what was registered there before.`;

/** @param args ids of servers; none: those of DISCORD_GUILD_IDS, or every server. */
export async function runDeploy(args: readonly string[]): Promise<never> {
  return await exitWith(async () => {
    if (args.some((each) => each === "--help" || each === "-h")) {
      say(DEPLOY_HELP);
      return EXIT.ok;
    }
    const wrong = args.find((id) => !/^\d{17,20}$/.test(id));
    if (wrong !== undefined) {
      throw new SitrepError("bad-input", `${JSON.stringify(wrong)} is not the id of a server`, {
        hint: "npm run deploy-commands -- SERVER_ID; without an id those of DISCORD_GUILD_IDS, or every server.",
      });
    }
    const { discord } = loadConfig();
    for (const { guildId, commands } of await deployCommands(discord, args.length > 0 ? args : undefined)) {
      const where = guildId === null ? "every server" : `server ${guildId}`;
      say(`Registered for ${where}: ${commands.map(oneLine).join(", ")}`);
    }
    return EXIT.ok;
  });
}

async function exitWith(work: () => Promise<ExitCode>): Promise<never> {
  let code: ExitCode;
  try {
    code = await work();
  } catch (fault) {
    const isKnown = fault instanceof SitrepError;
    const message = fault instanceof Error ? fault.message : String(fault);
    process.stderr.write(`error: ${isKnown ? "" : "unexpected fault: "}${oneLine(message)}\n`);
    if (isKnown && fault.hint !== null) process.stderr.write(`hint: ${oneLine(fault.hint)}\n`);
    code = isKnown ? exitCodeOf(fault.code) : EXIT.fault;
  }
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))),
  );
  // Not left to the event loop: threads of the model must not keep a process alive that has stopped.
  process.exit(code);
}
