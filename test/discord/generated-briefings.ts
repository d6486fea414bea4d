/** Any briefing that the bot may have to show, with hostile text in every place. */

import * as fc from "fast-check";
import type { Citation } from "../../src/domain/answer.ts";
import {
  type Briefing,
  type BriefingLine,
  type BriefingSection,
  type FigureRow,
  type LineLabel,
  type ReadingReason,
  SECTION_IDS,
} from "../../src/domain/briefing.ts";
import { MARKINGS } from "../../src/domain/marking.ts";
import { RELIABILITIES } from "../../src/domain/report.ts";
import { citation, claim, disagreement } from "./generated.ts";
import { hostileOf } from "./hostile-text.ts";

const name = hostileOf(300).map((text) => (text.trim() === "" ? "a" : text));
const date = fc.constantFrom("2024", "2025-02", "2025-02-28", "2025-01-01", "2025-12-31");
const period = fc.record({ from: date, to: date });
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const reportId = fc.stringMatching(/^[a-z0-9]{8}$/);
const cell = fc.record({ text: name, at: nullable(fc.constant({ start: 0, end: 1 })) });
const count = fc.nat(99_999);

const reason: fc.Arbitrary<ReadingReason> = fc.oneof(
  fc.record({ kind: fc.constant("quoted" as const), times: count }),
  fc.record({ kind: fc.constantFrom("newest" as const, "other-view" as const, "broad" as const) }),
  fc.record({ kind: fc.constant("reliable" as const), grade: fc.constantFrom(...RELIABILITIES) }),
);
const label: fc.Arbitrary<LineLabel> = fc.oneof(
  fc.record({ kind: fc.constant("date" as const), period }),
  fc.record({ kind: fc.constant("name" as const), name }),
  fc.record({ kind: fc.constant("report" as const), reportId, why: fc.array(reason, { maxLength: 5 }) }),
);
const line: fc.Arbitrary<BriefingLine> = fc
  .record({ claim, label: nullable(label) })
  .map((each) => ({ ...each.claim, citations: each.claim.citations.slice(0, 2), label: each.label }));

const row: fc.Arbitrary<FigureRow> = fc.record({
  value: cell,
  low: count,
  high: count,
  unit: fc.constantFrom("", "%"),
  counted: cell,
  countedKey: nullable(name),
  time: nullable(
    fc.record({
      from: date,
      to: date,
      part: fc.constantFrom("", "since"),
      basis: fc.constantFrom("quote" as const, "heading" as const, "report" as const),
    }),
  ),
  period: nullable(cell),
  place: nullable(cell),
  who: nullable(cell),
  change: nullable(
    fc.record({
      direction: fc.constantFrom("up" as const, "down" as const),
      base: nullable(period),
      baseWords: fc.constant(null),
    }),
  ),
  base: nullable(cell),
  citation,
  alsoIn: fc.array(fc.record({ reportId, title: name, independent: fc.boolean() }), { maxLength: 5 }),
});

/** More say no more, and take long to make. */
const MOST_SECTIONS = 3;

const contents = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  table: fc.array(row, { minLength: 1, maxLength: 5 }),
  disagreements: fc.array(disagreement, { maxLength: 2 }),
  pairs: fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { maxLength: 2 }),
  isTwice: fc.boolean(),
});

const sections: fc.Arbitrary<readonly BriefingSection[]> = fc
  .tuple(fc.subarray([...SECTION_IDS], { maxLength: MOST_SECTIONS }), fc.tuple(contents, contents, contents))
  .map(([ids, all]) => numbered(ids, all));

type Contents = typeof contents extends fc.Arbitrary<infer T> ? T : never;

/** With the quotes numbered through, and figures that differ pointing to quotes of their section. */
function numbered(ids: readonly BriefingSection["id"][], all: readonly Contents[]): BriefingSection[] {
  let last = 0;
  const number = (each: Citation): Citation => {
    last += 1;
    return { ...each, number: last };
  };
  return ids.flatMap((id, place): BriefingSection[] => {
    const made = all[place];
    if (made === undefined) return [];
    const { isTwice } = made;
    if (id === "figures") {
      const rows = made.table.map((each) => ({ ...each, citation: number(each.citation) }));
      // Two figures of one sentence have one quote.
      const [first] = rows;
      const table = isTwice && first !== undefined ? [first, { ...first, low: 1 }, ...rows.slice(1)] : rows;
      return [{ id, title: id, lines: [], table }];
    }
    const lines = made.lines.map((each) => ({ ...each, citations: each.citations.map(number) }));
    if (id !== "disagreements" && id !== "contradicted") return [{ id, title: id, lines }];
    const numbers = lines.flatMap(({ citations }) => citations.map((each) => each.number));
    const disagreements = made.disagreements.map((each) => ({
      ...each,
      values: each.values.map((value) => ({ ...value, citation: numbers[value.citation % numbers.length] ?? 1 })),
    }));
    return [{ id, title: id, lines, disagreements, pairs: made.pairs }];
  });
}

const iso = fc.constant("2025-03-01T12:00:00.000Z");

export const briefings: fc.Arbitrary<Briefing> = fc.record({
  kind: fc.constantFrom("corpus" as const, "subject" as const, "changes" as const),
  subject: nullable(name),
  alsoKnownAs: fc.array(name, { maxLength: 6 }),
  snapshot: count,
  createdAt: iso,
  scope: fc.record({
    quoted: count,
    usable: count,
    publishers: fc.array(name, { maxLength: 6 }),
    published: nullable(period),
    reliability: fc.array(fc.record({ grade: fc.constantFrom(...RELIABILITIES), reports: count }), { maxLength: 6 }),
    markings: fc.array(fc.record({ marking: nullable(fc.constantFrom(...MARKINGS)), reports: count }), {
      maxLength: 6,
    }),
  }),
  sections,
  missing: fc.subarray([...SECTION_IDS]),
  since: fc.option(fc.record({ snapshot: count, createdAt: iso }), { nil: undefined }),
  reports: fc.option(
    fc.array(
      fc.record({
        kind: fc.constantFrom("added" as const, "changed" as const, "removed" as const),
        reportId,
        title: name,
        published: nullable(date),
      }),
      { maxLength: 30 },
    ),
    { nil: undefined },
  ),
});
