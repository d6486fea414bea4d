/** What is written about the reports outside of them: in sidecars (`report.pdf.yaml`) and in `manifest.yaml`. */

import { createHash } from "node:crypto";
import { SitrepError } from "../domain/errors.ts";
import { decodeText, normaliseText } from "../text/normalise.ts";
import { type CorpusFiles, MANIFEST_NAME } from "./files.ts";
import { readWritten } from "./metadata.ts";
import { readCorpusFile } from "./read.ts";
import { lineOf, type MetadataProblem, MOST_MANIFEST_PARTS, readYaml, type Written } from "./written.ts";

/** More than anybody writes by hand: about 10,000 reports in a manifest. */
const MAX_MANIFEST_BYTES = 8 * 1024 * 1024;
const MAX_SIDECAR_BYTES = 128 * 1024;

export type WrittenAbout =
  | { readonly ok: true; readonly written: readonly Written[]; readonly sha256: string }
  | { readonly ok: false; readonly problems: readonly MetadataProblem[] };

export interface Descriptions {
  /** What is written about a report; `sha256` changes exactly with it. */
  about(path: string): Promise<WrittenAbout>;
  /** Entries of the manifest that name no report. */
  readonly warnings: readonly string[];
}

/**
 * Reads the manifest. One that cannot be read keeps no file out that says itself, or beside it, where it comes
 * from; for the others the problem is theirs, because without their entry they would go in ungraded.
 */
export async function descriptionsOf(corpusDir: string, files: CorpusFiles): Promise<Descriptions> {
  const manifest = files.hasManifest ? await readManifest(corpusDir) : EMPTY;
  const known = new Set(files.paths);
  const strangers = manifest.ok ? [...manifest.entries.keys()].filter((path) => !known.has(path)) : [];
  return {
    warnings: strangers.map((path) => `${MANIFEST_NAME}: there is no report ${path}`),
    async about(path) {
      const written: Written[] = [];
      const sidecar = files.sidecars.get(path);
      if (sidecar !== undefined) {
        const read = await readSidecar(corpusDir, sidecar);
        if (!read.ok) return read;
        written.push(read.written);
      }
      if (!manifest.ok) return sidecar === undefined ? manifest : aboutOf(written);
      const entry = manifest.entries.get(path);
      if (entry?.ok === false) return entry;
      if (entry !== undefined) written.push(...entry.written);
      return aboutOf(written);
    },
  };
}

function aboutOf(written: readonly Written[]): WrittenAbout {
  const fields = JSON.stringify(written.map((each) => each.fields));
  return { ok: true, written, sha256: createHash("sha256").update(fields).digest("hex") };
}

type Entry = { readonly ok: true; readonly written: readonly Written[] } | Extract<WrittenAbout, { ok: false }>;
type Manifest =
  | { readonly ok: true; readonly entries: ReadonlyMap<string, Entry> }
  | Extract<WrittenAbout, { ok: false }>;

const EMPTY: Manifest = { ok: true, entries: new Map() };
const MANIFEST_FORM = "expected `reports:` with a path and its fields for each report";

async function readManifest(corpusDir: string): Promise<Manifest> {
  const text = await readYamlFile(corpusDir, MANIFEST_NAME, MAX_MANIFEST_BYTES);
  const fault = (problems: readonly MetadataProblem[]): Manifest => ({
    ok: false,
    problems: problems.map((problem) => ({ ...problem, file: MANIFEST_NAME })),
  });
  if (!text.ok) return fault(text.problems);
  const read = readYaml(text.text, 1, MOST_MANIFEST_PARTS);
  if (!read.ok) return fault(read.problems);
  const { reports, defaults = null, ...others } = read.data as Record<string, unknown>;
  const [stranger] = Object.keys(others);
  const at = (path: readonly string[]) => lineOf({ lines: read.lines, line: 1 }, path);
  if (stranger !== undefined) {
    const reason = "is not a known field; known are defaults, reports";
    return fault([{ line: at([stranger]), field: stranger, reason }]);
  }
  if (!isRecord(reports)) return fault([{ line: at(["reports"]), field: "reports", reason: MANIFEST_FORM }]);
  if (defaults !== null && !isRecord(defaults)) {
    return fault([{ line: at(["defaults"]), field: "defaults", reason: "must be fields such as `kind: ...`" }]);
  }
  const lines = linesByEntry(read.lines);
  const written = (fields: Record<string, unknown>, path: readonly string[]): Written => ({
    place: MANIFEST_NAME,
    fields,
    lines: lines.get(JSON.stringify(path)) ?? new Map(),
    line: at(path),
  });
  const common = isRecord(defaults) ? [written(defaults, ["defaults"])] : [];
  const entries = new Map<string, Entry>();
  for (const [path, fields] of Object.entries(reports)) {
    const line = at(["reports", path]);
    const reason = "must be fields such as `title: ...`";
    entries.set(
      path,
      isRecord(fields)
        ? { ok: true, written: [written(fields, ["reports", path]), ...common] }
        : { ok: false, problems: [{ line, field: path, reason, file: MANIFEST_NAME }] },
    );
  }
  return { ok: true, entries };
}

/** The lines of each entry's fields, by the entry's own path, relative to it. */
function linesByEntry(lines: ReadonlyMap<string, number>): Map<string, Map<string, number>> {
  const grouped = new Map<string, Map<string, number>>();
  for (const [key, line] of lines) {
    const path = JSON.parse(key) as string[];
    const depth = path[0] === "reports" ? 2 : 1;
    const entry = JSON.stringify(path.slice(0, depth));
    const group = grouped.get(entry) ?? new Map<string, number>();
    grouped.set(entry, group);
    if (path.length > depth) group.set(JSON.stringify(path.slice(depth)), line);
  }
  return grouped;
}

async function readSidecar(
  corpusDir: string,
  path: string,
): Promise<{ ok: true; written: Written } | Extract<WrittenAbout, { ok: false }>> {
  const text = await readYamlFile(corpusDir, path, MAX_SIDECAR_BYTES);
  return text.ok ? readWritten(text.text, path, 1) : text;
}

async function readYamlFile(
  corpusDir: string,
  path: string,
  maxBytes: number,
): Promise<{ ok: true; text: string } | Extract<WrittenAbout, { ok: false }>> {
  const fault = (reason: string) => ({ ok: false, problems: [{ line: 1, field: "", reason, file: path }] }) as const;
  const file = await readCorpusFile(corpusDir, path, maxBytes);
  if (!file.ok) return fault(file.reason);
  try {
    return { ok: true, text: normaliseText(decodeText(file.bytes)) };
  } catch (error) {
    if (error instanceof SitrepError) return fault(error.message);
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
