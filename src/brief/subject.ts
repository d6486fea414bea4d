/** What a briefing is asked about: a name of the glossary, a heading, or a theme in free words. */

import type { AskedUnit, Question } from "../retrieve/question.ts";
import { distance } from "../text/distance.ts";
import type { Glossary, GlossaryEntry } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";
import type { SubjectView } from "./material.ts";

/** A subject as it was understood. */
export interface MeantSubject {
  readonly view: SubjectView;
  /** The name that is meant, where the subject is one name and nothing else. */
  readonly entry: GlossaryEntry | null;
  /** What sentences are held against where it is no name alone. */
  readonly units: readonly AskedUnit[];
  /** Other names that are searched as well. */
  readonly alsoKnownAs: readonly string[];
}

/** Names of a glossary that are shown as other names. */
const MOST_ALIASES = 12;

/**
 * @param question the subject as questions are read.
 * @param isUsed whether the passages that may be used have a term.
 * @param heading the heading of a report that it is, as it is written; null where it is none.
 */
export function subjectOf(
  question: Question,
  glossary: Glossary,
  isUsed: (term: string) => boolean,
  heading: string | null,
): MeantSubject {
  const entries = [...new Set(question.names.flatMap((name) => name.entries))].filter((entry) =>
    isUsed(glossary.term(entry)),
  );
  const isName = (start: number) => question.names.some((name) => name.start === start);
  const others = question.units.filter((unit) => !(unit.kind === "name" && isName(unit.start)) && !unit.shaping);
  const [only] = entries;
  const entry = question.names.length === 1 && entries.length === 1 && others.length === 0 ? (only ?? null) : null;
  const words = others.flatMap(({ alternatives }) => alternatives.flat());
  return {
    view: {
      name: entry?.name ?? heading ?? question.text,
      entries,
      terms: new Set([...entries.map((each) => glossary.term(each)), ...words]),
    },
    entry,
    units: [...question.units.filter((unit) => !unit.shaping), ...droppedFrom(question)],
    alsoKnownAs: entry === null ? [] : entry.aliases.slice(0, MOST_ALIASES),
  };
}

/**
 * Words that questions may lack: "drone", read as "done". Of a subject every word is meant, so that what no report has
 * is no typing error.
 */
function droppedFrom({ tokens, units, names, corrections, mostWeight }: Question): AskedUnit[] {
  const isKept = (start: number) =>
    units.some((unit) => unit.start === start) || names.some((name) => name.start <= start && start < name.end);
  return tokens
    .filter(({ start, stop }) => !stop && corrections.has(start) && !isKept(start))
    .map(({ surface, start, term }) => ({
      kind: "word",
      surface,
      start,
      alternatives: [[term]],
      weight: mostWeight,
      known: false,
      standIn: false,
      shaping: false,
    }));
}

/** The name of a glossary that a mistyped subject most likely means ("Noor Wali Mesud"); null where none is near. */
export function nearestName(typed: string, glossary: Glossary, isUsed: (term: string) => boolean): string | null {
  const wanted = fold(typed);
  if (wanted.length < LEAST_TYPED) return null;
  const limit = wanted.length >= LONG ? 2 : 1;
  let best: { readonly name: string; readonly far: number } | null = null;
  for (const entry of glossary.entries) {
    if (!isUsed(glossary.term(entry))) continue;
    for (const alias of [entry.name, ...entry.aliases]) {
      if (alias.length < LEAST_TYPED) continue;
      const far = distance(wanted, fold(alias), limit);
      if (far <= limit && (best === null || far < best.far)) best = { name: entry.name, far };
    }
  }
  return best?.name ?? null;
}

const LEAST_TYPED = 5;
const LONG = 9;
