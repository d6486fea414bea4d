/** What an ingest will do: every file of the corpus against what is stored. */

import picomatch from "picomatch";
import { SitrepError } from "../domain/errors.ts";
import type { Progress, Refusal } from "../domain/ingest.ts";
import type { Report } from "../domain/report.ts";
import type { StoredReportHead } from "../index/records.ts";
import { type Descriptions, descriptionsOf } from "./descriptions.ts";
import { type CorpusFiles, corpusFiles, noReports } from "./files.ts";
import { checksumsOf, contentSha256Of } from "./fingerprint.ts";
import { type Former, Identities, isWeaker, type Looked, lostGrades } from "./identities.ts";
import type { Overrides } from "./metadata.ts";
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
  /** What files were before they were taken out of the corpus, by path. */
  readonly former?: ReadonlyMap<string, Former> | undefined;
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
  const looked = await planner.look(paths, (done) => onProgress?.({ phase: "look", done, total: paths.length }));
  for (const [done, file] of looked.entries()) {
    throwIfCancelled(request.signal);
    onProgress?.({ phase: "read", done, total: looked.length });
    await planner.take(file);
  }
  planner.settle();
  if (typeof request.only === "string") {
    await planner.keepMoved(
      files.paths.filter((path) => !isWanted(path)),
      isWanted,
    );
  }
  onProgress?.({ phase: "read", done: looked.length, total: looked.length });
  return planner.plan(isWanted);
}

/** A prepared report that waits for its id: another file has it, which may give it up. */
interface Waiting {
  readonly path: string;
  readonly id: string;
  readonly planned: PlannedReport;
}

class Planner {
  readonly #request: PlanRequest;
  readonly #stored: Stored;
  readonly #descriptions: Descriptions;
  readonly #identities: Identities;
  /** Which path an id belongs to from now on, and the other way round. */
  readonly #kept = new Map<string, string>();
  readonly #idOf = new Map<string, string>();
  readonly #upserts: PlannedReport[] = [];
  readonly #added: string[] = [];
  readonly #changed: string[] = [];
  readonly #renamed: string[] = [];
  readonly #refused: Refusal[] = [];
  readonly #warnings: string[];
  readonly #waiting: Waiting[] = [];
  #unchanged = 0;

  constructor(request: PlanRequest, stored: Stored, files: CorpusFiles, descriptions: Descriptions) {
    this.#request = request;
    this.#stored = stored;
    this.#descriptions = descriptions;
    this.#warnings = [...files.warnings, ...descriptions.warnings];
    const present = [...files.paths, ...files.refused.map(({ path }) => path)];
    this.#identities = new Identities(stored.heads, present, request.former ?? new Map());
  }

  /** Looks at every file before anything is decided: a renamed file is known by its content. */
  async look(paths: readonly string[], onLooked: (done: number) => void): Promise<Looked[]> {
    const looked: Looked[] = [];
    for (const [done, path] of paths.entries()) {
      throwIfCancelled(this.#request.signal);
      onLooked(done);
      const file = await this.#read(path);
      if (file !== null) looked.push({ path, ...file.checksums });
    }
    this.#identities.match(looked);
    return looked;
  }

  /** Null where the file was refused. */
  async #read(path: string) {
    const { corpusDir, maxBytes, overrides } = this.#request;
    const file = await readCorpusFile(corpusDir, path, maxBytes);
    if (!file.ok) {
      this.refuse({ path, problems: [{ line: null, field: null, reason: file.reason }] });
      return null;
    }
    const about = await this.#descriptions.about(path);
    if (!about.ok) {
      this.refuse({ path, problems: about.problems });
      return null;
    }
    const given = overrides?.get(path);
    return { bytes: file.bytes, about, given, checksums: checksumsOf(file.bytes, about.sha256, given) };
  }

  /** Decides about a file; where its id is another's, that waits for `settle`. */
  async take({ path, fileSha256 }: Looked): Promise<void> {
    const known = this.#identities.of(path);
    const isComparable = this.#stored.isComparable && this.#request.force !== true;
    if (isComparable && known?.path === path && known.fileSha256 === fileSha256) {
      this.#keep(known.id, path);
      this.#unchanged += 1;
      return;
    }
    const file = await this.#read(path);
    if (file === null) return;
    const { bytes, about, given, checksums } = file;
    const { preparer, signal } = this.#request;
    const prepared = await preparer.prepare({ path, bytes, written: about.written, overrides: given }, signal);
    if (!prepared.ok) return this.refuse(prepared.refusal);
    const { report, id: written, isDescribed, ...rest } = prepared.value;
    const before = this.#identities.before(path);
    const lost = lostGrades(before, path, isDescribed ? report.source : null);
    if (lost !== null) return this.refuse({ path, problems: [{ line: null, field: null, reason: lost }] });
    const { marking } = report.source;
    if (before !== null && isWeaker(marking, before.grades.marking)) {
      this.#warnings.push(`${path}: its marking was ${before.grades.marking} and is ${marking ?? "none"} now`);
    }
    const id = written ?? this.#identities.idFor(path);
    const planned: PlannedReport = { ...rest, report: { ...report, id }, ...checksums };
    const waiting = { path, id, planned };
    if (this.#ownerOf(id, path) === null) this.#accept(waiting);
    else this.#waiting.push(waiting);
  }

  /**
   * The path of another file that has an id. One that is there keeps its id until it goes in under another:
   * a new or edited file cannot take it.
   */
  #ownerOf(id: string, path: string): string | null {
    const kept = this.#kept.get(id);
    if (kept !== undefined) return kept === path ? null : kept;
    const owner = this.#identities.ownerOf(id);
    if (owner === undefined || owner === path) return null;
    return (this.#idOf.get(owner) ?? id) === id ? owner : null;
  }

  #keep(id: string, path: string): void {
    this.#kept.set(id, path);
    this.#idOf.set(path, id);
  }

  /** Gives ids that are given up by files that wait themselves, as when two exchange theirs; refuses the others. */
  settle(): void {
    let candidates = this.#waiting;
    for (let before = -1; before !== candidates.length; ) {
      before = candidates.length;
      const moving = new Set(candidates.map(({ path }) => path));
      const first = new Map(candidates.toReversed().map(({ id, path }) => [id, path]));
      candidates = candidates.filter(({ id, path }) => {
        const owner = this.#ownerOf(id, path);
        return first.get(id) === path && (owner === null || (moving.has(owner) && !this.#kept.has(id)));
      });
    }
    const accepted = new Set(candidates);
    for (const waiting of candidates) this.#accept(waiting);
    for (const waiting of this.#waiting) {
      if (accepted.has(waiting)) continue;
      const reason = `the id "${waiting.id}" is already that of ${this.#ownerOf(waiting.id, waiting.path)}`;
      this.refuse({ path: waiting.path, problems: [{ line: null, field: "id", reason }] });
    }
  }

  #accept({ path, id, planned }: Waiting): void {
    this.#keep(id, path);
    this.#upserts.push(planned);
    this.#request.onPlanned?.(planned);
    this.#warnings.push(...planned.warnings);
    const stored = this.#identities.stored(id);
    if (stored === undefined) this.#added.push(id);
    else if (stored.path !== path && stored.contentSha256 === planned.contentSha256) this.#renamed.push(id);
    else this.#changed.push(id);
  }

  refuse(refusal: Refusal): void {
    const { path } = refusal;
    this.#refused.push(refusal);
    const known = this.#identities.of(path);
    if (known === undefined || this.#kept.has(known.id)) return;
    if (!this.#stored.canStay) {
      this.#warnings.push(`${path}: refused now; what was ingested of it with another embedding model is removed`);
      return;
    }
    this.#keep(known.id, path);
    this.#warnings.push(`${path}: refused now; what was ingested of it before stays in use`);
  }

  /**
   * A report whose file was moved to where nobody looks in this run stays: taken out, it would come back without its
   * id and without what is written about it.
   * @param others paths that are not looked at.
   */
  async keepMoved(others: readonly string[], isWanted: (path: string) => boolean): Promise<void> {
    const gone = this.#stored.heads.filter(({ id, path }) => !this.#kept.has(id) && isWanted(path));
    if (gone.length === 0) return;
    const byContent = new Map(gone.map((head) => [head.contentSha256, head]));
    const known = new Set(this.#stored.heads.map(({ path }) => path));
    for (const path of others.filter((each) => !known.has(each))) {
      const file = await readCorpusFile(this.#request.corpusDir, path, this.#request.maxBytes);
      const head = file.ok ? byContent.get(contentSha256Of(file.bytes)) : undefined;
      if (head === undefined || this.#kept.has(head.id)) continue;
      this.#keep(head.id, path);
      this.#warnings.push(`${head.path}: is ${path} now, which was not looked at; its report stays until that is`);
    }
  }

  /** What was ingested from a folder that cannot be looked into now stays. */
  keepInside(folder: string): void {
    const inside = this.#stored.heads.filter(({ path }) => path.startsWith(`${folder}/`));
    if (inside.length === 0 || !this.#stored.canStay) return;
    for (const { id, path } of inside) this.#keep(id, path);
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
