/** What becomes of an interaction, and of a fault on its way. */

import {
  BaseInteraction,
  type ButtonInteraction,
  type Interaction,
  type Message,
  MessageFlags,
  type RepliableInteraction,
} from "discord.js";
import { CHECK_COMMAND } from "./commands.ts";
import { describe, faultMessage, isGone, Refusal, told } from "./faults.ts";
import { onAutocomplete } from "./handlers/autocomplete.ts";
import { onButton, onMenu, onModal } from "./handlers/buttons.ts";
import { onCheck, onCommand } from "./handlers/commands.ts";
import { onDirectClick } from "./handlers/subscribe.ts";
import type { BotParts } from "./parts.ts";
import { serves } from "./permissions.ts";
import { type Answerable, show } from "./replies.ts";

/**
 * Answers an interaction. Whatever happens, it throws nothing: a fault is told to the member, and is in the log.
 * @param isStopping nothing new is begun.
 */
export async function onInteraction(parts: BotParts, interaction: Interaction, isStopping: boolean): Promise<void> {
  if (interaction.isAutocomplete()) {
    const isOurs = interaction.inCachedGuild() && serves(parts, interaction.guildId);
    const answer = isOurs && !isStopping ? () => onAutocomplete(parts, interaction) : () => interaction.respond([]);
    await guarded(parts, interaction, answer);
    return;
  }
  if (interaction.isButton() && !interaction.inGuild()) {
    await guarded(parts, interaction, () => answerDirectly(parts, interaction, isStopping));
    return;
  }
  if (!isAnswerable(interaction)) {
    await guarded(parts, interaction, () => refuseElsewhere(parts, interaction));
    return;
  }
  const strings = parts.stringsFor(interaction.locale);
  try {
    if (!serves(parts, interaction.guildId)) throw new Refusal(strings.faults.notHere);
    if (isStopping) throw new Refusal(strings.waiting.stopping);
    if (interaction.isChatInputCommand()) await onCommand(parts, interaction);
    else if (interaction.isButton()) await onButton(parts, interaction);
    else if (interaction.isStringSelectMenu()) await onMenu(parts, interaction);
    else if (interaction.isModalSubmit()) await onModal(parts, interaction);
    else if (interaction.commandName === CHECK_COMMAND) await onCheck(parts, interaction);
    else throw new Refusal(strings.faults.unknownCommand);
  } catch (fault) {
    await guarded(parts, interaction, () => tellFault(parts, interaction, fault));
  }
}

function isAnswerable(interaction: Interaction): interaction is Answerable {
  return (
    interaction.inCachedGuild() &&
    (interaction.isChatInputCommand() ||
      interaction.isButton() ||
      interaction.isStringSelectMenu() ||
      interaction.isModalSubmit() ||
      interaction.isMessageContextMenuCommand())
  );
}

/** A click in a direct message. */
async function answerDirectly(parts: BotParts, click: ButtonInteraction, isStopping: boolean): Promise<void> {
  const strings = parts.stringsFor(click.locale);
  try {
    if (isStopping) throw new Refusal(strings.waiting.stopping);
    await onDirectClick(parts, click, strings);
  } catch (fault) {
    if (isGone(fault)) throw fault;
    await refuse(click, told(fault, aboutOf(click), parts.logger, strings));
  }
}

/** In a direct message, or in a server that the bot knows nothing of, there is nothing to be had. */
async function refuseElsewhere(parts: BotParts, interaction: Interaction): Promise<void> {
  if (interaction.isRepliable()) await refuse(interaction, parts.stringsFor(interaction.locale).faults.notHere);
}

async function refuse(interaction: RepliableInteraction, words: string): Promise<void> {
  await interaction.reply({
    components: [...faultMessage(words)],
    flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
  });
}

async function tellFault(parts: BotParts, interaction: Answerable, fault: unknown): Promise<void> {
  const about = aboutOf(interaction);
  if (isGone(fault)) {
    parts.logger.warn({ ...about, fault: describe(fault) }, "An interaction could not be answered any more");
    return;
  }
  const strings = parts.stringsFor(interaction.locale);
  const body = faultMessage(told(fault, about, parts.logger, strings));
  // A message whose page was to be turned stays as it is.
  const isUpdate = interaction.isMessageComponent() && interaction.deferred && interaction.ephemeral === null;
  if (!isUpdate) await show(parts, interaction, body);
  else {
    await interaction.followUp({ components: [...body], flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral });
  }
}

/** For the log: what was used, where and by whom. The logger keeps the question out, unless the settings let it in. */
function aboutOf(interaction: Interaction): Record<string, string> {
  const used = interaction.isCommand() || interaction.isAutocomplete() ? `/${interaction.commandName}` : "component";
  return {
    used,
    interaction: interaction.id,
    guild: interaction.guildId ?? "",
    channel: interaction.channelId ?? "",
    member: interaction.user.id,
    ...(interaction.isChatInputCommand() ? { question: interaction.options.getString("question") ?? "" } : {}),
  };
}

/** The last resort: a fault that cannot be told to anybody is in the log, and ends nothing. */
export async function guarded(
  parts: BotParts,
  subject: Interaction | Pick<Message, "id">,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (fault) {
    const about = subject instanceof BaseInteraction ? aboutOf(subject) : { message: subject.id };
    const level = isGone(fault) ? "warn" : "error";
    parts.logger[level]({ ...about, fault: describe(fault) }, "An event could not be answered");
  }
}
