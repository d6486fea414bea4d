/** /start: the guided tour, and the message that leads to it. */

import type { ChatInputCommandInteraction } from "discord.js";
import { Refusal } from "../faults.ts";
import type { BotParts } from "../parts.ts";
import type { Answerable } from "../replies.ts";
import type { Strings } from "../strings.ts";

export async function onStart(
  _parts: BotParts,
  _interaction: ChatInputCommandInteraction<"cached">,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}

/** @param step 1 to 5; 0: where the member left the tour. */
export async function showStep(
  _parts: BotParts,
  _interaction: Answerable,
  _step: number,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}
