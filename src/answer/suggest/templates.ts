/** Forms of questions, and the sentences that answer them. In a sentence the subject stands as "@". */

import { countedBy, countedIn } from "./counts.ts";
import type { Subject } from "./subjects.ts";

/** A sentence about a subject. */
export interface About {
  /** With "@" for the subject, wherever it is named, with its article. */
  readonly marked: string;
  readonly subject: Subject;
  /** Other subjects that the sentence names, in order. */
  readonly others: readonly Subject[];
  /** The months and years that it names, as written: "January 2025". */
  readonly periods: readonly string[];
}

export interface Template {
  readonly name: string;
  /** How much a newcomer wants to know such a thing, 0 to 1. */
  readonly weight: number;
  /** null where the sentence does not answer it. */
  readonly question: (about: About) => string | null;
}

const GROUPS = ["armed-group"];
const BODIES = ["armed-group", "organisation", "think-tank", "government-body"];
const PLACES = ["place"];
const COUNTERS = ["think-tank", "organisation", "government-body"];
const THINGS = [...BODIES, "operation", "term", "document", "other"];
const NUMBER = "\\d[\\d,.]*";
const ROLE =
  "(?:leader|emir|head|chief|spokes\\p{L}+|ambassador|[Mm]inister|founder|commander|envoy|[Pp]resident|director|" +
  "official|operative|lawyer|journalist|activist)";
/** What may stand between a name and its verb. */
const ASIDE = "(?: \\([^)]{2,40}\\))?";

/** Weight of what nobody asks for who has not named it. */
export const ONLY_WHERE_NEAR = 0.05;
/** A place in more passages than this is what most of the reports are about. */
const WIDE_PLACE = 20;

const is = ({ isPlural }: Subject) => (isPlural ? "are" : "is");
const was = ({ isPlural }: Subject) => (isPlural ? "were" : "was");
const does = ({ isPlural }: Subject) => (isPlural ? "do" : "does");
const isOf = ({ entry }: Subject, kinds: readonly string[]) => kinds.includes(entry.kind);

type AskedOf = (subject: Subject, match: RegExpExecArray) => string | null;

/** A template for subjects of some kinds whose sentences match. */
function form(name: string, weight: number, kinds: readonly string[], says: RegExp, question: AskedOf): Template {
  return {
    name,
    weight,
    question: ({ marked, subject }) => {
      if (!isOf(subject, kinds)) return null;
      const match = says.exec(marked);
      return match === null ? null : question(subject, match);
    },
  };
}

/** A template about a subject and another one that the sentence names. */
function pairForm(
  name: string,
  weight: number,
  kinds: readonly string[],
  otherKinds: readonly string[],
  question: (marked: string, subject: Subject, other: Subject) => string | null,
): Template {
  return {
    name,
    weight,
    question: ({ marked, subject, others }) => {
      const other = others.find((each) => isOf(each, otherKinds));
      return !isOf(subject, kinds) || other === undefined ? null : question(marked, subject, other);
    },
  };
}

const SUPPORTS =
  /@(?: (?:has|had|have|still|also|regularly))? (?:supports?|supported|backs|backed|helps?|helped|shelters|sheltered|pays|paid|funds|funded|gave|gives|trains|trained|arms|armed)\b/;
const COMMON_CAUSE =
  /\b(?:cooperat\w*|collaborat\w*|alliances?|links?|linked|linking|ties|joint|jointly|merged?|together)\b/;
const SPOKE = /@[^.;,]{0,50}\b(?:said|claimed|told|rejected|accused|denied|warned|alleged|called|asked|blamed)\b/;
const WROTE =
  /@(?:,? (?:of|to|from) [\p{L}\d ]{3,25})*,? (?:said|says|reported|found|noted|describ\p{L}+|estimated|put|named|counted|recorded|called|ranks?|ranked)\b|\b(?:[Aa]ccording to|[Ii]n) @/u;

export const TEMPLATES: readonly Template[] = [
  form(
    "leader",
    1,
    ["armed-group", "organisation"],
    /(?<!\b(?:first|former|late|founding|deputy|regional|senior) )\b(?:leader|emir|head|chief) of @|@(?:'s|’s)? (?:leader|emir|chief)\b|@[^.;]{0,40}\bled by\b|\b(?:leads|heads|has led) @/,
    ({ shown }) => `Who leads ${shown}?`,
  ),
  form(
    "strength",
    1,
    GROUPS,
    new RegExp(
      `@[^.;]{0,100}\\b${NUMBER}[^.;]{0,40}\\bfighters\\b|\\b${NUMBER}[^.;]{0,20}\\b@ fighters\\b|` +
        `\\b${NUMBER} fighters (?:in|of|for) @|\\bput @ at\\b[^.;]{0,30}\\b${NUMBER}`,
    ),
    (subject, match) =>
      /\b(?:killed|dead|died|eliminated|arrested)\b/.test(match[0])
        ? null
        : `How many fighters ${does(subject)} ${subject.shown} have?`,
  ),
  form(
    "who did it",
    1,
    ["event"],
    /\b(?:claimed|claims|carried out|perpetrated)\b/,
    ({ shown }) => `Who carried out ${shown}?`,
  ),
  form("who is named for it", 0.8, ["event"], /\b(?:claimed|blamed)\b/, ({ shown }, match) =>
    match[0] === "blamed" ? `Who was blamed for ${shown}?` : `Who claimed responsibility for ${shown}?`,
  ),
  form(
    "toll",
    0.95,
    ["event"],
    new RegExp(
      `\\b${NUMBER}\\b.*\\b(?:killed|dead|died|deaths|fatalities)\\b|\\b(?:killed|deaths|toll|tolls)\\b.*\\b${NUMBER}\\b`,
    ),
    ({ shown }) => `How many people were killed in ${shown}?`,
  ),
  form(
    "definition",
    0.9,
    THINGS,
    new RegExp(`^(?:The )?@${ASIDE}(?:,? (?:is|are|was|were) (?:an?|the)\\b|, (?:an?|the) [^,]{8,})`),
    (subject) => `What ${is(subject)} ${subject.shown}?`,
  ),
  form(
    "person",
    0.85,
    ["person", "other"],
    new RegExp(
      `@(?:,| is| was) (?:(?:an?|the) )?[^.;,]{0,40}\\b${ROLE}\\b|\\b${ROLE} (?:of [^.;,]{2,30},? )?@(?=[ ,.])`,
      "u",
    ),
    ({ shown }) => `Who is ${shown}?`,
  ),
  form(
    "beginning",
    0.75,
    BODIES,
    new RegExp(
      `@${ASIDE} (?:was|were|had been|has been) (founded|formed|established|created|set up)\\b[^.;]*\\b(?:19|20)\\d\\d\\b`,
    ),
    (subject, match) => `When ${was(subject)} ${subject.shown} ${match[1]}?`,
  ),
  form(
    "ban",
    0.75,
    BODIES,
    new RegExp(
      `@${ASIDE} (?:was|were|had been|has been) (banned|outlawed|designated|sanctioned)\\b[^.;]*\\b(?:19|20)\\d\\d\\b|` +
        `\\b(banned) @[^.;]*\\b(?:19|20)\\d\\d\\b`,
    ),
    (subject, match) => `When ${was(subject)} ${subject.shown} ${match[1] ?? match[2]}?`,
  ),
  form(
    "date",
    0.7,
    ["event"],
    /@ (?:of|on) \d{1,2} \p{Lu}\p{L}+ (?:19|20)\d\d\b/u,
    ({ shown }) => `When did ${shown} happen?`,
  ),
  form(
    "fate",
    0.7,
    ["person"],
    new RegExp(
      `@${ASIDE} (?:was|had been) (killed|arrested|captured|appointed|elected|assassinated)\\b[^.;]*\\b(?:19|20)\\d\\d\\b`,
    ),
    ({ shown }, match) => `When was ${shown} ${match[1]}?`,
  ),
  pairForm("support", 0.9, GROUPS, GROUPS, (marked, subject, other) =>
    // Not "how": that it does so is often somebody's claim.
    SUPPORTS.test(marked) ? `${subject.isPlural ? "Do" : "Does"} ${subject.shown} support ${other.shown}?` : null,
  ),
  pairForm("link", 0.8, GROUPS, GROUPS, (marked, { shown }, other) => {
    const [one, two] = [shown, other.shown].sort();
    return COMMON_CAUSE.test(marked) ? `Is there a link between ${one} and ${two}?` : null;
  }),
  pairForm(
    "statement",
    0.7,
    ["person", "government-body"],
    ["armed-group", "event", "operation", "document"],
    (marked, { shown }, other) => (SPOKE.test(marked) ? `What did ${shown} say about ${other.shown}?` : null),
  ),
  pairForm("document", 0.65, ["document"], GROUPS, (marked, subject, other) =>
    WROTE.test(marked) ? `What ${does(subject)} ${subject.shown} say about ${other.shown}?` : null,
  ),
  {
    name: "count of a body",
    weight: 0.9,
    question: ({ marked, subject, others, periods }) => {
      const counted = isOf(subject, COUNTERS) ? countedBy(marked, periods) : null;
      const [place, another] = others.filter((other) => isOf(other, PLACES));
      if (counted === null || another !== undefined) return null;
      const where = place === undefined ? "" : ` in ${place.shown}`;
      return `How many ${counted.things} did ${subject.shown} ${counted.verb}${where} in ${counted.period}?`;
    },
  },
  {
    name: "count in a place",
    weight: 0.9,
    question: ({ marked, subject, others, periods }) => {
      // "The TTP carried out 600 attacks in Pakistan" does not say how many there were.
      if (!isOf(subject, ["place"]) || others.some((other) => isOf(other, GROUPS))) return null;
      // Of two places the narrower one: "in Macch, Balochistan".
      if (others.some((other) => isOf(other, PLACES)) && !/@, \p{Lu}/u.test(marked)) return null;
      const counted = countedIn(marked, periods);
      if (counted === null) return null;
      const { things, verb, period } = counted;
      return `How many ${things} ${verb} in ${subject.shown}${period === null ? "" : ` in ${period}`}?`;
    },
  },
  form(
    "base",
    0.6,
    GROUPS,
    /@[^.;]{0,60}\b(?:based in|operates? (?:in|from)|active in|presen(?:t|ce) in|hide-?outs? in|sanctuar\w+ in|havens? in)\b/,
    (subject) => `Where ${does(subject)} ${subject.shown} operate?`,
  ),
  form("topic of a name", 0.3, ["armed-group", "event", "person", "operation"], /@/, ({ shown }) => sayAbout(shown)),
  form("topic of a place", 0.2, PLACES, /\bin @/, ({ shown, passages }) =>
    passages > WIDE_PLACE ? null : sayAbout(shown),
  ),
  form("topic of a thing", ONLY_WHERE_NEAR, [...THINGS, ...PLACES], /@/, ({ shown }) => sayAbout(shown)),
];

/** The question for whatever a report may be about. */
export function sayAbout(topic: string): string {
  return `What do the reports say about ${topic}?`;
}
