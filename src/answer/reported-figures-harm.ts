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
  const plain = plainlyOf(tally);
  if (fate === null || tally.what === null || plain === null) return null;
  const happened = plain === "captivity" ? captivityOf(tally) : plain;
  if (happened === null || FATE_WORDS[happened] === undefined) return null;
  const phrase = named === null ? "" : reported.reading.slice(named.start, named.end);
  const roles = rolesIn(tally);
  const isOfHostages = /\b(?:hostages|captives)\b/iu.test(phrase);
  const people = isOfHostages ? hostagesIn(phrase) : (harmedOf(tally) ?? peopleIn(phrase, roles));
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
  const what = [unit, happened, [...roles].sort().join(" "), [...own, kind].join(" ").trim(), ""].join("|");
  // "TTP deaths": of its people or by its hand.
  const isEither = actors.some(({ end }) =>
    /^\)?\s(?:deaths|fatalities|casualties)\b/u.test(reported.reading.slice(end)),
  );
  return {
    words: `${people ?? peopleOf(roles)} ${FATE_WORDS[happened]}${words}`,
    key: isEither ? null : keyOf(tally, what, setting),
    isOfDeeds: true,
    isBySaid,
  };
}

/** "1,234 arrests and detentions of refugees". */
const HARMED =
  /^\s(?:reported\s)?(?:arrests|detentions|deaths|killings|abductions|kidnappings)(?:\sand\s(?:arrests|detentions|injuries))?\sof\s((?:\p{Ll}[\p{L}-]*\s){0,3}?(?:refugees|migrants|journalists|activists|lawyers|students|teachers|peacekeepers|civilians|soldiers|policemen|personnel|workers|women|men|children))\b/u;

function harmedOf({ counted: { figure }, reported: { reading } }: Tally): string | null {
  return HARMED.exec(reading.slice(figure.end))?.[1] ?? null;
}

const MILITANT = /\b(?:militants?|terrorists?|insurgents?|fighters?|rebels|gunmen|combatants|outlaws)\b/iu;

/** What happened to them, by the verb in front of a figure. */
const VERBS: readonly (readonly [string, RegExp])[] = [
  ["death", /\b(?:kills?|killed|killing|murder(?:ed|ing)|execut(?:ed|ing)|martyred|slaughter(?:ed|ing)|shot dead)$/iu],
  ["injury", /\b(?:wound(?:s|ed|ing)?|injur(?:es|ed|ing))$/iu],
  ["arrest", /\b(?:arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|apprehend(?:ed|ing))$/iu],
  ["captivity", /\b(?:abduct(?:s|ed|ing)?|kidnap(?:s|ped|ping)?)$/iu],
  ["flight", /\b(?:displac(?:ed|es|ing))$/iu],
];
const BOUND_WORDS =
  /(?:\s|\b(?:at least|at most|up to|more than|no fewer than|over|about|around|some|nearly|almost|approximately|roughly|an estimated|another|all|the|a further|another)\b)+$/iu;
/** "Arrested or killed 61": it is not told how many of which. */
const EITHER = /\b\p{L}+(?:ed|ing) or \p{L}+(?:ed|ing)$/iu;
const NO_PEOPLE =
  /^\s(?:hours?|days?|weeks?|months?|years?|minutes?|feet|foot|miles?|km|kilometers?|kilometres?|working days|instances?|counts?|charges?|reports?|acts?|incidents?|types?|forms?|episodes?|rounds?|times?|police encounters|encounters?|bullet|gunshot|live births?|others?)\b/iu;
const OF_LAW =
  /\bdeath (?:sentences?|penalt(?:y|ies)|threats?|row|squads?|certificates?|warrants?)\b|\bsentenced to death\b/iu;
/** Those who count, and what they do: their figures may stand without words. */
const COUNTING =
  /\b(?:counted|counts|recorded|records|registered|logged|tallied|put|puts|gave|gives|give|identified|classed|named|prints?|printed|relayed|documented|said|reported|spoke|made up|namely|that is|consisting|tolls?|deaths|dead|casualties|fatalities|injured|figures?|number|numbered|total|counting|killed|killings?|arrests)\b/iu;
const LINK =
  /(?:^|\s|\()(?:at|was|were|is|stood at|of|to|from|in|by|and|with|gave|gives|give|counted|recorded|put|prints?|classed|identified|named|spoke of|numbered|reached|behind|:|,|than|namely|including|over|only|as|that)$/iu;

/** What happened to those whom a figure counts, where the sentence says it in a plain way; null otherwise. */
function plainlyOf(tally: Tally): string | null {
  const { counted, reported } = tally;
  const { reading, view } = reported;
  const { figure, named, fate } = counted;
  const after = reading.slice(figure.end, figure.end + 40);
  if (NO_PEOPLE.test(after) || /^-\p{L}/u.test(after) || /^[^,;.]{0,30}\sper\s/iu.test(after)) return null;
  const head = reading.slice(0, figure.start).replace(BOUND_WORDS, "");
  if (EITHER.test(head) || /\b(?:per|aged?|all but)$/iu.test(head) || OF_LAW.test(reading)) return null;
  const verb = VERBS.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
  const phrase = named === null ? "" : reading.slice(named.start, named.end);
  const words = tokens(phrase);
  const at = words.findIndex((word) => isFate(word));
  if (verb !== null) return words.slice(0, Math.max(0, at)).length === 0 && at === 0 ? null : verb;
  // "19 injuries inflicted on him", "five bullet wounds".
  if (at >= 0 && /^(?:injur(?:y|ies)|wounds?)$/iu.test(words[at]?.surface ?? ""))
    return /\bdeaths?\b/iu.test(reading) && at === 0 ? fate : null;
  // "three killing cases"
  const next = words[at + 1];
  if (
    at >= 0 &&
    next !== undefined &&
    !isPerson(next) &&
    /s$/u.test(next.surface) &&
    next.start - (words[at]?.end ?? 0) === 1
  )
    return null;
  // "Five persons abducted a woman": they did it.
  const behind = reading.slice((named?.start ?? 0) + (words[at]?.end ?? 0));
  const isActive =
    at > 0 &&
    /^\s(?:and\s\S+\s)?(?:an?|the|his|her|their|two|three|\d+)\s/u.test(behind) &&
    /ed$/u.test(words[at]?.surface ?? "");
  if (isActive) return null;
  if (at >= 0) return fate;
  const rest = reading.slice(named?.end ?? figure.end);
  const done =
    /^\s(?:\([^()]{1,60}\)\s)?(?:were|was|had been|have been|has been|are|being|been|had|have)?\s?(?:\p{L}+ly\s|also\s|confirmed\s|shot\s|shot and\s)?(\p{L}+)\b/u.exec(
      rest,
    )?.[1] ?? "";
  if (done !== "" && tokens(done).some(isFate)) return fate;
  // "100,000 have died and 11,000 women have been raped"
  if (/^\s(?:were|was|had|have|has)\s(?:been\s)?(?!among\b)\p{L}+(?:ed|en)\b/u.test(rest)) return null;
  const isOfPeople =
    words.length === 0 ||
    words.every(
      (word) =>
        word.stop ||
        isPerson(word) ||
        NEUTRAL.has(word.term) ||
        /^\p{Ll}/u.test(word.surface) ||
        isPerson(words.at(-1) ?? word),
    );
  if (!isOfPeople || (words.length > 0 && !words.some(isPerson))) return null;
  const isPersons = /\b(?:persons|individuals|people|others|men)$/iu.test(phrase);
  if (isPersons || !COUNTING.test(reading)) return null;
  const isAfterName = view.names.some(({ end }) => end <= figure.start && head.length - end <= 1);
  return LINK.test(head) || isAfterName || /[:,(]$/u.test(head.trim()) ? fate : null;
}

/** Who is counted: also as is said behind the figure ("358 dead among security personnel"). */
export function rolesIn(tally: Tally): ReadonlySet<string> {
  const { roles } = tally.counted;
  const { named, fate } = tally.counted;
  const phrase = named === null ? "" : tally.reported.reading.slice(named.start, named.end);
  // "two members of staff killed": members are militants only of a group.
  if (fate !== null && roles.has("militant") && /\bmembers\b/iu.test(phrase) && !MILITANT.test(phrase))
    return new Set([...roles].filter((role) => role !== "militant"));
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
  // "men and suspended police officers", "police officers providing security": the people end there.
  const stop = words.findIndex(({ surface }) => /^(?:\p{Ll}{2,}(?:ing|ended)|who|that)$/u.test(surface));
  const last = words.findLastIndex((word, index) => isPerson(word) && (stop < 0 || index < stop));
  const [from, to] = [words[first], words[last]];
  if (from === undefined || to === undefined || last < first) return null;
  const chosen = words.slice(first, last + 1);
  if (chosen.some(isFate) || rolesOf(chosen).size < roles.size) return null;
  const text = phrase.slice(from.start, to.end);
  if (text.length > 50 || /\b(?:her|his|their|its|our)\b/iu.test(text)) return null;
  // "4 Frontier Corps (FC) men": the noun stands behind the brackets.
  return /^\p{Lu}/u.test(to.surface) ? `${text} personnel` : text;
}
