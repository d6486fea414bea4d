/** What every handler works with. */

import type { Logger } from "pino";
import type { DiscordConfig } from "../config.ts";
import type { Exchanges } from "../domain/exchange.ts";
import type { Members } from "../domain/members.ts";
import type { Briefer, Checking, Guidance, Reading } from "../domain/service.ts";
import type { AnswerEdits } from "./answer-edits.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Reindexing } from "./reindexing.ts";
import type { Strings } from "./strings.ts";
import type { Cooldowns, Turns } from "./turns.ts";

export interface BotParts {
  readonly config: DiscordConfig & { readonly logQuestions: boolean };
  readonly sitrep: Reading & Guidance & Checking & Briefer;
  /** null where it cannot be opened: answers are given all the same, but their buttons find nothing. */
  readonly exchanges: Exchanges | null;
  /** null where it cannot be opened: nothing is remembered of members then, and nobody can subscribe. */
  readonly members: Members | null;
  readonly catalogue: Catalogue;
  readonly edits: AnswerEdits;
  readonly logger: Logger;
  readonly turns: Turns;
  readonly cooldowns: Cooldowns;
  readonly reindexing: Reindexing;
  /** The language for who has this interface language, or is in a server with this preferred one. */
  readonly stringsFor: (locale: string | null) => Strings;
  /** Whether an exchange is shared in a channel for the first time. */
  readonly isNewShare: (exchangeAndChannel: string) => boolean;
  readonly startedAt: Date;
  /** The longest pause of the event loop in the last minutes, in milliseconds. */
  readonly longestPause: () => number;
}
