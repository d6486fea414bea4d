/** Packing sentences into chunks of a wished size that never pass a limit. */

import type { Sentence, Span } from "../domain/passage.ts";
import type { Cost } from "./cut.ts";

export interface Chunk {
  start: number;
  end: number;
  headings: string[];
  /** 1-based number of the chunk's first block that is not a heading. */
  paragraph: number;
  sentences: Sentence[];
}

/** A sentence, or a part of one that was too long. */
export interface Piece extends Sentence {
  readonly cost: number;
  readonly paragraph: number;
}

/** What holds for the text under one path of headings. */
export interface Section {
  readonly headings: readonly string[];
  /** Tokens that the text of a chunk may have. */
  readonly room: number;
  /** Tokens at which packing stops. */
  readonly goal: number;
}

export interface Packer {
  /** Starts a section with a heading; its span opens the section's first chunk. */
  addHeading(section: Section, heading: Span, limit: number): void;
  /** Starts a section without a heading in the text; headings that wait open its first chunk, if it has room. */
  enter(section: Section): void;
  /** Goes on in a section that has begun before: below a table whose head was the innermost heading. */
  resume(section: Section): void;
  addParagraph(pieces: readonly Piece[]): void;
  /** What a sentence of the next paragraph may cost. */
  room(): number;
  section(): Section;
  finish(): Chunk[];
}

/** A rest below this share of the goal joins the chunk before it, when that stays below `FULL` goals. */
const SHORT = 0.25;
const FULL = 1.25;
/** Headings above this share of the room need not stand in one chunk with text: a long piece goes without them. */
const WIDE = 0.5;
/** Paragraphs below this share of the goal go with a long paragraph that follows them. */
const LEAD_IN = 1 / 3;

/** A packer that starts in a section without headings. */
export function createPacker(start: Section, cost: Cost): Packer {
  const chunks: Chunk[] = [];
  let section = start;
  /** The headings that no chunk holds yet, as one span. */
  const headings: { span: Span | null; cost: number } = { span: null, cost: 0 };
  let open: Piece[] = [];
  let openCost = 0;
  let paragraph = 1;
  /** The section's last chunk, to which a short rest may be added. */
  const last: { chunk: Chunk | null; cost: number } = { chunk: null, cost: 0 };

  function take(chunkStart: number, end: number, first: number, pieces: readonly Piece[]): Chunk {
    const sentences = pieces.map(sentenceOf);
    const chunk = { start: chunkStart, end, headings: [...section.headings], paragraph: first, sentences };
    chunks.push(chunk);
    headings.span = null;
    headings.cost = 0;
    return chunk;
  }

  /** Headings with nothing under them that cannot wait any longer become a chunk without sentences. */
  function emitHeadings(): void {
    if (headings.span !== null) take(headings.span.start, headings.span.end, paragraph, []);
  }

  function emit(pieces: readonly Piece[]): void {
    const first = pieces[0];
    const final = pieces.at(-1);
    if (first === undefined || final === undefined) return;
    const from = headings.span?.start ?? first.start;
    // The sum of the parts decided what is packed; what the whole costs must hold.
    const real = cost(from, final.end);
    if (real > section.room && pieces.length > 1) {
      const middle = Math.ceil(pieces.length / 2);
      emit(pieces.slice(0, middle));
      emit(pieces.slice(middle));
    } else if (real > section.room && headings.span !== null) {
      emitHeadings();
      emit(pieces);
    } else {
      last.chunk = take(from, final.end, first.paragraph, pieces);
      last.cost = real;
    }
  }

  /** Emits what is too much for one chunk in roughly equal parts. */
  function emitParts(pieces: readonly Piece[]): void {
    let rest = sumOf(pieces) + headings.cost;
    let parts = Math.ceil(rest / section.goal);
    let part: Piece[] = [];
    let partCost = headings.cost;
    for (const piece of pieces) {
      const isFull = partCost + piece.cost > section.room || (parts > 1 && partCost + piece.cost / 2 > rest / parts);
      if (part.length > 0 && isFull) {
        emit(part);
        rest -= partCost;
        parts -= 1;
        part = [];
        partCost = 0;
      }
      part.push(piece);
      partCost += piece.cost;
    }
    emit(part);
  }

  function closeSection(): void {
    const { chunk } = last;
    const end = open.at(-1)?.end;
    const isShort = openCost < section.goal * SHORT && last.cost + openCost <= section.goal * FULL;
    if (chunk !== null && end !== undefined && isShort && cost(chunk.start, end) <= section.room) {
      chunk.end = end;
      chunk.sentences.push(...open.map(sentenceOf));
    } else emit(open);
    open = [];
    openCost = 0;
    last.chunk = null;
  }

  return {
    addHeading(next, heading, limit) {
      closeSection();
      const joined = cost(headings.span?.start ?? heading.start, heading.end);
      if (joined > limit) emitHeadings();
      headings.cost = headings.span === null ? cost(heading.start, heading.end) : joined;
      headings.span = { start: headings.span?.start ?? heading.start, end: heading.end };
      section = next;
    },
    enter(next) {
      closeSection();
      if (headings.cost > next.room * WIDE) emitHeadings();
      section = next;
    },
    resume(earlier) {
      closeSection();
      emitHeadings();
      section = earlier;
    },
    addParagraph(pieces) {
      const added = sumOf(pieces);
      const isLeadIn = added > section.goal && openCost < section.goal * LEAD_IN;
      if (open.length > 0 && openCost + added > section.goal && !isLeadIn) {
        emit(open);
        open = [];
      }
      const isAlone = open.length === 0;
      if (isAlone) openCost = headings.cost;
      open = [...open, ...pieces];
      openCost += added;
      paragraph = pieces[0]?.paragraph ?? paragraph;
      const fits = openCost <= section.goal || (isAlone && added <= section.goal && openCost <= section.room);
      if (fits) return;
      emitParts(open);
      open = [];
    },
    room: () => section.room - (open.length === 0 && headings.cost <= section.room * WIDE ? headings.cost : 0),
    section: () => section,
    finish() {
      closeSection();
      emitHeadings();
      return chunks;
    },
  };
}

function sentenceOf({ start, end, paragraph, footnotes }: Piece): Sentence {
  return { start, end, paragraph, footnotes };
}

function sumOf(pieces: readonly Piece[]): number {
  let sum = 0;
  for (const piece of pieces) sum += piece.cost;
  return sum;
}
