/** Who may do what. Discord hides commands by default only: a server can change that, so each handler asks here. */

import { type GuildMember, PermissionFlagsBits, type PermissionsBitField } from "discord.js";
import { MODERATOR_PERMISSION } from "./commands.ts";
import type { BotParts } from "./parts.ts";

interface Acting {
  readonly member: GuildMember | null;
  /** In the channel of the interaction, overwrites included. */
  readonly memberPermissions: Readonly<PermissionsBitField> | null;
}

/** Whether a member is a moderator: may manage the server, or has one of the roles of the settings. */
export function isModerator({ config }: Pick<BotParts, "config">, { member, memberPermissions }: Acting): boolean {
  return (
    memberPermissions?.has(MODERATOR_PERMISSION) === true ||
    config.moderatorRoleIds.some((id) => member?.roles.cache.has(id) === true)
  );
}

/** Whether a member may write where the interaction is: the bot must not be a way around that. */
export function mayWrite({ memberPermissions }: Acting, isThread: boolean): boolean {
  const write = isThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return memberPermissions?.has(write) === true;
}

/** Whether the bot serves a server. */
export function serves({ config }: Pick<BotParts, "config">, guildId: string): boolean {
  return config.guildIds.length === 0 || config.guildIds.includes(guildId);
}
