/** /start post: the "Start here" message in a channel, for everybody. */

import {
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
  DiscordAPIError,
  type GuildBasedChannel,
  type GuildTextBasedChannel,
  type Message,
  PermissionFlagsBits,
  type PermissionsString,
} from "discord.js";
import { type Button, container, row, text } from "../components.ts";
import { describe, Refusal } from "../faults.ts";
import { messageOf, SINGLE_PAGE } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { isModerator } from "../permissions.ts";
import { promise, show, v2 } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";
import { START_ID, startHereView } from "../views/tour.ts";

/** What posting takes, as Discord's settings name it. They have no Urdu. */
const TO_POST: Readonly<Partial<Record<PermissionsString, string>>> = {
  ViewChannel: "View Channel",
  SendMessages: "Send Messages",
};
const FORBIDDEN = 403;
/** How far back an earlier "Start here" is looked for. */
const LOOKED_THROUGH = 100;
const LONGEST_NAME = 100;

type Command = ChatInputCommandInteraction<"cached">;

/**
 * Posts "Start here" in a channel, in the server's language, and tells the moderator where it stands.
 * @throws {Refusal} for others than moderators, and where the bot or the moderator may not post.
 */
export async function postStartHere(
  parts: BotParts,
  interaction: Command,
  channel: GuildBasedChannel,
  strings: Strings,
): Promise<void> {
  if (!isModerator(parts, interaction)) throw new Refusal(strings.faults.notForYou);
  await promise(interaction, true);
  const { post } = strings.tour;
  const name = `#${brief(channel.name, LONGEST_NAME)}`;
  // The bot must not be a way around what a moderator may do in a channel.
  if (lacking(channel, interaction.member).length > 0) throw new Refusal(post.memberLacks(name));
  const me = interaction.guild.members.me ?? (await interaction.guild.members.fetchMe());
  const missing = lacking(channel, me);
  if (missing.length > 0) throw new Refusal(post.botLacks(name, missing.join(", ")));
  if (!channel.isSendable()) throw new Refusal(post.refused(name));

  const earlier = await earlierPost(parts, channel);
  const posted = await send(parts, interaction, channel, post.refused(name));
  parts.logger.info({ member: interaction.user.id, channel: channel.id }, "“Start here” was posted");
  await show(
    parts,
    interaction,
    container("information", [
      text([post.done(name), ...(earlier === null ? [] : [`-# ${post.earlier(name)}`])].join("\n")),
      row(linkTo(posted.url, post.toPost), ...(earlier === null ? [] : [linkTo(earlier.url, post.toEarlier)])),
    ]),
  );
}

/** The permissions that a member lacks to post in a channel, as Discord's settings name them. */
function lacking(channel: GuildBasedChannel, member: Command["member"]): string[] {
  const permissions = channel.permissionsFor(member);
  return Object.entries(TO_POST).flatMap(([name, shown]) =>
    permissions.has(PermissionFlagsBits[name as PermissionsString]) ? [] : [shown],
  );
}

async function send(
  { stringsFor, logger }: BotParts,
  { id, guild }: Command,
  channel: GuildTextBasedChannel,
  refused: string,
): Promise<Message> {
  const body = messageOf(startHereView(stringsFor(guild.preferredLocale)), 0, SINGLE_PAGE);
  try {
    // A request whose confirmation was lost is sent again: the nonce keeps it one message.
    return await channel.send({ ...v2(body), nonce: id, enforceNonce: true });
  } catch (fault) {
    // What else keeps a bot from posting (a time-out, say) only Discord knows.
    if (!(fault instanceof DiscordAPIError && fault.status === FORBIDDEN)) throw fault;
    logger.warn({ fault: describe(fault), channel: channel.id }, "“Start here” could not be posted");
    throw new Refusal(refused);
  }
}

/** The bot's newest "Start here" among the last messages of a channel; null where there is none, or none may be read. */
async function earlierPost({ logger }: BotParts, channel: GuildTextBasedChannel): Promise<Message | null> {
  const { client } = channel;
  const mayRead = channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ReadMessageHistory) === true;
  if (!mayRead) return null;
  try {
    const messages = await channel.messages.fetch({ limit: LOOKED_THROUGH, cache: false });
    const isOne = (message: Message) =>
      message.author.id === client.user.id && message.resolveComponent(START_ID) !== null;
    return messages.find(isOne) ?? null;
  } catch (fault) {
    logger.warn({ fault: describe(fault), channel: channel.id }, "An earlier “Start here” could not be looked for");
    return null;
  }
}

function linkTo(url: string, label: string): Button {
  return { type: ComponentType.Button, style: ButtonStyle.Link, url, label };
}
