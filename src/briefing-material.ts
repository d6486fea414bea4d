/** What a briefing reads: the passages on a subject, on the whole corpus, or on what is new, as material. */

import { match, viewOf } from "./answer/matching.ts";
import { type AskingParts, find, type Opened, sentenceMeaning } from "./asking.ts";
import { aboutName, aboutWords } from "./brief/aboutness.ts";
import { materialOf } from "./brief/gather.ts";
import type { Material } from "./brief/material.ts";
import { evenly, hitsOf, overReports } from "./brief/passages.ts";
import type { Pause } from "./brief/pausing.ts";
import { type MeantSubject, nearestName, subjectOf } from "./brief/subject.ts";
import { headingsOf, type KnownHeading } from "./brief/subjects.ts";
import type { Passage } from "./domain/passage.ts";
import type { Hit } from "./domain/retrieval.ts";
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
/** Passages of new and changed reports that are read, */
const MOST_NEW = 250;
/** and those of others with figures that count the same. */
const MOST_BESIDE = 150;
/** A sentence under the very heading that is asked for. */
const UNDER_HEADING = 0.7;

/** Material on a subject, with what was found for its words. */
export interface SubjectMaterial {
  readonly meant: MeantSubject;
  readonly material: Material;
  readonly hits: readonly Hit[];
  /** What a search for the words finds. */
  readonly near: readonly Hit[];
  readonly headings: readonly KnownHeading[];
}

export interface Materials {
  ofCorpus(opened: Opened, pause: Pause): Promise<{ material: Material; hits: readonly Hit[] }>;
  /** @param news ids of reports of which everything on the subject is read, however much there is elsewhere. */
  onSubject(opened: Opened, typed: string, pause: Pause, news?: ReadonlySet<string>): Promise<SubjectMaterial>;
  /** Of new and changed reports, with what others say of the same. @param news their ids. */
  ofNews(
    opened: Opened,
    news: ReadonlySet<string>,
    pause: Pause,
  ): Promise<{ material: Material; hits: readonly Hit[] }>;
  /** How much the sentence that is most about a name of the glossary is, 0 to 1. */
  mostOn(opened: Opened, name: string): number;
  headingsIn(opened: Opened, pause: Pause): Promise<readonly KnownHeading[]>;
  /** For each passage of the index whether it may be used; undefined where all may. */
  allowedIn(opened: Opened): Uint8Array | undefined;
}

const headingsOfSnapshot = new WeakMap<Opened, readonly KnownHeading[]>();

export function materials(parts: AskingParts): Materials {
  const { config, model, words } = parts;
  const within = { maxMarking: config.maxMarking };
  const allowedIn = ({ heads, index }: Opened) => allowedPassages(heads, index.ranges(), within);

  /** Ids of the passages that may be used. */
  const usableIn = (opened: Opened): number[] => {
    const allowed = allowedIn(opened);
    return [...opened.index.ranges().passageIds].filter((_, position) => allowed?.[position] !== 0);
  };

  async function ofCorpus(opened: Opened, pause: Pause) {
    const hits = hitsOf(opened.reports, opened.index.store.passages(evenly(usableIn(opened), MOST_READ)));
    return { material: await ofWhole(opened, hits, pause), hits };
  }

  async function ofNews(opened: Opened, news: ReadonlySet<string>, pause: Pause) {
    const { store } = opened.index;
    const own = [...news].sort().flatMap((id) => store.passagesOfReport(id));
    const read = overReports(own, MOST_NEW);
    const keys = new Set(store.figures({ passages: read }).flatMap(({ countedKey }) => countedKey ?? []));
    const usable = new Set(usableIn(opened));
    const beside = new Set<number>();
    for (const countedKey of [...keys].sort()) {
      for (const { passageId } of store.figures({ countedKey })) {
        if (usable.has(passageId) && beside.size < MOST_BESIDE) beside.add(passageId);
      }
      await pause();
    }
    const ids = new Set([...read.map(({ id }) => id), ...beside, ...evenly([...usable], MOST_READ)]);
    const hits = hitsOf(opened.reports, store.passages([...ids].slice(0, MOST_NEW + MOST_READ)));
    return { material: await ofWhole(opened, hits, pause), hits };
  }

  function ofWhole(opened: Opened, hits: readonly Hit[], pause: Pause): Promise<Material> {
    return materialOf({
      subject: null,
      hits,
      aboutness: ({ passage }) => passage.sentences.map(() => 1),
      ...read(opened, hits),
      pause,
    });
  }

  async function onSubject(
    opened: Opened,
    typed: string,
    pause: Pause,
    news: ReadonlySet<string> = new Set(),
  ): Promise<SubjectMaterial> {
    const isUsed = (term: string) => opened.lexical.documentFrequency(term, allowedIn(opened)) > 0;
    const headings = await headingsIn(opened, pause);
    const known = headings.find(({ key }) => key === fold(typed)) ?? null;
    const first = await meantBy(opened, typed, known, isUsed);
    // A name that is mistyped is that name; what is written in a report is what it says.
    const isAsked = first.meant.entry !== null || known !== null;
    const right = isAsked ? null : nearestName(typed, opened.names, isUsed);
    const { meant, found } = right === null ? first : await meantBy(opened, right, null, isUsed);
    await pause();
    const hits = hitsFor(opened, meant, known, found.hits, news);
    const aboutness = aboutnessFor(opened, meant, known, hits, found.questionVector);
    const material = await materialOf({ subject: meant.view, hits, aboutness, ...read(opened, hits), pause });
    return { meant, material, hits, near: found.hits, headings };
  }

  /** What the store has on passages. */
  function read({ names, index: { store } }: Opened, hits: readonly Hit[]) {
    return {
      glossary: names,
      vectors: store.sentenceVectors(hits.map(({ passage }) => passage.id)),
      figures: store.figures({ passages: hits.map(({ passage }) => passage) }),
    };
  }

  /** The passages of some reports that may be used, as a filter of the index. */
  function ofReports(opened: Opened, ids: ReadonlySet<string>): Uint8Array {
    const { reports, reportIds } = opened.index.ranges();
    const allowed = allowedIn(opened);
    return Uint8Array.from(reports, (report, position) =>
      ids.has(reportIds[report] ?? "") && allowed?.[position] !== 0 ? 1 : 0,
    );
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
  function hitsFor(
    opened: Opened,
    meant: MeantSubject,
    known: KnownHeading | null,
    near: readonly Hit[],
    news: ReadonlySet<string>,
  ): Hit[] {
    const { entry } = meant;
    const byId = new Map<number, Hit>();
    const add = (hits: readonly Hit[]) => {
      for (const hit of hits) if (!byId.has(hit.passage.id)) byId.set(hit.passage.id, hit);
    };
    if (entry !== null) {
      add(naming(opened, entry, allowedIn(opened)));
      if (news.size > 0) add(naming(opened, entry, ofReports(opened, news)));
    }
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

  function naming(opened: Opened, entry: GlossaryEntry, allowed: Uint8Array | undefined): Hit[] {
    const term = opened.names.term(entry);
    const { ids } = opened.lexical.search([{ term, weight: 1 }], LOOKED_AT, allowed);
    return hitsOf(opened.reports, overReports(opened.index.store.passages(ids), MOST_NAMED));
  }

  function mostOn(opened: Opened, name: string): number {
    const entry = opened.names.entries.find((each) => each.name === name);
    if (entry === undefined) return 0;
    const hits = naming(opened, entry, allowedIn(opened));
    return Math.max(0, ...hits.flatMap(aboutName(entry, opened.names, hits)));
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
        ? aboutName(meant.entry, names, hits)
        : aboutWords(meant, names, words.between, sentenceMeaning(opened, hits, vector));
    if (known === null) return own;
    const isUnder = ({ passage }: Hit) => passage.locator.headings.some((heading) => fold(heading) === known.key);
    return (hit: Hit) => own(hit).map((value) => (isUnder(hit) ? Math.max(value, UNDER_HEADING) : value));
  }

  async function headingsIn(opened: Opened, pause: Pause): Promise<readonly KnownHeading[]> {
    const known = headingsOfSnapshot.get(opened);
    if (known !== undefined) return known;
    const passages: Passage[] = [];
    const ids = evenly(usableIn(opened), MOST_HEADED);
    for (let at = 0; at < ids.length; at += 100) {
      passages.push(...opened.index.store.passages(ids.slice(at, at + 100)));
      await pause();
    }
    const headings = headingsOf(passages);
    headingsOfSnapshot.set(opened, headings);
    return headings;
  }

  return { ofCorpus, onSubject, ofNews, mostOn, headingsIn, allowedIn };
}
