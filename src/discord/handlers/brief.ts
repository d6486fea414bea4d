/** /brief: a briefing on the corpus or a subject, what is new, and subscriptions to it. */

import type { ChatInputCommandInteraction } from "discord.js";
import { Refusal } from "../faults.ts";
import type { BotParts } from "../parts.ts";
import type { Answerable } from "../replies.ts";
import type { Strings } from "../strings.ts";

export async function onBrief(
  _parts: BotParts,
  _interaction: ChatInputCommandInteraction<"cached">,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}

/** Briefs on a subject, or on the whole corpus (null), privately. */
export async function briefOn(
  _parts: BotParts,
  _interaction: Answerable,
  _subject: string | null,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}

/** What is new on a subject, or in the whole corpus (null), since the member's last briefing, privately. */
export async function briefOnNews(
  _parts: BotParts,
  _interaction: Answerable,
  _subject: string | null,
  strings: Strings,
): Promise<void> {
  throw new Refusal(strings.faults.unknownCommand);
}
