/** Routes that answer interactions: the callback, the original message, follow-ups. */

import { type Answer, ApiError, type Call, CODE, param, type Route } from "./api.ts";
import { autocompleteFaults } from "./autocomplete-rules.ts";
import type { Core } from "./core.ts";
import { tellDeleted, tellMessage } from "./events.ts";
import type { Interaction } from "./interactions.ts";
import { isObject, type Json, number, objects } from "./json.ts";
import { checked, createMessage, editMessage, refuseFaults } from "./messages.ts";
import { modalFaults } from "./modal-rules.ts";
import { FLAG, type Message } from "./state.ts";
import { messageJson } from "./wire.ts";

/** Discord's description of each type of callback. */
const CALLBACKS: Readonly<Record<number, string>> = {
  4: "CreateMessageInteractionCallbackRequest",
  5: "CreateMessageInteractionCallbackRequest",
  6: "UpdateMessageInteractionCallbackRequest",
  7: "UpdateMessageInteractionCallbackRequest",
  8: "ApplicationCommandAutocompleteCallbackRequest",
  9: "ModalInteractionCallbackRequest",
};

/** Which types of callback an interaction takes. */
function allowed({ type, source }: Interaction): readonly number[] {
  if (type === 4) return [8];
  if (type === 2) return [4, 5, 9];
  if (type === 3) return [4, 5, 6, 7, 9];
  return source === null ? [4, 5] : [4, 5, 6, 7];
}

function callback(core: Core, call: Call): Answer {
  const interaction = core.interactions.toAcknowledge(param(call, 0), param(call, 1), call.request);
  const body = isObject(call.body) ? call.body : {};
  const type = number(body.type) ?? 0;
  const schema = CALLBACKS[type];
  if (schema === undefined || !allowed(interaction).includes(type)) {
    const message = `type ${type} is no answer to ${interaction.name} (interaction type ${interaction.type})`;
    refuseFaults(core, call, [{ rule: "callback-type", message }]);
  }
  checked(core, call, schema ?? "", body);
  const data = isObject(body.data) ? body.data : {};
  acknowledge(core, call, interaction, type, data);
  interaction.acknowledgement = type;
  interaction.acknowledgedAt = core.now();
  if (type !== 5 && type !== 6) interaction.settledAt = interaction.acknowledgedAt;
  core.changes.notify(interaction.id);
  if (call.query.get("with_response") !== "true") return { status: 204 };
  return { status: 200, body: callbackResponse(core, interaction, type) };
}

function acknowledge(core: Core, call: Call, interaction: Interaction, type: number, data: Json): void {
  const flags = number(data.flags) ?? 0;
  const ephemeralFor = (flags & FLAG.EPHEMERAL) === 0 ? null : interaction.user.id;
  const origin = { ...originOf(interaction), ephemeralFor };
  if (type === 4) interaction.original = createMessage(core, call, interaction.channel, data, origin);
  if (type === 5) {
    if ((flags & ~FLAG.EPHEMERAL) !== 0) {
      const message = `a deferral may only set EPHEMERAL (64), not ${flags}; set the others on the edit`;
      refuseFaults(core, call, [{ rule: "deferral-flags", message }]);
    }
    interaction.original = core.state.addMessage(interaction.channel, core.state.bot, {
      ...origin,
      flags: FLAG.LOADING | flags,
    });
    tellMessage(core, "MESSAGE_CREATE", interaction.original);
  }
  if (type === 6 || type === 7) interaction.original = interaction.source;
  if (type === 7 && interaction.source !== null) editMessage(core, call, interaction.source, data);
  if (type === 8) {
    refuseFaults(core, call, autocompleteFaults(data, interaction.focused));
    interaction.choices = objects(data.choices);
  }
  if (type === 9) {
    refuseFaults(core, call, modalFaults(data));
    interaction.modal = data;
  }
}

function originOf({ id, metadata, data, type }: Interaction): {
  type: number;
  interactionId: string;
  interactionMetadata: Json;
} {
  const kind = type !== 2 ? 19 : data.type === 1 ? 20 : 23;
  return { type: kind, interactionId: id, interactionMetadata: metadata };
}

function callbackResponse(core: Core, interaction: Interaction, type: number): Json {
  const { original } = interaction;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channel.id,
      ...(interaction.channel.guildId === null ? {} : { guild_id: interaction.channel.guildId }),
      ...(original === null
        ? {}
        : {
            response_message_id: original.id,
            response_message_loading: (original.flags & FLAG.LOADING) !== 0,
            response_message_ephemeral: original.ephemeralFor !== null,
          }),
    },
    // Of a deferral Discord's description names the message above, but does not give it.
    ...(original === null || (type !== 4 && type !== 7)
      ? {}
      : { resource: { type, message: messageJson(core.state, original) } }),
  };
}

/** The message that a webhook route names: the original, a follow-up, or the message of the component. */
function named(core: Core, call: Call): { interaction: Interaction; message: Message } {
  const interaction = core.interactions.toAnswer(param(call, 0), param(call, 1), call.request);
  const id = call.params[2];
  const candidates = [interaction.original, interaction.source, ...interaction.followUps];
  const message = id === undefined ? interaction.original : candidates.find((one) => one?.id === id);
  if (message == null || message.deleted) throw new ApiError(404, CODE.UNKNOWN_MESSAGE, "Unknown Message");
  return { interaction, message };
}

function edit(core: Core, call: Call): Answer {
  const { interaction, message } = named(core, call);
  const body = checked(core, call, "IncomingWebhookUpdateRequestPartial");
  editMessage(core, call, message, body);
  settle(core, interaction, message);
  return { status: 200, body: messageJson(core.state, message) };
}

function settle(core: Core, interaction: Interaction, message: Message): void {
  interaction.lastEditAt = core.now();
  if (message === interaction.original) interaction.settledAt ??= interaction.lastEditAt;
  core.changes.notify(interaction.id);
}

function followUp(core: Core, call: Call): Answer {
  const interaction = core.interactions.toAnswer(param(call, 0), param(call, 1), call.request);
  const body = checked(core, call, "IncomingWebhookRequestPartial");
  const { original } = interaction;
  // The first follow-up to a deferral fills it: no new message, and as ephemeral as the deferral was.
  if (interaction.acknowledgement === 5 && original !== null && (original.flags & FLAG.LOADING) !== 0) {
    const { flags, ...rest } = body;
    const kept = typeof flags === "number" ? { flags: flags & ~FLAG.EPHEMERAL } : {};
    editMessage(core, call, original, { ...rest, ...kept });
    settle(core, interaction, original);
    return { status: 200, body: messageJson(core.state, original) };
  }
  const ephemeralFor = ((number(body.flags) ?? 0) & FLAG.EPHEMERAL) === 0 ? null : interaction.user.id;
  const message = createMessage(core, call, interaction.channel, body, {
    ...originOf(interaction),
    type: 19,
    ephemeralFor,
    replyTo: original,
  });
  interaction.followUps.push(message);
  core.changes.notify(interaction.id);
  return { status: 200, body: messageJson(core.state, message) };
}

function show(core: Core, call: Call): Answer {
  return { status: 200, body: messageJson(core.state, named(core, call).message) };
}

function remove(core: Core, call: Call): Answer {
  const { message, interaction } = named(core, call);
  message.deleted = true;
  tellDeleted(core, message);
  core.changes.notify(interaction.id);
  return { status: 204 };
}

export const INTERACTION_ROUTES: readonly Route[] = [
  { method: "POST", path: "/interactions/*/*/callback", open: true, handle: callback },
  { method: "POST", path: "/webhooks/*/*", open: true, handle: followUp },
  { method: "GET", path: "/webhooks/*/*/messages/@original", open: true, handle: show },
  { method: "PATCH", path: "/webhooks/*/*/messages/@original", open: true, handle: edit },
  { method: "DELETE", path: "/webhooks/*/*/messages/@original", open: true, handle: remove },
  { method: "GET", path: "/webhooks/*/*/messages/*", open: true, handle: show },
  { method: "PATCH", path: "/webhooks/*/*/messages/*", open: true, handle: edit },
  { method: "DELETE", path: "/webhooks/*/*/messages/*", open: true, handle: remove },
];
