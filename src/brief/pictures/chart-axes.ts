/** The axes of a chart: times below, counts on the left. */

import type { Scale, TimeGroup } from "./chart-layout.ts";
import { FAMILY } from "./font.ts";
import type { Palette } from "./palette.ts";
import { leading, MARGIN, SIZES } from "./parts.ts";

/** The times stand under their values; between them the axis has no scale of its own. */
export function timeAxis(groups: readonly TimeGroup[], plotWidth: number, palette: Palette) {
  const customValues = groups.map(({ x }) => x);
  const labelOf = (value: number) =>
    groups.reduce((best, each) => (distance(each, value) < distance(best, value) ? each : best));
  return {
    type: "value",
    min: 0,
    max: plotWidth,
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: palette.quiet, width: 2 } },
    axisTick: { show: true, customValues, length: 8, lineStyle: { color: palette.quiet, width: 2 } },
    axisLabel: {
      customValues,
      formatter: (value: number) => labelOf(value).label.join("\n"),
      margin: 12,
      hideOverlap: false,
      color: palette.text,
      fontFamily: FAMILY,
      fontSize: SIZES.small,
      lineHeight: leading(SIZES.small),
    },
  };
}

function distance({ x }: TimeGroup, value: number): number {
  return Math.abs(x - value);
}

export function countAxis(
  { max, interval }: Scale,
  title: readonly string[],
  titleGap: number,
  tick: (value: number) => string,
  left: number,
  palette: Palette,
) {
  return {
    type: "value",
    min: 0,
    max,
    interval,
    name: title.join("\n"),
    nameGap: titleGap,
    nameTextStyle: {
      align: "left",
      verticalAlign: "bottom",
      padding: [0, 0, 0, MARGIN - left],
      color: palette.text,
      fontFamily: FAMILY,
      fontSize: SIZES.body,
      fontWeight: "bold",
      lineHeight: leading(SIZES.body),
    },
    splitLine: { show: true, lineStyle: { color: palette.grid, width: 2 } },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      formatter: tick,
      margin: 14,
      color: palette.quiet,
      fontFamily: FAMILY,
      fontSize: SIZES.small,
    },
  };
}
