/** Every way to break a rule about interactions, modals, autocomplete and requests, one at a time. */

import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from "discord.js";
import type { Json } from "./json.ts";
import type { Rule } from "./rules.ts";
import { answering, type Breach, type Stage } from "./stage.ts";

const text = (fields: Json = {}): Json => ({ type: 4, style: 1, custom_id: "why", ...fields });
const label = (component: Json, fields: Json = {}): Json => ({ type: 18, label: "Why", component, ...fields });
const modal = (...components: Json[]): Json => ({ type: 9, data: { custom_id: "form", title: "Form", components } });

function opening(rule: Rule, status: number | null, body: Json, by?: string): Breach {
  return answering(rule, status, (interaction, { respond }) => respond(interaction, body), by);
}

/** Choices that break a rule. */
function offering(rule: Rule, choices: unknown, by?: string): Breach {
  const act = async ({ ana, client, respond }: Stage): Promise<void> => {
    const outcome = new Promise((resolve, reject) => {
      client.once("interactionCreate", (interaction) => {
        respond(interaction as AutocompleteInteraction, { type: 8, data: { choices } }).then(resolve, reject);
      });
    });
    const typed = ana.autocomplete("ask", { focused: "report", value: "pi" }, { timeout: 200 }).catch(() => null);
    await Promise.all([outcome, typed]);
  };
  return { rule, status: 400, act, ...(by === undefined ? {} : { by }) };
}

const reply = (interaction: ChatInputCommandInteraction) => interaction.reply({ content: "Because." });

export const INTERACTION_BREACHES: readonly Breach[] = [
  { rule: "unknown-route", status: 404, act: ({ request }) => request("GET", "/no/such/route") },
  {
    rule: "missing-authorization",
    by: "none",
    status: null,
    act: ({ discord }) => fetch(`${discord.api}/v10/users/@me`),
  },
  {
    rule: "missing-authorization",
    by: "a wrong one",
    status: null,
    act: ({ discord }) => fetch(`${discord.api}/v10/users/@me`, { headers: { authorization: "Bot other" } }),
  },
  {
    rule: "bad-body",
    status: null,
    act: ({ discord, channel }) =>
      fetch(`${discord.api}/v10/channels/${channel.id}/messages`, {
        method: "POST",
        headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
        body: "{",
      }),
  },
  {
    rule: "ignored-retry-after",
    status: null,
    act: async ({ discord }) => {
      discord.faults.order("GET /users/@me", { status: 429, retryAfter: 5 });
      const headers = { authorization: `Bot ${discord.token}` };
      await fetch(`${discord.api}/v10/users/@me`, { headers });
      await fetch(`${discord.api}/v10/users/@me`, { headers });
    },
  },
  {
    rule: "server-fault",
    status: null,
    act: ({ discord }) => {
      Object.defineProperty(discord.core.state, "applicationId", {
        get: () => {
          throw new Error("broken");
        },
      });
      return fetch(`${discord.api}/v10/applications/@me`, { headers: { authorization: `Bot ${discord.token}` } });
    },
  },
  answering("late-acknowledgement", 404, async (interaction, { discord }) => {
    discord.advance(3001);
    await reply(interaction);
  }),
  answering("second-acknowledgement", 400, async (interaction, { respond }) => {
    await reply(interaction);
    await respond(interaction, { type: 5 });
  }),
  answering("never-acknowledged", null, () => null),
  answering("never-settled", null, (interaction) => interaction.deferReply()),
  answering(
    "unknown-interaction",
    404,
    async (interaction, { client }) => {
      await reply(interaction);
      await client.rest.post("/interactions/5/no-token/callback", { body: { type: 5 }, auth: false });
    },
    "an id that never was",
  ),
  answering(
    "unknown-interaction",
    404,
    async (interaction, { request, discord }) => {
      await reply(interaction);
      await request("POST", `/webhooks/${discord.applicationId}/no-token`, { content: "x" });
    },
    "a token that never was",
  ),
  answering("token-expired", 401, async (interaction, { discord }) => {
    await reply(interaction);
    discord.advance(15 * 60_000);
    await interaction.editReply({ content: "Later." });
  }),
  answering("before-acknowledgement", 404, async (interaction, { request, discord, respond }) => {
    const route = `/webhooks/${discord.applicationId}/${interaction.token}`;
    await request("POST", route, { content: "x", allowed_mentions: { parse: [] } }).finally(() =>
      respond(interaction, { type: 4, data: { content: "x", allowed_mentions: { parse: [] } } }),
    );
  }),
  opening("callback-type", 400, { type: 1 }, "a pong"),
  opening("callback-type", 400, { type: 6 }, "an update of a message that is not there"),
  opening("callback-type", 400, { type: 8, data: { choices: [] } }, "choices for a command"),
  {
    rule: "callback-type",
    by: "a modal in answer to a modal",
    status: 400,
    act: async ({ ana, client, respond }) => {
      client.once("interactionCreate", (interaction) => respond(interaction, modal(label(text()))));
      const opened = await ana.command("ask", { question: "Why?" });
      const outcome = new Promise((resolve, reject) => {
        client.once("interactionCreate", (interaction) => {
          respond(interaction as ModalSubmitInteraction, modal(label(text()))).then(resolve, reject);
        });
      });
      await Promise.all([outcome, opened.submit({ why: "x" }, { timeout: 200 }).catch(() => null)]);
    },
  },
  opening("deferral-flags", 400, { type: 5, data: { flags: MessageFlags.IsComponentsV2 } }),
  opening(
    "schema",
    400,
    modal(label(text()), label(text({ custom_id: "x".repeat(101) }))),
    "a custom_id of 101 characters",
  ),
  opening(
    "schema",
    400,
    { type: 9, data: { custom_id: "form", title: "x".repeat(46), components: [label(text())] } },
    "a title of 46 characters",
  ),
  opening(
    "modal-components",
    400,
    modal(...Array.from({ length: 6 }, (_, index) => label(text({ custom_id: `c${index}` })))),
  ),
  opening("modal-label", null, modal({ type: 1, components: [text({ label: "Why" })] }), "a row"),
  opening("modal-label", 400, modal(label(text({ label: "Why" }))), "a label in a Label"),
  opening("modal-input", 400, modal(label(text({ min_length: 5, max_length: 4 }))), "limits that cross"),
  opening("modal-input", 400, modal(label(text({ max_length: 4, value: "too long" }))), "a value that does not fit"),
  opening("duplicate-custom-id", 400, modal(label(text()), label(text())), "in a modal"),
  opening(
    "select-options",
    400,
    modal(label({ type: 3, custom_id: "s", max_values: 2, options: [{ label: "a", value: "a" }] })),
    "in a modal",
  ),
  offering("choice-value", [{ name: "A", value: "x".repeat(101) }], "101 characters"),
  offering("choice-value", [{ name: "A", value: 5 }], "a number for text"),
  offering("choice-duplicate", [
    { name: "A", value: "1" },
    { name: "A", value: "2" },
  ]),
  offering(
    "schema",
    Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })),
    "26 choices",
  ),
  offering("schema", [{ name: "x".repeat(101), value: "a" }], "a choice with a name of 101 characters"),
];
