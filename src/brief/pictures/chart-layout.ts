/** Where the values of a chart stand, so that no label meets another. All lengths in pixels. */

import { dateRange } from "../../domain/report.ts";
import { byTime, type ChartValue } from "./comparable.ts";
import type { Fonts } from "./font.ts";
import { timeWords } from "./naming.ts";
import { leading, SIZES } from "./parts.ts";
import { drawable, widestWord, wrapped } from "./text.ts";

/** A value with its place. */
export interface Slot {
  readonly value: ChartValue;
  /** From the left end of the plot. */
  readonly x: number;
  /** The words of the report and the number of the citation. */
  readonly label: readonly string[];
}

/** A time with its values side by side. */
export interface TimeGroup {
  readonly x: number;
  /** What its values take together. */
  readonly width: number;
  readonly label: readonly string[];
  readonly slots: readonly Slot[];
}

/** Between two labels. */
const GAP = 12;
/** A word wider than this is broken, so that three values always have room. */
const WIDEST = 180;
/** Widths to give a label if there is room, so that it need not be parted into so many lines. */
const WISHES = [200, 160, 125, 100, 85, 0];
const LABEL_LINES = 5;
/** Fewer values are no course of time. */
const LEAST = 3;

interface Sized {
  readonly values: readonly { readonly value: ChartValue; readonly width: number }[];
  readonly width: number;
}

/**
 * The values that have room in a plot of this width, each in a place of its own: all of them, else one for each time,
 * else the newest of these; at least three if there are.
 */
export function groupsIn(plotWidth: number, values: readonly ChartValue[], fonts: Fonts): readonly TimeGroup[] {
  const fitting = (some: readonly ChartValue[]) =>
    WISHES.map((wish) => sizedGroups(some, wish, fonts)).find(
      (sized) => some.length <= 1 || sum(sized.map(({ width }) => width)) <= plotWidth,
    );
  const single = onePerTime(values);
  const wanted = single.length < LEAST ? values : single;
  let sized = fitting(values);
  for (let from = 0; sized === undefined; from += 1) sized = fitting(wanted.slice(from));
  return placed(sized, plotWidth, fonts);
}

/** Of each time the value of the source that has most, so that the line of one source is as long as can be. */
function onePerTime(values: readonly ChartValue[]): ChartValue[] {
  const times = (source: string) => values.filter((value) => value.source === source).length;
  return byTime(values, (value) => value).flatMap((group) => {
    const [first, ...rest] = group;
    if (first === undefined) return [];
    return [rest.reduce((best, each) => (times(each.source) > times(best.source) ? each : best), first)];
  });
}

function sizedGroups(values: readonly ChartValue[], wish: number, { bold, regular }: Fonts): Sized[] {
  return byTime(values, (value) => value).map((group) => {
    const style = { face: bold, size: SIZES.small };
    const sized = group.map((value) => {
      const words = drawable(value.words, bold);
      const whole = bold.widthOf(`${words} [${value.citation}]`, SIZES.small);
      const least = Math.min(WIDEST, Math.max(40, widestWord(`${words} [${value.citation}]`, style)));
      return { value, width: Math.max(least, Math.min(whole, wish)) + GAP };
    });
    const [first] = group;
    const time = first === undefined ? "" : drawable(timeWords(first.time, true), regular);
    const timeWidth = Math.min(WIDEST, widestWord(time, { face: regular, size: SIZES.small })) + GAP;
    return { values: sized, width: Math.max(timeWidth, sum(sized.map(({ width }) => width))) };
  });
}

/** Distances are as the times between, as far as the labels leave room for that. */
function placed(groups: readonly Sized[], plotWidth: number, { bold, regular }: Fonts): TimeGroup[] {
  const least = groups.slice(1).map(({ width }, index) => (width + (groups[index]?.width ?? 0)) / 2);
  const elapsed = groups.slice(1).map((group, index) => middleOf(group) - middleOf(groups[index] ?? group));
  const edges = ((groups[0]?.width ?? 0) + (groups.at(-1)?.width ?? 0)) / 2;
  const steps = groups.length === 1 ? [] : stretched(least, elapsed, plotWidth - edges);
  let x = groups.length === 1 ? plotWidth / 2 : (groups[0]?.width ?? 0) / 2;
  return groups.map(({ values, width }, index) => {
    if (index > 0) x += steps[index - 1] ?? 0;
    const slotsWidth = sum(values.map((each) => each.width));
    let left = x - slotsWidth / 2;
    const slots = values.map((each) => {
      left += each.width;
      return slotAt(left - each.width / 2, each.value, each.width - GAP, bold);
    });
    const [first] = values;
    const time = first === undefined ? "" : drawable(timeWords(first.value.time, true), regular);
    return {
      x,
      width: slotsWidth,
      label: wrapped(time, width - GAP + 1, { face: regular, size: SIZES.small }, LABEL_LINES),
      slots,
    };
  });
}

function slotAt(x: number, value: ChartValue, width: number, face: Fonts["bold"]): Slot {
  const style = { face, size: SIZES.small };
  // A hair more than measured, because sums of the same widths may differ in their last digit.
  const label = wrapped(drawable(value.words, face), width + 1, style, LABEL_LINES, `[${value.citation}]`);
  return { value, x, label };
}

/** Steps of at least their least width, else in proportion to `shares`, that together fill `total`. */
function stretched(least: readonly number[], shares: readonly number[], total: number): number[] {
  const stepsAt = (scale: number) => least.map((width, index) => Math.max(width, scale * (shares[index] ?? 0)));
  let [low, high] = [0, total / Math.max(1, Math.min(...shares.filter((share) => share > 0)))];
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (sum(stepsAt(middle)) > total) high = middle;
    else low = middle;
  }
  return stepsAt(low);
}

/** In days. */
function middleOf({ values }: Sized): number {
  const [first] = values;
  if (first === undefined) return 0;
  const { from, to } = first.value.time;
  return (Date.parse(dateRange(from).from) + Date.parse(dateRange(to).from)) / 2 / 86_400_000;
}

export interface Scale {
  readonly max: number;
  readonly interval: number;
}

/** From nothing to a round number that no value is above, in about four steps. */
export function scaleFor(values: readonly Pick<ChartValue, "high">[]): Scale {
  const highest = Math.max(...values.map(({ high }) => high));
  if (highest <= 0) return { max: 1, interval: 1 };
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10;
  // Counts have no halves.
  const interval = highest >= 4 ? Math.max(1, Math.round(step * power)) : step * power;
  return { max: interval * Math.ceil(highest / interval - 1e-9), interval };
}

/** Of lines of labels. */
export function heightOf(lines: readonly string[]): number {
  return lines.length * leading(SIZES.small);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
