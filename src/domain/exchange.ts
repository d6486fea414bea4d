/** What was asked and answered, kept so that buttons go on working and conversations are understood. */

import type { Answer, Citation } from "./answer.ts";
import type { Briefing } from "./briefing.ts";
import type { CheckResult } from "./check.ts";
import type { Filters, QuestionSummary } from "./retrieval.ts";

/** What an exchange came to; what its buttons and pages show. Its quotes are numbered through. */
export type Outcome =
  | {
      readonly kind: "ask";
      readonly question: QuestionSummary;
      readonly answer: Answer;
      /** Passages that were found beside those that are quoted; their numbers go on from the quotes'. */
      readonly evidence: readonly Citation[];
    }
  | { readonly kind: "search"; readonly passages: readonly Citation[] }
  | { readonly kind: "check"; readonly result: CheckResult }
  | { readonly kind: "brief"; readonly briefing: Briefing };

/** A question and its outcome, with where and by whom it was asked. Ids are those of the chat. */
export interface Exchange {
  /** 10 letters and digits; not to be guessed. */
  readonly id: string;
  /** ISO time. */
  readonly askedAt: string;
  readonly guildId: string;
  /** The channel or thread it was asked in. */
  readonly channelId: string;
  readonly memberId: string;
  /** Whether only that member sees it. */
  readonly isPrivate: boolean;
  /** As it was typed. */
  readonly question: string;
  readonly filters: Filters;
  /** The exchange that it follows up. */
  readonly follows: string | null;
  readonly outcome: Outcome;
}

export const OPINIONS = ["helpful", "not-helpful"] as const;
export type Opinion = (typeof OPINIONS)[number];

/** What a member thinks of an answer. One for each member and exchange: a later one replaces it. */
export interface Feedback {
  readonly exchangeId: string;
  readonly memberId: string;
  readonly opinion: Opinion;
  /** In the member's words; "" where nothing was said. At most 1,000 characters. */
  readonly comment: string;
}

/** Feedback with what it is about. */
export interface FeedbackEntry extends Feedback {
  /** ISO time. */
  readonly givenAt: string;
  readonly question: string;
}

/**
 * The record of exchanges. Calls are synchronous and short (a few milliseconds at most). It survives restarts and
 * kills; exchanges older than the given number of days are forgotten, with their feedback.
 */
export interface Exchanges {
  /** Keeps a new exchange. @returns it with its id. */
  keep(exchange: Omit<Exchange, "id" | "askedAt">): Exchange;
  /** null where it is unknown, or forgotten. */
  find(id: string): Exchange | null;
  /** Says that a message shows an exchange: a reply to it follows that exchange up. Several messages may. */
  shownIn(id: string, messageId: string): void;
  /** The exchange that a message shows. */
  ofMessage(messageId: string): Exchange | null;
  /** The last exchange of a channel or thread that everybody in it sees; `kind` "ask" only. */
  lastIn(channelId: string): Exchange | null;
  /** An exchange with those that it follows up, oldest first, at most `limit`; "ask" only. */
  chain(id: string, limit: number): readonly Exchange[];
  /** @returns false where the exchange is forgotten: nothing is kept then. */
  giveFeedback(feedback: Feedback): boolean;
  /** Newest first. */
  feedback(limit: number): readonly FeedbackEntry[];
  /** Of everything kept. */
  counts(): { readonly exchanges: number; readonly helpful: number; readonly notHelpful: number };
  close(): void;
}
