/** Where a stored figure was counted and of whose deeds: only what its sentence says for sure. */

import type { Span } from "../domain/passage.ts";
import type { Glossary, GlossaryEntry } from "../text/glossary.ts";
import { MONTHS } from "../text/words.ts";
import type { Figure } from "./figures.ts";
import type { FigureActor } from "./reported-figures-key.ts";
import { type Named, namesOf, ofFigure, placesOf, stretchOf } from "./surroundings.ts";
import type { Tally } from "./tally.ts";
import type { Reported } from "./told.ts";

/** A place of a figure, with the terms that the glossary has for it. */
export interface FigurePlace extends Span {
  readonly terms: readonly string[];
}

const MONTH_NAMES = new Set(MONTHS);
/** Names of papers and bodies, which stand after "in" like places. */
const NO_PLACE =
  /['’]s?$|\b(?:News|Observer|Times|Post|Online|Tribune|Daily|Herald|Express|TV|Television|Today|Press|Journal|Chronicles?|Independent|Dawn|Nation|Gazette|Telegraph|Mail|Guardian|Monitor|Review|Standard|Index|Survey|Council|Team|Committee|Act|Order|Resolution|Report|Annex|Table|Figure|Security|Islam|Arabic|English|Urdu|Ramadan|Wikipedia|Spring|Summer|Autumn|Winter)\b/u;
/** What stands behind a place that only describes something: "the Afghan authorities", "the Human Online article". */
const DESCRIBES =
  /^\s(?!(?:and|or|in|on|at|by|from|with|for|during|since|to|as|of|were|was|is|are|had|has|have|saw|suffered|recorded|witnessed|experienced|accounted|made|while|where|which|that|between|after|before|alone|proper|province|provinces|district|districts|region|regions|city|area|areas|valley|division|agency|tehsil|killed|left|said|over|than|against|but|according|put|rose|fell|last|this|also|would|will|could|topped|led|remained|bore|came|both|itself|ranked|hold|holds)\b)\p{Ll}/u;
/** "near the Narva house of the minister", "at the Narva railway station". */
const SITE =
  /^\s(?:(?:railway|train|bus|police|naval|air)\s)?(?:house|home|airport|station|stop|market|bazaar|mosque|church|shrine|base|court|hospital|hotel|university|school|port|prison|jail)\b/u;
const AT_SITE = /\b(?:at|near|outside|inside|in)\s(?:the|an?)\s$/iu;
const HEAD_HAS =
  /^(?:\s\([^()]{1,20}\))?(?:,[^,]{1,80},)?\s(?:(?:and|or)\s\p{Lu}|had|has|saw|suffered|recorded|witnessed|experienced|accounted|made up|bore|remained|topped|led|was|were|hold|holds)/u;
/** Where those came from who did it, or what it is measured from. */
const FROM = /\bfrom\s(?:the\s)?$/iu;
const ASIDE = /\b(?:including|of whom|said|says|that|told|while|who|whom|which|where|whereas)\b/iu;
const PROVINCES =
  /\b(?:provinces?|districts?|cit(?:y|ies)|towns?|villages?|communes?|areas?|divisions?|regions?|tehsils?)\sof\s(?=\p{Lu})/gu;
const PROPER = "\\p{Lu}[\\p{L}'’-]*(?:\\s\\p{Lu}[\\p{L}'’-]*){0,2}";
const MORE_PLACES = new RegExp(
  `^((?:,\\s${PROPER})*),?\\sand\\s(${PROPER})(?=[,.;:)]|\\s(?:in|on|by|during|from|for|with|at|was|were|had|saw)\\b|$)`,
  "u",
);
const PART_BEFORE = /\b((?:\p{Ll}[\p{L}-]*\s+){1,3}of\s+(?:the\s+)?)$/u;
const PART_WORDS =
  /\b(?:districts?|parts?|south|north|east|west|centre|center|rural|urban|settled|tribal|border|rest)\b/iu;

/** A place that no glossary has is the subject of its sentence only right in front of the figure. */
const HAD = /^\s(?:had|saw|suffered|recorded|witnessed|experienced)\s(?:\p{L}+\s){0,3}$/u;

/** The places of a figure. */
export function placesOfFigure(tally: Tally, figures: readonly Figure[], glossary: Glossary): readonly FigurePlace[] {
  const { reported, counted } = tally;
  const { reading } = reported;
  const { figure } = counted;
  // Money is paid to somebody, not somewhere.
  if (figure.unit !== "" && figure.unit !== "%") return [];
  const isHad = ({ start, end, key }: Named) =>
    start > 4 || key.includes("@") || HAD.test(reading.slice(end, figure.start));
  const known = [...placesOf(reported, glossary), ...listedUnder(reported, glossary)].filter(
    (place) => isPlace(place, reported) && isHad(place),
  );
  const all = known
    .filter((place, index) => known.findIndex(({ start }) => start === place.start) === index)
    .sort((a, b) => a.start - b.start);
  // "23% of the population of Pakistan": a share is that of its subject, and not of the whole.
  const isShare = figure.unit === "%" && counted.direction === null;
  const usable = isShare
    ? all.filter(({ start }) => !/\sof\s(?:the\s)?$/u.test(reading.slice(0, start)) || start < figure.start)
    : all;
  const own = ofFigure(usable, reading, figure, figures);
  const stretch = stretchOf(reading, figure, figures);
  const near = own.filter(({ start }) => start <= stretch.end || !ASIDE.test(reading.slice(figure.end, start)));
  return near
    .flatMap((place) => [...listedBefore(place, reported, glossary), place, ...listedAfter(place, reported, glossary)])
    .filter((place, index, list) => list.findIndex(({ start }) => start === place.start) === index)
    .map((place) => widened(place, reported, glossary));
}

function isPlace({ start, end, surface, key }: Named, { reading, view }: Reported): boolean {
  const before = reading.slice(Math.max(0, start - 40), start);
  const after = reading.slice(end);
  if (FROM.test(before)) return false;
  const isKnown = key.includes("@");
  if (!isKnown && (NO_PLACE.test(surface) || MONTH_NAMES.has((surface.split(" ")[0] ?? "").toLowerCase())))
    return false;
  // "The Narva Times", and not "in Narva HI counted".
  const isFollowed = view.names.some((name) => name.start === end + 1);
  const rest = after.replace(/^\s(?:Province|District|Valley|Agency|City|Division)\b/u, "");
  if (/^['’]/u.test(after) || (!isFollowed && /^\s\p{Lu}/u.test(rest))) return false;
  // "the Human Online article", "in Pakistani jails", and not "in Pakistan grew".
  const isAttributive = /\b(?:the|an?|its|this)\s$/iu.test(before) || /(?:[^aeiou]i|ese|ish|Afghan)$/u.test(surface);
  const isSite = SITE.test(after) && AT_SITE.test(before);
  if (isAttributive && DESCRIBES.test(after) && !isSite) return false;
  // "the Human Rights Commission of Pakistan"
  if (/\p{Lu}\p{L}+\s(?:\([^()]{1,12}\)\s)?of\s(?:the\s)?$/u.test(before)) return false;
  if (/^\s(?:provinces?|districts?|cities|towns)\sof\s\p{Lu}/u.test(after)) return false;
  const isHead = /^(?:The\s|the\s)?$/u.test(reading.slice(0, start));
  return !isHead || HEAD_HAS.test(after);
}

/** "in the provinces of Farah, Herat and Nimroz". */
function listedUnder({ reading, view }: Reported, glossary: Glossary): Named[] {
  return Array.from(reading.matchAll(PROVINCES), ({ index, 0: found }) => index + found.length).flatMap(
    (start): Named[] => {
      const name = view.names.find((each) => each.start === start);
      const surface = name?.surface ?? new RegExp(`^${PROPER}`, "u").exec(reading.slice(start))?.[0];
      if (surface === undefined) return [];
      const key =
        name === undefined ? surface.toLowerCase() : name.entries.map((entry) => glossary.term(entry)).join(" ");
      return [{ start, end: start + surface.length, surface, key }];
    },
  );
}

/** The places that stand in one list before this one: "KP and Balochistan". */
function listedBefore(place: Named, { reading, view }: Reported, glossary: Glossary): Named[] {
  const before = view.names.findLast(({ end }) => end <= place.start);
  const isPlaceName = before?.entries.some(({ kind }) => kind === "place") === true;
  if (before === undefined || !isPlaceName) return [];
  if (!/^(?:\s?\([^()]{1,20}\)|\))?(?:,|,?\sand)\s(?:the\s)?$/u.test(reading.slice(before.end, place.start))) return [];
  const { start, end, surface, entries } = before;
  const one = { start, end, surface, key: entries.map((entry) => glossary.term(entry)).join(" ") };
  return [...listedBefore(one, { reading, view } as Reported, glossary), one];
}

/** The other places of a list that begins with this one. */
function listedAfter(place: Named, { reading, view }: Reported, glossary: Glossary): Named[] {
  const list = MORE_PLACES.exec(reading.slice(place.end));
  if (list === null) return [];
  return Array.from(list[0].matchAll(new RegExp(PROPER, "gu")), ({ index, 0: surface }): Named | null => {
    const start = place.end + index;
    const name = view.names.find((each) => each.start <= start && start < each.end);
    const isPlaceName = name === undefined || name.entries.some(({ kind }) => kind === "place");
    const key =
      name === undefined ? surface.toLowerCase() : name.entries.map((entry) => glossary.term(entry)).join(" ");
    return isPlaceName && !NO_PLACE.test(surface) ? { start, end: start + surface.length, surface, key } : null;
  }).filter((each) => each !== null);
}

/** With the words that make it a part of a place: "settled districts of KP". */
function widened({ start, end }: Named, { reading, view }: Reported, glossary: Glossary): FigurePlace {
  const part = PART_BEFORE.exec(reading.slice(Math.max(0, start - 50), start))?.[1];
  const isPart = part !== undefined && PART_WORDS.test(part);
  const words = isPart ? part.replace(/^(?:(?:in|the|of|for|at|across|within)\s+)+/iu, "") : "";
  const terms = view.names
    .filter((name) => name.start < end && start < name.end)
    .flatMap(({ entries }) => entries.filter(({ kind }) => kind === "place").map((entry) => glossary.term(entry)));
  return { start: start - words.length, end, terms: [...new Set(terms)] };
}

/** The groups that a figure is of, or whose deeds it counts: those of its sentence, or of the one that it points back to. */
export function actorsOfFigure(tally: Tally, figures: readonly Figure[], glossary: Glossary): readonly FigureActor[] {
  const { reported, counted } = tally;
  const isGroup = (kind: string) => kind === "armed-group";
  const named = (view: Reported["view"]) => namesOf({ ...view, names: view.names.filter(isWhole) }, glossary, isGroup);
  const here = named(reported.view);
  const own = withTheirList(ofFigure(here, reported.reading, counted.figure, figures), here, reported.reading);
  const before = here.length === 0 && reported.before !== null ? named(reported.before.view) : [];
  const one = new Set(before.map(({ key }) => key)).size === 1 ? before.slice(0, 1) : [];
  const found = own.length > 0 ? own : one.map((each) => ({ ...each, start: 0, end: 0 }));
  const view = own.length > 0 ? reported.view : reported.before?.view;
  const byTerm = new Map<string, FigureActor>();
  for (const each of found) {
    const entry = view?.names
      .filter(({ surface }) => surface === each.surface)
      .flatMap(({ entries }) => entries.filter(({ kind }) => kind === "armed-group"))[0];
    if (entry === undefined) continue;
    const term = glossary.term(entry);
    if (!byTerm.has(term)) byTerm.set(term, { ...each, key: term, label: labelOf(entry) });
  }
  return [...byTerm.values()];
}

/** "The BLA and its Majeed Brigade", "the Army (BLA) and the Front (BLF)": with those that stand in one list with them. */
function withTheirList(own: readonly Named[], all: readonly Named[], reading: string): readonly Named[] {
  const list = [...own];
  for (const each of [...all].reverse()) {
    const next = list[0];
    if (next === undefined || each.end > next.start) continue;
    if (!/^[\s()]*(?:,\s|,?\s?and\s|or\s)?(?:the\s|its\s|also\s)*\(?$/u.test(reading.slice(each.end, next.start)))
      break;
    list.unshift(each);
  }
  return list;
}

const isWhole = ({ surface }: { readonly surface: string }): boolean => surface !== "";

/** As a group is called for short: its first acronym, else its name. */
function labelOf({ name, aliases }: GlossaryEntry): string {
  return [name, ...aliases].find((alias) => /^\p{Lu}[\p{Lu}-]{1,7}$/u.test(alias)) ?? name;
}
