/** What the server knows: users, guilds, channels, messages. Plain data; how it looks on the wire is in wire.ts. */

import type { Json } from "./json.ts";

/** Bits of a message's flags. */
export const FLAG = { SUPPRESS_EMBEDS: 4, EPHEMERAL: 64, LOADING: 128, COMPONENTS_V2: 32768 } as const;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  readonly mentionable: boolean;
}

export interface GuildMember {
  readonly user: User;
  readonly nick: string | null;
  readonly roles: Set<string>;
}

export interface Overwrite {
  /** 0 for a role, 1 for a member. */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, GuildMember>;
  readonly channels: Map<string, Channel>;
}

export interface Channel {
  readonly id: string;
  /** 0 text, 1 direct messages, 11 public thread, 12 private thread. */
  readonly type: 0 | 1 | 11 | 12;
  name: string;
  readonly guildId: string | null;
  /** The channel that a thread is in. */
  readonly parentId: string | null;
  readonly ownerId: string | null;
  readonly overwrites: Map<string, Overwrite>;
  readonly recipients: readonly User[];
  readonly messages: Map<string, Message>;
  lastMessageId: string | null;
  readonly threadMembers: Set<string>;
  archived: boolean;
  locked: boolean;
  autoArchive: number;
  readonly createdAt: number;
}

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  /** 0 default, 18 thread created, 19 reply, 20 chat-input command, 23 context-menu command. */
  readonly type: number;
  content: string;
  embeds: Json[];
  components: Json[];
  attachments: Json[];
  flags: number;
  readonly createdAt: number;
  editedAt: number | null;
  readonly replyTo: Message | null;
  readonly mentions: User[];
  readonly mentionedRoles: string[];
  mentionsEveryone: boolean;
  /** The interaction that this message answers. */
  readonly interactionId: string | null;
  /** What Discord says about that interaction in the message. */
  readonly interactionMetadata: Json | null;
  /** The only user who sees an ephemeral message. */
  readonly ephemeralFor: string | null;
  deleted: boolean;
  threadId: string | null;
  readonly nonce: string | number | null;
  /** Emoji to the ids of who reacted with it. */
  readonly reactions: Map<string, Set<string>>;
  /** How often it was changed since it was made. */
  edits: number;
}

/** Makes ids that grow with time, as Discord's do; they carry the time in milliseconds since 2015. */
export class Snowflakes {
  #last = 0n;

  next(now: number): string {
    const wanted = (BigInt(Math.floor(now)) - 1420070400000n) << 22n;
    this.#last = wanted > this.#last ? wanted : this.#last + 1n;
    return this.#last.toString();
  }
}

export class State {
  readonly snowflakes = new Snowflakes();
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  /** Channels of guilds, threads and direct messages. */
  readonly channels = new Map<string, Channel>();
  /** The bot's messages that were sent with a nonce that must be new, by that nonce. */
  readonly enforced = new Map<string, Message>();
  /** Users who take no direct messages from the bot. */
  readonly closedToMessages = new Set<string>();
  readonly bot: User;
  readonly applicationId: string;
  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    this.applicationId = this.id();
    this.bot = { id: this.applicationId, name: "sitrep", bot: true };
    this.users.set(this.bot.id, this.bot);
  }

  id(): string {
    return this.snowflakes.next(this.now());
  }

  addUser(name: string, bot = false): User {
    const user: User = { id: this.id(), name, bot };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(
    fields: Pick<Channel, "type" | "name"> &
      Partial<Pick<Channel, "guildId" | "parentId" | "ownerId" | "recipients">> & {
        readonly id?: string;
      },
  ): Channel {
    const channel: Channel = {
      id: fields.id ?? this.id(),
      type: fields.type,
      name: fields.name,
      guildId: fields.guildId ?? null,
      parentId: fields.parentId ?? null,
      ownerId: fields.ownerId ?? null,
      recipients: fields.recipients ?? [],
      overwrites: new Map(),
      messages: new Map(),
      lastMessageId: null,
      threadMembers: new Set(),
      archived: false,
      locked: false,
      autoArchive: 1440,
      createdAt: this.now(),
    };
    this.channels.set(channel.id, channel);
    if (channel.guildId !== null) this.guilds.get(channel.guildId)?.channels.set(channel.id, channel);
    return channel;
  }

  /** The channel of direct messages between the bot and a user; made when it is not there. */
  directChannel(user: User): Channel {
    const known = [...this.channels.values()].find(
      ({ type, recipients }) => type === 1 && recipients.some(({ id }) => id === user.id),
    );
    return known ?? this.addChannel({ type: 1, name: user.name, recipients: [user] });
  }

  addMessage(
    channel: Channel,
    author: User,
    fields: Partial<Omit<Message, "id" | "channel" | "author" | "createdAt">>,
  ): Message {
    const message: Message = {
      id: this.id(),
      channel,
      author,
      type: 0,
      content: "",
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
      createdAt: this.now(),
      editedAt: null,
      replyTo: null,
      mentions: [],
      mentionedRoles: [],
      mentionsEveryone: false,
      interactionId: null,
      interactionMetadata: null,
      ephemeralFor: null,
      deleted: false,
      threadId: null,
      nonce: null,
      reactions: new Map(),
      edits: 0,
      ...fields,
    };
    channel.messages.set(message.id, message);
    channel.lastMessageId = message.id;
    return message;
  }
}
