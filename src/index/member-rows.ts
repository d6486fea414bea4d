/** The tables of the record of members, their statements, and how rows are read back. */

import type Database from "better-sqlite3";
import { z } from "zod";
import type { Baseline } from "../domain/briefing.ts";
import { type Delivery, SCHEDULES, type Schedule, type Subscription } from "../domain/members.ts";
import type { Schema } from "./migrations.ts";

export const SCHEMA: Schema = {
  /** "STRM" */
  applicationId: 0x5354524d,
  migrations: [
    // A baseline names every report: many members have the same one, which is there once.
    `
    CREATE TABLE baselines (
      key TEXT PRIMARY KEY,
      snapshot INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      baseline TEXT NOT NULL
    ) STRICT;

    CREATE TABLE briefings (
      guild_id TEXT NOT NULL,
      member_id TEXT NOT NULL,
      baseline TEXT NOT NULL REFERENCES baselines (key),
      noted_at TEXT NOT NULL,
      PRIMARY KEY (guild_id, member_id)
    ) STRICT;
    CREATE INDEX briefings_noted ON briefings (noted_at);
    CREATE INDEX briefings_baseline ON briefings (baseline);

    CREATE TABLE tours (
      guild_id TEXT NOT NULL,
      member_id TEXT NOT NULL,
      step INTEGER NOT NULL,
      noted_at TEXT NOT NULL,
      PRIMARY KEY (guild_id, member_id)
    ) STRICT;
    CREATE INDEX tours_noted ON tours (noted_at);

    CREATE TABLE subscriptions (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      guild_id TEXT NOT NULL,
      member_id TEXT NOT NULL,
      channel_id TEXT,
      subject TEXT,
      schedule TEXT NOT NULL,
      locale TEXT,
      created_at TEXT NOT NULL,
      told TEXT NOT NULL REFERENCES baselines (key),
      looked_at TEXT NOT NULL,
      delivered_at TEXT,
      failures INTEGER NOT NULL DEFAULT 0,
      failed_at TEXT,
      ended_at TEXT
    ) STRICT;
    CREATE UNIQUE INDEX subscriptions_one ON subscriptions
      (guild_id, coalesce('#' || channel_id, '@' || member_id), coalesce('=' || subject, '*'), schedule)
      WHERE ended_at IS NULL;
    CREATE INDEX subscriptions_ended ON subscriptions (ended_at);
    CREATE INDEX subscriptions_told ON subscriptions (told);

    CREATE TABLE deliveries (
      id TEXT PRIMARY KEY,
      subscription INTEGER NOT NULL REFERENCES subscriptions (sequence) ON DELETE CASCADE,
      begun_at TEXT NOT NULL,
      channel_id TEXT NOT NULL,
      after TEXT NOT NULL,
      up_to TEXT REFERENCES baselines (key),
      message TEXT,
      message_id TEXT
    ) STRICT;
    CREATE UNIQUE INDEX deliveries_open ON deliveries (subscription) WHERE message_id IS NULL;
    CREATE INDEX deliveries_begun ON deliveries (begun_at);
    CREATE INDEX deliveries_up_to ON deliveries (up_to);
    `,
  ],
};

export interface SubscriptionRow {
  readonly id: string;
  readonly guild_id: string;
  readonly member_id: string;
  readonly channel_id: string | null;
  readonly subject: string | null;
  readonly schedule: string;
  readonly locale: string | null;
  readonly created_at: string;
  readonly snapshot: number;
  readonly snapshot_at: string;
  readonly looked_at: string;
  readonly delivered_at: string | null;
  readonly failures: number;
  readonly failed_at: string | null;
  readonly ended_at: string | null;
}

export interface DeliveryRow {
  readonly id: string;
  readonly subscription: string;
  readonly begun_at: string;
  readonly channel_id: string;
  readonly after: string;
  readonly message: string;
}

const BASELINE: z.ZodType<Baseline> = z.object({
  snapshot: z.number(),
  createdAt: z.string(),
  reports: z.record(z.string(), z.string()),
});

/** null for what this version does not write. */
export function baselineOf(json: string): Baseline | null {
  try {
    return BASELINE.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

/** null where it is not what this version writes. */
export function subscriptionOf(row: SubscriptionRow): Subscription | null {
  if (!SCHEDULES.includes(row.schedule as Schedule)) return null;
  return {
    id: row.id,
    guildId: row.guild_id,
    memberId: row.member_id,
    channelId: row.channel_id,
    subject: row.subject,
    schedule: row.schedule as Schedule,
    locale: row.locale,
    createdAt: row.created_at,
    told: { snapshot: row.snapshot, createdAt: row.snapshot_at },
    lookedAt: row.looked_at,
    deliveredAt: row.delivered_at,
    failures: row.failures,
    failedAt: row.failed_at,
    endedAt: row.ended_at,
  };
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    subscriptionId: row.subscription,
    begunAt: row.begun_at,
    channelId: row.channel_id,
    after: row.after,
    message: row.message,
  };
}

/** Values of a new subscription. */
export interface NewSubscriptionRow
  extends Omit<
    SubscriptionRow,
    "snapshot" | "snapshot_at" | "looked_at" | "delivered_at" | "failures" | "failed_at" | "ended_at"
  > {
  /** Key of a baseline. */
  readonly told: string;
}

export function prepare(database: Database.Database) {
  const subscriptions = `SELECT id, guild_id, member_id, channel_id, subject, schedule, locale,
      subscriptions.created_at, snapshot, baselines.created_at AS snapshot_at, looked_at, delivered_at, failures, failed_at, ended_at
    FROM subscriptions JOIN baselines ON key = told`;
  const sameAs = `guild_id = @guild_id AND coalesce('#' || channel_id, '@' || member_id)
        = coalesce('#' || @channel_id, '@' || @member_id)
      AND coalesce('=' || subject, '*') = coalesce('=' || @subject, '*') AND schedule = @schedule`;
  return {
    keepBaseline: database.prepare<[string, number, string, string]>(
      "INSERT OR IGNORE INTO baselines (key, snapshot, created_at, baseline) VALUES (?, ?, ?, ?)",
    ),
    told: database
      .prepare<[string], string>("SELECT baseline FROM subscriptions JOIN baselines ON key = told WHERE id = ?")
      .pluck(),
    briefing: database
      .prepare<[string, string, string], string>(
        `SELECT baselines.baseline FROM briefings JOIN baselines ON key = briefings.baseline
         WHERE guild_id = ? AND member_id = ? AND noted_at >= ?`,
      )
      .pluck(),
    noteBriefing: database.prepare<[string, string, string, string]>(
      `INSERT INTO briefings (guild_id, member_id, baseline, noted_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (guild_id, member_id) DO UPDATE SET baseline = excluded.baseline, noted_at = excluded.noted_at`,
    ),
    tour: database
      .prepare<[string, string, string], number>(
        "SELECT step FROM tours WHERE guild_id = ? AND member_id = ? AND noted_at >= ?",
      )
      .pluck(),
    noteTour: database.prepare<[string, string, number, string]>(
      `INSERT INTO tours (guild_id, member_id, step, noted_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (guild_id, member_id) DO UPDATE SET step = excluded.step, noted_at = excluded.noted_at`,
    ),

    insertSubscription: database.prepare<[NewSubscriptionRow]>(
      `INSERT INTO subscriptions (id, guild_id, member_id, channel_id, subject, schedule, locale, created_at, told,
                                  looked_at)
       VALUES (@id, @guild_id, @member_id, @channel_id, @subject, @schedule, @locale, @created_at, @told, @created_at)`,
    ),
    subscription: database.prepare<[string], SubscriptionRow>(`${subscriptions} WHERE id = ?`),
    same: database.prepare<
      [Pick<SubscriptionRow, "guild_id" | "channel_id" | "member_id" | "subject" | "schedule">],
      SubscriptionRow
    >(`${subscriptions} WHERE ended_at IS NULL AND ${sameAs}`),
    going: database.prepare<[{ guild: string | null; member: string | null }], SubscriptionRow>(
      `${subscriptions} WHERE ended_at IS NULL AND guild_id = coalesce(@guild, guild_id)
         AND member_id = coalesce(@member, member_id) ORDER BY sequence`,
    ),
    countGoing: database
      .prepare<[string, string], number>(
        "SELECT count(*) FROM subscriptions WHERE ended_at IS NULL AND guild_id = ? AND member_id = ?",
      )
      .pluck(),
    end: database.prepare<[string, string]>("UPDATE subscriptions SET ended_at = ? WHERE id = ? AND ended_at IS NULL"),
    putBack: database.prepare<[string]>(
      "UPDATE subscriptions SET ended_at = NULL, failures = 0, failed_at = NULL WHERE id = ?",
    ),
    noteLooked: database.prepare<[{ id: string; told: string; now: string }]>(
      `UPDATE subscriptions SET told = @told, looked_at = @now, failures = 0, failed_at = NULL WHERE id = @id`,
    ),
    noteFailure: database
      .prepare<[string, string], number>(
        "UPDATE subscriptions SET failures = failures + 1, failed_at = ? WHERE id = ? RETURNING failures",
      )
      .pluck(),

    insertDelivery: database.prepare<
      [{ id: string; subscription: string; now: string; channel: string; after: string; upTo: string; message: string }]
    >(
      `INSERT INTO deliveries (id, subscription, begun_at, channel_id, after, up_to, message)
       SELECT @id, sequence, @now, @channel, @after, @upTo, @message FROM subscriptions
       WHERE id = @subscription AND ended_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM deliveries WHERE subscription = sequence AND message_id IS NULL)`,
    ),
    openDeliveries: database.prepare<[], DeliveryRow>(
      `SELECT deliveries.id, subscriptions.id AS subscription, begun_at, deliveries.channel_id, after, message
       FROM deliveries JOIN subscriptions ON sequence = subscription
       WHERE message_id IS NULL ORDER BY begun_at, deliveries.rowid`,
    ),
    /** What it has told, and when it was begun: between that and now something may have fallen due again. */
    noteDelivered: database.prepare<[{ id: string; now: string }]>(
      `UPDATE subscriptions SET told = up_to, looked_at = begun_at, delivered_at = @now, failures = 0, failed_at = NULL
       FROM deliveries WHERE subscription = sequence AND message_id IS NULL AND deliveries.id = @id`,
    ),
    confirm: database.prepare<[string, string]>(
      "UPDATE deliveries SET message_id = ?, up_to = NULL, message = NULL WHERE id = ? AND message_id IS NULL",
    ),
    giveUp: database.prepare<[string]>("DELETE FROM deliveries WHERE id = ? AND message_id IS NULL"),

    forgetEnded: database.prepare<[string]>("DELETE FROM subscriptions WHERE ended_at < ?"),
    forgetDelivered: database.prepare<[string]>("DELETE FROM deliveries WHERE message_id IS NOT NULL AND begun_at < ?"),
    forgetBriefings: database.prepare<[string]>("DELETE FROM briefings WHERE noted_at < ?"),
    forgetTours: database.prepare<[string]>("DELETE FROM tours WHERE noted_at < ?"),
    forgetBaselines: database.prepare<[]>(
      `DELETE FROM baselines WHERE NOT EXISTS (SELECT 1 FROM subscriptions WHERE told = key)
         AND NOT EXISTS (SELECT 1 FROM briefings WHERE briefings.baseline = key)
         AND NOT EXISTS (SELECT 1 FROM deliveries WHERE up_to = key)`,
    ),
    /** Runs its work in one transaction that takes the lock at once. */
    together: <Result>(work: () => Result): Result => database.transaction(work).immediate(),
  };
}
