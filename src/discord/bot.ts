/** The bot: what it listens to, how it starts and how it stops. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Client, Events, GatewayDispatchEvents, type GatewayMessageCreateDispatchData } from "discord.js";
import type { Logger } from "pino";
import type { DiscordConfig } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";
import type { Exchanges } from "../domain/exchange.ts";
import type { Members } from "../domain/members.ts";
import { createAnswerEdits } from "./answer-edits.ts";
import { createCatalogue } from "./catalogue.ts";
import { createClient, fetchedMessage, isInUnknownThread, logIn } from "./client.ts";
import { createDeliveries, type DeliveriesOptions } from "./deliveries.ts";
import { guarded, onInteraction } from "./dispatch.ts";
import { describe } from "./faults.ts";
import { isForBot, onMention } from "./handlers/mentions.ts";
import type { BotParts } from "./parts.ts";
import { serves } from "./permissions.ts";
import { createReindexing } from "./reindexing.ts";
import { stringsFor } from "./strings.ts";
import { createCooldowns, createTurns } from "./turns.ts";

export interface BotOptions {
  readonly config: DiscordConfig & { readonly logQuestions: boolean };
  readonly sitrep: BotParts["sitrep"];
  readonly exchanges: Exchanges | null;
  readonly members?: Members | null;
  readonly logger: Logger;
  /** For tests. */
  readonly deliveries?: DeliveriesOptions;
}

export interface Bot {
  /**
   * Connects. Resolves when the bot can be asked, with its name, and the numbers of servers that it is in and serves.
   * @throws {SitrepError} "bad-config" where Discord does not take the token.
   */
  start(): Promise<{ readonly name: string; readonly servers: number; readonly served: number }>;
  /** Rejects when Discord has ended the connection for good: nobody can ask any more. */
  readonly lost: Promise<never>;
  /** Takes on nothing new, finishes what is open (for at most `graceMs`), and disconnects. */
  stop(graceMs: number): Promise<void>;
  /** Looks for briefings that are due now, and sends them. */
  deliver(): Promise<void>;
}

/** Interactions and messages that are remembered: after a reconnect Discord may send one a second time. */
const MOST_SEEN = 10_000;
/** The event loop's longest pause is looked for in windows of this length. */
const PAUSE_WINDOW_MS = 60_000;

/** How long the farewell to Discord may take. */
const DISCONNECT_MS = 3000;

export function createBot(options: BotOptions): Bot {
  const { config, sitrep, exchanges, members = null, logger } = options;
  const pauses = watchPauses();
  const parts: BotParts = {
    config,
    sitrep,
    exchanges,
    members,
    catalogue: createCatalogue(sitrep),
    edits: createAnswerEdits(config),
    logger,
    turns: createTurns({ atOnce: config.questionsAtOnce, waiting: config.questionsWaiting }),
    cooldowns: createCooldowns(config.cooldownSeconds),
    reindexing: createReindexing(),
    stringsFor: (locale) => stringsFor(config.language ?? locale),
    isNewShare: rememberNew(),
    startedAt: new Date(),
    longestPause: pauses.longest,
  };
  const client = createClient(config);
  const deliveries = createDeliveries(parts, client, options.deliveries);
  const isNew = rememberNew();
  /** Everything under way, so that a stop can wait for it. */
  const open = new Set<Promise<void>>();
  let isStopping = false;

  const during = (work: Promise<void>) => {
    open.add(work);
    void work.finally(() => open.delete(work));
  };
  client.on(Events.InteractionCreate, (interaction) => {
    if (isNew(interaction.id)) during(onInteraction(parts, interaction, isStopping));
  });
  const takesMentions = () => config.mentions && !isStopping;
  client.on(Events.MessageCreate, (message) => {
    if (takesMentions() && isForBot(message) && isNew(message.id)) {
      during(guarded(parts, message, () => onMention(parts, message)));
    }
  });
  client.ws.on(GatewayDispatchEvents.MessageCreate, (event: GatewayMessageCreateDispatchData) => {
    if (!takesMentions() || !serves(parts, event.guild_id ?? "") || !isInUnknownThread(client, event)) return;
    const answer = async () => {
      const message = await fetchedMessage(client, event);
      if (message !== null && isForBot(message) && isNew(message.id)) await onMention(parts, message);
    };
    during(guarded(parts, { id: event.id }, answer));
  });
  logConnection(client, logger);

  return {
    lost: lossOf(client),
    async start() {
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      await logIn(client, config);
      await ready;
      // The first question of the day should not wait for what can be prepared before it.
      void sitrep
        .suggest(null, 3)
        .catch((fault: unknown) => logger.debug({ fault: describe(fault) }, "No suggestions"));
      deliveries.start();
      const guilds = [...client.guilds.cache.keys()];
      const served = guilds.filter((id) => serves(parts, id)).length;
      return { name: client.user?.username ?? "", servers: guilds.length, served };
    },
    async stop(graceMs) {
      isStopping = true;
      const drained = (async () => {
        await Promise.all([parts.turns.stop(), parts.reindexing.stop(), deliveries.stop()]);
        while (open.size > 0) await Promise.allSettled(open);
      })();
      await Promise.race([drained, pause(graceMs)]);
      if (open.size > 0) logger.error({ open: open.size }, "Stopped before everything was answered");
      pauses.stop();
      parts.edits.close();
      // It can wait for ever for a connection that is just being made anew.
      await Promise.race([client.destroy(), pause(DISCONNECT_MS)]);
    },
    deliver: () => deliveries.look(),
  };
}

function logConnection(client: Client, logger: Logger): void {
  client.on(Events.Error, (fault) => logger.error({ fault: describe(fault) }, "The connection to Discord has a fault"));
  client.on(Events.Warn, (message) => logger.warn({ message }, "Discord's library warns"));
  client.on(Events.ShardReconnecting, () => logger.info("Reconnecting"));
  client.on(Events.ShardResume, (_, replayed) => logger.info({ replayed }, "Reconnected"));
}

function lossOf(client: Client): Promise<never> {
  const lost = new Promise<never>((_, reject) => {
    client.on(Events.ShardDisconnect, ({ code }) => {
      reject(new SitrepError("provider-failed", `Discord has ended the connection for good, with code ${code}`));
    });
    client.on(Events.Invalidated, () => reject(new SitrepError("provider-failed", "Discord has ended the session")));
  });
  // Who does not wait for it need not handle it.
  lost.catch(() => undefined);
  return lost;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function rememberNew(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > MOST_SEEN && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}

/** Looks for pauses of the event loop: the longest of this window and the one before it. */
function watchPauses(): { longest(): number; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  let before = 0;
  const timer = setInterval(() => {
    before = histogram.max;
    histogram.reset();
  }, PAUSE_WINDOW_MS).unref();
  return {
    // Nanoseconds; the resolution is part of what it measures.
    longest: () => Math.max(0, Math.max(before, histogram.max) / 1e6 - 10),
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
