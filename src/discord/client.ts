/** discord.js's client as this bot needs it. */

import { Client, GatewayIntentBits, type GatewayMessageCreateDispatchData, type Message, Options } from "discord.js";
import type { DiscordConfig } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";

/** A client that is not connected yet. */
export function createClient(config: DiscordConfig): Client {
  return new Client({
    // Neither is privileged. Without mentions no message is received at all.
    intents: config.mentions ? [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] : [GatewayIntentBits.Guilds],
    // Text of reports and of members never pings anybody.
    allowedMentions: { parse: [], repliedUser: false },
    // A question whose message is gone meanwhile is still answered.
    failIfNotExists: false,
    rest: config.apiUrl === null ? {} : { api: config.apiUrl },
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

/** @throws {SitrepError} "bad-config" where there is no token, or Discord does not take it. */
export async function logIn(client: Client, { token }: DiscordConfig): Promise<void> {
  try {
    await client.login(token ?? "");
  } catch (fault) {
    const isRefused = fault instanceof Error && "code" in fault && fault.code === "TokenInvalid";
    if (!isRefused) throw fault;
    throw tokenRefused();
  }
}

export function tokenRefused(): SitrepError {
  return new SitrepError("bad-config", "Discord does not take the token in DISCORD_TOKEN", {
    hint: "Was it copied whole? Else reset it in Discord's developer portal, and set the new one.",
  });
}

/**
 * Discord tells a bot of threads in use only, and discord.js drops messages of channels that it does not know: a thread
 * that slept when the bot was started, or for some hours, would get no answer.
 */
export function isInUnknownThread(
  client: Client,
  { channel_id, guild_id, mentions }: GatewayMessageCreateDispatchData,
): boolean {
  const isMentioned = mentions.some(({ id }) => id === client.user?.id);
  return guild_id !== undefined && isMentioned && !client.channels.cache.has(channel_id);
}

/** The message of an event that discord.js dropped; null where it is of no channel that is written in. */
export async function fetchedMessage(client: Client, event: GatewayMessageCreateDispatchData): Promise<Message | null> {
  const channel = await client.channels.fetch(event.channel_id);
  return channel?.isTextBased() === true ? await channel.messages.fetch(event.id) : null;
}
