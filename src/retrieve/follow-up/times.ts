/** Times as people write them in follow-ups: also without their year, and relative to the one that was asked about. */

import type { Span } from "../../domain/passage.ts";
import { MONTH_ABBREVIATIONS, MONTHS, NUMBER_WORDS } from "../../text/words.ts";
import { periodsIn } from "../period.ts";

/** A time in a text: one date, or a range that is replaced as one. */
export interface TimeMention extends Span {
  readonly text: string;
  /** Of its first date; null where it is not said. */
  readonly year: number | null;
  readonly lastYear: number | null;
  /** 1 to 12. */
  readonly month: number | null;
  readonly exactness: "day" | "month" | "year";
  /** For "the year before" and the like: how far from the time that was asked about. */
  readonly shift: Shift | null;
  /** The word before it ("in", "since"), lower case, and where it starts. */
  readonly preposition: { readonly word: string; readonly start: number } | null;
}

interface Shift {
  readonly unit: "year" | "month";
  readonly by: number;
  /** "A year earlier" is the same month of that year; "last year" is all of it. */
  readonly keepsMonth: boolean;
}

const NAMES = [...MONTHS, ...MONTH_ABBREVIATIONS.keys()].join("|");
const DAY = "(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
const BARE_MONTH = new RegExp(`\\b(?<day>${DAY}\\s+(?:of\\s+)?)?(?<name>${NAMES})\\b(?<after>\\s+${DAY}\\b)?`, "giu");
const COUNT = "a|one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}";
const LOWER_MONTH = new RegExp(`\\b(?:${NAMES})\\b`, "gu");
const SHIFTS: readonly RegExp[] = [
  /\b(?:the )?(?<direction>last|previous|prior|preceding|next|following|same|that) (?<unit>year|month)\b/giu,
  /\bthe (?<unit>year|month) (?<direction>before|after|earlier|prior)(?: that)?\b/giu,
  new RegExp(
    `\\b(?<count>${COUNT}) (?<unit>year|month|decade)s? (?<direction>earlier|before|prior|ago|later|after)\\b`,
    "giu",
  ),
];
const FORWARD = new Set(["next", "following", "after", "later"]);
const STILL = new Set(["same", "that"]);

/** Looked for in the 40 characters before a time. */
const MODIFIER =
  /\b(?:early|late|mid|(?:the )?(?:first|second|third|fourth|last) (?:half|quarter|months|weeks) of|the (?:end|beginning|start|middle|whole|summer|winter|spring|autumn|fall) of|(?:spring|summer|autumn|winter)(?: of)?|[QH][1-4](?: of)?|all of)[\s-]+$/iu;
const BEFORE =
  /(?<![\p{L}\p{N}])(?<word>in|on|since|until|till|before|after|during|by|from|throughout|over|for|between|around|through|of)\s+(?:the\s+(?:year\s+|month\s+of\s+)?)?$/iu;
const JOINS = /^\s*(?:[-–—/]|to|until|till|through|and|or)\s*$/iu;
/** Months that are words as well, and need a sign that the month is meant. */
const ALSO_WORDS = new Set(["may", "march", "mar", "dec", "sep", "jan", "jun"]);

/** The times of a text in order, not overlapping. Linear in its length. */
export function timesIn(text: string): TimeMention[] {
  const found: TimeMention[] = [];
  const add = (mention: Omit<TimeMention, "text" | "preposition">) => {
    if (found.some((other) => mention.start < other.end && other.start < mention.end)) return;
    found.push({ ...mention, text: "", preposition: null });
  };
  for (const { start, end, from, exactness } of periodsIn(text)) {
    const short = /^[-–/]\d\d(?![\d-])/.exec(text.slice(end, end + 4));
    const year = Number(from.slice(0, 4));
    const month = exactness === "year" ? null : Number(from.slice(5, 7));
    add({ start, end: end + (short?.[0].length ?? 0), year, lastYear: year, month, exactness, shift: null });
  }
  for (const pattern of SHIFTS) {
    for (const match of text.matchAll(pattern)) {
      const shift = shiftOf(match.groups ?? {});
      const [start, end] = [match.index, match.index + match[0].length];
      add({ start, end, year: null, lastYear: null, month: null, exactness: shift.unit, shift });
    }
  }
  for (const match of text.matchAll(BARE_MONTH)) {
    const { day, name = "", after } = match.groups ?? {};
    const lower = name.toLowerCase();
    const isDated = day !== undefined || after !== undefined;
    if (ALSO_WORDS.has(lower) && !isDated && !isMeantAsMonth(text, match.index, name)) continue;
    const month = MONTHS.indexOf(MONTH_ABBREVIATIONS.get(lower) ?? lower) + 1;
    const [start, end] = [match.index, match.index + match[0].length];
    add({ start, end, year: null, lastYear: null, month, exactness: isDated ? "day" : "month", shift: null });
  }
  return joined(
    text,
    found.sort((a, b) => a.start - b.start),
  );
}

function isMeantAsMonth(text: string, start: number, name: string): boolean {
  const before = text.slice(Math.max(0, start - 24), start);
  if (BEFORE.test(before) || /\b(?:with|to|about|and|last|than|vs\.?|versus)\s+$/iu.test(before)) return true;
  return /^\p{Lu}/u.test(name) && before.trim() !== "";
}

function shiftOf(groups: Record<string, string | undefined>): Shift {
  const { direction = "", unit = "year", count = "one" } = groups;
  const word = direction.toLowerCase();
  const number = Number(NUMBER_WORDS.get(count.toLowerCase()) ?? (/^\d+$/.test(count) ? count : 1));
  const isDecade = unit.toLowerCase() === "decade";
  const size = number * (isDecade ? 10 : 1);
  return {
    unit: unit.toLowerCase() === "month" ? "month" : "year",
    by: STILL.has(word) ? 0 : FORWARD.has(word) ? size : -size,
    keepsMonth: /^(?:before|after|earlier|later|prior|ago)$/.test(word),
  };
}

/** Ranges made one, with what qualifies them, and the preposition before. */
function joined(text: string, mentions: readonly TimeMention[]): TimeMention[] {
  const merged: TimeMention[] = [];
  for (const mention of mentions) {
    const last = merged.at(-1);
    if (last === undefined || !JOINS.test(text.slice(last.end, mention.start))) {
      merged.push(mention);
      continue;
    }
    const year = last.year ?? mention.year;
    const { end, lastYear } = mention;
    merged[merged.length - 1] = { ...last, end, year, lastYear };
  }
  return merged.map((mention) => {
    const modifier = MODIFIER.exec(text.slice(Math.max(0, mention.start - 40), mention.start));
    const start = mention.start - (modifier?.[0].length ?? 0);
    const lead = text.slice(Math.max(0, start - 30), start);
    const before = BEFORE.exec(lead);
    const preposition =
      before === null ? null : { word: (before.groups?.word ?? "in").toLowerCase(), start: start - before[0].length };
    return { ...mention, start, text: withCapitals(text.slice(start, mention.end)), preposition };
  });
}

/** "in april" as "in April". */
function withCapitals(text: string): string {
  return text.replace(LOWER_MONTH, (month) => month.charAt(0).toUpperCase() + month.slice(1));
}

/**
 * The words for a time as it is meant after an earlier one.
 * @param mode "kept": a month without its year is of the same year; "compared": the last such month before.
 */
export function resolved(mention: TimeMention, earlier: TimeMention | null, mode: "kept" | "compared"): string {
  if (earlier === null) return mention.text;
  if (mention.shift !== null) return shifted(mention.shift, earlier) ?? mention.text;
  if (mention.month === null || mention.year !== null || earlier.year === null) return mention.text;
  const isBefore = mode === "compared" && earlier.month !== null && mention.month >= earlier.month;
  return `${mention.text} ${isBefore ? earlier.year - 1 : earlier.year}`;
}

function shifted({ unit, by, keepsMonth }: Shift, earlier: TimeMention): string | null {
  const year = by > 0 ? (earlier.lastYear ?? earlier.year) : earlier.year;
  if (year === null) return null;
  if (unit === "year") {
    const month =
      keepsMonth && earlier.exactness === "month" && earlier.month !== null ? `${named(earlier.month)} ` : "";
    return by === 0 && month === "" ? String(year) : `${month}${year + by}`;
  }
  if (earlier.month === null) return null;
  const months = year * 12 + (earlier.month - 1) + by;
  return `${named((months % 12) + 1)} ${Math.floor(months / 12)}`;
}

function named(month: number): string {
  const name = MONTHS[month - 1] ?? "";
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const LASTING = new Set([
  "for",
  "since",
  "until",
  "till",
  "before",
  "after",
  "by",
  "throughout",
  "during",
  "from",
  "over",
]);

/** A time with the preposition that it takes: the one typed, else the one that it replaces where that fits. */
export function withPreposition(words: string, typed: TimeMention, replaced: TimeMention | null): string {
  const typedWord = typed.preposition?.word ?? null;
  if (typedWord !== null && typedWord !== "of") return `${typedWord} ${words}`;
  const old = replaced?.preposition?.word ?? null;
  if (old !== null && (LASTING.has(old) || (old === "of" && typed.exactness !== "day"))) return `${old} ${words}`;
  return `${typed.exactness === "day" ? "on" : "in"} ${words}`;
}

/** The time that "the year before" and a month without its year are counted from. */
export function anchorOf(times: readonly TimeMention[]): TimeMention | null {
  return times.find(({ year }) => year !== null) ?? times[0] ?? null;
}
