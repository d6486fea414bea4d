/** /brief: a briefing on the corpus or a subject, what is new, and subscriptions to it. */

import type { ChatInputCommandInteraction } from "discord.js";
import type { Baseline, Briefing } from "../../domain/briefing.ts";
import type { Exchange } from "../../domain/exchange.ts";
import { SINCE_LAST } from "../commands.ts";
import { describe, Refusal } from "../faults.ts";
import { messageOf, SINGLE_PAGE } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { keep } from "../questions.ts";
import { type Answerable, show } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { nothingView } from "../views/briefing.ts";
import { forRecord } from "../views/kept-briefing.ts";
import { askerOf, inTurn } from "./ask.ts";
import { showExchange } from "./show-exchange.ts";
import { onSubscribe } from "./subscribe.ts";

export async function onBrief(
  parts: BotParts,
  interaction: ChatInputCommandInteraction<"cached">,
  strings: Strings,
): Promise<void> {
  const { options } = interaction;
  const subject = options.getString("subject")?.trim() || null;
  const subscribe = options.getString("subscribe");
  const channel = options.getChannel("channel");
  if (subscribe !== null) {
    return await onSubscribe(parts, interaction, { subject, subscribe, channelId: channel?.id ?? null }, strings);
  }
  if (channel !== null) throw new Refusal(strings.briefings.channelAlone);
  if (options.getString("since") === SINCE_LAST) return await briefOnNews(parts, interaction, subject, strings);
  await briefOn(parts, interaction, subject, strings);
}

/** Briefs on a subject, or on the whole corpus (null), privately. */
export async function briefOn(
  parts: BotParts,
  interaction: Answerable,
  subject: string | null,
  strings: Strings,
): Promise<void> {
  await briefPrivately(parts, interaction, subject, strings, () => wholeBriefing(parts, subject));
}

/** What is new on a subject, or in the whole corpus (null), since the member's last briefing, privately. */
export async function briefOnNews(
  parts: BotParts,
  interaction: Answerable,
  subject: string | null,
  strings: Strings,
): Promise<void> {
  await briefPrivately(parts, interaction, subject, strings, async () => {
    const last = lastBriefingOf(parts, interaction);
    if (last === null)
      return { ...(await wholeBriefing(parts, subject)), notes: [`-# ${strings.briefings.firstTime}`] };
    const { briefing, upTo } = await parts.sitrep.changes(last, subject);
    return { briefing, upTo, notes: [] };
  });
}

/** What a member is shown, and what they know then. */
interface Made {
  readonly briefing: Briefing | Nothing;
  readonly upTo: Baseline;
  /** Lines below it. */
  readonly notes: readonly string[];
}

/** Names and headings in the place of a briefing. */
interface Nothing {
  readonly kind: "nothing";
  readonly instead: readonly string[];
}

async function wholeBriefing({ sitrep }: BotParts, subject: string | null): Promise<Made> {
  // Taken before it: what comes in meanwhile is news to the next one.
  const upTo = await sitrep.baseline();
  const result = await sitrep.brief(subject);
  return { briefing: result.kind === "briefing" ? result.briefing : result, upTo, notes: [] };
}

async function briefPrivately(
  parts: BotParts,
  interaction: Answerable,
  subject: string | null,
  strings: Strings,
  make: () => Promise<Made>,
): Promise<void> {
  await inTurn(parts, interaction, true, strings, make, async ({ briefing, upTo, notes }) => {
    const about = { member: interaction.user.id, question: subject, outcome: briefing.kind };
    parts.logger.info(about, "A briefing was made");
    if (briefing.kind === "nothing") {
      const view = nothingView(subject ?? "", briefing.instead, strings);
      await show(parts, interaction, messageOf(view, 0, SINGLE_PAGE));
      return;
    }
    await showExchange(parts, interaction, kept(parts, interaction, subject, briefing), { notes });
    // A briefing on one subject leaves the others unread: it does not count as the member's last.
    if (subject === null) noteBriefing(parts, interaction, upTo);
  });
}

function kept(parts: BotParts, interaction: Answerable, subject: string | null, briefing: Briefing): Exchange {
  const asked = { ...askerOf(interaction, true), question: subject ?? "", filters: {}, follows: null };
  return keep(parts, asked, { kind: "brief", briefing: forRecord(briefing) });
}

/** null where there was none, and where it cannot be known: the whole briefing leaves nothing out. */
function lastBriefingOf({ members, logger }: BotParts, { guildId, user }: Answerable): Baseline | null {
  try {
    return members?.lastBriefing(guildId, user.id) ?? null;
  } catch (fault) {
    logger.error({ fault: describe(fault) }, "A member's last briefing could not be looked up");
    return null;
  }
}

function noteBriefing({ members, logger }: BotParts, { guildId, user }: Answerable, upTo: Baseline): void {
  try {
    members?.noteBriefing(guildId, user.id, upTo);
  } catch (fault) {
    logger.error({ fault: describe(fault) }, "A member's briefing could not be noted");
  }
}
