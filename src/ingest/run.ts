/** The ingest run: from the files of a folder to one committed snapshot. */

import { SitrepError } from "../domain/errors.ts";
import type { NewFigure } from "../domain/figure.ts";
import type { IngestSummary } from "../domain/ingest.ts";
import type { EmbeddingModel } from "../embeddings/factory.ts";
import type { Snapshot } from "../index/records.ts";
import { publishSnapshot } from "../index/snapshot.ts";
import { openStore, type Store, type WritableStore } from "../index/store.ts";
import { takeWriterLock, type WriterLock } from "../index/writer-lock.ts";
import { createEmbedder, type EmbeddedPassages } from "./embed.ts";
import { type Plan, type PlannedReport, type PlanRequest, planIngest, type Stored } from "./plan.ts";
import type { Preparer } from "./prepare.ts";

export interface IngestRun extends PlanRequest {
  readonly dataDir: string;
  readonly model: EmbeddingModel;
  /** Terms of a passage for the lexical index. */
  readonly termsOf: (title: string, headings: readonly string[], reading: string) => string[];
  /** The figures of a report that goes in; absent where none are kept. */
  readonly figuresOf?: ((report: Pick<PlannedReport, "report" | "passages">) => readonly NewFigure[]) | undefined;
  /** Changes whenever the settings or the glossary change what would be stored or indexed. */
  readonly fingerprint: string;
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean | undefined;
  /** The lock of the data folder, where the caller holds it already; else the run takes it. */
  readonly lock?: WriterLock | undefined;
  readonly warn: (message: string) => void;
}

/**
 * Brings the index to what the folder holds, whole or not at all.
 * @throws {SitrepError} what `planIngest` throws; "busy" while another process writes; "index-unusable" when the
 *   data folder cannot be written; "cancelled" when the signal is aborted. The last snapshot then stands.
 */
export async function ingest(run: IngestRun): Promise<IngestSummary> {
  const began = performance.now();
  if (run.dryRun === true) return { ...(await rehearse(run)), milliseconds: performance.now() - began };
  const lock = run.lock ?? takeWriterLock(run.dataDir);
  try {
    const store = openStore(run.dataDir, { mode: "write" });
    try {
      return { ...(await write(run, store)), milliseconds: performance.now() - began };
    } finally {
      store.close();
    }
  } finally {
    if (run.lock === undefined) lock.release();
  }
}

type Untimed = Omit<IngestSummary, "milliseconds">;

async function write(run: IngestRun, store: WritableStore): Promise<Untimed> {
  const { before, stored } = stateOf(store, run);
  let isReading = true;
  const embedder = createEmbedder(run.model, store, {
    force: run.force,
    signal: run.signal,
    // Files are still being read: a person follows one thing at a time.
    onProgress: (done, total) => {
      if (!isReading) run.onProgress?.({ phase: "embed", done, total });
    },
  });
  try {
    const plan = await planIngest({ ...run, preparer: loadingMeanwhile(run), onPlanned: embedder.add }, stored);
    isReading = false;
    // A first run that takes nothing in leaves no index of nothing behind.
    if (!isChange(run, plan, before)) return summary(plan, before, 0, false);
    return await publish(run, store, before, plan, await embedder.finish());
  } finally {
    await embedder.stop();
  }
}

/** The model loads while the first file is read; where nothing has changed, it is not loaded at all. */
function loadingMeanwhile({ preparer, model }: IngestRun): Preparer {
  return {
    prepare(file, signal) {
      model.load();
      return preparer.prepare(file, signal);
    },
    close: () => preparer.close(),
  };
}

async function publish(
  run: IngestRun,
  store: WritableStore,
  before: Snapshot | null,
  plan: Plan,
  embedded: EmbeddedPassages,
): Promise<Untimed> {
  const isSameModel = before !== null && before.model === run.model.modelId;
  const dimensions =
    embedded.dimensions ?? (isSameModel ? before.dimensions : (await run.model.embedQuestion("dimensions")).length);
  const snapshot = await publishSnapshot(
    store,
    {
      upserts: plan.upserts.map((planned) => ({ ...planned, figures: run.figuresOf?.(planned) ?? [] })),
      removals: plan.removals,
      embeddings: [],
      model: run.model.modelId,
      dimensions,
      fingerprint: run.fingerprint,
      // What the plan leaves as it is, nobody else may have changed since.
      basedOn: before?.number ?? null,
    },
    {
      dataDir: run.dataDir,
      termsOf: run.termsOf,
      warn: run.warn,
      onProgress: (done: number, total: number) => run.onProgress?.({ phase: "index", done, total }),
    },
  );
  return summary(plan, snapshot, embedded.computed, false);
}

/** The same up to the first thing that would change the index. */
async function rehearse(run: IngestRun): Promise<Untimed> {
  let store: Store | null = null;
  try {
    store = openStore(run.dataDir, { mode: "read" });
  } catch (error) {
    if (!(error instanceof SitrepError) || error.code !== "index-missing") throw error;
  }
  try {
    const { before, stored } = stateOf(store, run);
    const plan = await planIngest(run, stored);
    const missing = textsToEmbed(plan.upserts);
    if (run.force !== true) for (const key of store?.haveEmbeddings(missing.keys()) ?? []) missing.delete(key);
    return summary(plan, before, missing.size, true);
  } finally {
    store?.close();
  }
}

function stateOf(store: Store | null, run: IngestRun): { before: Snapshot | null; stored: Stored } {
  const read = () => ({ before: store?.currentSnapshot() ?? null, heads: store?.listReports() ?? [] });
  const { before, heads } = store === null ? read() : store.read(read);
  const isSameModel = before === null || before.model === run.model.modelId;
  // Passages made with other settings are made anew; texts that come out the same keep their embeddings.
  const isComparable = before !== null && before.fingerprint === run.fingerprint && isSameModel;
  return { before, stored: { heads, isComparable, canStay: isSameModel } };
}

function isChange(run: IngestRun, plan: Plan, before: Snapshot | null): boolean {
  if (plan.upserts.length > 0 || plan.removals.length > 0) return true;
  if (before === null) return false;
  return before.fingerprint !== run.fingerprint || before.model !== run.model.modelId;
}

function summary(plan: Plan, snapshot: Snapshot | null, computed: number, isDryRun: boolean): Untimed {
  const passages = plan.upserts.reduce((sum, report) => sum + report.passages.length, 0);
  const replaced = new Set(plan.upserts.map(({ report }) => report.id));
  return {
    dryRun: isDryRun,
    added: plan.added,
    changed: plan.changed,
    renamed: plan.renamed,
    unchanged: plan.unchanged,
    removed: plan.removals.filter((id) => !replaced.has(id)),
    refused: plan.refused,
    warnings: plan.warnings,
    reports: snapshot?.reports ?? 0,
    passages: snapshot?.passages ?? 0,
    embeddingsComputed: computed,
    embeddingsReused: passages - computed,
    snapshot: snapshot?.number ?? 0,
  };
}

/** The texts of the reports' passages, each once, by the key of its embedding, in order of the reports. */
function textsToEmbed(reports: readonly PlannedReport[]): Map<string, PlannedReport["texts"][number]> {
  const wanted = new Map<string, PlannedReport["texts"][number]>();
  for (const { passages, texts } of reports) {
    passages.forEach(({ embeddingKey }, index) => {
      const text = texts[index];
      if (text !== undefined) wanted.set(embeddingKey, text);
    });
  }
  return wanted;
}
