/** What helps people to ask, and to look further: suggestions, names, what stands around a quote. */

import type { Near } from "./answer/suggest/pool.ts";
import { type Preparation, type Prepared, preparation } from "./answer/suggest/preparation.ts";
import type { Opened } from "./asking.ts";
import type { Config } from "./config.ts";
import { isVerbatim } from "./domain/answer.ts";
import { SitrepError } from "./domain/errors.ts";
import type { Guidance, Reading } from "./domain/service.ts";
import type { Live } from "./index/live.ts";
import type { Store } from "./index/store.ts";
import { allowedPassages, mayUse } from "./retrieve/filters.ts";
import { understand } from "./retrieve/question.ts";
import { surroundingsOf } from "./retrieve/surroundings.ts";

/** Passages that are read for suggestions: all of a small corpus, a sample of a large one. */
const MOST_READ = 800;
/** Passages near a question that are read for suggestions on its subjects. */
const NEAR_READ = 12;
/** A word in more of the passages than this says little about a subject. */
const COMMON_SHARE = 0.15;
/** Milliseconds that a call waits for suggestions that are still being prepared. */
const PATIENCE = 280;
/** The same while people's questions are being answered, which go first: what is there is given out. */
const PATIENCE_WHEN_BUSY = 0;
/** The same where there is none at all yet, as while the model loads. */
const PATIENCE_FOR_FIRST = 2000;
const MOST_SUGGESTED = 10;

export interface GuidingParts {
  readonly config: Pick<Config, "maxMarking">;
  readonly live: Live<Opened>;
  readonly ask: Reading["ask"];
  /** Whether people's questions are being answered: they go first. */
  readonly isBusy: () => boolean;
}

export interface Guiding {
  readonly guidance: Guidance;
  /** Ends what is being prepared; to be called before the snapshots are closed. */
  stopPreparing(): Promise<void>;
}

/** What `Sitrep` promises of its guidance. */
export function guiding({ config, live, ask, isBusy }: GuidingParts): Guiding {
  let current: { readonly snapshot: string; readonly work: Preparation } | null = null;

  /** The passages that may be used, by position in the index; undefined for all. */
  function allowedIn({ heads, index }: Opened): Uint8Array | undefined {
    return allowedPassages(heads, index.ranges(), { maxMarking: config.maxMarking });
  }

  function isUsable(reportId: string, { reports }: Opened): boolean {
    const head = reports.get(reportId);
    return head !== undefined && mayUse(head, { maxMarking: config.maxMarking });
  }

  async function names() {
    return live.use((opened) => {
      const { names, lexical } = opened;
      const allowed = allowedIn(opened);
      return names.entries
        .map((entry) => {
          const { name, aliases, kind, gloss } = entry;
          return { name, aliases, kind, gloss, passages: lexical.documentFrequency(names.term(entry), allowed) };
        })
        .filter(({ passages }) => passages > 0)
        .sort((left, right) => right.passages - left.passages || left.name.localeCompare(right.name, "en"));
    });
  }

  const surroundings: Guidance["surroundings"] = (reportId, span) =>
    live.use((opened) => {
      const report = isUsable(reportId, opened) ? opened.index.store.report(reportId) : null;
      if (report === null) {
        throw new SitrepError("bad-input", `There is no report with the id ${JSON.stringify(reportId)}`);
      }
      try {
        return surroundingsOf(report, opened.index.store.passagesOfReport(reportId), span);
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new SitrepError("bad-input", cause.message, { cause });
      }
    });

  const verify: Guidance["verify"] = (quotes) =>
    live.use((opened) => {
      const reports = new Map<string, ReturnType<Store["report"]>>();
      return quotes.map((quote) => {
        const { reportId } = quote;
        // A report that may not be used any more is as one that is gone.
        if (!reports.has(reportId)) {
          reports.set(reportId, isUsable(reportId, opened) ? opened.index.store.report(reportId) : null);
        }
        const report = reports.get(reportId) ?? null;
        return report !== null && isVerbatim(quote, report);
      });
    });

  /** The passages that are read for a snapshot, evenly spread. */
  function sampleOf(opened: Opened): number[] {
    const allowed = allowedIn(opened);
    const usable = [...opened.index.ranges().passageIds].filter((_, position) => allowed?.[position] !== 0);
    const step = Math.max(1, usable.length / MOST_READ);
    return Array.from(
      { length: Math.min(usable.length, MOST_READ) },
      (_, at) => usable[Math.floor(at * step)] as number,
    );
  }

  function preparationOf(opened: Opened): Preparation {
    const { number, createdAt, fingerprint } = opened.index.snapshot;
    const snapshot = `${number} ${createdAt} ${fingerprint}`;
    if (current?.snapshot !== snapshot || current.work.isStopped()) {
      void current?.work.stop();
      const work = preparation({
        glossary: opened.names,
        titles: opened.heads.filter(({ id }) => isUsable(id, opened)),
        sample: sampleOf(opened),
        // By way of the newest snapshot, which may be another by then: a passage that is gone ends the preparation.
        read: (ids) => live.use(({ index }) => index.store.passages(ids)),
        ask,
        isBusy,
      });
      current = { snapshot, work };
    }
    return current.work;
  }

  const suggest: Guidance["suggest"] = async (near, limit) => {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_SUGGESTED) {
      throw new SitrepError("bad-input", `There are 1 to ${MOST_SUGGESTED} suggestions, not ${limit}`);
    }
    return live.use(async (opened) => {
      const began = performance.now();
      const work = preparationOf(opened);
      const patience = isBusy() ? PATIENCE_WHEN_BUSY : PATIENCE;
      const prepared = await work.prepared(began + patience);
      const kin = near === null ? null : kinTo(near, opened, prepared);
      return work.suggest(kin, limit, { soon: began + patience, first: began + PATIENCE_FOR_FIRST });
    });
  };

  function kinTo(near: string, opened: Opened, prepared: Prepared): Near {
    const { lexical, vocabulary } = opened;
    const allowed = allowedIn(opened);
    const usable = allowed === undefined ? lexical.count : allowed.reduce((sum, each) => sum + each, 0);
    const question = understand(near, opened.names, vocabulary);
    const names = new Set(question.names.flatMap(({ entries }) => entries.map(({ name }) => name)));
    for (const { entries } of prepared.finder.find(near, true)) for (const { name } of entries) names.add(name);
    const words = new Map<string, number>();
    for (const unit of question.units) {
      if (unit.shaping || unit.kind === "time") continue;
      for (const term of unit.alternatives.flat()) {
        const frequency = vocabulary.frequency(term);
        if (frequency > 0 && frequency <= usable * COMMON_SHARE) words.set(term, vocabulary.rarity(term));
      }
    }
    const terms = question.terms.filter(({ term }) =>
      names.size > 0 ? term.startsWith("@") || words.has(term) : words.has(term),
    );
    const ids = terms.length === 0 ? [] : [...lexical.search(terms, NEAR_READ, allowed).ids];
    return { text: near, names, words, passages: opened.index.store.passages(ids) };
  }

  return {
    guidance: { names, surroundings, verify, suggest },
    async stopPreparing() {
      await current?.work.stop();
      current = null;
    },
  };
}
