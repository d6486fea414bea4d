/** What a member has subscribed to, in words, with the button that ends it or puts it back. */

import type { DiscordConfig } from "../../config.ts";
import type { Subscription } from "../../domain/members.ts";
import {
  type Button,
  button,
  type Colour,
  type Component,
  container,
  type MessageBody,
  row,
  text,
} from "../components.ts";
import { customId } from "../custom-id.ts";
import { nextWeekly } from "../schedule.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";
import { timestamp } from "./reports.ts";

const LONGEST_SUBJECT = 150;
const LONGEST_SERVER = 60;
/** Subscriptions in one message: each takes three components. */
const MOST_LISTED = 12;

/** What the words depend on. */
export interface Terms extends Pick<DiscordConfig, "weeklyAt" | "settleSeconds"> {
  readonly now: Date;
}

export type Happened = "subscribed" | "already" | "ended" | "again";

/** What has become of a subscription. */
export function subscriptionMessage(
  subscription: Subscription,
  happened: Happened,
  terms: Terms,
  strings: Strings,
): MessageBody {
  const { subscriptions } = strings;
  const isOver = happened === "ended";
  const colour: Colour = isOver ? "information" : "answer";
  return container(colour, [
    text(
      [
        `### ${subscriptions[happened]}`,
        ...termLines(subscription, terms, strings),
        `-# ${isOver ? subscriptions.endedHint : subscriptions.nothing}`,
      ].join("\n"),
    ),
    row(isOver ? resubscribeButton(subscription, strings) : unsubscribeButton(subscription, strings)),
  ]);
}

/** The first direct message, which shows that there can be others. */
export function helloMessage(subscription: Subscription, server: string, terms: Terms, strings: Strings): MessageBody {
  const lines = [
    strings.subscriptions.hello(brief(server, LONGEST_SERVER)),
    ...termLines(subscription, terms, strings),
    `-# ${strings.subscriptions.nothing}`,
  ];
  return container("information", [text(lines.join("\n")), row(unsubscribeButton(subscription, strings))]);
}

/** Every subscription with its own button, in as many messages as it takes; one where there is none. */
export function listMessages(
  subscriptions: readonly Subscription[],
  terms: Terms,
  strings: Strings,
): readonly MessageBody[] {
  const { list, listEmpty } = strings.subscriptions;
  const pages = Array.from({ length: Math.max(1, Math.ceil(subscriptions.length / MOST_LISTED)) }, (_, page) =>
    subscriptions.slice(page * MOST_LISTED, (page + 1) * MOST_LISTED),
  );
  return pages.map((page, at) => {
    const head = [...(at === 0 ? [`### ${list}`] : []), ...(page.length === 0 ? [listEmpty] : [])];
    const entries = page.flatMap((subscription): Component[] => [
      text(termLines(subscription, terms, strings).join("\n")),
      row(unsubscribeButton(subscription, strings)),
    ]);
    return container("information", [...(head.length === 0 ? [] : [text(head.join("\n"))]), ...entries]);
  });
}

function termLines({ subject, channelId, schedule }: Subscription, terms: Terms, strings: Strings): string[] {
  const { subscriptions } = strings;
  return [
    subject === null ? subscriptions.all : subscriptions.on(brief(subject, LONGEST_SUBJECT)),
    channelId === null ? subscriptions.direct : subscriptions.channel(`<#${channelId}>`),
    schedule === "weekly"
      ? subscriptions.weekly(timestamp(nextWeekly(terms.weeklyAt, terms.now).toISOString()))
      : subscriptions.onNewReports(Math.max(1, Math.ceil(terms.settleSeconds / 60))),
  ];
}

function unsubscribeButton({ id }: Subscription, { subscriptions }: Strings): Button {
  return button(customId({ kind: "unsubscribe", subscription: id, delivery: "" }) ?? "", subscriptions.unsubscribe);
}

function resubscribeButton({ id }: Subscription, { subscriptions }: Strings): Button {
  return button(customId({ kind: "resubscribe", subscription: id }) ?? "", subscriptions.resubscribe);
}
