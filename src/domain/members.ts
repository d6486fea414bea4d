/** What is kept of members between their visits: what they were briefed on last, what they subscribed to, their tour. */

import type { Baseline } from "./briefing.ts";

export const SCHEDULES = ["weekly", "on-new-reports"] as const;
export type Schedule = (typeof SCHEDULES)[number];

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
  /** What was told last: news are what is new since then. */
  readonly told: Baseline;
  /** ISO time of the last delivery; null before the first. */
  readonly deliveredAt: string | null;
}

/** A delivery that was begun; it is confirmed when Discord has taken the message. */
export interface Delivery {
  /** 10 letters and digits; also the message's nonce and part of its button, so that it is known again after a crash. */
  readonly id: string;
  readonly subscriptionId: string;
  /** ISO time. */
  readonly begunAt: string;
  /** What is told once it is confirmed. */
  readonly upTo: Baseline;
}

/**
 * The record of members, which survives restarts, kills and a new index. Calls are synchronous and short.
 * Each throws {SitrepError} "busy" or "index-unusable" as the record of exchanges does.
 */
export interface Members {
  /** null where the member was never briefed there. */
  lastBriefing(guildId: string, memberId: string): Baseline | null;
  noteBriefing(guildId: string, memberId: string, baseline: Baseline): void;
  /** One for each member, place, subject and schedule: the same order again is the one that is there. At most 25 for a member. */
  subscribe(order: Omit<Subscription, "id" | "createdAt" | "deliveredAt">): Subscription | "too-many";
  subscription(id: string): Subscription | null;
  /** Of a member, or all. */
  subscriptions(guildId?: string, memberId?: string): readonly Subscription[];
  /** Ends it; it can be put back for 30 days. @returns what was ended; null where there was none. */
  unsubscribe(id: string): Subscription | null;
  /** Puts back what was ended; null where it is forgotten. What came in meanwhile is news to it. */
  resubscribe(id: string): Subscription | null;
  /** Begins a delivery; null where one of that subscription is begun and not confirmed, or it has ended. */
  beginDelivery(subscriptionId: string, upTo: Baseline): Delivery | null;
  /** Begun, and neither confirmed nor given up: after a restart it has to be found out whether they arrived. */
  openDeliveries(): readonly Delivery[];
  /** It has arrived: what it told is told. */
  confirmDelivery(id: string, messageId: string): void;
  /** It has surely not arrived. */
  giveUpDelivery(id: string): void;
  /** Notes that what is new was looked at and there was nothing to tell. */
  noteNothing(subscriptionId: string, upTo: Baseline): void;
  /** The step of the tour that a member saw last, 1 to 5, or 6 once it is finished; null before the first. */
  tourStep(guildId: string, memberId: string): number | null;
  noteTourStep(guildId: string, memberId: string, step: number): void;
  close(): void;
}
