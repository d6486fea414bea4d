/** The briefing side: briefings over the newest snapshot. */

import { createHash } from "node:crypto";
import { citationOf } from "./answer/extractive.ts";
import { type AskingParts, type Opened, onNewest, reportsOnce } from "./asking.ts";
import { draftsOf, sectionsFor } from "./brief/assemble.ts";
import { changeSections, type Former } from "./brief/changes.ts";
import { scopeOf, sectionsOf } from "./brief/compose.ts";
import type { Item, Material } from "./brief/material.ts";
import { type Pause, pausing } from "./brief/pausing.ts";
import { picturesOf } from "./brief/pictures.ts";
import type { MeantSubject } from "./brief/subject.ts";
import { type KnownHeading, subjectsFrom } from "./brief/subjects.ts";
import { materials } from "./briefing-material.ts";
import type { NearPassage } from "./domain/answer.ts";
import {
  type Baseline,
  type Briefing,
  type BriefingResult,
  type BriefingSection,
  CHANGE_SECTIONS,
  type ReportChange,
  type Subject,
} from "./domain/briefing.ts";
import type { Hit } from "./domain/retrieval.ts";
import type { Briefer } from "./domain/service.ts";
import { checkedSubject } from "./domain/subject-text.ts";
import { mayUse } from "./retrieve/filters.ts";
import { fold } from "./text/tokens.ts";

/** Sentences on a theme below which the reports say too little about it, and how much on it they are. */
const LEAST_SENTENCES = 3;
const LEAST_ABOUT = 0.6;
const MOST_INSTEAD = 5;
const MOST_NEAREST = 3;
/** Passages up to which it is looked whether they say something of a name. */
const FEW = 3;
/** Briefings of one snapshot that are kept, and briefings whose pictures are: some 200 kB each. */
const MOST_KEPT = 50;
const MOST_PICTURED = 20;

/** Of a theme in free words a sentence must hold all of them, and one of a report that is not weakly graded must. */
const LEAST_ABOUT_THEME = 0.8;

function isEnough({ items }: Material, { isTheme, least }: { isTheme: boolean; least: number }): boolean {
  const on = items.filter(({ aboutness }) => aboutness >= (isTheme ? LEAST_ABOUT_THEME : LEAST_ABOUT));
  return on.length >= least && (!isTheme || on.some(({ hit }) => !/[DE]/u.test(hit.source.reliability)));
}

/** Without the time that it took. */
type Made = BriefingResult extends infer R ? (R extends BriefingResult ? Omit<R, "milliseconds"> : never) : never;

interface Kept {
  readonly made: Made;
  readonly hits: readonly Hit[];
}

/** The briefings of a snapshot by what was asked for, as long as it is open. */
const keptOf = new WeakMap<Opened, Map<string, Kept>>();

/** What the reports of a snapshot can be asked about: a bot offers it at every letter. */
const subjectsOf = new WeakMap<Opened, readonly Subject[]>();

/** What `Sitrep` promises of briefings. */
export function briefing(parts: AskingParts): Briefer {
  const { config, live, onBrokenQuote } = parts;
  const within = { maxMarking: config.maxMarking };
  const from = materials(parts);
  const brief: Briefer["brief"] = async (subject, { signal } = {}) => {
    const began = performance.now();
    const checked = subject === null ? null : checkedSubject(subject);
    const pause = pausing(signal);
    const made = await onNewest(parts, async (opened) => {
      await pause();
      const briefings = keptOf.get(opened) ?? new Map<string, Kept>();
      keptOf.set(opened, briefings);
      const key = checked === null ? "" : checked;
      const kept = briefings.get(key) ?? (await make(opened, checked, pause));
      // The last asked for goes last: the first is the first to be forgotten.
      briefings.delete(key);
      briefings.set(key, kept);
      for (const [oldest] of briefings) if (briefings.size > MOST_KEPT) briefings.delete(oldest);
      return { result: kept.made, hits: kept.hits };
    });
    return { ...made, milliseconds: performance.now() - began };
  };

  async function make(opened: Opened, subject: string | null, pause: Pause): Promise<Kept> {
    return subject === null ? wholeCorpus(opened, pause) : onSubject(opened, subject, pause);
  }

  async function wholeCorpus(opened: Opened, pause: Pause): Promise<Kept> {
    const { material, hits } = await from.ofCorpus(opened, pause);
    return composed(opened, null, material, hits, pause);
  }

  async function onSubject(opened: Opened, typed: string, pause: Pause): Promise<Kept> {
    const { meant, material, hits, near, headings } = await from.onSubject(opened, typed, pause);
    const isHeading = headings.some(({ key }) => key === fold(typed));
    const isTheme = meant.entry === null && !isHeading;
    if (isEnough(material, { isTheme, least: meant.entry === null ? LEAST_SENTENCES : 1 })) {
      const kept = await composed(opened, meant, material, hits, pause);
      if (kept.made.kind === "briefing" && kept.made.briefing.sections.length > 0) return kept;
    }
    return nothing(opened, typed, near, headings);
  }

  async function composed(
    opened: Opened,
    meant: MeantSubject | null,
    material: Material,
    hits: readonly Hit[],
    pause: Pause,
  ): Promise<Kept> {
    const report = reportsOnce(opened.index.store);
    const drafts = await draftsOf(material, report, pause);
    await pause();
    const sections = sectionsOf(drafts, { report, glossary: opened.names, onBrokenQuote });
    const { number, createdAt } = opened.index.snapshot;
    const usable = opened.heads.filter((head) => mayUse(head, within)).length;
    const made: Made = {
      kind: "briefing",
      briefing: {
        kind: meant === null ? "corpus" : "subject",
        subject: meant?.view.name ?? null,
        alsoKnownAs: meant?.alsoKnownAs ?? [],
        snapshot: number,
        createdAt,
        scope: scopeOf(sections, usable),
        sections,
        missing: sectionsFor(material).filter((id) => sections.every((section) => section.id !== id)),
      },
    };
    return {
      made,
      hits: usedBy(
        drafts.flatMap(({ lines }) => lines.map(({ item }) => item)),
        hits,
      ),
    };
  }

  function nothing(opened: Opened, subject: string, hits: readonly Hit[], headings: readonly KnownHeading[]): Kept {
    const report = reportsOnce(opened.index.store);
    const nearest: NearPassage[] = [];
    const instead = new Set<string>();
    for (const hit of hits) {
      for (const { entries } of opened.names.find(hit.passage.reading)) {
        if (entries.length === 1 && entries[0] !== undefined) instead.add(entries[0].name);
      }
      const heading = headings.find(({ key }) => key === fold(hit.passage.locator.headings.at(-1) ?? ""));
      if (heading !== undefined) instead.add(heading.name);
      if (nearest.length === MOST_NEAREST) continue;
      const span = { start: hit.passage.start, end: hit.passage.end };
      const citation = citationOf(hit, span, nearest.length + 1, { report, onBrokenQuote });
      if (citation !== null) nearest.push({ citation, score: hit.score });
    }
    return { made: { kind: "nothing", subject, instead: [...instead].slice(0, MOST_INSTEAD), nearest }, hits };
  }

  const subjects = (): Promise<readonly Subject[]> =>
    live.use(async (opened) => {
      const known = subjectsOf.get(opened);
      if (known !== undefined) return known;
      const { names, lexical } = opened;
      const allowed = from.allowedIn(opened);
      const headings = await from.headingsIn(opened, pausing(undefined));
      const offered = subjectsFrom(names, (term) => lexical.documentFrequency(term, allowed), headings);
      // A name may be there only in lists, or as a publisher: of one in few passages it is soon known.
      const told = offered.filter(
        ({ name, kind, passages }) => kind === "heading" || passages > FEW || from.mostOn(opened, name) >= LEAST_ABOUT,
      );
      subjectsOf.set(opened, told);
      return told;
    });

  const baseline = (): Promise<Baseline> => live.use(baselineOf);

  function baselineOf({ index, reports }: Opened): Baseline {
    const { number, createdAt } = index.snapshot;
    const usable = index.store.listReports().filter(({ id }) => {
      const head = reports.get(id);
      return head !== undefined && mayUse(head, within);
    });
    const checksums = usable.map(({ id, contentSha256 }) => [id, contentSha256]);
    return { snapshot: number, createdAt, reports: Object.fromEntries(checksums) };
  }

  const changes: Briefer["changes"] = async (since, subject, { signal } = {}) => {
    const checked = subject === null ? null : checkedSubject(subject);
    const pause = pausing(signal);
    return onNewest(parts, async (opened) => {
      await pause();
      const upTo = baselineOf(opened);
      const all = reportChanges(since, upTo, opened);
      const news = new Set(all.flatMap(({ kind, reportId }) => (kind === "removed" ? [] : [reportId])));
      const { sections, hits, subjectName } = await newSections(opened, since, upTo, checked, news, pause);
      const told = new Set(sections.flatMap(({ lines }) => lines.map(({ citations }) => citations[0]?.quote.reportId)));
      // Of a subject only reports that say something new about it are news.
      const reports = checked === null ? all : all.filter(({ reportId }) => told.has(reportId));
      const briefing: Briefing = {
        kind: "changes",
        subject: subjectName,
        alsoKnownAs: [],
        snapshot: upTo.snapshot,
        createdAt: upTo.createdAt,
        scope: scopeOf(sections, Object.keys(upTo.reports).length),
        sections,
        missing: CHANGE_SECTIONS.filter((id) => sections.every((section) => section.id !== id)),
        since: { snapshot: since.snapshot, createdAt: since.createdAt },
        reports,
      };
      return { result: { briefing, upTo }, hits };
    });
  };

  async function newSections(
    opened: Opened,
    since: Baseline,
    upTo: Baseline,
    typed: string | null,
    news: ReadonlySet<string>,
    pause: Pause,
  ): Promise<{ sections: BriefingSection[]; hits: readonly Hit[]; subjectName: string | null }> {
    if (news.size === 0) return { sections: [], hits: [], subjectName: typed };
    const { store } = opened.index;
    const read = typed === null ? null : await from.onSubject(opened, typed, pause, news);
    const { material } = read ?? (await from.ofNews(opened, news, pause));
    await pause();
    const formerOf = (id: string): Former => {
      const before = since.reports[id];
      if (before === undefined) return "absent";
      return before === upTo.reports[id] ? "same" : (store.version(id, before)?.sentences ?? "unknown");
    };
    const drafts = await changeSections(material, formerOf, pause);
    const used = drafts.flatMap(({ lines }) => lines.map(({ item }) => item));
    const sections = sectionsOf(drafts, { report: reportsOnce(store), glossary: opened.names, onBrokenQuote });
    return { sections, hits: used.map(({ hit }) => hit), subjectName: read?.meant.view.name ?? null };
  }

  return { brief, changes, baseline, subjects, pictures: keptPictures() };
}

/** Pictures that were drawn, each again for as long as it is among the last: a page of a message is turned to and fro. */
function keptPictures(): Briefer["pictures"] {
  const kept = new Map<string, ReturnType<Briefer["pictures"]>>();
  return (briefing, theme) => {
    const { kind, subject, snapshot, sections } = briefing;
    const shown = sections.filter(({ id }) => id === "figures" || id === "timeline");
    const key = createHash("sha256")
      .update(JSON.stringify([kind, subject, snapshot, theme, shown]))
      .digest("base64");
    const pictures = kept.get(key) ?? picturesOf(briefing, theme);
    kept.delete(key);
    kept.set(key, pictures);
    for (const [oldest] of kept) if (kept.size > MOST_PICTURED) kept.delete(oldest);
    pictures.catch(() => kept.delete(key));
    return pictures;
  };
}

/** Which reports are new, changed or gone since then, in the order of their ids. */
function reportChanges(since: Baseline, upTo: Baseline, { reports, index }: Opened): ReportChange[] {
  const ids = [...new Set([...Object.keys(since.reports), ...Object.keys(upTo.reports)])].sort();
  return ids.flatMap((reportId): ReportChange[] => {
    const [before, now] = [since.reports[reportId], upTo.reports[reportId]];
    if (before === now) return [];
    const kind = before === undefined ? "added" : now === undefined ? "removed" : "changed";
    // Of one that may not be used any more nothing is told that it did not tell before.
    const head = now === undefined ? index.store.version(reportId, before ?? "") : reports.get(reportId)?.source;
    return [{ kind, reportId, title: head?.title ?? reportId, published: head?.published ?? null }];
  });
}

/** The hits that items are of, or all where there are none. */
function usedBy(items: readonly Item[], hits: readonly Hit[]): readonly Hit[] {
  return items.length === 0 ? hits : [...new Set(items.map(({ hit }) => hit))];
}
