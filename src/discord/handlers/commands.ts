/** The slash commands and the message command. */

import type { ChatInputCommandInteraction, MessageContextMenuCommandInteraction } from "discord.js";
import { dateRange, isPartialDate } from "../../domain/report.ts";
import type { Filters } from "../../domain/retrieval.ts";
import type { ReportHead } from "../../domain/service.ts";
import { noteMessage, Refusal } from "../faults.ts";
import { messageOf, SINGLE_PAGE, type View } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { isModerator } from "../permissions.ts";
import { citationOf, keep, lastInThread } from "../questions.ts";
import { promise, show } from "../replies.ts";
import { statusOf } from "../status-of.ts";
import type { Strings } from "../strings.ts";
import { beginning, brief } from "../text.ts";
import { helpView, statusView } from "../views/help.ts";
import { outcomeWords } from "../views/reindex.ts";
import { LONGEST_FILTER, reportsPaging, reportsView, reportView } from "../views/reports.ts";
import { answerInteraction, askerOf, inTurn } from "./ask.ts";
import { onBrief } from "./brief.ts";
import { reindex } from "./reindex.ts";
import { showExchange } from "./show-exchange.ts";
import { onStart } from "./start.ts";

type Command = ChatInputCommandInteraction<"cached">;

/** Passages that a search finds; they are paged. */
const PASSAGES = 24;
const EXAMPLES = 3;
/** Most of a message that is checked: a message of Discord has 4,000 characters at most. */
const LONGEST_MESSAGE = 4000;

export async function onCommand(parts: BotParts, interaction: Command): Promise<void> {
  const strings = parts.stringsFor(interaction.locale);
  switch (interaction.commandName) {
    case "ask":
      return await onAsk(parts, interaction, strings);
    case "brief":
      return await onBrief(parts, interaction, strings);
    case "start":
      return await onStart(parts, interaction, strings);
    case "search":
      return await onSearch(parts, interaction, strings);
    case "sources":
      return await onSources(parts, interaction, strings);
    case "report":
      return await onReport(parts, interaction, strings);
    case "help":
      return await onHelp(parts, interaction, strings);
    case "status":
      refuseOthers(parts, interaction, strings);
      return await onStatus(parts, interaction, strings);
    case "reindex":
      refuseOthers(parts, interaction, strings);
      return await reindex(parts, interaction, interaction.options.getBoolean("force") ?? false, strings);
    default:
      throw new Refusal(strings.faults.unknownCommand);
  }
}

async function onAsk(parts: BotParts, interaction: Command, strings: Strings): Promise<void> {
  const { options } = interaction;
  const dates = datesOf(options.getString("since"), options.getString("until"), strings);
  const report = options.getString("report");
  await answerInteraction(parts, interaction, {
    ...askerOf(interaction, options.getBoolean("private") ?? false),
    question: options.getString("question", true),
    filters: dates,
    // In a thread a command goes on like a mention does; a question that stands on its own is left as it is.
    follows: lastInThread(parts, interaction.channel),
    // Looked for once the question is acknowledged.
    ...(report === null ? {} : { within: async () => findReport(await parts.catalogue.reports(), report, strings).id }),
  });
}

/** @throws {Refusal} for what is no date, and for a beginning after the end. */
function datesOf(since: string | null, until: string | null, { faults }: Strings): Filters {
  const checked = (value: string | null) => {
    const date = value?.trim();
    if (date !== undefined && !isPartialDate(date)) throw new Refusal(faults.date(brief(date, 100)));
    return date;
  };
  const [from, to] = [checked(since), checked(until)];
  if (from !== undefined && to !== undefined && dateRange(from).from > dateRange(to).to) {
    throw new Refusal(faults.datesSwapped);
  }
  return { ...(from === undefined ? {} : { since: from }), ...(to === undefined ? {} : { until: to }) };
}

/** The report that a member means: by its id, or by its whole title where it was typed and not chosen. */
function findReport(reports: readonly ReportHead[], typed: string, { faults }: Strings): ReportHead {
  const wanted = typed.trim().toLowerCase();
  const report =
    reports.find(({ id }) => id.toLowerCase() === wanted) ??
    reports.find(({ source }) => source.title.toLowerCase() === wanted);
  if (report === undefined) throw new Refusal(faults.noReport(brief(typed, 100)));
  return report;
}

async function onSearch(parts: BotParts, interaction: Command, strings: Strings): Promise<void> {
  const question = interaction.options.getString("terms", true);
  const asker = askerOf(interaction, true);
  await inTurn(
    parts,
    interaction,
    asker.isPrivate,
    strings,
    async () => {
      const { hits } = await parts.sitrep.search(question, { limit: PASSAGES });
      const passages = hits.map((hit, at) => citationOf(hit, at + 1));
      return keep(parts, { ...asker, question, filters: {}, follows: null }, { kind: "search", passages });
    },
    (exchange) => showExchange(parts, interaction, exchange),
  );
}

async function onSources(parts: BotParts, interaction: Command, strings: Strings): Promise<void> {
  await promise(interaction, true);
  const filter = beginning((interaction.options.getString("filter") ?? "").trim(), LONGEST_FILTER);
  const view = reportsView(await parts.catalogue.reports(), filter, strings);
  await show(parts, interaction, messageOf(view, 0, reportsPaging(filter, strings)));
}

async function onReport(parts: BotParts, interaction: Command, strings: Strings): Promise<void> {
  await promise(interaction, true);
  const { id } = findReport(await parts.catalogue.reports(), interaction.options.getString("id", true), strings);
  await showView(parts, interaction, reportView(await parts.sitrep.report(id), strings));
}

async function onHelp(parts: BotParts, interaction: Command, strings: Strings): Promise<void> {
  await promise(interaction, true);
  const status = await statusOf(parts);
  const examples = status === null ? [] : await parts.sitrep.suggest(null, EXAMPLES);
  const corpus = status === null ? null : { reports: status.usableReports, updated: status.createdAt };
  await showView(parts, interaction, helpView(corpus, examples, parts.config, strings));
}

async function onStatus(parts: BotParts, interaction: Command, strings: Strings): Promise<void> {
  await promise(interaction, true);
  const { reindexing } = parts;
  const last = reindexing.last();
  const view = statusView(
    await statusOf(parts),
    {
      runningSince: parts.startedAt.toISOString(),
      reindexingSince: reindexing.since()?.toISOString() ?? null,
      lastReindex: last === null ? null : { time: last.at.toISOString(), outcome: outcomeWords(last.outcome, strings) },
      questions: parts.turns.counts(),
      kept: parts.exchanges?.counts() ?? null,
      heartbeat: interaction.client.ws.ping < 0 ? null : Math.round(interaction.client.ws.ping),
      longestPause: Math.round(parts.longestPause()),
    },
    strings,
  );
  await showView(parts, interaction, view);
}

function refuseOthers(parts: BotParts, interaction: Command, { faults }: Strings): void {
  if (!isModerator(parts, interaction)) throw new Refusal(faults.notForYou);
}

/** A view of a single page. */
async function showView(parts: BotParts, interaction: Command, view: View): Promise<void> {
  await show(parts, interaction, messageOf(view, 0, SINGLE_PAGE));
}

/** "Check against sources": private at first, because it is about somebody's message. */
export async function onCheck(
  parts: BotParts,
  interaction: MessageContextMenuCommandInteraction<"cached">,
): Promise<void> {
  const strings = parts.stringsFor(interaction.locale);
  const message = interaction.targetMessage.content.slice(0, LONGEST_MESSAGE);
  if (message.trim() === "") {
    await show(parts, interaction, noteMessage(strings.check.noText), true);
    return;
  }
  const asker = askerOf(interaction, true);
  await inTurn(
    parts,
    interaction,
    asker.isPrivate,
    strings,
    async () => {
      const result = await parts.sitrep.check(message);
      return keep(parts, { ...asker, question: message, filters: {}, follows: null }, { kind: "check", result });
    },
    (exchange) => showExchange(parts, interaction, exchange),
  );
}
