/** Reports that change as a test wants it, in the place of an index: what of them is news since when. */

import type { Baseline, Briefing, ReportChange } from "../../src/domain/briefing.ts";
import type { Status } from "../../src/domain/service.ts";
import type { ThreadedSitrep } from "../../src/threaded.ts";
import { briefingOf, citationIn, lineOf, reportOf } from "./briefings.ts";

/** A report of one sentence. */
export interface Story {
  readonly id: string;
  readonly text: string;
  /** The snapshot that it came in with. */
  readonly snapshot: number;
}

/** ISO time of a snapshot: long ago, so that it has settled. */
const timeOf = (snapshot: number): string => new Date(Date.UTC(2025, 0, 1, 0, snapshot)).toISOString();

export type News = Pick<ThreadedSitrep, "status" | "baseline" | "changes" | "verify">;

/**
 * @param stories those that there are now; a subject is a word of their texts.
 * @param createdAt ISO time of the newest snapshot.
 */
export function newsOf(stories: () => readonly Story[], createdAt: (snapshot: number) => string = timeOf): News {
  const newest = (): number => Math.max(1, ...stories().map(({ snapshot }) => snapshot));
  const baseline = (): Baseline => ({
    snapshot: newest(),
    createdAt: createdAt(newest()),
    reports: Object.fromEntries(stories().map(({ id, text }) => [id, text])),
  });
  return {
    status: async () => ({ snapshot: newest(), createdAt: createdAt(newest()) }) as Status,
    baseline: async () => baseline(),
    verify: async (quotes) => quotes.map(({ text }) => stories().some((story) => story.text.includes(text))),
    changes: async (since, subject) => ({ briefing: changesOf(stories(), since, subject), upTo: baseline() }),
  };
}

/** A Sitrep that knows what is new and nothing else; it costs nothing to open. */
export function onlyNews(news: News): ThreadedSitrep {
  const not = async (): Promise<never> => {
    throw new Error("This Sitrep only knows what is new");
  };
  return {
    ...{ ask: not, search: not, reports: not, report: not, reportText: not, suggest: not, names: not },
    ...{ surroundings: not, check: not, brief: not, subjects: not, pictures: not },
    close: async () => undefined,
    ...news,
  };
}

function changesOf(stories: readonly Story[], since: Baseline, subject: string | null): Briefing {
  const fresh = stories.filter(({ id, text }) => since.reports[id] !== text);
  const lines = fresh
    .filter(({ text }) => subject === null || text.includes(subject))
    .map(({ id, text }, at) => lineOf(citationIn(reportOf(id, text), text, at + 1)));
  const changed = (kind: ReportChange["kind"], id: string): ReportChange => {
    return { kind, reportId: id, title: `Report ${id}`, published: null };
  };
  return briefingOf(lines.length === 0 ? [] : [{ id: "added", title: "Added", lines }], {
    kind: "changes",
    subject,
    missing: [],
    since: { snapshot: since.snapshot, createdAt: since.createdAt },
    reports: [
      ...fresh.map(({ id }) => changed(id in since.reports ? "changed" : "added", id)),
      ...Object.keys(since.reports)
        .filter((id) => !stories.some((story) => story.id === id))
        .map((id) => changed("removed", id)),
    ],
  });
}
