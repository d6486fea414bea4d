/** Whether a name in a sentence is what the sentence speaks of, or a part of another name, or only who tells it. */

import type { Span } from "../domain/passage.ts";
import { COUNTRIES } from "../text/countries.ts";
import type { FoundName, GlossaryEntry } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";

/** After the name of a state these still speak of it. */
const OF_STATE =
  /^(?:prime|president|vice|foreign|interior|defen[cs]e|home|deputy|army|armed|air|navy|military|security|special|parliament|national|supreme|high|constitution\w*|governments?|ministr\w+|minister|ambassador|mission|embassy|muslims?|christians?|police|border|frontier|permanent|representative|general|officials?|forces|on|in|and)$/iu;
/** Before the name of a place these are a part of it, or begin a sentence. */
const BEFORE_PLACE =
  /^(?:the|in|on|at|of|from|for|to|by|with|and|but|as|if|when|while|since|both|north\w*|south\w*|east\w*|west\w*|central|upper|lower|former|greater|most|all|some|many|more|no|across|within|outside|inside|neighbou?ring|under|after|before|during|between|against|like|unlike|because|although|though|however|according|whether|that|where|an?)$/iu;

/**
 * Whether a name means its place: not "India" in "The Indian System" or "Yocahu India", not "US" in "US$50,500". Names
 * of other kinds are whole as they are found.
 */
export function isOutright({ start, end, entries }: FoundName, reading: string): boolean {
  if (entries.some(({ kind }) => kind !== "place")) return true;
  const [before, after] = [reading.slice(0, start), reading.slice(end)];
  if (/^\$/u.test(after) || (/\($/u.test(before) && /^\)/u.test(after))) return false;
  if (/\b(?:Voice|Bank|Times|Press|Bulletin|University|Institute|Church) of (?:the )?$/u.test(before)) return false;
  const next = /^ (\p{Lu}[\p{L}'’-]*)/u.exec(after)?.[1];
  if (next !== undefined && !OF_STATE.test(next)) return false;
  const previous = /(?:^|[\s"“(])(\p{Lu}[\p{L}'’.-]*) $/u.exec(before)?.[1];
  return previous === undefined || BEFORE_PLACE.test(previous);
}

const TELLS_BEFORE =
  /\b(?:according to|(?:relayed|reported|told|carried|quoted|cited|excerpted|described|noted|seen|printed|published|written|given) (?:by|in|from)|citing|quoting|told|per|accounts? of|coverage of|in the (?:view|words|account) of|attributed (?:this )?to) (?:the |an? )?$/iu;
const TELLS_AFTER =
  /^(?:['’]s?)?(?: (?:data|figures|count|text|report|reports|account|story|release|spokes\w+|officials?|pages?|\d+(?:st|nd|rd|th)|on (?:\d+ )?\p{Lu}\p{Ll}+(?: \d{4})?|in (?:(?:early|late|mid)[- ])?(?:\p{Lu}\p{Ll}+ )?\d{4}|of \p{Lu}\p{Ll}+ \d{4}|also|further|then|itself|again)){0,4},? (?:said|says|told|reported|reports|recorded|stated|noted|wrote|estimated|counted|relayed|gave|gives|claimed|claims|argued|argues|alleged|alleges|complained|warned|added|described|called|named|put|found|spoke|explained|listed)\b/iu;
const CLAIMED_AFTER = /,? (?:the )?\p{L}+ (?:claimed|said|alleged|argued|warned|told|added) (?:on|in|at|that)\b/iu;

/** Whether a name is there to say who tells what the sentence says. */
export function isTeller(reading: string, { start, end }: Span): boolean {
  return (
    TELLS_BEFORE.test(reading.slice(Math.max(0, start - 40), start)) ||
    TELLS_AFTER.test(reading.slice(end, end + 90)) ||
    (start > reading.length / 2 &&
      CLAIMED_AFTER.test(reading.slice(Math.max(0, start - 2), end + 20)) &&
      /,\s(?:the\s)?$/u.test(reading.slice(0, start)))
  );
}

/** Whom a name means: of "TTP" the group, and not the tactics; null where it may be several. */
export function meantBy({ entries }: FoundName): GlossaryEntry | null {
  const things = entries.length > 1 ? entries.filter(({ kind }) => kind !== "term") : entries;
  return things.length === 1 ? (things[0] ?? null) : null;
}

const STATES = new Set(COUNTRIES.map(({ name }) => fold(name)));

/** Whether a place is a state, which acts as people do. */
export function isState({ name, kind }: GlossaryEntry): boolean {
  return kind === "place" && STATES.has(fold(name));
}
