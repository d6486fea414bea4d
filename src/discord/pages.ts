/** What a message shows, cut into pages inside Discord's limits: between blocks, never inside one. */

import type { Quote } from "../domain/answer.ts";
import {
  type Button,
  button,
  type Colour,
  type Component,
  container,
  gallery,
  line,
  type MessageBody,
  MOST_COMPONENTS,
  MOST_TEXT,
  type PictureFile,
  row,
  sizeOf,
  text,
} from "./components.ts";
import type { Strings } from "./strings.ts";

/** What is never parted: a quote with its source, an entry of a list. */
export interface Block {
  readonly components: readonly Component[];
  /** The id of a part of the view that begins with it. A part is on one page where one has room for it. */
  readonly part?: string | undefined;
  /** Stands above it where it begins a page; with it no longer than a block may be. */
  readonly continued?: string | undefined;
  /** The name of a picture that stands below its first component, where there is one; each page has room for it. */
  readonly picture?: string | undefined;
  /** What it shows or tells of: compared with the reports whenever its page is shown. */
  readonly quotes?: readonly Quote[] | undefined;
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
  /** A menu in a row of its own, on every page of a view that has several. */
  readonly menu?: Component | undefined;
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
 * @param pictures those that its blocks may show, by their names; one that is not there is left out.
 * @throws {RangeError} for a view with a head, a foot or a block over the limits.
 */
export function messageOf(
  view: View,
  page: number,
  paging: MessagePaging,
  pictures: readonly PictureFile[] = [],
): MessageBody {
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
  const rows = (buttons: readonly (readonly Button[])[]) =>
    buttons.flatMap((each) => (each.length > 0 ? [row(...each)] : []));
  return container(view.colour, [
    ...(view.head.length === 0 ? [] : [text(view.head.join("\n"))]),
    ...blocks.flatMap((block, place) => [
      ...(place === 0 ? continuedAbove(block) : [line()]),
      ...withPicture(block, pictures),
    ]),
    ...(foot === "" ? [] : [text(foot)]),
    ...rows([...inRows(buttonsOf(blocks)), turning]),
    ...(count === 1 || view.menu === undefined ? [] : [view.menu]),
    ...rows(view.buttons),
  ]);
}

function continuedAbove({ continued }: Block): Component[] {
  return continued === undefined ? [] : [text(continued)];
}

function withPicture({ components, picture }: Block, pictures: readonly PictureFile[]): readonly Component[] {
  const found = pictures.find(({ name }) => name === picture);
  return found === undefined ? components : [...components.slice(0, 1), gallery(found), ...components.slice(1)];
}

/** Two blocks can have the same one: Discord takes no id twice. */
function buttonsOf(blocks: readonly Block[]): Button[] {
  const byId = new Map(
    blocks.flatMap(({ button }) => (button === undefined ? [] : [[JSON.stringify(button), button] as const])),
  );
  return [...byId.values()];
}

/** The blocks of a page, 0-based; one beyond the last gives the last. */
export function blocksOn(view: View, page: number): readonly Block[] {
  const pages = pagesOf(view);
  return pages[Math.min(page, pages.length - 1)] ?? [];
}

/** The page on which a part of a view begins, 0-based; the first where there is no such part. */
export function pageOfPart(view: View, part: string): number {
  return Math.max(
    0,
    pagesOf(view).findIndex((blocks) => blocks.some((block) => block.part === part)),
  );
}

/**
 * The blocks of a view on its pages, in order. The foot has no say in it: every page is the same one whatever stands
 * below it.
 * @throws {RangeError}
 */
export function pagesOf({ head, blocks, buttons, menu, perPage = Number.POSITIVE_INFINITY }: View): readonly Block[][] {
  const headLength = head.join("\n").length;
  if (headLength > LONGEST_HEAD) throw new RangeError(`A head of ${headLength} characters`);
  const room = {
    text: MOST_TEXT - headLength - LONGEST_FOOT,
    // Container, head, foot, and a row of two buttons that turn the page.
    count:
      MOST_COMPONENTS - 3 - 3 - (menu === undefined ? 0 : 2) - buttons.reduce((sum, each) => sum + 1 + each.length, 0),
  };
  const hasRoomFor = (together: readonly Block[]): boolean => {
    const size = sizeOfPage(together);
    return size.text <= room.text && size.count <= room.count && together.length <= perPage;
  };
  const pages: Block[][] = [];
  blocks.forEach((block, at) => {
    refuseTooLong(block);
    const page = pages.at(-1);
    // What only begins a page is not left alone on it.
    const isWhole =
      block.part === undefined ||
      page === undefined ||
      page.length === 1 ||
      hasRoomFor([...page, ...partAt(blocks, at)]);
    if (page !== undefined && isWhole && hasRoomFor([...page, block])) page.push(block);
    else pages.push([block]);
  });
  return pages;
}

function refuseTooLong({ components, continued = "" }: Block): void {
  const { text: length, count } = sizeOf(components);
  if (length + continued.length > LONGEST_BLOCK || count > MOST_IN_BLOCK) {
    throw new RangeError(`A block of ${length} characters in ${count} components fits on no page`);
  }
}

/** The blocks of the part that begins at a block. */
function partAt(blocks: readonly Block[], at: number): readonly Block[] {
  const next = blocks.findIndex((block, place) => place > at && block.part !== undefined);
  return blocks.slice(at, next < 0 ? undefined : next);
}

/** With the lines between the blocks and the rows of their buttons. */
function sizeOfPage(blocks: readonly Block[]): { text: number; count: number } {
  const above = blocks.slice(0, 1).flatMap(continuedAbove);
  const { text: length, count } = sizeOf([...above, ...blocks.flatMap(({ components }) => components)]);
  const pictures = blocks.filter(({ picture }) => picture !== undefined).length;
  const buttons = buttonsOf(blocks).length;
  return { text: length, count: count + pictures + blocks.length - 1 + buttons + Math.ceil(buttons / MOST_IN_ROW) };
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
