/** What of an exchange is written down as JSON, and how it is read back: whole, or not at all. */

import { z } from "zod";
import { ABSTENTION_REASONS, CONFIDENCES, UNMET_KINDS } from "../domain/answer.ts";
import { VERDICTS } from "../domain/check.ts";
import type { Exchange, Outcome } from "../domain/exchange.ts";
import { MARKINGS } from "../domain/marking.ts";
import { REPORT_KINDS } from "../domain/report.ts";
import type { Filters } from "../domain/retrieval.ts";
import { citation, claim, disagreement, period, span, text } from "./answer-rows.ts";
import { briefing, briefingJson, withSources } from "./briefing-rows.ts";

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

const answer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("answer"),
    claims: z.array(claim),
    confidence: z.enum(CONFIDENCES),
    support: z.number(),
    // What has a default was not written yet by the first versions, whose exchanges are still shown.
    disagreements: z.array(disagreement).default([]),
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
  z.object({ kind: z.literal("brief"), briefing }),
]);

const FILTERS: z.ZodType<Filters> = z.object({
  since: text.optional(),
  until: text.optional(),
  sources: z.array(text).optional(),
  kinds: z.array(z.enum(REPORT_KINDS)).optional(),
  maxMarking: z.enum(MARKINGS).optional(),
});

/** An outcome as it is written down. */
export function outcomeJson(outcome: Outcome): string {
  return outcome.kind === "brief" ? briefingJson(outcome.briefing) : JSON.stringify(outcome);
}

/** The exchange of a row; null where what it holds is not what this version of Sitrep writes. */
export function exchangeOf(row: ExchangeRow): Exchange | null {
  try {
    const outcome = OUTCOME.parse(withSources(JSON.parse(row.outcome)));
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
