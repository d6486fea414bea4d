/** What or who a subject is: where it comes from, what it is called and listed as, who leads it. */

import type { Span } from "../domain/passage.ts";
import type { GlossaryEntry } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { lineOf } from "./choose.ts";
import { eventOf } from "./events.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { kindsFor } from "./kinds.ts";
import { standing } from "./lines.ts";
import type { Item, Material, SectionMaker, Taken } from "./material.ts";
import { isOfMethod } from "./method.ts";
import { isOutright, meantBy } from "./names.ts";
import { openness } from "./unverified.ts";

const MOST = 5;
const LEAST_ABOUT = 0.6;
const LEAST_SCORE = 0.42;
/** What is taken in the place of a dated event that the timeline tells. */
const LEAST_INSTEAD = 0.3;
const PER_REPORT = 3;
/** What a further line of a report is worth, as a share of what it would be. */
const AGAIN = 0.85;
/** And a second one of a kind. */
const SECOND = 0.6;
/** How much it counts that a sentence has the words by which the glossary explains a name. */
const GLOSS = 0.5;
/** Share of those words from which they alone make it a statement on what something is. */
const LEAST_SHARED = 0.42;
const CENTRAL = 0.15;
const OPEN = 0.6;
const WORTH_OPEN = 0.35;
const IN_PASSING = 0.45;
/** What tells of the method of a report, or of what sources differ on. */
const WORTH_ASIDE = 0.35;
/** Somebody's own words on it are no description. */
const WORTH_SAID = 0.6;
/** "It is thought to be a group that": as plainly as anybody says what it is. */
const IS_THOUGHT = /\b(?:is|are) (?:thought|believed) to be an?\b/u;
const SAID = /\b(?:told|claim(?:s|ed)|argue[sd]?|admitted|worried|warned|complained|accus\w+)\b/u;

export const whatSection: SectionMaker = (material, taken) => {
  const { subject } = material;
  if (subject === null) return null;
  const entry = subject.entries.length === 1 ? (subject.entries[0] ?? null) : null;
  const scored = withoutEvents(statementsOn(material, entry), material, entry);
  const lines = chosenOf(scored, { most: entry === null ? 2 : MOST, entry }, taken).map(({ item, kind }) => ({
    kind,
    line: lineOf(material, item, null),
  }));
  const order = kindsFor(entry).map(({ kind }) => kind);
  const placeOf = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  // What it is goes before what became of it; of one kind the better before the other.
  const ordered = lines
    .map((each, at) => ({ ...each, at }))
    .sort((one, other) => placeOf(one.kind) - placeOf(other.kind) || one.at - other.at);
  return lines.length === 0 ? null : { id: "what", lines: ordered.map(({ line }) => line) };
};

/** A sentence that tells what the subject is. */
interface Statement {
  readonly item: Item;
  readonly kind: string;
  readonly worth: number;
}

function statementsOn(material: Material, entry: GlossaryEntry | null): Statement[] {
  return material.items
    .filter((item) => item.aboutness >= LEAST_ABOUT && standing(item) > 0)
    .flatMap((item) => {
      const found = nature(item, entry, spansOf(item, material));
      return found === null ? [] : [{ item, ...found }];
    });
}

const EXACT = "2025-01";
/** What the kinds are that say best what something is: where one is there, dated listings and attacks are for the timeline. */
const TELLING = new Set(["is", "origin", "leads"]);

/**
 * Without those that the timeline tells better: of a group the dated listings, if something else says what it is; of an
 * event the sentence that tells it with its day, if another describes it.
 */
function withoutEvents(scored: readonly Statement[], material: Material, entry: GlossaryEntry | null): Statement[] {
  const isDated = ({ item }: Statement) => {
    const event = eventOf(item, material.subject, material.glossary);
    return event?.isReal === true && event.period.from.length >= EXACT.length;
  };
  const isOfEvent = entry?.kind === "event" || entry?.kind === "operation";
  const isMovable = (each: Statement) => (isOfEvent || each.kind === "listing") && isDated(each);
  const others = scored.filter((each) => !isMovable(each) && each.worth >= LEAST_SCORE);
  const isTold = others.some(({ kind }) => isOfEvent || TELLING.has(kind) || kind === "gloss");
  const isTelling = ({ kind, worth }: Statement) => worth >= LEAST_INSTEAD && kind !== "names";
  // Where nothing else tells it well, what tells it less well does, so that the day stands in the timeline.
  const isToldSomehow =
    isTold || (!isOfEvent && others.length === 0 && scored.some((each) => !isMovable(each) && isTelling(each)));
  return scored.filter((each) => !isToldSomehow || !isMovable(each));
}

/** The best, of different kinds and of several reports. */
function chosenOf(
  scored: readonly Statement[],
  { most, entry }: { readonly most: number; readonly entry: GlossaryEntry | null },
  taken: Taken,
): Statement[] {
  const reports = new Set(scored.map(({ item }) => item.hit.passage.reportId)).size;
  const chosen: Statement[] = [];
  const least = scored.some(({ worth }) => worth >= LEAST_SCORE) ? LEAST_SCORE : LEAST_INSTEAD;
  const ofReport = (item: Item) =>
    chosen.filter((other) => other.item.hit.passage.reportId === item.hit.passage.reportId).length;
  while (chosen.length < most) {
    let best: { statement: Statement; score: number } | null = null;
    const voices = new Set(chosen.map(({ item }) => item.hit.passage.reportId)).size;
    for (const statement of scored) {
      const { item, kind, worth } = statement;
      const times = ofReport(item);
      // The first line says what it is; a label alone does not.
      if (chosen.length === 0 && kind === "names" && scored.some((other) => TELLING.has(other.kind))) continue;
      if ((times >= PER_REPORT && reports > 1) || !hasRoom(kind, chosen, entry)) continue;
      if (chosen.length === most - 1 && most > 2 && voices === 1 && times > 0 && reports > 1) continue;
      const isSecond = chosen.some((other) => other.kind === kind);
      const score = worth * AGAIN ** times * (isSecond ? SECOND : 1);
      if (score >= least && (best === null || score > best.score) && !taken.has(item)) best = { statement, score };
    }
    if (best === null) break;
    taken.add(best.statement.item);
    chosen.push(best.statement);
  }
  return chosen;
}

function hasRoom(kind: string, chosen: readonly Statement[], entry: GlossaryEntry | null): boolean {
  const isTwice = kind === "is" && entry?.kind !== "person";
  return chosen.filter((other) => other.kind === kind).length < (isTwice ? 2 : 1);
}

/** Where the subject is named in a sentence, or where its words stand side by side. */
function spansOf({ reading, reported, tokens: words }: Item, { subject }: Material): Span[] {
  if (subject === null) return [];
  if (subject.entries.length === 1) {
    const [entry] = subject.entries;
    return reported.view.names.filter((name) => meantBy(name) === entry && isOutright(name, reading));
  }
  const runs: { start: number; end: number; length: number }[] = [];
  for (const { start, end, term } of words) {
    if (!subject.terms.has(term)) continue;
    const last = runs.at(-1);
    if (last !== undefined && /^[\s-]{1,2}$/u.test(reading.slice(last.end, start))) {
      last.end = end;
      last.length += 1;
    } else runs.push({ start, end, length: 1 });
  }
  const longest = Math.max(0, ...runs.map(({ length }) => length));
  return runs.filter(({ length }) => length === longest);
}

const glosses = new WeakMap<GlossaryEntry, ReadonlySet<string>>();

function glossOf(entry: GlossaryEntry): ReadonlySet<string> {
  const known = glosses.get(entry) ?? new Set(tokens(entry.gloss).flatMap(({ stop, term }) => (stop ? [] : [term])));
  glosses.set(entry, known);
  return known;
}

/** "Khwarij in statements of ISPR stands for": what follows is not said of it. */
const WITHIN = /\b(?:of|in|by|from|for|with|against|on|at|to)\s(?:the\s)?$/iu;
/** "He said that TTP is a problem": so he calls it. */
const SAYS_THAT = /\b(?:said|says|holds?|held|insist\w+|added|denied|claim\w+)(?:\s[^,;]{1,30})? that\s(?:the\s)?$/iu;

/** What a sentence tells of a name's nature and how well, about 0 to 1.5; null for nothing. */
export function nature(
  item: Item,
  entry: GlossaryEntry | null,
  spans: readonly Span[],
): { readonly kind: string; readonly worth: number } | null {
  const { reading } = item;
  let best: { kind: string; worth: number } | null = null;
  for (const { start, end } of spans) {
    const [before, after] = [reading.slice(Math.max(0, start - 70), start), reading.slice(end)];
    // The short form in brackets stands for the name before it.
    if (before.endsWith("(")) continue;
    const isHead = !WITHIN.test(before);
    for (const { kind, worth, after: behind, before: ahead } of kindsFor(entry)) {
      const isBehind = isHead && behind.test(after) && !(kind === "is" && SAYS_THAT.test(before));
      if (!isBehind && !ahead.test(before)) continue;
      // "The family of the leader X received 3 million": a title in passing, in a sentence on a sum.
      const isPassing = (kind === "names" || (kind === "is" && !isBehind)) && item.reported.counts.counted.length > 0;
      const own = isPassing ? worth * IN_PASSING : worth;
      if (best === null || own > best.worth) best = { kind, worth: own };
    }
  }
  const gloss = entry === null ? null : glossOf(entry);
  const shared =
    gloss === null ? 0 : [...gloss].filter((term) => item.terms.has(term)).length / Math.max(1, gloss.size);
  // The gloss of a state says what every country is.
  const isTold = spans.length > 0 && shared >= LEAST_SHARED && (gloss?.size ?? 0) >= 5 && entry?.kind !== "place";
  if (best === null && !isTold) return null;
  const worth = ((best?.worth ?? 0.3) + GLOSS * shared) * item.aboutness * standing(item) * trust(item);
  // What is only alleged, or denied, tells badly what something is.
  const isAside = isOfMethod(reading) || isOfDifferences(item);
  const settled =
    openness(item) >= OPEN && !IS_THOUGHT.test(reading)
      ? WORTH_OPEN
      : isAside
        ? WORTH_ASIDE
        : SAID.test(reading)
          ? WORTH_SAID
          : 1;
  return { kind: best?.kind ?? "gloss", worth: worth * settled * brevity(reading) + CENTRAL * item.centrality };
}

/** What tells what something is is better short. */
function brevity(reading: string): number {
  return reading.length <= 200 ? 1 : Math.max(0.7, 1 - (reading.length - 200) / 800);
}

/** How far a source's word goes at first sight: its Admiralty letter, and whether it is opinion. */
export function trust({ hit: { source } }: Item): number {
  const grades = { A: 1, B: 0.95, C: 0.9, D: 0.75, E: 0.65, F: 0.85 } as const;
  return grades[source.reliability] * (source.kind === "op-ed" ? 0.7 : 1);
}
