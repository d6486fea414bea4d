/** Which gateway event tells of what, and how much of it a session may see. */

import type { Core } from "./core.ts";
import { INTENT, type Session } from "./gateway.ts";
import type { Json } from "./json.ts";
import { missing } from "./permissions.ts";
import type { Channel, Message } from "./state.ts";
import { channelJson, memberJson, messageJson, threadMemberJson } from "./wire.ts";

/**
 * A message as a session may see it. Without the intent MessageContent what somebody else wrote comes empty, unless
 * it mentions the bot or is a direct message.
 */
export function messageFor(core: Core, session: Pick<Session, "intents">, message: Message): Json {
  const whole = messageJson(core.state, message);
  if (seesContent(core, session, message)) {
    const reply = message.replyTo;
    if (reply === null || reply.deleted || seesContent(core, session, reply)) return whole;
    return { ...whole, referenced_message: emptied(messageJson(core.state, reply, 1)) };
  }
  return emptied(whole);
}

function seesContent(core: Core, session: Pick<Session, "intents">, message: Message): boolean {
  const { bot } = core.state;
  return (
    (session.intents & INTENT.MessageContent) !== 0 ||
    message.author.id === bot.id ||
    message.channel.type === 1 ||
    message.mentions.some(({ id }) => id === bot.id)
  );
}

function emptied(message: Json): Json {
  return { ...message, content: "", embeds: [], components: [], attachments: [] };
}

/** Whether the bot is told of a message at all: not of ephemeral ones, and of none where it may not look. */
function isTold(core: Core, { channel, ephemeralFor }: Message): boolean {
  return ephemeralFor === null && missing(core.state, core.state.bot, channel, ["ViewChannel"]).length === 0;
}

export function tellMessage(core: Core, event: "MESSAGE_CREATE" | "MESSAGE_UPDATE", message: Message): void {
  core.changes.notify(message.id);
  core.changes.notify(message.channel.id);
  if (message.interactionId !== null) core.changes.notify(message.interactionId);
  if (!isTold(core, message)) return;
  const { channel, author } = message;
  const guild = channel.guildId === null ? undefined : core.state.guilds.get(channel.guildId);
  const member = guild?.members.get(author.id);
  const { user: _, ...partial } = member === undefined ? { user: null } : memberJson(member);
  core.gateway.dispatch(event, guild === undefined ? INTENT.DirectMessages : INTENT.GuildMessages, (session) => ({
    ...messageFor(core, session, message),
    channel_type: channel.type,
    ...(guild === undefined ? {} : { guild_id: guild.id, member: partial }),
  }));
}

export function tellDeleted(core: Core, message: Message): void {
  core.changes.notify(message.id);
  core.changes.notify(message.channel.id);
  if (message.interactionId !== null) core.changes.notify(message.interactionId);
  if (!isTold(core, message)) return;
  const { guildId } = message.channel;
  core.gateway.dispatch("MESSAGE_DELETE", guildId === null ? INTENT.DirectMessages : INTENT.GuildMessages, () => ({
    id: message.id,
    channel_id: message.channel.id,
    ...(guildId === null ? {} : { guild_id: guildId }),
  }));
}

export function tellChannel(
  core: Core,
  event: "THREAD_CREATE" | "THREAD_UPDATE" | "THREAD_DELETE" | "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE",
  channel: Channel,
): void {
  core.changes.notify(channel.id);
  if (channel.parentId !== null) core.changes.notify(channel.parentId);
  if (missing(core.state, core.state.bot, channel, ["ViewChannel"]).length > 0) return;
  core.gateway.dispatch(event, channel.type === 1 ? 0 : INTENT.Guilds, () => ({
    ...channelJson(channel),
    ...(event === "THREAD_CREATE" ? { newly_created: true } : {}),
    ...(channel.threadMembers.has(core.state.bot.id) ? { member: threadMemberJson(channel, core.state.bot.id) } : {}),
  }));
}

export function tellReaction(
  core: Core,
  event: "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE",
  message: Message,
  userId: string,
  emoji: string,
): void {
  core.changes.notify(message.id);
  const { guildId } = message.channel;
  if (guildId === null || !isTold(core, message)) return;
  core.gateway.dispatch(event, INTENT.GuildMessageReactions, () => ({
    user_id: userId,
    channel_id: message.channel.id,
    message_id: message.id,
    guild_id: guildId,
    emoji: { id: null, name: emoji },
    burst: false,
    type: 0,
    ...(event === "MESSAGE_REACTION_ADD" ? { message_author_id: message.author.id } : {}),
  }));
}
