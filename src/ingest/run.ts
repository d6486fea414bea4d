/** The ingest run: from the files of a folder to one committed snapshot. */

import { createHash } from "node:crypto";
import { SitrepError } from "../domain/errors.ts";
import type { IngestSummary, Progress, Refusal } from "../domain/ingest.ts";
import type { EmbeddingModel } from "../embeddings/factory.ts";
import type { NewEmbedding, Snapshot, StoredReportHead } from "../index/records.ts";
import { publishSnapshot } from "../index/snapshot.ts";
import { openStore, type WritableStore } from "../index/store.ts";
import { corpusFiles } from "./files.ts";
import { type Overrides, type PreparedReport, prepare } from "./prepare.ts";
import { readReportFile } from "./read.ts";

export interface IngestRun {
  readonly corpusDir: string;
  readonly dataDir: string;
  readonly model: EmbeddingModel;
  /** Terms of a passage for the lexical index. */
  readonly termsOf: (title: string, headings: readonly string[], reading: string) => string[];
  /** Changes whenever the settings or the glossary change what would be stored or indexed. */
  readonly fingerprint: string;
  /** Metadata for files without their own, by path inside the corpus. */
  readonly overrides?: ReadonlyMap<string, Overrides> | undefined;
  readonly warn: (message: string) => void;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Embeddings are kept every so many passages, so that a run that is stopped has not worked for nothing. */
const SAVE_EVERY = 512;

/**
 * Brings the index to what the folder holds. Files that did not change are only hashed; a file that cannot be
 * taken in is refused with its reasons, and what was ingested of it before stays in use.
 * @throws {SitrepError} "bad-corpus" when the folder is missing or holds no report, "busy" while another run
 *   writes or when another finished first, "cancelled" when the signal is aborted; the last snapshot then stands.
 */
export async function ingest(run: IngestRun): Promise<IngestSummary> {
  const began = performance.now();
  const files = await corpusFiles(run.corpusDir);
  const store = openStore(run.dataDir, { mode: "write" });
  try {
    const state = store.read((): State => ({ before: store.currentSnapshot(), stored: store.listReports() }));
    const { before } = state;
    const plan = await readAll(run, state, files.paths);
    const warnings = [...files.warnings, ...plan.warnings];
    const isChange =
      plan.upserts.length > 0 ||
      plan.removals.length > 0 ||
      before === null ||
      before.fingerprint !== run.fingerprint ||
      before.model !== run.model.modelId;
    if (before === null && plan.upserts.length === 0) throw nothingToRead(run.corpusDir, plan.refused);
    let computed = 0;
    let snapshot = before;
    const passages = plan.upserts.reduce((sum, report) => sum + report.passages.length, 0);
    if (isChange) {
      const { dimensions, fresh } = await embedMissing(run, store, before, plan.upserts);
      computed = fresh;
      snapshot = await publishSnapshot(
        store,
        {
          upserts: plan.upserts,
          removals: plan.removals,
          embeddings: [],
          model: run.model.modelId,
          dimensions,
          fingerprint: run.fingerprint,
          // What the plan leaves as it is, another ingest may have changed since.
          basedOn: before?.number ?? null,
        },
        {
          dataDir: run.dataDir,
          termsOf: run.termsOf,
          warn: run.warn,
          onProgress: (done: number, total: number) => run.onProgress?.({ phase: "index", done, total }),
        },
      );
    }
    return {
      added: plan.added,
      changed: plan.changed,
      unchanged: plan.unchanged,
      removed: plan.removals.filter((id) => !plan.upserts.some(({ report }) => report.id === id)),
      refused: plan.refused,
      warnings,
      reports: snapshot?.reports ?? 0,
      passages: snapshot?.passages ?? 0,
      embeddingsComputed: computed,
      embeddingsReused: passages - computed,
      snapshot: snapshot?.number ?? 0,
      milliseconds: performance.now() - began,
    };
  } finally {
    store.close();
  }
}

/** What the plan is made from. */
interface State {
  readonly before: Snapshot | null;
  readonly stored: readonly StoredReportHead[];
}

interface Plan {
  readonly upserts: PreparedReport[];
  readonly removals: string[];
  readonly added: string[];
  readonly changed: string[];
  unchanged: number;
  readonly refused: Refusal[];
  readonly warnings: string[];
}

/** Reads every file and decides what becomes of it. */
async function readAll(run: IngestRun, { before, stored }: State, paths: readonly string[]): Promise<Plan> {
  // Passages made with other settings are made anew; texts that come out the same keep their embeddings.
  const isComparable = before?.fingerprint === run.fingerprint && before.model === run.model.modelId;
  const byPath = new Map(stored.map((head) => [head.path, head]));
  const storedIds = new Set(stored.map((head) => head.id));
  const kept = new Map<string, string>();
  const plan: Plan = { upserts: [], removals: [], added: [], changed: [], unchanged: 0, refused: [], warnings: [] };

  const refuse = (refusal: Refusal): void => {
    const { path } = refusal;
    plan.refused.push(refusal);
    const known = byPath.get(path);
    if (known === undefined || kept.has(known.id)) return;
    if (before !== null && before.model !== run.model.modelId) {
      plan.warnings.push(`${path}: refused now; what was ingested of it with another embedding model is removed`);
      return;
    }
    kept.set(known.id, path);
    plan.warnings.push(`${path}: refused now; what was ingested of it before stays in use`);
  };
  // A new file cannot take the id of a report that is there: files known by their path come first.
  const ordered = [...paths.filter((path) => byPath.has(path)), ...paths.filter((path) => !byPath.has(path))];
  for (const [done, path] of ordered.entries()) {
    run.signal?.throwIfAborted();
    run.onProgress?.({ phase: "read", done, total: paths.length });
    const file = await readReportFile(run.corpusDir, path);
    if (!file.ok) {
      refuse(file.refusal);
      continue;
    }
    const overrides = run.overrides?.get(path);
    const sha256 = createHash("sha256")
      .update(JSON.stringify(overrides ?? null))
      .update(file.bytes)
      .digest("hex");
    const known = byPath.get(path);
    if (isComparable && known?.fileSha256 === sha256 && !kept.has(known.id)) {
      kept.set(known.id, path);
      plan.unchanged += 1;
      continue;
    }
    const prepared = prepare(path, file.bytes, sha256, run.model, overrides);
    const refusal = prepared.ok ? duplicate(prepared.value.report.id, path, kept) : prepared.refusal;
    if (refusal !== null || !prepared.ok) {
      if (refusal !== null) refuse(refusal);
      continue;
    }
    const { report } = prepared.value;
    kept.set(report.id, path);
    plan.upserts.push(prepared.value);
    plan.warnings.push(...prepared.value.warnings);
    (storedIds.has(report.id) ? plan.changed : plan.added).push(report.id);
  }
  run.onProgress?.({ phase: "read", done: paths.length, total: paths.length });
  plan.removals.push(...stored.map(({ id }) => id).filter((id) => !kept.has(id)));
  return plan;
}

function duplicate(id: string, path: string, kept: ReadonlyMap<string, string>): Refusal | null {
  const other = kept.get(id);
  if (other === undefined) return null;
  return { path, problems: [{ line: null, field: "id", reason: `the id "${id}" is already that of ${other}` }] };
}

/** Embeds the texts that the store has no embedding of, in order of the reports, and keeps them as it goes. */
async function embedMissing(
  run: IngestRun,
  store: WritableStore,
  before: Snapshot | null,
  reports: readonly PreparedReport[],
): Promise<{ dimensions: number; fresh: number }> {
  const wanted = new Map<string, PreparedReport["texts"][number]>();
  for (const { passages, texts } of reports) {
    passages.forEach(({ embeddingKey }, index) => {
      const text = texts[index];
      if (text !== undefined) wanted.set(embeddingKey, text);
    });
  }
  for (const key of store.haveEmbeddings(wanted.keys())) wanted.delete(key);
  const missing = [...wanted];
  let dimensions = before !== null && before.model === run.model.modelId ? before.dimensions : 0;
  for (let first = 0; first < missing.length; first += SAVE_EVERY) {
    const batch = missing.slice(first, first + SAVE_EVERY);
    const vectors = await run.model.embedPassages(
      batch.map(([, text]) => text),
      {
        ...(run.signal === undefined ? {} : { signal: run.signal }),
        onProgress: (done: number) => run.onProgress?.({ phase: "embed", done: first + done, total: missing.length }),
      },
    );
    const embeddings = batch.map(([key], index): NewEmbedding => {
      const result = vectors[index];
      if (result === undefined) throw new SitrepError("provider-failed", "The embedding model left out a passage");
      return { key, vector: result.vector, sentenceVectors: result.spanVectors };
    });
    if (dimensions === 0) dimensions = embeddings[0]?.vector.length ?? 0;
    store.saveEmbeddings(run.model.modelId, dimensions, embeddings);
  }
  if (dimensions === 0) dimensions = (await run.model.embedQuestion("dimensions")).length;
  return { dimensions, fresh: missing.length };
}

function nothingToRead(corpusDir: string, refused: readonly Refusal[]): SitrepError {
  const [first] = refused;
  const reason = first?.problems[0]?.reason ?? "unknown";
  return new SitrepError("bad-corpus", `No report of ${corpusDir} could be taken in: ${refused.length} refused`, {
    hint: `The first: ${first?.path ?? ""}: ${reason}. Run "npm run ingest" to see all.`,
  });
}
