/** What an ingest will do: every file of the corpus against what is stored. */

import { createHash } from "node:crypto";
import picomatch from "picomatch";
import { SitrepError } from "../domain/errors.ts";
import type { Progress, Refusal } from "../domain/ingest.ts";
import type { Report } from "../domain/report.ts";
import type { StoredReportHead } from "../index/records.ts";
import { type Descriptions, descriptionsOf } from "./descriptions.ts";
import { type CorpusFiles, corpusFiles, noReports } from "./files.ts";
import { checksumsOf } from "./fingerprint.ts";
import { type Overrides, reportIdFromPath } from "./metadata.ts";
import type { PreparedReport, Preparer } from "./prepare.ts";
import { readCorpusFile } from "./read.ts";

export interface PlanRequest {
  readonly corpusDir: string;
  readonly preparer: Preparer;
  readonly maxBytes: number;
  /** Metadata for files without their own, by path inside the corpus. */
  readonly overrides?: ReadonlyMap<string, Overrides> | undefined;
  /**
   * Only files whose path matches this glob, or is among these paths, are looked at; the others stay as they are.
   * Where there is no index, or the settings have changed, paths do not narrow anything: every file has to be read.
   */
  readonly only?: string | { readonly paths: readonly string[] } | undefined;
  /** Reads every file again, also what has not changed. */
  readonly force?: boolean | undefined;
  /** Ids that files are to have, by path, where nothing is written about them: those that they had before. */
  readonly formerIds?: ReadonlyMap<string, string> | undefined;
  /** Whether a corpus without any report is meant, and no mistake. */
  readonly allowEmpty?: boolean | undefined;
  /** Told of each report that goes in, as soon as that is known. */
  readonly onPlanned?: ((report: PlannedReport) => void) | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is stored, as far as a plan needs it. */
export interface Stored {
  readonly heads: readonly StoredReportHead[];
  /** Whether it was made with the settings of now: if not, nothing counts as unchanged. */
  readonly isComparable: boolean;
  /** Whether it can stay as it is beside what is made now: not when the embedding model is another. */
  readonly canStay: boolean;
}

/** A report to put in place of what is stored under its id. */
export interface PlannedReport extends Omit<PreparedReport, "id" | "isDescribed" | "report"> {
  readonly report: Report;
  readonly fileSha256: string;
  readonly contentSha256: string;
}

export interface Plan {
  readonly upserts: readonly PlannedReport[];
  /** Ids of stored reports to take out. */
  readonly removals: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Ids of reports whose file has another path than before. */
  readonly renamed: readonly string[];
  readonly unchanged: number;
  readonly refused: readonly Refusal[];
  readonly warnings: readonly string[];
}

/**
 * Reads the corpus folder and decides what becomes of each file. Files that did not change are only hashed; one
 * that cannot be taken in is refused with its reasons, and what was ingested of it before stays in use.
 * @throws {SitrepError} "bad-corpus" when the folder cannot be read or holds no report; "bad-input" when `only`
 *   matches nothing; "cancelled" by the signal.
 */
export async function planIngest(request: PlanRequest, stored: Stored): Promise<Plan> {
  const { corpusDir, onProgress } = request;
  const files = await corpusFiles(corpusDir);
  const isWanted = wantedBy(request.only, stored);
  const paths = files.paths.filter(isWanted);
  if (files.paths.length === 0 && files.refused.length === 0 && request.allowEmpty !== true) {
    throw emptyCorpus(corpusDir, stored);
  }
  checkWanted(request, files, stored, isWanted);
  const planner = new Planner(request, stored, files, await descriptionsOf(corpusDir, files));
  for (const refusal of files.refused) {
    if (isWanted(refusal.path)) planner.refuse(refusal);
    planner.keepInside(refusal.path);
  }
  for (const [done, path] of planner.inOrder(paths).entries()) {
    throwIfCancelled(request.signal);
    onProgress?.({ phase: "read", done, total: paths.length });
    await planner.take(path);
  }
  onProgress?.({ phase: "read", done: paths.length, total: paths.length });
  return planner.plan(isWanted);
}

class Planner {
  readonly #request: PlanRequest;
  readonly #stored: Stored;
  readonly #descriptions: Descriptions;
  readonly #byPath: ReadonlyMap<string, StoredReportHead>;
  readonly #byId: ReadonlyMap<string, StoredReportHead>;
  /** Stored reports whose file is gone, by their content. */
  readonly #gone: Map<string, StoredReportHead[]>;
  /** Which path an id belongs to from now on. */
  readonly #kept = new Map<string, string>();
  readonly #upserts: PlannedReport[] = [];
  readonly #added: string[] = [];
  readonly #changed: string[] = [];
  readonly #renamed: string[] = [];
  readonly #refused: Refusal[] = [];
  readonly #warnings: string[];
  #unchanged = 0;

  constructor(request: PlanRequest, stored: Stored, files: CorpusFiles, descriptions: Descriptions) {
    this.#request = request;
    this.#stored = stored;
    this.#descriptions = descriptions;
    this.#warnings = [...files.warnings, ...descriptions.warnings];
    this.#byPath = new Map(stored.heads.map((head) => [head.path, head]));
    this.#byId = new Map(stored.heads.map((head) => [head.id, head]));
    const present = new Set([...files.paths, ...files.refused.map(({ path }) => path)]);
    this.#gone = new Map();
    for (const head of stored.heads) {
      if (present.has(head.path) || head.contentSha256 === "") continue;
      this.#gone.set(head.contentSha256, [...(this.#gone.get(head.contentSha256) ?? []), head]);
    }
  }

  /** A new file cannot take the id of a report that is there: files known by their path come first. */
  inOrder(paths: readonly string[]): string[] {
    return [...paths.filter((path) => this.#byPath.has(path)), ...paths.filter((path) => !this.#byPath.has(path))];
  }

  async take(path: string): Promise<void> {
    const { corpusDir, maxBytes, overrides, preparer, signal } = this.#request;
    const file = await readCorpusFile(corpusDir, path, maxBytes);
    if (!file.ok) return this.refuse({ path, problems: [{ line: null, field: null, reason: file.reason }] });
    const about = await this.#descriptions.about(path);
    if (!about.ok) return this.refuse({ path, problems: about.problems });
    const given = overrides?.get(path);
    const { contentSha256, fileSha256 } = checksumsOf(file.bytes, about.sha256, given);
    const known = this.#byPath.get(path);
    if (this.#isUnchanged(known, fileSha256)) {
      this.#kept.set(known.id, path);
      this.#unchanged += 1;
      return;
    }
    const prepared = await preparer.prepare(
      { path, bytes: file.bytes, written: about.written, overrides: given },
      signal,
    );
    if (!prepared.ok) return this.refuse(prepared.refusal);
    const before = known ?? this.#gone.get(contentSha256)?.find(({ id }) => !this.#kept.has(id));
    const id = prepared.value.id ?? before?.id ?? this.#freeId(path);
    const other = this.#kept.get(id);
    if (other !== undefined) {
      const reason = `the id "${id}" is already that of ${other}`;
      return this.refuse({ path, problems: [{ line: null, field: "id", reason }] });
    }
    this.#kept.set(id, path);
    const { report, id: _id, isDescribed: _isDescribed, ...rest } = prepared.value;
    const planned: PlannedReport = { ...rest, report: { ...report, id }, fileSha256, contentSha256 };
    this.#upserts.push(planned);
    this.#request.onPlanned?.(planned);
    this.#warnings.push(...rest.warnings);
    const stored = this.#byId.get(id);
    if (stored === undefined) this.#added.push(id);
    else if (stored.path !== path && stored.contentSha256 === contentSha256) this.#renamed.push(id);
    else this.#changed.push(id);
  }

  #isUnchanged(known: StoredReportHead | undefined, fileSha256: string): known is StoredReportHead {
    if (known === undefined || this.#request.force === true || !this.#stored.isComparable) return false;
    return known.fileSha256 === fileSha256 && !this.#kept.has(known.id);
  }

  /** An id from the path, with the path's checksum where another report has it already. */
  #freeId(path: string): string {
    const id = reportIdFromPath(path);
    const isFree = !this.#kept.has(id) && !this.#byId.has(id);
    if (isFree) return id;
    return `${id.slice(0, 70)}-${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
  }

  refuse(refusal: Refusal): void {
    const { path } = refusal;
    this.#refused.push(refusal);
    const known = this.#byPath.get(path);
    if (known === undefined || this.#kept.has(known.id)) return;
    if (!this.#stored.canStay) {
      this.#warnings.push(`${path}: refused now; what was ingested of it with another embedding model is removed`);
      return;
    }
    this.#kept.set(known.id, path);
    this.#warnings.push(`${path}: refused now; what was ingested of it before stays in use`);
  }

  /** What was ingested from a folder that cannot be looked into now stays. */
  keepInside(folder: string): void {
    const inside = this.#stored.heads.filter(({ path }) => path.startsWith(`${folder}/`));
    if (inside.length === 0 || !this.#stored.canStay) return;
    for (const { id, path } of inside) this.#kept.set(id, path);
    this.#warnings.push(`${folder}: refused now; what was ingested from it before stays in use`);
  }

  plan(isWanted: (path: string) => boolean): Plan {
    const removals = this.#stored.heads.filter(({ id, path }) => !this.#kept.has(id) && isWanted(path));
    return {
      upserts: this.#upserts,
      removals: removals.map(({ id }) => id),
      added: this.#added,
      changed: this.#changed,
      renamed: this.#renamed,
      unchanged: this.#unchanged,
      refused: this.#refused,
      warnings: this.#warnings,
    };
  }
}

function wantedBy(only: PlanRequest["only"], { isComparable }: Stored): (path: string) => boolean {
  if (only === undefined) return () => true;
  if (typeof only !== "string") {
    return isComparable ? (path) => only.paths.includes(path) : () => true;
  }
  const matches = picomatch(only, { dot: false });
  return (path) => path === only || matches(path);
}

function checkWanted(
  { only }: PlanRequest,
  files: CorpusFiles,
  { heads, isComparable }: Stored,
  isWanted: (path: string) => boolean,
): void {
  if (typeof only !== "string") return;
  if (!isComparable && heads.length > 0) {
    throw new SitrepError("bad-input", "The glossary or the settings changed since the last ingest", {
      hint: "Every report has to be read again: run `npm run ingest` without --only.",
    });
  }
  const known = [files.paths, files.refused.map(({ path }) => path), heads.map(({ path }) => path)].flat();
  if (known.some(isWanted)) return;
  throw new SitrepError("bad-input", `No report of the corpus or the index matches ${JSON.stringify(only)}`, {
    hint: "A pattern such as 'un/**' or '*.pdf' matches paths inside the corpus folder.",
  });
}

function emptyCorpus(corpusDir: string, { heads }: Stored): SitrepError {
  if (heads.length === 0) return noReports(corpusDir);
  const count = heads.length === 1 ? "1 report" : `${heads.length} reports`;
  return new SitrepError("bad-corpus", `The folder ${corpusDir} holds no report, and the index has ${count}`, {
    hint: "Nothing was changed. If all of them are to go, run `npm run ingest -- --allow-empty`.",
  });
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true)
    throw new SitrepError("cancelled", "The ingest was cancelled", { cause: signal.reason });
}
