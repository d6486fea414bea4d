/**
 * The record of members, in a database of its own: who subscribed to what, and what they were told, is not made from
 * the reports, so it stays when the index beside it is deleted and built again.
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Baseline } from "../domain/briefing.ts";
import { type Delivery, type Members, MOST_SUBSCRIPTIONS, type Subscription } from "../domain/members.ts";
import { claimOn } from "./claim.ts";
import { newId } from "./ids.ts";
import { baselineOf, deliveryOf, prepare, SCHEMA, subscriptionOf } from "./member-rows.ts";
import { recordFile } from "./record-file.ts";

export const MEMBERS_NAME = "members.sqlite";
/** Stands for the right to deliver; nothing is in it. */
const CLAIM_NAME = "deliveries.lock";

export interface MembersOptions {
  /** Told in one sentence when a damaged file was moved aside. */
  readonly warn: (message: string) => void;
  /** For tests. */
  readonly now?: (() => Date) | undefined;
}

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** Days for which an ended subscription can be put back, and for which it is known which message a delivery became. */
const ENDED_KEPT_DAYS = 30;
/** Days for which it is known what a member was briefed on last, and where they are in the tour. */
const UNUSED_KEPT_DAYS = 400;

type Statements = ReturnType<typeof prepare>;

/**
 * Opens the record of members in a data folder, which is made where it is missing. Several processes may have it open.
 * A file that is damaged is moved aside, also while it is in use, and a new one begun.
 * @throws {SitrepError} as the record of exchanges does, from here and from every call.
 */
export function openMembers(dataDir: string, { warn, now = () => new Date() }: MembersOptions): Members {
  // A message that was sent must not be sent again after a power failure either.
  const record = recordFile(join(dataDir, MEMBERS_NAME), SCHEMA, prepare, warn, now, "power-failures");
  const claim = claimOn(join(dataDir, CLAIM_NAME));
  let forgottenAt = Number.NEGATIVE_INFINITY;

  const daysAgo = (days: number): string => new Date(now().getTime() - days * DAY).toISOString();
  const time = (): string => now().toISOString();

  /** Several statements that write, as one: all of them, or none. */
  function change<Result>(work: (statements: Statements) => Result): Result {
    return record.write((statements) => statements.together(() => work(statements)));
  }

  function forget(): void {
    const at = now().getTime();
    if (at - forgottenAt < HOUR && at >= forgottenAt) return;
    change((statements) => {
      statements.forgetEnded.run(daysAgo(ENDED_KEPT_DAYS));
      statements.forgetDelivered.run(daysAgo(ENDED_KEPT_DAYS));
      statements.forgetBriefings.run(daysAgo(UNUSED_KEPT_DAYS));
      statements.forgetTours.run(daysAgo(UNUSED_KEPT_DAYS));
      statements.forgetBaselines.run();
    });
    forgottenAt = at;
  }

  function find(statements: Statements, id: string): Subscription | null {
    const row = statements.subscription.get(id);
    const isForgotten = row === undefined || (row.ended_at !== null && row.ended_at < daysAgo(ENDED_KEPT_DAYS));
    return isForgotten ? null : subscriptionOf(row);
  }

  const isFull = ({ countGoing }: Statements, guildId: string, memberId: string): boolean =>
    (countGoing.get(guildId, memberId) ?? 0) >= MOST_SUBSCRIPTIONS;

  forget();

  return {
    lastBriefing(guildId, memberId) {
      const json = record.read(({ briefing }) => briefing.get(guildId, memberId, daysAgo(UNUSED_KEPT_DAYS)));
      return json === undefined ? null : baselineOf(json);
    },
    noteBriefing(guildId, memberId, baseline) {
      forget();
      change((statements) => {
        statements.noteBriefing.run(guildId, memberId, kept(statements, baseline), time());
      });
    },
    subscribe({ guildId, memberId, channelId, subject, schedule, locale, told }) {
      forget();
      return change((statements) => {
        const row = {
          id: newId(),
          guild_id: guildId,
          member_id: memberId,
          channel_id: channelId,
          subject: subject?.toWellFormed() ?? null,
          schedule,
          locale,
          created_at: time(),
          told: kept(statements, told),
        };
        const same = statements.same.get(row);
        const there = same === undefined ? null : subscriptionOf(same);
        if (there !== null) return { subscription: there, isNew: false };
        if (isFull(statements, guildId, memberId)) return "too-many";
        statements.insertSubscription.run(row);
        const subscription = find(statements, row.id);
        if (subscription === null) throw new Error("A subscription cannot be read back");
        return { subscription, isNew: true };
      });
    },
    subscription: (id) => record.read((statements) => find(statements, id)),
    told(id) {
      const json = record.read(({ told }) => told.get(id));
      return json === undefined ? null : baselineOf(json);
    },
    subscriptions: (guildId, memberId) =>
      record
        .read(({ going }) => going.all({ guild: guildId ?? null, member: memberId ?? null }))
        .map(subscriptionOf)
        .filter((each) => each !== null),
    unsubscribe: (id) =>
      change((statements) => (statements.end.run(time(), id).changes === 0 ? null : find(statements, id))),
    resubscribe: (id) =>
      change((statements) => {
        const ended = find(statements, id);
        if (ended === null || ended.endedAt === null) return ended;
        const { guildId, memberId, channelId, subject, schedule } = ended;
        const order = { guild_id: guildId, member_id: memberId, channel_id: channelId, subject, schedule };
        const same = statements.same.get(order);
        if (same !== undefined) return subscriptionOf(same);
        if (isFull(statements, guildId, memberId)) return "too-many";
        statements.putBack.run(id);
        return find(statements, id);
      }),
    claimDelivering: () => record.write(() => claim.take()),
    beginDelivery: (subscriptionId, { upTo, channelId, after, write }) =>
      change((statements): Delivery | null => {
        const [id, begunAt] = [newId(), time()];
        const message = write(id);
        const row = { id, subscription: subscriptionId, now: begunAt, channel: channelId, after, message };
        const { changes } = statements.insertDelivery.run({ ...row, upTo: kept(statements, upTo) });
        return changes === 0 ? null : { id, subscriptionId, begunAt, channelId, after, message };
      }),
    openDeliveries: () => record.read(({ openDeliveries }) => openDeliveries.all()).map(deliveryOf),
    confirmDelivery(id, messageId) {
      change((statements) => {
        statements.noteDelivered.run({ id, now: time() });
        statements.confirm.run(messageId, id);
      });
    },
    giveUpDelivery: (id) => void record.write(({ giveUp }) => giveUp.run(id)),
    noteNothing(subscriptionId, upTo) {
      change((statements) => {
        statements.noteLooked.run({ id: subscriptionId, told: kept(statements, upTo), now: time() });
      });
    },
    noteFailure: (subscriptionId) => record.write(({ noteFailure }) => noteFailure.get(time(), subscriptionId) ?? 0),
    tourStep: (guildId, memberId) =>
      record.read(({ tour }) => tour.get(guildId, memberId, daysAgo(UNUSED_KEPT_DAYS)) ?? null),
    noteTourStep(guildId, memberId, step) {
      forget();
      record.write(({ noteTour }) => noteTour.run(guildId, memberId, step, time()));
    },
    close() {
      claim.release();
      record.close();
    },
  };
}

/** Keeps a baseline, once however many have it. @returns its key. */
function kept({ keepBaseline }: Statements, baseline: Baseline): string {
  const reports = Object.entries(baseline.reports).sort(([a], [b]) => (a < b ? -1 : 1));
  const json = JSON.stringify({ ...baseline, reports: Object.fromEntries(reports) });
  const key = createHash("sha256").update(json).digest("base64url");
  keepBaseline.run(key, baseline.snapshot, baseline.createdAt, json);
  return key;
}
