/** Sentences that say that something was not so, or that somebody did the opposite. */

import type { AskedUnit } from "../retrieve/question.ts";
import type { Token } from "../text/tokens.ts";
import { match } from "./matching.ts";
import {
  type Asking,
  type Contradiction,
  contentOf,
  holds,
  lower,
  namesMet,
  negationsOf,
  type Rule,
  sameDeed,
  shareOf,
  termsOf,
  timesMet,
} from "./premise-parts.ts";
import type { Reported } from "./told.ts";

/** Deeds that a question can take for granted, with other words by which a sentence says that they were not done. */
const DEEDS: readonly (readonly [string, string])[] = [
  ["ratify ratified ratifies accede acceded", "ratify ratified party signatory acceded signed joined"],
  ["sign signed", "sign signed signatory party ratified"],
  ["join joined", "join joined member party"],
  ["claim claimed", "claim claimed claims responsibility"],
  ["ban banned outlaw outlawed proscribe proscribed", "ban banned outlawed proscribed"],
  [
    "list listed designate designated sanction sanctioned blacklist blacklisted",
    "list listed listing designated sanctioned blacklisted",
  ],
  ["recognise recognised recognize recognized", "recognise recognised recognize recognized recognition"],
  ["use used deploy deployed employ employed", "use used deploy deployed employ employed"],
  ["arrest arrested detain detained capture captured", "arrest arrested arrests detained captured custody"],
  [
    "convict convicted prosecute prosecuted charge charged sentence sentenced try tried",
    "convicted conviction prosecuted charged sentenced trial",
  ],
  ["fund funded finance financed bankroll pay paid", "fund funded finance financed paid"],
  ["enact enacted adopt adopted pass passed approve approved", "enact enacted adopt adopted passed approved"],
  ["extradite extradited deport deported expel expelled", "extradite extradited deport deported expelled"],
  ["publish published release released issue issued", "publish published released issued"],
  ["train trained", "train trained"],
  ["attend attended visit visited meet met", "attend attended visit visited meet met"],
  ["lift lifted remove removed revoke revoked delist delisted", "lift lifted remove removed revoked delisted"],
  ["withdraw withdrew withdrawn leave", "withdraw withdrew withdrawn"],
  ["kill killed die died", "kill killed die died deaths fatalities"],
  ["investigate investigated", "investigate investigated investigation"],
  ["compensate compensated", "compensate compensated compensation"],
  ["confirm confirmed verify verified", "confirmed verified"],
  ["permit permitted allow allowed", "permit permitted allow allowed"],
  ["identify identified name named", "identified named"],
  ["receive received inherit inherited", "receive received inherit inherited"],
];
const ASKED_DEEDS = DEEDS.map(([asked, told]) => [termsOf(asked), termsOf(told)] as const);
const LISTING = termsOf("put place placed add added");
const RESPONSIBLE = termsOf(
  "responsibility attack bombing blast explosion shooting assault strike raid killing hijacking",
);
/** How much of what is asked a sentence must hold to say that it was not so. */
const MOST_HELD = 0.7;
/** Before a negation: somebody says so, and others may not. */
const SAYING =
  /\b(?:said|says|insist\w*|maintain\w*|told|argued?|assert\w*|stated|denied|denies|rejected|claimed that|claims that)\b/iu;
/** The negation holds for a while only, or is taken back. */
const FOR_A_WHILE =
  /\b(?:until|before|till|prior to|but (?:later|then|subsequently|did|eventually)|at first|initially|yet)\b/iu;

/** "In what year did it ratify the convention" where it "is not a party to" it; "which group claimed" where none did. */
export const negated: Rule = (asking, sentences) => {
  const { question } = asking;
  for (const word of question.tokens) {
    const told = deedOf(word, asking);
    if (told === null) continue;
    const rest = contentOf(asking, new Set([word.start]));
    const names = question.units.filter(({ kind }) => kind === "name");
    // Nothing but the deed: any sentence would do.
    if (rest.length + names.length < 2) continue;
    const found: Contradiction[] = [];
    let isBorneOut = false;
    sentences.forEach((reported, index) => {
      if (!namesMet(asking, reported) || !timesMet(asking, reported)) return;
      if (shareOf(rest, reported, asking) < MOST_HELD) return;
      const deeds = reported.view.tokens.flatMap((each, place) => (told.has(each.term) ? [place] : []));
      if (deeds.length === 0) return;
      const negations = negationsOf(reported);
      const isNegated = (place: number) => negations.some(({ about }) => about.includes(place));
      const own = sameDeed(word.term);
      if (deeds.some((place) => !isNegated(place) && own.has(reported.view.tokens[place]?.term ?? ""))) {
        isBorneOut = true;
        return;
      }
      const negation = negations.find(({ about }) => about.some((place) => deeds.includes(place)));
      if (negation === undefined || !isPlainlySaid(reported, negation.at, word)) return;
      if (!isOneStretch(rest, reported, negation.at, asking)) return;
      found.push({ index, at: [word.start, ...rest.map(({ start }) => start), ...names.map(({ start }) => start)] });
    });
    const [first] = found;
    if (first !== undefined && !isBorneOut) return first;
  }
  return null;
};

/** The words by which a sentence speaks of a deed that the question takes for granted; null where the word is none. */
function deedOf(word: Token, { question, claim }: Asking): ReadonlySet<string> | null {
  const before = lower(question.tokens[question.tokens.indexOf(word) - 1]);
  // "the use of", "its ban", "to arrest": no deed that is done.
  if (/^(?:the|a|an|its|their|his|her|to|of|this|that)$/.test(before)) return null;
  if (LISTING.has(word.term)) return claim.view.terms.has("list") ? (ASKED_DEEDS[5]?.[1] ?? null) : null;
  const known = ASKED_DEEDS.find(([asked]) => asked.has(word.term));
  if (known === undefined) return null;
  if (/^claim/.test(word.term) && ![...RESPONSIBLE].some((term) => claim.view.terms.has(term))) return null;
  return known[1];
}

function isPlainlySaid({ reading, view, polarity }: Reported, negation: number, word: Token): boolean {
  const at = view.tokens[negation]?.start ?? 0;
  if (polarity.isDenied || polarity.conditional[polarity.stretchOf[negation] ?? 0] === true) return false;
  if (!/^claim/.test(word.term) && SAYING.test(reading.slice(0, at))) return false;
  return !FOR_A_WHILE.test(reading.slice(at));
}

/** Whether what the negation is about is what is asked: most of it stands in the same stretch, or there is one only. */
function isOneStretch(rest: readonly AskedUnit[], reported: Reported, negation: number, asking: Asking): boolean {
  if (rest.length === 0) return true;
  const stretch = reported.polarity.stretchOf[negation];
  const near = rest.filter((unit) =>
    match(unit, reported.view, asking.glossary, asking.likeness).at.some(
      (place) => reported.polarity.stretchOf[place] === stretch,
    ),
  );
  return near.length * 2 > rest.length;
}

const CALLS =
  /^(?:call(?:ed|s)?|describe[ds]?|label(?:l?ed|s)?|declare[ds]?|consider(?:ed|s)?|class(?:ed|ify|ified)?|brand(?:ed|s)?)$/iu;

/** "Why did it call the operation an offensive" where it described it "not as an offensive". */
export const notCalled: Rule = (asking, sentences) => {
  const { question } = asking;
  const place = question.tokens.findIndex(({ surface }) => CALLS.test(surface));
  const word = question.tokens[place];
  const article = question.tokens.findIndex((each, at) => at > place && /^an?$/i.test(each.surface));
  if (word === undefined || article < 0) return null;
  const from = question.tokens[article]?.start ?? 0;
  const called = contentOf(asking).filter(({ start }) => start > from);
  if (called.length === 0) return null;
  const index = sentences.findIndex((reported) => {
    if (!namesMet(asking, reported) || !timesMet(asking, reported) || reported.polarity.isDoubted) return false;
    return negationsOf(reported).some(({ at, about }) => {
      const next = lower(reported.view.tokens[at + 1]);
      const isAs =
        next === "a" || next === "an" || (next === "as" && /^an?$/.test(lower(reported.view.tokens[at + 2])));
      const isIn = (unit: AskedUnit) =>
        match(unit, reported.view, asking.glossary, asking.likeness).at.some((each) => about.includes(each));
      return isAs && called.filter(isIn).length * 2 >= called.length;
    });
  });
  return index < 0 ? null : { index, at: [word.start, ...called.map(({ start }) => start)] };
};

/** "What did his $300 million pay for" where he had "not a $300 million fortune". */
export const noSuchSum: Rule = (asking, sentences) => {
  const { question, claim } = asking;
  const sum = claim.counts.counted.find(({ figure }) => figure.unit !== "" && figure.unit !== "rank");
  if (sum === undefined) return null;
  // A name that no report has may be one that they spell in their own way.
  const unknown = question.units.filter(({ kind, known }) => kind === "name" && !known).map(({ start }) => start);
  const rest = contentOf(asking);
  const index = sentences.findIndex((reported) => {
    if (!namesMet(asking, reported, new Set(unknown)) || !timesMet(asking, reported)) return false;
    if (reported.polarity.isDenied || shareOf(rest, reported, asking) < SUM_HELD) return false;
    const same = reported.counts.counted.find(
      ({ figure }) =>
        figure.unit === sum.figure.unit && figure.low === sum.figure.low && figure.high === sum.figure.high,
    );
    if (same === undefined) return false;
    return /\b(?:not|never|no)\s+(?:(?:an?|any|the|such|his|her|its|their)\s+){0,2}$/iu.test(
      reported.reading.slice(0, same.figure.start),
    );
  });
  return index < 0
    ? null
    : { index, at: [sum.figure.start, sum.figure.end - 1, ...rest.slice(0, 3).map(({ start }) => start)] };
};
/** Beside the sum itself. */
const SUM_HELD = 0.35;

/** Words of agreeing and of refusing: who did the one to a thing did not do the other. */
const YES = termsOf(
  "admit admitted admits concede conceded acknowledge acknowledged accept accepted agree agreed approve approved endorse endorsed welcome welcomed confirm confirmed",
);
const NO = termsOf(
  "deny denied denies reject rejected rejects refuse refused dismiss dismissed refute refuted decline oppose opposed condemn condemned",
);

/** "Why did the ministry accept the offer" where the ministry rejected the offer. */
export const againstWord: Rule = (asking, sentences) => {
  const { question } = asking;
  const place = question.tokens.findIndex(({ term }) => YES.has(term) || NO.has(term));
  const word = question.tokens[place];
  if (word === undefined) return null;
  const [own, against] = YES.has(word.term) ? [YES, NO] : [NO, YES];
  const speaker = question.units.filter(({ kind, start }) => kind === "name" && start < word.start).at(-1);
  const rest = contentOf(asking, new Set([word.start]));
  const others = question.units.filter((unit) => unit.kind === "name" && unit !== speaker);
  if (speaker === undefined || rest.length + others.length === 0) return null;
  let result: Contradiction | null = null;
  for (const [index, reported] of sentences.entries()) {
    const { view, polarity } = reported;
    const isWhole = others.every((unit) => holds(unit, view, asking)) && shareOf(rest, reported, asking) >= MOST_HELD;
    if (!isWhole || !timesMet(asking, reported) || polarity.negated.flat().length > 0) continue;
    const by = match(speaker, view, asking.glossary, () => 0).at;
    const isBy = (at: number) => by.some((each) => each < at && at - each <= REACH);
    if (view.tokens.some(({ term }, at) => own.has(term) && isBy(at))) return null;
    const is = view.tokens.findIndex(({ term }, at) => against.has(term) && isBy(at));
    if (is < 0 || result !== null) continue;
    // Of what stands behind the word: "rejected the offer", not "rejected blame for it".
    const object = [...rest, ...others].some((unit) =>
      match(unit, view, asking.glossary, asking.likeness).at.some((at) => at > is && at - is <= REACH_OF_OBJECT),
    );
    if (object) result = { index, at: [speaker.start, word.start, ...[...rest, ...others].map(({ start }) => start)] };
  }
  return result;
};
/** Words between somebody and what is done, and between that and what it is done to, at most. */
const REACH = 10;
const REACH_OF_OBJECT = 6;

const ESCAPES = termsOf("escape escaped survive survived");
const KILLED = termsOf("kill killed killing assassinate assassinated assassination murdered died death");

/** "How did he escape the attempt" where he was killed in it. */
export const againstFate: Rule = (asking, sentences) => {
  const { question } = asking;
  const word = question.tokens.find(({ term }) => ESCAPES.has(term));
  const person = question.names.find(({ entries }) => entries.every(({ kind }) => kind === "person"));
  const unit = question.units.find(({ start }) => start === person?.start);
  if (word === undefined || unit === undefined) return null;
  const name = unit.surface.split(/\s+/).at(-1) ?? unit.surface;
  const index = sentences.findIndex(({ reading, view, polarity }) => {
    if (!holds(unit, view, asking) || polarity.isDenied || polarity.isDoubted) return false;
    if (view.tokens.some(({ term }) => ESCAPES.has(term))) return false;
    const stretch = polarity.stretchOf[view.tokens.findIndex(({ term }) => KILLED.has(term))];
    if (stretch === undefined || polarity.conditional[stretch] === true) return false;
    if ((polarity.negated[stretch] ?? []).length > 0) return false;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(
      `\\b(?:killing|assassination|murder|death) of (?:[\\p{L}-]+ ){0,6}${escaped}\\b|\\b(?:killed|assassinated|murdered) (?:[\\p{L}-]+ ){0,5}${escaped}\\b|\\b${escaped}(?:['’]s (?:death|killing|assassination)| (?:was|had been|has been) (?:\\p{L}+ly )?(?:killed|assassinated|murdered))\\b`,
      "u",
    ).test(reading);
  });
  return index < 0 ? null : { index, at: [unit.start, word.start] };
};
