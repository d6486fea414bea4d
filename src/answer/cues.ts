/**
 * What the words of a sentence tell of whether it answers: the kind of detail that is asked for, and signs that it
 * says the opposite. Coarse on purpose: what each sign is worth is learnt (weights.ts), not decided here.
 */

import type { Question } from "../retrieve/question.ts";
import type { Token } from "../text/tokens.ts";
import { MONTHS, NUMBER_WORDS } from "../text/words.ts";

/** Ranges are 0..1; of a pair "has" and "lacks" at most one is 1, and neither where it is not asked for. */
export const CUES = [
  "negated",
  "negatedOtherwise",
  "denies",
  "goesOtherWay",
  "goesSameWay",
  "figure",
  "hasNumber",
  "lacksNumber",
  "otherUnit",
  "lacksMoney",
  "hasTime",
  "lacksTime",
  "hasWho",
  "lacksWho",
  "hasPlace",
  "lacksPlace",
  "hasReason",
  "lacksReason",
  "lacksWhich",
  "lacksFigures",
  "lacksProper",
  "allProper",
  "hasProper",
  "words",
  "length",
  "questionLength",
] as const;
export type Cues = Readonly<Record<(typeof CUES)[number], number>>;

const NOT = /\b(?:no|not|never|none|neither|nor|without|cannot|nobody|nothing)\b|n['’]t\b/iu;
const DENIES =
  /\b(?:unable|fail(?:s|ed)? to|refus\w+|den(?:y|ied|ies)|lack\w*|absence|yet to|unclear|unknown|false|reject\w*|unlikely|rather than|instead of|exclusively|only)\b/iu;
const RISES =
  /\b(?:ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|surg\w*|climb\w*|jump\w*|up|higher|more|gain\w*|expand\w*|escalat\w*|exceed\w*)\b/iu;
const FALLS =
  /\b(?:fall\w*|fell(?! in (?:the )?(?!january|february|march|april|may|june|july|august|september|october|november|december|first|second|third|fourth|last|same|early|late|mid|\d)\p{L})|decreas\w*|declin\w*|drop\w*|shr[aiu]nk\w*|reduc\w*|lower\w*|fewer|less|down|eas(?:e|ed|ing)|cut\w*)\b/iu;
const BETTER = /\b(?:improv\w*|better|progress)\b/iu;
const WORSE = /\b(?:deteriorat\w*|worsen\w*|worse)\b/iu;
const MONEY = /[$€£]|\b(?:dollars?|rupees?|euros?|pkr|usd|million|billion|afghani)\b/iu;
const REASON =
  /\b(?:because|since|due to|owing to|citing|reason\w*|so that|in order to|in (?:response|retaliation|revenge|protest)|to (?:ease|avoid|protect|prevent|stop|end|punish)|caus\w+|led to|result\w*|therefore|as a means|for (?:not|fear|lack)|blam\w+|explain\w*|attribut\w+)\b/iu;
const PLACE = /\b(?:in|at|near|across|from|of|to|into|around)\s+(?:the\s+)?(?=\p{Lu})/gu;

const ASKS_NUMBER =
  /\bhow (?:many|much|big|large|often|old)\b|\bnumber of\b|\b(?:toll|percentage|per ?cent|share|figure|total|count|size|estimate)\b/iu;
const ASKS_MONEY =
  /\b(?:money|cost|budget|fund(?:s|ing)?|ransom|dollars?|pay|paid|payment|salary|reward|bounty|price|worth|cash|aid|sum|fine)\b/iu;
const ASKS_AMOUNT = /\b(?:how much|what|size)\b/iu;
const ASKS_SHARE = /\b(?:percentage|per ?cent|share|proportion|rate)\b|%/iu;
const ASKS_COUNT = /\bhow many\b|\bnumber of\b|\btoll\b/iu;
const ASKS_TIME = /\b(?:when|what (?:date|day|year|month|time)|which (?:date|day|year|month)|how long|since when)\b/iu;
const ASKS_WHO =
  /\b(?:who|whom|whose|which (?:\w+ ){0,2}(?:group|outfit|organi[sz]ation|person|man|leader|gang|cartel|crew|militant|minister|official|body|company|vendor|agency|movement|party|mission|actor|general|president))\b/iu;
const ASKS_PLACE =
  /\b(?:where|(?:which|what) (?:\w+ )?(?:country|city|province|region|district|place|town|village|state|capital))\b/iu;
const ASKS_REASON = /\b(?:why|reason)\b/iu;
const ASKS_WHICH = /\bwhich\b/iu;

/** Of what a figure is: how many, a share, or money. */
type Unit = "count" | "share" | "money";

/** A text's own signs, read once for a sentence and held against many questions. */
export interface Signs {
  readonly negated: boolean;
  readonly denies: boolean;
  readonly rises: boolean;
  readonly falls: boolean;
  readonly betters: boolean;
  readonly worsens: boolean;
  readonly money: boolean;
  readonly reason: boolean;
  /** Figures that are no years. */
  readonly figures: readonly { readonly term: string; readonly unit: Unit }[];
  /** Terms of years and months, of words in capitals (not the first), of places. */
  readonly times: readonly string[];
  readonly proper: readonly string[];
  readonly places: readonly string[];
  /** Terms of all words that are no stop words, and parts of compounds. */
  readonly terms: ReadonlySet<string>;
  readonly length: number;
}

const YEAR = /^(?:19|20)\d\d$/;
const MONTH = new Set(MONTHS);
const DIGITS = /^\d/;

export function signsOf(reading: string, words: readonly Token[]): Signs {
  const figures: { term: string; unit: Unit }[] = [];
  const times: string[] = [];
  const proper: string[] = [];
  const terms = new Set<string>();
  words.forEach((word, index) => {
    const lower = word.surface.toLowerCase();
    terms.add(word.term);
    for (const part of word.parts) terms.add(part);
    const isTime = YEAR.test(word.term) || (MONTH.has(lower) && /^\p{Lu}/u.test(word.surface));
    if (isTime) times.push(word.term);
    else if (DIGITS.test(word.surface) || (NUMBER_WORDS.has(lower) && word.start > 0)) {
      figures.push({ term: word.term, unit: unitOf(reading, word, words[index + 1]) });
    }
    if (index > 0 && /^\p{Lu}/u.test(word.surface)) proper.push(word.term);
  });
  return {
    negated: NOT.test(reading),
    denies: DENIES.test(reading),
    rises: RISES.test(reading),
    falls: FALLS.test(reading),
    betters: BETTER.test(reading),
    worsens: WORSE.test(reading),
    money: MONEY.test(reading),
    reason: REASON.test(reading),
    figures,
    times,
    proper,
    places: placesOf(reading, words),
    terms,
    length: reading.length,
  };
}

const SHARE_AFTER = /^(?:%|per|percent|percentage)$/iu;
const MONEY_AFTER = /^(?:dollars?|rupees?|euros?|pounds?|pkr|usd|afghanis?|francs?)$/iu;

function unitOf(reading: string, { term, start }: Token, next: Token | undefined): Unit {
  if (term.endsWith("%") || (next !== undefined && SHARE_AFTER.test(next.surface))) return "share";
  const isMoney = /[$€£]\s?$/u.test(reading.slice(Math.max(0, start - 2), start));
  return isMoney || (next !== undefined && MONEY_AFTER.test(next.surface)) ? "money" : "count";
}

function placesOf(reading: string, words: readonly Token[]): string[] {
  const starts = new Set<number>();
  for (const { index, 0: found } of reading.matchAll(PLACE)) starts.add(index + found.length);
  return words.filter(({ start }) => starts.has(start)).map(({ term }) => term);
}

/** What a question asks for, read once. */
export interface Asked {
  readonly signs: Signs;
  readonly number: boolean;
  /** The unit of the number that is asked for; null where any will do. */
  readonly unit: Unit | null;
  readonly money: boolean;
  readonly time: boolean;
  readonly who: boolean;
  readonly place: boolean;
  readonly reason: boolean;
  readonly which: boolean;
  /** Terms of its words that are no stop words. */
  readonly subject: readonly string[];
}

export function askedOf({ corrected, tokens }: Pick<Question, "corrected" | "tokens">): Asked {
  return {
    signs: signsOf(corrected, tokens),
    number: ASKS_NUMBER.test(corrected),
    unit: ASKS_SHARE.test(corrected) ? "share" : ASKS_COUNT.test(corrected) ? "count" : null,
    money: ASKS_MONEY.test(corrected) && ASKS_AMOUNT.test(corrected),
    time: ASKS_TIME.test(corrected),
    who: ASKS_WHO.test(corrected),
    place: ASKS_PLACE.test(corrected),
    reason: ASKS_REASON.test(corrected),
    which: ASKS_WHICH.test(corrected),
    subject: [...new Set(tokens.filter(({ stop }) => !stop).map(({ term }) => term))],
  };
}

/** Characters of a sentence and words of a question that count as one. */
const LONG_SENTENCE = 200;
const LONGEST_SENTENCE = 400;
const LONG_QUESTION = 12;

/** The cues of a sentence for a question. */
export function cuesOf(asked: Asked, sentence: Signs): Cues {
  const own = asked.signs;
  const isFresh = (term: string) => !own.terms.has(term);
  const fresh = sentence.figures.filter(({ term }) => isFresh(term));
  const hasNumber = fresh.some(({ unit }) => asked.unit === null || asked.unit === unit);
  const hasTime = sentence.times.some(isFresh);
  const hasProper = sentence.proper.some(isFresh);
  const hasPlace = sentence.places.some(isFresh);
  const isOpposite =
    (own.rises && !own.falls && sentence.falls && !sentence.rises) ||
    (own.falls && !own.rises && sentence.rises && !sentence.falls) ||
    (own.betters && sentence.worsens && !sentence.betters) ||
    (own.worsens && sentence.betters && !sentence.worsens);
  const lacking = (terms: readonly string[]) => terms.filter((term) => !sentence.terms.has(term));
  const lackedProper = lacking(own.proper);
  return {
    negated: flag(sentence.negated),
    negatedOtherwise: flag(sentence.negated && !own.negated && !own.denies),
    denies: flag(sentence.denies),
    goesOtherWay: flag(isOpposite),
    goesSameWay: flag(
      !isOpposite &&
        ((own.rises && sentence.rises) ||
          (own.falls && sentence.falls) ||
          (own.betters && sentence.betters) ||
          (own.worsens && sentence.worsens)),
    ),
    figure: flag(fresh.length > 0),
    hasNumber: flag(asked.number && hasNumber),
    lacksNumber: flag(asked.number && !hasNumber),
    otherUnit: flag(asked.number && !hasNumber && fresh.length > 0),
    lacksMoney: flag(asked.money && !sentence.money),
    hasTime: flag(asked.time && hasTime),
    lacksTime: flag(asked.time && !hasTime),
    hasWho: flag(asked.who && hasProper),
    lacksWho: flag(asked.who && !hasProper),
    hasPlace: flag(asked.place && hasPlace),
    lacksPlace: flag(asked.place && !hasPlace),
    hasReason: flag(asked.reason && sentence.reason),
    lacksReason: flag(asked.reason && !sentence.reason),
    lacksWhich: flag(asked.which && !hasProper),
    lacksFigures: flag(lacking(own.figures.map(({ term }) => term)).length > 0),
    lacksProper: own.proper.length === 0 ? 0 : lackedProper.length / own.proper.length,
    allProper: own.proper.length === 0 ? 0.5 : flag(lackedProper.length === 0),
    hasProper: flag(hasProper),
    words: asked.subject.length === 0 ? 0 : 1 - lacking(asked.subject).length / asked.subject.length,
    length: Math.min(LONGEST_SENTENCE, sentence.length) / LONG_SENTENCE,
    questionLength: own.length === 0 ? 0 : asked.subject.length / LONG_QUESTION,
  };
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
