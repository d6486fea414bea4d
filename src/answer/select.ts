/** From measured sentences to claims: which ones, in what order, and which say the same. */

import type { Span } from "../domain/passage.ts";
import type { Question } from "../retrieve/question.ts";
import { createGlossary, type Glossary } from "../text/glossary.ts";
import type { Candidate, Said } from "./evidence.ts";
import { feature } from "./features.ts";
import { pointsBack } from "./matching.ts";
import { outlookOf } from "./outlook.ts";
import { asOf } from "./quoted-time.ts";
import { areOfOthers, askedFigures } from "./same-figure.ts";
import { ANSWER_THRESHOLD, rank, supportBy, TOP, topOf } from "./support.ts";
import { voiceOf } from "./voice.ts";
import { isOneVoice } from "./voices.ts";
import type { Wants } from "./wants.ts";

export { corroborationOf, isOneVoice, shareOrigin } from "./voices.ts";

/** A candidate with its support. */
export interface Judged {
  readonly candidate: Candidate;
  /** Orders the sentences of one question; means nothing across questions. */
  readonly rank: number;
  /** 0 to 1. */
  readonly support: number;
  /** What a reader model added, for the trace; absent without one. */
  readonly reading?: Readonly<Record<string, number>>;
}

/** A sentence that becomes a claim, with those that say nearly the same in other reports. */
export interface Chosen extends Judged {
  readonly same: readonly Candidate[];
  /** What is quoted: the sentence, with its neighbours where these answer too, or are needed to understand it. */
  readonly span: Span;
}

export interface Selection {
  readonly chosen: readonly Chosen[];
  /** Why each of the others was left out, for the trace. */
  readonly fates: ReadonlyMap<Candidate, string>;
}

/** Share of words that two sentences must have in common to say "nearly the same". */
const SAME_WORDS = 0.6;
/** And the share of all words of both: a short sentence is not the same as a long one that holds its words. */
const SAME_OF_ALL = 0.25;
/** How far behind the best sentence, in units of rank, a further claim may be. */
const FURTHER_MARGIN = 2;
const OPEN_PART_MARGIN = 3.5;
/**
 * The ranks are learnt as logarithms of odds, so that each sentence has a likelihood of being on the evidence. Claims
 * are added until those shown come to this much of it,
 */
const ENOUGH = 0.75;
/** unless a sentence has less than this share of the odds of the best one. */
const LEAST_ODDS = 0.1;
/** A neighbour of a claim is quoted with it from this share on, */
const LEAST_ODDS_BESIDE = 0.05;
/** up to this many characters in all. */
const LONGEST_QUOTE = 600;
/** Words of the question that no claim holds yet are an open part when they carry this share of its weight. */
const NEW_SHARE = 0.18;

/** Best first. */
export function judge(question: Question, wants: Wants, candidates: readonly Candidate[]): Judged[] {
  const ranked = candidates
    .map((candidate) => ({ candidate, rank: rank(candidate.row) }))
    .sort((a, b) => b.rank - a.rank || a.candidate.sentence.start - b.candidate.sentence.start);
  if (ranked.length === 0) return [];
  const hits = [...new Set(candidates.map(({ hit }) => hit))];
  const top = topOf(ranked.slice(0, TOP).map(({ candidate }) => candidate.row));
  const outlook = outlookOf(
    question,
    wants,
    ranked.map(({ rank }) => rank),
    hits,
  );
  const support = supportBy(top, outlook);
  return ranked.map((each) => ({ ...each, support: support(each.candidate.row, each.rank) }));
}

/** For those who select without names: figures are compared by their words alone. */
const NO_NAMES = createGlossary([]);
/** How far behind a sentence may be that gives another figure for the same: it is about the very thing. */
const DIFFERING_MARGIN = 6;

/**
 * One to `limit` claims. The best sentence comes first. Others follow when they answer a part of the question
 * that is still open, or when another origin answers the same with other figures, so that a contradiction is seen: for
 * that the last place is kept. One that gives the same figure for the same in other words says the same.
 */
export function select(
  question: Question,
  wants: Wants,
  judged: readonly Judged[],
  limit: number,
  glossary: Glossary = NO_NAMES,
): Selection {
  const fates = new Map<Candidate, string>();
  const chosen: (Judged & { same: Candidate[]; span: Span })[] = [];
  const { compare, isExact, isOfChange, isBesideThePoint } = askedFigures(question, wants, glossary);
  const [first, ...rest] = exactFirst(judged, isExact, isOfChange);
  if (first === undefined) return { chosen, fates };
  const add = (judgement: Judged) => chosen.push({ ...judgement, same: [], span: quoteSpan(judgement.candidate) });
  add(first);
  fates.set(first.candidate, "chosen");
  const top = judged[0]?.rank ?? first.rank;
  const oddsOf = (judgement: Judged) => Math.exp(judgement.rank - top);
  const all = judged.reduce((sum, judgement) => sum + oddsOf(judgement), 0);
  let shown = oddsOf(first);
  const isNear = (judgement: Judged) => first.rank - judgement.rank <= DIFFERING_MARGIN;
  const isDiffering = (judgement: Judged, from: readonly Judged[]) =>
    isNear(judgement) &&
    compare([first.candidate], judgement.candidate) === "differs" &&
    compare(
      from.map((each) => each.candidate),
      judgement.candidate,
    ) === "differs";
  /** The best of those that give another figure than the first: for it a place is kept until it is there. */
  const differing = limit > 1 ? rest.find((judgement) => isDiffering(judgement, [first])) : undefined;

  const isAnswered = isExact(first.candidate);
  for (const judgement of rest) {
    const { candidate } = judgement;
    if (isAnswered && isBesideThePoint(candidate)) {
      fates.set(candidate, "gives figures of something else than was asked for");
      continue;
    }
    const odds = oddsOf(judgement);
    const beside = odds < LEAST_ODDS_BESIDE ? undefined : chosen.find((claim) => isBeside(claim, candidate, glossary));
    if (beside !== undefined) {
      beside.span = union(beside.span, quoteSpan(candidate));
      fates.set(candidate, "quoted with the claim beside it");
      shown += odds;
      continue;
    }
    const isInWords = (claim: Pick<Chosen, "candidate" | "span">) =>
      isQuotedBy(claim, candidate) ||
      (saysTheSame(claim.candidate, candidate) && !areOfOthers(claim.candidate, candidate, glossary));
    const isInFigures = (claim: Judged) => isNear(judgement) && compare([claim.candidate], candidate) === "same";
    const inWords = chosen.find(isInWords);
    const twin = inWords ?? chosen.find(isInFigures);
    if (twin !== undefined) {
      shown += odds;
      const isElsewhere = candidate.hit.passage.reportId !== twin.candidate.hit.passage.reportId;
      fates.set(candidate, "says the same as a claim");
      if (twin === inWords && speaksBetter(judgement, twin)) {
        fates.set(candidate, "chosen: says the same from a better source, or in more detail");
        fates.set(twin.candidate, "says the same as a claim");
        const same = isElsewhere ? [...twin.same, twin.candidate] : twin.same;
        chosen[chosen.indexOf(twin)] = { ...judgement, same, span: quoteSpan(candidate) };
      } else if (isElsewhere && judgement.support >= ANSWER_THRESHOLD) twin.same.push(candidate);
    } else if (isDiffering(judgement, chosen) && chosen.length < limit) {
      fates.set(candidate, "chosen: gives another figure for the same");
      shown += odds;
      add(judgement);
    } else if (feature(candidate, "fragment") > 0) {
      fates.set(candidate, "a fragment says too little to stand beside a claim");
    } else if (chosen.length >= limit - (differing === undefined || fates.has(differing.candidate) ? 0 : 1)) {
      fates.set(candidate, "enough claims");
    } else {
      const isLikely = shown < ENOUGH * all && odds >= LEAST_ODDS;
      const reason = isLikely ? "chosen: likely" : reasonToAdd(question, wants, chosen, judgement, top);
      fates.set(candidate, reason ?? "adds nothing to the claims, or is supported too weakly");
      if (reason !== null) {
        shown += odds;
        add(judgement);
      }
    }
  }
  return { chosen, fates };
}

/** How far behind the best may be what gives the asked figure for the very time and place, and still go before it. */
const EXACT_MARGIN = 2;
/** Of a change: a rise is far behind where a fall is asked for, and is the answer all the same. */
const CHANGE_MARGIN = 6;

/**
 * "How many people were killed in 2024?" is answered by those of the year before those killed in its operations; and "did
 * attacks fall?" by all that say how they changed.
 */
function exactFirst(
  judged: readonly Judged[],
  isExact: (candidate: Candidate) => boolean,
  isOfChange: boolean,
): readonly Judged[] {
  const [best] = judged;
  if (best === undefined || (isExact(best.candidate) && !isOfChange)) return judged;
  const isNear = ({ rank: value, support: supported, candidate }: Judged) =>
    best.rank - value <= (isOfChange ? CHANGE_MARGIN : EXACT_MARGIN) &&
    supported >= ANSWER_THRESHOLD &&
    feature(candidate, "misses") <= feature(best.candidate, "misses") &&
    isExact(candidate);
  const exact = isOfChange ? judged.filter(isNear) : judged.filter(isNear).slice(0, 1);
  return exact.length === 0 ? judged : [...exact, ...judged.filter((each) => !exact.includes(each))];
}

/** Whether a sentence and its quote would only repeat the quote of a claim. */
function isQuotedBy({ candidate: { hit }, span }: Pick<Chosen, "candidate" | "span">, candidate: Candidate): boolean {
  if (hit.passage.reportId !== candidate.hit.passage.reportId) return false;
  const other = quoteSpan(candidate);
  return span.start < other.end && other.start < span.end;
}

/** Whether a sentence stands right before or after a claim's quote in its paragraph, so that one quote can hold both. */
function isBeside(
  { candidate: { hit, sentence, index }, span }: Pick<Chosen, "candidate" | "span">,
  candidate: Candidate,
  glossary: Glossary,
): boolean {
  if (hit !== candidate.hit || sentence.paragraph !== candidate.sentence.paragraph) return false;
  const other = quoteSpan(candidate);
  const whole = union(span, other);
  if (whole.end - whole.start > LONGEST_QUOTE) return false;
  if (span.start <= other.start && other.end <= span.end) return false;
  // Nothing but white space and marks lies between neighbours.
  const isApart = hit.passage.sentences.some(
    ({ start, end }) =>
      start >= whole.start &&
      end <= whole.end &&
      !(start < span.end && span.start < end) &&
      !(start < other.end && other.start < end),
  );
  // A quote has one voice and one time: two sayings of two people, or of two years, are two claims.
  return !isApart && isOfOneVoiceAndTime({ hit, index }, span, candidate, glossary);
}

function isOfOneVoiceAndTime(
  claim: Pick<Candidate, "hit" | "index">,
  span: Span,
  candidate: Candidate,
  glossary: Glossary,
): boolean {
  const [voice, other] = [voiceOf(claim, span, glossary), voiceOf(candidate, candidate.sentence, glossary)];
  const isOneVoice = other.kind === "report" || (voice.kind === other.kind && voice.who === other.who);
  const [time, otherTime] = [asOf(claim, span), asOf(candidate, candidate.sentence)];
  const isOneTime =
    otherTime?.basis !== "quote" ||
    (time?.from === otherTime.from && time.to === otherTime.to && time.basis === "quote");
  return (isOneVoice || pointsBack(candidate.reading)) && isOneTime;
}

function union(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** How far behind a sentence that says the same may be and still speak for both. */
const TWIN_MARGIN = 2;

/** Of two sentences that say the same, the better source speaks; of equal sources, the one with more figures. */
function speaksBetter(one: Judged, other: Judged): boolean {
  if (other.rank - one.rank > TWIN_MARGIN || feature(one.candidate, "misses") > feature(other.candidate, "misses"))
    return false;
  const better = feature(one.candidate, "reliability") - feature(other.candidate, "reliability");
  return better > 0 || (better === 0 && figures(one.candidate).length > figures(other.candidate).length);
}

function reasonToAdd(
  question: Question,
  wants: Wants,
  chosen: readonly Judged[],
  { candidate, rank: value, support: supported }: Judged,
  top: number,
): string | null {
  const best = chosen[0];
  if (best === undefined) return "chosen";
  const behind = top - value;
  if (behind <= OPEN_PART_MARGIN && newShare(question, chosen, candidate) >= NEW_SHARE) {
    return "chosen: holds an open part of the question";
  }
  const missesMore = feature(candidate, "misses") > feature(best.candidate, "misses");
  if (behind > FURTHER_MARGIN || supported < ANSWER_THRESHOLD || missesMore) return null;
  const otherOrigin = chosen.every((claim) => !isOneVoice(claim.candidate, candidate));
  if (otherOrigin) return "chosen: another origin, in other words or figures";
  if (wants === "list" || wants === "statement") return "chosen: the question asks for several";
  return null;
}

/** The share of the question's weight that this sentence holds and no chosen one does. */
function newShare(question: Question, chosen: readonly { candidate: Candidate }[], candidate: Candidate): number {
  let total = 0;
  let fresh = 0;
  question.units.forEach((unit, index) => {
    const weight = unit.shaping ? 0 : unit.weight;
    total += weight;
    const already = Math.max(...chosen.map((claim) => claim.candidate.held[index] ?? 0));
    fresh += weight * Math.max(0, (candidate.held[index] ?? 0) - already);
  });
  return total > 0 ? fresh / total : 0;
}

/** Near-duplicates: mostly the same words, and no figure of one that the other contradicts. */
export function saysTheSame(a: Said, b: Said): boolean {
  if (a === b) return true;
  // Whom they speak of and when is not what they say.
  const [ofOne, ofOther] = [saidBy(a), saidBy(b)];
  let common = 0;
  for (const term of ofOne) if (ofOther.has(term)) common += 1;
  const share = common / Math.max(1, Math.min(ofOne.size, ofOther.size));
  if (share < SAME_WORDS || common / (ofOne.size + ofOther.size - common) < SAME_OF_ALL) return false;
  const ofA = figures(a);
  const ofB = figures(b);
  const [fewer, more] = ofA.length <= ofB.length ? [ofA, new Set(ofB)] : [ofB, new Set(ofA)];
  return fewer.every((figure) => more.has(figure));
}

/** The terms of a sentence without its names, years and small words; all of them where nothing else is there. */
function saidBy(candidate: Said): ReadonlySet<string> {
  const known = saidTerms.get(candidate) ?? readSaid(candidate);
  saidTerms.set(candidate, known);
  return known;
}

/** Each candidate is compared with every claim. */
const saidTerms = new WeakMap<Said, ReadonlySet<string>>();

function readSaid({ terms, tokens }: Said): ReadonlySet<string> {
  const said = tokens.filter(
    ({ surface, stop, term }, at) => !stop && !/^(?:19|20)\d\d$/.test(term) && !(at > 0 && /^\p{Lu}/u.test(surface)),
  );
  return said.length === 0 ? terms : new Set(said.flatMap(({ term, parts }) => [term, ...parts]));
}

function figures(candidate: Said): string[] {
  return candidate.tokens.filter((token) => token.numeric).map((token) => token.term);
}

/**
 * The span to quote: the sentence, with the one before it in its passage when it points back or is a fragment.
 * Only neighbours of the same paragraph are joined, so that nothing but white space and marks lies between.
 */
export function quoteSpan(candidate: Said): Span {
  const { sentence, hit, index } = candidate;
  const previous = hit.passage.sentences[index - 1];
  const dependent = pointsBack(candidate.reading) || candidate.tokens.length < 5;
  if (!dependent || previous === undefined) return { start: sentence.start, end: sentence.end };
  const near = previous.paragraph === sentence.paragraph;
  return { start: near ? previous.start : sentence.start, end: sentence.end };
}
