/** The bot: discord.js's client, and what becomes of each event. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  BaseInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  type Interaction,
  type Message,
  MessageFlags,
  Options,
  type RESTOptions,
} from "discord.js";
import type { Logger } from "pino";
import type { DiscordConfig } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";
import type { Exchanges } from "../domain/exchange.ts";
import { createAnswerEdits } from "./answer-edits.ts";
import { createCatalogue } from "./catalogue.ts";
import { CHECK_COMMAND } from "./commands.ts";
import { describe, faultMessage, isGone, Refusal, told } from "./faults.ts";
import { onAutocomplete } from "./handlers/autocomplete.ts";
import { onButton, onModal } from "./handlers/buttons.ts";
import { onCheck, onCommand } from "./handlers/commands.ts";
import { isForBot, onMention } from "./handlers/mentions.ts";
import type { BotParts } from "./parts.ts";
import { serves } from "./permissions.ts";
import { createReindexing } from "./reindexing.ts";
import { type Answerable, show } from "./replies.ts";
import { stringsFor } from "./strings.ts";
import { createCooldowns, createTurns } from "./turns.ts";

export interface BotOptions {
  readonly config: DiscordConfig & { readonly logQuestions: boolean };
  readonly sitrep: BotParts["sitrep"];
  readonly exchanges: Exchanges | null;
  readonly logger: Logger;
}

export interface Bot {
  /**
   * Connects. Resolves when the bot can be asked, with its name and the number of servers that it is in.
   * @throws {SitrepError} "bad-config" where Discord does not take the token.
   */
  start(): Promise<{ readonly name: string; readonly servers: number }>;
  /** Takes on nothing new, finishes what is open (for at most `graceMs`), and disconnects. */
  stop(graceMs: number): Promise<void>;
}

/** Interactions and messages that are remembered: after a reconnect Discord may send one a second time. */
const MOST_SEEN = 10_000;
/** The event loop's longest pause is looked for in windows of this length. */
const PAUSE_WINDOW_MS = 60_000;

/** How long the farewell to Discord may take. */
const DISCONNECT_MS = 3000;

export function createBot({ config, sitrep, exchanges, logger }: BotOptions): Bot {
  const pauses = watchPauses();
  const parts: BotParts = {
    config,
    sitrep,
    exchanges,
    catalogue: createCatalogue(sitrep),
    edits: createAnswerEdits(config),
    logger,
    turns: createTurns({ atOnce: config.questionsAtOnce, waiting: config.questionsWaiting }),
    cooldowns: createCooldowns(config.cooldownSeconds),
    reindexing: createReindexing(),
    stringsFor: (locale) => stringsFor(config.language ?? locale),
    startedAt: new Date(),
    longestPause: pauses.longest,
  };
  const client = createClient(config);
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
  client.on(Events.MessageCreate, (message) => {
    if (!isStopping && config.mentions && isForBot(message) && isNew(message.id)) {
      during(guarded(parts, message, () => onMention(parts, message)));
    }
  });
  client.ws.on(GatewayDispatchEvents.MessageCreate, (event: GatewayMessageCreateDispatchData) => {
    if (!isStopping && config.mentions && isInUnknownThread(client, event)) {
      during(
        guarded(parts, { id: event.id }, async () => {
          const message = await fetched(client, event);
          if (message !== null && isForBot(message) && isNew(message.id)) await onMention(parts, message);
        }),
      );
    }
  });
  client.on(Events.Error, (fault) => logger.error({ fault: describe(fault) }, "The connection to Discord has a fault"));
  client.on(Events.Warn, (message) => logger.warn({ message }, "Discord's library warns"));
  client.on(Events.ShardDisconnect, ({ code }) => logger.error({ code }, "Disconnected, and not to be reconnected"));
  client.on(Events.ShardReconnecting, () => logger.info("Reconnecting"));
  client.on(Events.ShardResume, (_, replayed) => logger.info({ replayed }, "Reconnected"));

  return {
    async start() {
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      await logIn(client, config);
      await ready;
      // The first question of the day should not wait for what can be prepared before it.
      void sitrep
        .suggest(null, 3)
        .catch((fault: unknown) => logger.debug({ fault: describe(fault) }, "No suggestions"));
      return { name: client.user?.username ?? "", servers: client.guilds.cache.size };
    },
    async stop(graceMs) {
      isStopping = true;
      const drained = (async () => {
        await Promise.all([parts.turns.stop(), parts.reindexing.stop()]);
        while (open.size > 0) await Promise.allSettled(open);
      })();
      await Promise.race([drained, pause(graceMs)]);
      if (open.size > 0) logger.error({ open: open.size }, "Stopped before everything was answered");
      pauses.stop();
      parts.edits.close();
      // It can wait for ever for a connection that is just being made anew.
      await Promise.race([client.destroy(), pause(DISCONNECT_MS)]);
    },
  };
}

/**
 * Discord tells a bot of threads in use only, and discord.js drops messages of channels that it does not know: a thread
 * that slept when the bot was started, or for some hours, would get no answer.
 */
function isInUnknownThread(
  client: Client,
  { channel_id, guild_id, mentions }: GatewayMessageCreateDispatchData,
): boolean {
  const isMentioned = mentions.some(({ id }) => id === client.user?.id);
  return guild_id !== undefined && isMentioned && !client.channels.cache.has(channel_id);
}

async function fetched(client: Client, event: GatewayMessageCreateDispatchData): Promise<Message | null> {
  const channel = await client.channels.fetch(event.channel_id);
  return channel?.isTextBased() === true ? await channel.messages.fetch(event.id) : null;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function createClient(config: DiscordConfig): Client {
  const rest: Partial<RESTOptions> = config.apiUrl === null ? {} : { api: config.apiUrl };
  return new Client({
    // Neither is privileged. Without mentions no message is received at all.
    intents: config.mentions ? [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] : [GatewayIntentBits.Guilds],
    // Text of reports and of members never pings anybody.
    allowedMentions: { parse: [], repliedUser: false },
    // A question whose message is gone meanwhile is still answered.
    failIfNotExists: false,
    rest,
    // Discord demands several connections from 2,500 servers on; it says itself how many.
    shards: "auto",
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 20,
      GuildMemberManager: { maxSize: 200, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
}

async function logIn(client: Client, { token }: DiscordConfig): Promise<void> {
  if (token === null) {
    throw new SitrepError("bad-config", "DISCORD_TOKEN is not set", {
      hint: "Put the bot's token into .env; docs/discord.md says where to get it.",
    });
  }
  try {
    await client.login(token);
  } catch (fault) {
    const isRefused = fault instanceof Error && "code" in fault && fault.code === "TokenInvalid";
    if (!isRefused) throw fault;
    throw new SitrepError("bad-config", "Discord does not take the token in DISCORD_TOKEN", {
      hint: "Reset it in Discord's developer portal, and set the new one.",
    });
  }
}

async function onInteraction(parts: BotParts, interaction: Interaction, isStopping: boolean): Promise<void> {
  if (interaction.isAutocomplete()) {
    if (isStopping || !interaction.inCachedGuild() || !serves(parts, interaction.guildId)) return;
    await guarded(parts, interaction, () => onAutocomplete(parts, interaction));
    return;
  }
  if (!isAnswerable(interaction)) {
    await guarded(parts, interaction, () => refuseElsewhere(parts, interaction));
    return;
  }
  const strings = parts.stringsFor(interaction.locale);
  try {
    if (!serves(parts, interaction.guildId)) throw new Refusal(strings.faults.notHere);
    if (isStopping) throw new Refusal(strings.waiting.stopping);
    if (interaction.isChatInputCommand()) await onCommand(parts, interaction);
    else if (interaction.isButton()) await onButton(parts, interaction);
    else if (interaction.isModalSubmit()) await onModal(parts, interaction);
    else if (interaction.commandName === CHECK_COMMAND) await onCheck(parts, interaction);
    else throw new Refusal(strings.faults.unknownCommand);
  } catch (fault) {
    await guarded(parts, interaction, () => tellFault(parts, interaction, fault));
  }
}

function isAnswerable(interaction: Interaction): interaction is Answerable {
  return (
    interaction.inCachedGuild() &&
    (interaction.isChatInputCommand() ||
      interaction.isButton() ||
      interaction.isModalSubmit() ||
      interaction.isMessageContextMenuCommand())
  );
}

/** In a direct message, or in a server that the bot knows nothing of, there is nothing to be had. */
async function refuseElsewhere(parts: BotParts, interaction: Interaction): Promise<void> {
  if (!interaction.isRepliable()) return;
  await interaction.reply({
    components: [...faultMessage(parts.stringsFor(interaction.locale).faults.notHere)],
    flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
  });
}

async function tellFault(parts: BotParts, interaction: Answerable, fault: unknown): Promise<void> {
  const about = aboutOf(interaction);
  if (isGone(fault)) {
    parts.logger.warn({ ...about, fault: describe(fault) }, "An interaction could not be answered any more");
    return;
  }
  const strings = parts.stringsFor(interaction.locale);
  const body = faultMessage(told(fault, about, parts.logger, strings));
  // A message whose page was to be turned stays as it is.
  const isUpdate = interaction.isButton() && interaction.deferred && interaction.ephemeral === null;
  if (!isUpdate) await show(parts, interaction, body);
  else {
    await interaction.followUp({ components: [...body], flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral });
  }
}

/** For the log: what was used, where and by whom. The logger keeps the question out, unless the settings let it in. */
function aboutOf(interaction: Interaction): Record<string, string> {
  const used = interaction.isCommand() || interaction.isAutocomplete() ? `/${interaction.commandName}` : "component";
  return {
    used,
    interaction: interaction.id,
    guild: interaction.guildId ?? "",
    channel: interaction.channelId ?? "",
    member: interaction.user.id,
    ...(interaction.isChatInputCommand() ? { question: interaction.options.getString("question") ?? "" } : {}),
  };
}

/** The last resort: a fault that cannot be told to anybody is in the log, and ends nothing. */
async function guarded(
  parts: BotParts,
  subject: Interaction | Pick<Message, "id">,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (fault) {
    const about = subject instanceof BaseInteraction ? aboutOf(subject) : { message: subject.id };
    const level = isGone(fault) ? "warn" : "error";
    parts.logger[level]({ ...about, fault: describe(fault) }, "An event could not be answered");
  }
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
