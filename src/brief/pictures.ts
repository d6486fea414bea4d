/** Pictures of a briefing: a timeline, and a chart of figures over time. */

import type { Briefing, Picture, Theme } from "../domain/briefing.ts";

/** The pictures that a briefing can fill, in order: timeline, chart. The same briefing gives the same pictures. */
export async function picturesOf(_briefing: Briefing, _theme: Theme): Promise<readonly Picture[]> {
  return [];
}
