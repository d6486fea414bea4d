/** Making and changing the bot's messages: checked, kept, told of. */

import { ApiError, type Call, CODE } from "./api.ts";
import { kept } from "./components.ts";
import type { Core } from "./core.ts";
import { tellMessage } from "./events.ts";
import { isObject, type Json, number, objects, text } from "./json.ts";
import { pinged } from "./mentions.ts";
import { messageFaults } from "./message-rules.ts";
import type { Fault } from "./rules.ts";
import { schemaFaults } from "./schemas.ts";
import { type Channel, FLAG, type Message } from "./state.ts";

/** Flags that an edit may set. */
const EDITABLE = FLAG.SUPPRESS_EMBEDS | FLAG.COMPONENTS_V2;

/** For how long Discord knows a nonce that has to be new: "the past few minutes". */
const NONCE_LIFETIME = 5 * 60_000;

/** What comes on top of the body when a message is made. */
export interface Origin {
  readonly type?: number;
  readonly interactionId?: string;
  readonly interactionMetadata?: Json;
  readonly ephemeralFor?: string | null;
  readonly replyTo?: Message | null;
}

/**
 * Writes faults down, and refuses the request unless Discord would let them pass.
 * @throws ApiError as Discord answers it
 */
export function refuseFaults(core: Core, call: Call, faults: readonly Fault[]): void {
  for (const { rule, message } of faults) core.violations.add(rule, message, call.request);
  const refused = faults.filter(({ isTaken }) => isTaken !== true);
  if (refused.length === 0) return;
  if (refused.every(({ rule }) => rule === "empty-message")) {
    throw new ApiError(400, CODE.EMPTY_MESSAGE, "Cannot send an empty message");
  }
  throw new ApiError(400, CODE.INVALID_FORM, "Invalid Form Body", {
    _errors: refused.map(({ rule, message }) => ({ code: rule.toUpperCase().replaceAll("-", "_"), message })),
  });
}

/** The body as an object that fits the schema. @throws ApiError when it does not */
export function checked(core: Core, call: Call, schema: string, body: unknown = call.body): Json {
  refuseFaults(
    core,
    call,
    schemaFaults(schema, body).map((message) => ({ rule: "schema", message })),
  );
  return isObject(body) ? body : {};
}

/**
 * Makes a message of the bot; where its nonce has to be new and is not, the message that has it stays the only one.
 * @throws ApiError when the body breaks a rule
 */
export function createMessage(core: Core, call: Call, channel: Channel, body: Json, origin: Origin = {}): Message {
  refuse(core, call, body, null);
  const nonce = typeof body.nonce === "string" || typeof body.nonce === "number" ? body.nonce : null;
  const isEnforced = body.enforce_nonce === true && nonce !== null;
  const known = isEnforced ? core.state.enforced.get(String(nonce)) : undefined;
  if (known !== undefined && core.now() - known.createdAt < NONCE_LIFETIME) return known;
  const replyTo = origin.replyTo ?? null;
  const attachments = uploaded(core, call, body, []);
  notePings(core, call, body, origin.interactionId === undefined ? replyTo : null);
  const message = core.state.addMessage(channel, core.state.bot, {
    type: origin.type ?? (replyTo === null ? 0 : 19),
    content: text(body.content) ?? "",
    embeds: embedsOf(body),
    attachments,
    components: kept(body.components, (url) => mediaOf(core, url, attachments)),
    flags: flagsOf(body) & (FLAG.SUPPRESS_EMBEDS | FLAG.COMPONENTS_V2 | FLAG.EPHEMERAL),
    replyTo,
    interactionId: origin.interactionId ?? null,
    interactionMetadata: origin.interactionMetadata ?? null,
    ephemeralFor: origin.ephemeralFor ?? null,
    nonce,
  });
  if (isEnforced) core.state.enforced.set(String(nonce), message);
  tellMessage(core, "MESSAGE_CREATE", message);
  return message;
}

/** Changes a message of the bot: what the body does not name stays. @throws ApiError when the result breaks a rule */
export function editMessage(core: Core, call: Call, message: Message, body: Json): void {
  refuse(core, call, body, message);
  notePings(core, call, body, null);
  const kind = flagsOf(body);
  if (body.attachments !== undefined || call.files.size > 0) {
    message.attachments = uploaded(core, call, body, message.attachments);
  }
  if (body.content !== undefined) message.content = text(body.content) ?? "";
  if (body.embeds !== undefined) message.embeds = embedsOf(body);
  if (body.components !== undefined) {
    message.components = kept(body.components, (url) => mediaOf(core, url, message.attachments));
  }
  if (typeof body.flags === "number") message.flags = (message.flags & ~EDITABLE) | (kind & EDITABLE);
  message.flags &= ~FLAG.LOADING;
  message.editedAt = core.now();
  message.edits += 1;
  tellMessage(core, "MESSAGE_UPDATE", message);
}

function refuse(core: Core, call: Call, body: Json, before: Message | null): void {
  const files = [...call.files.values()].map(({ name }) => name);
  refuseFaults(core, call, messageFaults(body, before, files));
}

/** Text of reports must never notify anybody: Discord would allow it, this server writes it down. */
function notePings(core: Core, call: Call, body: Json, replyTo: Message | null): void {
  if (core.settings.requireAllowedMentions) {
    const allowed = body.allowed_mentions;
    if (!isObject(allowed) || !Array.isArray(allowed.parse) || allowed.parse.length > 0) {
      const given = allowed === undefined ? "missing" : JSON.stringify(allowed);
      core.violations.add("allowed-mentions-missing", `allowed_mentions is ${given}`, call.request);
    }
  }
  const pings = pinged(body, replyTo?.author.id ?? null);
  if (pings.length > 0) core.violations.add("pings", `notifies ${pings.join(", ")}`, call.request);
}

const flagsOf = (body: Json): number => number(body.flags) ?? 0;

function embedsOf(body: Json): Json[] {
  return objects(body.embeds).map((embed) => ({
    type: "rich",
    ...Object.fromEntries(Object.entries(embed).filter(([, value]) => value !== null)),
    ...(embed.fields == null ? {} : { fields: objects(embed.fields).map((field) => ({ inline: false, ...field })) }),
  }));
}

/** The attachments of a message: those kept, and the files that came with the request. */
function uploaded(core: Core, call: Call, body: Json, before: readonly Json[]): Json[] {
  const named = objects(body.attachments);
  const stay = body.attachments === undefined ? before : before.filter(({ id }) => named.some((one) => one.id === id));
  const added = [...call.files].map(([field, file]) => {
    const index = /^files\[(\d+)\]$/.exec(field)?.[1];
    const described = named.find(({ id }) => String(id) === index);
    return addFile(core, file.name, file.contentType, file.content, text(described?.description));
  });
  return [...stay, ...added];
}

/** Keeps a file where it can be fetched, and gives the attachment that names it. */
export function addFile(
  core: Core,
  name: string,
  contentType: string,
  content: Buffer,
  description: string | null = null,
): Json {
  const id = core.state.id();
  const path = `/attachments/${id}/${encodeURIComponent(name)}`;
  core.files.set(path, { name, contentType, content });
  const url = `${core.baseUrl()}${path}`;
  return {
    id,
    filename: name,
    size: content.length,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(description === null ? {} : { description }),
  };
}

function mediaOf(core: Core, url: string, attachments: readonly Json[]): Json {
  const name = url.startsWith("attachment://") ? url.slice("attachment://".length) : null;
  const file = name === null ? undefined : attachments.find(({ filename }) => filename === name);
  if (file === undefined) return { id: core.state.id(), url, proxy_url: url };
  return { id: core.state.id(), url: file.url, proxy_url: file.url, attachment_id: file.id };
}
