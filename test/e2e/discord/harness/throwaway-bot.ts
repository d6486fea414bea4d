/** A bot of a few lines, for the tests of this harness: the real discord.js with handlers that a test gives. */

import { Client, Events, GatewayIntentBits, type Interaction, type Message, Partials } from "discord.js";
import type { FakeDiscord } from "./server.ts";

export interface Handlers {
  readonly intents?: readonly GatewayIntentBits[];
  readonly onInteraction?: (interaction: Interaction, client: Client<true>) => unknown;
  readonly onMessage?: (message: Message) => unknown;
  /** Whether allowed_mentions is left to each message. */
  readonly mentions?: "none" | "unset";
}

export interface ThrowawayBot {
  readonly client: Client<true>;
  /** What the handlers threw. */
  readonly errors: unknown[];
  stop(): Promise<void>;
}

/** Connects a bot. Resolves when it is ready. */
export async function startBot(discord: FakeDiscord, handlers: Handlers = {}): Promise<ThrowawayBot> {
  const client = new Client({
    intents: [...(handlers.intents ?? [GatewayIntentBits.Guilds])],
    // Without this discord.js drops direct messages of channels that it has not met.
    partials: [Partials.Channel],
    rest: { api: discord.api },
    ...(handlers.mentions === "unset" ? {} : { allowedMentions: { parse: [], repliedUser: false } }),
  });
  const errors: unknown[] = [];
  const guarded = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      errors.push(error);
    }
  };
  client.on(Events.Error, (error) => errors.push(error));
  client.on(Events.InteractionCreate, (interaction) =>
    guarded(() => handlers.onInteraction?.(interaction, client as Client<true>)),
  );
  client.on(Events.MessageCreate, (message) => guarded(() => handlers.onMessage?.(message)));
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  return { client: client as Client<true>, errors, stop: () => client.destroy() };
}
