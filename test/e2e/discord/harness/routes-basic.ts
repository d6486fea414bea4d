/** Routes of the gateway, the application, users and guilds. */

import { type Answer, ApiError, type Call, CODE, param, type Route } from "./api.ts";
import type { Core } from "./core.ts";
import { text } from "./json.ts";
import { checked } from "./messages.ts";
import type { Guild } from "./state.ts";
import { applicationJson, channelJson, guildJson, memberJson, roleJson, userJson } from "./wire.ts";

function gateway(core: Core): Answer {
  const { identifyLimit } = core.settings;
  return {
    status: 200,
    body: {
      url: core.gateway.url(),
      shards: 1,
      session_start_limit: {
        total: identifyLimit,
        remaining: Math.max(0, identifyLimit - core.gateway.identifies),
        reset_after: 86_400_000,
        max_concurrency: 1,
      },
    },
  };
}

function guildOf(core: Core, call: Call): Guild {
  const guild = core.state.guilds.get(param(call, 0));
  if (guild === undefined) throw new ApiError(404, CODE.UNKNOWN_GUILD, "Unknown Guild");
  return guild;
}

function member(core: Core, call: Call): Answer {
  const found = guildOf(core, call).members.get(param(call, 1));
  if (found === undefined) throw new ApiError(404, CODE.UNKNOWN_MEMBER, "Unknown Member");
  return { status: 200, body: memberJson(found) };
}

function user(core: Core, call: Call): Answer {
  const found = core.state.users.get(param(call, 0));
  if (found === undefined) throw new ApiError(404, CODE.UNKNOWN_USER, "Unknown User");
  return { status: 200, body: userJson(found) };
}

function direct(core: Core, call: Call): Answer {
  const body = checked(core, call, "CreatePrivateChannelRequest");
  const recipient = core.state.users.get(text(body.recipient_id) ?? "");
  if (recipient === undefined || recipient.bot) throw new ApiError(400, CODE.UNKNOWN_USER, "Unknown User");
  return { status: 200, body: channelJson(core.state.directChannel(recipient)) };
}

const ok = (body: unknown): Answer => ({ status: 200, body });

export const BASIC_ROUTES: readonly Route[] = [
  { method: "GET", path: "/gateway", open: true, handle: (core) => ok({ url: core.gateway.url() }) },
  { method: "GET", path: "/gateway/bot", handle: gateway },
  {
    method: "GET",
    path: "/users/@me",
    handle: (core) =>
      ok({ ...userJson(core.state.bot), mfa_enabled: true, locale: "en-US", verified: true, email: null }),
  },
  { method: "GET", path: "/users/*", handle: user },
  { method: "POST", path: "/users/@me/channels", handle: direct },
  { method: "GET", path: "/applications/@me", handle: (core) => ok(applicationJson(core.state)) },
  { method: "GET", path: "/oauth2/applications/@me", handle: (core) => ok(applicationJson(core.state)) },
  { method: "GET", path: "/guilds/*", handle: (core, call) => ok(guildJson(core.state, guildOf(core, call))) },
  {
    method: "GET",
    path: "/guilds/*/channels",
    handle: (core, call) =>
      ok(
        [...guildOf(core, call).channels.values()]
          .filter(({ type }) => type === 0)
          .map((one, index) => channelJson(one, index)),
      ),
  },
  {
    method: "GET",
    path: "/guilds/*/roles",
    handle: (core, call) => ok([...guildOf(core, call).roles.values()].map(roleJson)),
  },
  { method: "GET", path: "/guilds/*/members/*", handle: member },
  {
    method: "GET",
    path: "/guilds/*/threads/active",
    handle: (core, call) => {
      const threads = [...guildOf(core, call).channels.values()].filter(
        ({ parentId, archived }) => parentId !== null && !archived,
      );
      return ok({ threads: threads.map((one) => channelJson(one)), members: [], has_more: false });
    },
  },
];
