/** What is kept of members between their visits: what they were briefed on last, what they subscribed to, their tour. */

import type { Baseline } from "./briefing.ts";

export const SCHEDULES = ["weekly", "on-new-reports"] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** Subscriptions that a member may have in a server. */
export const MOST_SUBSCRIPTIONS = 25;

/** A standing order for briefings of what is new. */
export interface Subscription {
  /** 10 letters and digits; not to be guessed. */
  readonly id: string;
  readonly guildId: string;
  /** Who ordered it. */
  readonly memberId: string;
  /** Where it goes; null for a direct message to the member. */
  readonly channelId: string | null;
  /** null for the whole corpus. */
  readonly subject: string | null;
  readonly schedule: Schedule;
  /** Interface language of the member, or null. */
  readonly locale: string | null;
  /** ISO time. */
  readonly createdAt: string;
  /** Of which state of the reports it has told; news are what is new since then. */
  readonly told: Pick<Baseline, "snapshot" | "createdAt">;
  /** ISO time at which it was last looked for news, and they were told or there were none; at first `createdAt`. */
  readonly lookedAt: string;
  /** ISO time of the last delivery; null before the first. */
  readonly deliveredAt: string | null;
  /** Deliveries in a row that could not be made, and the ISO time of the last one. */
  readonly failures: number;
  readonly failedAt: string | null;
  /** ISO time of its end; null while it goes on. */
  readonly endedAt: string | null;
}

/** What is ordered. */
export interface SubscriptionOrder
  extends Pick<Subscription, "guildId" | "memberId" | "channelId" | "subject" | "schedule" | "locale"> {
  /** The state of the reports when it is ordered. */
  readonly told: Baseline;
}

/** A delivery that was begun; it is confirmed when the chat has taken the message. */
export interface Delivery {
  /** 10 letters and digits; also the message's nonce and part of its button, so that it is known again after a crash. */
  readonly id: string;
  readonly subscriptionId: string;
  /** ISO time. */
  readonly begunAt: string;
  /** The channel that it is sent to, of direct messages too. */
  readonly channelId: string;
  /** The last message that was in that channel before; "0" for none. The delivery's own can only stand behind it. */
  readonly after: string;
  /** What is sent, as it was written when it was begun: sent again, it has to be the same. */
  readonly message: string;
}

/** What a delivery is begun with. */
export interface NewDelivery extends Pick<Delivery, "channelId" | "after"> {
  /** What is told once it is confirmed. */
  readonly upTo: Baseline;
  /** Writes the message of a delivery with this id. Short, and without side effects: it is called inside a transaction. */
  readonly write: (deliveryId: string) => string;
}

/**
 * The record of members, which survives restarts, kills, power failures and a new index. Calls are synchronous and short.
 * Each throws {SitrepError} "busy" or "index-unusable" as the record of exchanges does.
 */
export interface Members {
  /** null where the member was never briefed there, or not for 400 days. */
  lastBriefing(guildId: string, memberId: string): Baseline | null;
  noteBriefing(guildId: string, memberId: string, baseline: Baseline): void;
  /**
   * One for each member, subject and schedule, and in a channel one for all: the same order again is the one that is
   * there. At most MOST_SUBSCRIPTIONS for a member and server.
   */
  subscribe(order: SubscriptionOrder): { readonly subscription: Subscription; readonly isNew: boolean } | "too-many";
  /** Also one that has ended, for 30 days. */
  subscription(id: string): Subscription | null;
  /** What a subscription has told, in full; null where there is none. */
  told(id: string): Baseline | null;
  /** Those that go on, of a server, a member, or all; oldest first. */
  subscriptions(guildId?: string, memberId?: string): readonly Subscription[];
  /** Ends it; it can be put back for 30 days. @returns what was ended; null where there was none. */
  unsubscribe(id: string): Subscription | null;
  /**
   * Puts back what was ended; null where it is forgotten. What came in meanwhile is news to it. One that goes on, or was
   * ordered anew meanwhile, stays as it is.
   */
  resubscribe(id: string): Subscription | "too-many" | null;
  /**
   * Takes the right to deliver, which one process has at a time, until it is closed or ends, however it ends.
   * @returns false where another process has it.
   */
  claimDelivering(): boolean;
  /** Begins a delivery; null where one of that subscription is begun and not confirmed, or it has ended. */
  beginDelivery(subscriptionId: string, delivery: NewDelivery): Delivery | null;
  /** Begun, and neither confirmed nor given up: after a restart it has to be found out whether they arrived. */
  openDeliveries(): readonly Delivery[];
  /** It has arrived: what it told is told. Nothing happens where it is confirmed already, or was given up. */
  confirmDelivery(id: string, messageId: string): void;
  /** It has surely not arrived: it is forgotten, and what it would have told is still to be told. */
  giveUpDelivery(id: string): void;
  /** Notes that what is new was looked at and there was nothing to tell. */
  noteNothing(subscriptionId: string, upTo: Baseline): void;
  /** Notes that nothing could be delivered. @returns how often in a row that was; 0 for one that is not there. */
  noteFailure(subscriptionId: string): number;
  /** The step of the tour that a member saw last, 1 to 5, or 6 once it is finished; null before the first, or after 400 days. */
  tourStep(guildId: string, memberId: string): number | null;
  noteTourStep(guildId: string, memberId: string, step: number): void;
  close(): void;
}
