/** Figures for the same thing and time that differ between the claims of an answer. */

import type { Claim, DifferingValue, Disagreement } from "../domain/answer.ts";
import type { Span } from "../domain/passage.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { areCompared, areDifferent, notComparedIn } from "./differing.ts";
import type { Candidate } from "./evidence.ts";
import { type Tally, talliesOf } from "./tally.ts";
import { aboutOf, ruleSpan, writtenSpan } from "./tally-words.ts";
import { type Reported, reportedBy } from "./told.ts";

/** A claim with the sentence that it was made from, and those that say the same elsewhere. */
export interface Cited {
  readonly claim: Claim;
  readonly candidate: Candidate;
  readonly same: readonly Candidate[];
}

/** A figure of a claim's quote. */
interface Quoted {
  readonly tally: Tally;
  readonly citation: number;
  /** The words of the quote at a span of the reading. */
  readonly words: (span: Span) => string;
}

/** Disagreements beyond these, and figures beyond those, are not looked for: nobody reads on so far. */
const MOST = 3;
const MOST_FIGURES = 24;
const MOST_OF_A_CLAIM = 15;

/**
 * Differing figures for the same thing, time and place, side by side; only those that the question asks for where there are such. Figures of
 * other times, places, sides or definitions are none, nor are such as can both be meant ("at least 74" and 80).
 */
export function disagreementsOf(question: Question, cited: readonly Cited[], glossary: Glossary): Disagreement[] {
  // A sentence that two quotes hold is one.
  const seen = new Set<Reported["view"]>();
  const quoted = cited.flatMap((each) => {
    const fresh = quotedBy(each, glossary).filter(({ tally }) => !seen.has(tally.reported.view));
    for (const { tally } of fresh) seen.add(tally.reported.view);
    return fresh.slice(0, MOST_OF_A_CLAIM);
  });
  const apart = notComparedIn(
    cited.map(({ candidate }) => candidate.hit),
    glossary,
  );
  const compared = (a: Quoted, b: Quoted) => areCompared(a.tally, b.tally) && !apart(a.tally, b.tally);
  const differ = (a: Quoted, b: Quoted) => compared(a, b) && areDifferent(a.tally, b.tally);
  const nodes = quoted.filter((one) => quoted.some((other) => other !== one && differ(one, other)));
  const asked = new Set(question.units.flatMap(({ alternatives }) => alternatives.flat()));
  const groups = groupsOf(nodes.slice(0, MOST_FIGURES), compared)
    .map((group) => group.filter((one) => group.some((other) => differ(one, other))))
    .filter((group) => group.length > 1)
    .map((group) => ({ group, wanted: group.filter((each) => isAsked(each, asked)).length / group.length }));
  const isOneAsked = groups.some(({ wanted }) => wanted > 0);
  const shownOnes = groups
    .filter(({ wanted }) => wanted > 0 || !isOneAsked)
    .sort((a, b) => b.wanted - a.wanted || b.group.length - a.group.length)
    .map(({ group }) => shown(group));
  // Of two groups of one thing, time and counter the larger one says it: "685 in all, or 461 in attacks".
  return shownOnes
    .filter((one, index) => !shownOnes.slice(0, index).some((other) => isOfOneThing(one, other)))
    .slice(0, MOST);
}

function isOfOneThing(a: Disagreement, b: Disagreement): boolean {
  const isOneTime = a.period?.from === b.period?.from && a.period?.to === b.period?.to;
  const isShared = a.values.some((one) =>
    b.values.some(({ written, citation }) => written === one.written && citation === one.citation),
  );
  return a.about === b.about && isOneTime && isShared;
}

/** The figures of a claim's quote, sentence by sentence. */
function quotedBy({ claim, candidate }: Cited, glossary: Glossary): Quoted[] {
  const [citation] = claim.citations;
  if (citation === undefined) return [];
  const { quote, number } = citation;
  const { passage } = candidate.hit;
  return reportedBy(candidate.hit, glossary)
    .filter(({ sentence }) => quote.start <= sentence.start && sentence.end <= quote.end)
    .flatMap((reported) => {
      const places = placesIn(
        passage.reading.slice(reported.sentence.start - passage.start, reported.sentence.end - passage.start),
      );
      const offset = reported.sentence.start - quote.start;
      const at = (index: number) => offset + (places[index] ?? reported.sentence.end - reported.sentence.start);
      const words = ({ start, end }: Span) => quote.text.slice(at(start), at(end - 1) + 1);
      return talliesOf(reported, glossary).map((tally) => ({ tally, citation: number, words }));
    });
}

/** For each character of a reading with single spaces, where it stands in the text as it was. */
function placesIn(text: string): number[] {
  const places: number[] = [];
  for (const { index, 0: found } of text.matchAll(/\s+|\S/gu)) {
    // A character beyond the basic plane takes two places in both.
    for (let unit = 0; unit < (/\s/u.test(found) ? 1 : found.length); unit += 1) places.push(index + unit);
  }
  return places;
}

/**
 * The largest groups in which every figure can be set beside every other: Bron and Kerbosch 1973, with the pivot of
 * Tomita and others 2006, so that figures that all compare with each other take no longer than their number.
 */
function groupsOf(nodes: readonly Quoted[], compared: (a: Quoted, b: Quoted) => boolean): Quoted[][] {
  const groups: Quoted[][] = [];
  const near = new Map(
    nodes.map((one) => [one, new Set(nodes.filter((other) => other !== one && compared(one, other)))]),
  );
  const grow = (group: Quoted[], open: Quoted[], done: Quoted[]): void => {
    if (open.length === 0 && done.length === 0) groups.push(group);
    const pivot = mostNear([...open, ...done], open);
    let left = open;
    let past = done;
    for (const next of open) {
      if (pivot !== undefined && near.get(pivot)?.has(next) === true) continue;
      const isNear = (other: Quoted) => near.get(next)?.has(other) === true;
      left = left.filter((other) => other !== next);
      grow([...group, next], left.filter(isNear), past.filter(isNear));
      past = [...past, next];
    }
  };
  grow([], [...nodes], []);
  return groups;

  /** The one that most of the open ones can be set beside. */
  function mostNear(all: readonly Quoted[], open: readonly Quoted[]): Quoted | undefined {
    const count = (one: Quoted) => open.filter((other) => near.get(one)?.has(other) === true).length;
    return all.reduce<Quoted | undefined>(
      (best, one) => (best === undefined || count(one) > count(best) ? one : best),
      undefined,
    );
  }
}

function isAsked({ tally }: Quoted, asked: ReadonlySet<string>): boolean {
  return tokens(aboutOf(tally)).some(({ term }) => asked.has(term));
}

function shown(group: readonly Quoted[]): Disagreement {
  const about = wordsFor(group);
  const values = new Map<string, DifferingValue>();
  for (const { tally, citation, words } of group) {
    const written = words(writtenSpan(tally.reported.reading, tally.counted.figure));
    const who = tally.who === null ? null : words(tally.who);
    const span = ruleSpan(tally);
    const rule = span === null ? null : words(span);
    const isAbout = rule !== null && rule.toLowerCase() === about.toLowerCase();
    const key = `${written} ${tally.who?.key ?? citation}`;
    if (!values.has(key)) values.set(key, { written, citation, who, rule: isAbout ? null : rule });
  }
  const time = group[0]?.tally.time ?? null;
  const isOne = group.every(({ tally }) => tally.time?.from === time?.from && tally.time?.to === time?.to);
  const period = isOne && time !== null && time.part === "" ? { from: time.from, to: time.to } : null;
  return { about, period, values: [...values.values()] };
}

/** What most of them say that they count; of equals the shortest, then the first in the alphabet. */
function wordsFor(group: readonly Quoted[]): string {
  const times = new Map<string, number>();
  for (const { tally } of group) {
    const about = aboutOf(tally);
    times.set(about, (times.get(about) ?? 0) + 1);
  }
  const [best] = [...times].sort(([a, ofA], [b, ofB]) => ofB - ofA || a.length - b.length || (a < b ? -1 : 1));
  return best?.[0] ?? "";
}
