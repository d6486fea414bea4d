/** Buttons and the modals that they open. Their meaning is in their custom ids. */

import {
  type ButtonInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from "discord.js";
import type { Exchange, Opinion } from "../../domain/exchange.ts";
import { type Action, actionOf, type ViewName } from "../custom-id.ts";
import { noteMessage, Refusal } from "../faults.ts";
import { LONGEST_COMMENT, MODAL_FIELD, modal } from "../modals.ts";
import { messageOf } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { mayWrite } from "../permissions.ts";
import { keepShared } from "../questions.ts";
import { type Click, openModal, promise, promiseUpdate, show } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";
import { withKnownOnly } from "../views/kept-briefing.ts";
import { quotesIn } from "../views/quotes.ts";
import { reportsPaging, reportsView } from "../views/reports.ts";
import { answerInteraction, askerOf, exchangeOf } from "./ask.ts";
import { briefOn, briefOnNews } from "./brief.ts";
import { type Shown, showExchange } from "./show-exchange.ts";
import { showStep } from "./start.ts";
import { onResubscribe, onUnsubscribe } from "./subscribe.ts";

export async function onButton(parts: BotParts, click: ButtonInteraction<"cached">): Promise<void> {
  const strings = parts.stringsFor(click.locale);
  const action = actionOf(click.customId);
  if (action === null) throw new Refusal(strings.faults.forgotten);
  switch (action.kind) {
    case "open":
      await promise(click, true);
      return await showPage(parts, click, exchangeOf(parts, action.exchange, strings), action, {}, strings);
    case "turn":
      return await onTurn(parts, click, action, strings);
    case "reports":
      await promiseUpdate(click);
      return await showReports(parts, click, action.filter, action.page, strings);
    case "helpful":
      await promise(click, true);
      return await giveOpinion(parts, click, action.exchange, { opinion: "helpful", comment: "" }, strings);
    case "not-helpful":
      exchangeOf(parts, action.exchange, strings);
      return await openModal(click, modal(click.customId, strings.feedback, { isRequired: false }));
    case "follow-up":
      exchangeOf(parts, action.exchange, strings);
      return await openModal(click, modal(click.customId, strings.followUp, { isRequired: true }));
    // Of a menu, not of a button.
    case "jump":
      throw new Refusal(strings.faults.forgotten);
    case "share":
      return await onShare(parts, click, exchangeOf(parts, action.exchange, strings), strings);
    case "brief":
      return await briefOn(parts, click, action.subject === "" ? null : action.subject, strings);
    case "news":
      return await briefOnNews(parts, click, null, strings);
    case "unsubscribe":
      return await onUnsubscribe(parts, click, action.subscription, strings);
    case "resubscribe":
      return await onResubscribe(parts, click, action.subscription, strings);
    case "tour":
      return await showStep(parts, click, action.step, strings);
    case "try":
      return await answerInteraction(parts, click, {
        ...askerOf(click, isPrivateMessage(click)),
        question: action.question,
        filters: {},
        follows: null,
      });
  }
}

/** A choice from a message's menu of its parts. */
export async function onMenu(parts: BotParts, choice: StringSelectMenuInteraction<"cached">): Promise<void> {
  const strings = parts.stringsFor(choice.locale);
  const action = actionOf(choice.customId);
  if (action?.kind !== "jump") throw new Refusal(strings.faults.forgotten);
  const exchange = exchangeOf(parts, action.exchange, strings);
  await promiseTurn(choice, exchange);
  await showPage(parts, choice, exchange, { view: "main" }, { part: choice.values[0] ?? "" }, strings);
}

export async function onModal(parts: BotParts, submission: ModalSubmitInteraction<"cached">): Promise<void> {
  const strings = parts.stringsFor(submission.locale);
  const action = actionOf(submission.customId);
  const typed = submission.fields.getTextInputValue(MODAL_FIELD);
  if (action?.kind === "not-helpful") {
    await promise(submission, true);
    const comment = typed.slice(0, LONGEST_COMMENT);
    return await giveOpinion(parts, submission, action.exchange, { opinion: "not-helpful", comment }, strings);
  }
  if (action?.kind === "follow-up") {
    const follows = exchangeOf(parts, action.exchange, strings);
    // What follows a private answer is private too.
    const isPrivate = follows.isPrivate || isPrivateMessage(submission);
    return await answerInteraction(parts, submission, {
      ...askerOf(submission, isPrivate),
      question: typed,
      filters: follows.filters,
      areFiltersInherited: true,
      follows,
    });
  }
  throw new Refusal(strings.faults.forgotten);
}

function isPrivateMessage({ message }: { message: Click["message"] | null }): boolean {
  return message?.flags.has(MessageFlags.Ephemeral) ?? false;
}

/** The message's own page is turned; of one that everybody sees for all by who asked, for others beside it. */
async function promiseTurn(click: Click, { memberId }: Exchange): Promise<void> {
  if (isPrivateMessage(click) || click.user.id === memberId) await promiseUpdate(click);
  else await promise(click, true);
}

async function onTurn(
  parts: BotParts,
  click: Click,
  action: Extract<Action, { kind: "turn" }>,
  strings: Strings,
): Promise<void> {
  const exchange = exchangeOf(parts, action.exchange, strings);
  await promiseTurn(click, exchange);
  await showPage(parts, click, exchange, action, { page: action.page }, strings);
}

async function showPage(
  parts: BotParts,
  click: Click,
  exchange: Exchange,
  name: ViewName,
  place: Pick<Shown, "page" | "part">,
  strings: Strings,
): Promise<void> {
  await refuseChanged(parts, exchange, name, strings);
  await showExchange(parts, click, await asItMayBeShown(parts, exchange), { name, ...place });
}

/** What was true of the reports when it was answered may not be any more: nothing is quoted that cannot be opened. */
async function refuseChanged(
  { sitrep }: BotParts,
  { outcome }: Exchange,
  name: ViewName,
  { answer }: Strings,
): Promise<void> {
  const stands = await sitrep.verify(quotesIn(outcome, name).map(({ quote }) => quote));
  if (stands.includes(false)) throw new Refusal(answer.changed);
}

/** What was kept without the titles of reports that are not there any more. */
async function asItMayBeShown({ catalogue }: BotParts, exchange: Exchange): Promise<Exchange> {
  const { outcome } = exchange;
  if (outcome.kind === "brief") {
    const briefing = withKnownOnly(outcome.briefing, await catalogue.reports());
    return { ...exchange, outcome: { ...outcome, briefing } };
  }
  if (outcome.kind !== "ask" || outcome.answer.kind !== "answer") return exchange;
  const known = new Set((await catalogue.reports()).map(({ id }) => id));
  const claims = outcome.answer.claims.map((claim) => ({
    ...claim,
    corroboration: claim.corroboration.filter(({ reportId }) => known.has(reportId)),
  }));
  return { ...exchange, outcome: { ...outcome, answer: { ...outcome.answer, claims } } };
}

async function showReports(
  parts: BotParts,
  click: Click,
  filter: string,
  page: number,
  strings: Strings,
): Promise<void> {
  const view = reportsView(await parts.catalogue.reports(), filter, strings);
  await show(parts, click, messageOf(view, page, reportsPaging(filter, strings)));
}

async function giveOpinion(
  parts: BotParts,
  interaction: Click | ModalSubmitInteraction<"cached">,
  exchangeId: string,
  given: { readonly opinion: Opinion; readonly comment: string },
  { feedback, faults }: Strings,
): Promise<void> {
  const isKept = parts.exchanges?.giveFeedback({ exchangeId, memberId: interaction.user.id, ...given }) ?? false;
  if (!isKept) throw new Refusal(faults.forgotten);
  await show(parts, interaction, noteMessage(given.opinion === "helpful" ? feedback.thanks : feedback.thanksNot));
}

/** Shows a private answer to the channel, with who shared it. */
async function onShare(
  parts: BotParts,
  click: ButtonInteraction<"cached">,
  exchange: Exchange,
  strings: Strings,
): Promise<void> {
  if (exchange.isPrivate && exchange.memberId !== click.user.id) throw new Refusal(strings.faults.forgotten);
  if (!mayWrite(click, click.channel?.isThread() ?? false)) throw new Refusal(strings.faults.cannotPost);
  if (!parts.isNewShare(`${exchange.id} ${click.channelId}`)) throw new Refusal(strings.faults.sharedAlready);
  await promise(click, false);
  await refuseChanged(parts, exchange, { view: "main" }, strings);
  const shared = keepShared(parts, await asItMayBeShown(parts, exchange), click.channelId);
  const notes = [`-# ${strings.answer.sharedBy(brief(click.member.displayName, 80))}`];
  await showExchange(parts, click, shared, { notes });
}
