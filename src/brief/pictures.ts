/** Pictures of a briefing: a timeline, and a chart of figures over time. */

import type { Briefing, Picture, Theme } from "../domain/briefing.ts";
import { chartAlt, timelineAlt } from "./pictures/alt.ts";
import { chartDrawing } from "./pictures/chart.ts";
import { chartDataOf } from "./pictures/comparable.ts";
import { type Drawing, openStudio, WIDTH } from "./pictures/draw.ts";
import type { Fonts } from "./pictures/font.ts";
import { PALETTES, type Palette } from "./pictures/palette.ts";
import { eventsOf, timelineDrawing } from "./pictures/timeline.ts";

/**
 * The pictures that a briefing can fill, in order: a timeline where it has two events or more, and a chart where at least
 * three figures can be compared. Each is 800 pixels wide. The same briefing gives the same pictures.
 * @throws {SitrepError} "bad-config" where the font is missing.
 */
export async function picturesOf(briefing: Briefing, theme: Theme): Promise<readonly Picture[]> {
  const palette = PALETTES[theme];
  const plans: Plan[] = [];
  const events = eventsOf(briefing);
  if (events !== null) {
    plans.push({
      id: "timeline",
      alt: timelineAlt(briefing, events),
      lay: (fonts) => timelineDrawing(briefing, events, palette, fonts),
    });
  }
  const data = chartDataOf(briefing);
  if (data !== null) {
    plans.push({
      id: "chart",
      alt: chartAlt(briefing, data),
      lay: (fonts) => chartDrawing(briefing, data, palette, fonts),
    });
  }
  return plans.length === 0 ? [] : drawn(plans, theme, palette);
}

interface Plan extends Pick<Picture, "id" | "alt"> {
  lay(fonts: Fonts): Drawing;
}

async function drawn(plans: readonly Plan[], theme: Theme, palette: Palette): Promise<Picture[]> {
  const studio = await openStudio();
  return Promise.all(
    plans.map(async ({ id, alt, lay }) => {
      const drawing = lay(studio.fonts);
      const { svg, png } = await studio.draw(drawing, palette);
      return { id, theme, svg, png, width: WIDTH, height: drawing.height, alt };
    }),
  );
}
