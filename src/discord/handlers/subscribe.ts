/** Subscriptions to briefings: begun with /brief, ended and put back by button, also outside of servers. */

import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from "discord.js";
import { type Members, MOST_SUBSCRIPTIONS, SCHEDULES, type Subscription } from "../../domain/members.ts";
import type { MessageBody } from "../components.ts";
import { actionOf } from "../custom-id.ts";
import { isAcknowledgedAlready, Refusal } from "../faults.ts";
import { directChannel, isClosed, NEEDED, post } from "../letters.ts";
import type { BotParts } from "../parts.ts";
import { isModerator, serves } from "../permissions.ts";
import { promise, show } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { helloMessage, listMessages, subscriptionMessage, type Terms } from "../views/subscriptions.ts";

/** What a member orders with /brief. */
export interface Order {
  readonly subject: string | null;
  /** One of SUBSCRIBE_VALUES. */
  readonly subscribe: string;
  /** The channel to post in; null for a direct message. */
  readonly channelId: string | null;
}

type Command = ChatInputCommandInteraction<"cached">;

export async function onSubscribe(
  parts: BotParts,
  interaction: Command,
  order: Order,
  strings: Strings,
): Promise<void> {
  const { channelId } = order;
  await promise(interaction, true);
  const members = membersOf(parts, strings);
  if (order.subscribe === "list") return await onList(parts, interaction, members, strings);
  const schedule = SCHEDULES.find((each) => each === order.subscribe);
  if (schedule === undefined) throw new Refusal(strings.faults.unknownCommand);
  if (channelId !== null) refuseChannel(parts, interaction, channelId, strings);
  const { guildId, user } = interaction;
  const subject = order.subject?.trim() || null;
  const now = await parts.sitrep.baseline();
  // Nothing is new since now, but a subject that cannot be asked for is refused.
  const { upTo } = await parts.sitrep.changes(now, subject);
  const made = members.subscribe({
    ...{ guildId, memberId: user.id, channelId, subject, schedule },
    locale: channelId === null ? interaction.locale : interaction.guildLocale,
    told: upTo,
  });
  if (made === "too-many") throw new Refusal(strings.subscriptions.tooMany(MOST_SUBSCRIPTIONS));
  const { subscription, isNew } = made;
  if (isNew && channelId === null) await greet(parts, interaction, subscription, members, strings);
  await show(
    parts,
    interaction,
    subscriptionMessage(subscription, isNew ? "subscribed" : "already", termsOf(parts), strings),
  );
}

/** A channel is for moderators, who may write there themselves, and where the bot may too. */
function refuseChannel(parts: BotParts, interaction: Command, channelId: string, { subscriptions }: Strings): void {
  if (!isModerator(parts, interaction)) throw new Refusal(subscriptions.notModerator);
  const channel = interaction.guild.channels.cache.get(channelId);
  const { me } = interaction.guild.members;
  if (channel?.isTextBased() !== true || channel.isThread() || me === null) throw new Refusal(subscriptions.noChannel);
  const shown = `<#${channelId}>`;
  const mayWrite = channel
    .permissionsFor(interaction.member)
    .has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]);
  if (!mayWrite) throw new Refusal(subscriptions.youCannotPost(shown));
  const rights = channel.permissionsFor(me);
  const lacking = NEEDED.filter((name) => !rights.has(PermissionFlagsBits[name]));
  if (lacking.length === 0) return;
  throw new Refusal(subscriptions.cannotPost(lacking.map((name) => subscriptions.permissions[name]).join(", "), shown));
}

/** Writes to the member: who takes no messages would wait for them in vain. */
async function greet(
  parts: BotParts,
  { client, guild }: Command,
  subscription: Subscription,
  members: Members,
  strings: Strings,
): Promise<void> {
  const { id, memberId } = subscription;
  try {
    const channelId = await directChannel(client, memberId);
    await post(client, channelId, helloMessage(subscription, guild.name, termsOf(parts), strings), id);
  } catch (fault) {
    members.unsubscribe(id);
    if (isClosed(fault)) throw new Refusal(strings.subscriptions.closed);
    throw fault;
  }
}

/** One's own, and for moderators those of channels; each with a button that ends it. */
async function onList(parts: BotParts, interaction: Command, members: Members, strings: Strings): Promise<void> {
  const seesChannels = isModerator(parts, interaction);
  const shown = members
    .subscriptions(interaction.guildId)
    .filter(({ memberId, channelId }) => (channelId === null ? memberId === interaction.user.id : seesChannels));
  const [first, ...others] = listMessages(shown, termsOf(parts), strings);
  if (first !== undefined) await show(parts, interaction, first);
  for (const body of others) await interaction.followUp(privately(body));
}

export async function onUnsubscribe(
  parts: BotParts,
  click: ButtonInteraction,
  subscription: string,
  strings: Strings,
): Promise<void> {
  const members = membersOf(parts, strings);
  const wanted = changeable(parts, click, members.subscription(subscription), strings);
  const ended = members.unsubscribe(wanted.id) ?? wanted;
  await reply(click, subscriptionMessage(ended, "ended", termsOf(parts), strings));
}

export async function onResubscribe(
  parts: BotParts,
  click: ButtonInteraction,
  subscription: string,
  strings: Strings,
): Promise<void> {
  const members = membersOf(parts, strings);
  const wanted = changeable(parts, click, members.subscription(subscription), strings);
  const back = members.resubscribe(wanted.id);
  if (back === "too-many") throw new Refusal(strings.subscriptions.tooMany(MOST_SUBSCRIPTIONS));
  if (back === null) throw new Refusal(strings.subscriptions.unknown);
  await reply(click, subscriptionMessage(back, "again", termsOf(parts), strings));
}

/** A click in a direct message: there only subscriptions can be changed. */
export async function onDirectClick(parts: BotParts, click: ButtonInteraction, strings: Strings): Promise<void> {
  const action = actionOf(click.customId);
  if (action?.kind === "unsubscribe") return await onUnsubscribe(parts, click, action.subscription, strings);
  if (action?.kind === "resubscribe") return await onResubscribe(parts, click, action.subscription, strings);
  throw new Refusal(strings.faults.notHere);
}

/** @throws {Refusal} where there is none, its server is not served, or who clicked has no say in it. */
function changeable(
  parts: BotParts,
  click: ButtonInteraction,
  subscription: Subscription | null,
  { subscriptions, faults }: Strings,
): Subscription {
  if (subscription === null) throw new Refusal(subscriptions.unknown);
  const { guildId, memberId, channelId } = subscription;
  if (!serves(parts, guildId)) throw new Refusal(faults.notHere);
  const isTheirs =
    channelId === null
      ? memberId === click.user.id
      : click.inCachedGuild() && click.guildId === guildId && isModerator(parts, click);
  if (!isTheirs) throw new Refusal(subscriptions.notYours);
  return subscription;
}

function membersOf({ members }: BotParts, { subscriptions }: Strings): Members {
  if (members === null) throw new Refusal(subscriptions.notKept);
  return members;
}

function termsOf({ config }: BotParts): Terms {
  return { weeklyAt: config.weeklyAt, settleSeconds: config.settleSeconds, now: new Date() };
}

async function reply(click: ButtonInteraction, body: MessageBody): Promise<void> {
  try {
    await click.reply(privately(body));
  } catch (fault) {
    // Its confirmation was lost on the way, and discord.js sent it again: it is there.
    if (!isAcknowledgedAlready(fault)) throw fault;
  }
}

function privately(body: MessageBody) {
  return { components: [...body], flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral } as const;
}
