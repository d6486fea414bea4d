/** Whether a sentence speaks of the time that a question asks about. */

import type { Period } from "../domain/report.ts";
import { overlaps, type PeriodMention, periodsIn } from "../retrieve/period.ts";
import type { Question } from "../retrieve/question.ts";
import { MONTHS } from "../text/words.ts";
import type { Wants } from "./wants.ts";

/**
 * Whether the sentence speaks of the asked time: 1 it names it; 0.5 it names a part of it; -0.5 it names only
 * a longer time ("in 2024" for a month); -1 only other times. Where the sentence names none, its surroundings count for less: 0.6 at most, or 0.3 when
 * the report covers the time, -0.5 when nothing tells. With several times asked for, the mean and the best count half each; 0 when none is.
 *
 * A report whose title or headings name the time is about it, whatever else its sentences name; and a sentence
 * that answers "when" names a time that the question does not.
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
  const named = timesIn(reading, question.periods);
  const entitled = periodsIn(about);
  const near = named.length > 0 ? [] : [...entitled, ...periodsIn(passage)];
  const fits = question.periods.map((asked) => {
    if (named.length > 0) {
      const fit = bestFit(named, asked);
      const isExcused = fit < 0 && (bestFit(entitled, asked) > 0 || wants === "date");
      return isExcused ? 0 : fit;
    }
    const around = near.length > 0 ? bestFit(near, asked) : 0;
    if (around > 0) return 0.6 * around;
    if (reportPeriod !== null) return overlaps(reportPeriod, asked) ? 0.3 : -1;
    return near.length > 0 ? -0.8 : -0.5;
  });
  // A sentence on one of two years is half of a comparison, and may be all that one report can give.
  return (Math.max(...fits) + fits.reduce((sum, value) => sum + value, 0) / fits.length) / 2;
}

function bestFit(named: readonly PeriodMention[], asked: PeriodMention): number {
  const touching = named.filter((mention) => overlaps(mention, asked));
  if (touching.length === 0) return -1;
  if (touching.some((mention) => mention.from === asked.from && mention.to === asked.to)) return 1;
  return asked.exactness !== "year" && touching.every((mention) => mention.exactness === "year") ? -0.5 : 0.5;
}

/** "as Dawn reported on 3 March 2025": the day of a press report is not the time that a sentence speaks of. */
const PRESS_DATE =
  /\b(relayed|reported|carried|published|printed|wrote|noted|report|account|coverage|article|story)\b[^.;]{0,60}?\b(on|of|from) \d{1,2} \p{Lu}\p{Ll}+ \d{4}/gu;

/** The text, as long as it was, without the days on which the press told of something. */
export function withoutPressDates(reading: string): string {
  return reading.replace(PRESS_DATE, (phrase) => " ".repeat(phrase.length));
}

/** The times that a sentence speaks of. "November ... of 2024" is November 2024. */
function timesIn(reading: string, asked: readonly PeriodMention[]): PeriodMention[] {
  const withoutPress = withoutPressDates(reading);
  const mentions = periodsIn(withoutPress);
  const named = mentions.length > 0 ? mentions : periodsIn(reading);
  for (const period of asked) {
    const month = MONTHS[Number(period.from.slice(5, 7)) - 1];
    const isApart =
      period.exactness === "month" && month !== undefined && new RegExp(`\\b${month}\\b`, "i").test(withoutPress);
    if (isApart && named.some((each) => each.exactness === "year" && overlaps(each, period))) named.push(period);
  }
  return named;
}
