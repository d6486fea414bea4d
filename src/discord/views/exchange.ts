/** The views of an exchange: what it came to, further evidence, its sources, a quote where it stands. */

import type { Exchange } from "../../domain/exchange.ts";
import type { Guidance, Surroundings } from "../../domain/service.ts";
import { claimLines, opinionLines } from "../claim-lines.ts";
import { type Button, button } from "../components.ts";
import { customId, type ViewName } from "../custom-id.ts";
import { type Block, type MessagePaging, textBlocks, turning, type View } from "../pages.ts";
import { derivedLines, gradeLine, locatorLine, originLine, originsLines, part, placeLine } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { brief, quotedParts, small } from "../text.ts";
import { answerView } from "./answer.ts";
import { briefingView } from "./briefing.ts";
import { checkView } from "./check.ts";
import { claimShowing, quoteBlock, quotesOf, shownIn } from "./quotes.ts";

/** Passages on one page of a search. */
const PASSAGES_PER_PAGE = 4;
const SUGGESTIONS = 3;

/** What views are made with. */
export interface ViewParts {
  readonly sitrep: Guidance;
  readonly strings: Strings;
}

/**
 * A view of an exchange.
 * @throws {SitrepError} what Sitrep throws.
 */
export async function viewOf(exchange: Exchange, name: ViewName, parts: ViewParts): Promise<View> {
  switch (name.view) {
    case "main":
      return await mainView(exchange, parts);
    case "evidence":
      return evidenceView(exchange, parts);
    case "sources":
      return sourcesView(exchange, parts);
    case "around":
      return await aroundView(exchange, name.quote, parts);
  }
}

/** The buttons that turn the pages of a view of an exchange. */
export function pagingOf(exchange: Exchange, name: ViewName, strings: Strings): MessagePaging {
  return turning((page) => customId({ ...name, kind: "turn", exchange: exchange.id, page }), strings);
}

async function mainView(exchange: Exchange, { sitrep, strings }: ViewParts): Promise<View> {
  const { outcome } = exchange;
  switch (outcome.kind) {
    case "ask": {
      const { answer } = outcome;
      const isLost = answer.kind === "abstention" && answer.choices.length === 0;
      const suggestions = isLost ? await sitrep.suggest(outcome.question.text, SUGGESTIONS) : [];
      return answerView(exchange, outcome, suggestions, strings);
    }
    case "search":
      return {
        colour: "information",
        head: [`### ${strings.search.title(brief(exchange.question, 200))}`],
        blocks:
          outcome.passages.length === 0
            ? textBlocks([strings.search.none])
            : outcome.passages.map((citation) => quoteBlock(citation, exchange.id, strings)),
        foot: [],
        buttons: exchange.isPrivate ? [[shareButton(exchange, strings)]] : [],
        perPage: PASSAGES_PER_PAGE,
      };
    case "check":
      return checkView(exchange, outcome.result, shareButton(exchange, strings), strings);
    case "brief":
      return briefingView(exchange, outcome.briefing, strings);
  }
}

function shareButton({ id }: Exchange, { buttons }: Strings): Button {
  return button(customId({ kind: "share", exchange: id }) ?? "", buttons.share);
}

function evidenceView(exchange: Exchange, { strings }: ViewParts): View {
  const { outcome } = exchange;
  const evidence = outcome.kind === "ask" ? outcome.evidence : [];
  return {
    colour: "information",
    head: [`### ${strings.evidence.title}`, ...(evidence.length === 0 ? [] : [`-# ${strings.evidence.hint}`])],
    blocks:
      evidence.length === 0
        ? textBlocks([strings.evidence.none])
        : evidence.map((citation) => quoteBlock(citation, exchange.id, strings)),
    foot: [],
    buttons: [],
    perPage: PASSAGES_PER_PAGE,
  };
}

/** Each report that is quoted, once. */
function sourcesView(exchange: Exchange, { strings }: ViewParts): View {
  const { outcome } = exchange;
  const citations = outcome.kind === "ask" ? shownIn(outcome.answer) : quotesOf(outcome);
  const title = outcome.kind === "brief" ? strings.briefings.sourcesTitle : strings.sources.title;
  const reports = new Map(citations.map((citation) => [citation.quote.reportId, citation]));
  const blocks: Block[] = [...reports].flatMap(([id, { source, path }]) => {
    const numbers = citations.filter(({ quote }) => quote.reportId === id).map(({ number }) => `[${number}]`);
    const lines = [
      originLine(source, strings),
      gradeLine(source, strings),
      ...derivedLines(source, path, strings),
      ...originsLines(source, strings),
      placeLine(source, id, strings),
    ];
    return textBlocks([
      `**${part(source.title)}** ${brief(numbers.join(" "), 200)}`,
      ...lines.map((line) => small([line])),
    ]);
  });
  return { colour: "information", head: [`### ${title}`], blocks, foot: [], buttons: [] };
}

async function aroundView(exchange: Exchange, number: number, { sitrep, strings }: ViewParts): Promise<View> {
  const citation = quotesOf(exchange.outcome).find((each) => each.number === number);
  const words = strings.around;
  const gone: View = { colour: "fault", head: [], blocks: textBlocks([words.gone]), foot: [], buttons: [] };
  if (citation === undefined) return gone;
  const [stands] = await sitrep.verify([citation.quote]);
  if (stands !== true) return gone;
  const around = await sitrep.surroundings(citation.quote.reportId, citation.quote);
  const claim = claimShowing(exchange.outcome, number);
  return {
    colour: "information",
    head: [`### ${words.title(number)}`],
    blocks: [
      ...textBlocks([
        ...opinionLines(around, claim, strings),
        ...(claim === null ? [] : claimLines(around, claim, strings)),
        `**${part(around.source.title)}**`,
        `-# ${originLine(around.source, strings)}`,
        `-# ${locatorLine(around.locator, strings)} · ${gradeLine(around.source, strings, true)}`,
        `-# ${placeLine(around.source, citation.quote.reportId, strings)}`,
      ]),
      ...aroundBlocks(around, strings),
    ],
    foot: [],
    buttons: [],
  };
}

/** What stands around a quote may be parted, and here the quote too: this is where one that is too long can be read. */
function aroundBlocks({ before, quote, after }: Surroundings, { around: words }: Strings): Block[] {
  const piece = (label: string, text: string | undefined) =>
    text === undefined || text.trim() === "" ? [] : textBlocks([label, ...quotedParts(text, LONGEST_LINE)]);
  return [...piece(words.before, before?.text), ...piece(words.quote, quote.text), ...piece(words.after, after?.text)];
}
const LONGEST_LINE = 1300;
