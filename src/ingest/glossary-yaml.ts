/** The glossary as people write it: YAML, checked before it is used. */

import { parse } from "yaml";
import { z } from "zod";
import { SitrepError } from "../domain/errors.ts";
import { isPartialDate } from "../domain/report.ts";
import type { GlossaryEntry } from "../text/glossary.ts";

const name = z.string().trim().min(1).max(200);
/** YAML reads "2021" as a number. */
const date = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .refine(isPartialDate, "not a date: write YYYY, YYYY-MM or YYYY-MM-DD");
const schema = z.strictObject({
  entries: z.array(
    z
      .strictObject({
        name,
        aliases: z.array(name).default([]),
        kind: name,
        gloss: z.string().trim().max(1000).default(""),
        ambiguous: z.array(name).default([]),
        date: date.optional(),
      })
      .refine((entry) => entry.date === undefined || entry.kind === "event", {
        path: ["date"],
        message: 'only an entry of the kind "event" has a date',
      }),
  ),
});

/**
 * The entries of a glossary.
 * @param path for messages.
 * @throws {SitrepError} "bad-corpus" when it is not what a glossary must be, naming the entry.
 */
export function parseGlossary(text: string, path: string): GlossaryEntry[] {
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw new SitrepError("bad-corpus", `${path} is not valid YAML: ${firstLine(cause)}`, {
      hint: `Mend the glossary, ${path}, or take it away.`,
      cause,
    });
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data.entries;
  const [issue] = parsed.error.issues;
  throw new SitrepError(
    "bad-corpus",
    `${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not a glossary"}`,
    {
      hint: "Mend the glossary: each entry has name, aliases, kind, gloss and, where needed, ambiguous, and an event may have its date.",
    },
  );
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
