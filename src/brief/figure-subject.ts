/** Whether a figure is one of the subject: of its strength or deeds, in its place, counted by it, or about it in words. */

import type { TextView } from "../answer/matching.ts";
import { clauseOf } from "../answer/surroundings.ts";
import type { ReportedFigure } from "../domain/figure.ts";
import type { FoundName, Glossary, GlossaryEntry } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { countsTogether, spanIn } from "./figure-certainty.ts";
import type { Item, SubjectView } from "./material.ts";

/** A figure with the sentence that it stands in. */
export interface Placed {
  readonly item: Item;
  readonly figure: ReportedFigure;
}

/** Kinds of names whose figures are those that they count. */
const COUNTERS = new Set(["think-tank", "organisation", "government-body", "document"]);

/**
 * Whether a figure is really of the subject. One of another group in the same sentence is not, nor one of the whole
 * country where a group is asked for, nor one of a group where a place is.
 */
export function isOfSubject(placed: Placed, subject: SubjectView, glossary: Glossary): boolean {
  const { entries, terms } = subject;
  const named = new Set(entries.map((entry) => glossary.term(entry)));
  const words = new Set([...terms].filter((term) => !named.has(term)));
  const isOf = (entry: GlossaryEntry): boolean => {
    if (entry.kind === "armed-group") return isOfGroup(placed, entry, glossary);
    if (entry.kind === "place") return isOfPlace(placed, entry, glossary);
    if (entry.kind === "event") return isOfEvent(placed, entry, glossary);
    if (COUNTERS.has(entry.kind)) return isCountedBy(placed, entry, glossary);
    return isInWords(placed, new Set([glossary.term(entry)]), glossary);
  };
  if (isUnder(placed, subject)) return true;
  if (words.size === 0) return entries.some(isOf);
  return isInWords(placed, words, glossary) && entries.every(isOf);
}

/** Whether the subject is the heading over a figure, or what a heading is of: "Country reports: Mali". */
function isUnder({ item }: Placed, { name }: SubjectView): boolean {
  const subject = name.toLowerCase();
  return item.hit.passage.locator.headings.some((heading) => {
    const words = heading.toLowerCase();
    return words === subject || words.endsWith(`: ${subject}`);
  });
}

const groups = new WeakMap<Glossary, ReadonlyMap<string, GlossaryEntry>>();

/** The armed groups of a glossary by their terms. */
function groupsIn(glossary: Glossary): ReadonlyMap<string, GlossaryEntry> {
  const known = groups.get(glossary);
  if (known !== undefined) return known;
  const found = new Map(
    glossary.entries.filter(({ kind }) => kind === "armed-group").map((entry) => [glossary.term(entry), entry]),
  );
  groups.set(glossary, found);
  return found;
}

/** The groups that a figure is of; an acronym that also stands for something else is the group. */
export function groupTerms({ actors }: ReportedFigure, glossary: Glossary): readonly string[] {
  const known = groupsIn(glossary);
  return [...new Set(actors)].filter((term) => known.has(term)).sort();
}

const isGroup = ({ entries }: FoundName): boolean => entries.some(({ kind }) => kind === "armed-group");
const isNamed = (view: TextView, entry: GlossaryEntry): boolean =>
  view.names.some(({ entries }) => entries.includes(entry));

function isOfGroup(placed: Placed, group: GlossaryEntry, glossary: Glossary): boolean {
  const { item, figure } = placed;
  const term = glossary.term(group);
  const of = groupTerms(figure, glossary);
  const known = groupsIn(glossary);
  // A unit of the group may stand beside it: "BLA with its Majeed Brigade".
  const isOwn = (entry: GlossaryEntry | undefined) => entry === group || isUnitOf(entry, group);
  if (!of.includes(term) || !of.every((each) => isOwn(known.get(each))) || isOfSome(placed, group)) return false;
  const { reported, hit } = item;
  const others = reported.view.names.filter((name) => isGroup(name) && !name.entries.some(isOwn));
  if (others.length > 0) return isNamedBeside(placed, group) && !countsTogether(item.reading);
  // Named in the title alone it may be any group's.
  const headed = glossary.find(hit.passage.locator.headings.join(". ")).filter(isGroup);
  const isHeaded = headed.length > 0 && headed.every(({ entries }) => entries.some(isOwn));
  const isBefore = reported.before !== null && isNamed(reported.before.view, group);
  return isNamed(reported.view, group) || isBefore || isHeaded;
}

/** "BLA-MB" is a unit of BLA. */
function isUnitOf(unit: GlossaryEntry | undefined, group: GlossaryEntry): boolean {
  if (unit === undefined) return false;
  const names = new Set([group.name, ...group.aliases].map((name) => name.toLowerCase()));
  return unit.aliases.some((alias) => names.has((alias.split(/[\s-]/u)[0] ?? "").toLowerCase()));
}

/** Where several groups are named, the figure's own stands in its part of the sentence: no comma lies between. */
function isNamedBeside(placed: Placed, group: GlossaryEntry): boolean {
  const at = spanIn(placed);
  if (at === null) return false;
  const { reading, reported } = placed.item;
  // The acronym behind a name parts nothing.
  const plain = reading.replace(/\(([^()]{1,20})\)/gu, " $1 ");
  const before = [...plain.slice(0, at.start).matchAll(BREAK)].at(-1);
  const after = plain.slice(at.end).search(BREAK);
  const [from, to] = [before === undefined ? 0 : before.index, after < 0 ? plain.length : at.end + after];
  const inPart = reported.view.names.filter((name) => isGroup(name) && from <= name.start && name.end <= to);
  return inPart.length > 0 && inPart.every(({ entries }) => entries.includes(group));
}

const BREAK = /[,;:]\s|\s(?:while|whereas|but|although)\s/gu;

/** "6,500 Pakistani fighters, most of them from TTP": some of them are, and nobody says how many. */
function isOfSome(placed: Placed, group: GlossaryEntry): boolean {
  const at = spanIn(placed);
  const { reading, reported } = placed.item;
  const next = reported.view.names.find(({ start, entries }) => start >= (at?.end ?? 0) && entries.includes(group));
  return at !== null && next !== undefined && SOME.test(reading.slice(at.end, next.start));
}

const SOME =
  /\b(?:most|many|some|several|half|a few|part|members?) of (?:them|whom|these|those|which)\b|\b(?:including|among them|such as|mostly|mainly)\b/iu;

function isOfPlace({ item, figure }: Placed, place: GlossaryEntry, glossary: Glossary): boolean {
  const term = glossary.term(place);
  const isThere = figure.placeTerms.includes(term) && figure.placeTerms.every((each) => each === term);
  // "KP and Balochistan" is another place; what a group does there is not all that happens there.
  const isAlone = figure.places.length <= 1 && !isListed(item, place);
  return isThere && isAlone && groupTerms(figure, glossary).length === 0;
}

/** Whether a place is named in one breath with another one. */
function isListed({ reading, reported }: Item, place: GlossaryEntry): boolean {
  const places = reported.view.names.filter(({ entries }) => entries.some(({ kind }) => kind === "place"));
  return places.some((name, index) => {
    const next = places[index + 1];
    if (next === undefined || !AND.test(reading.slice(name.end, next.start))) return false;
    return [name, next].some(({ entries }) => entries.includes(place));
  });
}

const AND = /^\s?(?:\([^()]{1,20}\)\s?)?(?:,|and|or|, and|&)\s(?:in\s)?(?:the\s)?$/u;

function isOfEvent(
  { item: { reported, aboutness }, figure }: Placed,
  event: GlossaryEntry,
  glossary: Glossary,
): boolean {
  const named = reported.view.names.filter(isEvent);
  if (named.length > 0) return named.every(({ entries }) => entries.includes(event));
  if (isHarmUnder(reported.hit.passage.locator.headings, figure, event, glossary)) return true;
  const isOnTheDay = figure.time?.from === event.date && figure.time?.to === event.date;
  return isOnTheDay && aboutness >= NEAR;
}

const isEvent = ({ entries }: FoundName): boolean => entries.some(({ kind }) => kind === "event");

/** Those who came to harm, under a heading that names one event alone, at no other time than that of the event. */
export function isHarmUnder(
  headings: readonly string[],
  { countedKey, time }: ReportedFigure,
  { name, date }: GlossaryEntry,
  glossary: Glossary,
): boolean {
  const events = glossary.find(headings.join(". ")).filter(isEvent);
  const isAlone = events.length > 0 && events.every(({ entries }) => entries.some((entry) => entry.name === name));
  const isHarm = /^\|(?:death|injury|captivity)\|/u.test(countedKey ?? "");
  const isThen = time === null || (date !== undefined && time.from <= date && date <= time.to);
  return isAlone && isHarm && isThen;
}

/** A sentence that is at least so much about an event of that day is about the event. */
const NEAR = 0.5;

/** By the body itself, or by a document that has its name. */
function isCountedBy({ item, figure: { who } }: Placed, body: GlossaryEntry, glossary: Glossary): boolean {
  if (who === null) return false;
  const isMeant = (text: string) =>
    glossary
      .find(text)
      .flatMap(({ entries }) => entries)
      .some((entry) => entry === body || (entry.kind === "document" && entry.name.startsWith(`${body.name} `)));
  if (isMeant(who.text)) return true;
  // "the Monitoring Team's 36th report"
  const { passage } = item.hit;
  const before = passage.reading.slice(Math.max(0, who.start - passage.start - 60), who.start - passage.start);
  const owner = /([\p{Lu}\p{N}][^,;.()]*)['’]s\s+$/u.exec(before)?.[1];
  return owner !== undefined && isMeant(owner);
}

/** Whether every word stands in the clause of the figure. */
function isInWords(placed: Placed, terms: ReadonlySet<string>, glossary: Glossary): boolean {
  const at = spanIn(placed);
  if (at === null || terms.size === 0) return false;
  const { reading, reported } = placed.item;
  const { start, end } = clauseOf(reading, at);
  const held = new Set(tokens(reading.slice(start, end)).flatMap(({ term, parts }) => [term, ...parts]));
  for (const name of reported.view.names) {
    if (start <= name.start && name.end <= end) for (const entry of name.entries) held.add(glossary.term(entry));
  }
  return [...terms].every((term) => held.has(term));
}
