/** Whether a sentence speaks of the time that a question asks about. */

import type { Period } from "../domain/report.ts";
import { FIRST_DAY, LAST_DAY, type MeantPeriod, meantPeriods } from "../retrieve/meant-period.ts";
import { overlaps, type PeriodMention, periodsIn } from "../retrieve/period.ts";
import type { Question } from "../retrieve/question.ts";
import { MONTHS } from "../text/words.ts";
import { timesOf, withoutPressDates } from "./times.ts";
import type { Wants } from "./wants.ts";

/**
 * Whether the sentence speaks of the asked time: 1 it names it; 0.5 it names a part of it; -0.5 it names only
 * a longer time ("in 2024" for a month); -1 only other times. Where the sentence names none, its surroundings count for less: 0.6 at most, or 0.3 when
 * the report covers the time, -0.5 when nothing tells. With several times asked for, the mean and the best count half each; 0 when none is.
 *
 * A report whose title or headings name the time is about it, whatever else its sentences name; and a sentence
 * that answers "when" names a time that the question does not. What a figure is only compared with is no time that a
 * sentence speaks of, and whatever lies in a time with an open end ("since 2021") is of that time.
 */
export function periodFit(
  question: Question,
  wants: Wants,
  reading: string,
  about: string,
  passage: string,
  reportPeriod: Period | null,
): number {
  if (question.periods.length === 0) return 0;
  const named = timesIn(reading, question);
  const entitled = periodsIn(about);
  const near = named.length > 0 ? [] : [...entitled, ...periodsIn(passage)];
  const fits = question.periods.map((asked) => {
    if (named.length > 0) {
      const fit = bestFit(named, reading, asked);
      const isExcused = fit < 0 && (bestFit(entitled, about, asked) > 0 || wants === "date");
      return isExcused ? 0 : fit;
    }
    const around = near.length > 0 ? bestFit(near, `${about}\n${passage}`, asked) : 0;
    if (around > 0) return 0.6 * around;
    if (reportPeriod !== null) return overlaps(reportPeriod, asked) ? 0.3 : -1;
    return near.length > 0 ? -0.8 : -0.5;
  });
  // A sentence on one of two years is half of a comparison, and may be all that one report can give.
  return (Math.max(...fits) + fits.reduce((sum, value) => sum + value, 0) / fits.length) / 2;
}

/** @param text where they are named. */
function bestFit(named: readonly PeriodMention[], text: string, asked: MeantPeriod): number {
  if (asked.reach !== "named") return fitOfMeant(named, text, asked);
  const touching = named.filter((mention) => overlaps(mention, asked));
  if (touching.length === 0) return -1;
  if (touching.some((mention) => mention.from === asked.from && mention.to === asked.to)) return 1;
  return asked.exactness !== "year" && touching.every((mention) => mention.exactness === "year") ? -0.5 : 0.5;
}

/** The same for a range, a part of a year or a time with an open end: there the times of the text are taken as they are meant. */
function fitOfMeant(named: readonly PeriodMention[], text: string, asked: MeantPeriod): number {
  const meant = meantPeriods(text);
  // Some of the named times stand aside: what is compared with, and the days of the press.
  const counted = meant.filter((each) => named.some(({ start, end }) => each.start < end && start < each.end));
  const touching = (counted.length > 0 ? counted : named).filter((each) => overlaps(each, asked));
  if (touching.length === 0) return -1;
  const isOpen = asked.from === FIRST_DAY || asked.to === LAST_DAY;
  // "Up to 2024" tells of 2024 as well.
  const isFrom = (each: PeriodMention) => asked.from <= (each.from === FIRST_DAY ? each.to : each.from);
  const isTo = (each: PeriodMention) => (each.to === LAST_DAY ? each.from : each.to) <= asked.to;
  const within = touching.filter((each) => isFrom(each) && isTo(each));
  const from = within.map((each) => each.from).sort()[0];
  const to = within
    .map((each) => each.to)
    .sort()
    .at(-1);
  if (within.length > 0 && (isOpen || (from === asked.from && to === asked.to))) return 1;
  const isLonger = touching.every((each) => each.from <= asked.from && asked.to <= each.to);
  return within.length === 0 && isLonger && asked.exactness !== "year" ? -0.5 : 0.5;
}

/** "From", "than" and the like before a time of a question: it asks about the base itself. */
const ASKED_AS_BASE =
  /\b(?:than|(?:compare[sd]?|comparison) (?:with|to)|against|versus|vs\.?|relative to|from|(?:up|down) on|over)\s+(?:(?:in|that of|the \p{L}+ of)\s+)?$/iu;

/** The times that a sentence speaks of. "November ... of 2024" is November 2024. */
function timesIn(reading: string, { periods, text }: Question): PeriodMention[] {
  const withoutPress = withoutPressDates(reading);
  const mentions = periodsIn(withoutPress);
  const all = mentions.length > 0 ? mentions : periodsIn(reading);
  const named = [...withoutBases(all, reading, periods, text)];
  for (const period of periods) {
    const month = MONTHS[Number(period.from.slice(5, 7)) - 1];
    const isApart =
      period.exactness === "month" &&
      period.reach === "named" &&
      month !== undefined &&
      new RegExp(`\\b${month}\\b`, "i").test(withoutPress);
    if (isApart && named.some((each) => each.exactness === "year" && overlaps(each, period))) named.push(period);
  }
  return named;
}

/**
 * The times without those that a figure is only compared with ("74 in January, 42% more than in December"), unless the
 * sentence speaks of an asked time besides, or the question asks about the base.
 */
function withoutBases(
  named: readonly PeriodMention[],
  reading: string,
  asked: readonly PeriodMention[],
  question: string,
): readonly PeriodMention[] {
  if (named.length < 2 || asked.some(({ start }) => ASKED_AS_BASE.test(question.slice(0, start)))) return named;
  const bases = timesOf(reading).filter(({ isBase }) => isBase);
  const own = named.filter(({ start }) => !bases.some((base) => base.start === start));
  if (own.length === 0 || own.some((each) => asked.some((period) => overlaps(each, period)))) return named;
  return own;
}
