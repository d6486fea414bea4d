/** Times as a text means them: ranges, parts of a year, and times with an open end. */

import { dateRange, isPartialDate, type PartialDate } from "../domain/report.ts";
import { MONTHS } from "../text/words.ts";
import { partOfYear } from "./part-of-year.ts";
import { type PeriodMention, periodsIn } from "./period.ts";

/** A time with what is meant by it. */
export interface MeantPeriod extends PeriodMention {
  /**
   * "named": just the time that is named; "part": a part of a named year; "range": from one time to another; "since"
   * and "until": all from a time on, and all up to it.
   */
  readonly reach: "named" | "part" | "range" | "since" | "until";
}

/** The name of an event in a text, with its day, month or year. */
export interface DatedName {
  readonly start: number;
  readonly end: number;
  readonly date: PartialDate;
}

/** The ends of a time that has none. Days like others, so that they compare with any. */
export const FIRST_DAY = "0001-01-01";
export const LAST_DAY = "9999-12-31";

const AROUND = "(?:(?:the|about|around|early|approximately)\\s+)*";
const SINCE = new RegExp(`\\b(?:since|starting (?:in|from|on)|beginning (?:in|from|on))\\s+${AROUND}$`, "iu");
const AFTER = new RegExp(`\\b(?:after|in the wake of)\\s+${AROUND}$`, "iu");
/** Of an event also what comes in its wake: "following 2023" is no such thing. */
const AFTER_EVENT = new RegExp(`\\b(?:after|following|in the wake of)\\s+${AROUND}$`, "iu");
const BEFORE = new RegExp(`\\b(?:before|prior to|ahead of)\\s+${AROUND}$`, "iu");
const UNTIL = new RegExp(`\\b(?:until|till|up to|through)\\s+(?:the end of\\s+)?${AROUND}$`, "iu");
const BY = /\bby\s+(?:the\s+)?(?:(?:very\s+)?end of\s+|(?:early|mid|late)[\s-]+)?(?:the\s+)?$/iu;
const FROM = /\bfrom\s+(?:the\s+)?$/iu;
const ONWARDS =
  /^\s*(?:onwards?\b|on(?=\s*(?:[,;?.!]|$))|to (?:date|now|today|the present)\b|(?:until|till|up to) (?:now|today|the present)\b)/iu;
const BETWEEN = /\bbetween\s+(?:the\s+)?$/iu;
const JOINED = /^\s*(?:[-–—]|to|until|till|through|up to)\s*(?:the\s+)?$/iu;
const AND = /^\s*and\s+(?:the\s+)?$/iu;
/** "The worst month since 2016": how far one looks back, and not what is spoken of. */
const RECORD =
  /\b(?:first|worst|highest|lowest|deadliest|largest|biggest|smallest|fewest|most|least|record|bloodiest|steepest)\b[^;.?]{0,60}\bsince\s+$/iu;
const MONTH_NAMES = MONTHS.join("|");
/** "January to June 2025": the year is that of the end, or the one before. */
const MONTH_BEFORE = new RegExp(
  `\\b(?<month>${MONTH_NAMES})\\s*(?:(?<joined>[-–—]|to|until|till|through)|and)\\s*$`,
  "iu",
);
const DAY_BEFORE = /\b(?<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s*(?:(?<joined>[-–—]|to|until|till)|and)\s*$/iu;
/** "2023-24". */
const SHORT_YEAR = /^\s?[-–—/]\s?(?<year>\d\d)(?![\d-])/u;
/** "In 2024, how many by the end of September": a month without its year, where one year is named and nothing else. */
const BARE_MONTH = new RegExp(
  `\\b(?:in|by|since|until|till|through|during|of|before|after)\\s+(?:the\\s+end\\s+of\\s+)?(?<month>${MONTH_NAMES})\\b`,
  "giu",
);
/** Characters before a time that say how it is meant. */
const REACH = 90;

/** A time on its way: with the place where its words begin, be they only those of the part of a year. */
interface Draft extends MeantPeriod {
  readonly isEvent: boolean;
}

/**
 * The times of a text in order, as they are meant. `from` is never after `to`. Linear in the length of the text.
 * @param events names in it that stand for a day: they count where something is since, after, before or until them.
 */
export function meantPeriods(text: string, events: readonly DatedName[] = []): MeantPeriod[] {
  const drafts = draftsOf(text, events);
  const found: MeantPeriod[] = [];
  for (let index = 0; index < drafts.length; index += 1) {
    const draft = drafts[index] as Draft;
    const next = drafts[index + 1];
    const before = text.slice(Math.max(0, draft.start - REACH), draft.start);
    const between = next === undefined ? "" : text.slice(draft.end, next.start);
    if (next !== undefined && (JOINED.test(between) || (AND.test(between) && BETWEEN.test(before)))) {
      found.push(ranged(draft, next));
      index += 1;
      continue;
    }
    const whole = spanWithin(text, before, draft);
    const meant = whole ?? opened(draft, before, text.slice(draft.end, draft.end + REACH));
    if (meant !== null) found.push(meant);
  }
  return found;
}

function draftsOf(text: string, events: readonly DatedName[]): Draft[] {
  const drafts: Draft[] = events.map(({ start, end, date }) => ({
    start,
    end,
    ...dateRange(date),
    exactness: "day",
    reach: "named",
    isEvent: true,
  }));
  const mentions = periodsIn(text).filter(
    (mention) => !drafts.some(({ start, end }) => mention.start < end && start < mention.end),
  );
  const months = monthsOf(text, mentions);
  for (const mention of months.length > 0 ? months : mentions) {
    const part =
      mention.exactness === "year" ? partOfYear(text.slice(Math.max(0, mention.start - REACH), mention.start)) : null;
    const named: Draft = { ...mention, reach: "named", isEvent: false };
    const year = mention.from.slice(0, 4);
    drafts.push(
      part === null || mention.to.slice(0, 4) !== year
        ? named
        : {
            ...named,
            start: mention.start - part.length,
            from: `${year}-${digits(part.first)}-01`,
            to: dateRange(`${year}-${digits(part.last)}`).to,
            exactness: "month",
            reach: "part",
          },
    );
  }
  return drafts.sort((a, b) => a.start - b.start);
}

/** Months without their year, in the only year that the text names. */
function monthsOf(text: string, mentions: readonly PeriodMention[]): PeriodMention[] {
  const [only] = mentions;
  if (only === undefined || mentions.length > 1 || only.exactness !== "year") return [];
  return Array.from(text.matchAll(BARE_MONTH)).flatMap(({ index, 0: found, groups }) => {
    const name = groups?.month ?? "";
    // "March" and "may" are words as well.
    if (/^(?:may|march)$/u.test(name)) return [];
    const end = index + found.length;
    // "November ... of 2024" right before its year is read with it already.
    if (end > only.start && index < only.end) return [];
    const month = digits(MONTHS.indexOf(name.toLowerCase()) + 1);
    return [
      { start: end - name.length, end, exactness: "month" as const, ...dateRange(`${only.from.slice(0, 4)}-${month}`) },
    ];
  });
}

/** From one time to another; the wrong way round is put right. */
function ranged(a: Draft, b: Draft): MeantPeriod {
  const [first, last] = a.from <= b.from ? [a, b] : [b, a];
  return {
    start: a.start,
    end: b.end,
    from: first.from,
    to: last.to > first.to ? last.to : first.to,
    exactness: a.exactness === "year" && b.exactness === "year" ? "year" : "month",
    reach: "range",
  };
}

/** A range of which only the end is a time by itself: "from January to June 2025", "3-9 March 2025", "2023-24"; else null. */
function spanWithin(text: string, before: string, draft: Draft): MeantPeriod | null {
  const { start, end, from, to, exactness, reach } = draft;
  if (reach !== "named" || draft.isEvent) return null;
  const range = (length: number, first: string, last = to, after = 0): MeantPeriod => ({
    start: start - length,
    end: end + after,
    from: first,
    to: last,
    exactness: exactness === "year" ? "year" : "month",
    reach: "range",
  });
  const year = Number(from.slice(0, 4));
  if (exactness === "year") {
    const short = SHORT_YEAR.exec(text.slice(end, end + 6));
    const last = Math.floor(year / 100) * 100 + Number(short?.groups?.year);
    return short !== null && last > year && Number(short.groups?.year) > 12
      ? range(0, from, `${last}-12-31`, short[0].length)
      : null;
  }
  const match = (exactness === "month" ? MONTH_BEFORE : DAY_BEFORE).exec(before);
  if (match === null) return null;
  // "In January and February 2025" is two months, and both of them are meant.
  const isMeant =
    match.groups?.joined !== undefined || /\bbetween\s*$/iu.test(before.slice(0, match.index)) || exactness === "month";
  if (!isMeant) return null;
  if (exactness === "month") {
    const month = MONTHS.indexOf((match.groups?.month ?? "").toLowerCase()) + 1;
    const first = month > Number(from.slice(5, 7)) ? year - 1 : year;
    return range(match[0].length, `${first}-${digits(month)}-01`);
  }
  const first = `${from.slice(0, 8)}${digits(Number(match.groups?.day))}`;
  return isPartialDate(first) && first < from ? range(match[0].length, first) : null;
}

/** A time with an open end where the words around it say so; null for an event that nothing is measured from. */
function opened(draft: Draft, before: string, after: string): MeantPeriod | null {
  const { isEvent, ...named } = draft;
  const { from, to } = named;
  if (SINCE.test(before)) return RECORD.test(before) ? named : { ...named, to: LAST_DAY, reach: "since" };
  if (FROM.test(before) && ONWARDS.test(after)) return { ...named, to: LAST_DAY, reach: "since" };
  if (isEvent && AFTER_EVENT.test(before)) return { ...named, to: LAST_DAY, reach: "since" };
  if (AFTER.test(before)) return { ...named, from: dayBeside(to, 1), to: LAST_DAY, reach: "since" };
  if (BEFORE.test(before)) return { ...named, from: FIRST_DAY, to: dayBeside(from, -1), reach: "until" };
  if (UNTIL.test(before)) return { ...named, from: FIRST_DAY, reach: "until" };
  if (isEvent) return null;
  // "By the end of September 2024": what a year has come to.
  const isWithinYear = BY.test(before) && named.exactness !== "year";
  return isWithinYear ? { ...named, from: `${from.slice(0, 4)}-01-01`, reach: "part" } : named;
}

const DAY_MS = 86_400_000;

/** The day before or after. A day that no calendar has ("2023-02-29" ends a month) is taken for the one before it. */
function dayBeside(day: string, by: 1 | -1): string {
  const known = isPartialDate(day) ? day : day.replace(/\d\d$/u, (last) => digits(Number(last) - 1));
  if (!isPartialDate(known)) return day;
  return new Date(Date.parse(`${known}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
}

function digits(value: number): string {
  return String(value).padStart(2, "0");
}
