/** The composition root: from settings to what the edges may ask. */

import { asking, type Opened } from "./asking.ts";
import { checking } from "./checking.ts";
import type { Config } from "./config.ts";
import { SitrepError } from "./domain/errors.ts";
import type { Exchanges } from "./domain/exchange.ts";
import type { Members } from "./domain/members.ts";
import type { Briefer, ReportHead, Sitrep } from "./domain/service.ts";
import { createEmbeddings, type EmbeddingModel } from "./embeddings/factory.ts";
import { BUNDLED_MODEL_FILES } from "./embeddings/model-files.ts";
import { optionalReader } from "./embeddings/optional-reader.ts";
import { tokenizerOf } from "./embeddings/tokenizer.ts";
import { wordLikeness } from "./embeddings/word-likeness.ts";
import { guiding } from "./guiding.ts";
import * as exchanges from "./index/exchanges.ts";
import { liveSnapshot } from "./index/live.ts";
import * as members from "./index/members.ts";
import { snapshotIn } from "./index/snapshot.ts";
import type { Overrides } from "./ingest/metadata.ts";
import { moderating } from "./moderating.ts";
import { glossaryOf, openSnapshot } from "./opening.ts";
import { mayUse } from "./retrieve/filters.ts";

export interface SitrepOptions {
  /** Told in one sentence of what a person should know and nothing can be thrown for. */
  readonly warn: (message: string) => void;
  /** Told of faults that a person should look into, though the call went on: a quote that failed its check. */
  readonly error?: ((message: string) => void) | undefined;
  /**
   * Whether `reports`, `report` and `reportText` also give reports above `maxMarking` (default false): for those who
   * keep the corpus or measure it. No answer uses them all the same.
   */
  readonly listsAll?: boolean | undefined;
  /** Metadata for files that carry none, by path inside the corpus. */
  readonly overrides?: ReadonlyMap<string, Overrides> | undefined;
}

/**
 * Sitrep over the folders of the settings. Nothing is read or loaded before the first call needs it. Answers come
 * from the newest snapshot, also when another process has made it.
 * Call `close` when done; an instance that is only idle does not keep the process alive.
 */
export function createSitrep(config: Config, options: SitrepOptions): Sitrep {
  const { warn, listsAll = false } = options;
  const { corpusDir, dataDir } = config;
  const tokenizer = tokenizerOf(BUNDLED_MODEL_FILES);
  const words = wordLikeness(BUNDLED_MODEL_FILES, tokenizer);
  const threads = config.embeddings.provider === "bundled" ? config.embeddings.threads : 1;
  const reader = optionalReader(config.modelsDir, { threads, warn });
  let embeddings: EmbeddingModel | null = null;
  const model = (): EmbeddingModel => {
    embeddings ??= createEmbeddings(config.embeddings, tokenizer);
    return embeddings;
  };

  const readGlossary = () => glossaryOf(config);
  const open = () => openSnapshot(config, { modelId: model().modelId, warn });
  const live = liveSnapshot(open, warn);
  const isUsable = (head: ReportHead): boolean => mayUse(head, { maxMarking: config.maxMarking });

  /** @throws {SitrepError} "bad-input" for an unknown id; a report that must not be listed is as one that is not there. */
  function listed(id: string, { reports }: Opened): ReportHead {
    const head = reports.get(id);
    if (head === undefined || !(listsAll || isUsable(head))) throw unknownReport(id);
    return head;
  }

  const parts = { config, live, model, words, reader, onBrokenQuote: options.error ?? warn };
  const reading = asking(parts);
  const people = counted();
  let briefer: Promise<Briefer> | null = null;
  // Who only asks does not wait for what only briefings need.
  const briefs = (): Promise<Briefer> => {
    briefer ??= import("./briefing.ts").then(({ briefing }) => briefing(parts));
    return briefer;
  };
  const { guidance, stopPreparing } = guiding({ config, live, ask: reading.ask, isBusy: people.areWaiting });

  return {
    ask: people.waitFor(reading.ask),
    search: people.waitFor(reading.search),
    check: people.waitFor(checking(parts).check),
    brief: people.waitFor(async (subject, how) => (await briefs()).brief(subject, how)),
    changes: people.waitFor(async (since, subject, how) => (await briefs()).changes(since, subject, how)),
    baseline: async () => (await briefs()).baseline(),
    subjects: async () => (await briefs()).subjects(),
    pictures: async (briefing, theme) => (await briefs()).pictures(briefing, theme),
    ...guidance,
    ...moderating({ config, model, readGlossary, overrides: options.overrides, warn }),
    status: () =>
      live.use(({ index, heads }) => {
        const { number, createdAt, model, dimensions, reports, passages } = index.snapshot;
        const usableReports = heads.filter(isUsable).length;
        return { snapshot: number, createdAt, model, dimensions, reports, usableReports, passages, dataDir, corpusDir };
      }),
    reports: () => live.use(({ heads }) => (listsAll ? heads : heads.filter(isUsable))),
    report: (id) =>
      live.use((opened) => {
        const { path, source } = listed(id, opened);
        const facts = opened.index.store.factsOf(id);
        if (facts === null) throw unknownReport(id);
        return { id, path, source, ...facts };
      }),
    reportText: (id) =>
      live.use((opened) => {
        listed(id, opened);
        const report = opened.index.store.report(id);
        if (report === null) throw unknownReport(id);
        return report.text;
      }),
    hasIndex: () => snapshotIn(dataDir) !== null,
    async close() {
      await stopPreparing();
      await live.close();
      words.close();
      await Promise.all([reader.close(), embeddings?.close()]);
      embeddings = null;
    },
  };
}

/** Counts what people wait for. */
function counted() {
  let open = 0;
  return {
    areWaiting: () => open > 0,
    waitFor:
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        open += 1;
        try {
          return await call(...args);
        } finally {
          open -= 1;
        }
      },
  };
}

type ExchangeSettings = Pick<Config, "dataDir"> & { readonly discord: Pick<Config["discord"], "exchangesKeptDays"> };

/**
 * The record of exchanges in the data folder of the settings; it is made where there is none. Its own calls throw as
 * it says.
 * @throws {SitrepError} "index-unusable" where it cannot be made or opened; "busy".
 */
export function openExchanges(config: ExchangeSettings, { warn }: Pick<SitrepOptions, "warn">): Exchanges {
  return exchanges.openExchanges(config.dataDir, { keptDays: config.discord.exchangesKeptDays, warn });
}

/** The record of members in the data folder of the settings; as `openExchanges`. */
export function openMembers({ dataDir }: Pick<Config, "dataDir">, { warn }: Pick<SitrepOptions, "warn">): Members {
  return members.openMembers(dataDir, { warn });
}

/** Whether anything was ever kept there. */
export function hasExchanges({ dataDir }: Pick<Config, "dataDir">): boolean {
  return exchanges.hasExchanges(dataDir);
}

function unknownReport(id: string): SitrepError {
  return new SitrepError("bad-input", `There is no report with the id ${JSON.stringify(id)}`, {
    hint: "`npm run ingest -- list` shows every report with its id.",
  });
}
