/** What of a section stands side by side, and which citations are of one report: for every form of a briefing. */

import type { Citation, Disagreement } from "../domain/answer.ts";
import type { BriefingLine, BriefingSection, FigureRow, LineLabel } from "../domain/briefing.ts";

/** The lines that differing figures are quoted from. */
export function linesOf({ values }: Disagreement, { lines }: BriefingSection): readonly BriefingLine[] {
  const numbers = new Set(values.map(({ citation }) => citation));
  return lines.filter(({ citations }) => citations.some(({ number }) => numbers.has(number)));
}

/** Something that lines are shown with. Every line of a section is in exactly one of the parts. */
export type SectionPart =
  | { readonly kind: "differing"; readonly disagreement: Disagreement; readonly lines: readonly BriefingLine[] }
  | { readonly kind: "sides"; readonly lines: readonly BriefingLine[] }
  /** Lines under one label, or a line without one. */
  | { readonly kind: "alone"; readonly lines: readonly BriefingLine[] };

/**
 * Differing figures with their quotes first, then lines against lines, then those that nothing is set against: those
 * that follow each other with the same date or name together.
 */
export function partsOf(section: BriefingSection): readonly SectionPart[] {
  const { lines, disagreements = [], pairs = [] } = section;
  const taken = new Set<BriefingLine>();
  const take = (wanted: readonly BriefingLine[]) => {
    const left = wanted.filter((line) => !taken.has(line));
    for (const line of left) taken.add(line);
    return left;
  };
  const sides = pairs
    .map((group) => take(group.flatMap((at) => lines[at] ?? [])))
    // One that is left alone is shown alone.
    .filter((group) => {
      if (group.length === 1) taken.delete(group[0] as BriefingLine);
      return group.length > 1;
    });
  const differing = disagreements.map(
    (disagreement): SectionPart => ({ kind: "differing", disagreement, lines: take(linesOf(disagreement, section)) }),
  );
  return [
    ...differing,
    ...sides.map((group): SectionPart => ({ kind: "sides", lines: group })),
    ...byLabel(take(lines)).map((group): SectionPart => ({ kind: "alone", lines: group })),
  ];
}

function byLabel(lines: readonly BriefingLine[]): readonly (readonly BriefingLine[])[] {
  const groups: BriefingLine[][] = [];
  for (const line of lines) {
    const before = groups.at(-1)?.[0]?.label ?? null;
    if (before !== null && line.label !== null && isSameLabel(before, line.label)) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  return groups;
}

function isSameLabel(a: LineLabel, b: LineLabel): boolean {
  if (a.kind === "name") return b.kind === "name" && a.name === b.name;
  return a.kind === "date" && b.kind === "date" && a.period.from === b.period.from && a.period.to === b.period.to;
}

/** "On one side:", "On the other:", and so on. */
export function sideWords(at: number): string {
  return ["On one side:", "On the other:"][at] ?? "And another:";
}

/** Rows that are figures of one sentence, in the order of the table. */
export function rowsBySentence(rows: readonly FigureRow[]): readonly (readonly [FigureRow, ...FigureRow[]])[] {
  return grouped(rows, ({ citation }) => `${citation.number}`);
}

/** The citations of each report, the report that is cited first in front. */
export function citationsByReport(citations: readonly Citation[]): readonly (readonly [Citation, ...Citation[]])[] {
  return grouped(citations, ({ path }) => path);
}

function grouped<Each>(all: readonly Each[], keyOf: (each: Each) => string): readonly [Each, ...Each[]][] {
  const groups = new Map<string, [Each, ...Each[]]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return [...groups.values()];
}
