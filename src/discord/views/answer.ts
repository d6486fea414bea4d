/** An answer, or an abstention, as a message. */

import type { Abstained, Answered, Corroboration } from "../../domain/answer.ts";
import type { Exchange, Outcome } from "../../domain/exchange.ts";
import { type Button, button, type Component, row, text } from "../components.ts";
import { customId } from "../custom-id.ts";
import type { Block, View } from "../pages.ts";
import { part } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { brief, harmless, shortened } from "../text.ts";
import { quoteBlock } from "./quotes.ts";

export type AskOutcome = Extract<Outcome, { kind: "ask" }>;

/** Characters of the question that stand above its answer; the rest was read by who typed it. */
const LONGEST_QUESTION = 240;
const LONGEST_EXPANSIONS = 120;

/** @param suggestions questions that the reports answer; shown with an abstention only. */
export function answerView(
  exchange: Exchange,
  outcome: AskOutcome,
  suggestions: readonly string[],
  strings: Strings,
): View {
  const { answer } = outcome;
  return answer.kind === "answer"
    ? answeredView(exchange, outcome, answer, strings)
    : abstainedView(exchange, outcome, answer, suggestions, strings);
}

function answeredView(exchange: Exchange, outcome: AskOutcome, answer: Answered, strings: Strings): View {
  const blocks = answer.claims.flatMap((claim) =>
    claim.citations.map((citation, at) => {
      const isLast = at === claim.citations.length - 1;
      return quoteBlock(citation, exchange.id, strings, isLast ? corroborationNotes(claim.corroboration, strings) : []);
    }),
  );
  const { buttons } = strings;
  const hasMore = outcome.evidence.length > 0;
  return {
    colour: answer.confidence === "low" ? "weakAnswer" : "answer",
    head: questionLines(exchange, outcome, strings),
    blocks,
    foot: [strings.answer.confidence(answer.confidence)],
    buttons: [
      [
        ...(hasMore ? [opening(exchange, "evidence", buttons.moreEvidence)] : []),
        opening(exchange, "sources", buttons.sources),
        simple(exchange, "follow-up", buttons.followUp),
        ...(exchange.isPrivate ? [simple(exchange, "share", buttons.share)] : []),
      ],
      opinionButtons(exchange, strings),
    ],
  };
}

function abstainedView(
  exchange: Exchange,
  outcome: AskOutcome,
  { reason, explanation, nearest }: Abstained,
  suggestions: readonly string[],
  strings: Strings,
): View {
  const { abstention, buttons } = strings;
  const near: Block[] = nearest.map(({ citation }) => quoteBlock(citation, exchange.id, strings));
  const [first, ...others] = near;
  const nearBlocks = first === undefined ? [] : [[text(abstention.near), ...first], ...others];
  return {
    colour: "abstention",
    head: [
      `### ${abstention.title}`,
      ...questionLines(exchange, outcome, strings),
      `${abstention.reasons[reason]} ${brief(explanation, 250)}`,
    ],
    blocks: [...suggestionBlocks(suggestions, strings), ...nearBlocks],
    foot: [],
    buttons: [
      [
        simple(exchange, "follow-up", buttons.followUp),
        ...(exchange.isPrivate ? [simple(exchange, "share", buttons.share)] : []),
        ...opinionButtons(exchange, strings),
      ],
    ],
  };
}

/** What was asked, and as what it was understood. Discord shows others that somebody used a command, not with what. */
function questionLines({ question }: Exchange, outcome: AskOutcome, { answer }: Strings): string[] {
  const { text: whole, isMadeWhole, expansions } = outcome.question;
  const lines = [answer.asked(brief(question, LONGEST_QUESTION))];
  if (isMadeWhole) lines.push(answer.understoodAs(brief(whole, LONGEST_QUESTION)));
  if (expansions.length > 0) {
    lines.push(`-# ${answer.searchedAs(brief(expansions.join(", "), LONGEST_EXPANSIONS))}`);
  }
  return lines;
}

/** Questions with a button each; one that is too long for a button stands there all the same. */
export function suggestionBlocks(suggestions: readonly string[], strings: Strings, title?: string): Block[] {
  if (suggestions.length === 0) return [];
  const asked = suggestions.map((question) => ({ question, id: customId({ kind: "try", question }) }));
  const buttons = asked.flatMap(({ question, id }) => (id === null ? [] : [button(id, shortened(question, 80))]));
  const lines = asked.filter(({ id }) => id === null).map(({ question }) => `- ${harmless(question)}`);
  const block: Component[] = [text([title ?? strings.abstention.suggestions, ...lines].join("\n"))];
  // A row for each: the questions are long, and a phone shows two buttons beside each other cut short.
  for (const each of buttons) block.push(row(each));
  return [block];
}

function corroborationNotes(corroboration: readonly Corroboration[], { answer }: Strings): string[] {
  const titles = (independent: boolean) =>
    corroboration
      .filter((each) => each.independent === independent)
      .slice(0, 3)
      .map(({ title }) => part(title))
      .join("; ");
  const [others, echoes] = [titles(true), titles(false)];
  return [
    ...(others === "" ? [] : [answer.independent(others)]),
    ...(echoes === "" ? [] : [answer.sameOrigin(echoes)]),
  ];
}

function opinionButtons(exchange: Exchange, { buttons }: Strings): Button[] {
  return [simple(exchange, "helpful", buttons.helpful), simple(exchange, "not-helpful", buttons.notHelpful)];
}

function simple({ id }: Exchange, kind: "helpful" | "not-helpful" | "share" | "follow-up", label: string): Button {
  return button(customId({ kind, exchange: id }) ?? "", label);
}

function opening({ id }: Exchange, view: "evidence" | "sources", label: string): Button {
  return button(customId({ kind: "open", exchange: id, view }) ?? "", label);
}
