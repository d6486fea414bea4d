/** Shows a page of an exchange in answer to an interaction, and notes which message it is. */

import type { Exchange } from "../../domain/exchange.ts";
import type { MessageBody, PictureFile } from "../components.ts";
import type { ViewName } from "../custom-id.ts";
import { Refusal } from "../faults.ts";
import { blocksOn, messageOf, pageOfPart, type View } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { picturesOn } from "../pictures.ts";
import { noteShown } from "../questions.ts";
import { type Answerable, show } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { pagingOf, viewOf } from "../views/exchange.ts";

/** What is shown of it. */
export interface Shown {
  /** The answer itself, unless told. */
  readonly name?: ViewName;
  /** 0-based; the first unless told. */
  readonly page?: number;
  /** The page on which this part begins, in the place of `page`. */
  readonly part?: string;
  /** Lines below it that are not of the exchange. */
  readonly notes?: readonly string[];
  /** Made before, where that is part of other work. */
  readonly view?: View;
}

/** A page of an exchange as a message. */
export interface ExchangeMessage {
  readonly body: MessageBody;
  /** Those that the body shows. */
  readonly pictures: readonly PictureFile[];
}

/**
 * @throws {Refusal} where a report was changed since that the page shows a quote of; {SitrepError} what Sitrep throws.
 */
export async function messageShowing(
  parts: BotParts,
  exchange: Exchange,
  { name = { view: "main" }, page = 0, part, notes = [], view: made }: Shown,
  strings: Strings,
): Promise<ExchangeMessage> {
  const view = made ?? (await viewOf(exchange, name, { sitrep: parts.sitrep, strings }));
  const at = part === undefined ? page : pageOfPart(view, part);
  const blocks = blocksOn(view, at);
  const quotes = blocks.flatMap((block) => block.quotes ?? []);
  if (quotes.length > 0 && (await parts.sitrep.verify(quotes)).includes(false)) {
    throw new Refusal(strings.answer.changed);
  }
  const pictures = await picturesOn(parts, exchange, blocks);
  const whole = { ...view, foot: [...view.foot, ...notes] };
  return { body: messageOf(whole, at, pagingOf(exchange, name, strings), pictures), pictures };
}

/** @throws {Refusal} and {SitrepError} as `messageShowing`, {DiscordAPIError} what Discord says. */
export async function showExchange(
  parts: BotParts,
  interaction: Answerable,
  exchange: Exchange,
  shown: Shown = {},
): Promise<void> {
  const { body, pictures } = await messageShowing(parts, exchange, shown, parts.stringsFor(interaction.locale));
  const messageId = await show(parts, interaction, body, true, pictures);
  // A reply to the answer follows it up; one to what else there is to see does not.
  if (messageId !== null && (shown.name ?? { view: "main" }).view === "main") noteShown(parts, exchange, messageId);
}
