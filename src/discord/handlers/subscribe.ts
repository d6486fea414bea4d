/** Subscriptions to briefings: begun with /brief, ended by button. */

import type { ButtonInteraction, ChatInputCommandInteraction } from "discord.js";
import { Refusal } from "../faults.ts";
import type { BotParts } from "../parts.ts";
import type { Strings } from "../strings.ts";

/** What a member orders with /brief. */
export interface Order {
  readonly subject: string | null;
  /** One of SUBSCRIBE_VALUES. */
  readonly subscribe: string;
  /** The channel to post in; null for a direct message. */
  readonly channelId: string | null;
}

export async function onSubscribe(
  _parts: BotParts,
  _interaction: ChatInputCommandInteraction<"cached">,
  _order: Order,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}

export async function onUnsubscribe(
  _parts: BotParts,
  _click: ButtonInteraction,
  _subscription: string,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}

export async function onResubscribe(
  _parts: BotParts,
  _click: ButtonInteraction,
  _subscription: string,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}
