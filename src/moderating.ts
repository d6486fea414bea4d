/** The writing side: ingests, and what moderators do to the corpus. */

import type { Config } from "./config.ts";
import { SitrepError } from "./domain/errors.ts";
import type { GivenMetadata, IngestSummary, Refusal } from "./domain/ingest.ts";
import type { Draft, DraftOptions, IngestOptions, Sitrep } from "./domain/service.ts";
import type { EmbeddingModel } from "./embeddings/factory.ts";
import type { StoredReportHead } from "./index/records.ts";
import { snapshotIn } from "./index/snapshot.ts";
import { openStore } from "./index/store.ts";
import { takeWriterLock, type WriterLock } from "./index/writer-lock.ts";
import { keepGlossary, type LoadedGlossary } from "./ingest/glossary-file.ts";
import type { Grades } from "./ingest/identities.ts";
import type { Overrides } from "./ingest/metadata.ts";
import type { Preparer } from "./ingest/prepare.ts";
import type { IngestRun } from "./ingest/run.ts";

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

  async function ingest(
    options: IngestOptions = {},
    held: Pick<IngestRun, "lock" | "former"> = {},
  ): Promise<IngestSummary> {
    const [run, { figuresOfReport }, reader, { loaded, termsOf, fingerprint }] = await Promise.all([
      import("./ingest/run.ts"),
      import("./answer/reported-figures.ts"),
      preparer(),
      parts.readGlossary(),
    ]);
    try {
      const summary = await run.ingest({
        ...options,
        ...held,
        corpusDir,
        dataDir,
        preparer: reader,
        maxBytes: limits.maxBytes,
        model: parts.model(),
        termsOf,
        figuresOf: ({ report, passages }) => figuresOfReport(report, passages, loaded.glossary),
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

  /** Whoever changes the corpus is the only writer from before its first file is touched. */
  async function changing<Result>(change: (lock: WriterLock) => Promise<Result>): Promise<Result> {
    const lock = takeWriterLock(dataDir);
    try {
      return await change(lock);
    } finally {
      lock.release();
    }
  }

  /** Ingests what was changed at a path; when that fails, or the path is refused, the change is undone. */
  async function ingestOr(
    undo: () => Promise<void>,
    path: string,
    options: IngestOptions,
    held: Pick<IngestRun, "lock" | "former">,
  ): Promise<IngestSummary> {
    try {
      const summary = await ingest({ ...options, only: { paths: [path] } }, held);
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

  function storedReport(id: string): StoredReportHead {
    const report = stored().find((head) => head.id === id);
    if (report !== undefined) return report;
    throw new SitrepError("bad-input", `There is no report with the id ${JSON.stringify(id)}`, {
      hint: "`npm run ingest -- list` shows every report with its id.",
    });
  }

  async function draft(from: string, { as, replace = false, given = {}, signal }: DraftOptions = {}): Promise<Draft> {
    const [{ checkPlace, dateToGive, examine }, { fetchReport, pathInCorpus }] = await Promise.all([
      import("./ingest/add.ts"),
      import("./ingest/fetch-report.ts"),
    ]);
    const adding = { corpusDir, limits, preparer: await preparer(), replace, signal, stored };
    try {
      const fetched = await fetchReport(from, adding);
      const path = pathInCorpus(as ?? fetched.name, fetched);
      await checkPlace(fetched, path, adding);
      const date = await dateToGive(fetched, path, adding);
      // Only to be looked at: what is written already may be complete but for the date that is to be given.
      const first = await examine(fetched, path, date === null ? {} : { published: date.former }, adding);
      // What is written about it is wrong or incomplete: where what is given does not mend it, asking will not either.
      const looked = first.ok ? first : await examine(fetched, path, given, adding);
      if (!looked.ok) throw refusedAtOnce(from, looked.refusal);
      const isDateMissing = ({ published }: GivenMetadata) => date !== null && published === undefined;
      return {
        candidate: looked.candidate,
        isDescribed: looked.isDescribed,
        dateToGive: date,
        async check(fields) {
          if (isDateMissing(fields)) return { ok: false, refusal: dateMissing(path) };
          return examine(fetched, path, fields, adding);
        },
        add: (fields, options = {}) =>
          changing(async (lock) => {
            await checkPlace(fetched, path, adding);
            if (isDateMissing(fields)) throw refusedAtOnce(from, dateMissing(path));
            const { writeReport } = await import("./ingest/changes.ts");
            const old = stored().find((head) => head.path === path);
            const undo = await writeReport(corpusDir, fetched, path, fields, {
              replace,
              id: old?.id ?? looked.candidate.id,
              title: old?.source.title ?? path,
              grades: old === undefined ? undefined : gradesOf(old.source),
            });
            return ingestOr(undo, path, options, { lock });
          }),
        close: () => adding.preparer.close(),
      };
    } catch (error) {
      adding.preparer.close();
      throw error;
    }
  }

  return {
    ingest: (options) => ingest(options),
    draft,
    async remove(id, options = {}) {
      const { takeOut, whereIs } = await import("./ingest/removal.ts");
      // Before anything is made: an unknown id leaves no data folder behind.
      storedReport(id);
      return changing(async (lock) => {
        const report = storedReport(id);
        const { source } = report;
        const path = await whereIs(corpusDir, report, stored(), limits.maxBytes);
        const undo =
          path === null ? null : await takeOut(corpusDir, { id, path, title: source.title, grades: gradesOf(source) });
        const nothing = async () => undefined;
        const summary = await ingestOr(undo ?? nothing, report.path, { ...options, allowEmpty: true }, { lock });
        return { ...summary, restorable: undo !== null };
      });
    },
    async restore(id, { removedAt, ...options } = {}) {
      const { putBack } = await import("./ingest/removal.ts");
      return changing(async (lock) => {
        const { path, former, undo } = await putBack(corpusDir, id, removedAt);
        return ingestOr(undo, path, options, { lock, former: new Map([[path, former]]) });
      });
    },
    removed: async () => (await import("./ingest/removal.ts")).removedReports(corpusDir),
  };
}

function gradesOf({ kind, reliability, marking }: Grades): Grades {
  return { kind, reliability, marking };
}

function dateMissing(path: string): Refusal {
  const reason = "has to be given: that of the file which is replaced is not that of the new one";
  return { path, problems: [{ line: null, field: "published", reason }] };
}

function refusedAtOnce(from: string, { problems }: Refusal): SitrepError {
  const reasons = problems.map(({ line, field, reason, file }) => {
    const what = field === null || field === "" ? reason : `${field}: ${reason}`;
    if (line === null) return what;
    return file === undefined ? `line ${line}: ${what}` : `${file}:${line}: ${what}`;
  });
  return new SitrepError("bad-input", `${from}: ${reasons.join("; ")}`);
}
