/** What a message shows, cut into pages inside Discord's limits: between blocks, never inside one. */

import {
  type Button,
  button,
  type Colour,
  type Component,
  container,
  line,
  type MessageBody,
  MOST_COMPONENTS,
  MOST_TEXT,
  row,
  sizeOf,
  text,
} from "./components.ts";
import type { Strings } from "./strings.ts";

/** What is never parted: a quote with its source, an entry of a list. */
export interface Block {
  readonly components: readonly Component[];
  /** The buttons of a page's blocks stand together below them: beside a text they would leave it half a phone's width. */
  readonly button?: Button | undefined;
}

/** A message before it is cut into pages. */
export interface View {
  readonly colour: Colour;
  /** Stands on every page; at most `LONGEST_HEAD` characters. */
  readonly head: readonly string[];
  readonly blocks: readonly Block[];
  /** Stands on every page, below the blocks; at most `LONGEST_FOOT` characters with the number of the page. */
  readonly foot: readonly string[];
  /** Rows of 1 to 5 buttons, at most 3 rows; they stand on every page. */
  readonly buttons: readonly (readonly Button[])[];
  /** Most blocks on one page. */
  readonly perPage?: number;
}

/** Characters of a view's head, line ends included. */
export const LONGEST_HEAD = 800;
/** Characters of its foot, line ends and page number included. A turned page may have another foot than the first. */
export const LONGEST_FOOT = 400;
/** Characters of a block; a longer one has to be made shorter by who makes it. */
export const LONGEST_BLOCK = MOST_TEXT - LONGEST_HEAD - LONGEST_FOOT;
/** Components of a block, its own button not counted. */
export const MOST_IN_BLOCK = 12;
const MOST_IN_ROW = 5;

/** How a page is left for another one. */
export interface MessagePaging {
  /** A button to a page, disabled where there is none. */
  readonly previous: (page: number, disabled: boolean) => Button | null;
  readonly next: (page: number, disabled: boolean) => Button | null;
  readonly label: (page: number, of: number) => string;
}

/** Added to the page of a disabled button, which goes nowhere: two buttons must not have one id. */
const NOWHERE = 900_000;

/** @param idOf custom id of a button to a page; null where there can be none. */
export function turning(idOf: (page: number) => string | null, { buttons, answer }: Strings): MessagePaging {
  const turn = (label: string) => (page: number, disabled: boolean) => {
    const id = idOf(disabled ? NOWHERE + page : page);
    return id === null ? null : button(id, label, { disabled });
  };
  return { previous: turn(buttons.previous), next: turn(buttons.next), label: answer.page };
}

/** For a view that is made to fit one page. */
export const SINGLE_PAGE: MessagePaging = {
  previous: () => null,
  next: () => null,
  label: (page, of) => `${page} / ${of}`,
};

/**
 * One page of a view as a message.
 * @param page 0-based; one beyond the last gives the last.
 * @throws {RangeError} for a view with a head, a foot or a block over the limits.
 */
export function messageOf(view: View, page: number, paging: MessagePaging): MessageBody {
  const pages = pagesOf(view);
  const count = Math.max(1, pages.length);
  const at = Math.min(page, count - 1);
  const blocks = pages[at] ?? [];
  const turning =
    count === 1
      ? []
      : [paging.previous(at - 1, at === 0), paging.next(at + 1, at === count - 1)].filter((each) => each !== null);
  const foot = [...view.foot, ...(count === 1 ? [] : [`-# ${paging.label(at + 1, count)}`])].join("\n");
  if (foot.length > LONGEST_FOOT) throw new RangeError(`A foot of ${foot.length} characters`);
  const ofBlocks = blocks.flatMap(({ button }) => (button === undefined ? [] : [button]));
  return container(view.colour, [
    ...(view.head.length === 0 ? [] : [text(view.head.join("\n"))]),
    ...blocks.flatMap(({ components }, place) => (place === 0 ? components : [line(), ...components])),
    ...(foot === "" ? [] : [text(foot)]),
    ...[...inRows(ofBlocks), turning, ...view.buttons].flatMap((buttons) =>
      buttons.length > 0 ? [row(...buttons)] : [],
    ),
  ]);
}

/**
 * The blocks of a view on its pages, in order. The foot has no say in it: every page is the same one whatever stands
 * below it.
 * @throws {RangeError}
 */
export function pagesOf({ head, blocks, buttons, perPage = Number.POSITIVE_INFINITY }: View): readonly Block[][] {
  const headLength = head.join("\n").length;
  if (headLength > LONGEST_HEAD) throw new RangeError(`A head of ${headLength} characters`);
  const room = {
    text: MOST_TEXT - headLength - LONGEST_FOOT,
    // Container, head, foot, and a row of two buttons that turn the page.
    count: MOST_COMPONENTS - 3 - 3 - buttons.reduce((sum, each) => sum + 1 + each.length, 0),
  };
  const pages: Block[][] = [];
  for (const block of blocks) {
    const { text: length, count } = sizeOf(block.components);
    if (length > LONGEST_BLOCK || count > MOST_IN_BLOCK) {
      throw new RangeError(`A block of ${length} characters in ${count} components fits on no page`);
    }
    const page = pages.at(-1);
    const together = [...(page ?? []), block];
    const size = sizeOfPage(together);
    const fits = size.text <= room.text && size.count <= room.count && together.length <= perPage;
    if (page !== undefined && fits) page.push(block);
    else pages.push([block]);
  }
  return pages;
}

/** With the lines between the blocks and the rows of their buttons. */
function sizeOfPage(blocks: readonly Block[]): { text: number; count: number } {
  const { text: length, count } = sizeOf(blocks.flatMap(({ components }) => components));
  const buttons = blocks.filter(({ button }) => button !== undefined).length;
  return { text: length, count: count + blocks.length - 1 + buttons + Math.ceil(buttons / MOST_IN_ROW) };
}

function inRows(buttons: readonly Button[]): Button[][] {
  const rows = Math.ceil(buttons.length / MOST_IN_ROW);
  return Array.from({ length: rows }, (_, at) => buttons.slice(at * MOST_IN_ROW, (at + 1) * MOST_IN_ROW));
}

/**
 * Lines as few text displays, parted at line ends.
 * @param lines each at most as long as a block.
 * @param between what stands between two lines.
 */
export function textBlocks(lines: readonly string[], between = "\n"): Block[] {
  const texts: string[] = [];
  for (const each of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + between.length + each.length <= LONGEST_BLOCK) {
      texts[texts.length - 1] = `${last}${between}${each}`;
    } else texts.push(each);
  }
  return texts.map((content) => ({ components: [text(content)] }));
}
