/** A briefing as a message. */

import type { Briefing } from "../../domain/briefing.ts";
import type { Exchange } from "../../domain/exchange.ts";
import type { View } from "../pages.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";

export function briefingView(_exchange: Exchange, briefing: Briefing, { briefings }: Strings): View {
  return {
    colour: "information",
    head: [`### ${briefings.title(brief(briefing.subject ?? "", 100))}`],
    blocks: [],
    foot: [],
    buttons: [],
  };
}
