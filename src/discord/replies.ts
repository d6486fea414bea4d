/** Answering interactions: acknowledged in time, once, with what the bot shows. */

import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from "discord.js";
import type { MessageBody, PictureFile } from "./components.ts";
import { isAcknowledgedAlready } from "./faults.ts";
import type { BotParts } from "./parts.ts";

/** A click on a button, or a choice from a menu. */
export type Click = ButtonInteraction<"cached"> | StringSelectMenuInteraction<"cached">;

/** Interactions that are answered with a message. */
export type Answerable =
  | ChatInputCommandInteraction<"cached">
  | MessageContextMenuCommandInteraction<"cached">
  | Click
  | ModalSubmitInteraction<"cached">;

/** Tells Discord within its three seconds that an answer will come; whether it is private is settled by that. */
export async function promise(interaction: Answerable, isPrivate: boolean): Promise<void> {
  await once(() => interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {}));
  interaction.deferred = true;
  interaction.ephemeral = isPrivate;
}

/** The same for a click that changes the message of its button. */
export async function promiseUpdate(click: Click): Promise<void> {
  await once(() => click.deferUpdate());
  click.deferred = true;
}

/** Opens a modal in answer to a click. */
export async function openModal(
  click: ButtonInteraction<"cached">,
  modal: APIModalInteractionResponseCallbackData,
): Promise<void> {
  await once(() => click.showModal(modal));
}

/** An acknowledgement whose confirmation was lost on the way is sent again by discord.js, and refused: it is there. */
async function once(acknowledge: () => Promise<unknown>): Promise<void> {
  try {
    await acknowledge();
  } catch (fault) {
    if (!isAcknowledgedAlready(fault)) throw fault;
  }
}

/**
 * Shows a message in answer to an interaction: in the place of one that was promised, else at once.
 * @param isPrivate only for one that is shown at once.
 * @param pictures those that the body shows.
 * @returns the id of the message, where it is known.
 */
export async function show(
  { edits }: Pick<BotParts, "edits">,
  interaction: Answerable,
  body: MessageBody,
  isPrivate = true,
  pictures: readonly PictureFile[] = [],
): Promise<string | null> {
  if (interaction.deferred || interaction.replied) return await edits.edit(interaction, body, pictures);
  await once(() =>
    interaction.reply({
      ...v2(body, pictures),
      flags: isPrivate ? MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral : MessageFlags.IsComponentsV2,
    }),
  );
  return null;
}

/** A message in components of version 2, for discord.js. @param pictures those that the body shows. */
export function v2(body: MessageBody, pictures: readonly PictureFile[] = []): V2Message {
  const files = pictures.map(({ name, png, alt }) => ({ attachment: Buffer.from(png), name, description: alt }));
  return {
    components: [...body],
    flags: MessageFlags.IsComponentsV2,
    ...(files.length === 0 ? {} : { files }),
  };
}

interface V2Message {
  components: MessageBody[number][];
  flags: MessageFlags.IsComponentsV2;
  files?: { attachment: Buffer; name: string; description: string }[];
}
