/** The fields of a front matter and what they may hold. */

import { z } from "zod";
import { MARKINGS } from "../domain/marking.ts";
import { dateRange, isPartialDate, RELIABILITIES, REPORT_KINDS } from "../domain/report.ts";
import { foldSpaces } from "../text/normalise.ts";

/** Longest id and longest title or name, in characters. */
export const LONGEST_ID = 80;
export const LONGEST_TITLE = 300;
const LONGEST_ADDRESS = 2000;

/** Whether a text is an http or https address without credentials in it. */
export function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url !== null &&
    /^https?:\/\//i.test(text) &&
    !/\s/.test(text) &&
    url.username === "" &&
    url.password === "" &&
    text.length <= LONGEST_ADDRESS
  );
}

/** "is required" for what is not there, else what it must be. */
function expecting(what: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined || input === null ? "is required" : `must be ${what}`) };
}

const DATE = "a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD";
const ADDRESS = "an http or https address";

const text = z
  .string(expecting("text"))
  .transform(foldSpaces)
  .pipe(z.string().min(1, "must not be empty").max(LONGEST_TITLE, `must have at most ${LONGEST_TITLE} characters`));
const date = z.string(expecting(DATE)).refine(isPartialDate, `must be ${DATE}`);
const address = z.string(expecting(ADDRESS)).refine(isWebAddress, `must be ${ADDRESS}`);
const footnoteKey = z.string(expecting("text")).regex(/^[^\s[\]]{1,80}$/, "must have no spaces or brackets");
const id = z
  .string(expecting("text"))
  .regex(
    /^[a-z0-9][a-z0-9._-]*$/,
    "must be small letters, digits, dots, dashes or underscores, and start with a letter or digit",
  )
  .max(LONGEST_ID, `must have at most ${LONGEST_ID} characters`);

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, expecting(`one of ${values.join(", ")}`));
}

function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null);
}

function list<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(schema, expecting("a list"))
    .nullish()
    .transform((value) => value ?? []);
}

const Period = z
  .strictObject({ from: date, to: date }, expecting("{ from: DATE, to: DATE }"))
  .refine(({ from, to }) => dateRange(from).from <= dateRange(to).to, { error: "must not end before it starts" });

const Origin = z.strictObject(
  {
    title: text,
    publisher: optional(text),
    documentId: optional(text),
    published: optional(date),
    url: optional(address),
  },
  expecting("fields such as `title: ...`"),
);

const Source = z.strictObject(
  { key: footnoteKey, title: text, url: optional(address), date: optional(date) },
  expecting("fields such as `key: ...`"),
);

/** A front matter; what it gives is an id and a `ReportSource`. */
export const FrontMatter = z.strictObject({
  id,
  title: text,
  publisher: text,
  author: optional(text),
  published: date,
  period: optional(Period),
  documentId: optional(text),
  url: optional(address),
  kind: oneOf(REPORT_KINDS),
  language: z
    .string(expecting("text"))
    .regex(/^[a-z]{2,3}$/, "must be a language code of two or three small letters, as en")
    .nullish()
    .transform((value) => value ?? "en"),
  reliability: oneOf(RELIABILITIES),
  marking: oneOf(MARKINGS),
  origins: list(Origin),
  sources: list(Source),
});

/** What is written beside a file or in the manifest: there the file's path can stand for the id. */
export const Description = FrontMatter.extend({ id: optional(id) });

/** The fields of each object, by the name of the field that holds it; "" for the front matter itself. */
export const KNOWN_KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(FrontMatter.shape),
  period: Object.keys(Period.shape),
  origins: Object.keys(Origin.shape),
  sources: Object.keys(Source.shape),
};
