/** What is kept of a briefing, and how it is read back from JSON. */

import { z } from "zod";
import { type Briefing, SECTION_IDS } from "../domain/briefing.ts";
import { MARKINGS } from "../domain/marking.ts";
import { RELIABILITIES } from "../domain/report.ts";
import { citation, claim, disagreement, period, span, text } from "./answer-rows.ts";

/**
 * A briefing as JSON. Its quotes come from few reports: what is known of a report is written once, and each quote has
 * its place in the list.
 */
export function briefingJson(briefing: Briefing): string {
  const places = new Map<string, number>();
  const inList = (source: unknown): number => {
    const written = JSON.stringify(source);
    const place = places.get(written) ?? places.size;
    places.set(written, place);
    return place;
  };
  const written = JSON.stringify(briefing, (key, value: unknown) => (key === "source" ? inList(value) : value));
  return `{"kind":"brief","sources":[${[...places.keys()].join(",")}],"briefing":${written}}`;
}

/** What `briefingJson` wrote, once parsed, with what is known of its report at each quote; anything else as it is. */
export function withSources(written: unknown): unknown {
  if (typeof written !== "object" || written === null || !("sources" in written)) return written;
  const { sources } = written;
  if (!Array.isArray(sources)) return written;
  const restored = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(restored);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) =>
      key === "source" && typeof inner === "number" ? [key, sources[inner]] : [key, restored(inner)],
    );
    return Object.fromEntries(entries);
  };
  return { ...written, briefing: "briefing" in written ? restored(written.briefing) : null };
}

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
