/** Figures of reports with all that decides whether two of them are for the same: what, when, where, whose, by what rule. */

import type { Span } from "../domain/passage.ts";
import type { Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { DEEDS, FATES, isDeed, isDirection, NEUTRAL, PEOPLE, ROLES, rolesOf, terms } from "./count-words.ts";
import type { Counted } from "./counted.ts";
import type { Figure } from "./figures.ts";
import { isACount } from "./real-count.ts";
import {
  clauseOf,
  type Named,
  namesOf,
  ofFigure,
  placesOf,
  settingOf,
  sourcesOf,
  stretchOf,
  whoCounted,
} from "./surroundings.ts";
import { type CountedTime, timeFor } from "./tally-time.ts";
import { LOOSE, TELLING } from "./telling.ts";
import { type Reported, reportedBy } from "./told.ts";

/** A figure of a sentence that counts something, with its surroundings. */
export interface Tally {
  readonly counted: Counted;
  readonly reported: Reported;
  /** What is counted, for comparing; null where the sentence leaves it open. */
  readonly what: string | null;
  /** Soldiers are not all of the security forces: who exactly, where the words say so. */
  readonly exactly: string;
  /** In what people came to harm; "" where it is open. */
  readonly setting: string;
  /** Other words that narrow what is counted. */
  readonly narrowed: string;
  readonly time: CountedTime | null;
  readonly events: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  /** Where a figure without a place may be meant: the places of its headings or its passage. */
  readonly home: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
  readonly who: Named | null;
}

const kept = new WeakMap<Reported["view"], Omit<Tally, "reported">[]>();

/**
 * The figures of a sentence that count something. Changes in numbers ("200 more"), rates, ranks, sums of our own and what
 * is denied, doubted or only supposed are left out.
 */
export function talliesOf(reported: Reported, glossary: Glossary): Tally[] {
  const known = kept.get(reported.view) ?? takenApart(reported, glossary);
  kept.set(reported.view, known);
  return known.map((tally) => ({ ...tally, reported }));
}

function takenApart(reported: Reported, glossary: Glossary): Omit<Tally, "reported">[] {
  const { reading, counts } = reported;
  const figures = counts.counted.map(({ figure }) => figure);
  const sources = sourcesOf(reported, glossary);
  const places = placesOf(reported, glossary);
  const actors = namesOf(reported.view, glossary, (kind) => kind === "armed-group");
  const events = eventsOf(reported, glossary);
  const around = actorsAround(reported, glossary);
  const keys = (named: readonly Named[]) => new Set(named.map(({ key }) => key));
  const found: Omit<Tally, "reported">[] = [];
  counts.counted.forEach((each, index) => {
    if (!isACount(each, reported, figures)) return;
    const counted = withWhatItTakesOver(each, counts.counted[index - 1] ?? null, reading);
    const { figure } = counted;
    const here = keys(ofFigure(actors, reading, figure, figures));
    const what = whatOf(counted, reported, here.size > 0 ? here : around, figures);
    found.push({
      counted,
      ...what,
      setting: counted.fate === null ? "" : settingOf(reading, figure, figures),
      time: timeFor(counted, reported),
      events,
      places: keys(ofFigure(places, reading, figure, figures)),
      home: homeOf(reported, glossary),
      actors: here.size > 0 ? here : around,
      who: whoCounted(sources, reading, figure, figures),
    });
  });
  return withTimesOfLists(found, reading);
}

/** "57 officers and 208 militants killed in January": the time at the end of a list is that of all in it. */
function withTimesOfLists(found: readonly Omit<Tally, "reported">[], reading: string): Omit<Tally, "reported">[] {
  const result = [...found];
  for (let index = result.length - 2; index >= 0; index -= 1) {
    const [each, next] = [result[index], result[index + 1]];
    if (each === undefined || next === undefined || each.time !== null) continue;
    const isListed = /^[^.;:,\d]{0,50}\sand\s$/u.test(
      reading.slice(each.counted.figure.end, next.counted.figure.start),
    );
    if (isListed && each.counted.figure.unit === next.counted.figure.unit) result[index] = { ...each, time: next.time };
  }
  return result;
}

/** Events that a sentence names, or else the headings over it. */
function eventsOf({ reading, view, about }: Reported, glossary: Glossary): ReadonlySet<string> {
  const own = namesOf(view, glossary, (kind) => kind === "event").filter(
    // "The most since the takeover": what time is counted from is not what is counted.
    ({ start }) => !/\b(?:since|until|before)\s+(?:the\s+)?$/iu.test(reading.slice(0, start)),
  );
  const named = own.length > 0 ? own : namesOf(about, glossary, (kind) => kind === "event");
  return new Set(named.map(({ key }) => key));
}

/** Groups that the sentence before names, where this one points back; else those in the title and the headings. */
function actorsAround({ before, about }: Reported, glossary: Glossary): ReadonlySet<string> {
  const isGroup = (kind: string) => kind === "armed-group";
  const named = before === null ? [] : namesOf(before.view, glossary, isGroup);
  return new Set((named.length > 0 ? named : namesOf(about, glossary, isGroup)).map(({ key }) => key));
}

/** "CRSS counted 685 dead, PICSS 527": a figure that stands alone counts what the one before it does. */
function withWhatItTakesOver(each: Counted, previous: Counted | null, reading: string): Counted {
  if (each.named !== null || previous === null || previous.figure.unit !== each.figure.unit) return each;
  if (each.fate !== null || /[;.]/u.test(reading.slice(previous.figure.end, each.figure.start))) return each;
  const roles = each.roles.size > 0 ? each.roles : previous.roles;
  const things = each.things.size > 0 ? each.things : previous.things;
  return { ...each, fate: previous.fate, roles, things };
}

const OF_PEOPLE = new Set([...FATES, ...ROLES].flatMap(([, members]) => [...members]));
const MARKERS = terms(
  "including include includes excluding combined toll tolls national total totals overall whole kinds kind sorts worldwide nationwide country year month time period relation report entry reference early later account press text release",
);
const ARMY = terms("soldier soldiers troop troops servicemen army military");
const POLICE = terms("police policemen policeman constable constables");
const ALL_FORCES = terms("security personnel forces law-enforcement");
const STRENGTH = /\b(?:strength|put|puts|estimate[sd]?|numbered|numbers|has|have|had)\b/iu;

/** What a figure counts, for comparing. */
function whatOf(
  counted: Counted,
  { reading, view, counts }: Reported,
  actors: ReadonlySet<string>,
  figures: readonly Figure[],
): Pick<Tally, "what" | "exactly" | "narrowed"> {
  const { figure, fate, things, direction, named } = counted;
  const words = tokens(named === null ? "" : reading.slice(named.start, named.end));
  const stretch = stretchOf(reading, figure, figures);
  const after = reading.slice(figure.end, stretch.end);
  // "358 dead among security personnel"
  const among = /\b(?:among|amongst)\s(?:the\s)?([^,;:()]{1,60})/u.exec(after)?.[1] ?? "";
  let roles = counted.roles.size > 0 ? counted.roles : rolesOf(tokens(among));
  const clause = clauseOf(reading, figure);
  const isStrength = figure.unit === "" && fate === null && roles.size === 0 && things.size === 0 && actors.size > 0;
  if (isStrength && STRENGTH.test(reading.slice(clause.start, clause.end))) roles = new Set(["militant"]);
  const isLoose = (term: string) =>
    OF_PEOPLE.has(term) || NEUTRAL.has(term) || PEOPLE.has(term) || MARKERS.has(term) || TELLING.has(term);
  const own = new Set([...things].filter((term) => !isLoose(term) && !(fate !== null && DEEDS.has(term))));
  for (const term of modifiers(counted, reading)) own.add(term);
  const exactly = [ARMY, POLICE, ALL_FORCES].map((of) => words.some(({ term }) => of.has(term)));
  // A share of something, and it is not told of what.
  const isBareShare = figure.unit === "%" && direction === null && named === null;
  const isOpen = isBareShare || (fate === null && roles.size === 0 && own.size === 0);
  const change =
    figure.unit === "%" &&
    direction !== null &&
    !/\b(?:made|make|makes|making) up\s*$/iu.test(reading.slice(0, figure.start))
      ? direction
      : "";
  const isTimed = ({ start, end }: Span) =>
    counts.times.some((time) => time.start < end && start < time.end) ||
    view.names.some((name) => name.start < end && start < name.end);
  const rest = view.tokens.filter(
    (word) =>
      !counts.asides.some(({ start, end }) => start <= word.start && word.end <= end) &&
      word.start >= (named?.end ?? figure.end) &&
      word.end <= stretch.end &&
      !(word.stop || word.numeric || isTimed(word) || isLoose(word.term) || LOOSE.has(word.term)) &&
      !(DEEDS.has(word.term) || isDirection(word.term)) &&
      // Places that no glossary has are compared as places.
      !/^\p{Lu}/u.test(word.surface),
  );
  return {
    what: isOpen ? null : [figure.unit, fate ?? "", sorted(roles), sorted(own), change].join("|"),
    exactly: exactly[2] === true ? "" : `${exactly[0] === true ? "army" : ""}${exactly[1] === true ? "police" : ""}`,
    narrowed: sorted(new Set(rest.map(({ term }) => term))),
  };
}

/** "Suicide attacks fell to 17": what stands before the deed that a figure without words of its own counts. */
function modifiers({ figure, named, things, fate }: Counted, reading: string): string[] {
  if (named !== null || fate !== null || things.size === 0) return [];
  const words = tokens(reading.slice(0, figure.start));
  const at = words.findLastIndex((word) => isDeed(word) && things.has(word.term));
  const found: string[] = [];
  for (let index = at - 1; index >= 0; index -= 1) {
    const word = words[index];
    const isNear = word !== undefined && /^\s$/u.test(reading.slice(word.end, words[index + 1]?.start));
    if (!isNear || word.stop || word.numeric || TELLING.has(word.term) || isDirection(word.term)) break;
    const isName = /^\p{Lu}/u.test(word.surface) && word.start > 0;
    if (!NEUTRAL.has(word.term) && !isName) found.push(word.term);
  }
  // "the number of countries with an attack went from 58 to 66"
  const head = /\bnumber of ((?:\p{Ll}+\s){1,3})/iu.exec(reading.slice(0, figure.start))?.[1] ?? "";
  for (const { term, stop } of tokens(head).slice(0, 1)) if (!stop && !things.has(term)) found.push(term);
  return found;
}

const sorted = (set: ReadonlySet<string>): string => [...set].sort().join(" ");

/** Whether two figures count the same thing, at the same time and place, of the same side's deeds. Symmetric. */
export function isForTheSame(a: Tally, b: Tally): boolean {
  if (a.what === null || a.what !== b.what || a.exactly !== b.exactly) return false;
  if (a.narrowed !== b.narrowed || !settingsAgree(a, b)) return false;
  // Of one event there is one time and one place, whenever it was told of.
  if (a.events.size > 0 || b.events.size > 0) return areOfOneEvent(a, b);
  return isOneTime(a.time, b.time) && equal(a.actors, b.actors) && placesAgree(a, b);
}

/** Whether the words say of two figures that they are for other times, places, sides or people. Symmetric. */
export function isPlainlyOther(a: Tally, b: Tally): boolean {
  const isApart = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    one.size > 0 && other.size > 0 && !meet(one, other);
  const { fate, roles } = a.counted;
  const isOtherHarm = fate !== null && b.counted.fate !== null && fate !== b.counted.fate;
  const isOtherTime = a.time !== null && b.time !== null && (a.time.to < b.time.from || b.time.to < a.time.from);
  if (isOtherHarm || isApart(roles, b.counted.roles)) return true;
  if (meet(a.events, b.events)) return false;
  return isOtherTime || isApart(a.places, b.places) || isApart(a.actors, b.actors);
}

/** Whether two figures are those of the dead, or of the injured, of one event. Symmetric. */
export function areOfOneEvent(a: Tally, b: Tally): boolean {
  const isHarm = a.counted.fate === "death" || a.counted.fate === "injury";
  return isHarm && a.counted.fate === b.counted.fate && a.events.size > 0 && equal(a.events, b.events);
}

function isOneTime(a: CountedTime | null, b: CountedTime | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.from === b.from &&
    a.to === b.to &&
    a.part === b.part &&
    a.base === b.base &&
    a.base !== "?"
  );
}

/**
 * Deaths that are given without saying in what can be those of attacks, but not those of operations; and those of militants,
 * who mostly die in operations, are none of attacks. Of one counter they can be all there were.
 */
function settingsAgree(a: Tally, b: Tally): boolean {
  if (a.setting === b.setting) return true;
  const isOpen = a.setting === "" || b.setting === "";
  const setting = a.setting + b.setting;
  // "1,969 dead once operations are included" says of another counter's dead that they are fewer by rule.
  if (setting === "all") return isOpen && a.who !== null && a.who.key === b.who?.key;
  return isOpen && OPEN_FOR.has(setting) && !a.counted.roles.has("militant");
}

const OPEN_FOR = new Set(["attack", "violence"]);

function placesAgree(a: Tally, b: Tally): boolean {
  if (a.places.size > 0 && b.places.size > 0) return equal(a.places, b.places);
  if (a.places.size === 0 && b.places.size === 0) return a.home.size === 0 || b.home.size === 0 || meet(a.home, b.home);
  const [open, placed] = a.places.size === 0 ? [a, b] : [b, a];
  return [...placed.places].every((place) => isAboutPlace(open, place));
}

/** Whether a sentence without a place is about this one: title or headings have it, or its passage has no other. */
export function isAboutPlace({ reported: { about }, home }: Tally, place: string): boolean {
  const words = tokens(place.replace(/^@/u, "").replace(/-/gu, " "));
  if (about.terms.has(place) || words.every(({ term }) => about.terms.has(term))) return true;
  return home.size === 1 && home.has(place);
}

const homes = new WeakMap<Reported["about"], ReadonlySet<string>>();

/** The places that are named in the headings over a sentence, or else anywhere in its passage. */
function homeOf({ hit, about }: Reported, glossary: Glossary): ReadonlySet<string> {
  const known = homes.get(about);
  if (known !== undefined) return known;
  const titled = namesOf(about, glossary, (kind) => kind === "place");
  const named = titled.length > 0 ? titled : reportedBy(hit, glossary).flatMap((each) => placesOf(each, glossary));
  const home = new Set(named.map(({ key }) => key));
  homes.set(about, home);
  return home;
}

function equal(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((each) => b.has(each));
}
