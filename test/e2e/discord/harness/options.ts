/** The options of a command as a user gives them, checked as a Discord client checks them. */

import type { Core } from "./core.ts";
import { isObject, type Json, number, objects, text } from "./json.ts";
import { addFile } from "./messages.ts";
import type { Channel, Guild, Role, User } from "./state.ts";
import { channelJson, memberJson, permissionsText, roleJson, userJson } from "./wire.ts";

/** A file that a user hangs on a command. */
export interface Upload {
  readonly name: string;
  readonly content: Buffer | string;
  readonly contentType?: string;
}

export type OptionValue =
  | string
  | number
  | boolean
  | Upload
  | { readonly user: User }
  | { readonly channel: Channel }
  | { readonly role: Role };
export type Options = Readonly<Record<string, OptionValue>>;

export interface Given {
  readonly options: Json[];
  readonly resolved: Json;
}

/**
 * Options as they are sent.
 * @param definitions the options of the command or subcommand
 * @param check whether to refuse what a client would not send
 * @throws Error for what a client would not send
 */
export function givenOptions(
  core: Core,
  guild: Guild | null,
  definitions: readonly Json[],
  given: Options,
  check: boolean,
): Given {
  const resolved: Record<string, Json> = {};
  const resolve = (kind: string, id: string, value: Json): void => {
    resolved[kind] = { ...resolved[kind], [id]: value };
  };
  const unknown = Object.keys(given).find((name) => !definitions.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `the command has no option "${unknown}", but ${definitions.map(({ name }) => name).join(", ") || "none"}`,
    );
  }
  const options = definitions.flatMap((definition): Json[] => {
    const name = String(definition.name);
    const value = given[name];
    if (value === undefined) {
      if (check && definition.required === true) throw new Error(`the option "${name}" is required`);
      return [];
    }
    const sent = sentValue(core, guild, definition, value, resolve);
    if (check) checkValue(definition, sent);
    return [{ name, type: definition.type, value: sent }];
  });
  return { options, resolved };
}

function sentValue(
  core: Core,
  guild: Guild | null,
  definition: Json,
  value: OptionValue,
  resolve: (kind: string, id: string, value: Json) => void,
): string | number | boolean {
  const { name, type } = definition;
  const wrong = (wanted: string): Error =>
    new Error(`the option "${name}" takes ${wanted}, not ${JSON.stringify(value)}`);
  if (type === 3 && typeof value !== "string") throw wrong("text");
  if ((type === 4 || type === 10) && typeof value !== "number") throw wrong("a number");
  if (type === 4 && !Number.isInteger(value)) throw wrong("a whole number");
  if (type === 5 && typeof value !== "boolean") throw wrong("true or false");
  if (typeof value !== "object") {
    if (Number(type) > 5 && type !== 10) throw wrong("a member, channel, role or file");
    return value;
  }
  if ("user" in value && (type === 6 || type === 9)) {
    resolve("users", value.user.id, userJson(value.user));
    const member = guild?.members.get(value.user.id);
    if (member !== undefined) {
      const { user: _, ...partial } = memberJson(member);
      resolve("members", value.user.id, { ...partial, permissions: "0" });
    }
    return value.user.id;
  }
  if ("channel" in value && type === 7) {
    const { channel } = value;
    resolve("channels", channel.id, {
      ...channelJson(channel),
      permissions: permissionsText(core.state, core.state.bot, channel),
    });
    return channel.id;
  }
  if ("role" in value && (type === 8 || type === 9)) {
    resolve("roles", value.role.id, roleJson(value.role, 0));
    return value.role.id;
  }
  if ("content" in value && type === 11) {
    const content = Buffer.from(value.content);
    const file = addFile(core, value.name, value.contentType ?? "text/plain", content);
    resolve("attachments", String(file.id), { ...file, ephemeral: true });
    return String(file.id);
  }
  throw wrong(`what its type ${type} stands for`);
}

function checkValue(definition: Json, value: string | number | boolean): void {
  const name = String(definition.name);
  const choices = objects(definition.choices).map((choice) => choice.value);
  if (choices.length > 0 && !choices.includes(value))
    throw new Error(`the option "${name}" has no choice ${JSON.stringify(value)}, but ${JSON.stringify(choices)}`);
  if (definition.type === 3) {
    const { length } = String(value);
    const least = number(definition.min_length) ?? 0;
    const most = number(definition.max_length) ?? 6000;
    if (length < least || length > most)
      throw new Error(`the option "${name}" takes ${least} to ${most} characters, not ${length}`);
    // A client does not send a required option that is empty.
    if (length === 0) throw new Error(`the option "${name}" is empty`);
  }
  const least = number(definition.min_value);
  const most = number(definition.max_value);
  if (least !== null && Number(value) < least) throw new Error(`the option "${name}" is at least ${least}`);
  if (most !== null && Number(value) > most) throw new Error(`the option "${name}" is at most ${most}`);
}

/** The options of the subcommand that `path` names, and how to wrap what is given for it. */
export function subcommand(
  command: Json,
  path: readonly string[],
): { definitions: Json[]; wrap: (options: Json[]) => Json[] } {
  let definitions = objects(command.options);
  const parts: Json[] = [];
  for (const name of path) {
    const part = definitions.find((one) => one.name === name && (one.type === 1 || one.type === 2));
    if (part === undefined)
      throw new Error(
        `/${command.name} has no subcommand "${name}", but ${definitions.map((one) => one.name).join(", ")}`,
      );
    parts.push(part);
    definitions = objects(part.options);
  }
  if (definitions.some(({ type }) => type === 1 || type === 2))
    throw new Error(
      `/${[command.name, ...path].join(" ")} needs a subcommand: ${definitions.map((one) => one.name).join(", ")}`,
    );
  return {
    definitions,
    wrap: (options) => parts.reduceRight<Json[]>((inner, { name, type }) => [{ name, type, options: inner }], options),
  };
}

/** Whether an option of a name is in the list, for messages. */
export function optionNamed(definitions: readonly Json[], name: string): Json {
  const found = definitions.find((one) => one.name === name);
  if (found === undefined || !isObject(found))
    throw new Error(`the command has no option "${name}", but ${definitions.map((one) => text(one.name)).join(", ")}`);
  return found;
}
