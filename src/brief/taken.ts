/** No two lines of a briefing may say the same. */

import { canBearOut } from "../answer/bearing-out.ts";
import { saysTheSame } from "../answer/select.ts";
import type { Glossary } from "../text/glossary.ts";
import { lineSpan } from "./lines.ts";
import type { Item, Taken } from "./material.ts";

/** Likeness in meaning from which two sentences say the same, whatever their words; */
const ALIKE = 0.9;
/** from which they do where they give the same figures; */
const ALIKE_WITH_FIGURES = 0.72;
/** and where they give none. */
const ALIKE_WITHOUT = 0.82;
/** Likeness from which one that has the same words bears out another. */
const ALIKE_IN_WORDS = 0.6;

/** Whether two sentences say the same, or their quotes share a place. */
export function areAlike(a: Item, b: Item, likeness: (a: Item, b: Item) => number): boolean {
  if (a === b) return true;
  if (a.hit.passage.reportId === b.hit.passage.reportId) {
    const [one, other] = [lineSpan(a), lineSpan(b)];
    if (one.start < other.end && other.start < one.end) return true;
  }
  const [ofA, ofB] = [figuresOf(a), figuresOf(b)];
  const areEqual = ofA.size === ofB.size && [...ofA].every((figure) => ofB.has(figure));
  const [fewer, more] = ofA.size <= ofB.size ? [ofA, ofB] : [ofB, ofA];
  const areHeld = [...fewer].every((figure) => more.has(figure));
  if (saysTheSame(a, b)) return true;
  // A claim and its denial are alike in all but one word.
  if (a.reported.polarity.isDenied !== b.reported.polarity.isDenied) return false;
  const alike = likeness(a, b);
  if (areEqual && ofA.size > 0) return alike >= ALIKE_WITH_FIGURES;
  if (areEqual) return alike >= ALIKE_WITHOUT;
  return areHeld && alike >= ALIKE;
}

/**
 * Whether one sentence bears out another, so that its report is named beside it: with the same figures, names and time,
 * neither turning the other round, and in like words or of like meaning.
 */
export function bearsOut(a: Item, b: Item, likeness: (a: Item, b: Item) => number, glossary: Glossary): boolean {
  const alike = likeness(a, b);
  // What costs least first: each line is held against every sentence.
  if (alike < ALIKE_IN_WORDS || !canBearOut(a, b, glossary)) return false;
  return alike >= ALIKE_WITHOUT || saysTheSame(a, b);
}

const known = new WeakMap<Item, ReadonlySet<string>>();

/** Figures that are no years. */
function figuresOf(item: Item): ReadonlySet<string> {
  const found = known.get(item) ?? readFigures(item);
  known.set(item, found);
  return found;
}

function readFigures({ tokens }: Item): ReadonlySet<string> {
  return new Set(
    tokens.filter(({ numeric, term }) => numeric && !/^(?:19|20)\d\d$/.test(term)).map(({ term }) => term),
  );
}

/** An empty record of what is taken. */
export function nothingTaken(likeness: (a: Item, b: Item) => number): Taken {
  const items: Item[] = [];
  return {
    has: (item) => items.some((other) => areAlike(item, other, likeness)),
    add: (item) => {
      items.push(item);
    },
  };
}
