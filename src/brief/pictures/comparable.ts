/** Which figures of a briefing can stand in one chart: those that count the same, in the same place, for like times. */

import type { Briefing, FigureRow } from "../../domain/briefing.ts";
import { dateRange, type Period } from "../../domain/report.ts";
import { oneLine } from "../../domain/visible.ts";
import { inCodeOrder } from "../../text/order.ts";
import { capital, counterOf } from "./naming.ts";

/** Which way a value is open: "over 600" is 600 or more, "up to 600" is 600 or less. */
export type Open = "up" | "down" | null;

export interface ChartValue {
  /** As the report writes it. */
  readonly words: string;
  readonly low: number;
  readonly high: number;
  readonly open: Open;
  readonly time: NonNullable<FigureRow["time"]>;
  /** Equal for values of one time. */
  readonly timeKey: string;
  /** Who counted it; equal for values of one series. */
  readonly source: string;
  /** Number of the citation. */
  readonly citation: number;
}

export interface ChartData {
  /** What is counted, with the place and the unit where there are such: "militants killed, Balochistan". */
  readonly counted: string;
  readonly isShare: boolean;
  /** Whether it is there at a time, as fighters are, and not done over a time, as attacks are. */
  readonly isStock: boolean;
  /** Citations of figures that count the same, but not for the same place or for times of that length. */
  readonly others: readonly number[];
  /** In the order of their times; at least three. */
  readonly values: readonly ChartValue[];
  /** In the order of their first value. */
  readonly sources: readonly string[];
}

/** Fewer values are told quicker in words. */
const LEAST = 3;

const DAY = 86_400_000;

/**
 * What people are (fighters, members) is counted at a time, and what they do or suffer (attacks, deaths) over a time. The
 * first can be compared for any two times, the second only for times of one length: 74 attacks in a month are not fewer
 * than 521 in a year.
 */
const HEADS =
  /\b(?:fighters|members|militants|terrorists|insurgents|combatants|cadres|operatives|men|troops|personnel|forces|strength|refugees|population)\b/i;
const DEEDS =
  /\b(?:kill\w*|deaths?|dead|died|casualt\w*|fatalit\w*|injur\w*|wound\w*|attack\w*|incidents?|operations?|arrest\w*|captur\w*|surrender\w*|detain\w*|abduct\w*|lost|martyr\w*|bomb\w*|return\w*|deport\w*|expel\w*|eliminat\w*|neutrali[sz]\w*)\b/i;

const AT_LEAST =
  /^(?:(?:well |just |slightly |some )?(?:over|above|more than|upwards of|beyond)|at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|exceed\w*|>|≥)|(?:\+|\bor more)$/i;
const AT_MOST =
  /^(?:(?:well |just |slightly )?(?:under|below|fewer than|less than)|at (?:the )?most|up to|no more than|not more than|as many as|a maximum of|<|≤)|\bor (?:fewer|less)$/i;

/** Values or what holds them, by their time, in the order of its first. */
export function byTime<Item>(items: readonly Item[], valueIn: (item: Item) => ChartValue): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const { timeKey } = valueIn(item);
    const group = groups.get(timeKey);
    if (group === undefined) groups.set(timeKey, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** The group with most values, the first of equals; null where no three can be compared. */
export function chartDataOf({ sections }: Pick<Briefing, "sections">): ChartData | null {
  const rows = sections.flatMap(({ id, table = [] }) => (id === "figures" ? table : []));
  let best: readonly FigureRow[] = [];
  let told: readonly FigureRow[] = [];
  for (const group of groupsOf(rows).values()) {
    const distinct = withoutRepeats(group);
    if (distinct.length > best.length) [best, told] = [distinct, group];
  }
  const values = best.map(chartValue);
  const isCompared = new Set(values.map(({ source, timeKey }) => `${timeKey}|${source}`)).size >= LEAST;
  return isCompared ? dataOf(best, values, othersOf(rows, best, told)) : null;
}

/** A reader who knows the table would look for them. */
function othersOf(rows: readonly FigureRow[], [first]: readonly FigureRow[], told: readonly FigureRow[]): number[] {
  const numbers = new Set(told.map(({ citation }) => citation.number));
  const others = rows.filter(
    ({ countedKey, unit, change, time, citation }) =>
      countedKey === first?.countedKey &&
      unit === first?.unit &&
      change === null &&
      time !== null &&
      !numbers.has(citation.number),
  );
  return [...new Set(others.map(({ citation }) => citation.number))];
}

/**
 * Whether a source's values for two times may be connected: between months of attacks that nobody gives there may have
 * been anything; strength is there all the time.
 */
export function isContinuous(before: ChartValue, after: ChartValue, isStock: boolean): boolean {
  if (isStock) return true;
  if (before.time.part !== "" || after.time.part !== "") return false;
  return dayNumber(dateRange(after.time.from).from) - dayNumber(lastDay(before.time)) === DAY;
}

function groupsOf(rows: readonly FigureRow[]): Map<string, FigureRow[]> {
  const groups = new Map<string, FigureRow[]>();
  for (const row of rows) {
    const { countedKey, time, change, low, high } = row;
    // A change is one of something else: its bases would have to be alike too. What is below zero is a change.
    if (countedKey === null || time === null || change !== null || low < 0 || !Number.isFinite(high)) continue;
    const place = row.place === null ? "" : oneLine(row.place.text).toLowerCase();
    const length = isStock(row) ? ["any"] : [lengthOf(time), time.part];
    const key = JSON.stringify([countedKey, row.unit, place, ...length]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function isStock({ counted }: FigureRow): boolean {
  return HEADS.test(counted.text) && !DEEDS.test(counted.text);
}

/** Equal for times over which deeds can be compared. */
function lengthOf(time: Period): string {
  const days = (dayNumber(lastDay(time)) - dayNumber(dateRange(time.from).from)) / DAY + 1;
  // Months and quarters differ by days.
  const classes: [string, number, number][] = [
    ["month", 28, 31],
    ["quarter", 89, 92],
    ["half", 180, 184],
    ["year", 365, 367],
  ];
  return classes.find(([, least, most]) => least <= days && days <= most)?.[0] ?? String(days);
}

function lastDay({ to }: Period): string {
  const [year = "", month = "12", day] = to.split("-");
  return day === undefined ? new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10) : to;
}

/** In milliseconds. 29 February of another year is 1 March: ranges of days that are compared as text end so. */
function dayNumber(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return Date.UTC(year, month - 1, day);
}

function withoutRepeats(rows: readonly FigureRow[]): FigureRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const { timeKey, source, low, high, open } = chartValue(row);
    const key = JSON.stringify([timeKey, sourceKey(source), low, high, open]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function chartValue(row: FigureRow): ChartValue {
  const words = oneLine(row.value.text);
  // Rows without a time are in no group.
  const time = row.time ?? { from: "0001", to: "0001", part: "", basis: "report" };
  return {
    words,
    low: row.low,
    high: row.high,
    open: AT_LEAST.test(words) ? "up" : AT_MOST.test(words) ? "down" : null,
    time,
    timeKey: `${dateRange(time.from).from}/${dateRange(time.to).to}/${time.part}`,
    source: counterOf(row),
    citation: row.citation.number,
  };
}

function dataOf(rows: readonly FigureRow[], found: readonly ChartValue[], others: readonly number[]): ChartData {
  const names = new Map<string, string>();
  for (const { source } of found) if (!names.has(sourceKey(source))) names.set(sourceKey(source), source);
  const named = found.map((value) => ({ ...value, source: names.get(sourceKey(value.source)) ?? value.source }));
  const inTime = named.sort((a, b) => inCodeOrder(orderOf(a), orderOf(b)));
  const sources = [...new Set(inTime.map(({ source }) => source))];
  const values = inTime.sort(
    (a, b) =>
      inCodeOrder(orderOf(a), orderOf(b)) ||
      sources.indexOf(a.source) - sources.indexOf(b.source) ||
      a.citation - b.citation,
  );
  const [first] = rows;
  const unit = first === undefined || first.unit === "" || first.unit === "%" ? [] : [`in ${first.unit}s`];
  const place = first?.place == null ? [] : [oneLine(first.place.text)];
  const counted = [capital(mostUsed(rows.map((row) => oneLine(row.counted.text)))), ...place, ...unit].join(", ");
  const isShare = first?.unit === "%";
  return { counted, isShare, isStock: first !== undefined && isStock(first), others, values, sources };
}

/** Early 2021 is before mid 2021, which is before late 2021. */
function orderOf({ time: { from, to, part }, timeKey }: ChartValue): string {
  const rank = /^(?:early|beginning|first|start)/i.test(part) ? 0 : /^(?:late|end|second|last)/i.test(part) ? 2 : 1;
  return `${dateRange(from).from}/${dateRange(to).to}/${rank}/${timeKey}`;
}

/** One source is named with and without its article, at the beginning of a sentence and inside of it. */
function sourceKey(source: string): string {
  return source
    .toLowerCase()
    .replace(/^(?:the|an?) /, "")
    .replace(/['’]s$/, "");
}

function mostUsed(texts: readonly string[]): string {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return [...times].reduce((best, each) => (each[1] > best[1] ? each : best), ["", 0] as [string, number])[0];
}
