/** Questions by command, button and modal: acknowledged, put in line, answered. */

import type { Exchange } from "../../domain/exchange.ts";
import { Refusal } from "../faults.ts";
import { MODAL_FIELD } from "../modals.ts";
import type { BotParts } from "../parts.ts";
import { isModerator } from "../permissions.ts";
import { type Asked, type Asker, ask } from "../questions.ts";
import { type Answerable, promise, show } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";
import { NotTaken } from "../turns.ts";
import { viewOf } from "../views/exchange.ts";
import { tellPlace } from "../waiting.ts";
import { showExchange } from "./show-exchange.ts";

/** Of a question that was typed in vain. */
const LONGEST_TYPED = 2500;

/** Who asks by an interaction, and where. */
export function askerOf(interaction: Answerable, isPrivate: boolean): Asker {
  const { guildId, channelId, user } = interaction;
  return { guildId, channelId: channelId ?? "", memberId: user.id, isPrivate };
}

/**
 * Answers a question that an interaction asks.
 * @throws {Refusal} while the member has to wait, {NotTaken} when all places are taken: before anything is acknowledged.
 */
export async function answerInteraction(parts: BotParts, interaction: Answerable, asked: Asked): Promise<void> {
  const strings = parts.stringsFor(interaction.locale);
  await inTurn(
    parts,
    interaction,
    asked.isPrivate,
    strings,
    async () => {
      const exchange = await ask(parts, asked);
      return { exchange, view: await viewOf(exchange, { view: "main" }, { sitrep: parts.sitrep, strings }) };
    },
    ({ exchange, view }) => showExchange(parts, interaction, exchange, { view }),
  );
}

/**
 * Does a member's work in turn: the interaction is acknowledged at once, the member is told while the work waits, and
 * what it gives is shown when both are done.
 * @throws {Refusal} and {NotTaken}, before anything is acknowledged; what the work throws, after.
 */
export async function inTurn<T>(
  parts: BotParts,
  interaction: Answerable,
  isPrivate: boolean,
  strings: Strings,
  work: () => Promise<T>,
  showIt: (result: T) => Promise<void>,
): Promise<void> {
  if (parts.turns.isFull()) throw new NotTaken("full");
  refuseWhileCooling(parts, interaction, strings);
  const turn = parts.turns.take(interaction.user.id, work);
  // It is awaited below; until then a fault must not count as one that nobody handles.
  turn.result.catch(() => undefined);
  await promise(interaction, isPrivate);
  const word = tellPlace(turn.place, (body) => show(parts, interaction, body), strings);
  try {
    const result = await turn.result;
    await word.end();
    await showIt(result);
  } finally {
    await word.end();
  }
}

function refuseWhileCooling(parts: BotParts, interaction: Answerable, strings: Strings): void {
  if (isModerator(parts, interaction)) return;
  const seconds = parts.cooldowns.take(interaction.user.id);
  if (seconds === 0) return;
  const words = strings.waiting.cooldown(seconds);
  // What somebody wrote into a modal is gone when it is sent: here it is to be copied.
  if (!interaction.isModalSubmit()) throw new Refusal(words);
  const typed = brief(interaction.fields.getTextInputValue(MODAL_FIELD), LONGEST_TYPED);
  throw new Refusal(`${words}\n${strings.faults.typed} ${typed}`);
}

/** The exchange of a button. @throws {Refusal} where it is forgotten. */
export function exchangeOf(parts: BotParts, id: string, strings: Strings): Exchange {
  const exchange = parts.exchanges?.find(id) ?? null;
  if (exchange === null) throw new Refusal(strings.faults.forgotten);
  return exchange;
}
