/** Cutting a report into the spans that are indexed: a few sentences under one heading path. */

import type { Span } from "../domain/passage.ts";
import { type Block, CELL_GAP, type StructuredText, trimSpan } from "./blocks.ts";
import { type Cost, cutSpan } from "./cut.ts";
import { foldSpaces } from "./normalise.ts";
import { type Chunk, createPacker, type Piece, type Section } from "./pack.ts";
import { sentenceSpans } from "./sentences.ts";

export type { Chunk };

export interface ChunkOptions {
  /** Tokens of a text for the embedding model; nearly additive at white space, or chunks come out small. */
  countTokens(text: string): number;
  /** A chunk's tokens, headings included, never exceed this. At least 16. */
  maxTokens: number;
  /** Where packing stops, headings not counted. At least 1; what the headings leave no room for is cut off. */
  targetTokens: number;
  /** Tokens that the heading path adds to the text that is embedded. */
  overheadTokens(headings: readonly string[]): number;
}

/** Characters that count as a token at least, so that unbroken runs cannot make a chunk huge. */
const CHARACTERS_PER_TOKEN = 20;
/** A heading above this share of `maxTokens`, or of `HEADING_ROOM_SHARE` of the room, is a paragraph. */
const HEADING_SHARE = 1 / 4;
const HEADING_ROOM_SHARE = 1 / 2;
/** A table's head may take more: without the names of its many columns a row of figures says nothing. */
const HEAD_SHARE = 1 / 2;
/** Outer headings are left out of a path that takes more than this share of `maxTokens`. */
const PATH_SHARE = 3 / 4;
/** A table's head is deeper than every heading: h6 is level 6. */
const TABLE_HEAD_LEVEL = 7;
/** Cells that stand in several rows head those rows only. */
const ROWS_LEVEL = 8;
/** Footnotes of a table's head that each of its rows gets: what rows times notes come to must stay bounded. */
const MOST_HEAD_NOTES = 32;
/** Share of `maxTokens` that must remain for text. */
const LEAST_ROOM_SHARE = 1 / 8;

/**
 * The chunks of a document: in order, disjoint; every character of the reading view that is not white space
 * is in one. Whole paragraphs are packed until the target would be passed; a longer paragraph is cut at
 * sentence ends into roughly equal parts. A chunk starts at the headings directly above it, whose text is
 * context and no sentence. A heading too long to be context is taken as a paragraph. The head of a table is the
 * innermost heading of its rows, as "Country | 2023 | 2024", because a row alone says nothing; the rows rest on the
 * head's footnotes too. Where a cell stands in several rows, it heads them, below the head of the table.
 * @throws {RangeError} when the options leave no room for text.
 */
export function chunk(document: StructuredText, options: ChunkOptions): Chunk[] {
  const { reading } = document;
  const cost: Cost = (start, end) => costOf(reading.slice(start, end), options);
  let path: { level: number; text: string }[] = [];
  let headKeys: NotedBlock["keys"] = [];
  const packer = createPacker(sectionFor(path, options), cost);
  let paragraph = 0;
  for (const { block, span, keys } of blocksWithNotes(document)) {
    const heading = block.kind === "heading" || block.kind === "table-head" ? headingOf(path, block, span) : null;
    if (heading !== null) {
      path = heading.path;
      headKeys = block.kind === "table-head" ? distinct(keys).slice(0, MOST_HEAD_NOTES) : [];
      packer.addHeading(heading.section, span, heading.limit);
    } else {
      if (block.kind !== "table-row" || block.beginsTable === true) leaveTable();
      if (block.kind === "table-row") enterRow(block.context ?? "");
      paragraph += 1;
      const room = packer.room();
      const spans = spansOf(reading, block, span, cost, Math.min(room, packer.section().goal));
      packer.addParagraph(piecesOf(reading, spans, [...headKeys, ...keys], paragraph, room, cost));
    }
  }
  return packer.finish();

  /** The path and section that a heading or a table's head begins; null where it is too long to be context. */
  function headingOf(above: typeof path, block: Block, span: Span): ReturnType<typeof headedBy> {
    const isHead = block.kind === "table-head";
    if (isHead && block.context !== undefined) {
      const { context, ...plain } = block;
      // Where the names are too long, as each repeats what stands over several columns, the head's own text may fit.
      return headedBy(above, TABLE_HEAD_LEVEL, context, span) ?? headingOf(above, plain, span);
    }
    const level = isHead ? TABLE_HEAD_LEVEL : block.level;
    const text = isHead ? columnsOf(document, span) : foldSpaces(reading.slice(span.start, span.end));
    return headedBy(above, level, text, span);
  }

  /** @param span what the heading takes in the text, if it stands there by itself. */
  function headedBy(above: typeof path, level: number, text: string, span: Span | null) {
    const next = [...above.filter((heading) => heading.level < level), { level, text }];
    const section = sectionFor(next, options);
    const limit =
      level === TABLE_HEAD_LEVEL
        ? Math.min(options.maxTokens * HEAD_SHARE, section.room - options.maxTokens * LEAST_ROOM_SHARE)
        : Math.min(options.maxTokens * HEADING_SHARE, section.room * HEADING_ROOM_SHARE);
    // Strokes between columns, and the cells of other rows, are in the path only.
    const isInText = level < TABLE_HEAD_LEVEL;
    const taken = Math.max(span === null ? 0 : cost(span.start, span.end), isInText ? 0 : costOf(text, options));
    return taken <= limit ? { path: next, section, limit } : null;
  }

  /** Rows that a cell stands in are a section of their own. One that is too long to head them stands in the first. */
  function enterRow(context: string): void {
    const inner = path.at(-1);
    if (context === (inner?.level === ROWS_LEVEL ? inner.text : "")) return;
    const headed = context === "" ? null : headedBy(path, ROWS_LEVEL, context, null);
    const isInRows = inner?.level === ROWS_LEVEL;
    if (headed === null && !isInRows) return;
    path = headed?.path ?? path.slice(0, -1);
    packer.enter(headed?.section ?? sectionFor(path, options));
  }

  /** Below the rows of a table its head is no heading any more. */
  function leaveTable(): void {
    headKeys = [];
    if ((path.at(-1)?.level ?? 0) < TABLE_HEAD_LEVEL) return;
    path = path.filter(({ level }) => level < TABLE_HEAD_LEVEL);
    packer.resume(sectionFor(path, options));
  }
}

interface NotedBlock {
  readonly block: Block;
  /** The block's reading text. */
  readonly span: Span;
  /** The footnote marks from the block's start to the next block. */
  readonly keys: readonly { key: string; at: number }[];
}

/** The first mark of each footnote. */
function distinct(marks: NotedBlock["keys"]): NotedBlock["keys"] {
  const seen = new Set<string>();
  return marks.filter(({ key }) => !seen.has(key) && seen.add(key));
}

/**
 * The column names in a table's head. In the reading view of Markdown the strokes between them are spaces; where the
 * text was made at ingest, a gap is between them.
 */
function columnsOf({ text, reading }: StructuredText, { start, end }: Span): string {
  const names: string[] = [];
  let from = start;
  for (let at = start; at <= end; at += 1) {
    const isStroke = text.charAt(at) === "|" && reading.charAt(at) !== "|";
    if (at < end && !isStroke && !text.startsWith(CELL_GAP, at)) continue;
    const name = foldSpaces(reading.slice(from, at));
    if (name !== "") names.push(name);
    from = at;
  }
  return names.join(" | ");
}

/** The blocks that hold something to read. */
function* blocksWithNotes({ text, reading, blocks, footnotes }: StructuredText): Generator<NotedBlock> {
  const readable: { block: Block; span: Span }[] = [];
  for (const block of blocks) {
    const span = trimSpan(reading, block.start, block.end);
    if (span !== null) readable.push({ block, span });
  }
  for (const [index, entry] of readable.entries()) {
    const next = readable[index + 1]?.block;
    const hasRows = next?.kind === "table-row" && next.beginsTable !== true;
    // What is no context of anything must be a sentence, or nobody could quote it.
    if (entry.block.kind === "table-head" && !hasRows) {
      entry.block = { ...entry.block, kind: "table-row", beginsTable: true };
    }
  }
  let mark = 0;
  for (const [index, { block, span }] of readable.entries()) {
    const next = readable[index + 1]?.block.start ?? text.length + 1;
    while ((footnotes[mark]?.at ?? next) < block.start) mark += 1;
    const first = mark;
    while ((footnotes[mark]?.at ?? next) < next) mark += 1;
    yield { block, span, keys: footnotes.slice(first, mark) };
  }
}

/** The sentences of a block. A row of a table is one where it fits; in code each line stands for itself. */
function spansOf(reading: string, block: Block, span: Span, cost: Cost, limit: number): Span[] {
  const isRow = block.kind === "table-row" || block.kind === "table-head";
  if (isRow) return rowSpans(reading, span, cost, limit);
  if (block.kind !== "code") return sentenceSpans(reading, span.start, span.end);
  const spans: Span[] = [];
  let start = span.start;
  while (start < span.end) {
    const found = reading.indexOf("\n", start);
    const end = found === -1 || found >= span.end ? span.end : found + 1;
    for (const sentence of sentenceSpans(reading, start, end)) spans.push(sentence);
    start = end;
  }
  return spans;
}

/** A row as one sentence; one that is too long is cut between its cells, and a cell at its own sentences. */
function rowSpans(reading: string, row: Span, cost: Cost, limit: number): Span[] {
  if (cost(row.start, row.end) <= limit) return [row];
  const spans: Span[] = [];
  let openCost = Number.POSITIVE_INFINITY;
  let at = row.start;
  for (const text of reading.slice(row.start, row.end).split(CELL_GAP)) {
    const cell = trimSpan(reading, at, at + text.length);
    at += text.length + CELL_GAP.length;
    if (cell === null) continue;
    const cellCost = cost(cell.start, cell.end);
    const before = spans.at(-1);
    if (before !== undefined && openCost + cellCost <= limit) {
      spans[spans.length - 1] = { start: before.start, end: cell.end };
      openCost += cellCost;
    } else {
      const fits = cellCost <= limit;
      for (const part of fits ? [cell] : sentenceSpans(reading, cell.start, cell.end)) spans.push(part);
      openCost = fits ? cellCost : Number.POSITIVE_INFINITY;
    }
  }
  return spans;
}

/** Sentences with the keys that stand on them: up to the next sentence. Marks before the first go to the first. */
function piecesOf(
  reading: string,
  spans: readonly Span[],
  marks: NotedBlock["keys"],
  paragraph: number,
  limit: number,
  cost: Cost,
): Piece[] {
  const pieces: Piece[] = [];
  let mark = 0;
  for (const [index, sentence] of spans.entries()) {
    const next = spans[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const keys = new Set<string>();
    for (let found = marks[mark]; found !== undefined && found.at < next; found = marks[mark]) {
      keys.add(found.key);
      mark += 1;
    }
    // The parts of a sentence all rest on its footnotes, wherever the marks stand.
    for (const part of cutSpan(reading, sentence, limit, cost)) {
      pieces.push({ ...part, footnotes: [...keys], cost: cost(part.start, part.end), paragraph });
    }
  }
  return pieces;
}

/** The section under a path of headings, less the outer ones where the path takes too much. */
function sectionFor(path: readonly { text: string }[], options: ChunkOptions): Section {
  const { maxTokens, targetTokens } = options;
  let headings = path.map((heading) => heading.text);
  while (headings.length > 0 && options.overheadTokens(headings) > maxTokens * PATH_SHARE) headings = headings.slice(1);
  const overhead = options.overheadTokens(headings);
  const room = maxTokens - overhead;
  const goal = Math.min(targetTokens, room);
  if (!(maxTokens >= 16 && room >= maxTokens * LEAST_ROOM_SHARE && goal >= 1)) {
    throw new RangeError(
      `No room for text: maxTokens ${maxTokens}, targetTokens ${targetTokens}, ${overhead} taken without any heading`,
    );
  }
  return { headings, room, goal };
}

function costOf(slice: string, options: ChunkOptions): number {
  const folded = foldSpaces(slice);
  const least = Math.ceil(folded.length / CHARACTERS_PER_TOKEN);
  return least > options.maxTokens ? least : Math.max(least, options.countTokens(folded));
}
