/** The numbers that a browser shows before the items of an ordered list. */

import { type HtmlElement, isElement } from "./tree.ts";

export interface OrderedList {
  /** The number of the next item. */
  next: number;
  readonly step: 1 | -1;
  /** "1", "a", "A", "i", "I", or "" for a list that shows none. */
  readonly style: string;
}

export function orderedList({ attribs, children }: HtmlElement): OrderedList {
  const isReversed = attribs.reversed !== undefined;
  const start = Number.parseInt(attribs.start ?? "", 10);
  const count = isReversed ? children.filter((child) => isElement(child) && child.name === "li").length : 1;
  const isPlain = /list-style(?:-type)?\s*:\s*none/i.test(attribs.style ?? "");
  return {
    next: Number.isSafeInteger(start) ? start : count,
    step: isReversed ? -1 : 1,
    style: isPlain ? "" : /^[1aAiI]$/.test(attribs.type ?? "") ? (attribs.type ?? "1") : "1",
  };
}

/** "3. ", and the list goes on from there. */
export function itemNumber(list: OrderedList, item: HtmlElement): string {
  const value = Number.parseInt(item.attribs.value ?? "", 10);
  const number = Number.isSafeInteger(value) ? value : list.next;
  list.next = number + list.step;
  return list.style === "" ? "" : `${written(number, list.style)}. `;
}

function written(number: number, style: string): string {
  if (style === "1" || number < 1 || number > 3999) return String(number);
  const text = style === "a" || style === "A" ? inLetters(number) : inRoman(number);
  return style === "a" || style === "i" ? text.toLowerCase() : text;
}

/** A to Z, then AA. */
function inLetters(number: number): string {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

function inRoman(number: number): string {
  let rest = number;
  let text = "";
  for (const [value, letters] of ROMAN) {
    for (; rest >= value; rest -= value) text += letters;
  }
  return text;
}
