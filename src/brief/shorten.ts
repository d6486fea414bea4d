/** A section of disagreements with fewer lines, and none of its groups torn apart. */

import type { SectionDraft } from "./material.ts";

/** The first groups of a section that fit into so many lines, then lines of no group. */
export function shortened(draft: SectionDraft, most: number): SectionDraft {
  if (draft.lines.length <= most) return draft;
  const { disagreements = [], pairs = [] } = draft;
  const kept = new Set<number>();
  const fits = (group: readonly number[]) => {
    const more = group.filter((index) => !kept.has(index));
    if (kept.size + more.length > most) return false;
    for (const index of more) kept.add(index);
    return true;
  };
  // Differing figures have half of the room where claims stand beside denials as well.
  const keptDisagreements = disagreements.filter(({ values }, at) => {
    const group = [...new Set(values.map(({ citation }) => citation - 1))];
    const isEnough = at > 0 && pairs.length > 0 && kept.size + group.length > most / 2 + 1;
    return !isEnough && fits(group);
  });
  const keptPairs = pairs.filter(fits);
  const grouped = new Set([
    ...disagreements.flatMap(({ values }) => values.map(({ citation }) => citation - 1)),
    ...pairs.flat(),
  ]);
  draft.lines.forEach((_, index) => {
    if (kept.size < most && !grouped.has(index)) kept.add(index);
  });
  const order = [...kept].sort((a, b) => a - b);
  const place = new Map(order.map((index, at) => [index, at]));
  const moved = (index: number) => place.get(index) ?? 0;
  return {
    ...draft,
    lines: order.flatMap((index) => draft.lines[index] ?? []),
    disagreements: keptDisagreements.map((each) => ({
      ...each,
      values: each.values.map((value) => ({ ...value, citation: moved(value.citation - 1) + 1 })),
    })),
    pairs: keptPairs.map((group) => group.map(moved)),
  };
}
