/** Who does something to whom: "Pakistan accused India" is not "India accused Pakistan". */

import type { Span } from "../domain/passage.ts";
import type { FoundName, Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import type { Claimed, Told } from "./told.ts";

const terms = (words: string): ReadonlySet<string> => new Set(tokens(words).map(({ term }) => term));

/** Deeds that one side does to another. */
const DEEDS = terms(
  "accuse accused blame blamed attack attacked reject rejected deny denied support supported help helped fund funded sponsor sponsored back backed arrest arrested kill killed designate designated ban banned list listed proscribe proscribed outlaw outlawed threaten threatened warn warned train trained recruit recruited give gave pay paid offer offered tell told ask asked demand demanded criticise criticised admit admitted claim claimed sanction sanctioned strike struck bomb bombed capture captured condemn condemned praise praised approve approved lead led found founded announce announced call called release released",
);
/** Kinds of names that do things. A place does where it is not said to be where. */
const DOERS = new Set(["armed-group", "person", "government-body", "organisation", "place"]);
const AUXILIARIES = new Set(["was", "were", "been", "being", "is", "are", "be", "got"]);
const WHERE = /\b(?:in|at|of|from|near|across|to|inside|within|between|and|into|over|on|around|,)\s+(?:the\s+)?$/iu;

/** What only says who somebody is: "Jaiswal, spokesperson of the Ministry of External Affairs of India, rejected". */
const ASIDE =
  /,\s(?:an?|the|another|spokes\p{L}+|head|leader|chief|deputy|envoy|minister|emir|who|which|whose)\b[^,;.]{1,120},/gu;

/** Where a sentence only says who somebody is. */
export function asidesOf(reading: string): Span[] {
  return Array.from(reading.matchAll(ASIDE), ({ index: start, 0: found }) => ({ start, end: start + found.length }));
}

/** Whether nobody does in the sentence what somebody else does in the statement. */
export function doersAgree(claim: Claimed, sentence: Told, glossary: Glossary): boolean {
  for (const word of claim.view.tokens) {
    if (!DEEDS.has(word.term) || word.stop) continue;
    const wanted = doerOf(claim, word.start);
    if (wanted === null) continue;
    const places = sentence.view.tokens.filter((other) => other.term === word.term);
    if (places.length === 0) continue;
    const doers = places.map((place) => doerOf(sentence, place.start)).filter((doer) => doer !== null);
    if (doers.length > 0 && !doers.some((doer) => isOne(doer, wanted, glossary))) return false;
  }
  return true;
}

function isOne(a: FoundName, b: FoundName, glossary: Glossary): boolean {
  const ofB = new Set(b.entries.map((entry) => glossary.term(entry)));
  return a.entries.some((entry) => ofB.has(glossary.term(entry)));
}

/** The name nearest before a deed, or after its "by" where it is done to somebody. */
function doerOf({ reading, view }: Told, at: number): FoundName | null {
  const index = view.tokens.findIndex(({ start }) => start === at);
  const before = view.tokens.slice(Math.max(0, index - 2), index);
  const isPassive = before.some(({ surface }) => AUXILIARIES.has(surface.toLowerCase()));
  const asides = asidesOf(reading);
  const doers = view.names.filter(
    (name) =>
      name.entries.some(({ kind }) => DOERS.has(kind)) &&
      !asides.some((aside) => aside.start < name.start && name.end < aside.end),
  );
  if (isPassive) {
    return (
      doers.find(
        (name) =>
          name.start > at && /\bby\s+(?:the\s+)?$/iu.test(reading.slice(at, name.start)) && name.start - at < 80,
      ) ?? null
    );
  }
  const clause = Math.max(
    reading.lastIndexOf(";", at),
    reading.lastIndexOf(" while ", at),
    reading.lastIndexOf(" whereas ", at),
  );
  return (
    doers.findLast((name) => {
      if (name.end > at || name.start < clause) return false;
      return !(
        name.entries.every(({ kind }) => kind === "place") &&
        WHERE.test(reading.slice(Math.max(0, name.start - 14), name.start))
      );
    }) ?? null
  );
}
