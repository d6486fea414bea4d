/** The figures of a passage as they are stored: what is counted, when, where, of whom and by whom, with where it stands. */

import type { FigureChange, FigureTime, NewFigure, ReportedFigure, Slice } from "../domain/figure.ts";
import type { Passage, Span } from "../domain/passage.ts";
import type { Period, Report } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Glossary } from "../text/glossary.ts";
import type { Figure } from "./figures.ts";
import { countingOf } from "./reported-figures-counted.ts";
import { actorsOfFigure, placesOfFigure } from "./reported-figures-where.ts";
import { whoOfFigure } from "./reported-figures-who.ts";
import { placesIn } from "./side-by-side.ts";
import { type Tally, talliesOf } from "./tally.ts";
import { datedByHeading } from "./tally-dates.ts";
import { type CountedTime, isWhenTold, timeFor } from "./tally-time.ts";
import { writtenSpan } from "./tally-words.ts";
import { type Reported, reportedBy } from "./told.ts";

/** Figures that stand closer together than the reports can tell apart: lists of numbers are no sentences. */
const MOST_OF_A_SENTENCE = 20;

/**
 * The figures of a passage that count something of the field, in the order of the text. What is not sure of a figure
 * (its time, its places, who counted) is left open; a figure of which it is not sure what it counts is left out. Every
 * span holds its words exactly.
 */
export function figuresOfPassage(hit: Hit, glossary: Glossary): ReportedFigure[] {
  return reportedBy(hit, glossary).flatMap((reported) => {
    const figures = reported.counts.counted.map(({ figure }) => figure);
    if (figures.length > MOST_OF_A_SENTENCE) return [];
    const slice = slicer(reported);
    return talliesOf(reported, glossary)
      .map((tally) => figureOf(tally, figures, slice, glossary))
      .filter((figure) => figure !== null);
  });
}

/** The figures of a report whose passages have no numbers yet. */
export function figuresOfReport(
  { id, path, source }: Pick<Report, "id" | "path" | "source">,
  passages: readonly Omit<Passage, "id" | "reportId">[],
  glossary: Glossary,
): NewFigure[] {
  return passages.flatMap((passage) => {
    const ranks = { lexicalRank: null, lexicalScore: null, denseRank: null, denseScore: null };
    const hit = { passage: { ...passage, id: 0, reportId: id }, reportPath: path, source, score: 0, ...ranks, why: [] };
    return figuresOfPassage(hit, glossary).map(({ reportId: _report, passageId: _passage, ...figure }) => ({
      ...figure,
      ordinal: passage.ordinal,
    }));
  });
}

type Slicer = (span: Span) => Slice | null;

function figureOf(tally: Tally, figures: readonly Figure[], slice: Slicer, glossary: Glossary): ReportedFigure | null {
  const { counted, reported } = tally;
  const { figure } = counted;
  const { passage } = reported.hit;
  const written = slice(writtenSpan(reported.reading, figure));
  if (written === null || figure.unit === "rank") return null;
  const named = actorsOfFigure(tally, figures, glossary);
  const counting = countingOf(tally, named);
  if (counting === null) return null;
  // Of several groups in a sentence it must be said whose deeds are counted.
  const actors = counting.isOfDeeds && !counting.isBySaid && groupsIn(reported) > 1 ? [] : named;
  const time = timeOf(tally, counting.isOfDeeds);
  const places = placesOfFigure(tally, figures, glossary).flatMap(({ terms, ...span }) => {
    const words = slice(span);
    return words === null ? [] : [{ words, terms }];
  });
  const who = whoOfFigure(tally, figures);
  return {
    reportId: passage.reportId,
    passageId: passage.id,
    sentence: reported.index,
    start: written.start,
    end: written.end,
    written: written.text,
    low: figure.low,
    high: figure.high,
    bound: figure.bound,
    unit: figure.unit,
    counted: counting.words,
    countedKey: counting.key,
    time: time === null ? null : figureTime(time),
    change:
      figure.unit === "%" && counted.direction !== null ? changeOf(counted.direction, time, reported, slice) : null,
    places: places.map(({ words }) => words),
    actors: actors.map(({ key }) => key),
    placeTerms: [...new Set(places.flatMap(({ terms }) => terms))],
    who: who === null ? null : slice(who),
  };
}

/** A stretch of time that is told from another one. */
const SOME_TIME = /\b(?:prior|previous|past|last|preceding)\s(?:\p{L}+\s)?(?:months|weeks|days)\b/u;
/** Other words of time than that of the whole report: its figure is for less of it, or for more. */
const OTHER_TIME =
  /\b(?:since|within|between|until|past|previous(?:ly)?|last|first|second|third|quarters?|half|decades?|centur(?:y|ies)|months?|weeks?|days?|nights?|mornings?|evening|yesterday|today|tonight|recent(?:ly)?|now|currently|still|remain(?:s|ed)?|ago|earlier|later|so far|years|January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|May \d)\b/u;
const SPOKEN = /\b(?:speech|statement|address|debate|remarks|interview|letter|op-ed|opinion|testimony)\b/iu;

/** Whether a figure without a time is one for the time of its report. */
function isOfWholeTime(reading: string, { source }: Hit): boolean {
  return !OTHER_TIME.test(reading) && !SPOKEN.test(source.title) && source.kind !== "op-ed";
}

/** "Between July 2021 and June 2022": of a count that is all of it. */
function spanIn({ reading, counts }: Reported, own: Period | null): CountedTime | null {
  for (const [index, first] of counts.times.entries()) {
    const last = counts.times[index + 1];
    if (last === undefined || first.from >= last.to || own === null) continue;
    const isJoined = /^\s(?:and|to|through|until)\s$/u.test(reading.slice(first.end, last.start));
    const isLed = /\b(?:between|from)\s$/iu.test(reading.slice(0, first.start));
    const isOwn = [first, last].some(({ from, to }) => from === own.from && to === own.to);
    if (isJoined && isLed && isOwn) return { from: first.from, to: last.to, part: "", base: "", basis: "quote" };
  }
  return null;
}

/** How many groups a sentence names. */
function groupsIn({ view }: Reported): number {
  const isGroup = ({ kind }: { readonly kind: string }) => kind === "armed-group";
  return new Set(view.names.flatMap(({ entries }) => entries.filter(isGroup).slice(0, 1))).size;
}

function timeOf({ counted, reported, time, who }: Tally, isOfDeeds: boolean): CountedTime | null {
  const { reading, counts } = reported;
  const headed = counted.direction === null ? datedByHeading(counted.figure, reported) : null;
  if (headed !== null) return headed;
  const own = timeFor(counted, reported, isOfDeeds);
  if (own?.base !== undefined && own.base !== "") return own;
  // "offered US$10 million after the bombing of August 2021": the time is that of the bombing.
  const later = counts.times.find((each) => each.from === own?.from && each.to === own.to);
  const gap = later === undefined ? "" : reading.slice(counted.figure.end, later.start);
  if (/\b(?:after|following|who|whom|prior)\b/u.test(gap) || SOME_TIME.test(reading)) return null;
  if (own !== null && own.basis !== "quote" && !isOfWholeTime(reading, reported.hit)) return null;
  const span = spanIn(reported, own ?? time);
  if (span !== null) return span;
  if (own !== null) return own;
  const said = counts.times.find((each) => each.from === time?.from && each.to === time.to);
  if (time !== null && said !== undefined && !(isOfDeeds && isWhenTold(said, reading))) return time;
  // "The 37th report of 4 February 2026 put TTP at 6,000": a strength is that of when it was put.
  const dated = counts.times.find(({ start }) => who !== null && /^\sof\s$/u.test(reading.slice(who.end, start)));
  const isOfStrength = !isOfDeeds && counted.figure.unit === "";
  return dated !== undefined && isOfStrength
    ? { from: dated.from, to: dated.to, part: "", base: "", basis: "quote" }
    : null;
}

/** Of "January to August 2024" only the end is known as a day. */
function figureTime({ from, to, part, basis }: CountedTime): FigureTime | null {
  return part.startsWith("from ") ? null : { from, to, part, basis };
}

const COMPARED =
  /(?:\b(?:compared|in comparison) (?:with|to)|\bthan(?: in| on)?|\bagainst|\bversus|\brelative to|\bover|\bon|\bfrom)\s$/iu;
const YEAR_BEFORE =
  /\b(?:(?:a|the|one) year (?:before|earlier)|(?:the )?(?:previous|preceding|prior) year|year[- ]on[- ]year)\b/iu;

function changeOf(
  direction: FigureChange["direction"],
  time: CountedTime | null,
  { reading, counts }: Reported,
  slice: Slicer,
): FigureChange {
  const words = SAID_BASE.exec(reading);
  // "From the same period in 2020": which days that was is not told.
  const base = words !== null && /\bsame|corresponding\b/iu.test(words[0]) ? null : baseOf(time);
  if (base === null) {
    return {
      direction,
      base,
      baseWords: words === null ? null : slice({ start: words.index, end: words.index + words[0].length }),
    };
  }
  const said = counts.times.find(({ from, to }) => from === base.from && to === base.to);
  const led = said === undefined ? null : COMPARED.exec(reading.slice(0, said.start))?.[0].length;
  const year = YEAR_BEFORE.exec(reading);
  const span =
    said !== undefined
      ? { start: said.start - (led ?? 0), end: said.end }
      : year === null
        ? null
        : { start: year.index, end: year.index + year[0].length };
  return { direction, base, baseWords: span === null ? null : slice(span) };
}

/** A base that is said in words of which the days are not known. */
const SAID_BASE =
  /\b(?:(?:compared|in comparison) (?:with|to)|than|from|over|on|against|versus)\s(?:in\s)?(?:the\s)?(?:same|previous|last|prior|preceding|corresponding|year|month|week|quarter)\s?(?:period|quarter|month|year|week|months|years)?(?:\s(?:in|of|before|earlier)(?:\s(?:\p{L}+\s)?\d{4})?)?/iu;

function baseOf(time: CountedTime | null): Period | null {
  if (time === null || time.base === "" || time.base === "?") return null;
  const [from, to] = time.base.split(" ");
  if (from !== undefined && to !== undefined && /^\d{4}/u.test(from)) return { from, to };
  const before = (date: string) => `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
  return { from: before(time.from), to: before(time.to) };
}

/** Gives the words of the report at a span of a sentence's reading; null where markup stands among them. */
function slicer({ reading, sentence, hit: { passage } }: Reported): Slicer {
  const raw = passage.reading.slice(sentence.start - passage.start, sentence.end - passage.start);
  const places = placesIn(raw);
  return ({ start, end }) => {
    const [first, last] = [places[start], places[end - 1]];
    if (first === undefined || last === undefined || start >= end) return null;
    const from = sentence.start - passage.start + first;
    const text = passage.text.slice(from, sentence.start - passage.start + last + 1);
    if (text.replace(/\s+/gu, " ") !== reading.slice(start, end)) return null;
    return { start: passage.start + from, end: passage.start + from + text.length, text };
  };
}
