/** A quote of a briefing in Markdown, with its source and what has to be said of it. */

import type { Citation } from "../domain/answer.ts";
import type { BriefingLine } from "../domain/briefing.ts";
import type { RenderStyle } from "./render-answer.ts";
import { markdownLines, markdownQuote } from "./render-briefing-escape.ts";
import { claimWords, opinionWords } from "./render-claim.ts";
import { shortCitation } from "./render-source.ts";

/** Lines that belong together; an empty line stands between blocks. */
export type Block = readonly string[];

/**
 * What its footnotes cite is in the JSON and on the page: here it would be longer than all the rest.
 *
 * A quote behind its bar, then its citation as a list: a list may follow a block quote directly, where a plain line
 * would become part of the quote.
 * @param line null for a quote that no line was made of.
 */
export function quoteBlock(citation: Citation, line: BriefingLine | null, style: RenderStyle): Block {
  const { cyan, dim, yellow } = style.colors;
  const opinion = opinionWords(citation, line);
  const words = line === null ? null : claimWords(citation, line);
  const isOlder = line?.asOf?.isOlder === true;
  return [
    ...(opinion === null ? [] : plain(opinion, style).map(yellow)),
    ...markdownQuote(citation.quote.text, style.width - 2).map((each) =>
      each === "" ? cyan(">") : `${cyan(">")} ${each}`,
    ),
    ...numbered(citation.number, shortCitation(citation, line?.label?.kind !== "report"), style).map(dim),
    ...(words === null ? [] : bullet(words, style).map(isOlder ? yellow : dim)),
  ];
}

/** A paragraph. */
export function plain(words: string, { width }: RenderStyle): string[] {
  return markdownLines("", words, width);
}

/** An item of a list. */
export function bullet(words: string, { width }: RenderStyle): string[] {
  return markdownLines("- ", words, width, 2);
}

/** An item of a list that begins with the number of a citation. */
export function numbered(number: number, words: string, { width }: RenderStyle): string[] {
  return markdownLines(`- [${number}] `, words, width, 2);
}
