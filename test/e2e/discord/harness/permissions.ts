/** What a member may do in a channel, computed as Discord does: roles first, then the overwrites of the channel. */

import { PermissionFlagsBits, PermissionsBitField, type PermissionsString } from "discord.js";
import type { Channel, Guild, State, User } from "./state.ts";

export type { PermissionsString };

/** What everybody may do unless a channel says otherwise. */
export const EVERYONE: readonly PermissionsString[] = [
  "ViewChannel",
  "SendMessages",
  "SendMessagesInThreads",
  "CreatePublicThreads",
  "ReadMessageHistory",
  "EmbedLinks",
  "AttachFiles",
  "AddReactions",
  "UseApplicationCommands",
];

export const ALL = PermissionsBitField.All;

export function bits(names: readonly PermissionsString[]): bigint {
  return names.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
}

/** The permissions of a user in a guild, and in one of its channels when that is given. */
export function permissionsOf(guild: Guild, user: User, channel: Channel | null): bigint {
  if (guild.ownerId === user.id) return ALL;
  const member = guild.members.get(user.id);
  if (member === undefined) return 0n;
  let allowed = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const id of member.roles) allowed |= guild.roles.get(id)?.permissions ?? 0n;
  if ((allowed & PermissionFlagsBits.Administrator) !== 0n) return ALL;
  // A thread has no overwrites of its own: those of its parent count.
  const place = channel?.parentId == null ? channel : (guild.channels.get(channel.parentId) ?? channel);
  if (place === null) return allowed;
  const everyone = place.overwrites.get(guild.id);
  if (everyone !== undefined) allowed = (allowed & ~everyone.deny) | everyone.allow;
  let allow = 0n;
  let deny = 0n;
  for (const id of member.roles) {
    allow |= place.overwrites.get(id)?.allow ?? 0n;
    deny |= place.overwrites.get(id)?.deny ?? 0n;
  }
  allowed = (allowed & ~deny) | allow;
  const own = place.overwrites.get(user.id);
  if (own !== undefined) allowed = (allowed & ~own.deny) | own.allow;
  // Without seeing a channel, nothing in it can be done.
  return (allowed & PermissionFlagsBits.ViewChannel) === 0n ? 0n : allowed;
}

/** Which of the permissions a user lacks in a channel. In direct messages both sides have all that matter. */
export function missing(
  state: State,
  user: User,
  channel: Channel,
  names: readonly PermissionsString[],
): PermissionsString[] {
  if (channel.guildId === null) {
    return user.id === state.bot.id || channel.recipients.some(({ id }) => id === user.id) ? [] : [...names];
  }
  const guild = state.guilds.get(channel.guildId);
  if (guild === undefined) return [...names];
  const allowed = permissionsOf(guild, user, channel);
  return names.filter((name) => (allowed & PermissionFlagsBits[name]) === 0n);
}
