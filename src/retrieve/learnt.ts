/** What retrieval learns from the reports of an opened snapshot, once: their other names, and what each is known by. */

import { createHash } from "node:crypto";
import type { Marking } from "../domain/marking.ts";
import type { ReportHead } from "../domain/service.ts";
import { positionIn } from "../index/lexical.ts";
import type { PassageRanges } from "../index/records.ts";
import type { Store } from "../index/store.ts";
import { type AliasPair, aliasesIn } from "../text/aliases.ts";
import { LEAD_LENGTH, type Profiles, profilesOf } from "./favour.ts";
import { mayUse } from "./filters.ts";
import { type OtherNames, otherNames } from "./other-names.ts";

export interface Learnt {
  readonly others: OtherNames;
  readonly profiles: Profiles;
  /** The number in `profiles` of the report that a passage belongs to; -1 for a passage that is not there. */
  reportOf(passageId: number): number;
}

/** Reports whose pairs of names are kept in memory, by their text; a few kilobytes each. */
const MOST_KEPT = 5_000;
const kept = new Map<string, readonly AliasPair[]>();

/**
 * Reads the text of every report that may be used, 50 ms for a million characters; what was read is not read again
 * for a later snapshot.
 * @param heads every report.
 * @param isUsable whether a report may be used: one that may not teaches nothing, or its names would show.
 */
export function learn(
  store: Pick<Store, "readingOf">,
  ranges: PassageRanges,
  heads: ReadonlyMap<string, ReportHead>,
  isUsable: (head: ReportHead) => boolean,
): Learnt {
  const pairs: AliasPair[] = [];
  const known: ReportHead[] = [];
  const beginnings: string[] = [];
  const numbers = ranges.reportIds.map((id) => {
    const head = heads.get(id);
    if (head === undefined || !isUsable(head)) return -1;
    const text = store.readingOf(id) ?? "";
    beginnings.push(text.slice(0, LEAD_LENGTH));
    const key = createHash("sha256").update(text).digest("base64");
    const found = kept.get(key) ?? aliasesIn(text);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, found);
    pairs.push(...found);
    return known.push(head) - 1;
  });
  return {
    others: otherNames(pairs),
    profiles: profilesOf(known, beginnings),
    reportOf: (passageId) => numbers[ranges.reports[positionIn(ranges.passageIds, passageId)] ?? -1] ?? -1,
  };
}

interface Snapshot {
  readonly index: { readonly store: Pick<Store, "readingOf">; ranges(): PassageRanges };
  readonly reports: ReadonlyMap<string, ReportHead>;
}
const learntOf = new WeakMap<object, { readonly cap: Marking; readonly learnt: Learnt }>();

/**
 * What is learnt from the reports of a snapshot within a marking; learnt at the first call for it.
 * @param cap the strictest marking that may be used, of the settings.
 */
export function learntFrom({ index, reports }: Snapshot, cap: Marking): Learnt {
  const known = learntOf.get(index);
  if (known !== undefined && known.cap === cap) return known.learnt;
  const learnt = learn(index.store, index.ranges(), reports, (head) => mayUse(head, { maxMarking: cap }));
  learntOf.set(index, { cap, learnt });
  return learnt;
}
