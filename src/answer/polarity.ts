/** Whether a sentence says a thing or its opposite: negations, denials, doubts, conditions, and words that face each other. */

import { type Token, tokens } from "../text/tokens.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
const terms = (words: string): ReadonlySet<string> => new Set(tokens(words).map(({ term }) => term));

const NEGATORS = set(
  "not no never none nobody neither nor without cannot nothing hardly barely unable fail failed fails lack lacks lacked absence",
);
const NEGATED = /n['’]t$/iu;
/** In lower case only: "May 2025" is a month. */
const CONDITIONS = set(
  "could might may would if unless whether should can will potentially possibly perhaps probably likely plans planned intends wants hopes",
);
const DENIALS = terms(
  "deny denied denies denial reject rejected rejects dismiss dismissed refute refuted rebut baseless unfounded false fake untrue misprint wrong incorrect disputed disputes contradicts withdrew defunct",
);
const DOUBTS = terms("unverified unconfirmed unsubstantiated unproven unclear doubtful inferred questionable");
const NOT_CONFIRMED = /\bnot (?:been )?(?:independently )?(?:confirmed|verified)\b/iu;
/** By these a statement says that somebody says it, so that a report's doubt in it changes nothing. */
const ATTRIBUTES = terms(
  "claim claimed claims allege alleged alleges allegedly assert asserted asserts say said says according reportedly",
);
const QUANTIFIERS = set(
  "all every only entire whole most majority half exclusively solely always entirely mostly mainly",
);

/** Words that face each other: a sentence with the one does not carry a statement with the other. */
const OPPOSITES: readonly (readonly [ReadonlySet<string>, ReadonlySet<string>])[] = (
  [
    [
      "rise rose risen increase increased grow grew growth jump climb surge higher more up gain",
      "fall fell fallen decrease decreased drop dropped decline declined shrink lower less fewer down reduce reduced",
    ],
    [
      "deny denied denies denial reject rejected rejects dismiss dismissed refute refuted",
      "admit admitted admits acknowledge acknowledged confirm confirmed accept accepted concede conceded agree agreed welcome welcomed",
    ],
    [
      "ban banned bans outlaw outlawed proscribe proscribed designate designated sanction sanctioned",
      "unban unbanned lift lifted delist delisted legalise legalised",
    ],
    ["support supported supports back backed backs help helped", "oppose opposed opposes resist resisted fight fought"],
    ["open opened opens", "close closed closes shut"],
    ["arrest arrested detain detained", "release released free freed"],
    ["join joined", "leave left quit"],
    ["win won", "lose lost"],
    ["largest biggest highest most deadliest worst strongest", "smallest lowest least fewest weakest"],
    ["inside internal", "outside external"],
    ["first", "last"],
    ["start started begin began launch launched", "end ended stop stopped finish finished"],
    ["attack attacked", "defend defended protect protected"],
    ["male men man", "female women woman"],
  ] as const
).map(([one, other]) => [terms(one), terms(other)]);

/** What of a text turns its meaning. */
export interface Polarity {
  /** Stretches between commas and the like, in which a negation or a condition stands. */
  readonly negated: readonly boolean[];
  readonly conditional: readonly boolean[];
  readonly isDenied: boolean;
  readonly isDoubted: boolean;
  readonly isAttributed: boolean;
  readonly quantifiers: ReadonlySet<string>;
  /** For each word, the stretch it stands in. */
  readonly stretchOf: readonly number[];
}

/** Linear in the length of the reading. */
export function polarityOf(reading: string, words: readonly Token[]): Polarity {
  const negated: boolean[] = [];
  const conditional: boolean[] = [];
  const quantifiers = new Set<string>();
  const stretchOf: number[] = [];
  let stretch = 0;
  let end = 0;
  let [isDenied, isDoubted, isAttributed] = [false, NOT_CONFIRMED.test(reading), false];
  for (const word of words) {
    if (PARTS.test(reading.slice(end, word.start)) || BREAKS.has(word.surface)) stretch += 1;
    end = word.end;
    stretchOf.push(stretch);
    const folded = word.surface.toLowerCase();
    negated[stretch] = negated[stretch] === true || NEGATORS.has(folded) || NEGATED.test(folded);
    conditional[stretch] = conditional[stretch] === true || CONDITIONS.has(word.surface);
    if (QUANTIFIERS.has(folded)) quantifiers.add(folded);
    isDenied ||= DENIALS.has(word.term);
    isDoubted ||= DOUBTS.has(word.term);
    isAttributed ||= ATTRIBUTES.has(word.term);
  }
  return { negated, conditional, isDenied, isDoubted, isAttributed, quantifiers, stretchOf };
}

const PARTS = /[,;:()–—.!?]/;
const BREAKS = set("while whereas but although though");

/** Whether any stretch of a text is turned round. */
export function isAny(stretches: readonly boolean[]): boolean {
  return stretches.some(Boolean);
}

/**
 * Whether a sentence says what a statement says, and not its opposite.
 * @param at the words of the sentence that carry the statement's words.
 */
export function facesTheSame(sentence: Polarity, statement: Polarity, at: ReadonlySet<number>): boolean {
  const touched = new Set([...at].map((word) => sentence.stretchOf[word] ?? 0));
  const isTouched = (stretches: readonly boolean[]) => [...touched].some((stretch) => stretches[stretch] === true);
  if (isTouched(sentence.negated) !== isAny(statement.negated)) return false;
  if (isTouched(sentence.conditional) !== isAny(statement.conditional)) return false;
  if (sentence.isDenied && !statement.isDenied) return false;
  if (sentence.isDoubted && !statement.isAttributed && !statement.isDoubted) return false;
  return [...statement.quantifiers].every((each) => sentence.quantifiers.has(each));
}

/** Whether a text holds the opposite of a word, and not the word's own side. */
export function holdsOpposite(term: string, held: ReadonlySet<string>): boolean {
  return OPPOSITES.some(([one, other]) => {
    const [own, against] = one.has(term) ? [one, other] : other.has(term) ? [other, one] : [null, null];
    if (own === null) return false;
    return !some(own, held) && some(against, held);
  });
}

function some(members: ReadonlySet<string>, held: ReadonlySet<string>): boolean {
  for (const member of members) if (held.has(member)) return true;
  return false;
}

/** Whether a word has an opposite: then only the word itself or one of its side will do. */
export function hasOpposite(term: string): boolean {
  return OPPOSITES.some(([one, other]) => one.has(term) || other.has(term));
}

/** Whether a held word is of the same side as this one. */
export function holdsSide(term: string, held: ReadonlySet<string>): boolean {
  return OPPOSITES.some(([one, other]) => (one.has(term) && some(one, held)) || (other.has(term) && some(other, held)));
}
