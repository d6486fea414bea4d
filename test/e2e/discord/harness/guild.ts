/** A server of the test: its channels and members. */

import type { Core } from "./core.ts";
import { tellChannel } from "./events.ts";
import { Member } from "./member.ts";
import { bits, EVERYONE, type PermissionsString } from "./permissions.ts";
import { Place, type Rights } from "./place.ts";
import type { Guild, GuildMember, Role } from "./state.ts";

export interface NewMember {
  readonly name: string;
  /** On top of what everybody may do. */
  readonly permissions?: readonly PermissionsString[];
  readonly roles?: readonly Role[];
  readonly nick?: string;
  /** Whether the bot can write to them directly; true unless told. */
  readonly takesDirectMessages?: boolean;
}

export class TestGuild {
  readonly guild: Guild;
  readonly #core: Core;

  constructor(core: Core, guild: Guild) {
    this.#core = core;
    this.guild = guild;
  }

  get id(): string {
    return this.guild.id;
  }

  /** The text channel of a name, made when it is not there. @param bot what the bot may or may not do in it */
  channel(name: string, { bot, everyone }: { readonly bot?: Rights; readonly everyone?: Rights } = {}): Place {
    const known = [...this.guild.channels.values()].find((channel) => channel.name === name && channel.type === 0);
    const channel = known ?? this.#core.state.addChannel({ type: 0, name, guildId: this.id });
    const place = new Place(this.#core, channel);
    if (everyone !== undefined) place.permit("everyone", everyone);
    if (bot !== undefined) place.permit("bot", bot);
    if (known === undefined) tellChannel(this.#core, "CHANNEL_CREATE", channel);
    return place;
  }

  role(name: string, permissions: readonly PermissionsString[] = []): Role {
    const role: Role = { id: this.#core.state.id(), name, permissions: bits(permissions), mentionable: false };
    this.guild.roles.set(role.id, role);
    return role;
  }

  /** A new member. */
  member({ name, permissions = [], roles = [], nick, takesDirectMessages = true }: NewMember): Member {
    const user = this.#core.state.addUser(name);
    const all = permissions.length === 0 ? roles : [...roles, this.role(`permissions of ${name}`, permissions)];
    const member: GuildMember = { user, nick: nick ?? null, roles: new Set(all.map(({ id }) => id)) };
    this.guild.members.set(user.id, member);
    if (!takesDirectMessages) this.#core.state.closedToMessages.add(user.id);
    return new Member(this.#core, this.guild, member);
  }
}

/** Makes a server that the bot is in. @param permissions what the bot's role allows, on top of what everybody may do */
export function addGuild(core: Core, name: string, permissions: readonly PermissionsString[]): TestGuild {
  const { state } = core;
  const id = state.id();
  const guild: Guild = {
    id,
    name,
    ownerId: state.addUser(`owner of ${name}`).id,
    locale: "en-US",
    roles: new Map(),
    members: new Map(),
    channels: new Map(),
  };
  // The role of everybody has the server's own id.
  guild.roles.set(id, { id, name: "@everyone", permissions: bits(EVERYONE), mentionable: false });
  const role: Role = { id: state.id(), name: state.bot.name, permissions: bits(permissions), mentionable: false };
  guild.roles.set(role.id, role);
  guild.members.set(state.bot.id, { user: state.bot, nick: null, roles: new Set([role.id]) });
  state.guilds.set(id, guild);
  return new TestGuild(core, guild);
}
