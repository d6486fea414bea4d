/** A figure of a report in words for a person: as it is written, what it counts, and by which rule it was counted. */

import type { Span } from "../domain/passage.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { DEEDS, FATES, isDeed, PEOPLE, ROLES } from "./count-words.ts";
import type { Figure } from "./figures.ts";
import { clauseOf, stretchOf } from "./surroundings.ts";
import type { Tally } from "./tally.ts";

const BOUND =
  /\b(?:at least|at most|up to|no (?:fewer|less|more) than|not (?:less|more) than|a (?:minimum|maximum) of|more than|less than|fewer than|greater than|over|above|under|below|upwards? of|north of|in excess of|beyond|exceeding|nearly|almost|close to|just under|about|around|roughly|some|approximately|approx\.?|circa|an estimated|estimated|ca\.?)\s+$/iu;

/** The name of a currency behind its sum: "3 million afghanis". */
const CURRENCY = /^\s(?:US\s)?(?:afghani|rupee|dollar|euro|pound)s?\b/iu;

/** The figure with the words of its bound and its currency: "at least 74", "3 million afghanis". */
export function writtenSpan(reading: string, { start, end, bound, unit }: Figure): Span {
  const before = reading.slice(Math.max(0, start - 24), start);
  const found = bound === "exact" ? null : BOUND.exec(before);
  const after = /^\s?or more\b/iu.exec(reading.slice(end, end + 10))?.[0] ?? "";
  const currency = unit === "" || unit === "%" ? "" : (CURRENCY.exec(reading.slice(end, end + 14))?.[0] ?? "");
  return {
    start: found === null ? start : start - found[0].length,
    end: end + (bound === "least" ? after.length : 0) + currency.length,
  };
}

export const FATE_WORDS: Readonly<Record<string, string>> = {
  death: "killed",
  injury: "injured",
  arrest: "arrested",
  captivity: "taken captive",
  flight: "displaced",
};
export const ROLE_WORDS: Readonly<Record<string, string>> = {
  civilian: "civilians",
  security: "security personnel",
  militant: "militants",
  child: "children",
  woman: "women",
  passenger: "passengers",
  attacker: "attackers",
};

/** What a figure counts: "militants killed", "suicide attacks", "rise in attacks". */
export function aboutOf({ counted, reported: { reading } }: Tally): string {
  const { figure, named, fate, roles, things, direction } = counted;
  const people = [...roles].map((role) => ROLE_WORDS[role] ?? role).join(" and ");
  const thing = tokens(reading).find(({ term, surface }) => things.has(term) && surface.length > 2)?.surface;
  if (figure.unit === "%") {
    const of =
      fate === null ? (thing ?? "figures").toLowerCase() : `${people === "" ? "people" : people} ${FATE_WORDS[fate]}`;
    return `${direction === null ? "share of" : direction === "up" ? "rise in" : "fall in"} ${of}`;
  }
  const phrase = named === null ? null : headOf(reading, named);
  if (fate === null) return phrase ?? (people !== "" ? people : (thing?.toLowerCase() ?? "figures"));
  const done = FATE_WORDS[fate] ?? fate;
  if (phrase === null || tokens(phrase).every(isFate)) return `${people === "" ? "people" : people} ${done}`;
  return tokens(phrase).some(isFate) ? phrase : `${phrase} ${done}`;
}

const isFate = ({ term }: Token) => FATES.some(([, members]) => members.has(term));
const isHead = (word: Token) =>
  isFate(word) ||
  PEOPLE.has(word.term) ||
  DEEDS.has(word.term) ||
  ROLES.some(([, members]) => members.has(word.term) || word.parts.some((part) => members.has(part)));

/** The words that a figure counts, up to the noun: without what is said of it. */
function headOf(reading: string, { start, end }: Span): string {
  const words = tokens(reading.slice(start, end));
  const last = words.findLast(isHead) ?? words.at(-1);
  return reading.slice(start, start + (last?.end ?? end - start));
}

const LIST_WORD = String.raw`(?!(?:on|in|at|by|as|from|while|whereas|but|according|with|for|to|was|were|is|are|has|had|have|which|that|who|differ|gave|said)\b)\p{L}[\p{L}’'-]*`;
const LIST_ITEM = `${LIST_WORD}(?:\\s(?!and\\b)${LIST_WORD}){0,3}`;
const LIST = `${LIST_ITEM}(?:,\\s(?!and\\b)${LIST_ITEM}(?=,|\\sand\\b)){0,4}(?:,?\\sand\\s${LIST_ITEM})?`;
const INCLUDING = new RegExp(
  `\\b(?:including|excluding|not counting|not including|counting only|without|apart from|other than)\\s${LIST}`,
  "iu",
);
/** "a total that takes in civilians and outlaws": said of a figure though another one stands between. */
const TAKES_IN = new RegExp(
  `\\b(?:totals?|tolls?|counts?|figures?|numbers?)\\s(?:that|which)\\s((?:takes? in|covers?|includes?|counts?)\\s${LIST})`,
  "iu",
);
const SETTING =
  /\b(?:in|from|during)\s(?:the\s)?(?:(?:militant|terrorist|terror|suicide|security|military|insurgent)\s)?(?:attacks?|operations?|strikes?)\b(?:\salone)?|\bof all kinds\b|\blinked to violence\b|\bonce operations are included\b|\bin all\b|\bcombined\b/iu;

/** How a figure was counted, as far as its clause tells; null where it does not. */
export function ruleSpan({ counted, reported: { reading, counts, view } }: Tally): Span | null {
  const { figure, fate } = counted;
  const figures = counts.counted.map((each) => each.figure);
  const clause = clauseOf(reading, figure);
  const stretch = stretchOf(reading, figure, figures);
  // From a comma on it may be the rule of the same figure: "31 dead, including the bomber".
  const next = figures.find(({ start }) => start >= figure.end)?.start ?? clause.end;
  const including = find(INCLUDING, reading, figure.end, Math.min(next, clause.end));
  if (including !== null) return including;
  const takes = find(TAKES_IN, reading, figure.end, clause.end);
  if (takes !== null)
    return {
      start: takes.end - (TAKES_IN.exec(reading.slice(takes.start, takes.end))?.[1] ?? "").length,
      end: takes.end,
    };
  if (fate !== null) {
    const isLast = !figures.some(({ start }) => start >= figure.end && start < clause.end);
    const setting =
      find(SETTING, reading, stretch.start, stretch.end) ??
      find(SETTING, reading, clause.start, figure.start) ??
      deedBefore(reading, clause.start, figure.start, view.names) ??
      (isLast ? find(SETTING, reading, figure.end, clause.end) : null);
    if (setting !== null) return setting;
  }
  if (counted.named === null || figure.unit === "%") return null;
  const { start } = counted.named;
  const head = headOf(reading, counted.named);
  // "26 killed", "31 people": that says nothing of how.
  const isPlain = tokens(head).every((word) => isFate(word) || PEOPLE.has(word.term));
  return isPlain ? null : { start, end: start + head.length };
}

function find(pattern: RegExp, reading: string, start: number, end: number): Span | null {
  const found = pattern.exec(reading.slice(start, end));
  return found === null ? null : { start: start + found.index, end: start + found.index + found[0].length };
}

/** "Militant attacks killed 1,177 people": the last deed before a figure, with the word before it where that is small. */
function deedBefore(reading: string, from: number, to: number, names: readonly Span[]): Span | null {
  const words = tokens(reading.slice(from, to));
  const isNamed = ({ start, end }: Span) => names.some((name) => name.start < from + end && from + start < name.end);
  const at = words.findLastIndex((word) => isDeed(word) && !isNamed(word));
  const deed = words[at];
  if (deed === undefined) return null;
  const word = words[at - 1];
  const isOwn =
    word !== undefined &&
    !word.stop &&
    !word.numeric &&
    !isNamed(word) &&
    (/^\p{Ll}/u.test(word.surface) || word.start + from === 0) &&
    word.end + 1 === deed.start;
  return { start: from + (isOwn ? word.start : deed.start), end: from + deed.end };
}
