/** Reports, names and subjects for what people type: fetched now and then, because each key stroke asks for them. */

import type { Subject } from "../domain/briefing.ts";
import type { KnownName, ReportHead } from "../domain/service.ts";
import type { BotParts } from "./parts.ts";

export interface Catalogue {
  /** As they were at most a few seconds ago. @throws what Sitrep throws. */
  reports(): Promise<readonly ReportHead[]>;
  names(): Promise<readonly KnownName[]>;
  subjects(): Promise<readonly Subject[]>;
}

/** A new snapshot is seen after this time at the latest. */
const FRESH_MS = 3000;

export function createCatalogue(sitrep: Pick<BotParts["sitrep"], "reports" | "names" | "subjects">): Catalogue {
  return {
    reports: recent(() => sitrep.reports()),
    names: recent(() => sitrep.names()),
    subjects: recent(() => sitrep.subjects()),
  };
}

/** What was fetched last, and anew when that is old; a fetch that failed is not kept. */
function recent<T>(fetch: () => Promise<T>): () => Promise<T> {
  let last: { readonly value: Promise<T>; readonly at: number } | null = null;
  return () => {
    const now = performance.now();
    if (last !== null && now - last.at < FRESH_MS) return last.value;
    const value = fetch();
    last = { value, at: now };
    value.catch(() => {
      last = null;
    });
    return value;
  };
}
