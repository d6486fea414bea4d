/** Whether two figures count the same thing. */

import { nearTerms } from "../text/thesaurus.ts";
import { DEEDS, FATES, ROLES, terms } from "./count-words.ts";
import type { Counted } from "./counted.ts";

/**
 * Whether two figures count the same.
 * @param isCertain false where what one of them counts is left open ("440 people"): they can agree, and not differ.
 */
export function countsTheSame(reported: Counted, claimed: Counted, isCertain: boolean): boolean {
  if (reported.figure.unit !== claimed.figure.unit) return false;
  if (reported.figure.unit === "%" && reported.direction !== claimed.direction) return false;
  if (claimed.figure.unit === "rank") return true;
  if (claimed.fate !== null || reported.fate !== null) {
    if (claimed.fate !== reported.fate) return false;
    return claimed.fate === "arrest" || equalSets(claimed.roles, reported.roles);
  }
  if (claimed.things.size === 0 || reported.things.size === 0) {
    // "put ISIL-K at 2,000": a strength, if anything.
    const other = claimed.things.size === 0 ? reported : claimed;
    const isDone = [...other.things].some((thing) => DEEDS.has(thing));
    return (
      (!isCertain && !isDone) || other.things.size === 0 || other.roles.has("militant") || claimed.figure.unit !== ""
    );
  }
  if (claimed.roles.size > 0 && equalSets(claimed.roles, reported.roles)) return true;
  return [...claimed.things].some(
    (thing) => reported.things.has(thing) || [...reported.things].some((other) => isLike(thing, other)),
  );
}

const SAME_DEEDS = [terms("attack attacks assault assaults raid raids"), terms("arrest arrests detention detentions")];
function isLike(a: string, b: string): boolean {
  return SAME_DEEDS.some((set) => set.has(a) && set.has(b)) || (nearTerms(a).has(b) && !DEEDS.has(a) && !DEEDS.has(b));
}

/** Words that narrow what a report's figure counts ("suicide attacks") and that a statement does not have. */
export function narrowing(reported: Counted, has: (term: string) => boolean): boolean {
  return [...reported.things].some((thing) => {
    const isHead =
      FATES.some(([, members]) => members.has(thing)) ||
      ROLES.some(([, members]) => members.has(thing)) ||
      DEEDS.has(thing);
    return !isHead && !has(thing);
  });
}

function equalSets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
