/** What stands around a figure in its sentence: whose count it is, where, of whose deeds, and in what. */

import type { Span } from "../domain/passage.ts";
import type { FoundName, Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { MONTHS } from "../text/words.ts";
import { DEEDS, FATES, ROLES, terms } from "./count-words.ts";
import type { Figure } from "./figures.ts";
import type { TextView } from "./matching.ts";
import { sideOf } from "./scope.ts";
import type { Told } from "./told.ts";

/** Something named, with what makes it equal to another naming. */
export interface Named extends Span {
  readonly surface: string;
  readonly key: string;
}

/** Where a clause ends that has subject and figures of its own. */
const CLAUSE = /;|\s(?:while|whereas|but|although)\s|,\s(?:against|compared with)\s(?=\p{N})/gu;
/** Where a phrase ends. */
const PHRASE = /[,;:()–—]|\s(?:while|whereas|but|although)\s/gu;
const LIST = /^\s?(?:\([^()]{1,20}\)\s?)?(?:,|and|or|, and|\/|&)?\s?(?:the\s)?$/u;

/** The stretch around a figure, up to a mark on either side. */
export function between(reading: string, { start, end }: Span, mark: RegExp): Span {
  let from = 0;
  let to = reading.length;
  for (const { index, 0: found } of reading.matchAll(mark)) {
    if (index + found.length <= start) from = index + found.length;
    else if (index >= end) {
      to = index;
      break;
    }
  }
  return { start: from, end: to };
}

export const clauseOf = (reading: string, figure: Span): Span => between(reading, figure, CLAUSE);
export const phraseOf = (reading: string, figure: Span): Span => between(reading, figure, PHRASE);

/** From the end of the figure before it to the beginning of the next one, within its phrase. */
export function stretchOf(reading: string, figure: Figure, figures: readonly Figure[]): Span {
  const phrase = phraseOf(reading, figure);
  const before = figures.findLast(({ end }) => end <= figure.start)?.end ?? 0;
  const next = figures.find(({ start }) => start >= figure.end)?.start ?? reading.length;
  return { start: Math.max(phrase.start, before), end: Math.min(phrase.end, next) };
}

/**
 * Of things named in a sentence those that a figure is of: right after it, else the last before it with its list, else
 * those after it in its clause, else the last before its clause.
 */
export function ofFigure(
  named: readonly Named[],
  reading: string,
  figure: Figure,
  figures: readonly Figure[],
): readonly Named[] {
  if (named.length === 0) return named;
  const stretch = stretchOf(reading, figure, figures);
  const clause = clauseOf(reading, figure);
  const after = named.filter(({ start, end }) => start >= figure.end && end <= stretch.end);
  if (after.length > 0) return after;
  const before = listUpTo(
    named.filter(({ start, end }) => start >= clause.start && end <= figure.start),
    reading,
  );
  if (before.length > 0) return before;
  const later = named.filter(({ start, end }) => start >= figure.end && end <= clause.end);
  if (later.length > 0) return later;
  return listUpTo(
    named.filter(({ end }) => end <= clause.start),
    reading,
  );
}

/** The last of these with those that stand in one list with it: "KP and Balochistan". */
function listUpTo(named: readonly Named[], reading: string): Named[] {
  const list: Named[] = [];
  for (const each of [...named].reverse()) {
    const next = list[0];
    if (next !== undefined && !LIST.test(reading.slice(each.end, next.start))) break;
    list.unshift(each);
  }
  return list;
}

/** The names of some kinds, by what they stand for. */
export function namesOf({ names }: TextView, glossary: Glossary, isMeant: (kind: string) => boolean): Named[] {
  return names
    .filter((name) => name.entries.some(({ kind }) => isMeant(kind)))
    .map((name) => ({ ...spanOf(name), surface: name.surface, key: keyOf(name, glossary) }));
}

const spanOf = ({ start, end }: FoundName): Span => ({ start, end });
const keyOf = (name: FoundName, glossary: Glossary): string =>
  name.entries
    .map((entry) => glossary.term(entry))
    .sort()
    .join(" ");

const AT = /\b(?:in|at|near|across|within|inside|throughout|for|from|of|around|and|to)\s+(?:the\s+)?$/iu;
/** "FATA, listed apart from KP": not where it was. */
const NOT_THERE = /\b(?:apart from|other than|outside|except for|away from|far from)\s+(?:the\s+)?$/iu;
/** The subject of its sentence: "Balochistan had 293 attacks". */
const AT_HEAD = /^(?:the\s)?(?:(?:former|whole|entire)\s)?$/iu;
/** "in the settled districts of KP": the words that make it a part of the place. */
const PART_OF_PLACE =
  /\b(?:[Ii]n|[Aa]t|[Aa]cross|[Ww]ithin|[Ii]nside|[Tt]hroughout|[Ff]or)\s+(?:the\s+)?((?:\p{Ll}[\p{L}-]*\s+){1,3})of\s+(?:the\s+)?$/u;
const UNKNOWN_PLACE =
  /(?:\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]cross|[Ww]ithin|[Ii]nside|[Tt]hroughout)\s+(?:the\s+)?|^(?=\P{N}{2,40}?\s(?:had|saw|suffered|recorded|witnessed|experienced)\s))(\p{Lu}[\p{L}'’-]*(?:\s\p{Lu}[\p{L}'’-]*){0,3})(?!\s(?:data|figures|count|numbers|tally|report|\p{Lu})|[\p{L}'’-])/gu;
const MONTH_NAMES = new Set(MONTHS);

/** The places in which something is said to have happened, also such as no glossary has. */
export function placesOf({ reading, view, counts }: Told, glossary: Glossary): Named[] {
  const known = namesOf(view, glossary, (kind) => kind === "place").flatMap((place): Named[] => {
    const before = reading.slice(Math.max(0, place.start - 60), place.start);
    const isWhere = (AT.test(before) && !NOT_THERE.test(before)) || AT_HEAD.test(reading.slice(0, place.start));
    // "Pakistan's military" and "an Islamabad think-tank" say nothing of where something was counted.
    if (!isWhere || /^['’]s?\b|^\$/u.test(reading.slice(place.end))) return [];
    const part = PART_OF_PLACE.exec(before)?.[1];
    return [part === undefined ? place : { ...place, key: `${part.toLowerCase()}${place.key}` }];
  });
  const isTaken = (span: Span) =>
    [...view.names, ...counts.times].some(({ start, end }) => start < span.end && span.start < end);
  for (const { index, 0: found, 1: surface = "" } of reading.matchAll(UNKNOWN_PLACE)) {
    const place = { start: index + found.length - surface.length, end: index + found.length };
    const isMonth = MONTH_NAMES.has((surface.split(" ")[0] ?? "").toLowerCase());
    // "in PICSS": what is all capitals is no place.
    if (!isTaken(place) && !isMonth && surface !== surface.toUpperCase())
      known.push({ ...place, surface, key: surface.toLowerCase() });
  }
  return known.sort((a, b) => a.start - b.start);
}

const TELL =
  "counted?|counts|recorded|records|registered|logged|tallied|puts?|reported|reports|said|says|found|finds|estimated|estimates|gave|gives|listed|noted|identified|classed|named|documented|showed|shows|printed?|prints|claimed|claims|cited|spoke|calculated|arrived|placed|attributed";
const CAPITALISED =
  "\\p{Lu}[\\p{L}\\p{N}&'’.-]*(?:\\s(?:(?:of|for|and|on|the)\\s){0,2}\\p{Lu}[\\p{L}\\p{N}&'’.-]*){0,7}";
/** "Coast Watch counted", "according to Coast Watch", "in Coast Watch data". */
const UNKNOWN_SOURCES: readonly RegExp[] = [
  new RegExp(
    `(?<![\\p{L}\\p{N}])(${CAPITALISED})(?=\\s(?:\\([^()]{1,20}\\)\\s)?(?:instead\\s|also\\s|itself\\s)?(?:${TELL})\\b)`,
    "gu",
  ),
  new RegExp(`\\b[Tt]he\\s(${CAPITALISED})(?=\\s(?:text|story|account|report|copy|entry|release)\\b)`, "gu"),
  new RegExp(`\\baccording to (?:the\\s)?(${CAPITALISED})`, "gu"),
  new RegExp(`\\b(?:by|in|from) (?:the\\s)?(${CAPITALISED})(?=\\s(?:data|figures|count|numbers|tally)\\b)`, "gu"),
];
/** Who only passes on what another counted. */
const RELAYED =
  /\b(?:relayed|reported|carried|cited|quoted|printed|published|excerpted|noted|read|seen|account|accounts|copy|story|text|version|coverage)\s+(?:by|in|of|from)\s+(?:the\s+)?$/iu;
const IS_TELLING =
  /^(?:In|On|At|For|By|The|A|An|This|That|These|Those|It|They|He|She|We|Of|During|There|Against|Both|Most|Some)$/u;

/** Those whom a sentence names as having counted or said something, without those who only pass it on. */
export function sourcesOf({ reading, view, counts }: Told, glossary: Glossary): Named[] {
  const found = namesOf(view, glossary, (kind) => sideOf(kind) === "source");
  const isTaken = (span: Span) =>
    [...view.names, ...counts.times, ...found].some(({ start, end }) => start < span.end && span.start < end);
  for (const pattern of UNKNOWN_SOURCES) {
    for (const { index, 0: whole, 1: name = "" } of reading.matchAll(pattern)) {
      const first = name.split(" ")[0] ?? "";
      const surface = IS_TELLING.test(first) ? name.slice(first.length + 1) : name;
      const end = index + whole.length;
      const span = { start: end - surface.length, end };
      if (surface !== "" && !isCountWord(surface) && !isTaken(span) && !MONTH_NAMES.has(surface.toLowerCase()))
        found.push({ ...span, surface, key: surface.toLowerCase() });
    }
  }
  return found
    .filter(({ start }) => !RELAYED.test(reading.slice(Math.max(0, start - 30), start)))
    .sort((a, b) => a.start - b.start);
}

/** "Deaths attributed to", "Militants reported": what is counted does not count. */
function isCountWord(surface: string): boolean {
  const [first] = tokens(surface);
  return (
    (first !== undefined && [...FATES, ...ROLES].some(([, members]) => members.has(first.term))) ||
    DEEDS.has(first?.term ?? "")
  );
}

const OF_SOURCE = /^[^\p{N},;:]{0,48}?\b(?:of|by|from|in|for)\s(?:the\s)?$/u;

const IN_DATA = /^(?:['’]s)?\s(?:data|figures|count|numbers|tally|statistics)\b/u;

/** Who counted a figure; null where nobody is named, or it cannot be told which of several it was. */
export function whoCounted(
  sources: readonly Named[],
  reading: string,
  figure: Figure,
  figures: readonly Figure[],
): Named | null {
  const next = figures.find(({ start }) => start >= figure.end)?.start ?? reading.length;
  // "909 of the Center", "685 in CRSS", "175 dead in the PICSS data"
  const of = sources.find(
    ({ start }) => start >= figure.end && start < next && OF_SOURCE.test(reading.slice(figure.end, start)),
  );
  if (of !== undefined) return of;
  // "Dunya News gave 308 attacks and 331 deaths from PICSS data"
  const counters = sources.filter(({ end }) => IN_DATA.test(reading.slice(end)));
  const clause = clauseOf(reading, figure);
  const [counter] = counters;
  if (counters.length === 1 && counter !== undefined && clause.start <= counter.start && counter.end <= clause.end)
    return counter;
  const phrase = between(reading, figure, /[,;:]\s|\s(?:while|whereas|but|and)\s/gu);
  // "at least 32 in a reference entry, and 25 in the index": the index counted the one that stands before it.
  const free = sources.filter(
    ({ start, end }) =>
      !figures.some(
        (other) => other.end <= start && other !== figure && OF_SOURCE.test(reading.slice(other.end, start)),
      ) || end <= figure.start,
  );
  const inside = (span: Span) => free.filter(({ start, end }) => span.start <= start && end <= span.end);
  const before = (span: Span) => inside(span).findLast(({ end }) => end <= figure.start);
  const after = (span: Span) => inside(span).find(({ start }) => start >= figure.end);
  const near = before(phrase) ?? after(phrase) ?? before(clause) ?? after(clause);
  if (near !== undefined) return near;
  const distinct = new Set(free.map(({ key }) => key));
  return distinct.size === 1 ? (free[0] ?? null) : null;
}

const ATTACKS = terms("attack attacks assault assaults raid raids bombing bombings");
const OPERATIONS = terms("operation operations offensive crackdown");
const STRIKES = terms("strike strikes airstrike airstrikes shelling");
const ALL =
  /\b(?:in all|of all kinds|overall|combined|in total|altogether|all deaths|(?:operations|attacks) (?:are|were) included|including operations)\b/iu;
const VIOLENCE =
  /\b(?:linked to violence|violence-(?:linked|related)|related to violence|violent (?:deaths|incidents))\b/iu;

/** In what people came to harm: attacks, operations, strikes, all of them, or violence of any kind. */
function settingsIn(text: string): Set<string> {
  const found = new Set<string>();
  if (VIOLENCE.test(text)) found.add("violence");
  if (ALL.test(text)) return found.add("all");
  for (const { term, surface } of tokens(text)) {
    if (!DEEDS.has(term) && !OPERATIONS.has(term) && !ATTACKS.has(term) && !STRIKES.has(term)) continue;
    if (/^(?:attackers?|assailants?|bombers?|operational|operators?)$/iu.test(surface)) continue;
    found.add(ATTACKS.has(term) ? "attack" : OPERATIONS.has(term) ? "operation" : STRIKES.has(term) ? "strike" : term);
  }
  return found.has("attack") && found.has("operation") ? found.add("all") : found;
}

/** In what those whom a figure counts came to harm, as far as the sentence tells. */
export function settingOf(reading: string, figure: Figure, figures: readonly Figure[]): string {
  const clause = clauseOf(reading, figure);
  const own = stretchOf(reading, figure, figures);
  const parts = [own, { start: clause.start, end: figure.start }, { start: figure.end, end: clause.end }];
  for (const { start, end } of parts) {
    const found = settingsIn(reading.slice(start, end));
    if (found.has("all")) return "all";
    if (found.size > 0) return [...found].sort().join(" ");
  }
  return "";
}
