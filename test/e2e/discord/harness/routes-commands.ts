/** Routes that register commands, for all servers or one. */

import { type Answer, ApiError, type Call, CODE, param, type Route } from "./api.ts";
import { commandFaults } from "./command-rules.ts";
import type { Core } from "./core.ts";
import { isObject, type Json, objects } from "./json.ts";
import { refuseFaults } from "./messages.ts";
import { schemaFaults } from "./schemas.ts";

/** 200 commands may be made in a day, for one server. */
const CREATED_A_DAY = 200;

interface Scope {
  readonly guildId: string | null;
  /** The parameters after application and server. */
  readonly rest: readonly string[];
}

function scopeOf(core: Core, call: Call): Scope {
  if (param(call, 0) !== core.state.applicationId)
    throw new ApiError(403, 20012, "You are not authorized to perform this action on this application");
  const inGuild = call.request.includes("/guilds/");
  const guildId = inGuild ? param(call, 1) : null;
  if (guildId !== null && !core.state.guilds.has(guildId)) throw new ApiError(404, CODE.UNKNOWN_GUILD, "Unknown Guild");
  return { guildId, rest: call.params.slice(inGuild ? 2 : 1) };
}

/** Permissions may come as a text or a number; Discord's description has them as a number. */
function forSchema(command: unknown): unknown {
  if (!isObject(command) || typeof command.default_member_permissions !== "string") return command;
  const permissions = command.default_member_permissions;
  return { ...command, default_member_permissions: /^\d+$/.test(permissions) ? Number(permissions) : permissions };
}

function refuse(core: Core, call: Call, schema: string, bodies: readonly unknown[]): void {
  const faults = bodies.flatMap((body, index) =>
    schemaFaults(schema, forSchema(body)).map((message) => ({
      rule: "schema" as const,
      message: `command ${index}: ${message}`,
    })),
  );
  refuseFaults(core, call, faults);
  refuseFaults(core, call, commandFaults(objects(bodies), !call.request.includes("/guilds/")));
}

function list(core: Core, call: Call): Answer {
  return { status: 200, body: core.commands.of(scopeOf(core, call).guildId).map(({ json }) => json) };
}

function overwrite(core: Core, call: Call): Answer {
  const { guildId } = scopeOf(core, call);
  if (!Array.isArray(call.body))
    refuseFaults(core, call, [{ rule: "schema", message: "the body is no list of commands" }]);
  const bodies = call.body as unknown[];
  refuse(core, call, "ApplicationCommandUpdateRequest", bodies);
  const made = core.commands.overwrite(guildId, objects(bodies));
  limitCreated(core, call);
  return { status: 200, body: made.map(({ json }) => json) };
}

function limitCreated(core: Core, call: Call): void {
  if (core.commands.created <= CREATED_A_DAY) return;
  core.violations.add("command-count", `more than ${CREATED_A_DAY} commands were made`, call.request);
  throw new ApiError(400, CODE.TOO_MANY_COMMANDS, "Maximum number of application commands reached");
}

function create(core: Core, call: Call): Answer {
  const { guildId } = scopeOf(core, call);
  refuse(core, call, "ApplicationCommandCreateRequest", [call.body]);
  const before = core.commands.created;
  const { json } = core.commands.put(guildId, call.body as Json);
  limitCreated(core, call);
  return { status: core.commands.created > before ? 201 : 200, body: json };
}

function one(core: Core, call: Call): Json {
  const { guildId, rest } = scopeOf(core, call);
  const found = core.commands.of(guildId).find(({ id }) => id === rest[0]);
  if (found === undefined) throw new ApiError(404, CODE.UNKNOWN_COMMAND, "Unknown application command");
  return found.json;
}

function show(core: Core, call: Call): Answer {
  return { status: 200, body: one(core, call) };
}

function change(core: Core, call: Call): Answer {
  const before = one(core, call);
  refuse(core, call, "ApplicationCommandPatchRequestPartial", [
    { ...(call.body as Json), name: (call.body as Json).name ?? before.name },
  ]);
  const { guildId } = scopeOf(core, call);
  core.commands.remove(guildId, String(before.id));
  return { status: 200, body: core.commands.put(guildId, { ...before, ...(call.body as Json) }).json };
}

function remove(core: Core, call: Call): Answer {
  const { id } = one(core, call);
  core.commands.remove(scopeOf(core, call).guildId, String(id));
  return { status: 204 };
}

export const COMMAND_ROUTES: readonly Route[] = ["/applications/*", "/applications/*/guilds/*"].flatMap(
  (scope): Route[] => [
    { method: "GET", path: `${scope}/commands`, handle: list },
    { method: "PUT", path: `${scope}/commands`, handle: overwrite },
    { method: "POST", path: `${scope}/commands`, handle: create },
    { method: "GET", path: `${scope}/commands/*`, handle: show },
    { method: "PATCH", path: `${scope}/commands/*`, handle: change },
    { method: "DELETE", path: `${scope}/commands/*`, handle: remove },
  ],
);
