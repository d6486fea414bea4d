/** Words of figures: what happens to people, who they are, what is done, and which way a figure goes. */

import { type Token, tokens } from "../text/tokens.ts";

/** The terms of some words. */
export const terms = (words: string): ReadonlySet<string> => new Set(tokens(words).map(({ term }) => term));

export const FATES: readonly (readonly [string, ReadonlySet<string>])[] = [
  [
    "death",
    terms(
      "kill killed kills killing killings die died dies dying dead death deaths fatality fatalities toll slain lives perish perished murdered executed martyred",
    ),
  ],
  ["injury", terms("injure injured injuries injury wound wounded wounds hurt maimed")],
  ["arrest", terms("arrest arrested arrests detain detained detentions captured apprehended")],
  ["captivity", terms("hostage hostages abducted kidnapped kidnappings abductions captive captives")],
  ["flight", terms("displaced displacement fled evacuated")],
];
export const ROLES: readonly (readonly [string, ReadonlySet<string>])[] = [
  ["civilian", terms("civilian civilians noncombatants bystanders villagers")],
  [
    "security",
    terms(
      "security soldier soldiers officer officers troop troops police policemen personnel servicemen forces law-enforcement guards corps levies army",
    ),
  ],
  [
    "militant",
    terms(
      "militant militants terrorist terrorists insurgent insurgents fighter fighters outlaws rebels gunmen combatants members strength manpower",
    ),
  ],
  ["child", terms("child children minors schoolchildren students pupils")],
  ["woman", terms("woman women")],
  ["passenger", terms("passenger passengers")],
];
/** Their stem is that of what they do. */
const ATTACKERS = /^(?:attackers?|assailants?|bombers?)$/iu;
/** Words that may stand beside what is counted without narrowing it. */
export const NEUTRAL = terms(
  "militant terror terrorist terrorism armed total overall people persons person individuals men in all altogether combined security violent recorded reported counted suspected others pakistani number figure case cases",
);
export const UP = terms(
  "rise rose risen increase increased increasing surge surged grow grew growth jump jumped climb climbed up more higher escalated upward spike spiked",
);
export const DOWN = terms(
  "fall fell fallen decrease decreased drop dropped decline declined down fewer less lower reduced reduction downward below",
);

export const PEOPLE = terms("people persons person individuals men lives others");
const SECURITY = terms("security forces police army corps levies");
export const DEEDS = terms(
  "attack attacks assault assaults operation operations strike strikes bombing bombings incident incidents",
);

/** The terms that say the same as a term of what happens to people; null for others. */
export function classOfFigures(term: string): ReadonlySet<string> | null {
  return FATES.find(([, members]) => members.has(term))?.[1] ?? null;
}

/** Whether a term says which way a figure goes: compared with the figure itself. */
export function isDirection(term: string): boolean {
  return UP.has(term) || DOWN.has(term);
}

/** Whether a word names a deed; an attacker is none, though the stem is the same. */
export function isDeed(word: Token): boolean {
  return DEEDS.has(word.term) && !ATTACKERS.test(word.surface);
}

/** What the first of the words that says so says of people; null where none does. */
export function fateOf(words: readonly (Pick<Token, "term"> & Partial<Pick<Token, "surface">>)[]): string | null {
  for (const word of words) {
    // "claimed 12 lives", and not "living in camps" or "live births".
    if (word.term === LIFE && !/^lives$/iu.test(word.surface ?? "lives")) continue;
    for (const [fate, members] of FATES) if (members.has(word.term)) return fate;
  }
  return null;
}

const [LIFE] = terms("lives");

/** Who the words say that people are. */
export function rolesOf(words: readonly Token[]): Set<string> {
  const roles = new Set<string>();
  // "members of the security forces"
  const isOfForces = words.some(({ term }) => SECURITY.has(term)) && words.some(({ term }) => term === "member");
  words.forEach((word, index) => {
    if (ATTACKERS.test(word.surface)) roles.add("attacker");
    for (const [role, members] of ROLES) {
      // "militant attacks" and "security operations" are deeds.
      const next = words[index + 1];
      if (isOfForces && word.term === "member") continue;
      const isMember = members.has(word.term) || word.parts.some((part) => members.has(part));
      if (isMember && !(next !== undefined && DEEDS.has(next.term))) roles.add(role);
    }
  });
  return roles;
}

/** Which way the first word goes that goes any; null where none does. */
export function directionOf(words: readonly Token[]): "up" | "down" | null {
  for (const { term } of words) {
    if (UP.has(term)) return "up";
    if (DOWN.has(term)) return "down";
  }
  return null;
}
