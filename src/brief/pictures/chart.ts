/** The chart: figures over time, each source with a colour and a mark of its own. */

import type { Briefing } from "../../domain/briefing.ts";
import { countAxis, timeAxis } from "./chart-axes.ts";
import { groupsIn, heightOf, type Scale, type Slot, scaleFor, type TimeGroup } from "./chart-layout.ts";
import { aboutWords, isJoined, keyOf } from "./chart-words.ts";
import { byTime, type ChartData, type ChartValue, isContinuous } from "./comparable.ts";
import { type Drawing, WIDTH } from "./draw.ts";
import { FAMILY, type Fonts } from "./font.ts";
import { capital } from "./naming.ts";
import { type Palette, SHAPES } from "./palette.ts";
import { footAt, headOf, leading, MARGIN, MARK, PLOT_HEIGHT, SIZES, textAt } from "./parts.ts";
import { drawable, wrapped } from "./text.ts";

const ARROW = 34;
const RANGE_WIDTH = 12;
const LEGEND_GAP = 10;
const KEY_LINES = 5;

const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });
const PLAIN = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** What a custom series of echarts is given to draw an item with; only what is used of it. */
interface Plot {
  value(dimension: number): number;
  coord(point: [number, number]): number[];
}

export function chartDrawing(briefing: Briefing, data: ChartData, palette: Palette, fonts: Fonts): Drawing {
  const scale = scaleFor(data.values);
  const tick = (value: number) => tickWords(value, scale, data.isShare);
  const ticks = [scale.max, scale.max - scale.interval, scale.interval].map(tick);
  const left = MARGIN + Math.ceil(Math.max(...ticks.map((each) => fonts.regular.widthOf(each, SIZES.small)))) + 14;
  const plotWidth = WIDTH - left - MARGIN;
  const groups = groupsIn(plotWidth, data.values, fonts);
  const slots = groups.flatMap((group) => group.slots);
  const sources = data.sources.filter((source) => slots.some(({ value }) => value.source === source));

  const head = headOf(briefing, aboutWords(slots, data), palette, fonts);
  const legend = legendAt(head.bottom + 18, sources, palette, fonts);
  const title = wrapped(
    drawable(data.counted, fonts.bold),
    WIDTH - 2 * MARGIN,
    { face: fonts.bold, size: SIZES.body },
    2,
  );
  const titleTop = legend.bottom + 22;
  const plotTop = titleTop + title.length * leading(SIZES.body) + 14 + headroom(slots, scale);
  const timesTop = plotTop + PLOT_HEIGHT + 12;
  const key = keyOf(slots, data, scale);
  const keyTop = timesTop + Math.max(...groups.map(({ label }) => heightOf(label))) + 20;
  const keyLines = wrapped(key, WIDTH - 2 * MARGIN, { face: fonts.regular, size: SIZES.small }, KEY_LINES);
  const foot = footAt(keyTop + (keyLines.length === 0 ? 0 : heightOf(keyLines) + 6), briefing, palette);

  const option = {
    legend: legend.option,
    grid: { left, top: plotTop, width: plotWidth, height: PLOT_HEIGHT, containLabel: false, outerBoundsMode: "none" },
    xAxis: timeAxis(groups, plotWidth, palette),
    yAxis: countAxis(scale, title, plotTop - titleTop - title.length * leading(SIZES.body), tick, left, palette),
    series: [
      ...sources.map((source, index) => linkSeries(sourceSlots(slots, source), data.isStock, colourOf(index, palette))),
      ...sources.map((source, index) => valueSeries(index, sourceSlots(slots, source), palette)),
    ],
    graphic: {
      elements: [
        ...bandsOf(groups, left, plotTop, palette),
        ...head.elements,
        ...(keyLines.length === 0
          ? []
          : [textAt(keyLines, { x: MARGIN, y: keyTop, size: SIZES.small, fill: palette.quiet })]),
        foot.element,
      ],
    },
  };
  return { option, height: foot.height };
}

/** Behind values of one time, so that it is seen that they belong together. */
function bandsOf(groups: readonly TimeGroup[], left: number, top: number, { band }: Palette): object[] {
  const shared = groups.filter(({ slots }) => slots.length > 1);
  return shared.map(({ x, width }) => ({
    type: "rect",
    silent: true,
    z: -1,
    shape: { x: left + x - width / 2 + 4, y: top, width: width - 8, height: PLOT_HEIGHT },
    style: { fill: band },
  }));
}

function sourceSlots(slots: readonly Slot[], source: string): Slot[] {
  return slots.filter(({ value }) => value.source === source);
}

function colourOf(index: number, { series, text }: Palette): string {
  return series[index % series.length] ?? text;
}

function tickWords(value: number, { max }: Scale, isShare: boolean): string {
  const words = (max >= 100_000 ? COMPACT : PLAIN).format(value);
  return isShare ? `${words}%` : words;
}

/** Series are named by their position, so that no source's name is ever taken for a template of echarts. */
function legendAt(top: number, sources: readonly string[], palette: Palette, { regular }: Fonts) {
  const width = WIDTH - 2 * MARGIN - MARK - 12;
  const style = { face: regular, size: SIZES.small };
  const names = sources.map((source) => wrapped(drawable(capital(source), regular), width, style, 2));
  const option = {
    orient: "vertical",
    left: MARGIN,
    top,
    padding: 0,
    itemGap: LEGEND_GAP,
    itemWidth: MARK,
    itemHeight: MARK,
    selectedMode: false,
    backgroundColor: "transparent",
    borderWidth: 0,
    data: sources.map((_, index) => ({
      name: String(index),
      icon: `path://${shapeOf(index)}`,
      itemStyle: { color: colourOf(index, palette), borderWidth: 0, opacity: 1 },
    })),
    formatter: (name: string) => names[Number(name)]?.join("\n") ?? "",
    textStyle: {
      color: palette.text,
      fontFamily: FAMILY,
      fontSize: SIZES.small,
      lineHeight: leading(SIZES.small),
      padding: [0, 0, 0, 4],
    },
  };
  const height = names.reduce((total, lines) => total + Math.max(MARK, heightOf(lines)), 0);
  return { option, bottom: top + height + LEGEND_GAP * Math.max(0, sources.length - 1) };
}

function shapeOf(index: number): string {
  return SHAPES[index % SHAPES.length] ?? SHAPES[0];
}

/** From the first value that a source gives to its next, where it gives one for each of the two times, and nothing is missing between. Other sources' values are never connected. */
function linkSeries(slots: readonly Slot[], isStock: boolean, colour: string) {
  const times = byTime(slots, ({ value }) => value);
  const links = times.slice(1).flatMap((after, index) => {
    const before = times[index] ?? [];
    const [from, to] = [before[0], after[0]];
    if (from === undefined || to === undefined || before.length > 1 || after.length > 1) return [];
    if (!isContinuous(from.value, to.value, isStock)) return [];
    return [[from.x, middleOf(from.value), to.x, middleOf(to.value)]];
  });
  return {
    type: "custom",
    silent: true,
    clip: false,
    z: 2,
    data: links,
    // All four are places: without this echarts would take the third for something else.
    encode: { x: [0, 2], y: [1, 3] },
    renderItem: (_: unknown, plot: Plot) => {
      const [x1 = 0, y1 = 0] = plot.coord([plot.value(0), plot.value(1)]);
      const [x2 = 0, y2 = 0] = plot.coord([plot.value(2), plot.value(3)]);
      return {
        type: "line",
        shape: { x1, y1, x2, y2 },
        style: { stroke: colour, lineWidth: 4, opacity: 0.55, fill: "none" },
      };
    },
  };
}

function valueSeries(index: number, slots: readonly Slot[], palette: Palette) {
  return {
    type: "custom",
    name: String(index),
    silent: true,
    clip: false,
    z: 3,
    data: slots.map(({ x, value: { low, high } }) => [x, low, high]),
    encode: { x: 0, y: [1, 2] },
    renderItem: ({ dataIndex }: { dataIndex: number }, plot: Plot) => {
      const slot = slots[dataIndex];
      const [x = 0, top = 0] = plot.coord([plot.value(0), plot.value(2)]);
      const [, bottom = 0] = plot.coord([plot.value(0), plot.value(1)]);
      return { type: "group", children: slot === undefined ? [] : valueParts(index, slot, x, top, bottom, palette) };
    },
  };
}

/** A mark; of a range one at each end and a bar between; an arrow where the value is open; the label above. */
function valueParts(index: number, { value, label }: Slot, x: number, top: number, bottom: number, palette: Palette) {
  const colour = colourOf(index, palette);
  const markAt = (y: number) => ({
    type: "path",
    shape: { pathData: shapeOf(index), x: x - MARK / 2, y: y - MARK / 2, width: MARK, height: MARK },
    style: { fill: colour, stroke: palette.background, lineWidth: 2 },
  });
  const bar = {
    type: "rect",
    shape: { x: x - RANGE_WIDTH / 2, y: top, width: RANGE_WIDTH, height: bottom - top },
    style: { fill: colour },
  };
  const parts: object[] = isJoined(bottom - top) ? [bar, markAt(bottom), markAt(top)] : [markAt((top + bottom) / 2)];
  if (value.open === "up") parts.unshift(...arrow(x, top, -1, colour));
  if (value.open === "down") parts.unshift(...arrow(x, bottom, 1, colour));
  parts.push({
    type: "text",
    style: {
      text: label.join("\n"),
      x,
      y: top - aboveOf(value),
      align: "center",
      verticalAlign: "bottom",
      fill: palette.text,
      // Lines between values may pass behind the label.
      stroke: palette.background,
      lineWidth: 6,
      fontFamily: FAMILY,
      fontSize: SIZES.small,
      fontWeight: "bold",
      lineHeight: leading(SIZES.small),
    },
  });
  return parts;
}

function arrow(x: number, from: number, direction: 1 | -1, colour: string): object[] {
  const tip = from + direction * (MARK / 2 + ARROW);
  const base = tip - direction * 14;
  return [
    {
      type: "line",
      shape: { x1: x, y1: from, x2: x, y2: base },
      style: { stroke: colour, lineWidth: 5, fill: "none" },
    },
    {
      type: "polygon",
      shape: {
        points: [
          [x, tip],
          [x - 11, base],
          [x + 11, base],
        ],
      },
      style: { fill: colour },
    },
  ];
}

function aboveOf({ open }: ChartValue): number {
  return MARK / 2 + (open === "up" ? ARROW : 0) + 4;
}

/** How far the highest label goes beyond the top of the plot. */
function headroom(slots: readonly Slot[], { max }: Scale): number {
  const most = Math.max(
    0,
    ...slots.map(({ value, label }) => heightOf(label) + aboveOf(value) - PLOT_HEIGHT * (1 - value.high / max)),
  );
  return Math.ceil(most);
}

function middleOf({ low, high }: ChartValue): number {
  return (low + high) / 2;
}
