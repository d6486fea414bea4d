/** Questions by a mention of the bot: answered with a reply, which opens a thread; in the thread, follow-ups. */

import { type Message, MessageReferenceType, MessageType, PermissionFlagsBits } from "discord.js";
import type { Exchange } from "../../domain/exchange.ts";
import type { MessageBody } from "../components.ts";
import { describe, faultMessage, noteMessage, Refusal, told } from "../faults.ts";
import { messageOf } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { isModerator, serves } from "../permissions.ts";
import { ask, lastInThread, noteShown } from "../questions.ts";
import { v2 } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { shortened } from "../text.ts";
import { pagingOf, viewOf } from "../views/exchange.ts";
import { tellPlace } from "../waiting.ts";

type GuildMessage = Message<true>;

/** Longest name of a thread. */
const LONGEST_THREAD_NAME = 100;
/** Minutes without a message after which Discord folds a thread away: a day. */
const THREAD_MINUTES = 1440;

/** Whether a message is a question to the bot: it mentions it, or replies to it with the mention on. */
export function isForBot(message: Message): message is GuildMessage {
  const { client, author, mentions, type } = message;
  return (
    message.inGuild() &&
    !author.bot &&
    (type === MessageType.Default || type === MessageType.Reply) &&
    // A mention of everybody, or of a role, is none of the bot.
    mentions.users.has(client.user?.id ?? "")
  );
}

export async function onMention(parts: BotParts, message: GuildMessage): Promise<void> {
  if (!serves(parts, message.guildId) || !mayAnswer(message)) return;
  const strings = parts.stringsFor(message.guild.preferredLocale);
  try {
    await answerMention(parts, message, strings);
  } catch (fault) {
    const about = { message: message.id, channel: message.channelId };
    await message.reply(v2(faultMessage(told(fault, about, parts.logger, strings))));
  }
}

/** A bot that may not write there can say nothing, not even that it may not. */
function mayAnswer({ channel, client, guild }: GuildMessage): boolean {
  const me = guild.members.me ?? client.user;
  const permissions = me === null ? null : channel.permissionsFor(me);
  const write = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return permissions?.has([PermissionFlagsBits.ViewChannel, write]) ?? false;
}

async function answerMention(parts: BotParts, message: GuildMessage, strings: Strings): Promise<void> {
  const question = questionIn(message);
  if (question === "") {
    await message.reply(v2(noteMessage(strings.mention.empty)));
    return;
  }
  const { member } = message;
  if (!isModerator(parts, { member, memberPermissions: member?.permissions ?? null })) {
    const seconds = parts.cooldowns.take(message.author.id);
    if (seconds > 0) throw new Refusal(strings.waiting.cooldown(seconds));
  }

  const follows = followedBy(parts, message);
  const turn = parts.turns.take(message.author.id, () =>
    ask(parts, {
      question,
      filters: follows?.filters ?? {},
      follows,
      guildId: message.guildId,
      channelId: message.channelId,
      memberId: message.author.id,
      isPrivate: false,
    }),
  );
  turn.result.catch(() => undefined);
  let answer: Message | null = null;
  const show = async (body: MessageBody) => {
    answer = answer === null ? await message.reply(v2(body)) : await answer.edit(v2(body));
    return answer;
  };
  const word = tellPlace(turn.place, show, strings);
  const exchange = await turn.result.finally(word.end);
  const view = await viewOf(exchange, { view: "main" }, { sitrep: parts.sitrep, strings });
  const canOpen = mayOpenThread(message);
  const isInThread = message.channel.isThread();
  const hint = isInThread ? [] : [`-# ${canOpen ? strings.followUp.threadHint : strings.followUp.noThread}`];
  const body = messageOf({ ...view, foot: [...view.foot, ...hint] }, 0, pagingOf(exchange, { view: "main" }, strings));
  const shown = await show(body);
  noteShown(parts, exchange, shown.id);
  if (canOpen) await openThread(parts, shown, question);
}

/** What was asked: the message without mentions of people, roles and channels, and without a server's own emoji. */
function questionIn({ content }: GuildMessage): string {
  return content
    .replace(/<(?:@[!&]?|#|a?:\w{1,64}:)\d{1,20}>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** What a message may point back to: the answer that it replies to, else the last one of its thread. */
function followedBy(parts: BotParts, message: GuildMessage): Exchange | null {
  const { reference, channel } = message;
  if (reference?.messageId !== undefined && reference.type === MessageReferenceType.Default) {
    const replied = parts.exchanges?.ofMessage(reference.messageId) ?? null;
    if (replied !== null) return replied;
  }
  return lastInThread(parts, channel);
}

/** Threads are opened in ordinary channels only, where the bot may. */
function mayOpenThread({ channel, client, guild }: GuildMessage): boolean {
  if (channel.isThread() || channel.isVoiceBased()) return false;
  const me = guild.members.me ?? client.user;
  const wanted = [PermissionFlagsBits.CreatePublicThreads, PermissionFlagsBits.SendMessagesInThreads];
  return me !== null && (channel.permissionsFor(me)?.has(wanted) ?? false);
}

async function openThread(parts: BotParts, answer: Message, question: string): Promise<void> {
  try {
    await answer.startThread({
      name: shortened(question, LONGEST_THREAD_NAME),
      autoArchiveDuration: THREAD_MINUTES,
    });
  } catch (fault) {
    // The answer stands without it, and the button asks on.
    parts.logger.warn({ fault: describe(fault), channel: answer.channelId }, "No thread could be opened");
  }
}
