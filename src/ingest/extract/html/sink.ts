/** Writing blocks of an HTML text in order, with headings put together and their levels set right. */

import type { BlockKind } from "../../../text/blocks.ts";
import type { BlockMore, CanonicalWriter } from "../canonical-writer.ts";
import { outline } from "./outline.ts";
import type { HtmlNode } from "./tree.ts";

interface Heading {
  readonly text: string;
  /** 1 to 6, or `RANK_OF_PARAGRAPH`. */
  readonly rank: number;
  /** What the heading's element stands in. */
  readonly parent: HtmlNode | null;
}

export interface BlockSink {
  write(kind: BlockKind, text: string, more?: BlockMore): void;
  heading(heading: Heading): void;
  /** A paragraph in an element of its own. */
  paragraph(text: string, parent: HtmlNode | null): void;
  enterSection(node: HtmlNode): void;
  leaveSection(node: HtmlNode): void;
  finish(): void;
}

/** What only numbers the heading after it: "Section 1.", "Annex B". */
const NUMBERING = /^(?:\S+\s){0,2}(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])[.:]?$/;
const LONGEST_NUMBERING = 30;
/** A paragraph that does so in the place of a smaller heading, with a rank below all of them. */
const NUMBERING_PARAGRAPH = /^(?:section|chapter|part|title|article|annex|appendix)\s\S{1,5}$/i;
const RANK_OF_PARAGRAPH = 7;

export function blockSink(writer: CanonicalWriter): BlockSink {
  const levels = outline();
  /** A heading is written with the block after it, which may be another one that it numbers. */
  let waiting: Heading | null = null;

  const writeWaiting = (): void => {
    if (waiting === null) return;
    const { text, rank } = waiting;
    waiting = null;
    if (rank === RANK_OF_PARAGRAPH) write("paragraph", text);
    else writer.add("heading", text, levels.heading(rank));
  };
  const write = (kind: BlockKind, text: string, more?: BlockMore): void => {
    writeWaiting();
    levels.text();
    writer.add(kind, text, 0, more);
  };
  const heading = (next: Heading): void => {
    if (waiting !== null && numbers(waiting, next)) {
      waiting = { ...next, text: `${waiting.text} ${next.text}` };
      return;
    }
    writeWaiting();
    waiting = next;
  };
  return {
    write,
    heading,
    paragraph(text, parent) {
      if (NUMBERING_PARAGRAPH.test(text)) heading({ text, rank: RANK_OF_PARAGRAPH, parent });
      else write("paragraph", text);
    },
    enterSection(node) {
      writeWaiting();
      levels.enterSection(node);
    },
    leaveSection(node) {
      writeWaiting();
      levels.leaveSection(node);
    },
    finish: writeWaiting,
  };
}

/** Whether a heading is the number of the next one: it stands beside it, and is set in a smaller size. */
function numbers(first: Heading, second: Heading): boolean {
  return (
    first.parent === second.parent &&
    first.rank > second.rank &&
    first.text.length <= LONGEST_NUMBERING &&
    NUMBERING.test(first.text)
  );
}
