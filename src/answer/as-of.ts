/** The time that a claim is about, apart from the day of publication: the newest first where that is asked for. */

import type { AsOf, Claim } from "../domain/answer.ts";
import type { Sentence } from "../domain/passage.ts";
import { dateRange, type Period } from "../domain/report.ts";
import { LAST_DAY } from "../retrieve/meant-period.ts";
import { overlaps } from "../retrieve/period.ts";
import type { Question } from "../retrieve/question.ts";
import { asksForLatest } from "../retrieve/recency.ts";
import { createGlossary, type Glossary } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";
import { type Counted, countsOf, countsTheSame } from "./counted.ts";
import type { Cited } from "./disagreement.ts";
import type { Candidate } from "./evidence.ts";
import { asOf } from "./quoted-time.ts";
import { type Judged, quoteSpan } from "./select.ts";
import { ANSWER_THRESHOLD } from "./support.ts";
import { type Tally, talliesOf } from "./tally.ts";
import { reportedBy } from "./told.ts";

export { asOf };

/** How far behind the best claim, in units of rank, another one is still of about equal standing. */
const EQUAL_STANDING = 1.5;
/** A unit of the question that a sentence holds at least so well is held. */
const HELD = 0.5;
/** Of two figures for what happened in a time, the times must be about equally long to be one row of figures. */
const ALIKE_LENGTH = 2;
const DAY_MS = 86_400_000;

/**
 * The claims in the order of time, where the question asks for the latest, and with older figures marked as such: those
 * for which `judged` holds a newer one of the same. A claim on just the time that was asked for is not called older.
 * Citations are numbered 1 to n in the order of the claims, whatever the order was.
 */
export function inTime(
  cited: readonly Cited[],
  question: Question,
  judged: readonly Judged[],
  glossary: Glossary = createGlossary([]),
): readonly Cited[] {
  const ranks = new Map(judged.map(({ candidate, rank }) => [candidate, rank]));
  const ordered = asksForLatest(question.text) ? newestFirst(cited, ranks) : cited;
  const newer = datedFigures(judged);
  const strengths = datedStrengths(judged, glossary);
  return renumbered(
    ordered.map((each) => {
      const { claim, candidate } = each;
      const time = claim.asOf;
      if (time === null || isAskedFor(time, question)) return each;
      if (!hasNewer(candidate, time, newer) && !hasNewerStrength(candidate, time, strengths)) return each;
      return { ...each, claim: { ...claim, asOf: { ...time, isOlder: true } } };
    }),
  );
}

/** Only among those of about equal standing: a newer sentence that answers less does not come first. */
function newestFirst(cited: readonly Cited[], ranks: ReadonlyMap<Candidate, number>): Cited[] {
  const rankOf = ({ candidate }: Cited) => ranks.get(candidate) ?? Number.NEGATIVE_INFINITY;
  const best = Math.max(...cited.map(rankOf));
  const isEqual = (each: Cited) => best - rankOf(each) <= EQUAL_STANDING;
  const equal = cited.filter(isEqual).sort((a, b) => newness(b.claim.asOf) - newness(a.claim.asOf));
  return [...equal, ...cited.filter((each) => !isEqual(each))];
}

/** Days since 1970 of the last day that is surely meant; what has no time is older than all. */
export function newness(time: AsOf | null): number {
  if (time === null) return Number.NEGATIVE_INFINITY;
  // A report on ten years may speak of any of them.
  const isVague = time.basis === "report" && lengthOf(time) > 366;
  return dayOf(isVague ? dateRange(time.from).from : dateRange(time.to).to);
}

interface DatedFigures {
  readonly candidate: Candidate;
  readonly time: AsOf;
  readonly counted: readonly Counted[];
}

/** What a sentence counts, read once for as long as its passage is kept. */
function countedIn({ sentence, reading }: Candidate): readonly Counted[] {
  const known = countedBy.get(sentence) ?? countsOf(reading, []).counted;
  countedBy.set(sentence, known);
  return known;
}

const countedBy = new WeakMap<Sentence, readonly Counted[]>();

function datedFigures(judged: readonly Judged[]): DatedFigures[] {
  return judged.flatMap(({ candidate, support }) => {
    if (support < ANSWER_THRESHOLD) return [];
    const counted = countedIn(candidate);
    const time = counted.length === 0 ? null : asOf(candidate, quoteSpan(candidate));
    return time === null || time.basis === "report" ? [] : [{ candidate, time, counted }];
  });
}

/** Whether others have a newer figure for what the candidate counts, of the same and for a time of its kind. */
function hasNewer(candidate: Candidate, time: AsOf, others: readonly DatedFigures[]): boolean {
  if (time.basis === "report" && lengthOf(time) > 366) return false;
  const later = others.filter(
    (other) => other.candidate !== candidate && isLater(other.time, time) && isOfTheSame(other.candidate, candidate),
  );
  if (later.length === 0) return false;
  const own = countedIn(candidate);
  return later.some((other) =>
    other.counted.some((newer) =>
      own.some(
        (older) =>
          countsTheSame(newer, older, true) &&
          isEqual(newer.things, older.things) &&
          (isStanding(older) || isAlikeLong(time, other.time)),
      ),
    ),
  );
}

/** A figure for how many somebody has, "put the group at 6,000". */
interface DatedStrength {
  readonly candidate: Candidate;
  readonly time: AsOf;
  readonly tally: Tally;
}

function datedStrengths(judged: readonly Judged[], glossary: Glossary): DatedStrength[] {
  return judged.flatMap(({ candidate }) => {
    const reported = reportedBy(candidate.hit, glossary)[candidate.index];
    const tallies = reported === undefined ? [] : talliesOf(reported, glossary).filter(isStrength);
    const time = tallies.length === 0 ? null : asOf(candidate, quoteSpan(candidate));
    return time === null || time.basis === "report" ? [] : tallies.map((tally) => ({ candidate, time, tally }));
  });
}

/** How many people of named groups there are; nobody has died, and nothing narrows who is meant. */
function isStrength({ what, actors, narrowed, counted }: Tally): boolean {
  const isOfPeople = (what?.split("|")[2] ?? "") !== "";
  return isOfPeople && counted.fate === null && counted.figure.unit === "" && actors.size > 0 && narrowed === "";
}

/** Whether another sentence has a newer figure for the strength of just the groups whose strength the candidate gives. */
function hasNewerStrength(candidate: Candidate, time: AsOf, strengths: readonly DatedStrength[]): boolean {
  const own = strengths.filter((each) => each.candidate === candidate);
  return strengths.some(
    (newer) =>
      newer.candidate !== candidate &&
      isLater(newer.time, time) &&
      own.some(
        ({ tally }) =>
          tally.what === newer.tally.what &&
          isEqual(tally.actors, newer.tally.actors) &&
          (tally.places.size === 0 || newer.tally.places.size === 0 || isEqual(tally.places, newer.tally.places)),
      ),
  );
}

function isLater(a: Period, b: Period): boolean {
  return dateRange(a.from).from > dateRange(b.from).from && dateRange(a.to).to > dateRange(b.to).to;
}

/** How many there are, and not how many were killed or attacks were made in a time. */
function isStanding({ fate, roles, figure }: Counted): boolean {
  return fate === null && roles.size > 0 && figure.unit === "";
}

function isAlikeLong(a: Period, b: Period): boolean {
  const [short = 1, long = 1] = [lengthOf(a), lengthOf(b)].sort((x, y) => x - y);
  return long / short <= ALIKE_LENGTH;
}

/**
 * Whether a newer sentence speaks of what an older one does: it holds all of the question that the other holds, and
 * neither names a group or place that the other does not. Who counted or relayed may differ.
 */
function isOfTheSame(newer: Candidate, older: Candidate): boolean {
  if (!older.held.every((credit, unit) => credit < HELD || (newer.held[unit] ?? 0) >= HELD)) return false;
  return othersIn(newer, older).length === 0 && othersIn(older, newer).length === 0;
}

/** Names of a sentence that the other lacks, without those of sources. A term of a name starts with "@". */
function othersIn({ terms, hit }: Candidate, other: Candidate): string[] {
  const { title, publisher, origins, sources } = hit.source;
  const named = [title, publisher ?? "", ...origins.flatMap((origin) => [origin.title, origin.publisher ?? ""])];
  const voices = fold([...named, ...sources.map((source) => source.title)].join(" | ")).replace(
    /[^\p{L}\p{N}]+/gu,
    "-",
  );
  return [...terms].filter((term) => term.startsWith("@") && !other.terms.has(term) && !voices.includes(term.slice(1)));
}

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}

/** Whether the question names the time of a claim: then it is no older figure but the one that was asked for. */
function isAskedFor(time: Period, question: Question): boolean {
  const isLatest = asksForLatest(question.text);
  // "The latest since 2021": of a time without an end all is asked for, and the newest of it first.
  return question.periods.some((period) => overlaps(period, time) && !(isLatest && period.to === LAST_DAY));
}

function renumbered(cited: readonly Cited[]): Cited[] {
  let number = 0;
  return cited.map((each) => {
    const citations = each.claim.citations.map((citation) => {
      number += 1;
      return citation.number === number ? citation : { ...citation, number };
    });
    const claim: Claim = { ...each.claim, citations };
    return { ...each, claim };
  });
}

/** Days, at least 1. */
function lengthOf({ from, to }: Period): number {
  return Math.max(1, dayOf(dateRange(to).to) - dayOf(dateRange(from).from) + 1);
}

function dayOf(date: string): number {
  return Date.parse(`${date.replace("-02-29", "-02-28")}T00:00:00Z`) / DAY_MS;
}
