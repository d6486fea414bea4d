/** Shares and sums of money: of what they are. */

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

export function moneyOf(tally: Tally, actors: readonly FigureActor[]): Counting | null {
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
  const [actor] = actors;
  // "TTP leader Noor Wali", "to the family of TTP": the payment is theirs.
  const isOfOne =
    actors.length === 1 &&
    actor !== undefined &&
    word === "payment" &&
    (/^\)?\s(?:leader|chief|commander|emir)\b/u.test(reading.slice(actor.end)) ||
      /\bto (?:the )?$/u.test(reading.slice(0, actor.start)));
  const whose = /^\s(?:for|on)\s((?:\p{Lu}[\p{L}'’-]*\s?){1,4})/u.exec(reading.slice(figure.end))?.[1]?.trim();
  const whom = word === "reward" && whose !== undefined ? ` for ${whose}` : "";
  return {
    words: `${rate}${word}${whom}${isOfOne && rate !== "" ? ` (${actor.label})` : ""}`,
    key: `${figure.unit}||${rate}${word}${whom}|`,
    isOfDeeds: false,
    isBySaid: false,
  };
}
