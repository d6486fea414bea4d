/** Routes of channels, messages, threads and reactions. */

import { type Answer, ApiError, type Call, CODE, param, type Route } from "./api.ts";
import type { Core } from "./core.ts";
import { tellChannel, tellDeleted, tellMessage, tellReaction } from "./events.ts";
import { isObject, number, text } from "./json.ts";
import { checked, createMessage, editMessage } from "./messages.ts";
import { missing, type PermissionsString } from "./permissions.ts";
import type { Channel, Message } from "./state.ts";
import { channelJson, messageJson, threadMemberJson, userJson } from "./wire.ts";

/** The channel of the route, where the bot has these permissions. @throws ApiError 10003, 50001 or 50013 */
function channelOf(core: Core, call: Call, ...needed: readonly PermissionsString[]): Channel {
  const channel = core.state.channels.get(param(call, 0));
  if (channel === undefined) throw new ApiError(404, CODE.UNKNOWN_CHANNEL, "Unknown Channel");
  const { bot } = core.state;
  if (missing(core.state, bot, channel, ["ViewChannel"]).length > 0) {
    core.violations.add("missing-permission", `the bot does not see #${channel.name}`, call.request);
    throw new ApiError(403, CODE.MISSING_ACCESS, "Missing Access");
  }
  const lacking = missing(core.state, bot, channel, needed);
  if (lacking.length > 0) {
    core.violations.add("missing-permission", `the bot lacks ${lacking.join(", ")} in #${channel.name}`, call.request);
    throw new ApiError(403, CODE.MISSING_PERMISSIONS, "Missing Permissions");
  }
  return channel;
}

/** A message that the bot may know of: an ephemeral one is only reached through its interaction. */
function messageOf(channel: Channel, id: string | undefined): Message {
  const message = channel.messages.get(id ?? "");
  if (message === undefined || message.deleted || message.ephemeralFor !== null) {
    throw new ApiError(404, CODE.UNKNOWN_MESSAGE, "Unknown Message");
  }
  return message;
}

function post(core: Core, call: Call): Answer {
  const place = core.state.channels.get(param(call, 0));
  const channel = channelOf(core, call, place?.parentId == null ? "SendMessages" : "SendMessagesInThreads");
  if (channel.type === 1) refuseUnwanted(core, channel);
  if (channel.locked) throw new ApiError(400, CODE.ARCHIVED_THREAD, "Thread is locked");
  const body = checked(core, call, "MessageCreateRequest");
  const reference = isObject(body.message_reference) ? body.message_reference : null;
  const replyTo = reference === null ? null : channel.messages.get(text(reference.message_id) ?? "");
  const isGone = replyTo === undefined || replyTo?.deleted === true;
  if (isGone && reference?.fail_if_not_exists !== false) {
    throw new ApiError(400, CODE.INVALID_FORM, "Invalid Form Body", {
      message_reference: { _errors: [{ code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" }] },
    });
  }
  // To write into an archived thread opens it again.
  if (channel.archived) {
    channel.archived = false;
    tellChannel(core, "THREAD_UPDATE", channel);
  }
  const message = createMessage(core, call, channel, body, { replyTo: isGone ? null : (replyTo ?? null) });
  return { status: 200, body: messageJson(core.state, message) };
}

/** @throws ApiError where whoever a direct message is for cannot be written to. */
function refuseUnwanted({ state }: Core, { recipients }: Channel): void {
  const isTogether = (id: string) => [...state.guilds.values()].some(({ members }) => members.has(id));
  if (!recipients.every(({ id }) => isTogether(id))) {
    const message = "Cannot send messages to this user due to having no mutual guilds";
    throw new ApiError(403, CODE.NO_MUTUAL_GUILDS, message);
  }
  if (recipients.some(({ id }) => state.closedToMessages.has(id))) {
    throw new ApiError(403, CODE.NO_DIRECT_MESSAGES, "Cannot send messages to this user");
  }
}

const PLACES = ["around", "before", "after"] as const;

/**
 * Messages of a channel, newest first: those right behind the one that is named, right before it, or on both sides; the
 * newest where none is named.
 */
function list(core: Core, call: Call): Answer {
  const channel = channelOf(core, call, "ReadMessageHistory");
  const limit = Number(call.query.get("limit") ?? 50);
  const named = PLACES.filter((place) => call.query.has(place));
  const id = call.query.get(named[0] ?? "");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100 || named.length > 1 || (id !== null && !/^\d+$/.test(id))) {
    core.violations.add("query", `messages of a channel are not given for ?${call.query}`, call.request);
    throw new ApiError(400, CODE.INVALID_FORM, "Invalid Form Body");
  }
  const all = [...channel.messages.values()].filter(({ deleted, ephemeralFor }) => !deleted && ephemeralFor === null);
  const page = id === null ? all.slice(-limit) : pageOf(all, limit, named[0] ?? "before", BigInt(id));
  return { status: 200, body: page.toReversed().map((message) => messageJson(core.state, message)) };
}

/** @param all oldest first, as what is given back. */
function pageOf(all: readonly Message[], limit: number, place: (typeof PLACES)[number], id: bigint): Message[] {
  const before = all.filter((message) => BigInt(message.id) < id);
  const after = all.filter((message) => BigInt(message.id) > id);
  if (place === "before") return before.slice(-limit);
  if (place === "after") return after.slice(0, limit);
  const half = Math.floor(limit / 2);
  const itself = all.filter((message) => BigInt(message.id) === id);
  return [...(half === 0 ? [] : before.slice(-half)), ...itself, ...after.slice(0, half)].slice(0, limit);
}

function show(core: Core, call: Call): Answer {
  const message = messageOf(channelOf(core, call, "ReadMessageHistory"), call.params[1]);
  return { status: 200, body: messageJson(core.state, message) };
}

function edit(core: Core, call: Call): Answer {
  const message = messageOf(channelOf(core, call), call.params[1]);
  if (message.author.id !== core.state.bot.id) {
    core.violations.add("foreign-message", "the message is not the bot's", call.request);
    throw new ApiError(403, CODE.FOREIGN_MESSAGE, "Cannot edit a message authored by another user");
  }
  editMessage(core, call, message, checked(core, call, "MessageEditRequestPartial"));
  return { status: 200, body: messageJson(core.state, message) };
}

function remove(core: Core, call: Call): Answer {
  const channel = channelOf(core, call);
  const message = messageOf(channel, call.params[1]);
  if (
    message.author.id !== core.state.bot.id &&
    missing(core.state, core.state.bot, channel, ["ManageMessages"]).length > 0
  ) {
    core.violations.add("foreign-message", "the message is not the bot's", call.request);
    throw new ApiError(403, CODE.MISSING_PERMISSIONS, "Missing Permissions");
  }
  message.deleted = true;
  tellDeleted(core, message);
  return { status: 204 };
}

function threadFromMessage(core: Core, call: Call): Answer {
  const channel = channelOf(core, call, "CreatePublicThreads", "ReadMessageHistory");
  const message = messageOf(channel, call.params[1]);
  const body = checked(core, call, "CreateTextThreadWithMessageRequest");
  if (message.threadId !== null) {
    throw new ApiError(400, CODE.THREAD_EXISTS, "A thread has already been created for this message");
  }
  // A thread that begins at a message has the message's id.
  const thread = openThread(core, channel, { name: String(body.name), id: message.id, type: 11 });
  thread.autoArchive = number(body.auto_archive_duration) ?? 1440;
  message.threadId = thread.id;
  tellChannel(core, "THREAD_CREATE", thread);
  tellMessage(core, "MESSAGE_UPDATE", message);
  return { status: 201, body: channelJson(thread) };
}

function thread(core: Core, call: Call): Answer {
  const type = isObject(call.body) && call.body.type === 11 ? 11 : 12;
  const channel = channelOf(core, call, type === 11 ? "CreatePublicThreads" : "CreatePrivateThreads");
  const body = checked(core, call, "CreateTextThreadWithoutMessageRequest");
  const made = openThread(core, channel, { name: String(body.name), type });
  made.autoArchive = number(body.auto_archive_duration) ?? 1440;
  tellChannel(core, "THREAD_CREATE", made);
  return { status: 201, body: channelJson(made) };
}

function openThread(core: Core, parent: Channel, fields: { name: string; type: 11 | 12; id?: string }): Channel {
  const made = core.state.addChannel({
    ...fields,
    guildId: parent.guildId,
    parentId: parent.id,
    ownerId: core.state.bot.id,
  });
  made.threadMembers.add(core.state.bot.id);
  return made;
}

function change(core: Core, call: Call): Answer {
  const channel = channelOf(core, call);
  const isThread = channel.parentId !== null;
  const mayManage = missing(core.state, core.state.bot, channel, [isThread ? "ManageThreads" : "ManageChannels"]);
  if (mayManage.length > 0 && channel.ownerId !== core.state.bot.id) {
    core.violations.add(
      "missing-permission",
      `the bot lacks ${mayManage.join(", ")} in #${channel.name}`,
      call.request,
    );
    throw new ApiError(403, CODE.MISSING_PERMISSIONS, "Missing Permissions");
  }
  const body = checked(core, call, isThread ? "UpdateThreadRequestPartial" : "UpdateGuildChannelRequestPartial");
  channel.name = text(body.name) ?? channel.name;
  if (typeof body.archived === "boolean") channel.archived = body.archived;
  if (typeof body.locked === "boolean") channel.locked = body.locked;
  tellChannel(core, isThread ? "THREAD_UPDATE" : "CHANNEL_UPDATE", channel);
  return { status: 200, body: channelJson(channel) };
}

function typing(core: Core, call: Call): Answer {
  channelOf(core, call, "SendMessages");
  return { status: 204 };
}

function threadMember(core: Core, call: Call): Answer {
  const channel = channelOf(core, call);
  const user = call.params[1] ?? core.state.bot.id;
  if (call.method === "PUT") channel.threadMembers.add(user);
  else if (call.method === "DELETE") channel.threadMembers.delete(user);
  else if (!channel.threadMembers.has(user)) throw new ApiError(404, CODE.UNKNOWN_MEMBER, "Unknown Member");
  else return { status: 200, body: threadMemberJson(channel, user) };
  return { status: 204 };
}

function threadMembers(core: Core, call: Call): Answer {
  const channel = channelOf(core, call);
  return { status: 200, body: [...channel.threadMembers].map((user) => threadMemberJson(channel, user)) };
}

function react(core: Core, call: Call): Answer {
  const adds = call.method === "PUT";
  const channel = channelOf(core, call, ...(adds ? (["AddReactions", "ReadMessageHistory"] as const) : []));
  const message = messageOf(channel, call.params[1]);
  const emoji = param(call, 2);
  const users = message.reactions.get(emoji) ?? new Set();
  if (adds) message.reactions.set(emoji, users.add(core.state.bot.id));
  else if (users.delete(core.state.bot.id) && users.size === 0) message.reactions.delete(emoji);
  tellReaction(core, adds ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", message, core.state.bot.id, emoji);
  return { status: 204 };
}

function reactors(core: Core, call: Call): Answer {
  const message = messageOf(channelOf(core, call), call.params[1]);
  const ids = [...(message.reactions.get(param(call, 2)) ?? [])];
  return { status: 200, body: ids.flatMap((id) => core.state.users.get(id) ?? []).map(userJson) };
}

export const CHANNEL_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/channels/*",
    handle: (core, call) => ({ status: 200, body: channelJson(channelOf(core, call)) }),
  },
  { method: "PATCH", path: "/channels/*", handle: change },
  { method: "POST", path: "/channels/*/typing", handle: typing },
  { method: "GET", path: "/channels/*/messages", handle: list },
  { method: "POST", path: "/channels/*/messages", handle: post },
  { method: "GET", path: "/channels/*/messages/*", handle: show },
  { method: "PATCH", path: "/channels/*/messages/*", handle: edit },
  { method: "DELETE", path: "/channels/*/messages/*", handle: remove },
  { method: "POST", path: "/channels/*/messages/*/threads", handle: threadFromMessage },
  { method: "POST", path: "/channels/*/threads", handle: thread },
  { method: "GET", path: "/channels/*/thread-members", handle: threadMembers },
  { method: "PUT", path: "/channels/*/thread-members/@me", handle: threadMember },
  { method: "DELETE", path: "/channels/*/thread-members/@me", handle: threadMember },
  { method: "GET", path: "/channels/*/thread-members/*", handle: threadMember },
  { method: "PUT", path: "/channels/*/thread-members/*", handle: threadMember },
  { method: "DELETE", path: "/channels/*/thread-members/*", handle: threadMember },
  { method: "GET", path: "/channels/*/messages/*/reactions/*", handle: reactors },
  { method: "PUT", path: "/channels/*/messages/*/reactions/*/@me", handle: react },
  { method: "DELETE", path: "/channels/*/messages/*/reactions/*/@me", handle: react },
];
