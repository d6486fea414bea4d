/** Those who came to harm: who they are and what happened to them, only where the sentence says so plainly. */

import { tokens } from "../text/tokens.ts";
import { NEUTRAL, rolesOf } from "./count-words.ts";
import {
  type Counting,
  type FigureActor,
  isFate,
  isPerson,
  keyOf,
  kindOf,
  peopleOf,
  settingOf,
  whereOf,
} from "./reported-figures-key.ts";
import { clauseOf } from "./surroundings.ts";
import type { Tally } from "./tally.ts";
import { FATE_WORDS } from "./tally-words.ts";

const DEATH = /\b(?:dead|deaths?|killed|killing|kills?|tolls?|executed|slain|died)\b/iu;

export function harmOf(tally: Tally, actors: readonly FigureActor[]): Counting | null {
  const { counted, reported } = tally;
  const { fate, named } = counted;
  if (fate === null || tally.what === null) return null;
  const happened = fate === "captivity" ? captivityOf(tally) : fate;
  if (happened === null || FATE_WORDS[happened] === undefined) return null;
  const phrase = named === null ? "" : reported.reading.slice(named.start, named.end);
  const roles = rolesIn(tally);
  const isOfHostages = fate === "captivity";
  const people = isOfHostages ? hostagesIn(phrase) : peopleIn(phrase, roles);
  const setting = settingOf(tally);
  const { words, isBySaid } = whereOf(tally, setting, actors);
  const own = tokens(people ?? "")
    .filter(
      (word) => !word.stop && !isFate(word) && !isPerson(word) && !NEUTRAL.has(word.term) && word.term !== "member",
    )
    .map(({ term }) => term)
    .sort();
  const [unit = ""] = kindOf(tally);
  const kind = isOfHostages && happened === "death" ? "hostag" : "";
  return {
    words: `${people ?? peopleOf(roles)} ${FATE_WORDS[happened]}${words}`,
    key: keyOf(
      tally,
      [unit, happened, [...roles].sort().join(" "), [...own, kind].join(" ").trim(), ""].join("|"),
      setting,
    ),
    isOfDeeds: true,
    isBySaid,
  };
}

/** Who is counted: also as is said behind the figure ("358 dead among security personnel"). */
export function rolesIn(tally: Tally): ReadonlySet<string> {
  const { roles } = tally.counted;
  return roles.size > 0 ? roles : new Set((kindOf(tally)[2] ?? "").split(" ").filter((role) => role !== ""));
}

function hostagesIn(phrase: string): string | null {
  const found = /^((?:\p{Ll}[\p{L}-]*\s){0,2}(?:hostages|captives|prisoners))\b/u.exec(phrase)?.[1];
  return found ?? null;
}

/** What happened to hostages: what is said of them, and not that they were some; null where it is left open. */
function captivityOf({ counted: { figure, named, roles }, reported: { reading } }: Tally): string | null {
  const end = named?.end ?? figure.end;
  if (roles.has("militant") || roles.has("attacker")) return null;
  if (
    /\b(?:kill|kills|killed|killing|executed|executing)\s(?:all\s)?(?:the\s|of the\s)?$/iu.test(
      reading.slice(0, figure.start),
    )
  )
    return "death";
  const own = /\b(?:taken|held|seized|captured)$/iu.exec(reading.slice(figure.end, end))?.[0];
  const after = own ?? /^\s(?:were |was |had been |have been )?(\p{L}+)/u.exec(reading.slice(end))?.[1] ?? "";
  if (/^(?:killed|dead|executed)$/iu.test(after)) return "death";
  if (/^(?:taken|held|seized|captured)$/iu.test(after)) return "captivity";
  const clause = clauseOf(reading, figure);
  const phrase = reading.slice(figure.start, end);
  const isDone = /\b(?:abducted|kidnapped|abductions?|kidnappings?)\b/iu.test(phrase);
  return isDone && !DEATH.test(reading.slice(clause.start, clause.end)) ? "captivity" : null;
}

/** The people of a counted phrase in its own words: "officers and soldiers"; null where they are not all of them. */
function peopleIn(phrase: string, roles: ReadonlySet<string>): string | null {
  const words = tokens(phrase).filter(
    ({ surface }) => !/^(?:them|those|these|such|suspected|alleged)$/iu.test(surface),
  );
  const first = words.findIndex((word) => !isFate(word));
  const last = words.findLastIndex((word) => isPerson(word));
  const [from, to] = [words[first], words[last]];
  if (from === undefined || to === undefined || last < first) return null;
  const chosen = words.slice(first, last + 1);
  if (chosen.some(isFate) || rolesOf(chosen).size < roles.size) return null;
  const text = phrase.slice(from.start, to.end);
  if (text.length > 50) return null;
  // "4 Frontier Corps (FC) men": the noun stands behind the brackets.
  return /^\p{Lu}/u.test(to.surface) ? `${text} personnel` : text;
}
