/** The briefing side: briefings over the newest snapshot. */

import type { AskingParts } from "./asking.ts";
import { SitrepError } from "./domain/errors.ts";
import type { Briefer } from "./domain/service.ts";

/** What `Sitrep` promises of briefings. */
export function briefing(_parts: AskingParts): Briefer {
  const notYet = async (): Promise<never> => {
    throw new SitrepError("bad-input", "Briefings cannot be made yet");
  };
  return { brief: notYet, changes: notYet, baseline: notYet, subjects: notYet, pictures: notYet };
}
