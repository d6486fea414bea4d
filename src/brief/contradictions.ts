/** Statements that stand against each other: a claim and who denies it. */

import { asOf } from "../answer/quoted-time.ts";
import { voiceOf } from "../answer/voice.ts";
import { dateRange } from "../domain/report.ts";
import type { Glossary } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";
import { MONTHS } from "../text/words.ts";
import { isOnSubject } from "./events.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { lineSpan, standing } from "./lines.ts";
import type { Item, Material, Taken } from "./material.ts";

/** A claim, and the sentence of another who denies it. */
export interface Contradiction {
  readonly claim: Item;
  readonly denial: Item;
  readonly score: number;
}

const A_CLAIM =
  "(?:claims?|charges?|allegations?|accusations?|reports?|suggestions?|blame|line|accounts?|assertions?|any|links?|involvement|notion|concerns?|briefings?|findings?|estimates?|figures?|baseless|unfounded|false)";
/** Schools deny places, and officers are dismissed: it has to be something that was said. */
const DENIES = new RegExp(
  `\\b(?:(?:den(?:ies|ied)|(?<!to |not )deny) (?:(?:on [^,]{4,24} )?(?:that|it|this|having|being|all|responsibility|knowledge|wrongdoing)|(?:[\\p{L}’'-]+ ){0,4}?${A_CLAIM})|refut(?:es|ed)|disputed|(?:reject(?:s|ed)|dismiss(?:es|ed)) (?:[\\p{L}’'-]+ ){0,6}?${A_CLAIM}|baseless|unfounded|false propaganda|not credible|without credibility|said (?:on [^,]{4,24} )?that (?:no|neither))\\b`,
  "iu",
);
/** One does not believe what another denies. */
const DISBELIEVES = /\b(?:not credible|without credibility|found no support|no credence)\b/iu;
const DENYING = /\b(?:no|nobody|neither|never|denied|rejected|not present)\b/iu;
const ACCUSES =
  /\b(?:accus\w+|alleg\w+|blam\w+|sponsor\w*|back(?:s|ed|ing)|support\w*|fund\w*|harbou?r\w*|shelter\w*|patronage|link(?:s|ed)|responsible)\b/iu;
const CLAIMS =
  /\b(?:accus(?:es|ed|ing)|alleg(?:es|ed|ing)|blam(?:es|ed|ing)|claim(?:s|ed|ing)|said|says|told|asserted|named|described|called|reported|found|cited|placed|stated|warned|charged|argued|estimated|spoke|concluded|maintained|counted|provid(?:es|ed)|gave|allow(?:s|ed))\b/iu;
/** What is said about saying is no matter of dispute. */
const SAYING_WORDS = new Set(
  "said says told claim claims claimed alleged allegation allegations accused charge charges blamed rejected denied dismissed report reports reported relayed according spokesman spokesperson statement statements called baseless unfounded press account accounts article feature".split(
    " ",
  ),
);
/** A text that speaks of its sources contradicts nobody. */
const OF_SOURCES =
  /\b(?:was found for|our own|record what was said|interested part(?:y|ies)|(?:this|the present) (?:digest|page|document|file|report|paper|note))\b/iu;
const LEAST_LIKE = 0.5;
const LEAST_SCORE = 0.95;
/** Of what is denied the claim must hold so much, apart from the subject, */
const LEAST_SHARE = 0.25;
/** and so many words. */
const LEAST_HELD = 2;
/** Claims that are held against a denial, the most alike first. */
const MOST_CLAIMS = 400;

/** Pairs of a claim and its denial by another on the same matter, the plainest first; each sentence in one pair. */
export function contradictions(material: Material, taken: Taken, limit: number): Contradiction[] {
  const usable = material.items.filter(
    (item) =>
      isOnSubject(item, material) &&
      standing(item) >= STANDS &&
      item.hit.source.kind !== "op-ed" &&
      !OF_SOURCES.test(item.reading) &&
      !isOfDifferences(item) &&
      !taken.has(item),
  );
  const denials = usable.filter(({ reading }) => DENIES.test(reading));
  const claims = usable.filter(isClaim).slice(0, MOST_CLAIMS);
  const found = denials
    .flatMap((denial) => claims.map((claim) => ({ claim, denial, score: scoreOf(claim, denial, material) })))
    .filter(({ score }) => score >= LEAST_SCORE)
    // Of claims that are denied alike the more central one stands for them.
    .map((pair) => ({ ...pair, score: pair.score + CENTRAL * pair.claim.centrality }))
    .sort((a, b) => b.score - a.score || byPlace(a.denial, b.denial) || byPlace(a.claim, b.claim));
  const chosen: Contradiction[] = [];
  for (const pair of found) {
    if (chosen.length === limit) break;
    const isUsed = chosen.some(
      ({ claim, denial }) =>
        [claim, denial].includes(pair.claim) ||
        [claim, denial].includes(pair.denial) ||
        material.likeness(denial, pair.denial) >= ALIKE ||
        material.likeness(claim, pair.claim) >= ALIKE,
    );
    if (!isUsed) chosen.push(pair);
  }
  return chosen;
}

const STANDS = 0.6;
const CENTRAL = 0.3;

function isClaim({ reading, reported }: Item): boolean {
  if (DISBELIEVES.test(reading) || !CLAIMS.test(reading)) return false;
  // "No armed groups are in the country" is a claim as well: others do not believe it.
  return (!DENIES.test(reading) && !reported.polarity.isDenied) || DENYING.test(reading);
}

/** Of two pairs with sentences so alike the plainer one says it. */
const ALIKE = 0.8;

/** How plainly one denies what the other claims; 0 where it is another matter, or nobody else. */
function scoreOf(claim: Item, denial: Item, { glossary, likeness, subject }: Material): number {
  const alike = likeness(claim, denial);
  if (alike < LEAST_LIKE) return 0;
  const [events, others] = [eventsOf(claim), eventsOf(denial)];
  const isOneEvent = events.some((event) => others.includes(event));
  if (events.length > 0 && others.length > 0 && !isOneEvent) return 0;
  const isDisbelief = DISBELIEVES.test(denial.reading);
  if (isDisbelief !== DENYING.test(claim.reading) && (isDisbelief || DENIES.test(claim.reading))) return 0;
  const answers = isAnsweredBy(claim, denial);
  const denied = deniedTerms(denial, glossary);
  const isOwn = (term: string) => subject?.terms.has(term) === true;
  const held = [...denied].filter((term) => claim.terms.has(term));
  const words = held.filter((term) => !isOwn(term) && !term.startsWith("@")).length;
  const share = held.length / Math.max(1, denied.size);
  const isAgainst = isAccused(claim, denial);
  const isOneMatter =
    answers ||
    (isOneEvent && (isAgainst || held.length >= LEAST_HELD)) ||
    (words >= LEAST_HELD && share >= LEAST_SHARE) ||
    (isAgainst && held.length >= LEAST_HELD);
  // "His death in custody": whose is told elsewhere.
  if (HIS.test(denial.reading) && !answers && !isOneEvent) return 0;
  if (!isOneMatter || (!answers && isBefore(denial, claim))) return 0;
  const score = alike + 0.6 * share + (isOneEvent ? 0.15 : 0) + (isAgainst ? 0.2 : 0) + (answers ? 0.5 : 0);
  return score < LEAST_SCORE || speakersMeet(claim, denial, glossary) ? 0 : score;
}

const HIS = /\b(?:his|her|he|she|him)\b/iu;

/** Whether a sentence is of a time before that of the other: nobody denies what is said later. */
function isBefore(denial: Item, claim: Item): boolean {
  const [one, other] = [asOf(denial, denial.sentence), asOf(claim, claim.sentence)];
  if (one?.basis !== "quote" || other?.basis !== "quote") return false;
  return dateRange(one.to).to < dateRange(other.from).from;
}

/** Whether a claim is against the side that denies: a country of that name, or that of who speaks for it. */
function isAccused(claim: Item, denial: Item): boolean {
  if (!ACCUSES.test(claim.reading)) return false;
  const at = DENIES.exec(denial.reading)?.index ?? 0;
  const deniers = denial.reported.view.names.filter(({ end }) => end <= at).flatMap(({ entries }) => entries);
  return claim.reported.view.names.some(({ entries }) =>
    entries.some(
      (entry) =>
        deniers.includes(entry) ||
        (entry.kind === "place" && deniers.some(({ name, gloss }) => `${name} ${gloss}`.includes(entry.name))),
    ),
  );
}

/** "Pakistan rejects this line": the sentence right after the claim. */
function isAnsweredBy(claim: Item, denial: Item): boolean {
  if (claim.hit !== denial.hit || claim.index + 1 !== denial.index) return false;
  const isNear = claim.sentence.paragraph === denial.sentence.paragraph;
  return (
    isNear &&
    /\b(?:this|that|these|the) (?:line|charges?|claims?|allegations?|accusations?|accounts?)\b/iu.test(denial.reading)
  );
}

/** Terms of what is denied: what follows the denial, without who passed it on. */
function deniedTerms({ reading, tokens, reported }: Item, glossary: Glossary): ReadonlySet<string> {
  // "called the denial of armed groups not credible": what it is about comes first.
  const at = DISBELIEVES.test(reading) ? 0 : (DENIES.exec(reading)?.index ?? 0);
  const rest = reading
    .slice(at)
    .search(
      /,\s(?:as\s)?(?:reported|relayed|according|cited|quoted)\b|\sand\s(?:offered|said|called|told|expressed)\b/iu,
    );
  const end = rest < 0 ? reading.length : at + rest;
  const terms = new Set<string>();
  for (const [index, { start, surface, stop, numeric, term }] of tokens.entries()) {
    const isOutside = start < at || start >= end || reported.view.isInName[index] === true;
    if (isOutside || stop || numeric || SAYING_WORDS.has(surface.toLowerCase()) || DENIES.test(surface)) continue;
    if (!MONTH_NAMES.has(surface.toLowerCase())) terms.add(term);
  }
  for (const { start, entries } of reported.view.names) {
    if (start >= at && start < end) for (const entry of entries) terms.add(glossary.term(entry));
  }
  return terms;
}

const MONTH_NAMES = new Set(MONTHS);

function eventsOf({ reported }: Item): string[] {
  return reported.view.names.flatMap(({ entries }) =>
    entries.filter(({ kind }) => kind === "event").map(({ name }) => name),
  );
}

/** Whether one and the same says both, as far as the sentences name them. */
function speakersMeet(a: Item, b: Item, glossary: Glossary): boolean {
  const [one, other] = [speakerOf(a, glossary), speakerOf(b, glossary)];
  return one.some((word) => a !== b && saidPart(b).includes(word)) || other.some((word) => saidPart(a).includes(word));
}

const speakers = new WeakMap<Item, readonly string[]>();

/** Words with a capital of the name of who says it, without small ones and those of the press. */
function speakerOf(item: Item, glossary: Glossary): readonly string[] {
  const known = speakers.get(item);
  if (known !== undefined) return known;
  const { who } = voiceOf(item, lineSpan(item), glossary);
  const words = (who ?? "").match(/\p{Lu}[\p{L}’'-]{3,}/gu) ?? [];
  const found = words.map(fold);
  speakers.set(item, found);
  return found;
}

/** The part of a sentence that can say who says it: up to its first word of saying or denying. */
function saidPart({ reading }: Item): string {
  const ends = [DENIES, CLAIMS].map((sign) => sign.exec(reading)?.index ?? reading.length);
  return fold(reading.slice(0, Math.min(...ends)));
}

/** In the order of report path and text. */
function byPlace(a: Item, b: Item): number {
  const [one, other] = [a.hit.reportPath, b.hit.reportPath];
  return one < other ? -1 : one > other ? 1 : a.sentence.start - b.sentence.start;
}
