/** Cutting a sentence that is too long for the embedding model. */

import type { Span } from "../domain/passage.ts";
import { isInsidePair, trimSpan } from "./blocks.ts";

/** What a span costs, in tokens. */
export type Cost = (start: number, end: number) => number;

const CLAUSE_END = /[;:,،؛](?=\s)|[、，；：]/g;
const WORD_END = /\s+/g;
/** Characters of an unbroken run per token of the limit, before the run is halved until it fits. */
const RUN_PER_TOKEN = 4;

/**
 * The span as pieces that cost at most `limit` each: cut at clause ends, else between words, else anywhere
 * but inside a surrogate pair. Together they hold every character that is not white space. A single
 * character that costs more than `limit` stays, because it cannot be cut.
 */
export function cutSpan(text: string, span: Span, limit: number, cost: Cost): Span[] {
  if (cost(span.start, span.end) <= limit) return [span];
  return cutDeeper(text, span, limit, cost, 0);
}

function cutDeeper(text: string, span: Span, limit: number, cost: Cost, depth: number): Span[] {
  const atoms =
    depth === 0
      ? cutAfter(text, span, CLAUSE_END)
      : depth === 1
        ? cutAfter(text, span, WORD_END)
        : runs(text, span, limit);
  const pieces: Span[] = [];
  let group: Span[] = [];
  let groupCost = 0;
  for (const atom of atoms) {
    const atomCost = cost(atom.start, atom.end);
    if (groupCost + atomCost > limit) {
      pieces.push(...verified(group, limit, cost));
      group = [];
      groupCost = 0;
    }
    if (atomCost <= limit) {
      group.push(atom);
      groupCost += atomCost;
    } else if (depth < 2) {
      for (const piece of cutDeeper(text, atom, limit, cost, depth + 1)) pieces.push(piece);
    } else {
      for (const piece of halves(text, atom, limit, cost)) pieces.push(piece);
    }
  }
  pieces.push(...verified(group, limit, cost));
  return pieces;
}

/** A group as one span; as two halves, again verified, when together it costs more than its parts. */
function verified(group: Span[], limit: number, cost: Cost): Span[] {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return [];
  if (group.length === 1 || cost(first.start, last.end) <= limit) return [{ start: first.start, end: last.end }];
  const middle = Math.ceil(group.length / 2);
  return [...verified(group.slice(0, middle), limit, cost), ...verified(group.slice(middle), limit, cost)];
}

function cutAfter(text: string, span: Span, pattern: RegExp): Span[] {
  const slice = text.slice(span.start, span.end);
  const atoms: Span[] = [];
  let from = 0;
  for (const match of slice.matchAll(pattern)) {
    const to = match.index + match[0].length;
    const atom = trimSpan(text, span.start + from, span.start + to);
    if (atom !== null) atoms.push(atom);
    from = to;
  }
  const rest = trimSpan(text, span.start + from, span.end);
  if (rest !== null) atoms.push(rest);
  return atoms;
}

/** Equal lengths of a run without white space. */
function runs(text: string, span: Span, limit: number): Span[] {
  const step = Math.max(2, Math.floor(limit) * RUN_PER_TOKEN);
  const atoms: Span[] = [];
  let start = span.start;
  while (start < span.end) {
    let end = Math.min(span.end, start + step);
    if (end < span.end && isInsidePair(text, end)) end -= 1;
    atoms.push({ start, end });
    start = end;
  }
  return atoms;
}

function halves(text: string, span: Span, limit: number, cost: Cost): Span[] {
  let middle = Math.floor((span.start + span.end) / 2);
  if (isInsidePair(text, middle)) middle += 1;
  if (cost(span.start, span.end) <= limit || middle <= span.start || middle >= span.end) return [span];
  return [
    ...halves(text, { start: span.start, end: middle }, limit, cost),
    ...halves(text, { start: middle, end: span.end }, limit, cost),
  ];
}
