/** A message checked against the reports, statement by statement. */

import type { CheckedStatement, CheckResult } from "../../domain/check.ts";
import type { Exchange } from "../../domain/exchange.ts";
import { type Button, type Component, sizeOf, text } from "../components.ts";
import { type Block, LONGEST_BLOCK, textBlocks, type View } from "../pages.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";
import { quoteBlock } from "./quotes.ts";

/** Characters of a statement that are shown; the message itself is there to be read. */
const LONGEST_STATEMENT = 400;

export function checkView(exchange: Exchange, result: CheckResult, share: Button, strings: Strings): View {
  const { check } = strings;
  const isEmpty = result.statements.length === 0;
  return {
    colour: "information",
    head: [`### ${check.title}`, ...(isEmpty ? [] : [`-# ${check.neutral}`])],
    blocks: isEmpty
      ? textBlocks([check.nothing])
      : result.statements.flatMap((statement) => statementBlocks(statement, exchange, strings)),
    foot: result.omitted === 0 ? [] : [`-# ${check.omitted(result.omitted)}`],
    buttons: exchange.isPrivate && !isEmpty ? [[share]] : [],
  };
}

/** The statement in italics: the bar of a quote is kept for the reports' words. */
function statementBlocks(statement: CheckedStatement, exchange: Exchange, strings: Strings): Block[] {
  const { verdict, differences, citations } = statement;
  const lines = [
    `*${brief(statement.text, LONGEST_STATEMENT)}*`,
    `**${strings.check.verdicts[verdict]}**`,
    ...differences.slice(0, 3).map(({ claimed, reported }) => {
      const short = (figure: string) => brief(figure, 60);
      return `-# ${strings.check.claimed(short(claimed), short(reported))}`;
    }),
  ];
  const said = text(lines.join("\n"));
  const [first, ...others] = citations.map((citation) => quoteBlock(citation, exchange.id, strings));
  const together = [said, ...(first?.components ?? [])];
  // Together where a page has room for both.
  if (first === undefined || fits(together)) return [{ components: together, button: first?.button }, ...others];
  return [{ components: [said] }, first, ...others];
}

function fits(components: readonly Component[]): boolean {
  return sizeOf(components).text <= LONGEST_BLOCK;
}
