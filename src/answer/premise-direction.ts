/** Sentences that say that something went the other way than a question takes for granted. */

import type { AskedUnit } from "../retrieve/question.ts";
import type { Token } from "../text/tokens.ts";
import { match } from "./matching.ts";
import { type Asking, holds, lower, mainTimes, namesMet, type Rule, termsOf } from "./premise-parts.ts";
import { isSameTime } from "./times.ts";
import type { Reported } from "./told.ts";

const UP = termsOf(
  "rise rose risen rising increase increased increasing grow grew grown growth jump jumped climb climbed surge surged soar soared double doubled doubling triple tripled spike spiked escalate escalated uptick exceeded",
);
const DOWN = termsOf(
  "fall fell fallen falling decrease decreased decreasing drop dropped dropping decline declined declining shrink shrank shrunk halve halved plummet plummeted plunge plunged dwindle dwindled",
);
const PREPOSITIONS = new Set(
  "in of on at near around off along outside inside by for from to with between during since against among across after before under over as than per".split(
    " ",
  ),
);
/** Words beside what is counted that make it no narrower. */
const NEUTRAL = termsOf(
  "militant terror terrorist terrorism armed total overall recorded reported violent annual yearly number numbers figure such these those related combined put saw see recorded counted count registered found showed gave give listed",
);
const LED = new Set(
  "the a an this that sharp steep large big huge sudden recent slight strong dramatic % percent per".split(" "),
);

/** What is said to have gone up or down, and which way. */
interface Change {
  readonly isUp: boolean;
  /** What rose or fell: the last is its head. */
  readonly things: readonly AskedUnit[];
  readonly at: number;
}

/** "Why did suicide attacks rise in 2024" where they fell. */
export const otherDirection: Rule = (asking, sentences) => {
  const change = changeIn(asking);
  if (change === null) return null;
  const said = sentences.map((reported) => directionIn(reported, change, asking));
  const index = said.indexOf("other");
  if (index < 0 || said.includes("same")) return null;
  const { times, counted } = asking.claim.counts;
  const shares = counted.filter(({ figure }) => figure.unit === "%").map(({ figure }) => figure.start);
  const spoken = change.things.map(({ start }) => start);
  const at = [...spoken, change.at, ...shares, ...mainTimes(times).map(({ start }) => start)];
  return { index, at };
};

function changeIn({ question }: Asking): Change | null {
  const words = question.tokens;
  const places = words.flatMap((word, place) => (UP.has(word.term) || DOWN.has(word.term) ? [place] : []));
  const [place, ...more] = places;
  const word = place === undefined ? undefined : words[place];
  // "Did they rise or fall" leaves it open.
  if (place === undefined || word === undefined || more.length > 0) return null;
  const behind = question.units.find(({ start }) => start === words[place + 2]?.start);
  // "The fall in deaths", and not "why did deaths fall in 2024".
  const isNoun = /^(?:in|of)$/.test(lower(words[place + 1])) && isLed(words[place - 1]) && behind?.kind === "word";
  const from = isNoun ? place + 2 : afterAsking(words, place);
  const phrase: Token[] = [];
  for (const each of words.slice(from, isNoun ? words.length : place)) {
    if (PREPOSITIONS.has(lower(each))) break;
    phrase.push(each);
  }
  const things = phrase.flatMap(({ start }) =>
    question.units.filter((unit) => unit.start === start && unit.kind === "word" && !unit.shaping),
  );
  return things.length === 0 ? null : { isUp: UP.has(word.term), things, at: word.start };
}

function isLed(word: Token | undefined): boolean {
  return word !== undefined && (LED.has(lower(word)) || word.numeric || !word.stop);
}

const ASKING = new Set("why how when what which did do does has have had is are was were by much explains".split(" "));

/** Where the subject begins: behind the last word of asking. */
function afterAsking(words: readonly Token[], before: number): number {
  return words.slice(0, before).findLastIndex((word) => ASKING.has(lower(word))) + 1;
}

/** Words between what changes and the word that says which way, at most. */
const REACH = 10;
const REACH_OF_SHARE = 14;

/** Whether a sentence says that the very thing went the asked or the other way, in the asked time. */
function directionIn(reported: Reported, change: Change, asking: Asking): "same" | "other" | null {
  const { view, polarity } = reported;
  const head = change.things.at(-1);
  if (head === undefined || !namesMet(asking, reported) || !isOfTheTime(reported, asking)) return null;
  if (!change.things.every((unit) => NEUTRAL.has(unit.alternatives[0]?.[0] ?? "") || holds(unit, view, asking)))
    return null;
  if (reported.polarity.isDenied || reported.polarity.isDoubted || polarity.conditional.some(Boolean)) return null;
  if (polarity.negated.flat().length > 0) return null;
  const heads = match(head, view, asking.glossary, asking.likeness).at.filter(
    (place) => !isNarrower(place, reported, asking),
  );
  const directions = view.tokens.flatMap((word, place) => {
    const next = view.tokens[place + 1];
    const isShare = /^(?:up|down)$/i.test(word.surface) && next?.numeric === true;
    const isCompared =
      /^(?:higher|lower|fewer)$/i.test(word.surface) &&
      view.tokens.slice(place, place + 4).some((each) => lower(each) === "than");
    const isUp = isShare || isCompared ? /^(?:up|higher)$/i.test(word.surface) : UP.has(word.term);
    const isDown = isShare || isCompared ? !isUp : DOWN.has(word.term);
    if (!isUp && !isDown) return [];
    const isBeside = heads.some(
      (at) =>
        (at < place && place - at <= (isShare ? REACH_OF_SHARE : REACH)) ||
        (at > place && at - place <= 4 && /^(?:in|of)$/.test(lower(next))),
    );
    return [{ isUp, isBeside }];
  });
  if (directions.length === 0 || new Set(directions.map(({ isUp }) => isUp)).size > 1) return null;
  if (!directions.some(({ isBeside }) => isBeside)) return null;
  return directions[0]?.isUp === change.isUp ? "same" : "other";
}

/** "Suicide attacks" are narrower than attacks, and attacks in a place that is not asked about than those of a country. */
function isNarrower(place: number, { reading, view, about }: Reported, { question, claim, glossary }: Asking): boolean {
  const before = view.tokens[place - 1];
  const isOwn =
    before === undefined ||
    before.stop ||
    before.numeric ||
    NEUTRAL.has(before.term) ||
    claim.view.terms.has(before.term);
  if (!isOwn && view.isInName[place - 1] !== true) return true;
  const asked = new Set(question.names.flatMap(({ entries }) => entries.map((entry) => glossary.term(entry))));
  return view.names.some(
    ({ entries, end }) =>
      // "Narva Times" is a newspaper, and no place where something was counted.
      !/^ \p{Lu}/u.test(reading.slice(end, end + 2)) &&
      entries.every(
        (entry) =>
          NARROWING.has(entry.kind) && !asked.has(glossary.term(entry)) && !about.terms.has(glossary.term(entry)),
      ),
  );
}
const NARROWING = new Set(["place", "armed-group", "operation", "event"]);

/** Whether a change is told for the very times of the question, or with the very share. */
function isOfTheTime({ reading, counts }: Reported, { claim }: Asking): boolean {
  const asked = mainTimes(claim.counts.times);
  // "Higher than in 2022 or 2021" is said of another time.
  const compared = /\b(?:than|compared (?:with|to)|relative to)\b/iu.exec(reading)?.index ?? reading.length;
  const told = mainTimes(counts.times).filter(({ start, isBase }) => start < compared || !isBase);
  const latestAsked = [...asked].sort((a, b) => (a.to < b.to ? 1 : -1))[0];
  if (latestAsked !== undefined && !told.some(({ start, to }) => start < compared && to === latestAsked.to))
    return false;
  const isSameShare = claim.counts.counted.some(
    ({ figure }) =>
      figure.unit === "%" &&
      counts.counted.some((other) => other.figure.unit === "%" && other.figure.low === figure.low),
  );
  if (asked.length === 0) return isSameShare && claim.question.names.length > 0;
  if (asked.length > 1)
    return asked.every((time) => told.some((other) => isSameTime(other, { ...time, part: other.part })));
  const latest = [...told].sort((a, b) => (a.to < b.to ? 1 : -1))[0];
  return latest !== undefined && asked[0] !== undefined && latest.from === asked[0].from && latest.to === asked[0].to;
}
