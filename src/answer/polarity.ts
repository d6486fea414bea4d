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
      "rise rose risen increase increased grow grew growth jump climb surge gain",
      "fall fell fallen decrease decreased drop dropped decline declined shrink reduce reduced",
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
  /** By stretch between commas and the like: what each negation in it is about, as the terms right after it. */
  readonly negated: readonly (readonly ReadonlySet<string>[])[];
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
  const negated: ReadonlySet<string>[][] = [];
  /** Of a negated subject: "No account of the report, which is long, says". */
  let whole: ReadonlySet<string> | null = null;
  const conditional: boolean[] = [];
  const quantifiers = new Set<string>();
  const stretchOf: number[] = [];
  let stretch = 0;
  let end = 0;
  let [isDenied, isDoubted, isAttributed] = [false, NOT_CONFIRMED.test(reading), false];
  for (const [index, word] of words.entries()) {
    const gap = reading.slice(end, word.start);
    // "is for recipients only and may not be passed on"
    const isNewVerb =
      word.surface === "and" &&
      (VERBS.has(words[index + 1]?.surface ?? "") || NEGATED.test(words[index + 1]?.surface ?? ""));
    if (PARTS.test(gap) || BREAKS.has(word.surface) || isNewVerb) stretch += 1;
    if (gap.includes(";")) whole = null;
    end = word.end;
    stretchOf.push(stretch);
    const folded = word.surface.toLowerCase();
    negated[stretch] ??= whole === null ? [] : [whole];
    if (NEGATORS.has(folded) || NEGATED.test(folded)) {
      const about = new Set(
        words
          .slice(index + 1, index + 1 + ABOUT)
          .filter(({ stop }) => !stop)
          .map(({ term }) => term),
      );
      negated[stretch]?.push(about);
      if (SUBJECT_NEGATORS.has(folded) && stretchOf.filter((each) => each === stretch).length <= 2) whole = about;
    }
    conditional[stretch] = conditional[stretch] === true || CONDITIONS.has(word.surface);
    // "In all" and "above all" are sums and manners of speaking.
    const isPhrase = folded === "all" && /^(?:in|at|after|above)$/i.test(words[index - 1]?.surface ?? "");
    if (QUANTIFIERS.has(folded) && !isPhrase) quantifiers.add(folded);
    isDenied ||= DENIALS.has(word.term);
    isDoubted ||= DOUBTS.has(word.term);
    isAttributed ||= ATTRIBUTES.has(word.term);
  }
  return { negated, conditional, isDenied, isDoubted, isAttributed, quantifiers, stretchOf };
}

/** Words after a negation that it is about. */
const ABOUT = 5;
const SUBJECT_NEGATORS = set("no none nobody neither");
const VERBS = set("is are was were has have had does did do may might can could will would should");
const PARTS = /[,;:()–—.!?]/;
const BREAKS = set("while whereas but although though");

/** Whether a text negates or sets a condition. */
export function isTurned({ negated, conditional }: Polarity): boolean {
  return negated.flat().length > 0 || conditional.some(Boolean);
}

/**
 * Whether a sentence says what a statement says, and not its opposite.
 * @param at the words of the sentence that carry the statement's words.
 */
export function facesTheSame(sentence: Polarity, statement: Polarity, at: ReadonlySet<number>): boolean {
  const touched = new Set([...at].map((word) => sentence.stretchOf[word] ?? 0));
  const of = [...touched].flatMap((stretch) => sentence.negated[stretch] ?? []);
  const wanted = statement.negated.flat();
  if (of.length !== wanted.length || !wanted.every((about) => of.some((other) => some(about, other)))) return false;
  const isConditional = [...touched].some((stretch) => sentence.conditional[stretch] === true);
  if (isConditional !== statement.conditional.some(Boolean)) return false;
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
