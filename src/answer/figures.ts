/** Figures of a text as values, however they are written, and whether one says the same as another. */

import type { Span } from "../domain/passage.ts";

/** How a figure bounds its value. */
export type Bound = "exact" | "about" | "over" | "least" | "under" | "most" | "nearly";

/** A quantity that a text names. Dates, document codes and the numbers of things are none. */
export interface Figure extends Span {
  /** Equal unless it is a range. */
  readonly low: number;
  readonly high: number;
  /** "" for a count; "%"; the currency of money ("$", "afghani"); "rank" for second, 5th. */
  readonly unit: string;
  readonly bound: Bound;
  /** As it stands in the text, without the words of its bound: "6,000 to 6,500", "US$50,500". */
  readonly written: string;
}

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const WORD_VALUES = new Map<string, number>([
  ...ONES.split(" ").map((word, value): [string, number] => [word, value]),
  ...["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].map(
    (word, index): [string, number] => [word, 20 + index * 10],
  ),
]);
const SCALES = new Map<string, number>([
  ["dozen", 12],
  ["hundred", 100],
  ["thousand", 1e3],
  ["k", 1e3],
  ["lakh", 1e5],
  ["million", 1e6],
  ["mn", 1e6],
  ["crore", 1e7],
  ["billion", 1e9],
  ["bn", 1e9],
]);
const RANKS = new Map(
  "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ").map((word, index) => [word, index + 1]),
);

const VALUE_WORD = [...WORD_VALUES.keys()].sort((a, b) => b.length - a.length).join("|");
const SCALE_WORD = "dozen|hundred|thousand|lakh|million|crore|billion";
const DIGITS = "\\d{1,3}(?:,\\d{3}){1,4}(?:\\.\\d{1,4})?|\\d{1,15}(?:\\.\\d{1,4})?";
const NUMBER = `(?:${DIGITS})(?:\\s?(?:${SCALE_WORD})(?![\\p{L}])|(?:k|mn|bn)(?![\\p{L}]))?`;
const SPELT = `(?:an?\\s+(?=${SCALE_WORD}))?(?:${VALUE_WORD}|${SCALE_WORD})(?:(?:\\s+and\\s+|[\\s-]+)(?:${VALUE_WORD}|${SCALE_WORD})(?![\\p{L}])){0,8}`;
const ONE = `(?:(?<![\\d.,/:\\p{L}_-])(?:${NUMBER})|(?<![\\p{L}\\d])(?:${SPELT})(?![\\p{L}\\d]))`;
const MONEY = "(?:US\\s?\\$|USD\\s?|\\$|Rs\\.?\\s?|PKR\\s?|€|£)";
const FIGURE = new RegExp(
  `(?<money>(?<![\\p{L}])${MONEY})?(?<first>(?<=\\$|USD\\s?|Rs\\.?\\s?|PKR\\s?|€|£)(?:${NUMBER})|${ONE})(?:(?<join>\\s?[-–—]\\s?(?=\\d|US\\s?\\$|[$€£])|\\s+to\\s+|\\s+and\\s+)(?:${MONEY})?(?<second>${NUMBER}))?(?<plus>\\+)?(?<percent>\\s?%|\\s?per\\s?cent(?!\\p{L})|\\s?percent(?:age\\s+points?)?(?!\\p{L})|\\s?pc(?!\\p{L}))?(?![\\p{L}\\p{N}/]|[.,:]\\d)`,
  "giu",
);
const RANK =
  /(?<![\p{L}\d])(?:(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|(\d{1,3})(?:st|nd|rd|th))(?![\p{L}\d])/giu;
/** Only beside these is an ordinal something counted: "the 35th report" is a name, "second half" a time. */
const RANKING = /\b(?:rank(?:s|ed|ing)?|place[sd]?|position|came|comes|stands?|stood)\b/iu;
const CURRENCY = /^\s?(afghani|dollar|rupee|euro|pound)s?\b/iu;
/** Numbers of things, not of how many: "section 219", "resolution 2734", "version 2.0", "letter B". */
const NUMBERED =
  /(?:\b(?:no|nos|section|sections|resolution|order|article|paragraph|para|page|chapter|version|annex|digit|committee|entry|item|document|phase|line|grade|graded|level|tlp|route|highway|unit|brigade|division|rs|vol|figure|table|gti|type|ak|boeing|airbus)\.?\s?|#)$/iu;
const CODE_AFTER = /^\s(?:committee|list\b|sanctions list|report\b|monitoring team)/iu;

const BEFORE: readonly [Bound, RegExp][] = [
  ["most", /\b(?:up to|at most|no more than|not more than|a maximum of)\s*$/iu],
  ["least", /\b(?:at least|no fewer than|no less than|not less than|a minimum of)\s*$/iu],
  [
    "over",
    /\b(?:over|more than|above|exceed(?:s|ed|ing)?|upwards? of|north of|in excess of|beyond|surpass(?:es|ed|ing)?|greater than)\s*$|>\s?$/iu,
  ],
  ["under", /\b(?:under|less than|fewer than|below)\s*$|<\s?$/iu],
  ["nearly", /\b(?:nearly|almost|close to|just under)\s*$/iu],
  ["about", /\b(?:about|around|roughly|some|approximately|approx\.?|circa|an estimated|estimated|ca\.?)\s*$|~\s?$/iu],
];
/** Characters before a figure in which the words of its bound stand. */
const REACH = 24;

/**
 * The figures of a text in order, not overlapping. Linear in its length.
 * @param taken spans that are no figures: dates, names.
 */
export function figuresOf(text: string, taken: readonly Span[]): Figure[] {
  const found: Figure[] = [];
  const isTaken = (start: number, end: number) => taken.some((span) => start < span.end && span.start < end);
  for (const match of text.matchAll(FIGURE)) {
    const { money, first = "", join, second, plus, percent } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    const before = text.slice(Math.max(0, start - REACH), start);
    const after = text.slice(end, end + REACH);
    // "from 517 to 1,099" is a change, "91 and 117" are two figures, and "in 2023 to 1,099" begins with a date.
    const isRange =
      second !== undefined &&
      !(/and/iu.test(join ?? "") ? !/\bbetween\s*$/iu.test(before) : /\bfrom\s*$/iu.test(before)) &&
      !isTaken(start, start + first.length) &&
      amountOf(first) < amountOf(second);
    const values = [amountOf(first), ...(second === undefined ? [] : [amountOf(second)])];
    const parts =
      second === undefined || isRange ? [{ start, end }] : split(match[0], start, first, money ?? "", second);
    parts.forEach((part, index) => {
      const [low = Number.NaN, high = low] = isRange ? values : [values[index]];
      if (Number.isNaN(low) || Number.isNaN(high) || isTaken(part.start, part.end)) return;
      const near = text.slice(Math.max(0, part.start - REACH), part.start);
      if (money === undefined && percent === undefined && (NUMBERED.test(near) || CODE_AFTER.test(after))) return;
      // "one Member State", "the two": "one" counts nothing, and a bare word is only a figure from two on.
      if (/^(?:one|zero)$/iu.test(text.slice(part.start, part.end))) return;
      const currency = CURRENCY.exec(after)?.[1];
      const unit =
        percent !== undefined
          ? "%"
          : currency !== undefined
            ? currency.toLowerCase()
            : money !== undefined
              ? symbol(money)
              : "";
      const bound =
        plus !== undefined ? "over" : (boundBefore(near) ?? (/^\s?or more\b/iu.test(after) ? "least" : "exact"));
      const scaled =
        isRange && low < high / 500 && /million|thousand|billion/iu.test(second ?? "")
          ? low * scaleOf(second ?? "")
          : low;
      found.push({
        ...part,
        low: Math.min(scaled, high),
        high: Math.max(scaled, high),
        unit,
        bound,
        written: text.slice(part.start, part.end).trim(),
      });
    });
  }
  for (const match of text.matchAll(RANK)) {
    const [written, word, digits] = match;
    const [start, end] = [match.index, match.index + written.length];
    const around = text.slice(Math.max(0, start - 40), end + 12);
    if (
      isTaken(start, end) ||
      !RANKING.test(around) ||
      /^\s(?:half|quarter|report|time)/iu.test(text.slice(end, end + 10))
    )
      continue;
    const value = word === undefined ? Number(digits) : (RANKS.get(word.toLowerCase()) ?? Number.NaN);
    found.push({ start, end, low: value, high: value, unit: "rank", bound: "exact", written });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The two figures that only looked like a range. */
function split(whole: string, start: number, first: string, money: string, second: string): Span[] {
  const at = whole.lastIndexOf(second);
  return [
    { start, end: start + money.length + first.length },
    { start: start + at, end: start + whole.length },
  ];
}

function boundBefore(before: string): Bound | null {
  for (const [bound, pattern] of BEFORE) if (pattern.test(before)) return bound;
  return null;
}

function symbol(money: string): string {
  const sign = money.trim().toLowerCase();
  if (/\$|usd/.test(sign)) return "dollar";
  return /rs|pkr/.test(sign) ? "rupee" : sign === "€" ? "euro" : "pound";
}

function scaleOf(written: string): number {
  const word = /\p{L}+$/u.exec(written.trim().toLowerCase())?.[0];
  return SCALES.get(word ?? "") ?? 1;
}

/** "1,024", "3.5 million", "seventy-four", "two dozen", "one hundred and five"; NaN where it is no number. */
function amountOf(written: string): number {
  const text = written.trim().toLowerCase();
  const digits = /^[\d.,]+/.exec(text)?.[0];
  if (digits !== undefined) return round(Number(digits.replace(/,/g, "")) * scaleOf(text));
  let total = 0;
  let current = 0;
  let isAny = false;
  for (const word of text.split(/[\s-]+/)) {
    const value = WORD_VALUES.get(word);
    const scale = SCALES.get(word);
    if (value !== undefined) {
      // "two three" is no number.
      if (isAny && current % 100 !== 0 && (current % 10 !== 0 || value > 9)) return Number.NaN;
      current += value;
    } else if (scale === 100 || scale === 12) current = Math.max(1, current) * scale;
    else if (scale !== undefined) {
      total += Math.max(1, current) * scale;
      current = 0;
    } else if (word !== "and" && word !== "a" && word !== "an") return Number.NaN;
    if (value !== undefined || scale !== undefined) isAny = true;
  }
  return isAny ? total + current : Number.NaN;
}

/** Without the dust of binary fractions: 3.3 million is 3,300,000. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** How far beyond a claimed bound a reported figure may be and still be what was meant: "over 1,000" for 1,099. */
const BEYOND = 1.2;
/** "Nearly 1,100" for 1,099 down to 1,023. */
const NEARLY = 0.93;

/**
 * Whether a report's figure carries a claimed one. Units have to be compared before.
 * "At least 74" counts 74; "more than 600" counts nothing, so that 600 is not it.
 */
export function carries(reported: Figure, claimed: Figure): boolean {
  const isRange = claimed.low !== claimed.high || reported.low !== reported.high;
  if (isRange) return claimed.low === reported.low && claimed.high === reported.high;
  const [said, is] = [claimed.low, reported.low];
  const counts = reported.bound === "exact" || reported.bound === "about" || reported.bound === "least";
  switch (claimed.bound) {
    case "exact":
      return said === is && counts;
    case "about":
      return counts && (said === is || isRounded(is, said));
    case "over":
      return (said === is && reported.bound === "over") || (counts && is > said && is <= said * BEYOND);
    case "least":
      return is >= said && is <= said * BEYOND && (counts || reported.bound === "over");
    case "under":
    case "nearly": {
      const least = claimed.bound === "nearly" ? said * NEARLY : said / BEYOND;
      return (said === is && reported.bound === claimed.bound) || (counts && is < said && is >= least);
    }
    case "most":
      return said === is && reported.bound === "most";
  }
}

/** Whether a value, rounded as the other is, is the other: 905 is about 900. */
function isRounded(value: number, to: number): boolean {
  let grain = 1;
  while (to !== 0 && to % (grain * 10) === 0) grain *= 10;
  return grain > 1 && Math.round(value / grain) * grain === to;
}

/** Whether no value can be both: "over 600" and 521 are apart, "over 600" and 700 are not. */
export function areApart(reported: Figure, claimed: Figure): boolean {
  const [a, b] = [rangeOf(reported), rangeOf(claimed)];
  return a.high < b.low || b.high < a.low;
}

/** The values that a figure allows. A rounded lower bound ("at least 20") leaves open how many more. */
function rangeOf({ low, high, bound }: Figure): { low: number; high: number } {
  const about = 0.05 * high;
  switch (bound) {
    case "exact":
      return { low, high };
    case "about":
      return { low: low - about, high: high + about };
    case "least":
      return { low, high: low % 10 === 0 ? Number.POSITIVE_INFINITY : high };
    case "over":
      return { low: low + 1e-9, high: Number.POSITIVE_INFINITY };
    case "under":
    case "most":
      return { low: Number.NEGATIVE_INFINITY, high: bound === "most" ? high : high - 1e-9 };
    case "nearly":
      return { low: low * 0.9, high };
  }
}
