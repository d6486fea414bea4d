/** The timeline: dates on the left, what happened on the right, the newest at the bottom. */

import type { Briefing, BriefingLine } from "../../domain/briefing.ts";
import { dateRange, type Period } from "../../domain/report.ts";
import { type Drawing, WIDTH } from "./draw.ts";
import type { Fonts } from "./font.ts";
import { capital, numbersOf, shortPeriod, speakerOf } from "./naming.ts";
import type { Palette } from "./palette.ts";
import { footAt, headOf, leading, MARGIN, SIZES, textAt } from "./parts.ts";
import { drawable, readable, withoutTeller, wrapped } from "./text.ts";

export interface Event {
  readonly period: Period;
  readonly line: BriefingLine;
}

/** One event is no line of time. */
const LEAST = 2;
const MOST = 10;

const DATE_WIDTH = 160;
const DOT_X = MARGIN + DATE_WIDTH + 26;
const TEXT_X = DOT_X + 30;
const DOT = 10;
const GAP = 26;
const QUOTE_LINES = 3;

/** Every event of the briefing in the order of time; null where there are too few for a timeline. */
export function eventsOf({ sections }: Pick<Briefing, "sections">): readonly Event[] | null {
  const lines = sections.flatMap(({ id, lines }) => (id === "timeline" ? lines : []));
  const events = lines.flatMap((line) =>
    line.label?.kind === "date" && readable(line.text) !== "" ? [{ period: line.label.period, line }] : [],
  );
  const key = ({ period }: Event) => `${dateRange(period.from).from}/${dateRange(period.to).to}`;
  const sorted = events.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return sorted.length < LEAST ? null : sorted;
}

export function timelineDrawing(briefing: Briefing, events: readonly Event[], palette: Palette, fonts: Fonts): Drawing {
  const shown = events.slice(-MOST);
  const about =
    shown.length < events.length ? `Timeline: the last ${shown.length} of ${events.length} events` : "Timeline";
  const head = headOf(briefing, about, palette, fonts);
  const elements: object[] = [...head.elements];
  const dots: number[] = [];
  let top = head.bottom + GAP;
  for (const event of shown) {
    const row = rowAt(top, event, palette, fonts);
    elements.push(...row.elements);
    dots.push(top + leading(SIZES.body) / 2);
    top = row.bottom + GAP;
  }
  const [first = 0] = dots;
  const foot = footAt(top, briefing, palette);
  const line = {
    type: "line",
    silent: true,
    shape: { x1: DOT_X, y1: first, x2: DOT_X, y2: dots.at(-1) ?? first },
    style: { stroke: palette.grid, lineWidth: 5 },
  };
  const marks = dots.map((y) => ({
    type: "circle",
    silent: true,
    shape: { cx: DOT_X, cy: y, r: DOT },
    style: { fill: palette.series[0], stroke: palette.background, lineWidth: 4 },
  }));
  return { option: { graphic: { elements: [line, ...marks, ...elements, foot.element] } }, height: foot.height };
}

function rowAt(top: number, { period, line }: Event, palette: Palette, { bold, regular }: Fonts) {
  const width = WIDTH - MARGIN - TEXT_X;
  const date = wrapped(shortPeriod(period), DATE_WIDTH, { face: bold, size: SIZES.body }, 4);
  const quote = quoteLines(line, width, regular);
  // Who says it stays with what is said, also where its words are cut.
  const speaker = wrapped(
    drawable(capital(speakerOf(line)), regular),
    width,
    { face: regular, size: SIZES.small },
    1,
    numbersOf(line),
  );
  const quoteBottom = top + quote.length * leading(SIZES.body);
  return {
    elements: [
      textAt(date, { x: MARGIN, y: top, size: SIZES.body, fill: palette.text, isBold: true }),
      textAt(quote, { x: TEXT_X, y: top, size: SIZES.body, fill: palette.text }),
      textAt(speaker, { x: TEXT_X, y: quoteBottom, size: SIZES.small, fill: palette.quiet }),
    ],
    bottom: Math.max(top + date.length * leading(SIZES.body), quoteBottom + speaker.length * leading(SIZES.small)),
  };
}

/** Where a quote has to be cut, its event is worth more than the words that say who tells it: these stand below. */
function quoteLines(line: BriefingLine, width: number, face: Fonts["regular"]): string[] {
  const style = { face, size: SIZES.body };
  const text = readable(line.text);
  const isWhole = wrapped(drawable(text, face), width, style, Number.POSITIVE_INFINITY).length <= QUOTE_LINES;
  const shown = isWhole ? text : (withoutTeller(text, line.voice.who) ?? text);
  return wrapped(drawable(shown, face), width, style, QUOTE_LINES);
}
