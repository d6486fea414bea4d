/** Questions by a mention of the bot: answered with a reply, which opens a thread; in the thread, follow-ups. */

import { type Message, MessageReferenceType, MessageType, PermissionFlagsBits } from "discord.js";
import type { Exchange } from "../../domain/exchange.ts";
import type { MessageBody } from "../components.ts";
import { describe, faultMessage, isGone, noteMessage, Refusal, told } from "../faults.ts";
import { messageOf } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { isModerator, serves } from "../permissions.ts";
import { ask, lastInThread, noteShown } from "../questions.ts";
import { v2 } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { shortened } from "../text.ts";
import { NotTaken } from "../turns.ts";
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
  const reply = replyTo(message);
  try {
    await answerMention(parts, message, reply, strings);
  } catch (fault) {
    const about = { message: message.id, channel: message.channelId };
    await reply(faultMessage(told(fault, about, parts.logger, strings)));
  }
}

/** A bot that may not write there can say nothing, not even that it may not. */
function mayAnswer(message: GuildMessage): boolean {
  const { SendMessagesInThreads, SendMessages, ViewChannel } = PermissionFlagsBits;
  return may(message, [ViewChannel, message.channel.isThread() ? SendMessagesInThreads : SendMessages]);
}

/** Whether the bot has permissions in the channel of a message; not, where it is not in the server any more. */
function may({ channel, client, guild }: GuildMessage, wanted: bigint[]): boolean {
  const me = guild.members.me ?? client.user;
  return me !== null && (channel.permissionsFor(me)?.has(wanted) ?? false);
}

/**
 * Shows a message in answer to a mention, in the place of the one before: a word to who waits becomes the answer, or
 * what is wrong. Where that one was deleted meanwhile, there is another.
 */
function replyTo(message: GuildMessage): (body: MessageBody) => Promise<Message> {
  let last: Message | null = null;
  const send = (body: MessageBody) =>
    // Discord lets nobody reply to what they may not read again.
    may(message, [PermissionFlagsBits.ReadMessageHistory]) ? message.reply(v2(body)) : message.channel.send(v2(body));
  return async (body) => {
    try {
      last = last === null ? await send(body) : await last.edit(v2(body));
    } catch (fault) {
      if (last === null || !isGone(fault)) throw fault;
      last = await send(body);
    }
    return last;
  };
}

async function answerMention(
  parts: BotParts,
  message: GuildMessage,
  reply: (body: MessageBody) => Promise<Message>,
  strings: Strings,
): Promise<void> {
  const question = questionIn(message);
  if (question === "") {
    await reply(noteMessage(strings.mention.empty));
    return;
  }
  if (parts.turns.isFull()) throw new NotTaken("full");
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
      areFiltersInherited: true,
      follows,
      guildId: message.guildId,
      channelId: message.channelId,
      memberId: message.author.id,
      isPrivate: false,
    }),
  );
  turn.result.catch(() => undefined);
  const word = tellPlace(turn.place, reply, strings);
  const exchange = await turn.result.finally(word.end);
  const view = await viewOf(exchange, { view: "main" }, { sitrep: parts.sitrep, strings });
  const canOpen = mayOpenThread(message);
  const isInThread = message.channel.isThread();
  const hint = isInThread ? [] : [`-# ${canOpen ? strings.followUp.threadHint : strings.followUp.noThread}`];
  const body = messageOf({ ...view, foot: [...view.foot, ...hint] }, 0, pagingOf(exchange, { view: "main" }, strings));
  const shown = await reply(body);
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
function mayOpenThread(message: GuildMessage): boolean {
  const { channel } = message;
  if (channel.isThread() || channel.isVoiceBased()) return false;
  const { CreatePublicThreads, SendMessagesInThreads, ReadMessageHistory } = PermissionFlagsBits;
  return may(message, [CreatePublicThreads, SendMessagesInThreads, ReadMessageHistory]);
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
