/**
 * The record of exchanges, in a database of its own: what people asked is not made from the reports, so it stays when
 * the index beside it is deleted and built again.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { type Exchange, type Exchanges, type FeedbackEntry, OPINIONS, type Opinion } from "../domain/exchange.ts";
import { type ExchangeRow, exchangeOf, outcomeJson } from "./exchange-rows.ts";
import { newId } from "./ids.ts";
import type { Schema } from "./migrations.ts";
import { recordFile } from "./record-file.ts";

export const EXCHANGES_NAME = "exchanges.sqlite";

const SCHEMA: Schema = {
  /** "STRX" */
  applicationId: 0x53545258,
  migrations: [
    // The outcome is last: it is long, and what only counts or lists need not read past it.
    `
    CREATE TABLE exchanges (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      asked_at TEXT NOT NULL,
      guild_id TEXT NOT NULL,
      channel_id TEXT NOT NULL,
      member_id TEXT NOT NULL,
      is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),
      kind TEXT NOT NULL,
      question TEXT NOT NULL,
      filters TEXT NOT NULL,
      follows TEXT,
      outcome TEXT NOT NULL
    ) STRICT;
    CREATE INDEX exchanges_asked ON exchanges (asked_at);
    CREATE INDEX exchanges_channel ON exchanges (channel_id, kind, is_private, sequence);

    CREATE TABLE messages (
      message_id TEXT PRIMARY KEY,
      exchange INTEGER NOT NULL REFERENCES exchanges (sequence) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX messages_exchange ON messages (exchange);

    CREATE TABLE feedback (
      exchange INTEGER NOT NULL REFERENCES exchanges (sequence) ON DELETE CASCADE,
      member_id TEXT NOT NULL,
      opinion TEXT NOT NULL,
      comment TEXT NOT NULL,
      given_at TEXT NOT NULL,
      PRIMARY KEY (exchange, member_id)
    ) STRICT;
    CREATE INDEX feedback_given ON feedback (given_at);
    CREATE INDEX feedback_opinion ON feedback (opinion);
    `,
  ],
};

export interface ExchangesOptions {
  /** Exchanges that are older are forgotten, with their messages and feedback. */
  readonly keptDays: number;
  /** Told in one sentence when a damaged file was moved aside. */
  readonly warn: (message: string) => void;
  /** For tests. */
  readonly now?: (() => Date) | undefined;
}

const LONGEST_COMMENT = 1000;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** Exchanges that are forgotten at once beside a new one, so that nobody waits for many. */
const FORGOTTEN_AT_ONCE = 100;

/** Whether a data folder has a record of exchanges. */
export function hasExchanges(dataDir: string): boolean {
  return existsSync(join(dataDir, EXCHANGES_NAME));
}

/**
 * Opens the record of exchanges in a data folder, which is made where it is missing. Several processes may have it
 * open. A file that is damaged is moved aside, also while it is in use, and a new one begun.
 *
 * Every call may throw. The caller has an answer in hand then, and shows it without what needs the record.
 * @throws {SitrepError} "busy" while another process holds the file for more than a moment, and then for two seconds
 *   from every call that writes, which does not wait again; "index-unusable" where the folder
 *   cannot be made or written, the disk is full, or the file is another program's or of a newer Sitrep.
 */
export function openExchanges(
  dataDir: string,
  { keptDays, warn, now = () => new Date() }: ExchangesOptions,
): Exchanges {
  const record = recordFile(join(dataDir, EXCHANGES_NAME), SCHEMA, prepare, warn, now);
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** ISO time before which everything is forgotten. */
  const horizon = (): string => new Date(now().getTime() - keptDays * DAY).toISOString();

  function forget(atOnce: number): void {
    const time = now().getTime();
    if (time - lookedAt < HOUR && time >= lookedAt) return;
    const { changes } = record.write(({ deleteOld }) => deleteOld.run(horizon(), atOnce));
    // As many as were to be forgotten at once: there may be more.
    if (changes < atOnce) lookedAt = time;
  }

  function known(row: ExchangeRow | undefined): Exchange | null {
    return row === undefined || row.asked_at < horizon() ? null : exchangeOf(row);
  }

  const find = (id: string): Exchange | null => known(record.read(({ byId }) => byId.get(id)));

  forget(Number.MAX_SAFE_INTEGER);

  return {
    keep(exchange) {
      forget(FORGOTTEN_AT_ONCE);
      const kept: Exchange = { ...exchange, id: newId(), askedAt: now().toISOString() };
      record.write(({ insert }) => insert.run(rowOf(kept)));
      return kept;
    },
    find,
    shownIn: (id, messageId) => void record.write(({ insertMessage }) => insertMessage.run(messageId, id)),
    ofMessage: (messageId) => known(record.read(({ byMessage }) => byMessage.get(messageId))),
    lastIn(channelId) {
      for (let before = Number.MAX_SAFE_INTEGER; ; ) {
        const row = record.read(({ lastBefore }) => lastBefore.get(channelId, before));
        if (row === undefined || row.asked_at < horizon()) return null;
        const exchange = exchangeOf(row);
        if (exchange !== null) return exchange;
        before = row.sequence;
      }
    },
    chain(id, limit) {
      const links: Exchange[] = [];
      const seen = new Set<string>();
      for (let next: string | null = id; next !== null && links.length < limit && !seen.has(next); ) {
        seen.add(next);
        const exchange = find(next);
        if (exchange?.outcome.kind === "ask") links.unshift(exchange);
        next = exchange?.follows ?? null;
      }
      return links;
    },
    giveFeedback({ exchangeId, memberId, opinion, comment }) {
      if (find(exchangeId) === null) return false;
      const words = [...comment.toWellFormed()].slice(0, LONGEST_COMMENT).join("");
      const { changes } = record.write(({ insertFeedback }) =>
        insertFeedback.run(memberId, opinion, words, now().toISOString(), exchangeId),
      );
      return changes > 0;
    },
    feedback: (limit) =>
      record
        .read(({ feedback }) => feedback.all(limit))
        .filter(({ opinion }) => OPINIONS.includes(opinion as Opinion)) as FeedbackEntry[],
    counts() {
      const [exchanges, helpful, notHelpful] = record.read(({ counts }) => counts.get()) ?? [0, 0, 0];
      return { exchanges, helpful, notHelpful };
    },
    close: () => record.close(),
  };
}

function rowOf(exchange: Exchange) {
  const { id, askedAt, guildId, channelId, memberId, isPrivate, question, filters, follows, outcome } = exchange;
  return {
    ...{ id, askedAt, guildId, channelId, memberId, follows },
    isPrivate: isPrivate ? 1 : 0,
    kind: outcome.kind,
    question: question.toWellFormed(),
    filters: JSON.stringify(filters),
    outcome: outcomeJson(outcome),
  };
}

function prepare(database: Database.Database) {
  const columns = "sequence, id, asked_at, guild_id, channel_id, member_id, is_private, question, filters, follows";
  return {
    insert: database.prepare<[ReturnType<typeof rowOf>]>(
      `INSERT INTO exchanges (id, asked_at, guild_id, channel_id, member_id, is_private, kind, question, filters,
                              follows, outcome)
       VALUES (@id, @askedAt, @guildId, @channelId, @memberId, @isPrivate, @kind, @question, @filters,
               @follows, @outcome)`,
    ),
    byId: database.prepare<[string], ExchangeRow>(`SELECT ${columns}, outcome FROM exchanges WHERE id = ?`),
    byMessage: database.prepare<[string], ExchangeRow>(
      `SELECT ${columns}, outcome FROM messages JOIN exchanges ON sequence = exchange WHERE message_id = ?`,
    ),
    lastBefore: database.prepare<[string, number], ExchangeRow>(
      `SELECT ${columns}, outcome FROM exchanges
       WHERE channel_id = ? AND kind = 'ask' AND is_private = 0 AND sequence < ? ORDER BY sequence DESC LIMIT 1`,
    ),
    insertMessage: database.prepare<[string, string]>(
      `INSERT INTO messages (message_id, exchange) SELECT ?, sequence FROM exchanges WHERE id = ?
       ON CONFLICT (message_id) DO UPDATE SET exchange = excluded.exchange`,
    ),
    insertFeedback: database.prepare<[string, string, string, string, string]>(
      `INSERT INTO feedback (exchange, member_id, opinion, comment, given_at)
       SELECT sequence, ?, ?, ?, ? FROM exchanges WHERE id = ?
       ON CONFLICT (exchange, member_id)
       DO UPDATE SET opinion = excluded.opinion, comment = excluded.comment, given_at = excluded.given_at`,
    ),
    feedback: database.prepare<[number], Omit<FeedbackEntry, "opinion"> & { readonly opinion: string }>(
      `SELECT exchanges.id AS exchangeId, feedback.member_id AS memberId, opinion, comment, given_at AS givenAt,
              question
       FROM feedback JOIN exchanges ON sequence = exchange ORDER BY given_at DESC, feedback.rowid DESC LIMIT ?`,
    ),
    counts: database
      .prepare<[], [number, number, number]>(
        `SELECT (SELECT count(*) FROM exchanges), (SELECT count(*) FROM feedback WHERE opinion = 'helpful'),
                (SELECT count(*) FROM feedback WHERE opinion = 'not-helpful')`,
      )
      .raw(),
    deleteOld: database.prepare<[string, number]>(
      `DELETE FROM exchanges WHERE sequence IN
         (SELECT sequence FROM exchanges WHERE asked_at < ? ORDER BY asked_at LIMIT ?)`,
    ),
  };
}
