/** Briefings that come by themselves: when they are due, and each of them once, whatever ends the bot on the way. */

import type { Client } from "discord.js";
import { SitrepError } from "../domain/errors.ts";
import type { Delivery, Members, Subscription } from "../domain/members.ts";
import { describe } from "./faults.ts";
import * as letters from "./letters.ts";
import type { BotParts } from "./parts.ts";
import { serves } from "./permissions.ts";
import { hasJustFailed, isDue, isNews, type Moment } from "./schedule.ts";
import { statusOf } from "./status-of.ts";
import { hasNews, newsLetter } from "./views/news.ts";

/** Deliveries in a row that could not be made, after which a subscription ends. */
const MOST_FAILURES = 3;
/** After a fault of the bot's own, the time for which a subscription is left alone; in milliseconds. */
const FAULT_PAUSE = 5 * 60_000;
/** For so long a message may still be on its way after its sender has ended; in milliseconds. */
const ON_ITS_WAY = 2 * 60_000;

export interface DeliveriesOptions {
  /** Milliseconds between looks, default 30,000. */
  readonly every?: number | undefined;
  /** Milliseconds between two messages, default 1,000: Discord minds bots that write to many members at once. */
  readonly between?: number | undefined;
  readonly now?: (() => Date) | undefined;
}

export interface Deliveries {
  /** Begins to look, at once and from then on. */
  start(): void;
  /** Looks now, after the look that is under way. */
  look(): Promise<void>;
  /** Ends after the message that is just being sent. */
  stop(): Promise<void>;
}

type Parts = Pick<BotParts, "config" | "sitrep" | "members" | "logger" | "reindexing" | "stringsFor">;

/**
 * Looks every so often for subscriptions that are due. A message is sent in three steps: its delivery is written down,
 * Discord takes it, and what it told is written down as told. Whatever ends the bot between two of them, the next look
 * finds the delivery open and looks in its channel whether it has arrived.
 */
export function createDeliveries(
  parts: Parts,
  client: Client,
  { every = 30_000, between = 1000, now = () => new Date() }: DeliveriesOptions = {},
): Deliveries {
  const { logger, config } = parts;
  const stopping = new AbortController();
  /** When each subscription may be looked at again after a fault. */
  const pauses = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();

  function look(): Promise<void> {
    looking = looking.then(lookOnce).catch((fault: unknown) => {
      if (!stopping.signal.aborted) logger.warn({ fault: describe(fault) }, "Subscriptions could not be looked at");
    });
    return looking;
  }

  const isHeldUp = (): boolean => stopping.signal.aborted || parts.reindexing.since() !== null || !client.isReady();

  async function lookOnce(): Promise<void> {
    const { members } = parts;
    if (members === null || isHeldUp() || !members.claimDelivering()) return;
    for (const delivery of members.openDeliveries()) {
      const subscription = members.subscription(delivery.subscriptionId);
      // What belongs to one that has ended is left as it is: if that is put back, it has to be known whether it arrived.
      if (subscription === null || subscription.endedAt !== null) continue;
      if (isPausing(subscription) || hasJustFailed(subscription, now())) continue;
      if (isHeldUp()) return;
      await apart(subscription, () => settle(members, subscription, delivery));
    }
    const going = members.subscriptions();
    const reports = going.length === 0 ? null : await unlessStopped(statusOf(parts));
    if (reports === null) return;
    const moment: Moment = { now: now(), weeklyAt: config.weeklyAt, settleSeconds: config.settleSeconds, reports };
    for (const { id } of going.filter((each) => isDue(each, moment))) {
      if (isHeldUp()) return;
      // It may have ended while another was served.
      const subscription = members.subscription(id);
      if (subscription === null || subscription.endedAt !== null || isPausing(subscription)) continue;
      await apart(subscription, () => serve(members, subscription, moment));
    }
  }

  const isPausing = ({ id }: Subscription): boolean => (pauses.get(id) ?? 0) > now().getTime();

  /** What Sitrep gives; rejects at a stop, which waits for messages and not for reading. */
  async function unlessStopped<T>(reading: Promise<T>): Promise<T> {
    const { signal } = stopping;
    reading.catch(() => undefined);
    const stop = new Promise<never>((_, reject) => {
      const end = () => reject(new SitrepError("cancelled", "The bot is about to stop"));
      if (signal.aborted) end();
      signal.addEventListener("abort", end, { once: true });
      void reading.finally(() => signal.removeEventListener("abort", end)).catch(() => undefined);
    });
    return await Promise.race([reading, stop]);
  }

  /** A fault with one subscription is no fault of the others. */
  async function apart(subscription: Subscription, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (fault) {
      if (stopping.signal.aborted) return;
      pauses.set(subscription.id, now().getTime() + FAULT_PAUSE);
      logger.error({ ...aboutOf(subscription), fault: describe(fault) }, "A briefing could not be made or sent");
    }
  }

  /** Finds out what became of a delivery that is begun. */
  async function settle(members: Members, subscription: Subscription, delivery: Delivery): Promise<void> {
    let messageId: string | null;
    try {
      messageId = await letters.findMessage(client, delivery);
    } catch (fault) {
      if (!letters.isRefused(fault)) throw fault;
      // Of a channel that is gone nobody has read it. Where the bot may not look, it may have arrived.
      if (letters.isChannelGone(fault)) members.giveUpDelivery(delivery.id);
      return noteFailure(members, subscription, fault.message);
    }
    if (messageId !== null) return members.confirmDelivery(delivery.id, messageId);
    const letter = letters.readLetter(delivery.message);
    const stands = letter === null ? [false] : await unlessStopped(parts.sitrep.verify(letter.quotes));
    if (letter === null || stands.includes(false)) {
      // The reports have changed since: it is made anew, once it cannot arrive any more.
      const isOver = now().getTime() - Date.parse(delivery.begunAt) > ON_ITS_WAY;
      return isOver ? members.giveUpDelivery(delivery.id) : undefined;
    }
    const place = await placeFor(members, subscription);
    if (place !== null) await send(members, subscription, delivery, letter);
    else if (members.subscription(subscription.id)?.endedAt !== null) members.giveUpDelivery(delivery.id);
  }

  /** Looks what is new for a subscription, and sends it. */
  async function serve(members: Members, subscription: Subscription, moment: Moment): Promise<void> {
    const { id, subject, guildId, channelId, locale } = subscription;
    if (!serves(parts, guildId)) return;
    const told = members.told(id);
    if (told === null) return;
    if (!isNews(subscription, moment)) return members.noteNothing(id, told);
    const { briefing, upTo } = await unlessStopped(parts.sitrep.changes(told, subject, { signal: stopping.signal }));
    if (!hasNews(briefing)) return members.noteNothing(id, upTo);
    const place = await placeFor(members, subscription);
    if (place === null || isHeldUp()) return;
    const after = await letters.lastMessageIn(client, place.channelId);
    const strings = parts.stringsFor(locale);
    const reader = { subscriptionId: id, server: place.guildName, isDirect: channelId === null };
    const write = (deliveryId: string): string =>
      letters.writeLetter(newsLetter(briefing, { ...reader, deliveryId }, strings));
    const delivery = members.beginDelivery(id, { upTo, channelId: place.channelId, after, write });
    const letter = delivery === null ? null : letters.readLetter(delivery.message);
    if (delivery !== null && letter !== null) await send(members, subscription, delivery, letter);
  }

  /** Where to send it; null where that is nowhere now, which is noted. */
  async function placeFor(members: Members, subscription: Subscription) {
    const place = await letters.placeOf(client, subscription);
    if (place.kind === "open") return place;
    if (place.kind === "left") {
      members.unsubscribe(subscription.id);
      logger.info(aboutOf(subscription), "A subscription has ended: its member has left the server");
    }
    if (place.kind === "shut") noteFailure(members, subscription, place.reason);
    return null;
  }

  async function send(
    members: Members,
    subscription: Subscription,
    delivery: Delivery,
    { body }: letters.Letter,
  ): Promise<void> {
    let messageId: string;
    try {
      messageId = await letters.post(client, delivery.channelId, body, delivery.id);
    } catch (fault) {
      if (letters.isRefused(fault)) {
        members.giveUpDelivery(delivery.id);
        return noteFailure(members, subscription, fault.message);
      }
      // It is not known whether it arrived: the delivery stays open, and the next look finds out.
      const about = { ...aboutOf(subscription), delivery: delivery.id, fault: describe(fault) };
      return logger.warn(about, "It is not known whether a briefing was delivered");
    }
    members.confirmDelivery(delivery.id, messageId);
    logger.info({ ...aboutOf(subscription), delivery: delivery.id }, "A briefing was delivered");
    await pause(between, stopping.signal);
  }

  function noteFailure(members: Members, subscription: Subscription, reason: string): void {
    const failures = members.noteFailure(subscription.id);
    const isOver = failures >= MOST_FAILURES;
    if (isOver) members.unsubscribe(subscription.id);
    const words = isOver ? "A subscription has ended: nothing can be delivered" : "A briefing could not be delivered";
    logger.warn({ ...aboutOf(subscription), failures, reason }, words);
  }

  return {
    start() {
      void look();
      timer = setInterval(() => void look(), every).unref();
    },
    look,
    async stop() {
      if (timer !== null) clearInterval(timer);
      stopping.abort();
      await looking;
    },
  };
}

/** For the log; what somebody subscribed to is their question. */
function aboutOf({ id, guildId, channelId, memberId }: Subscription): Record<string, string> {
  return { subscription: id, guild: guildId, ...(channelId === null ? { member: memberId } : { channel: channelId }) };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds === 0 || signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
