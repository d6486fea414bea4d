/** Messages that the bot sends without being asked just then, so that each arrives once. */

import {
  type APIChannel,
  type APIMessage,
  type Client,
  DiscordAPIError,
  MessageFlags,
  PermissionFlagsBits,
  Routes,
} from "discord.js";
import { z } from "zod";
import type { Quote } from "../domain/answer.ts";
import type { Delivery, Subscription } from "../domain/members.ts";
import type { MessageBody } from "./components.ts";
import { actionOf } from "./custom-id.ts";

/** A message with the quotes that it shows. */
export interface Letter {
  readonly body: MessageBody;
  readonly quotes: readonly Quote[];
}

/** What the bot has to be allowed to in a channel: to write, and to find again what it wrote. */
export const NEEDED = ["ViewChannel", "SendMessages", "ReadMessageHistory"] as const;
export type Needed = (typeof NEEDED)[number];

/** Codes of Discord's interface: docs, "Opcodes and status codes". */
const UNKNOWN_CHANNEL = 10003;
const UNKNOWN_MEMBER = 10007;
const UNKNOWN_USER = 10013;
const CLOSED_TO_MESSAGES = new Set([50007, 50278]);

export type Place =
  | { readonly kind: "open"; readonly channelId: string; readonly guildName: string }
  /** The member is not in the server any more. */
  | { readonly kind: "left" }
  /** Nothing can be sent there; `reason` is for the log. */
  | { readonly kind: "shut"; readonly reason: string }
  /** Discord has the server out of order for a while. */
  | { readonly kind: "away" };

/** Where a subscription's briefings go now. @throws what discord.js throws when Discord cannot be reached. */
export async function placeOf(client: Client, { guildId, memberId, channelId }: Subscription): Promise<Place> {
  const guild = client.guilds.cache.get(guildId);
  if (guild === undefined) return { kind: "shut", reason: "the bot is not in the server" };
  if (!guild.available) return { kind: "away" };
  if (channelId !== null) {
    const channel = guild.channels.cache.get(channelId);
    if (channel === undefined) return { kind: "shut", reason: "the channel is gone" };
    const { me } = guild.members;
    const rights = me === null ? null : channel.permissionsFor(me);
    const lacking = NEEDED.filter((name) => rights?.has(PermissionFlagsBits[name]) !== true);
    if (lacking.length > 0) return { kind: "shut", reason: `the bot lacks ${lacking.join(", ")} in the channel` };
    return { kind: "open", channelId, guildName: guild.name };
  }
  try {
    await guild.members.fetch({ user: memberId, force: true });
  } catch (fault) {
    if (hasCode(fault, UNKNOWN_MEMBER, UNKNOWN_USER)) return { kind: "left" };
    throw fault;
  }
  return { kind: "open", channelId: await directChannel(client, memberId), guildName: guild.name };
}

/** The channel of direct messages with a member. */
export async function directChannel({ rest }: Client, memberId: string): Promise<string> {
  const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: memberId } })) as APIChannel;
  return id;
}

/** The id of the last message of a channel; "0" where there is none. */
export async function lastMessageIn(client: Client, channelId: string): Promise<string> {
  const [last] = await messagesOf(client, channelId, { limit: "1" });
  return last?.id ?? "0";
}

async function messagesOf({ rest }: Client, channelId: string, query: Record<string, string>): Promise<APIMessage[]> {
  return (await rest.get(Routes.channelMessages(channelId), { query: new URLSearchParams(query) })) as APIMessage[];
}

/**
 * Sends a message.
 * @param nonce for some minutes a second message with the same one is not made: Discord gives the first one back.
 * @returns its id.
 * @throws {DiscordAPIError} where it was refused, see `isRefused`; any other fault leaves open whether it arrived.
 */
export async function post({ rest }: Client, channelId: string, body: MessageBody, nonce: string): Promise<string> {
  const message = (await rest.post(Routes.channelMessages(channelId), {
    body: {
      components: body,
      flags: MessageFlags.IsComponentsV2,
      nonce,
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
    },
  })) as APIMessage;
  return message.id;
}

const PAGE = 100;
/** Pages of messages that are looked through: a message is sent right after its delivery is begun. */
const MOST_PAGES = 20;

/**
 * Looks for the message of a delivery in its channel.
 * @returns its id; null where it is not there.
 * @throws {DiscordAPIError} where it cannot be looked for.
 */
export async function findMessage(client: Client, { id, channelId, after }: Delivery): Promise<string | null> {
  for (let [from, page] = [after, 0]; page < MOST_PAGES; page += 1) {
    // The newest comes first, also of those right behind a message.
    const messages = await messagesOf(client, channelId, { limit: `${PAGE}`, after: from });
    const found = messages.find((message) => message.author.id === client.user?.id && isOf(message.components, id));
    if (found !== undefined) return found.id;
    const [newest] = messages;
    if (newest === undefined || messages.length < PAGE) return null;
    from = newest.id;
  }
  return null;
}

/** Whether a component, or one inside it, is the button of a delivery. */
function isOf(component: unknown, deliveryId: string): boolean {
  if (typeof component !== "object" || component === null) return false;
  if ("custom_id" in component && typeof component.custom_id === "string") {
    const action = actionOf(component.custom_id);
    if (action?.kind === "unsubscribe" && action.delivery === deliveryId) return true;
  }
  return Object.values(component).some((inner) => isOf(inner, deliveryId));
}

/** Whether Discord has refused a request: it surely did nothing. */
export function isRefused(fault: unknown): fault is DiscordAPIError {
  return fault instanceof DiscordAPIError && fault.status >= 400 && fault.status < 500;
}

/** Whether a member takes no messages from the bot. */
export function isClosed(fault: unknown): boolean {
  return fault instanceof DiscordAPIError && CLOSED_TO_MESSAGES.has(Number(fault.code));
}

export function isChannelGone(fault: unknown): boolean {
  return hasCode(fault, UNKNOWN_CHANNEL);
}

function hasCode(fault: unknown, ...codes: readonly number[]): boolean {
  return fault instanceof DiscordAPIError && codes.includes(Number(fault.code));
}

const LETTER = z.object({
  body: z.array(z.looseObject({ type: z.number() })),
  quotes: z.array(z.object({ reportId: z.string(), start: z.number(), end: z.number(), text: z.string() })),
});

export function writeLetter({ body, quotes }: Letter): string {
  return JSON.stringify({
    body,
    quotes: quotes.map(({ reportId, start, end, text }) => ({ reportId, start, end, text })),
  });
}

/** @returns null for what `writeLetter` did not write. */
export function readLetter(written: string): Letter | null {
  try {
    const { body, quotes } = LETTER.parse(JSON.parse(written));
    return { body: body as unknown as MessageBody, quotes };
  } catch {
    return null;
  }
}
