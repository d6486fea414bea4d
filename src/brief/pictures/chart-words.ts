/** What a chart says of itself: what is shown, what the marks mean, and which figures are missing. */

import type { Scale, Slot } from "./chart-layout.ts";
import type { ChartData, ChartValue } from "./comparable.ts";
import { MARK, PLOT_HEIGHT } from "./parts.ts";

/** Numbers of figures that are not drawn. */
const MOST_NUMBERS = 8;

/** Whether a range that takes so many pixels is drawn as two marks: one that hid most of the other would be a shape that no source has. */
export function isJoined(height: number): boolean {
  return height >= 0.75 * MARK;
}

/** What of the figures is shown. */
export function aboutWords(slots: readonly Slot[], { values }: ChartData): string {
  if (slots.length === values.length) return "Figures over time, and who gives them";
  const shown = new Set(slots.map(({ value }) => value));
  const times = new Set(slots.map(({ value }) => value.timeKey));
  const isThinned = values.some((value) => !shown.has(value) && times.has(value.timeKey));
  return `Figures over time: ${isThinned ? "" : "the last "}${slots.length} of ${values.length}${isThinned ? ", one for each time" : ""}`;
}

/** What the marks mean, and which figures of the table are missing. */
export function keyOf(slots: readonly Slot[], { values: all, others, isStock }: ChartData, { max }: Scale): string {
  const values = slots.map(({ value }) => value);
  const isAny = (test: (value: ChartValue) => boolean, words: string) => (values.some(test) ? [words] : []);
  const isDrawnJoined = ({ low, high }: ChartValue) => low < high && isJoined(((high - low) / max) * PLOT_HEIGHT);
  const shown = new Set(values.map(({ citation }) => citation));
  const crowdedOut = [...new Set(all.map(({ citation }) => citation))].filter((number) => !shown.has(number));
  return [
    ...isAny(isDrawnJoined, "Two marks joined: from low to high."),
    ...isAny((value) => value.low < value.high && !isDrawnJoined(value), "A range too small to see is one mark."),
    ...isAny(({ open }) => open === "up", "Arrow up: or more."),
    ...isAny(({ open }) => open === "down", "Arrow down: or less."),
    ...missingWords("no room", crowdedOut),
    ...missingWords(isStock ? "another place" : "another place or length of time", others),
  ].join(" ");
}

/** "Not drawn (no room): [3][4]." */
function missingWords(why: string, numbers: readonly number[]): string[] {
  if (numbers.length === 0) return [];
  const which = numbers.slice(0, MOST_NUMBERS).map((number) => `[${number}]`);
  const more = numbers.length > MOST_NUMBERS ? ` and ${numbers.length - MOST_NUMBERS} more` : "";
  return [`Not drawn (${why}): ${which.join(" ")}${more}.`];
}
