/** Who counted a stored figure: only who is said to, and nobody who passes it on. */

import type { Span } from "../domain/passage.ts";
import type { Figure } from "./figures.ts";
import { citedStates, isWrittenOn, otherTeller, writerOf } from "./reported-figures-tellers.ts";
import { clauseOf } from "./surroundings.ts";
import type { Tally } from "./tally.ts";
import type { Reported } from "./told.ts";

const BY_TELLER = /\b(?:according to|as (?:relayed|reported|told|cited) by|by)\s(?:the\s)?(?:\p{L}+\s)?$/iu;
const DOCUMENT_OF = /((?:UN\s)?(?:Monitoring Team|Secretary-General)['’]s\s)$/u;
const SAYS = /^(?:\s\([^()]{1,20}\))?\s(?:claimed|claims|said|says|alleged|alleges|told|counted|described|put)\b/u;
const ON_REPORT = /^(?:\sand\s(?:\p{Lu}[\p{L}\p{N}.]*\s?){1,4})?\s?on the\s(?:UN\s)?(?:Monitoring Team['’]s\s)?$/u;

/** Who counted a figure, as the sentence names them; null where that is nobody, or only who passes it on. */
export function whoOfFigure(tally: Tally, figures: readonly Figure[]): Span | null {
  return citedStates(tally) ?? counterOf(tally, figures) ?? otherTeller(tally, figures);
}

function counterOf(tally: Tally, figures: readonly Figure[]): Span | null {
  const { who, counted, reported } = tally;
  const { reading, view } = reported;
  if (who === null) return sayerOf(tally, figures);
  const before = reading.slice(Math.max(0, who.start - 40), who.start);
  const name = view.names.find(({ start, end }) => start <= who.start && who.end <= end);
  // "24News HD": a name that begins with a figure is not known whole.
  if (name === undefined && /\p{N}\p{L}*\s$/u.test(before)) return null;
  if (isWrittenOn(reading, who)) return writerOf(reading, who, counted.figure);
  if (/^\s\p{Lu}/u.test(name === undefined ? reading.slice(who.end) : "")) return null;
  const surface = reading.slice(who.start, who.end);
  if (NOBODY.test(surface) || (name === undefined && !/\p{Lu}/u.test(surface))) return null;
  const isCounter = name?.entries.some(({ kind }) => kind === "document" || kind === "think-tank") === true;
  if (!isCounter && !isSaidToTell(who, tally)) return null;
  const document = documentAfter(who, reported);
  if (document !== null) return document;
  const { figure } = counted;
  // "A security official spoke of 20, according to Coast News": who said it has no name, and who passes it on has.
  if (who.start > figure.end && UNNAMED.test(reading)) return null;
  const clause = clauseOf(reading, figure);
  const isInside = clause.start <= who.start && who.end <= clause.end;
  // What a contrasting clause says is not the other's, unless it stands there for the whole sentence.
  if (!isInside && !BY_TELLER.test(before)) return null;
  // "3.5 million in the 15th report compares with 3 million": of the second it is another's.
  if (who.end <= figure.start && /\bcompare[sd]? with\s/u.test(reading.slice(who.end, figure.start))) return null;
  const [from, to] = who.end <= figure.start ? [who.end, figure.start] : [figure.end, who.start];
  if (
    (who.start > figure.end && /^\sattributed\b/u.test(reading.slice(who.end))) ||
    /\btold\s(?:the\s)?$/u.test(before)
  )
    return null;
  const isPassed = figures.some(({ start, end }) => start >= from && end <= to);
  // "3.5 million in the 15th report compares with 3 million in the 35th": the nearer one has not been taken.
  const isBetween = (each: { readonly start: number; readonly end: number }) =>
    each.start >= figure.end && each.end <= clause.end;
  if (isPassed && who.end <= figure.start && /\bcompare[sd]?\b/iu.test(reading) && view.names.some(isBetween))
    return null;
  const owner = DOCUMENT_OF.exec(before)?.[1] ?? "";
  const wider = name === undefined ? (/((?:\p{Lu}[\p{L}.]*\s)+)$/u.exec(before)?.[1] ?? "") : owner;
  const isFirst = who.start === wider.length;
  return {
    start: isFirst && /^(?:The|A|An|In|For|On)\s/u.test(wider) ? who.start : who.start - wider.length,
    end: who.end,
  };
}

const UNNAMED =
  /^(?:An?|One|Two|Several|Some|Unnamed|Anonymous|Local|Other)\s[^,.;]{0,60}?\b(?:officials?|sources?|officers?|spokes(?:man|woman|person|people)|witness(?:es)?|diplomats?|analysts?)\b[^,.;]{0,40}?\b(?:said|says|spoke|told|gave|claimed|put)\b/u;
const NOBODY =
  /^(?:Media|Police|Officials?|Reports?|Authorities|Witnesses|Sources?|Press|Government|Locals?|Residents|Another|Other)$/iu;
const TELLS =
  /^\)?(?:\s\([^()]{1,60}\))?(?:,[^,]{1,80},)?(?:['’]s)?\s?(?:\d+(?:st|nd|rd|th)\s)?(?:\p{L}+\s){0,3}?(?:on\s\d{1,2}\s\p{L}+\s\d{4}\s(?:both\s)?)?(?:counted|counts|recorded|registered|logged|tallied|puts?|reported|reports|said|says|found|estimated|estimates|gave|gives|listed|noted|identified|classed|named|documented|showed|shows|prints?|claimed|claims|cited|spoke|relayed|stated|text|figures?|data|total|toll|report|story|count)\b/u;
const TOLD_BY =
  /\b(?:according to|told by|reported by|released by|figures of|data of|count of|by)\s(?:the\s)?(?:\p{L}+\s){0,2}$/iu;

/** Whether a name that need not be a counter's is said to tell or to count. */
function isSaidToTell({ start, end }: Span, { counted: { figure }, reported: { reading } }: Tally): boolean {
  const before = reading.slice(Math.max(0, start - 50), start);
  if (TELLS.test(reading.slice(end, end + 140)) || TOLD_BY.test(before)) return true;
  // "ISPR 383", "685 of ISPR"
  const isBeside = end <= figure.start && /^\s(?:at least |over |about )?$/u.test(reading.slice(end, figure.start));
  return (
    isBeside ||
    (start >= figure.end && /^[^\p{N},;:]{0,40}\b(?:in|from|of)\s(?:the\s)?$/u.test(reading.slice(figure.end, start)))
  );
}

/** "According to Bukhari News and Pakistan Observer on the 34th report": the report counted, and they pass it on. */
function documentAfter(who: Span, { reading, view }: Reported): Span | null {
  const after = view.names.find(
    ({ start, entries }) =>
      start >= who.end &&
      start <= who.end + 70 &&
      entries.some(({ kind }) => kind === "document") &&
      ON_REPORT.test(reading.slice(who.end, start)),
  );
  return after === undefined ? null : { start: after.start, end: after.end };
}

/** "BLA claimed to have killed 214", "Mujahid counted 46": a name of the glossary that is said to say it. */
function sayerOf({ counted: { figure }, reported: { reading, view } }: Tally, figures: readonly Figure[]): Span | null {
  const clause = clauseOf(reading, figure);
  const sayer = view.names.findLast(
    ({ start, end, entries }) =>
      start >= clause.start &&
      end <= figure.start &&
      entries.some(({ kind }) => kind === "person" || kind === "armed-group") &&
      SAYS.test(reading.slice(end)),
  );
  if (sayer === undefined) return null;
  const isPassed = figures.some(({ start, end }) => start >= sayer.end && end <= figure.start);
  return isPassed ? null : { start: sayer.start, end: sayer.end };
}
