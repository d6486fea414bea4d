/** The commands that were registered, and which of them a user sees where. */

import { PermissionFlagsBits } from "discord.js";
import type { Core } from "./core.ts";
import { type Json, objects, text } from "./json.ts";
import { missing, permissionsOf } from "./permissions.ts";
import type { Channel, User } from "./state.ts";

export interface Command {
  readonly id: string;
  readonly name: string;
  /** 1 chat input, 2 user, 3 message. */
  readonly type: number;
  readonly guildId: string | null;
  /** As Discord answers it. */
  readonly json: Json;
}

export class Commands {
  readonly #core: Core;
  #all: Command[] = [];
  /** Commands made, for the limit of 200 a day in a guild. */
  created = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** The commands of a guild, or the global ones. */
  of(guildId: string | null): Command[] {
    return this.#all.filter((command) => command.guildId === guildId);
  }

  /** Replaces the commands of a guild, or the global ones; one that keeps its name and type keeps its id. */
  overwrite(guildId: string | null, bodies: readonly Json[]): Command[] {
    const before = this.of(guildId);
    const others = this.#all.filter((command) => command.guildId !== guildId);
    const made = bodies.map((body) => this.#make(guildId, body, before));
    this.#all = [...others, ...made];
    return made;
  }

  /** Adds a command, or replaces the one of that name and type. */
  put(guildId: string | null, body: Json): Command {
    const command = this.#make(guildId, body, this.of(guildId));
    this.#all = [...this.#all.filter(({ id }) => id !== command.id), command];
    return command;
  }

  remove(guildId: string | null, id: string): boolean {
    const before = this.#all.length;
    this.#all = this.#all.filter((command) => command.id !== id || command.guildId !== guildId);
    return this.#all.length < before;
  }

  #make(guildId: string | null, body: Json, before: readonly Command[]): Command {
    const name = text(body.name) ?? "";
    const type = typeof body.type === "number" ? body.type : 1;
    const known = before.find((command) => command.name === name && command.type === type);
    if (known === undefined) this.created += 1;
    const id = known?.id ?? this.#core.state.id();
    const { default_member_permissions: permissions, options, id: _id, ...rest } = withoutNulls(body);
    const json: Json = {
      contexts: guildId === null ? [0, 1, 2] : null,
      integration_types: [0],
      nsfw: false,
      ...rest,
      id,
      application_id: this.#core.state.applicationId,
      version: this.#core.state.id(),
      type,
      name,
      description: text(body.description) ?? "",
      default_member_permissions: permissions === undefined ? null : String(permissions),
      ...(guildId === null ? {} : { guild_id: guildId }),
      ...(options === undefined ? {} : { options: objects(options).map(withoutNulls) }),
    };
    return { id, name, type, guildId, json };
  }

  /** The command that a name means in a channel: one of the guild before a global one. */
  find(name: string, type: number, channel: Channel): Command | null {
    const matching = this.#all.filter((command) => command.name === name && command.type === type);
    return (
      matching.find(({ guildId }) => guildId !== null && guildId === channel.guildId) ??
      matching.find(({ guildId }) => guildId === null) ??
      null
    );
  }

  /** Why a user does not see a command in a channel; null when it is seen. */
  hiddenBecause(command: Command, user: User, channel: Channel): string | null {
    const { contexts, integration_types: installs, default_member_permissions: needed } = command.json;
    const context = channel.guildId === null ? 1 : 0;
    if (Array.isArray(contexts) && !contexts.includes(context)) {
      return `its contexts ${JSON.stringify(contexts)} do not hold ${context} (${context === 0 ? "servers" : "direct messages with the bot"})`;
    }
    if (Array.isArray(installs) && !installs.includes(0)) return "it is not for installations in a server";
    const guild = channel.guildId === null ? undefined : this.#core.state.guilds.get(channel.guildId);
    if (guild === undefined) return null;
    const lacking = missing(this.#core.state, user, channel, ["ViewChannel", "UseApplicationCommands"]);
    if (lacking.length > 0) return `the user lacks ${lacking.join(", ")} in #${channel.name}`;
    const allowed = permissionsOf(guild, user, channel);
    if (typeof needed !== "string" || (allowed & PermissionFlagsBits.Administrator) !== 0n) return null;
    const bits = BigInt(needed);
    // "0" means: nobody but administrators.
    if (bits !== 0n && (allowed & bits) === bits) return null;
    return `its default_member_permissions ${needed} are more than the user has`;
  }
}

const withoutNulls = (body: Json): Json =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));
