/** What was asked before, for a question that points back to it. */

import type { Quote } from "./answer.ts";

/** An earlier question of a conversation, and what it was answered with. */
export interface Turn {
  /** As it was understood: whole, so that it needs nothing that came before. */
  readonly question: string;
  /** The quotes of its answer in their order; none where there was no answer. */
  readonly quotes: readonly Quote[];
}
