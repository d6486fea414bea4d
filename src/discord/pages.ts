/** What a message shows, cut into pages inside Discord's limits: between blocks, never inside one. */

import {
  type Button,
  type Colour,
  type Component,
  container,
  type MessageBody,
  MOST_COMPONENTS,
  MOST_TEXT,
  row,
  sizeOf,
  text,
} from "./components.ts";

/** What is never parted: a quote with its source, an entry of a list. */
export type Block = readonly Component[];

/** A message before it is cut into pages. */
export interface View {
  readonly colour: Colour;
  /** Stands on every page; at most `LONGEST_FRAME` characters together with `foot`. */
  readonly head: readonly string[];
  readonly blocks: readonly Block[];
  /** Stands on every page, below the blocks. */
  readonly foot: readonly string[];
  /** Rows of 1 to 5 buttons, at most 3 rows; they stand on every page. */
  readonly buttons: readonly (readonly Button[])[];
  /** Most blocks on one page. */
  readonly perPage?: number;
}

/** Characters that head, foot and page number of a view may have. */
export const LONGEST_FRAME = 1000;
/** Characters of a block; a longer one has to be made shorter by who makes it. */
export const LONGEST_BLOCK = MOST_TEXT - LONGEST_FRAME;
/** Container, head, foot and page number, and four rows of five buttons. */
const FRAME_COMPONENTS = 4 + 4 * 6;
/** A block that is larger than this alone is a fault of who made it. */
const MOST_IN_BLOCK = MOST_COMPONENTS - FRAME_COMPONENTS;

/** How a page is left for another one. */
export interface MessagePaging {
  /** A button to a page, disabled where there is none. */
  readonly previous: (page: number, disabled: boolean) => Button | null;
  readonly next: (page: number, disabled: boolean) => Button | null;
  readonly label: (page: number, of: number) => string;
}

/**
 * One page of a view as a message.
 * @param page 0-based; one beyond the last gives the last.
 * @throws {RangeError} for a view with a frame or a block over the limits.
 */
export function messageOf(view: View, page: number, paging: MessagePaging): MessageBody {
  const frame = [...view.head, ...view.foot].reduce((sum, each) => sum + each.length, 0);
  if (frame > LONGEST_FRAME) throw new RangeError(`A frame of ${frame} characters`);
  const pages = paged(view.blocks, view.perPage);
  const count = Math.max(1, pages.length);
  const at = Math.min(page, count - 1);
  const turning =
    count === 1
      ? []
      : [paging.previous(at - 1, at === 0), paging.next(at + 1, at === count - 1)].filter((each) => each !== null);
  const foot = count === 1 ? view.foot : [...view.foot, `-# ${paging.label(at + 1, count)}`];
  const body = [
    ...(view.head.length === 0 ? [] : [text(view.head.join("\n"))]),
    ...(pages[at] ?? []),
    ...(foot.length === 0 ? [] : [text(foot.join("\n"))]),
    ...(turning.length === 0 ? [] : [row(...turning)]),
    ...view.buttons.filter((buttons) => buttons.length > 0).map((buttons) => row(...buttons)),
  ];
  return container(view.colour, body);
}

/** Blocks on pages, in order. @throws {RangeError} for a block that fits on no page. */
export function paged(blocks: readonly Block[], most = Number.POSITIVE_INFINITY): readonly (readonly Component[])[] {
  const pages: Component[][] = [];
  let room = { text: 0, count: 0, blocks: 0 };
  for (const block of blocks) {
    const size = sizeOf(block);
    if (size.text > LONGEST_BLOCK || size.count > MOST_IN_BLOCK) {
      throw new RangeError(`A block of ${size.text} characters in ${size.count} components fits on no page`);
    }
    const page = pages.at(-1);
    if (page !== undefined && size.text <= room.text && size.count <= room.count && room.blocks > 0) {
      page.push(...block);
      room = { text: room.text - size.text, count: room.count - size.count, blocks: room.blocks - 1 };
    } else {
      pages.push([...block]);
      room = { text: LONGEST_BLOCK - size.text, count: MOST_IN_BLOCK - size.count, blocks: most - 1 };
    }
  }
  return pages;
}

/** Lines as few text displays, parted at line ends. @param lines each at most as long as a block. */
export function textBlocks(lines: readonly string[]): Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= LONGEST_BLOCK) {
      texts[texts.length - 1] = `${last}\n${line}`;
    } else texts.push(line);
  }
  return texts.map((content) => [text(content)]);
}
