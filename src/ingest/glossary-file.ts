/** The glossary file: names and aliases, checked before they are used. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { SitrepError } from "../domain/errors.ts";
import { createGlossary, type Glossary } from "../text/glossary.ts";

const name = z.string().trim().min(1).max(200);
const schema = z.strictObject({
  entries: z.array(
    z.strictObject({
      name,
      aliases: z.array(name).default([]),
      kind: name,
      gloss: z.string().trim().max(1000).default(""),
      ambiguous: z.array(name).default([]),
    }),
  ),
});

export interface LoadedGlossary {
  readonly glossary: Glossary;
  /** Changes with the file. */
  readonly fingerprint: string;
}

/**
 * Reads the first of the files that exists; with none, the glossary is empty.
 * @throws {SitrepError} "bad-corpus" when it is not what a glossary must be, naming the entry.
 */
export async function loadGlossary(paths: readonly string[]): Promise<LoadedGlossary> {
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text === null) continue;
    return {
      glossary: parseGlossary(text, path),
      fingerprint: createHash("sha256").update(text).digest("hex").slice(0, 16),
    };
  }
  return { glossary: createGlossary([]), fingerprint: "none" };
}

function parseGlossary(text: string, path: string): Glossary {
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw new SitrepError("bad-corpus", `${path} is not valid YAML: ${firstLine(cause)}`, { cause });
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return createGlossary(parsed.data.entries);
  const [issue] = parsed.error.issues;
  throw new SitrepError(
    "bad-corpus",
    `${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not a glossary"}`,
    {
      hint: "Each entry has name, aliases, kind, gloss and, where needed, ambiguous.",
    },
  );
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
