/** How much a sentence is about a subject, 0 to 1. */

import { type Likeness, match, type TextView, viewOf } from "../answer/matching.ts";
import { passageView } from "../answer/passage-view.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { FoundName, Glossary, GlossaryEntry } from "../text/glossary.ts";
import { isOutright, meantBy } from "./names.ts";
import type { MeantSubject } from "./subject.ts";

/** For each sentence of a passage. */
export type Aboutness = (hit: Hit) => readonly number[];

const headings = new WeakMap<Glossary, Map<string, TextView>>();
const MOST_HEADINGS = 5_000;

/**
 * Title and innermost heading of a passage: those between are of many things, and the publisher tells and is not told
 * of.
 */
function headingView({ passage, source }: Hit, glossary: Glossary): TextView {
  const known = headings.get(glossary) ?? new Map<string, TextView>();
  headings.set(glossary, known);
  const text = [source.title, ...passage.locator.headings.slice(-1)].join(". ");
  const view = known.get(text) ?? viewOf(text, glossary);
  if (known.size >= MOST_HEADINGS) known.clear();
  known.set(text, view);
  return view;
}

/** Kinds of names that are mostly there to say who says something. */
const SPEAKERS = new Set(["document", "think-tank", "organisation", "government-body", "term"]);
/** A sentence that points back to one about the subject. */
const CARRIED = 0.65;
/** One that names nobody under a heading of the subject. */
const UNDER_HEADING = 0.35;
/** Names in a sentence beyond which each is one of a list. */
const LIST = 4;
const IN_LIST = 0.75;
const UNSURE = 0.8;

/**
 * Of one name.
 * @param hits the passages on it: a form that it shares with others means it where its report has a form of its own.
 */
export function aboutName(entry: GlossaryEntry, glossary: Glossary, hits: readonly Hit[]): Aboutness {
  const named = ownNames(hits, glossary);
  return (hit) => {
    const { sentences } = passageView(hit, glossary);
    const inReport = named.get(hit.passage.reportId);
    const isIt = (name: FoundName) => isNamed(entry, name, inReport);
    const isHeaded = headingView(hit, glossary).names.some(isIt);
    const values: number[] = [];
    for (const { view, isDependent, sentence, reading } of sentences) {
      const before = values.length === 0 ? 0 : (values.at(-1) ?? 0);
      const isSameParagraph = sentences[values.length - 1]?.sentence.paragraph === sentence.paragraph;
      const own = ofNamed(view, entry, (name) => isIt(name) && isOutright(name, reading));
      const carried = isDependent && isSameParagraph && before >= CARRIED ? CARRIED : 0;
      const isOfNobody = view.names.every((name) => name.entries.every(({ kind }) => kind !== entry.kind));
      const headed = own === 0 && isHeaded && isOfNobody ? UNDER_HEADING : 0;
      values.push(Math.max(own, carried, headed));
    }
    return values;
  };
}

/** By report what it names by forms that no other name shares. */
function ownNames(hits: readonly Hit[], glossary: Glossary): Map<string, Set<GlossaryEntry>> {
  const named = new Map<string, Set<GlossaryEntry>>();
  for (const hit of hits) {
    const { reportId } = hit.passage;
    const known = named.get(reportId) ?? new Set<GlossaryEntry>();
    named.set(reportId, known);
    const views = [headingView(hit, glossary), ...passageView(hit, glossary).sentences.map(({ view }) => view)];
    for (const { entries } of views.flatMap(({ names }) => names)) {
      const [only, ...others] = entries;
      if (only !== undefined && others.length === 0) known.add(only);
    }
  }
  return named;
}

/** "TTP" is the group, and tactics only in a report that writes these out and not the name of the group. */
function isNamed(entry: GlossaryEntry, name: FoundName, inReport: ReadonlySet<GlossaryEntry> | undefined): boolean {
  if (!name.entries.includes(entry)) return false;
  const meant = meantBy(name);
  if (meant === entry) return true;
  return inReport?.has(entry) === true && (meant === null || !inReport.has(meant));
}

function ofNamed(view: TextView, entry: GlossaryEntry, isIt: (name: FoundName) => boolean): number {
  const own = view.names.filter(isIt);
  const [first] = own;
  if (first === undefined) return 0;
  const rivals = view.names.filter(
    (name) =>
      !isIt(name) &&
      name.entries.every(({ kind }) => !SPEAKERS.has(kind) && (kind !== "place" || entry.kind === "place")),
  );
  const ahead = rivals.filter((name) => name.start < first.start).length;
  let value = ahead === 0 ? 1 : ahead === 1 ? 0.8 : 0.6;
  // "Daesh" may be the one group or the other.
  if (meantBy(first) === null) value *= UNSURE;
  if (new Set(rivals.flatMap(({ entries }) => entries)).size >= LIST) value *= IN_LIST;
  return Math.min(1, value + (own.length > 1 ? 0.1 : 0));
}

/** How much the words of a subject count where they stand in the heading or the sentence before. */
const BESIDE = 0.6;
/** Likeness in meaning of a sentence to the subject below which it says nothing, and from which it is on it. */
const MEANT_FROM = 0.3;
const MEANT_FULL = 0.65;
const BY_WORDS = 0.65;
/** Share of the weight of the rarest word from which a word is essential, and how far it has to be there. */
const ESSENTIAL = 0.6;
const HELD = 0.55;
/** How far each word has to be there for all of them to be. */
const ALL = 0.8;
/** Where the heading or the title has all of them. */
const UNDER = 0.6;
const PLAINLY_MEANT = 0.6;
const LACKING = 0.45;
/** All words of the subject stand in the sentence. */
const ALL_WORDS = 0.85;

/** Of a theme in free words. @param meaning cosine of the subject to each sentence, by passage id. */
export function aboutWords(
  { units }: Pick<MeantSubject, "units">,
  glossary: Glossary,
  likeness: Likeness,
  meaning: ReadonlyMap<number, readonly number[]>,
): Aboutness {
  const heaviest = Math.max(0, ...units.map(({ weight }) => weight));
  const total = units.reduce((sum, { weight }) => sum + weight, 0);
  return (hit) => {
    const { sentences } = passageView(hit, glossary);
    const creditsOf = (view: TextView) => units.map((unit) => match(unit, view, glossary, likeness).credit);
    const headed = creditsOf(headingView(hit, glossary));
    const isUnder = headed.every((credit) => credit >= ALL);
    let before: number[] | null = null;
    return sentences.map(({ view, isDependent }, index) => {
      const own = creditsOf(view);
      const around = own.map((credit, unit) =>
        Math.max(credit, BESIDE * (headed[unit] ?? 0), isDependent ? BESIDE * (before?.[unit] ?? 0) : 0),
      );
      before = own;
      if (total === 0) return 0;
      const weigh = (credits: readonly number[]) =>
        units.reduce((sum, { weight }, unit) => sum + weight * (credits[unit] ?? 0), 0) / total;
      const cosine = meaning.get(hit.passage.id)?.[index] ?? 0;
      const meant = Math.max(0, Math.min(1, (cosine - MEANT_FROM) / (MEANT_FULL - MEANT_FROM)));
      const isAll = own.every((credit) => credit >= ALL);
      const value = BY_WORDS * weigh(around) + (1 - BY_WORDS) * meant;
      if (isAll) return Math.max(ALL_WORDS, Math.min(1, value));
      // "Drone attacks" are none without a drone, unless the sentence plainly means them in other words.
      const lacks = units.some(({ weight }, unit) => weight >= ESSENTIAL * heaviest && (around[unit] ?? 0) < HELD);
      if (lacks && cosine < PLAINLY_MEANT) return Math.min(LACKING, value);
      return Math.min(1, isUnder ? Math.max(UNDER, value) : value);
    });
  };
}
