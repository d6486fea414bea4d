/** The writing side: ingests, and what moderators do to the corpus. */

import type { Config } from "./config.ts";
import { SitrepError } from "./domain/errors.ts";
import type { GivenMetadata, IngestSummary } from "./domain/ingest.ts";
import type { Draft, IngestOptions, Sitrep } from "./domain/service.ts";
import type { EmbeddingModel } from "./embeddings/factory.ts";
import type { StoredReportHead } from "./index/records.ts";
import { snapshotIn } from "./index/snapshot.ts";
import { openStore } from "./index/store.ts";
import { keepGlossary, type LoadedGlossary } from "./ingest/glossary-file.ts";
import type { Overrides } from "./ingest/metadata.ts";
import type { Preparer } from "./ingest/prepare.ts";

export interface ModeratingParts {
  readonly config: Pick<Config, "corpusDir" | "dataDir" | "ingestLimits">;
  readonly model: () => EmbeddingModel;
  /** The glossary as it is now, and what depends on it. */
  readonly readGlossary: () => Promise<{
    readonly loaded: LoadedGlossary;
    readonly termsOf: (title: string, headings: readonly string[], reading: string) => string[];
    readonly fingerprint: string;
  }>;
  readonly overrides?: ReadonlyMap<string, Overrides> | undefined;
  readonly warn: (message: string) => void;
}

/** What `Sitrep` promises moderators. The modules that only an ingest needs are loaded when one begins. */
export function moderating(
  parts: ModeratingParts,
): Pick<Sitrep, "ingest" | "draft" | "remove" | "restore" | "removed"> {
  const { config, warn } = parts;
  const { corpusDir, dataDir, ingestLimits: limits } = config;

  async function preparer(): Promise<Preparer> {
    const { isolatedPreparer } = await import("./ingest/isolated.ts");
    const { modelId, maxTokens, counting } = parts.model();
    return isolatedPreparer({ limits, model: { modelId, maxTokens, counting } });
  }

  async function ingest(options: IngestOptions = {}): Promise<IngestSummary> {
    const [run, reader, { loaded, termsOf, fingerprint }] = await Promise.all([
      import("./ingest/run.ts"),
      preparer(),
      parts.readGlossary(),
    ]);
    try {
      const summary = await run.ingest({
        ...options,
        corpusDir,
        dataDir,
        preparer: reader,
        maxBytes: limits.maxBytes,
        model: parts.model(),
        termsOf,
        fingerprint,
        overrides: parts.overrides,
        warn,
      });
      if (options.dryRun === true) return summary;
      await keepGlossary(loaded, dataDir).catch(() =>
        warn("The glossary cannot be kept in the data folder: each start reads it anew, which takes a little longer."),
      );
      return summary;
    } finally {
      reader.close();
    }
  }

  /** Ingests what was changed at a path; when that fails, or the path is refused, the change is undone. */
  async function ingestOr(undo: () => Promise<void>, path: string, options: IngestOptions): Promise<IngestSummary> {
    try {
      const summary = await ingest({ ...options, only: { paths: [path] } });
      if (summary.refused.some((refusal) => refusal.path === path)) await undo();
      return summary;
    } catch (error) {
      await undo();
      throw error;
    }
  }

  function stored(): readonly StoredReportHead[] {
    if (snapshotIn(dataDir) === null) return [];
    const store = openStore(dataDir, { mode: "read" });
    try {
      return store.listReports();
    } finally {
      store.close();
    }
  }

  async function draft(from: string, as?: string, signal?: AbortSignal): Promise<Draft> {
    const { examine, fetchReport, pathInCorpus, writeReport } = await import("./ingest/add.ts");
    const adding = { corpusDir, limits, preparer: await preparer(), signal };
    try {
      const fetched = await fetchReport(from, adding);
      const path = pathInCorpus(as ?? fetched.name, fetched);
      const first = await examine(fetched, path, {}, adding);
      // What is written about it is wrong: that is for a person to mend, and no field given here could.
      if (!first.ok) throw refusedAtOnce(from, first.refusal);
      return {
        candidate: first.candidate,
        isDescribed: first.isDescribed,
        check: (given) => examine(fetched, path, given, adding),
        async add(given: GivenMetadata, { replace, ...options }) {
          checkPlace(first.candidate.contentSha256, first.candidate.replaces, replace === true);
          const undo = await writeReport(fetched, path, given, adding);
          return ingestOr(undo, path, options);
        },
        close: () => adding.preparer.close(),
      };
    } catch (error) {
      adding.preparer.close();
      throw error;
    }
  }

  function checkPlace(contentSha256: string, replaces: string | null, replace: boolean): void {
    if (replaces !== null && !replace) {
      throw new SitrepError("bad-input", `${replaces} is in the corpus already`, {
        hint: "Add --replace to put the new one in its place, or --as PATH to give it another name.",
      });
    }
    const same = stored().find((head) => head.contentSha256 === contentSha256);
    if (same === undefined || same.path === replaces) return;
    throw new SitrepError("bad-input", `The same file is in the corpus already, as ${same.path} (report ${same.id})`);
  }

  return {
    ingest,
    draft,
    async remove(id, options = {}) {
      const report = stored().find((head) => head.id === id);
      if (report === undefined) {
        throw new SitrepError("bad-input", `There is no report with the id ${JSON.stringify(id)}`, {
          hint: "`npm run ingest -- list` shows every report with its id.",
        });
      }
      const { takeOut } = await import("./ingest/removal.ts");
      const undo = await takeOut(corpusDir, { id, path: report.path, title: report.source.title });
      return ingestOr(undo, report.path, { ...options, allowEmpty: true });
    },
    async restore(id, options = {}) {
      const { putBack } = await import("./ingest/removal.ts");
      const { path, undo } = await putBack(corpusDir, id);
      return ingestOr(undo, path, options);
    },
    removed: async () => (await import("./ingest/removal.ts")).removedReports(corpusDir),
  };
}

function refusedAtOnce(
  from: string,
  { problems }: { readonly problems: readonly { readonly field: string | null; readonly reason: string }[] },
): SitrepError {
  const reasons = problems.map(({ field, reason }) =>
    field === null || field === "" ? reason : `${field}: ${reason}`,
  );
  return new SitrepError("bad-input", `${from}: ${reasons.join("; ")}`);
}
