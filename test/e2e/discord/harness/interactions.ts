/** The life of an interaction: sent, acknowledged in time and once, answered while its token lives. */

import { randomBytes } from "node:crypto";
import { ApiError, CODE } from "./api.ts";
import type { Core } from "./core.ts";
import type { Json } from "./json.ts";
import type { Channel, Message, User } from "./state.ts";
import { channelJson, memberJson, messageJson, permissionsText, userJson } from "./wire.ts";

/** 2 command, 3 component, 4 autocomplete, 5 modal. */
export type InteractionType = 2 | 3 | 4 | 5;

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: User;
  readonly channel: Channel;
  readonly data: Json;
  /** What it is called in messages: "/ask", "button retry". */
  readonly name: string;
  /** The message of the component that was used, or that opened the modal. */
  readonly source: Message | null;
  /** What Discord says about it in the messages that answer it. */
  readonly metadata: Json;
  /** For autocomplete: the option that is being typed. */
  readonly focused: Json | null;
  /** For a modal: the interaction that opened it. */
  readonly opener: Interaction | null;
  /** All times in milliseconds on the server's clock. */
  readonly dispatchedAt: number;
  acknowledgedAt: number | null;
  /** When the answer stood: at once, or when a deferral was first filled. */
  settledAt: number | null;
  lastEditAt: number | null;
  /** The type of the callback. */
  acknowledgement: number | null;
  /** Set when the acknowledgement came too late: to the user it has failed. */
  isLate: boolean;
  original: Message | null;
  readonly followUps: Message[];
  modal: Json | null;
  choices: Json[] | null;
}

export interface NewInteraction {
  readonly type: InteractionType;
  readonly user: User;
  readonly channel: Channel;
  readonly data: Json;
  readonly name: string;
  readonly locale: string;
  readonly source?: Message | null;
  readonly focused?: Json | null;
  readonly opener?: Interaction | null;
}

export class Interactions {
  readonly all = new Map<string, Interaction>();
  readonly #byToken = new Map<string, Interaction>();
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Sends an interaction to the bot. */
  dispatch(fields: NewInteraction): Interaction {
    const { state, gateway } = this.#core;
    const { type, user, channel, data, name, locale } = fields;
    const source = fields.source ?? null;
    const opener = fields.opener ?? null;
    const guild = channel.guildId === null ? undefined : state.guilds.get(channel.guildId);
    const id = state.id();
    const owners = { "0": guild?.id ?? "0" };
    const interaction: Interaction = {
      id,
      token: randomBytes(96).toString("base64url"),
      type,
      user,
      channel,
      data,
      name,
      source,
      opener,
      focused: fields.focused ?? null,
      metadata: {
        id,
        type,
        user: userJson(user),
        authorizing_integration_owners: owners,
        ...(type === 3 ? { interacted_message_id: source?.id } : {}),
        ...(type === 5 ? { triggering_interaction_metadata: opener?.metadata } : {}),
        ...(type === 2 && typeof data.target_id === "string" && data.type === 3
          ? { target_message_id: data.target_id }
          : {}),
      },
      dispatchedAt: this.#core.now(),
      acknowledgedAt: null,
      settledAt: null,
      lastEditAt: null,
      acknowledgement: null,
      isLate: false,
      original: null,
      followUps: [],
      modal: null,
      choices: null,
    };
    this.all.set(id, interaction);
    this.#byToken.set(interaction.token, interaction);
    const member = guild?.members.get(user.id);
    const payload: Json = {
      id,
      application_id: state.applicationId,
      type,
      token: interaction.token,
      version: 1,
      data,
      locale,
      channel_id: channel.id,
      channel: { ...channelJson(channel), permissions: permissionsText(state, user, channel) },
      app_permissions: permissionsText(state, state.bot, channel),
      entitlements: [],
      authorizing_integration_owners: owners,
      context: guild === undefined ? 1 : 0,
      attachment_size_limit: 10 * 1024 * 1024,
      ...(source === null ? {} : { message: messageJson(state, source) }),
      ...(guild === undefined
        ? { user: userJson(user) }
        : {
            guild_id: guild.id,
            guild: { id: guild.id, locale: guild.locale, features: [] },
            guild_locale: guild.locale,
            member: {
              ...(member === undefined ? { user: userJson(user), roles: [] } : memberJson(member)),
              permissions: permissionsText(state, user, channel),
            },
          }),
    };
    gateway.dispatch("INTERACTION_CREATE", 0, () => payload);
    return interaction;
  }

  /**
   * The interaction that a callback answers, if it may still be answered.
   * @throws ApiError 10062 for an unknown or late one, 40060 for one that was acknowledged
   */
  toAcknowledge(id: string, token: string, request: string): Interaction {
    const { violations, settings, now } = this.#core;
    const interaction = this.all.get(id);
    if (interaction === undefined || interaction.token !== token) {
      violations.add("unknown-interaction", "no such interaction, or not its token", request);
      throw new ApiError(404, CODE.UNKNOWN_INTERACTION, "Unknown interaction");
    }
    if (interaction.acknowledgement !== null) {
      const { name, acknowledgement } = interaction;
      violations.add("second-acknowledgement", `${name} was acknowledged already, by type ${acknowledgement}`, request);
      throw new ApiError(400, CODE.ALREADY_ACKNOWLEDGED, "Interaction has already been acknowledged.");
    }
    const took = now() - interaction.dispatchedAt;
    if (took > settings.acknowledgeWithin) {
      if (settings.lateIsViolation) {
        violations.add(
          "late-acknowledgement",
          `${interaction.name} was acknowledged after ${took.toFixed(0)} ms`,
          request,
        );
      }
      interaction.isLate = true;
      this.#core.changes.notify(interaction.id);
      throw new ApiError(404, CODE.UNKNOWN_INTERACTION, "Unknown interaction");
    }
    return interaction;
  }

  /**
   * The interaction whose token is in a webhook route, acknowledged and alive.
   * @throws ApiError as Discord answers otherwise
   */
  toAnswer(application: string, token: string, request: string): Interaction {
    const { violations, settings, state, now } = this.#core;
    const interaction = this.#byToken.get(token);
    if (interaction === undefined || application !== state.applicationId) {
      violations.add("unknown-interaction", "no interaction with this token", request);
      throw new ApiError(404, CODE.UNKNOWN_WEBHOOK, "Unknown Webhook");
    }
    if (now() - interaction.dispatchedAt > settings.tokenLifetime) {
      violations.add("token-expired", `the token of ${interaction.name} has expired`, request);
      throw new ApiError(401, CODE.INVALID_WEBHOOK_TOKEN, "Invalid Webhook Token");
    }
    if (interaction.acknowledgement === null) {
      if (!interaction.isLate) {
        violations.add("before-acknowledgement", `${interaction.name} was not acknowledged yet`, request);
      }
      throw new ApiError(404, CODE.UNKNOWN_WEBHOOK, "Unknown Webhook");
    }
    return interaction;
  }

  /** Writes down the interactions that never got an answer, or only the beginning of one. */
  checkAnswered(): void {
    for (const { name, acknowledgement, isLate, settledAt, original } of this.all.values()) {
      if (acknowledgement === null && !isLate)
        this.#core.violations.add("never-acknowledged", `${name} got no response`);
      if (acknowledgement === 5 && settledAt === null && original?.deleted !== true) {
        this.#core.violations.add("never-settled", `the deferred answer to ${name} never came`);
      }
    }
  }
}
