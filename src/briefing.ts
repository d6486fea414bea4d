/** The briefing side: briefings over the newest snapshot. */

import { citationOf } from "./answer/extractive.ts";
import { match, viewOf } from "./answer/matching.ts";
import { type AskingParts, find, type Opened, onNewest, reportsOnce, sentenceMeaning } from "./asking.ts";
import { aboutName, aboutWords } from "./brief/aboutness.ts";
import { draftsOf, sectionsFor } from "./brief/assemble.ts";
import { scopeOf, sectionsOf } from "./brief/compose.ts";
import { materialOf } from "./brief/gather.ts";
import type { Item, Material } from "./brief/material.ts";
import { evenly, hitsOf, overReports } from "./brief/passages.ts";
import { type Pause, pausing } from "./brief/pausing.ts";
import { picturesOf } from "./brief/pictures.ts";
import { type MeantSubject, nearestName, subjectOf } from "./brief/subject.ts";
import { checkedSubject } from "./brief/subject-text.ts";
import { headingsOf, type KnownHeading, subjectsFrom } from "./brief/subjects.ts";
import type { NearPassage } from "./domain/answer.ts";
import type { Baseline, BriefingResult, Subject } from "./domain/briefing.ts";
import { SitrepError } from "./domain/errors.ts";
import type { Passage } from "./domain/passage.ts";
import type { Hit } from "./domain/retrieval.ts";
import type { Briefer } from "./domain/service.ts";
import { allowedPassages, mayUse } from "./retrieve/filters.ts";
import type { GlossaryEntry } from "./text/glossary.ts";
import { fold } from "./text/tokens.ts";

/** Passages on a name that are read, of so many that name it best. */
const MOST_NAMED = 150;
const LOOKED_AT = 400;
/** Passages near a theme in free words that are read. */
const MOST_NEAR = 60;
/** Passages of reports on a subject that are read. */
const MOST_TITLED = 120;
/** Passages of the whole corpus that are read, evenly spread, and those whose headings are known. */
const MOST_READ = 500;
const MOST_HEADED = 5_000;
/** Passages under a heading that are read. */
const MOST_UNDER = 40;
/** Sentences on a theme below which the reports say too little about it, and how much on it they are. */
const LEAST_SENTENCES = 3;
const LEAST_ABOUT = 0.6;
/** A sentence under the very heading that is asked for. */
const UNDER_HEADING = 0.7;
const MOST_INSTEAD = 5;
const MOST_NEAREST = 3;
/** Briefings of one snapshot that are kept. */
const MOST_KEPT = 50;

/** Without the time that it took. */
type Made = BriefingResult extends infer R ? (R extends BriefingResult ? Omit<R, "milliseconds"> : never) : never;

interface Kept {
  readonly made: Made;
  readonly hits: readonly Hit[];
}

/** What is derived from a snapshot, as long as it is open. */
interface Derived {
  readonly briefings: Map<string, Kept>;
  headings: readonly KnownHeading[] | null;
}

const derivedOf = new WeakMap<Opened, Derived>();

function derived(opened: Opened): Derived {
  const known = derivedOf.get(opened) ?? { briefings: new Map(), headings: null };
  derivedOf.set(opened, known);
  return known;
}

/** What `Sitrep` promises of briefings. */
export function briefing(parts: AskingParts): Briefer {
  const { config, live, model, words, onBrokenQuote } = parts;
  const within = { maxMarking: config.maxMarking };
  const allowedIn = ({ heads, index }: Opened) => allowedPassages(heads, index.ranges(), within);

  /** Ids of the passages that may be used. */
  const usableIn = (opened: Opened): number[] => {
    const allowed = allowedIn(opened);
    return [...opened.index.ranges().passageIds].filter((_, position) => allowed?.[position] !== 0);
  };

  const brief: Briefer["brief"] = async (subject, { signal } = {}) => {
    const began = performance.now();
    const checked = subject === null ? null : checkedSubject(subject);
    const pause = pausing(signal);
    const made = await onNewest(parts, async (opened) => {
      await pause();
      const { briefings } = derived(opened);
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
    const hits = hitsOf(opened.reports, opened.index.store.passages(evenly(usableIn(opened), MOST_READ)));
    const material = await materialOf({
      subject: null,
      hits,
      glossary: opened.names,
      aboutness: ({ passage }) => passage.sentences.map(() => 1),
      vectors: opened.index.store.sentenceVectors(hits.map(({ passage }) => passage.id)),
      figures: opened.index.store.figures({ passages: hits.map(({ passage }) => passage) }),
      pause,
    });
    return composed(opened, null, material, hits, pause);
  }

  async function onSubject(opened: Opened, typed: string, pause: Pause): Promise<Kept> {
    const isUsed = (term: string) => opened.lexical.documentFrequency(term, allowedIn(opened)) > 0;
    const headings = await headingsIn(opened, pause);
    const known = headings.find(({ key }) => key === fold(typed)) ?? null;
    const first = await meantBy(opened, typed, known, isUsed);
    // A name that is mistyped is that name; what is written in a report is what it says.
    const isAsked = first.meant.entry !== null || known !== null;
    const right = isAsked ? null : nearestName(typed, opened.names, isUsed);
    const { meant, found } = right === null ? first : await meantBy(opened, right, null, isUsed);
    await pause();
    const hits = hitsFor(opened, meant, known, found.hits);
    const material = await materialOf({
      subject: meant.view,
      hits,
      glossary: opened.names,
      aboutness: aboutnessFor(opened, meant, known, hits, found.questionVector),
      vectors: opened.index.store.sentenceVectors(hits.map(({ passage }) => passage.id)),
      figures: opened.index.store.figures({ passages: hits.map(({ passage }) => passage) }),
      pause,
    });
    const on = material.items.filter(({ aboutness }) => aboutness >= LEAST_ABOUT).length;
    if (on >= (meant.entry === null ? LEAST_SENTENCES : 1)) {
      const kept = await composed(opened, meant, material, hits, pause);
      if (kept.made.kind === "briefing" && kept.made.briefing.sections.length > 0) return kept;
    }
    return nothing(opened, typed, found.hits, headings);
  }

  async function meantBy(
    opened: Opened,
    typed: string,
    known: KnownHeading | null,
    isUsed: (term: string) => boolean,
  ): Promise<{ meant: MeantSubject; found: Awaited<ReturnType<typeof find>> }> {
    const found = await find(parts, opened, typed, model().embedQuestion(typed), undefined, MOST_NEAR);
    return { meant: subjectOf(found.question, opened.names, isUsed, known?.name ?? null), found };
  }

  /** The passages on a subject: those that name it, spread over reports, or those nearest to it. */
  function hitsFor(opened: Opened, meant: MeantSubject, known: KnownHeading | null, near: readonly Hit[]): Hit[] {
    const { entry } = meant;
    const byId = new Map<number, Hit>();
    const add = (hits: readonly Hit[]) => {
      for (const hit of hits) if (!byId.has(hit.passage.id)) byId.set(hit.passage.id, hit);
    };
    if (entry !== null) add(naming(opened, entry));
    if (known !== null) add(hitsOf(opened.reports, opened.index.store.passages(known.passages.slice(0, MOST_UNDER))));
    if (entry === null) {
      add(near);
      add(titled(opened, meant));
    }
    return [...byId.values()];
  }

  /** The passages of reports whose titles are of the subject, evenly spread. */
  function titled(opened: Opened, { units }: MeantSubject): Hit[] {
    const { names, heads, index } = opened;
    const reports = heads.filter((head) => {
      if (!mayUse(head, within)) return false;
      const view = viewOf(head.source.title, names);
      return units.length > 0 && units.every((unit) => match(unit, view, names, words.between).credit === 1);
    });
    const most = Math.floor(MOST_TITLED / Math.max(1, reports.length));
    return reports.flatMap(({ id }) => hitsOf(opened.reports, evenly(index.store.passagesOfReport(id), most)));
  }

  function naming(opened: Opened, entry: GlossaryEntry): Hit[] {
    const term = opened.names.term(entry);
    const { ids } = opened.lexical.search([{ term, weight: 1 }], LOOKED_AT, allowedIn(opened));
    return hitsOf(opened.reports, overReports(opened.index.store.passages(ids), MOST_NAMED));
  }

  function aboutnessFor(
    opened: Opened,
    meant: MeantSubject,
    known: KnownHeading | null,
    hits: readonly Hit[],
    vector: Float32Array,
  ) {
    const { names } = opened;
    const own =
      meant.entry !== null
        ? aboutName(meant.entry, names)
        : aboutWords(meant, names, words.between, sentenceMeaning(opened, hits, vector));
    if (known === null) return own;
    const isUnder = ({ passage }: Hit) => passage.locator.headings.some((heading) => fold(heading) === known.key);
    return (hit: Hit) => own(hit).map((value) => (isUnder(hit) ? Math.max(value, UNDER_HEADING) : value));
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

  async function headingsIn(opened: Opened, pause: Pause): Promise<readonly KnownHeading[]> {
    const known = derived(opened);
    if (known.headings !== null) return known.headings;
    const passages: Passage[] = [];
    const ids = evenly(usableIn(opened), MOST_HEADED);
    for (let at = 0; at < ids.length; at += 100) {
      passages.push(...opened.index.store.passages(ids.slice(at, at + 100)));
      await pause();
    }
    known.headings = headingsOf(passages);
    return known.headings;
  }

  const subjects = (): Promise<readonly Subject[]> =>
    live.use(async (opened) => {
      const { names, lexical } = opened;
      const allowed = allowedIn(opened);
      const headings = await headingsIn(opened, pausing(undefined));
      return subjectsFrom(names, (term) => lexical.documentFrequency(term, allowed), headings);
    });

  const baseline = (): Promise<Baseline> =>
    live.use(({ index, reports }) => ({
      snapshot: index.snapshot.number,
      createdAt: index.snapshot.createdAt,
      reports: Object.fromEntries(
        index.store
          .listReports()
          .filter(({ id }) => {
            const head = reports.get(id);
            return head !== undefined && mayUse(head, within);
          })
          .map(({ id, contentSha256 }) => [id, contentSha256]),
      ),
    }));

  const notYet = async (): Promise<never> => {
    throw new SitrepError("bad-input", "Briefings of what is new cannot be made yet");
  };
  return { brief, changes: notYet, baseline, subjects, pictures: picturesOf };
}

/** The hits that items are of, or all where there are none. */
function usedBy(items: readonly Item[], hits: readonly Hit[]): readonly Hit[] {
  return items.length === 0 ? hits : [...new Set(items.map(({ hit }) => hit))];
}
