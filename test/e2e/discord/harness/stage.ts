/** What the tests of the harness play on: a server, a connected bot, and somebody who asks. */

import type {
  ChatInputCommandInteraction,
  Client,
  Interaction,
  RESTPutAPIApplicationCommandsJSONBody,
  RequestMethod,
} from "discord.js";
import type { Json } from "./json.ts";
import type { Member } from "./member.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rules.ts";
import { type FakeDiscord, type Options, startDiscord } from "./server.ts";
import { type Handlers, startBot, type ThrowawayBot } from "./throwaway-bot.ts";

/** The commands that the bot of a stage has. */
export const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  {
    name: "ask",
    description: "Asks",
    contexts: [0, 1],
    integration_types: [0],
    options: [
      { type: 3, name: "question", description: "What is asked", required: true, max_length: 300 },
      { type: 3, name: "report", description: "In which report", autocomplete: true },
      {
        type: 3,
        name: "depth",
        description: "How much",
        choices: [
          { name: "short", value: "short" },
          { name: "long", value: "long" },
        ],
      },
      { type: 4, name: "count", description: "How many", min_value: 1, max_value: 5 },
      { type: 11, name: "file", description: "A file" },
    ],
  },
  {
    name: "report",
    description: "Reports",
    contexts: [0],
    integration_types: [0],
    default_member_permissions: "32",
    options: [
      {
        type: 1,
        name: "show",
        description: "Shows one",
        options: [{ type: 3, name: "id", description: "Which", required: true }],
      },
    ],
  },
  { name: "Check against sources", type: 3, contexts: [0], integration_types: [0] },
];

export interface Stage {
  readonly discord: FakeDiscord;
  readonly bot: ThrowawayBot;
  readonly client: Client<true>;
  readonly channel: Place;
  readonly ana: Member;
  /** A request of the bot, through discord.js. */
  request(method: `${RequestMethod}`, route: string, body?: unknown): Promise<Json>;
  /** A message of the bot in the channel, with nothing in it but what is given and allowed_mentions. */
  post(body: Json): Promise<Json>;
  /** The first response to an interaction, as raw as it is given. */
  respond(interaction: Interaction, body: unknown): Promise<unknown>;
}

export interface Playing extends Handlers {
  readonly options?: Options;
}

/** Sets a stage up. */
export async function setStage(playing: Playing = {}): Promise<Stage> {
  const discord = await startDiscord(playing.options);
  const bot = await startBot(discord, playing);
  await bot.client.application.commands.set(COMMANDS as never);
  const channel = discord.guild().channel("general");
  const ana = discord.guild().member({ name: "ana" });
  const request: Stage["request"] = (method, route, body) =>
    bot.client.rest.request({
      method: method as RequestMethod,
      fullRoute: route as `/${string}`,
      body,
    }) as Promise<Json>;
  return {
    discord,
    bot,
    client: bot.client,
    channel,
    ana,
    request,
    post: (body) => request("POST", `/channels/${channel.id}/messages`, { allowed_mentions: { parse: [] }, ...body }),
    respond: (interaction, body) =>
      bot.client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, { body, auth: false }),
  };
}

/** One way to break one rule. */
export interface Breach {
  readonly rule: Rule;
  /** What is done, where a rule can be broken in several ways. */
  readonly by?: string;
  /** The status that Discord answers with; null when it lets the breach pass. */
  readonly status: number | null;
  readonly playing?: Playing;
  readonly act: (stage: Stage) => unknown;
}

/** A breach in the answer to `/ask`. */
export function answering(
  rule: Rule,
  status: number | null,
  answer: (interaction: ChatInputCommandInteraction, stage: Stage) => unknown,
  by?: string,
): Breach {
  const act = async (stage: Stage): Promise<void> => {
    const outcome = new Promise<void>((resolve, reject) => {
      stage.client.once("interactionCreate", (interaction) => {
        Promise.resolve(answer(interaction as ChatInputCommandInteraction, stage)).then(() => resolve(), reject);
      });
    });
    // What the user sees of it is not what is tested here; a breach may leave them without any answer.
    const asked = stage.ana.command("ask", { question: "Why?" }, { timeout: 300 }).catch(() => null);
    await Promise.all([outcome, asked]);
  };
  return { rule, status, act, ...(by === undefined ? {} : { by }) };
}
