/** Shares and sums of money: of what they are. */

import type { Span } from "../domain/passage.ts";
import { tokens } from "../text/tokens.ts";
import { DEEDS } from "./count-words.ts";
import { type Counting, type FigureActor, isFate, isPerson } from "./reported-figures-key.ts";
import { clauseOf } from "./surroundings.ts";
import type { Tally } from "./tally.ts";

const SHARE_OF = /^\sof\s(?:all\s|the\s|its\s|their\s)*/u;
const SHARE_STOP =
  /\s(?:in|on|at|by|from|with|for|during|since|fell|took|occurred|were|was|happened|that|which|who|made|came|according|of)\b|\sand\s(?=an?\s|\p{N})|[,;:()–—.]/u;
const MADE_UP =
  /\s(?:(?:who\s)?made up|make up|accounted for|accounts? for|represented|constituted|comprised|were|was|are|is|caused|suffered|saw|bore|hold|holds|held|has|had|received|got|formed)(?:\s(?:only|just|about|nearly|almost|over|more than|less than|at least|some))*\s$/u;

/** "63% of the national toll": of what, and, where no place and no group has it, whose share. */
export function shareOf(tally: Tally, actors: readonly FigureActor[]): Counting | null {
  const { counted, reported } = tally;
  const { reading } = reported;
  const { figure } = counted;
  const rest = reading.slice(figure.end);
  const of = SHARE_OF.exec(rest)?.[0];
  if (of === undefined) return null;
  const stop = SHARE_STOP.exec(rest.slice(of.length));
  const whole = rest.slice(of.length, stop === null ? rest.length : of.length + stop.index);
  const words = tokens(whole);
  const isOfField = words.some((word) => isFate(word) || DEEDS.has(word.term) || isPerson(word));
  if (!isOfField || whole.length > 50 || words.length === 0 || words.some(({ numeric }) => numeric)) return null;
  const clause = clauseOf(reading, figure);
  const head = reading.slice(clause.start, figure.start);
  const made = MADE_UP.exec(head);
  const subject = made === null ? "" : head.slice(0, made.index);
  const roles = tokens(subject).filter(isPerson);
  const noun = whole.replace(/(?<!death )\btoll$/iu, "death toll");
  const last = roles.at(-1);
  const isNamed = tally.places.size > 0 || actors.length > 0;
  if (last !== undefined && !isNamed) {
    const only = tokens(subject).length <= 3 ? subject.trim() : null;
    return only === null ? null : shared(`${only.charAt(0).toLowerCase()}${only.slice(1)} as share of ${noun}`);
  }
  return isNamed ? shared(`share of ${noun}`) : null;

  function shared(text: string): Counting {
    return { words: text, key: null, isOfDeeds: true, isBySaid: actors.length > 0 };
  }
}

const MONTHLY = /\b(?:a month|per month|monthly|each month|every month)\b/u;
const DAILY = /\b(?:a day|per day|daily(?! wage)|each day)\b/u;
const YEARLY = /\b(?:a year|per year|yearly|annual(?:ly)?|each year)\b/u;
const MONEY_WORDS: readonly (readonly [string, RegExp])[] = [
  ["reward", /\b(?:rewards?|bount(?:y|ies)|offered|offers)\b/iu],
  ["ransom", /\bransoms?\b/iu],
  ["fine", /\bfines?\b|\bfined\b/iu],
  ["budget", /\bbudgets?\b/iu],
  ["aid", /\b(?:humanitarian aid|assistance|aid)\b/iu],
  ["loss", /\b(?:loss(?:es)?|lost|damages?)\b/iu],
  ["cost", /\b(?:costs?|costing)\b/iu],
  ["funding", /\b(?:funding|donations?|financing)\b/iu],
  ["payment", /\b(?:payments?|pay|pays|paid|gave|gives|given|receive[sd]?|stipends?|allowances?|sums?|amounts?)\b/iu],
];

const PAID_TO = /^[^,;]{0,60}\sto\s(?:the\s)?(?:family|leader|commander|chief|group|fighters|widow|\p{Lu})/u;

export function moneyOf(tally: Tally): Counting | null {
  const { counted, reported } = tally;
  const { reading } = reported;
  const { figure } = counted;
  const clause = clauseOf(reading, figure);
  const near = reading.slice(clause.start, clause.end);
  const beside = `${reading.slice(Math.max(clause.start, figure.start - 30), figure.start)} ${reading.slice(figure.end, Math.min(clause.end, figure.end + 34))}`;
  const rate = MONTHLY.test(beside) ? "monthly " : DAILY.test(beside) ? "daily " : YEARLY.test(beside) ? "yearly " : "";
  const word =
    MONEY_WORDS.find(([, pattern]) => pattern.test(near))?.[0] ??
    (rate !== "" && PAID_TO.test(reading.slice(figure.end, clause.end)) ? "payment" : null);
  if (word === null) return null;
  const whom = word === "reward" ? rewardedFor(reading.slice(figure.end)) : "";
  const to = word === "payment" ? paidTo(reading, clause, figure) : null;
  // A leader's family is not the leader.
  const isOfFamily = to !== null && FAMILY.test(to);
  return {
    words: `${rate}${word}${whom}${to === null ? "" : ` to ${to}`}`,
    key: `${figure.unit}||${rate}${word}${whom}${isOfFamily ? " family" : ""}|`,
    isOfDeeds: false,
    isBySaid: false,
  };
}

function rewardedFor(after: string): string {
  const whose = /^\s(?:for|on)\s((?:\p{Lu}[\p{L}'’-]*\s?){1,4})/u.exec(after)?.[1]?.trim();
  return whose === undefined ? "" : ` for ${whose}`;
}

const FAMILY = /\bfamily\b/iu;
/** What stands at the end of "3 million (US$" or "3.5 million afghanis (": one piece of a sum that is the same. */
const PIECE_OF_SUM =
  /(?:(?:about|some|around|nearly|over|up to)\s|US\$|\$|[\d.,]+(?:\s(?:million|billion))?|\s|\(|\)|afghanis?|rupees?|dollars?|euros?|pounds?|a month,?|monthly,?)$/iu;
/** Characters in which a piece is looked for: a pattern that repeats over all of a sum takes for ever on long ones. */
const LONGEST_PIECE = 40;
const GIVEN = /\b(?:gave|gives?|pays?|paid|giving|paying)\s(?<to>(?!back\b|for\b|up\b|in\b|out\b)[^,;:.()\d]{3,60})$/iu;
const RECEIVED =
  /(?:\bthat\s|^|,\s)(?<to>(?:the\s)?[^,;:.()\d]{3,60}?)(?:\s\([^()]{1,30}\))?\s(?:receives?|received|gets?|got)$/iu;
const TO =
  /^[^.;]{0,60}?\sto\s(?<to>(?:the\s(?:family|leader|commander|chief|widow|group)\b[^,;:.()\d]{0,50}|\p{Lu}[^,;:.()\d]{2,50}))/u;
/** Where the words for somebody who is paid end. */
const AFTER_NAME =
  /\s(?:in|on|at|by|from|with|as|for|while|who|which|and|according|monthly|each|every|a month|per|compares?|said|was|were|is|are)\b.*$/u;

/** Who was paid, as the clause says it; null where it does not. */
function paidTo(reading: string, clause: Span, { start, end }: Span): string | null {
  const head = withoutSums(reading.slice(clause.start, start));
  const tail = reading.slice(end, clause.end);
  const to = (GIVEN.exec(head) ?? RECEIVED.exec(head) ?? TO.exec(tail))?.groups?.to?.replace(AFTER_NAME, "").trim();
  const words = to?.replace(/^The\s/u, "the ");
  return words === undefined || !/\p{Lu}|^the\s(?:family|leader)/u.test(words) ? null : words;
}

/** The words in front of the sums at the end of a text. */
function withoutSums(text: string): string {
  for (let end = text.length; end > 0; ) {
    const piece = PIECE_OF_SUM.exec(text.slice(Math.max(0, end - LONGEST_PIECE), end));
    if (piece === null) return text.slice(0, end).trimEnd();
    end -= piece[0].length;
  }
  return "";
}
