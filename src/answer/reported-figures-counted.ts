/** What a stored figure counts: in words for a person, and as a key by which figures are compared. */

import type { Span } from "../domain/passage.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { MONTHS } from "../text/words.ts";
import { PEOPLE } from "./count-words.ts";
import { moneyOf, shareOf } from "./reported-figures-amounts.ts";
import { harmOf, rolesIn } from "./reported-figures-harm.ts";
import {
  byWhom,
  type Counting,
  type FigureActor,
  isDeedNoun,
  isPerson,
  keyOf,
  kindOf,
  peopleOf,
  settingOf,
  whereOf,
} from "./reported-figures-key.ts";
import { clauseOf, type Named } from "./surroundings.ts";
import type { Tally } from "./tally.ts";
import { FATE_WORDS } from "./tally-words.ts";

/** Things of the field that are counted without anything happening to them, by the whole of their phrase. */
const THINGS =
  /(?:\b(?:sanctioned|listed|designated|proscribed)\s(?:officials|individuals|entities|groups|organi[sz]ations)|\b(?:armed|terrorist|terror|militant|extremist|insurgent|separatist|banned|proscribed|jihadist|listed)\s(?:groups|organi[sz]ations|outfits|factions|networks|cells)|\b(?:training|militant|terrorist|terror|insurgent)\s(?:camps|sites|bases|hideouts|centers|centres)|\b(?:refugees|returnees|checkpoints|checkposts|convictions|executions|detainees|prisoners|inmates|volunteers|recruits|suicide bombers|clashes|kidnappings|abductions))$/iu;
/** In front of these words "terrorist" is no person. */
const OF_GROUPS =
  /^\s(groups|organi[sz]ations|outfits|factions|cells|networks|leaders|commanders|camps|sites|bases|training camps|training sites)\b/iu;
/** What is counted is no measurement of the field. */
const IDLE = /\b(?:among the|all|both|these|those|the (?:same|other|first|last)|all the|of the)\s(?:\p{Ll}+\s)?$/iu;
const AGED = /\baged?\b[^.;]{0,24}$/iu;
/** "The first month above 100": a threshold, and no count. */
const THRESHOLD = /\b(?:first|only|last|every|any)\s(?:day|week|month|quarter|year|time)\s(?:\p{L}+\s){0,3}$/iu;
/** "News 24", "Channel 92". */
const IN_NAME = /\p{Lu}[\p{L}\p{N}]*\s$/u;
const STRENGTH = /\b(?:strength|put|puts|estimate[sd]?|numbered|numbers|has|have|had|grow|grew|figures? of|at)\b/iu;
/** "incidents of press freedom violations": of what they are. */
const OF_WHAT =
  /^\sof\s\p{Ll}[\p{L}-]*(?:\s(?!(?:in|on|at|by|from|during|since|between|across|for|against)\b)\p{Ll}[\p{L}-]*){0,3}/u;
const PART_WORD = /^(?:several|few|many|some|couple)$/iu;

/** What a figure counts; null where that is not sure, or is nothing of the field. */
export function countingOf(tally: Tally, actors: readonly FigureActor[]): Counting | null {
  const { counted, reported } = tally;
  const { figure } = counted;
  const { reading } = reported;
  const before = reading.slice(Math.max(0, figure.start - 60), figure.start);
  if (AGED.test(before) || THRESHOLD.test(before) || isANumber(reading, figure)) return null;
  if (/^(?:hundred|thousand|million|billion|lakh|crore|dozen)$/iu.test(figure.written)) return null;
  if (PART_WORD.test(/(\p{L}+)\s$/u.exec(before)?.[1] ?? "") && figure.bound === "exact") return null;
  if (figure.unit === "%") return counted.direction === null ? shareOf(tally, actors) : changeOf(tally, actors);
  if (figure.unit !== "") return moneyOf(tally);
  if (counted.named === null && IN_NAME.test(before) && !isAfterName(tally)) return null;
  if (counted.fate !== null) return harmOf(tally, actors);
  return thingsOf(tally, actors, before);
}

/** "between February 3 and 21". */
const DATE_BEFORE = new RegExp(`\\b(?:${MONTHS.join("|")})\\s\\d{1,2}\\s?(?:and|to|-|–)\\s?$`, "iu");

/** "(1)", "note 2:", "three-day", and a number at the head of a title. */
function isANumber(reading: string, { start, end }: Span): boolean {
  const [before, after] = [reading.slice(0, start), reading.slice(end)];
  if (end - start < 3 && /\($/u.test(before) && /^\)/u.test(after)) return true;
  if (
    /^-\p{L}/u.test(after) ||
    /^:\s/u.test(after) ||
    /\b(?:notes?|ports?)\s(?:\d+,?\s)*(?:and\s|or\s)?$/iu.test(before)
  )
    return true;
  if (DATE_BEFORE.test(before)) return true;
  // "7 New attacks on systems": the number of an entry.
  return before.trim() === "" && /^\d{1,3}$/u.test(reading.slice(start, end)) && /^\.?\s\p{Lu}/u.test(after);
}

/** "CRSS 909": the counter's name, which the glossary has, before its figure. */
function isAfterName({ counted: { figure }, reported: { view } }: Tally): boolean {
  return view.names.some(({ end }) => end <= figure.start && figure.start - end <= 1);
}

/** "Deaths caused by these four rose": of whom is said elsewhere. */
const POINTS = /\bby (?:these|those|them|it|they)\b/iu;

function changeOf(tally: Tally, actors: readonly FigureActor[]): Counting | null {
  const { counted, reported } = tally;
  const { figure, fate, things, direction, named } = counted;
  const { reading } = reported;
  const way = direction === "up" ? "rise" : "fall";
  const clause = clauseOf(reading, figure);
  if (POINTS.test(reading.slice(clause.start, figure.start))) return null;
  if (fate !== null) {
    if (FATE_WORDS[fate] === undefined) return null;
    const setting = settingOf(tally);
    const { words, isBySaid } = whereOf(tally, setting, actors);
    return {
      words: `${way} in ${peopleOf(rolesIn(tally))} ${FATE_WORDS[fate]}${words}`,
      key: keyOf(tally, tally.what, setting),
      isOfDeeds: true,
      isBySaid,
    };
  }
  const deed = tokens(reading).find((word) => things.has(word.term) && isDeedNoun(word));
  if (deed === undefined) {
    // "a rise of 20% in extortion cases": a thing that only the sentence names.
    const thing = named === null ? null : reading.slice(named.start, named.end);
    const isPlain = thing !== null && /^\p{Ll}[\p{L}\s-]{2,40}$/u.test(thing) && THINGS.test(thing);
    if (!isPlain || tally.what === null) return null;
    return { words: `${way} in ${thing}`, key: keyOf(tally), isOfDeeds: true, isBySaid: false };
  }
  const by = byWhom(reading, clause, actors);
  const plural = pluralOf(deed.surface.toLowerCase());
  const text = `${way} in ${kindBefore(reading, deed)}${plural}`;
  return { ...done(text, by), key: keyOf(tally) };
}

const done = (text: string, by: string | null) => ({
  words: by === null ? text : `${text} by ${by}`,
  isOfDeeds: true,
  isBySaid: by !== null,
});

const pluralOf = (word: string): string => (/s$/u.test(word) ? word : `${word}s`);

/** "suicide" of "suicide attacks": the word that says which. */
function kindBefore(reading: string, deed: Token): string {
  const kind = /\b(suicide|cross-border|drone|sectarian|air|rocket|arson|cyber)["”]?\s$/iu.exec(
    reading.slice(0, deed.start),
  )?.[1];
  return kind === undefined ? "" : `${kind.toLowerCase()} `;
}

function thingsOf(tally: Tally, actors: readonly FigureActor[], before: string): Counting | null {
  const { counted, reported } = tally;
  const { figure, named, things } = counted;
  const { reading } = reported;
  const clause = clauseOf(reading, figure);
  const phrase = named === null ? "" : reading.slice(named.start, named.end);
  const words = tokens(phrase);
  const isMilitant = (kindOf(tally)[2] ?? "").split(" ").includes("militant");
  // "over two dozen terrorist groups": groups are counted, and not terrorists.
  const lastPerson = words.findLastIndex(isPerson);
  const person = words[lastPerson];
  const ofGroups =
    person === undefined || named === null ? null : OF_GROUPS.exec(reading.slice(named.start + person.end));
  const isSmallDefinite = figure.bound === "exact" && figure.high <= 12 && IDLE.test(before);
  if (isSmallDefinite) return null;
  const deed = words.findLast(isDeedNoun);
  if (deed !== undefined && tally.what !== null && !/\sof\s/u.test(phrase.slice(0, deed.start))) {
    const own = wordsUpTo(phrase, deed);
    const what = /incidents?$/iu.test(own)
      ? OF_WHAT.exec(reading.slice((named?.start ?? 0) + deed.end))?.[0]
      : undefined;
    return { ...done(`${own}${what ?? ""}`, byWhom(reading, clause, actors)), key: keyOf(tally) };
  }
  if (named === null && things.size > 0 && tally.what !== null) return bareDeed(tally, actors);
  const isStrength = isMilitant && ofGroups === null && actors.length === 1;
  const [actor] = actors;
  if (isStrength && actor !== undefined && actor.start >= clause.start - 200) {
    if (named === null) {
      if (!STRENGTH.test(reading.slice(clause.start, clause.end)) || !isNearActor(reading, figure.start, actor))
        return null;
      return ofGroup(`strength of ${actor.label}`);
    }
    if (person === undefined || PEOPLE.has(person.term) || !/(?:s|men|women|people)$/iu.test(person.surface))
      return peopleOfGroup();
    if (/^(?:council|family|parliament)$/iu.test(words[lastPerson - 1]?.surface ?? "")) return null;
    const noun = /^(?:strength|manpower)$/iu.test(person.surface) ? null : person.surface.toLowerCase();
    return noun === null ? null : ofGroup(`${actor.label} ${noun}`);
  }
  if (actors.length === 1 && person !== undefined && PEOPLE.has(person.term)) return peopleOfGroup();
  return fieldThing(tally, actors, ofGroups === null || person === undefined ? null : person.end + ofGroups[0].length);

  /** "4,000 to 6,000 people including family members" is no count of fighters. */
  function peopleOfGroup(): Counting | null {
    const people = words.findLast(({ term }) => PEOPLE.has(term));
    if (people === undefined || named === null || actor === undefined) return null;
    const including = /^\s(including\s\p{L}+(?:\smembers)?)/u.exec(reading.slice(named.start + people.end))?.[1];
    if (including === undefined || !STRENGTH.test(reading.slice(clause.start, clause.end))) return null;
    return { ...ofGroup(`${actor.label} people ${including}`), key: "||militant|family|///" };
  }
}

const ofGroup = (words: string): Counting => ({ words, key: "||militant||///", isOfDeeds: false, isBySaid: false });

/** Something of the field under its own noun: "sanctioned officials", "training sites", "armed groups". */
function fieldThing(tally: Tally, actors: readonly FigureActor[], groupsEnd: number | null): Counting | null {
  const { counted, reported } = tally;
  const { named } = counted;
  const { reading } = reported;
  if (named === null) return null;
  const phrase = reading.slice(named.start, named.start + (groupsEnd ?? named.end - named.start));
  const words = tokens(phrase);
  const at = words.findLastIndex(({ end }) => THINGS.test(phrase.slice(0, end)));
  const head = words[at];
  if (head === undefined || words.slice(0, at).some(({ stop }) => stop)) return null;
  // Volunteers and recruits are those of a group.
  if (/^(?:volunteers|recruits|bombers)$/iu.test(head.surface) && actors.length !== 1) return null;
  const [group] = actors;
  const isOfGroup = group !== undefined && /^(?:volunteers|recruits)$/iu.test(head.surface);
  const full = reading.slice(counted.figure.end, named.start + head.end);
  // "600 Central Asian volunteers": what is written large in front of the noun says whom.
  const own = /^\s(?:\p{Lu}\p{L}+\s){1,2}\p{Ll}+$/u.test(full) ? full.trim() : phrase.slice(0, head.end);
  const text = isOfGroup ? `${own} (${group.label})` : phrase.slice(0, head.end);
  if (text.length > 50) return null;
  const sorted = words
    .slice(0, at + 1)
    .map(({ term }) => term)
    .sort()
    .join(" ");
  return { words: text, key: keyOf(tally, `|||${sorted}|`, ""), isOfDeeds: false, isBySaid: false };
}

/** A figure without words of its own, of the deeds that its sentence speaks of: "suicide attacks fell from 29 to 17". */
function bareDeed(tally: Tally, actors: readonly FigureActor[]): Counting | null {
  const { counted, reported } = tally;
  const { figure, things } = counted;
  const { reading } = reported;
  const clause = clauseOf(reading, figure);
  const number =
    /\bnumber of ((?:\p{L}[\p{L}-]*\s){1,7}?)(?=(?:went|rose|fell|grew|increased|decreased|dropped|was|is|stood|reached|came|climbed)\b)/iu.exec(
      reading.slice(0, figure.start),
    )?.[1];
  if (number !== undefined) return { ...done(number.trim(), null), key: keyOf(tally) };
  const deed = tokens(reading.slice(0, figure.start)).findLast((word) => things.has(word.term) && isDeedNoun(word));
  if (deed === undefined) return null;
  const by = byWhom(reading, { start: 0, end: clause.end }, actors);
  const text = `${kindBefore(reading, deed)}${pluralOf(deed.surface.toLowerCase())}`;
  return { ...done(text, by), key: keyOf(tally) };
}

/** Whether a group stands close enough before a bare figure that it is the group's: "put ISIL-K at 2,000". */
function isNearActor(reading: string, figure: number, actor: Named): boolean {
  const between = actor.end <= figure ? reading.slice(actor.end, figure) : reading.slice(figure, actor.start);
  return between.length <= 60 && !/[;]/u.test(between);
}

/** The words of a phrase up to one of them, without names: "militant attacks". */
function wordsUpTo(phrase: string, last: Token): string {
  const own = tokens(phrase).filter((word) => word.start <= last.start && !/\p{Lu}/u.test(word.surface));
  const [first] = own;
  if (first === undefined) return pluralOf(last.surface.toLowerCase());
  return phrase.slice(first.start, last.end).replace(/\s+/gu, " ");
}
