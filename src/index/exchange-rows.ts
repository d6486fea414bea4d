/** What of an exchange is written down as JSON, and how it is read back: whole, or not at all. */

import { z } from "zod";
import { ABSTENTION_REASONS, AS_OF_BASES, CONFIDENCES, UNMET_KINDS, VOICES } from "../domain/answer.ts";
import { VERDICTS } from "../domain/check.ts";
import type { Exchange, Outcome } from "../domain/exchange.ts";
import { MARKINGS } from "../domain/marking.ts";
import { DERIVABLE_FIELDS, RELIABILITIES, REPORT_KINDS } from "../domain/report.ts";
import type { Filters } from "../domain/retrieval.ts";

/** A row of the table of exchanges. */
export interface ExchangeRow {
  readonly sequence: number;
  readonly id: string;
  readonly asked_at: string;
  readonly guild_id: string;
  readonly channel_id: string;
  readonly member_id: string;
  readonly is_private: number;
  readonly question: string;
  readonly filters: string;
  readonly follows: string | null;
  readonly outcome: string;
}

const text = z.string();
const offset = z.number().int().nonnegative();
const span = { start: offset, end: offset };
const period = z.object({ from: text, to: text });
const locator = z.object({ page: z.number().nullable(), headings: z.array(text), paragraph: z.number() });
const footnote = z.object({ key: text, title: text, url: text.nullable(), date: text.nullable() });
const source = z.object({
  title: text,
  publisher: text.nullable(),
  author: text.nullable(),
  published: text.nullable(),
  period: period.nullable(),
  documentId: text.nullable(),
  url: text.nullable(),
  kind: z.enum(REPORT_KINDS),
  language: text,
  reliability: z.enum(RELIABILITIES),
  marking: z.enum(MARKINGS).nullable(),
  origins: z.array(
    z.object({
      title: text,
      publisher: text.nullable(),
      documentId: text.nullable(),
      published: text.nullable(),
      url: text.nullable(),
    }),
  ),
  sources: z.array(footnote),
  derived: z.array(z.enum(DERIVABLE_FIELDS)),
});
const citation = z.object({
  number: z.number(),
  quote: z.object({ ...span, reportId: text, text }),
  path: text,
  source,
  locator,
  footnotes: z.array(footnote),
});
const asOf = z.object({ from: text, to: text, basis: z.enum(AS_OF_BASES), isOlder: z.boolean() });
const voice = z.object({ kind: z.enum(VOICES), who: text.nullable() });
const differing = z.object({ written: text, citation: z.number(), who: text.nullable(), rule: text.nullable() });
// What has a default was not written yet by the first versions, whose exchanges are still shown.
const answer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("answer"),
    claims: z.array(
      z.object({
        text,
        citations: z.array(citation),
        corroboration: z.array(z.object({ reportId: text, title: text, independent: z.boolean() })),
        asOf: asOf.nullable().default(null),
        voice: voice.default({ kind: "report", who: null }),
      }),
    ),
    confidence: z.enum(CONFIDENCES),
    support: z.number(),
    disagreements: z
      .array(z.object({ about: text, period: period.nullable(), values: z.array(differing) }))
      .default([]),
    premise: z.object({ asked: text, citation: z.number() }).nullable().default(null),
  }),
  z.object({
    kind: z.literal("abstention"),
    reason: z.enum(ABSTENTION_REASONS),
    explanation: text,
    nearest: z.array(z.object({ citation, score: z.number() })),
    support: z.number(),
    unmet: z.array(z.object({ kind: z.enum(UNMET_KINDS), surface: text })).default([]),
    choices: z.array(text).default([]),
  }),
]);
const question = z.object({
  text,
  isMadeWhole: z.boolean(),
  wants: text,
  names: z.array(text),
  period: period.nullable(),
  expansions: z.array(text),
});
const check = z.object({
  statements: z.array(
    z.object({
      ...span,
      text,
      verdict: z.enum(VERDICTS),
      citations: z.array(citation),
      differences: z.array(z.object({ claimed: text, reported: text })),
    }),
  ),
  omitted: z.number(),
  milliseconds: z.number(),
});

const OUTCOME: z.ZodType<Outcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ask"), question, answer, evidence: z.array(citation) }),
  z.object({ kind: z.literal("search"), passages: z.array(citation) }),
  z.object({ kind: z.literal("check"), result: check }),
]);

const FILTERS: z.ZodType<Filters> = z.object({
  since: text.optional(),
  until: text.optional(),
  sources: z.array(text).optional(),
  kinds: z.array(z.enum(REPORT_KINDS)).optional(),
  maxMarking: z.enum(MARKINGS).optional(),
});

/** The exchange of a row; null where what it holds is not what this version of Sitrep writes. */
export function exchangeOf(row: ExchangeRow): Exchange | null {
  try {
    const outcome = OUTCOME.parse(JSON.parse(row.outcome));
    const filters = FILTERS.parse(JSON.parse(row.filters));
    return {
      id: row.id,
      askedAt: row.asked_at,
      guildId: row.guild_id,
      channelId: row.channel_id,
      memberId: row.member_id,
      isPrivate: row.is_private === 1,
      question: row.question,
      filters,
      follows: row.follows,
      outcome,
    };
  } catch {
    return null;
  }
}
