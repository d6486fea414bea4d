/** `/reindex`: an ingest in a process of its own, its progress edited into the message. */

import type { ChatInputCommandInteraction } from "discord.js";
import type { Progress } from "../../domain/ingest.ts";
import type { MessageBody } from "../components.ts";
import { describe, isGone, Refusal } from "../faults.ts";
import type { BotParts } from "../parts.ts";
import { promise, show, v2 } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { reindexedMessage, reindexingMessage } from "../views/reindex.ts";
import { timestamp } from "../views/reports.ts";

/** Discord allows five edits in five seconds; a person needs fewer. */
const EDIT_INTERVAL_MS = 2000;

/** @throws {Refusal} while another one runs. */
export async function reindex(
  parts: BotParts,
  interaction: ChatInputCommandInteraction<"cached">,
  force: boolean,
  strings: Strings,
): Promise<void> {
  let newest: Progress | null = null;
  const run = parts.reindexing.start({ force }, (progress) => {
    newest = progress;
  });
  if (run === null) {
    throw new Refusal(strings.reindex.running(timestamp(parts.reindexing.since()?.toISOString() ?? "")));
  }
  parts.logger.info({ member: interaction.user.id, force }, "A reindex was started from the chat");
  await promise(interaction, false);
  await show(parts, interaction, reindexingMessage(null, strings));

  let edit: Promise<unknown> = Promise.resolve();
  let shown: Progress | null = null;
  const timer = setInterval(() => {
    if (newest === shown) return;
    shown = newest;
    const body = reindexingMessage(newest, strings);
    edit = edit
      .then(() => show(parts, interaction, body))
      .catch((fault: unknown) => {
        // After 15 minutes no edit is taken any more.
        if (isGone(fault)) clearInterval(timer);
      });
  }, EDIT_INTERVAL_MS);
  try {
    const outcome = await run;
    clearInterval(timer);
    await edit;
    parts.logger.info({ outcome: outcome.kind }, "The reindex ended");
    if (outcome.kind === "failed") parts.logger.error({ message: outcome.message }, "The reindex failed");
    await showAtLast(parts, interaction, reindexedMessage(outcome, strings));
  } finally {
    clearInterval(timer);
  }
}

/** A long run outlives the 15 minutes of its interaction: its end is then told in the channel. */
async function showAtLast(
  parts: BotParts,
  interaction: ChatInputCommandInteraction<"cached">,
  body: MessageBody,
): Promise<void> {
  try {
    await show(parts, interaction, body);
  } catch (fault) {
    if (!isGone(fault)) throw fault;
    try {
      await interaction.channel?.send(v2(body));
    } catch (second) {
      parts.logger.warn({ fault: describe(second) }, "The end of a reindex could not be told in its channel");
    }
  }
}
