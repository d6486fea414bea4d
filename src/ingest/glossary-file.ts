/** The glossary file: names and aliases, read once, and kept in a form that is quick to read again. */

import { createHash, randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import { createGlossary, type Glossary, type GlossaryEntry } from "../text/glossary.ts";

export interface LoadedGlossary {
  readonly glossary: Glossary;
  /** Changes with the file. */
  readonly fingerprint: string;
}

/** In the data folder: the entries of the glossary of the last ingest. Reading the YAML takes 0.2 s of a start. */
const KEPT_FILE = "glossary.json";
/** Part of the fingerprint of what is kept: raise it when an entry looks different for the same file. */
const KEPT_FORMAT = "2";

interface KeptGlossary {
  readonly fingerprint: string;
  readonly entries: readonly GlossaryEntry[];
}

/**
 * Reads the first of the files that exists; with none, the glossary is empty. A file that is as it was at the
 * last ingest is not parsed: what was kept then is used.
 * @param dataDir where `keepGlossary` has put it.
 * @throws {SitrepError} "bad-corpus" when it cannot be read or is not what a glossary must be, naming the entry.
 */
export async function loadGlossary(paths: readonly string[], dataDir: string): Promise<LoadedGlossary> {
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text === null) continue;
    const fingerprint = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const entries = (await keptEntries(dataDir, fingerprint)) ?? (await parsed(text, path));
    return { glossary: checked(entries, path), fingerprint };
  }
  return { glossary: createGlossary([]), fingerprint: "none" };
}

/**
 * Keeps the entries for `loadGlossary`, whole or not at all.
 * @throws what the file system throws.
 */
export async function keepGlossary({ glossary, fingerprint }: LoadedGlossary, dataDir: string): Promise<void> {
  const kept: KeptGlossary = { fingerprint: `${KEPT_FORMAT}:${fingerprint}`, entries: glossary.entries };
  const temporary = join(dataDir, `.${KEPT_FILE}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeFile(temporary, JSON.stringify(kept));
    await rename(temporary, join(dataDir, KEPT_FILE));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Null when another file was kept, or none, or what is there cannot be read: then the glossary itself is. */
async function keptEntries(dataDir: string, fingerprint: string): Promise<readonly GlossaryEntry[] | null> {
  try {
    const kept = JSON.parse(await readFile(join(dataDir, KEPT_FILE), "utf8")) as KeptGlossary;
    return kept.fingerprint === `${KEPT_FORMAT}:${fingerprint}` ? kept.entries : null;
  } catch {
    return null;
  }
}

async function parsed(text: string, path: string): Promise<readonly GlossaryEntry[]> {
  const { parseGlossary } = await import("./glossary-yaml.ts");
  return parseGlossary(text, path);
}

function checked(entries: readonly GlossaryEntry[], path: string): Glossary {
  try {
    return createGlossary(entries);
  } catch (cause) {
    if (!(cause instanceof SitrepError)) throw cause;
    throw new SitrepError(cause.code, `${path}: ${cause.message}`, {
      hint: `Mend the glossary, ${path}: keep one of the two entries.`,
      cause,
    });
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    // ENOTDIR: what should be the folder is a file, which is for the ingest to say.
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    const reason = code === "EISDIR" ? "it is a folder" : code === "EACCES" ? "permission denied" : String(cause);
    throw new SitrepError("bad-corpus", `The glossary ${path} cannot be read: ${reason}`, {
      hint: "Mend the glossary, or take it away: without one in the corpus folder, the one that comes along is used.",
      cause,
    });
  }
}
