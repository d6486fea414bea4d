/** Parts that every picture has: texts, the title, the foot. */

import type { Briefing } from "../../domain/briefing.ts";
import { WIDTH } from "./draw.ts";
import { FAMILY, type Fonts } from "./font.ts";
import { footOf, titleOf } from "./naming.ts";
import type { Palette } from "./palette.ts";
import { drawable, wrapped } from "./text.ts";

/** In pixels; the least size of text is 24, which a phone shows as 12. */
export const SIZES = { title: 36, body: 26, small: 24 } as const;
export const MARGIN = 28;
/** Of a chart: the height of its plot, and of the mark of a value. */
export const PLOT_HEIGHT = 420;
export const MARK = 26;

/** The height of a line for the size of its letters. */
export function leading(size: number): number {
  return Math.round(size * 1.3);
}

export interface TextLook {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly isBold?: boolean;
  readonly align?: "left" | "center" | "right";
}

/** Lines of text; `y` is the top of the first. */
export function textAt(lines: readonly string[], { x, y, size, fill, isBold = false, align = "left" }: TextLook) {
  return {
    type: "text" as const,
    silent: true,
    style: {
      text: lines.join("\n"),
      x,
      y,
      fill,
      align,
      verticalAlign: "top" as const,
      fontFamily: FAMILY,
      fontSize: size,
      fontWeight: isBold ? ("bold" as const) : ("normal" as const),
      lineHeight: leading(size),
    },
  };
}

/** The subject in at most two lines, and what is shown of it. @returns with the height that both take. */
export function headOf(briefing: Briefing, about: string, palette: Palette, { bold, regular }: Fonts) {
  const width = WIDTH - 2 * MARGIN;
  const title = wrapped(drawable(titleOf(briefing), bold), width, { face: bold, size: SIZES.title }, 2);
  const below = wrapped(drawable(about, regular), width, { face: regular, size: SIZES.body }, 2);
  const titleBottom = MARGIN + title.length * leading(SIZES.title);
  return {
    elements: [
      textAt(title, { x: MARGIN, y: MARGIN, size: SIZES.title, fill: palette.text, isBold: true }),
      textAt(below, { x: MARGIN, y: titleBottom + 4, size: SIZES.body, fill: palette.quiet }),
    ],
    bottom: titleBottom + 4 + below.length * leading(SIZES.body),
  };
}

/** @param top where it begins. @returns with the height of the whole picture. */
export function footAt(top: number, briefing: Briefing, { quiet }: Palette) {
  return {
    element: textAt([footOf(briefing)], { x: MARGIN, y: top, size: SIZES.small, fill: quiet }),
    height: top + leading(SIZES.small) + MARGIN - 8,
  };
}
