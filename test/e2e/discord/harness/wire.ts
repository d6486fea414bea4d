/** State as the JSON that Discord sends. `faithful.test.ts` holds these against Discord's own response schemas. */

import type { Json } from "./json.ts";
import { ALL, permissionsOf } from "./permissions.ts";
import type { Channel, Guild, GuildMember, Message, Role, State, User } from "./state.ts";

const iso = (time: number): string => new Date(time).toISOString();

export function userJson(user: User): Json {
  return {
    id: user.id,
    username: user.name,
    global_name: null,
    discriminator: user.bot ? "0001" : "0",
    avatar: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function memberJson(member: GuildMember): Json {
  return {
    user: userJson(member.user),
    nick: member.nick,
    roles: [...member.roles],
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    joined_at: "2024-01-01T00:00:00.000Z",
    premium_since: null,
    flags: 0,
    pending: false,
    mute: false,
    deaf: false,
  };
}

export function roleJson(role: Role, position: number): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

const isThread = (channel: Channel): boolean => channel.type === 11 || channel.type === 12;

export function channelJson(channel: Channel, position = 0): Json {
  const base = { id: channel.id, type: channel.type, flags: 0, last_message_id: channel.lastMessageId };
  if (channel.type === 1) return { ...base, recipients: channel.recipients.map(userJson) };
  if (isThread(channel)) return { ...base, ...threadFields(channel) };
  return {
    ...base,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: null,
    topic: null,
    position,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: [...channel.overwrites].map(([id, overwrite]) => ({
      id,
      type: overwrite.type,
      allow: overwrite.allow.toString(),
      deny: overwrite.deny.toString(),
    })),
  };
}

function threadFields(channel: Channel): Json {
  return {
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    owner_id: channel.ownerId,
    rate_limit_per_user: 0,
    message_count: channel.messages.size,
    total_message_sent: channel.messages.size,
    member_count: channel.threadMembers.size,
    thread_metadata: {
      archived: channel.archived,
      archive_timestamp: iso(channel.createdAt),
      auto_archive_duration: channel.autoArchive,
      locked: channel.locked,
      create_timestamp: iso(channel.createdAt),
    },
  };
}

export function threadMemberJson(channel: Channel, userId: string): Json {
  return { id: channel.id, user_id: userId, join_timestamp: iso(channel.createdAt), flags: 0 };
}

/** A message as it is given to whoever may read it in full. */
export function messageJson(state: State, message: Message, depth = 0): Json {
  const { channel, author, replyTo } = message;
  const thread = message.threadId === null ? undefined : state.channels.get(message.threadId);
  return {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: userJson(author),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments,
    flags: message.flags,
    timestamp: iso(message.createdAt),
    edited_timestamp: message.editedAt === null ? null : iso(message.editedAt),
    mentions: message.mentions.map(userJson),
    mention_roles: message.mentionedRoles,
    mention_everyone: message.mentionsEveryone,
    pinned: false,
    tts: false,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(author.id === state.bot.id ? { application_id: state.applicationId } : {}),
    ...(message.interactionMetadata === null
      ? {}
      : { interaction_metadata: message.interactionMetadata, webhook_id: state.applicationId }),
    ...(thread === undefined ? {} : { thread: channelJson(thread) }),
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsJson(state, message) }),
    ...(replyTo === null
      ? {}
      : {
          message_reference: {
            type: 0,
            channel_id: channel.id,
            message_id: replyTo.id,
            ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
          },
          ...(depth > 0 ? {} : { referenced_message: replyTo.deleted ? null : messageJson(state, replyTo, depth + 1) }),
        }),
  };
}

function reactionsJson(state: State, message: Message): Json[] {
  return [...message.reactions].map(([name, users]) => ({
    emoji: { id: null, name },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me: users.has(state.bot.id),
    me_burst: false,
  }));
}

/** A guild as the REST API gives it. */
export function guildJson(state: State, guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: "deprecated",
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map(roleJson),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
    approximate_member_count: guild.members.size,
    permissions: permissionsOf(guild, state.bot, null).toString(),
  };
}

/** A guild as GUILD_CREATE gives it: of the members only the bot, as without the intent for members. */
export function guildCreateJson(state: State, guild: Guild): Json {
  const self = guild.members.get(state.bot.id);
  const visible = [...guild.channels.values()];
  return {
    ...guildJson(state, guild),
    joined_at: "2024-01-01T00:00:00.000Z",
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: self === undefined ? [] : [memberJson(self)],
    channels: visible.filter((channel) => !isThread(channel)).map((channel, index) => channelJson(channel, index)),
    threads: visible.filter((channel) => isThread(channel) && !channel.archived).map((channel) => channelJson(channel)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The application as its own bot sees it. */
export function applicationJson(state: State): Json {
  return {
    id: state.applicationId,
    name: state.bot.name,
    icon: null,
    description: "",
    type: null,
    flags: 0,
    flags_new: "0",
    bot: userJson(state.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userJson({ id: "1", name: "owner", bot: false }),
    approximate_guild_count: state.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}

/** The permissions that an interaction states for a user; all of them in direct messages. */
export function permissionsText(state: State, user: User, channel: Channel): string {
  const guild = channel.guildId === null ? undefined : state.guilds.get(channel.guildId);
  return (guild === undefined ? ALL : permissionsOf(guild, user, channel)).toString();
}
