/** Long work in small steps: others get their turn, and it ends when nobody wants it any more. */

import { setImmediate as turn } from "node:timers/promises";
import { SitrepError } from "../domain/errors.ts";

/** Called between steps. @throws {SitrepError} "cancelled". */
export type Pause = () => Promise<void>;

/** Milliseconds of work before others get their turn. */
const STEP = 12;

export function pausing(signal: AbortSignal | undefined): Pause {
  let began = performance.now();
  return async () => {
    if (performance.now() - began >= STEP) {
      await turn();
      began = performance.now();
    }
    if (signal?.aborted === true) throw new SitrepError("cancelled", "The briefing was cancelled");
  };
}
