/** By what stored figures are compared, and the words that they share: settings, doers, people. */

import type { Token } from "../text/tokens.ts";
import { FATES, isDeed, PEOPLE, ROLES, terms } from "./count-words.ts";
import { clauseOf, type Named } from "./surroundings.ts";
import type { Tally } from "./tally.ts";
import { ROLE_WORDS } from "./tally-words.ts";

/** What is counted; `isOfDeeds` where it is something that happened. */
export interface Counting {
  readonly words: string;
  readonly key: string | null;
  readonly isOfDeeds: boolean;
  /** Whether the sentence says that they are the deeds of the groups that it names. */
  readonly isBySaid: boolean;
}

/** A group whose people or deeds a figure counts. */
export interface FigureActor extends Named {
  /** As it is called for short: "TTP". */
  readonly label: string;
}

export const kindOf = (tally: Tally): string[] => (tally.what ?? "").split("|");

/** Words beside a figure that narrow nothing. */
const IDLE_WORDS = terms(
  "least most together half second first last across present recent recently part sentence differ measure thing only same alone early late mid month year day week total half overall further just also",
);

/** The settings that part one count from another. */
const KNOWN_SETTINGS = new Set(["attack", "operation", "strike", "violence", "all"]);

/** By what a figure is compared: parts that are equal where the same is counted. */
export function keyOf(tally: Tally, what: string | null = tally.what, setting = settingOf(tally)): string | null {
  if (what === null) return null;
  const narrowed = tally.narrowed.split(" ").filter((term) => term !== "" && !IDLE_WORDS.has(term));
  return [what, tally.exactly, setting, narrowed.join(" ")].join("/");
}

/** What takes in other counts is none of them: "2,546 dead includes outlaws and security operations". */
const TAKES_IN =
  /\b(?:includ(?:es?|ing)|takes? in|covers?|comprises?)\b[^,;.]{0,60}\b(?:operations?|attacks?|strikes?)\b/iu;
const ONE_DEED = /\b(?:attack|bombing|raid|assault|ambush|blast|explosion|shooting|massacre)\b/iu;
const IN_ONE =
  /^(?!.*\b(?:following|after) (?:an?|the)\b).*\b(?:in|of|by|the) (?:an?|the|one|deadliest|worst)\s(?:\p{L}+\s){0,4}(?:attack|bombing|raid|assault|ambush|blast|explosion|shooting|massacre)\b/iu;
const DEEDS_DONE =
  /\b(?:attacks|bombings|raids|assaults|ambushes|blasts|explosions|shootings|strikes|operations|incidents)\b/iu;

export function settingOf({ setting, reported: { reading }, counted: { figure }, events, time }: Tally): string {
  const { start, end } = clauseOf(reading, figure);
  const clause = reading.slice(start, end);
  if (TAKES_IN.test(clause.slice(Math.max(0, figure.end - start)))) return "";
  const isOneDay = events.size > 0 || (time !== null && time.from === time.to);
  if (setting === "attack" && !isOneDay && ONE_DEED.test(clause) && !DEEDS_DONE.test(clause)) return "one attack";
  return KNOWN_SETTINGS.has(setting) ? setting : "";
}

/** "the militants killed in operations": what is said of those who came to harm. */
const SETTINGS: Readonly<Record<string, string>> = {
  attack: " in attacks",
  operation: " in operations",
  strike: " in strikes",
  violence: " in violence",
  "one attack": " in one attack",
};

/** How those who came to harm did: "in attacks by BLA"; nothing for what happened on one day. */
export function whereOf(
  tally: Tally,
  setting: string,
  actors: readonly FigureActor[],
): { words: string; isBySaid: boolean } {
  const { time, events, counted, reported } = tally;
  const by = byWhom(reported.reading, clauseOf(reported.reading, counted.figure), actors);
  const isOneDay = events.size > 0 || (time !== null && time.from === time.to);
  const where = isOneDay ? "" : (SETTINGS[setting] ?? "");
  // One attack among others: " in attacks" needs them to be said.
  const { start, end } = clauseOf(reported.reading, counted.figure);
  if (setting === "attack" || setting === "operation" || setting === "strike") {
    if (!DEEDS_DONE.test(reported.reading.slice(start, end))) return { words: "", isBySaid: by !== null };
  }
  if (setting === "one attack" && !IN_ONE.test(reported.reading.slice(start, end)))
    return { words: "", isBySaid: by !== null };
  if (by === null) return { words: where, isBySaid: false };
  if (where === " in attacks") return { words: ` in attacks by ${by}`, isBySaid: true };
  const isKilling = actors.some(({ start }) =>
    /\b(?:attributed to|killed by|caused by)\s(?:the\s)?$/iu.test(reported.reading.slice(0, start)),
  );
  return { words: isKilling ? `${where} by ${by}` : where, isBySaid: true };
}

/** Whether a word says what happened to people. */
export const isFate = ({ term }: Token) => FATES.some(([, members]) => members.has(term));
export const isPerson = (word: Token) =>
  PEOPLE.has(word.term) ||
  /^(?:attackers|assailants|bombers)$/iu.test(word.surface) ||
  ROLES.some(([, members]) => members.has(word.term) || word.parts.some((part) => members.has(part)));

export function peopleOf(roles: ReadonlySet<string>): string {
  const people = [...roles].map((role) => ROLE_WORDS[role] ?? role).join(" and ");
  return people === "" ? "people" : people;
}

/** The groups whose deeds a clause speaks of, where it says so: "attacks by BLA", "attributed to TTP". */
export function byWhom(
  reading: string,
  { start, end }: { readonly start: number; readonly end: number },
  actors: readonly FigureActor[],
): string | null {
  const own = actors.filter((actor) => actor.start >= start && actor.end <= end);
  if (own.length === 0 || own.length > 2) return null;
  const isBy = own.every((actor) => {
    const before = reading.slice(Math.max(0, actor.start - 60), actor.start);
    const after = reading.slice(actor.end, actor.end + 60);
    return (
      /\b(?:by|attributed[^.;]{0,40}?to|credits?[^.;]{0,40}?to|and|For|for)\s(?:the\s|\p{Lu}[\p{L}-]{0,30}\sgroups,\s(?:mainly|mostly|chiefly)\s(?:the\s)?)?$/u.test(
        before,
      ) ||
      /\bto (?:the )?$/u.test(before) ||
      /^\)?(?:\s\([^()]{1,20}\))?(?:-attributed|-linked)?\s(?:attacks?|assaults?|raids?|operations?|bombings?|carried out|conducted|launched|made|mounted|accounted|claimed|struck)\b/u.test(
        after,
      ) ||
      /^['’]s\s(?:\p{L}+\s){0,2}(?:attacks?|operations?|bombings?)\b/u.test(after)
    );
  });
  return isBy ? labelsOf(own) : null;
}

const labelsOf = (actors: readonly FigureActor[]): string =>
  [...new Set(actors.map(({ label }) => label))].join(" and ");

/** "operate" has the stem of a deed and is none. */
export const isDeedNoun = (word: Token): boolean =>
  isDeed(word) && /(?:attacks?|assaults?|operations?|strikes?|bombings?|incidents?)$/iu.test(word.surface);
