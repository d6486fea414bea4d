/** Who does something to whom: "Pakistan accused India" is not "India accused Pakistan". */

import type { Span } from "../domain/passage.ts";
import type { FoundName, Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { sameWords } from "./same-words.ts";
import type { Claimed, Told } from "./told.ts";

const terms = (words: string): ReadonlySet<string> => new Set(tokens(words).map(({ term }) => term));

/** Deeds that one side does to another. */
const DEEDS = terms(
  "accuse accused blame blamed attack attacked reject rejected deny denied support supported help helped fund funded sponsor sponsored back backed arrest arrested kill killed designate designated ban banned list listed proscribe proscribed outlaw outlawed threaten threatened warn warned train trained recruit recruited give gave pay paid offer offered tell told ask asked demand demanded criticise criticised admit admitted claim claimed sanction sanctioned strike struck bomb bombed capture captured condemn condemned praise praised approve approved lead led found founded announce announced call called release released",
);
/** Kinds of names that do things. A place does where it is not said to be where. */
const DOERS = new Set(["armed-group", "person", "government-body", "organisation", "place"]);
const AUXILIARIES = new Set(["was", "were", "been", "being", "is", "are", "be", "got"]);
const WHERE = /\b(?:in|at|of|from|near|across|to|inside|within|between|into|over|on|around|,)\s+(?:the\s+)?$/iu;

/** What only says who somebody is: "Jaiswal, spokesperson of the Ministry of External Affairs of India, rejected". */
const ASIDE =
  /,\s(?:an?|the|another|spokes\p{L}+|head|leader|chief|deputy|envoy|minister|emir|who|which|whose)\b[^,;.]{1,120},/gu;

/** Where a sentence only says who somebody is. */
export function asidesOf(reading: string): Span[] {
  return Array.from(reading.matchAll(ASIDE), ({ index: start, 0: found }) => ({ start, end: start + found.length }));
}

/** Who does a deed, and to whom; null where the text does not say. */
interface Sides {
  readonly doer: FoundName | null;
  /** Several where they are one phrase: "ISIL-K spokesman Sultan Aziz Azam". */
  readonly others: readonly FoundName[];
}

/** Whether nobody does in the sentence what somebody else does in the statement, or to somebody else. */
export function doersAgree(claim: Claimed, sentence: Told, glossary: Glossary): boolean {
  for (const word of claim.view.tokens) {
    if (!DEEDS.has(word.term) || word.stop) continue;
    const wanted = sidesOf(claim, word.start);
    if (wanted.doer === null && wanted.others.length === 0) continue;
    const found = sentence.view.tokens
      .filter((place) => place.term === word.term || sameWords(word.term)?.has(place.term) === true)
      .map((place) => sidesOf(sentence, place.start));
    const isSame = ({ doer, others }: Sides) =>
      (doer === null || wanted.doer === null || isOne(doer, wanted.doer, glossary)) &&
      (others.length === 0 ||
        wanted.others.length === 0 ||
        others.some((other) => wanted.others.some((each) => isOne(other, each, glossary))));
    if (found.length > 0 && !found.some(isSame)) return false;
  }
  return true;
}

function isOne(a: FoundName, b: FoundName, glossary: Glossary): boolean {
  const ofB = new Set(b.entries.map((entry) => glossary.term(entry)));
  return a.entries.some((entry) => ofB.has(glossary.term(entry)));
}

/** The names nearest before and after a deed: who does it to whom, or the other way round where it is done by somebody. */
function sidesOf({ reading, view }: Told, at: number): Sides {
  const index = view.tokens.findIndex(({ start }) => start === at);
  const earlier = view.tokens.slice(Math.max(0, index - 2), index);
  const isPassive = earlier.some(({ surface }) => AUXILIARIES.has(surface.toLowerCase()));
  const asides = asidesOf(reading);
  const names = view.names.filter(
    (name) =>
      name.entries.some(({ kind }) => DOERS.has(kind)) &&
      !asides.some((aside) => aside.start < name.start && name.end < aside.end),
  );
  const isDoer = (name: FoundName) =>
    !(isPlace(name) && WHERE.test(reading.slice(Math.max(0, name.start - 14), name.start)));
  const clause = clauseAround(reading, at);
  const before = names.findLast((name) => name.end <= at && name.start >= clause.start && isDoer(name)) ?? null;
  const after = names.filter((name) => name.start > at && name.end <= clause.end);
  if (isPassive) {
    const by = after.find(
      (name) => name.start - at < REACH && /\bby\s+(?:the\s+)?$/iu.test(reading.slice(at, name.start)),
    );
    return { doer: by ?? null, others: before === null ? [] : [before] };
  }
  // Only what follows at once: further on it may be anybody's.
  const others: FoundName[] = [];
  let end = at;
  for (const name of after) {
    if (!isDoer(name) || !(others.length === 0 ? FOLLOWS : BELONGS).test(reading.slice(end, name.start))) break;
    others.push(name);
    end = name.end;
  }
  return { doer: before, others };
}

const FOLLOWS = /^\P{P}{0,24}$/u;
const BELONGS = /^['’]?s?\s(?:(?!of|by|in|for|from|over|with|to|and|on|at)\p{L}+\s){0,2}$/u;
/** Characters after a deed in which its "by" stands. */
const REACH = 80;

function isPlace(name: FoundName): boolean {
  return name.entries.every(({ kind }) => kind === "place");
}

function clauseAround(reading: string, at: number): Span {
  const starts = [";", " while ", " whereas "].map((mark) => reading.lastIndexOf(mark, at));
  const ends = [";", " while ", " whereas "].map((mark) => reading.indexOf(mark, at)).filter((end) => end >= 0);
  return { start: Math.max(0, ...starts), end: Math.min(reading.length, ...ends) };
}
