/** The times of a statement as exactly as they are named: "in 2024" is not "in the second half of 2024". */

import type { Span } from "../domain/passage.ts";
import { type PeriodMention, periodsIn } from "../retrieve/period.ts";
import { MONTHS } from "../text/words.ts";

/** A time that a text names. */
export interface Time extends PeriodMention {
  /** The part of it or the direction from it that is meant: "second half", "since"; "" for all of it. */
  readonly part: string;
  /** What something is compared with: "42% more than in December 2024". */
  readonly isBase: boolean;
  /** When the press told of it: the reports have to say so too, but it is not when it was. */
  readonly isPress: boolean;
  /** The year in the name of a document ("Global Terrorism Index 2025"): when it came out, not what it is about. */
  readonly isEdition: boolean;
}

const PARTS: readonly [string, RegExp][] = [
  ["first half", /\bfirst half of\s*$/iu],
  ["second half", /\b(?:second|latter|last|other) half of\s*$/iu],
  ["half", /\bhalf (?:of )?\s*$/iu],
  ["quarter", /\bquarter of\s*$/iu],
  ["early", /\b(?:early|beginning of|start of|first (?:weeks|months) of)[\s-]*$/iu],
  ["mid", /\b(?:mid|middle of)[\s-]*$/iu],
  ["late", /\b(?:late|end of|last (?:weeks|months) of)[\s-]*$/iu],
  ["since", /\bsince\s*$/iu],
  ["after", /\bafter\s*$/iu],
  ["before", /\b(?:before|prior to)\s*$/iu],
  ["until", /\b(?:until|till|through|up to|by)\s*$/iu],
];
/** "July to December 2025": of a span of time only its end has the year, and the end alone is not what is meant. */
const SPAN_START = new RegExp(`\\b(?:\\d{1,2}\\s+)?(?:${MONTHS.join("|")})\\s*(?:to|-|–|until|and|through)\\s*$`, "iu");
const YEARS_START = /\b(?:19|20)\d\d\s*(?:to|-|–|until)\s*$/iu;
const BASE =
  /\b(?:than(?: in| on)?|(?:compared|in comparison) (?:with|to)|against|versus|vs\.?|relative to|below|above|from|(?:rise|fall|increase|decrease|drop|growth) (?:of [\d.]+\s?% )?(?:on|over)|on|over|up from [\d,.]+ in|%\s+from [\d,.]+ in|than the [\d,.]+ (?:of|in))\s*$/iu;
const CHANGE = /%|\bper\s?cent\b|\bpercent\b|\b(?:more|fewer|less|higher|lower)\b/iu;
/** Characters before a time that say how it is meant. */
const REACH = 48;
const EDITION = /(?:\b\p{Lu}\p{L}+\)?|\p{Lu}\))\s$/u;

/** "as Dawn reported on 3 March 2025": the day of a press report is not the time that a sentence speaks of. */
const PRESS_DATE =
  /\b(relayed|reported|carried(?! out)|published|printed|wrote|noted|report|account|coverage|article|story)\b[^.;]{0,60}?\b(on|of|from) \d{1,2} \p{Lu}\p{Ll}+ \d{4}/gu;

/** The text, as long as it was, without the days on which the press told of something. */
export function withoutPressDates(reading: string): string {
  return reading.replace(PRESS_DATE, (phrase) => " ".repeat(phrase.length));
}

/**
 * The times of a text in order.
 * @param names spans of known names: a year in one of them belongs to the name.
 */
export function timesOf(text: string, names: readonly Span[] = []): Time[] {
  const read = withoutPressDates(text);
  return periodsIn(text).map((mention): Time => {
    const isPress = read.slice(mention.start, mention.end).trim() === "";
    const before = text.slice(Math.max(0, mention.start - REACH), mention.start);
    const isIn = names.some((name) => name.start < mention.end && mention.start < name.end);
    const word = /(\p{L}+)\)?\s$/u.exec(before)?.[1] ?? "";
    const isMonth = MONTHS.includes(word.toLowerCase());
    const isEdition =
      isIn ||
      (mention.exactness === "year" &&
        EDITION.test(before) &&
        !isMonth &&
        !/^(?:In|During|Since|For|By|Of|From|Until|Through|Throughout|After|Before|And)$/.test(word));
    // "rose from 2023 to 2024": of a change the first year is the base.
    const isChange = /\bfrom (?:19|20)\d\d to\s*$/iu.test(before) && CHANGE.test(text);
    const isSpan = (SPAN_START.test(before) || YEARS_START.test(before)) && !isChange;
    const part = isSpan ? "span" : (PARTS.find(([, pattern]) => pattern.test(before))?.[0] ?? "");
    // "Killed 42% more on 3 March": a day is what things happen on.
    const isOn = mention.exactness === "day" && /(?<!\bthan )\bon\s*$/iu.test(before);
    const isBase = !isOn && BASE.test(before) && CHANGE.test(before);
    return { ...mention, part, isBase, isPress, isEdition };
  });
}

/** Whether two texts mean the same time. */
export function isSameTime(a: Time, b: Time): boolean {
  return a.from === b.from && a.to === b.to && a.part === b.part;
}

/** Directions from a time, which lead out of it. */
const OPEN = new Set(["since", "after", "before", "until", "span"]);

/** Whether a time lies within a longer one that is named whole. */
export function isWithin(inner: Time, outer: Time): boolean {
  return outer.part === "" && !OPEN.has(inner.part) && outer.from <= inner.from && inner.to <= outer.to;
}

/** Days, months and years, also such as are no times by themselves ("3 March"): they are no figures. */
export function bareDates(reading: string): Span[] {
  return Array.from(reading.matchAll(BARE_DATE), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

const BARE_DATE =
  /\b\d{1,2}(?:st|nd|rd|th)?\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+\d{1,2}(?:st|nd|rd|th)?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?(?=\s+(?:19|20)\d\d\b)|\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/giu;
