/** Everything that a briefing can be asked for: names of the glossary, and headings of the reports. */

import type { Subject } from "../domain/briefing.ts";
import type { Passage } from "../domain/passage.ts";
import type { Glossary, GlossaryEntry } from "../text/glossary.ts";
import { fold, tokens } from "../text/tokens.ts";
import { isTelling } from "./headings.ts";

/** A heading that says what a text is about, with the passages under it. */
export interface KnownHeading {
  /** As it is written where it is written first. */
  readonly name: string;
  /** Folded: equal for equal headings. */
  readonly key: string;
  /** Ids, in order. */
  readonly passages: readonly number[];
}

/** Sentences under a heading, and passages that speak of a name, below which there is too little for a briefing. */
const LEAST_SENTENCES = 3;
const LEAST_PASSAGES = 2;

/** The telling headings of passages with enough under them. */
export function headingsOf(passages: readonly Passage[]): KnownHeading[] {
  const found = new Map<string, { name: string; passages: number[]; sentences: number }>();
  for (const { id, locator, sentences } of passages) {
    for (const heading of new Set(locator.headings)) {
      if (!isTelling(heading)) continue;
      const key = fold(heading);
      const known = found.get(key) ?? { name: heading, passages: [], sentences: 0 };
      known.passages.push(id);
      known.sentences += sentences.length;
      found.set(key, known);
    }
  }
  const enough = [...found].filter(([, { sentences }]) => sentences >= LEAST_SENTENCES);
  return enough.map(([key, { name, passages: ids }]) => ({ key, name, passages: ids.sort((a, b) => a - b) }));
}

/** How many times as often another name's own forms are used for it to be meant by a form that both share. */
const RIVAL = 4;

function rarest(form: string, frequency: (term: string) => number): number {
  const words = tokens(form).filter(({ stop }) => !stop);
  return words.length === 0 ? 0 : Math.min(...words.map(({ term }) => frequency(term)));
}

/**
 * Names and headings, those that most passages speak of first.
 * @param frequency of a term in the usable passages.
 */
export function subjectsFrom(
  glossary: Glossary,
  frequency: (term: string) => number,
  headings: readonly KnownHeading[],
): Subject[] {
  // Passages at most that can have a form of a name which no other name shares: so many as have its rarest word.
  const ownForms = (entry: GlossaryEntry): number => {
    const shared = new Set(entry.ambiguous.map(fold));
    const forms = [entry.name, ...entry.aliases].filter((form) => !shared.has(fold(form)));
    return Math.max(0, ...forms.map((form) => rarest(form, frequency)));
  };
  // "TTP" is the group, and not tactics: a form that two names share counts for the one whose own forms are used more.
  const mostOf = (entry: GlossaryEntry): number => {
    if (entry.ambiguous.length === 0) return Number.POSITIVE_INFINITY;
    const shared = new Set(entry.ambiguous.map(fold));
    const own = ownForms(entry);
    const isRivalled = glossary.entries.some(
      (other) =>
        other !== entry && other.ambiguous.some((form) => shared.has(fold(form))) && RIVAL * own <= ownForms(other),
    );
    return isRivalled ? own : Number.POSITIVE_INFINITY;
  };
  const names = glossary.entries
    .map((entry): Subject => {
      const { name, aliases } = entry;
      return { name, kind: "name", aliases, passages: Math.min(frequency(glossary.term(entry)), mostOf(entry)) };
    })
    .filter(({ passages }) => passages >= LEAST_PASSAGES);
  const known = new Set(glossary.entries.flatMap(({ name, aliases }) => [name, ...aliases].map(fold)));
  const others = headings
    .filter(({ key }) => !known.has(key))
    .map(({ name, passages }): Subject => ({ name, kind: "heading", aliases: [], passages: passages.length }));
  return [...names, ...others].sort(
    (a, b) =>
      b.passages - a.passages || (a.kind === b.kind ? 0 : a.kind === "name" ? -1 : 1) || (a.name < b.name ? -1 : 1),
  );
}
