/** The parts of what is kept of answers that other outcomes have too: how they are read back from JSON. */

import { z } from "zod";
import { AS_OF_BASES, VOICES } from "../domain/answer.ts";
import { MARKINGS } from "../domain/marking.ts";
import { DERIVABLE_FIELDS, RELIABILITIES, REPORT_KINDS } from "../domain/report.ts";

export const text = z.string();
const offset = z.number().int().nonnegative();
export const span = { start: offset, end: offset };
export const period = z.object({ from: text, to: text });
const locator = z.object({ page: z.number().nullable(), headings: z.array(text), paragraph: z.number() });
const footnote = z.object({ key: text, title: text, url: text.nullable(), date: text.nullable() });
const source = z.object({
  title: text,
  publisher: text.nullable(),
  author: text.nullable(),
  published: text.nullable(),
  period: period.nullable(),
  documentId: text.nullable(),
  url: text.nullable(),
  kind: z.enum(REPORT_KINDS),
  language: text,
  reliability: z.enum(RELIABILITIES),
  marking: z.enum(MARKINGS).nullable(),
  origins: z.array(
    z.object({
      title: text,
      publisher: text.nullable(),
      documentId: text.nullable(),
      published: text.nullable(),
      url: text.nullable(),
    }),
  ),
  sources: z.array(footnote),
  derived: z.array(z.enum(DERIVABLE_FIELDS)),
});
export const citation = z.object({
  number: z.number(),
  quote: z.object({ ...span, reportId: text, text }),
  path: text,
  source,
  locator,
  footnotes: z.array(footnote),
});
const asOf = z.object({ from: text, to: text, basis: z.enum(AS_OF_BASES), isOlder: z.boolean() });
const voice = z.object({ kind: z.enum(VOICES), who: text.nullable() });
const differing = z.object({ written: text, citation: z.number(), who: text.nullable(), rule: text.nullable() });
const corroboration = z.array(z.object({ reportId: text, title: text, independent: z.boolean() }));
// What has a default was not written yet by the first versions, whose exchanges are still shown.
export const claim = z.object({
  text,
  citations: z.array(citation),
  corroboration,
  asOf: asOf.nullable().default(null),
  voice: voice.default({ kind: "report", who: null }),
  changes: z.array(z.object({ written: text, base: period.nullable(), isBaseQuoted: z.boolean() })).optional(),
});
export const disagreement = z.object({ about: text, period: period.nullable(), values: z.array(differing) });
