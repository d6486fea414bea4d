/** What is kept of a briefing, and how it is read back from JSON. */

import { z } from "zod";
import { type Briefing, SECTION_IDS } from "../domain/briefing.ts";
import { MARKINGS } from "../domain/marking.ts";
import { RELIABILITIES } from "../domain/report.ts";
import { citation, claim, disagreement, period, span, text } from "./answer-rows.ts";

const count = z.number().int().nonnegative();
const why = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("quoted"), times: count }),
  z.object({ kind: z.literal("newest") }),
  z.object({ kind: z.literal("reliable"), grade: z.enum(RELIABILITIES) }),
  z.object({ kind: z.literal("other-view") }),
  z.object({ kind: z.literal("broad") }),
]);
const label = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("date"), period }),
  z.object({ kind: z.literal("name"), name: text }),
  z.object({ kind: z.literal("report"), reportId: text, why: z.array(why) }),
]);
const line = claim.extend({ label: label.nullable() });
const cell = z.object({ text, at: z.object(span).nullable() });
const time = period.extend({ part: text, basis: z.enum(["quote", "heading", "report"]) });
const change = z.object({
  direction: z.enum(["up", "down"]),
  base: period.nullable(),
  baseWords: z.object({ ...span, text }).nullable(),
});
const row = z.object({
  value: cell,
  low: z.number(),
  high: z.number(),
  unit: text,
  counted: cell,
  countedKey: text.nullable(),
  time: time.nullable(),
  period: cell.nullable(),
  place: cell.nullable(),
  who: cell.nullable(),
  change: change.nullable(),
  base: cell.nullable(),
  citation,
  alsoIn: z.array(z.object({ reportId: text, title: text, independent: z.boolean() })),
});
const section = z.object({
  id: z.enum(SECTION_IDS),
  title: text,
  lines: z.array(line),
  table: z.array(row).exactOptional(),
  disagreements: z.array(disagreement).exactOptional(),
  pairs: z.array(z.array(count)).exactOptional(),
});
const scope = z.object({
  quoted: count,
  usable: count,
  publishers: z.array(text),
  published: period.nullable(),
  reliability: z.array(z.object({ grade: z.enum(RELIABILITIES), reports: count })),
  markings: z.array(z.object({ marking: z.enum(MARKINGS).nullable(), reports: count })),
});
const report = z.object({
  kind: z.enum(["added", "changed", "removed"]),
  reportId: text,
  title: text,
  published: text.nullable(),
});

export const briefing = z.object({
  kind: z.enum(["corpus", "subject", "changes"]),
  subject: text.nullable(),
  alsoKnownAs: z.array(text),
  snapshot: z.number(),
  createdAt: text,
  scope,
  sections: z.array(section),
  missing: z.array(z.enum(SECTION_IDS)),
  since: z.object({ snapshot: z.number(), createdAt: text }).optional(),
  reports: z.array(report).optional(),
}) satisfies z.ZodType<Briefing>;
