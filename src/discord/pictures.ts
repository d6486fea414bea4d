/** The pictures of a briefing, made when a page that has room for them is shown. */

import type { Exchange } from "../domain/exchange.ts";
import { LONGEST_ALT, type PictureFile } from "./components.ts";
import { describe } from "./faults.ts";
import type { Block } from "./pages.ts";
import type { BotParts } from "./parts.ts";
import { shortened } from "./text.ts";
import { pictureName } from "./views/briefing.ts";

/**
 * The pictures of these blocks, as far as there are any. One that cannot be made is logged: the words say the same.
 * @param blocks those of one page.
 */
export async function picturesOn(
  { sitrep, config, logger }: Pick<BotParts, "sitrep" | "config" | "logger">,
  { outcome }: Exchange,
  blocks: readonly Block[],
): Promise<readonly PictureFile[]> {
  const wanted = new Set(blocks.flatMap(({ picture }) => (picture === undefined ? [] : [picture])));
  if (config.pictures === null || wanted.size === 0 || outcome.kind !== "brief") return [];
  try {
    const pictures = await sitrep.pictures(outcome.briefing, config.pictures);
    return pictures
      .map(({ id, png, alt }) => ({ name: pictureName(id), png, alt: shortened(alt, LONGEST_ALT) }))
      .filter(({ name }) => wanted.has(name));
  } catch (fault) {
    logger.error({ fault: describe(fault) }, "The pictures of a briefing could not be made");
    return [];
  }
}
