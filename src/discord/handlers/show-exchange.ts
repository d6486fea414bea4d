/** Shows a page of an exchange in answer to an interaction, and notes which message it is. */

import type { Exchange } from "../../domain/exchange.ts";
import type { ViewName } from "../custom-id.ts";
import { messageOf, type View } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { noteShown } from "../questions.ts";
import { type Answerable, show } from "../replies.ts";
import { pagingOf, viewOf } from "../views/exchange.ts";

/** What is shown of it. */
export interface Shown {
  /** The answer itself, unless told. */
  readonly name?: ViewName;
  /** 0-based; the first unless told. */
  readonly page?: number;
  /** Lines below it that are not of the exchange. */
  readonly notes?: readonly string[];
  /** Made before, where that is part of other work. */
  readonly view?: View;
}

/** @throws {SitrepError} what Sitrep throws, {DiscordAPIError} what Discord says. */
export async function showExchange(
  parts: BotParts,
  interaction: Answerable,
  exchange: Exchange,
  { name = { view: "main" }, page = 0, notes = [], view: made }: Shown = {},
): Promise<void> {
  const strings = parts.stringsFor(interaction.locale);
  const view = made ?? (await viewOf(exchange, name, { sitrep: parts.sitrep, strings }));
  const body = messageOf({ ...view, foot: [...view.foot, ...notes] }, page, pagingOf(exchange, name, strings));
  const messageId = await show(parts, interaction, body);
  // A reply to the answer follows it up; one to what else there is to see does not.
  if (messageId !== null && name.view === "main") noteShown(parts, exchange, messageId);
}
