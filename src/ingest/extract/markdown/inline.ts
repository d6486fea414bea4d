/** The markup inside a paragraph: links, emphasis, code marks, tags, footnote marks. */

import { isSpaceCode } from "../../../text/blocks.ts";
import { type HtmlRegions, tagEnd } from "./html.ts";

/** What the inline scan reads and fills. */
export interface InlineScan {
  readonly text: string;
  /** 1 where a character is markup. */
  readonly mask: Uint8Array;
  /** Targets of link reference definitions by folded label. */
  readonly targets: ReadonlyMap<string, string>;
  readonly regions: HtmlRegions;
  readonly footnotes: { key: string; at: number }[];
  readonly definitions: { key: string; text: string }[];
}

/** The characters at which the scan does more than go on. */
const SIGNIFICANT: ReadonlySet<number> = new Set([..."\\`<![]*_~hHwW"].map((character) => character.charCodeAt(0)));
/** ASCII punctuation, and the line end of a hard break (CommonMark 0.31, 2.4 and 6.7). */
const ESCAPABLE = /[!-/:-@[-`{-~\n]/;
const PUNCTUATION_OR_SYMBOL = /[\p{P}\p{S}]/u;
const FOOTNOTE_MARK = /\[\^([^\s[\]]{1,80})\]/y;
const AUTOLINK = /<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,4096}|[\w.+-]{1,64}@[\w.-]{1,255})>/y;
const BARE_URL = /(?:https?:\/\/|www\.)[^\s<>()[\]"'`*|]+/iy;
const SUPERSCRIPT = /<sup>([^<>\n]{1,2500})<\/sup>/iy;
const MARKS = /^\s*(?:\[[^[\]]{1,80}\](?:\([^()\s]{0,2000}\))?[\s,;–-]*)+$/;
const NUMBERS = /^\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*$/;
/** Longest label of a link reference (CommonMark 0.31, 4.7). */
const LONGEST_LABEL = 999;
/** Deepest nesting of parentheses in a link target; CommonMark asks for at least three levels. */
const DEEPEST_TARGET = 32;

interface Run {
  /** Offsets of the delimiters that are still free. */
  start: number;
  end: number;
}

interface Bracket {
  readonly at: number;
  readonly isImage: boolean;
  /** Where the text between the brackets holds no other bracket, it can be a label. */
  hasInner: boolean;
}

/** Masks the markup between two offsets. Linear, but for bounded look-ahead. */
export function scanInline(scan: InlineScan, start: number, end: number): void {
  const { text, mask } = scan;
  const codeEnds = codeSpanEnds(text, start, end);
  const openers: Record<string, Run[]> = { "*": [], _: [], "~": [] };
  const brackets: Bracket[] = [];
  let i = start;
  while (i < end) {
    if (mask[i] === 1 || !SIGNIFICANT.has(text.charCodeAt(i))) {
      i += 1;
      continue;
    }
    const character = text.charAt(i);
    const from = i;
    if (character === "\\") {
      const isEscape = i + 1 < end && ESCAPABLE.test(text.charAt(i + 1));
      if (isEscape) mask[i] = 1;
      i += isEscape ? 2 : 1;
    } else if (character === "`") i = skipCode(text, mask, i, end, codeEnds);
    else if (character === "<") i = skipAngle(scan, i, start, end);
    else if (character === "!" && text.charAt(i + 1) === "[" && i + 1 < end) {
      openBracket(brackets, i, true);
      i += 2;
    } else if (character === "[") {
      FOOTNOTE_MARK.lastIndex = i;
      const mark = FOOTNOTE_MARK.exec(text);
      if (mark?.[1] !== undefined && FOOTNOTE_MARK.lastIndex <= end) {
        scan.footnotes.push({ key: mark[1], at: i });
        i += mark[0].length;
        mask.fill(1, from, i);
      } else {
        openBracket(brackets, i, false);
        i += 1;
      }
    } else if (character === "]") i = closeBracket(scan, brackets, i, end);
    else if (character === "*" || character === "_" || character === "~") {
      while (i < end && text.charAt(i) === character) i += 1;
      delimiterRun(scan, openers[character] ?? [], character, { start: from, end: i }, start, end);
    } else i = skipAddress(text, i, start, end);
  }
}

/** Passes a bare address, in which underscores are no emphasis; at its end they may be. */
function skipAddress(text: string, at: number, start: number, end: number): number {
  if (at > start && /\w/.test(text.charAt(at - 1))) return at + 1;
  BARE_URL.lastIndex = at;
  if (!BARE_URL.test(text)) return at + 1;
  let after = Math.min(BARE_URL.lastIndex, end);
  while (/[_~]/.test(text.charAt(after - 1))) after -= 1;
  return Math.max(after, at + 1);
}

/** For each run of backticks, by its offset: where the run ends and where the next of its length starts. */
function codeSpanEnds(text: string, start: number, end: number): Map<number, number> {
  const runs: { at: number; length: number }[] = [];
  for (const { index, 0: run } of text.slice(start, end).matchAll(/`+/g)) {
    runs.push({ at: start + index, length: run.length });
  }
  const next = new Map<number, number>();
  const nearest = new Map<number, number>();
  for (const { at, length } of runs.reverse()) {
    const found = nearest.get(length);
    if (found !== undefined) next.set(at, found);
    nearest.set(length, at);
  }
  return next;
}

/** A code span keeps its text and loses its marks; a run without a partner is text. */
function skipCode(text: string, mask: Uint8Array, at: number, end: number, partners: Map<number, number>): number {
  let after = at;
  while (after < end && text.charAt(after) === "`") after += 1;
  const partner = partners.get(at);
  if (partner === undefined) return after;
  const length = after - at;
  mask.fill(1, at, after);
  mask.fill(1, partner, partner + length);
  return partner + length;
}

function skipAngle(scan: InlineScan, at: number, start: number, end: number): number {
  const { text, mask } = scan;
  AUTOLINK.lastIndex = at;
  const link = AUTOLINK.exec(text);
  if (link !== null && AUTOLINK.lastIndex <= end) {
    const after = at + link[0].length;
    mask[at] = 1;
    mask[after - 1] = 1;
    return after;
  }
  const region = scan.regions.endOf(at);
  if (region !== -1 && region <= end) {
    mask.fill(1, at, region);
    return region;
  }
  const superscript = superscriptEnd(scan, at, start, end);
  if (superscript !== -1) return superscript;
  const after = tagEnd(text, at, end);
  if (after === -1) return at + 1;
  mask.fill(1, at, after);
  return after;
}

/** `<sup>[2]</sup>` and, after punctuation, `<sup>2</sup>` point at sources; `m<sup>2</sup>` does not. */
function superscriptEnd(scan: InlineScan, at: number, start: number, end: number): number {
  SUPERSCRIPT.lastIndex = at;
  const found = SUPERSCRIPT.exec(scan.text);
  const content = found?.[1];
  if (content === undefined || SUPERSCRIPT.lastIndex > end) return -1;
  const after = SUPERSCRIPT.lastIndex;
  if (MARKS.test(content)) {
    for (const [, label = "", target] of content.matchAll(/\[\^?([^[\]]+)\](?:\(([^()\s]*)\))?/g)) {
      for (const key of label.split(/[\s,;]+/).filter((part) => /^[\w.-]+$/.test(part))) {
        note(scan, key, at, target ?? scan.targets.get(foldLabel(key)));
      }
    }
  } else {
    let before = at - 1;
    while (before >= start && scan.mask[before] === 1) before -= 1;
    if (!(NUMBERS.test(content) && before >= start && /[.,;:!?)"'”’]/.test(scan.text.charAt(before)))) return -1;
    for (const [key] of content.matchAll(/\d+/g)) note(scan, key, at, scan.targets.get(key));
  }
  scan.mask.fill(1, at, after);
  return after;
}

function note(scan: InlineScan, key: string, at: number, target: string | undefined): void {
  scan.footnotes.push({ key, at });
  if (target !== undefined && target !== "") scan.definitions.push({ key, text: target });
}

function openBracket(brackets: Bracket[], at: number, isImage: boolean): void {
  const outer = brackets.at(-1);
  if (outer !== undefined) outer.hasInner = true;
  brackets.push({ at, isImage, hasInner: false });
}

/** Masks a link's brackets and its target; returns where the scan goes on. */
function closeBracket(scan: InlineScan, brackets: Bracket[], at: number, end: number): number {
  const { text, mask, targets } = scan;
  const bracket = brackets.pop();
  if (bracket === undefined) return at + 1;
  const inner = bracket.at + (bracket.isImage ? 2 : 1);
  let after = targetEnd(text, at + 1, end);
  if (after === -1 && targets.size > 0) {
    const label = bracket.hasInner || at - inner > LONGEST_LABEL ? "" : foldLabel(text.slice(inner, at));
    const reference = text.charAt(at + 1) === "[" ? labelEnd(text, at + 1, end) : -1;
    const named = reference === -1 ? "" : foldLabel(text.slice(at + 2, reference - 1));
    if (named !== "" && targets.has(named)) after = reference;
    else if (label !== "" && targets.has(label)) {
      after = named === "" && reference !== -1 ? reference : at + 1;
      // A number in brackets that leads to a source is a footnote mark in all but name.
      if (/^\d{1,3}$/.test(label) && !bracket.isImage) {
        note(scan, label, bracket.at, targets.get(label));
        mask.fill(1, bracket.at, after);
        return after;
      }
    }
  }
  if (after === -1) return at + 1;
  mask.fill(1, bracket.at, inner);
  mask.fill(1, at, after);
  return after;
}

/** The offset after `(target "title")` at `at`, or -1. */
function targetEnd(text: string, at: number, end: number): number {
  if (at >= end || text.charAt(at) !== "(") return -1;
  let i = skipSpaces(text, at + 1, end);
  if (text.charAt(i) === "<") {
    for (i += 1; i < end && text.charAt(i) !== ">"; i += 1) if (/[<\n]/.test(text.charAt(i))) return -1;
    i += 1;
  } else {
    let depth = 0;
    for (; i < end && !isSpaceCode(text.charCodeAt(i)); i += 1) {
      const character = text.charAt(i);
      if (character === "\\") i += 1;
      else if (character === "(" && ++depth > DEEPEST_TARGET) return -1;
      else if (character === ")" && --depth < 0) return i + 1;
    }
  }
  i = skipSpaces(text, i, end);
  const closing = { '"': '"', "'": "'", "(": ")" }[text.charAt(i)];
  if (closing !== undefined && i < end) {
    const opening = text.charAt(i);
    for (i += 1; i < end && text.charAt(i) !== closing; i += 1) {
      if (text.charAt(i) === "\\") i += 1;
      else if (opening === "(" && text.charAt(i) === "(") return -1;
    }
    i = skipSpaces(text, i + 1, end);
  }
  return i < end && text.charAt(i) === ")" ? i + 1 : -1;
}

/** The offset after the label in brackets at `at`, or -1. */
function labelEnd(text: string, at: number, end: number): number {
  const stop = Math.min(end, at + LONGEST_LABEL + 2);
  for (let i = at + 1; i < stop; i += 1) {
    const character = text.charAt(i);
    if (character === "]") return i + 1;
    if (character === "[") return -1;
    if (character === "\\") i += 1;
  }
  return -1;
}

/** The form in which labels of link references are compared (CommonMark 0.31, 4.7). */
export function foldLabel(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}

/**
 * Emphasis by the flanking rules of CommonMark 0.31, 6.2, without the rule of three: what is masked is the
 * same but for odd nestings. `~` counts from two on, because "~50" means about fifty.
 */
function delimiterRun(scan: InlineScan, openers: Run[], character: string, run: Run, start: number, end: number): void {
  const { text, mask } = scan;
  if (character === "~" && run.end - run.start !== 2) return;
  const before = run.start > start ? characterBefore(text, run.start) : " ";
  const after = run.end < end ? String.fromCodePoint(text.codePointAt(run.end) ?? 32) : " ";
  const spaceBefore = /\s/.test(before);
  const spaceAfter = /\s/.test(after);
  const markBefore = PUNCTUATION_OR_SYMBOL.test(before);
  const markAfter = PUNCTUATION_OR_SYMBOL.test(after);
  const isLeft = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const isRight = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  const canOpen = character === "_" ? isLeft && (!isRight || markBefore) : isLeft;
  const canClose = character === "_" ? isRight && (!isLeft || markAfter) : isRight;
  const free = { ...run };
  while (canClose && free.start < free.end) {
    const opener = openers.at(-1);
    if (opener === undefined) break;
    const used = Math.min(opener.end - opener.start, free.end - free.start);
    mask.fill(1, opener.end - used, opener.end);
    mask.fill(1, free.start, free.start + used);
    opener.end -= used;
    free.start += used;
    if (opener.start === opener.end) openers.pop();
  }
  if (canOpen && free.start < free.end) openers.push(free);
}

function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  const isLow = (unit & 0xfc00) === 0xdc00 && at >= 2;
  return isLow ? text.slice(at - 2, at) : text.charAt(at - 1);
}

function skipSpaces(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && isSpaceCode(text.charCodeAt(i))) i += 1;
  return i;
}
