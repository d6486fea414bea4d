/** The named things of a question, with what stands before them: what a follow-up may replace or point to. */

import type { Span } from "../../domain/passage.ts";
import type { Glossary, GlossaryEntry } from "../../text/glossary.ts";
import { fold, type Token, tokens } from "../../text/tokens.ts";
import { QUESTION_WORDS, STOP_WORDS } from "../../text/words.ts";
import { timesIn } from "./times.ts";
import {
  DETERMINERS,
  DOCUMENT_NOUNS,
  EVENT_NOUNS,
  GROUP_NOUNS,
  PERSON_NOUNS,
  PLACE_NOUNS,
  PLACE_PREPOSITIONS,
  PREPOSITIONS,
  TITLES,
} from "./words.ts";

export type Sort =
  | "group"
  | "body"
  | "think-tank"
  | "person"
  | "place"
  | "event"
  | "document"
  | "term"
  /** A name that no glossary has, and whose surroundings do not tell. */
  | "unknown";

/** A name in a text. */
export interface NameSlot extends Span {
  /** As it is to be written: an acronym typed in lower case has its capitals. */
  readonly written: string;
  readonly sort: Sort;
  readonly entry: GlossaryEntry | null;
  readonly preposition: string | null;
  /** Where its article starts, or the name itself where it has none. */
  readonly from: number;
  readonly determiner: string | null;
  /** "Pakistani" for Pakistan. */
  readonly isAdjective: boolean;
}

const SORTS: Readonly<Record<string, Sort>> = {
  "armed-group": "group",
  organisation: "body",
  "government-body": "body",
  "think-tank": "think-tank",
  person: "person",
  place: "place",
  event: "event",
  operation: "event",
  document: "document",
  term: "term",
};
/** Small words inside names. */
const CONNECTORS = new Set([
  "of",
  "the",
  "al",
  "bin",
  "ibn",
  "de",
  "du",
  "da",
  "la",
  "von",
  "van",
  "el",
  "ul",
  "e",
  "i",
]);

/** The names of a text in order, not overlapping. Linear in its length, but for the few names that it holds. */
export function namesIn(text: string, glossary: Glossary): NameSlot[] {
  const all = tokens(text);
  const taken: Span[] = timesIn(text);
  // "TLP:RED" is one word, and not the TLP.
  const inWord = ({ start, end }: Span) =>
    /[\p{L}\p{N}][:@_]$/u.test(text.slice(0, start).slice(-2)) || /^[:@_][\p{L}\p{N}]/u.test(text.slice(end, end + 2));
  const found = glossary.find(text, true).filter((name) => !inWord(name) && !taken.some((time) => overlap(time, name)));
  const known = found.map((name) => {
    const entry = name.entries[0] ?? null;
    return slot(text, all, name, entry === null ? null : (SORTS[entry.kind] ?? "unknown"), entry);
  });
  taken.push(...found);
  const ordinals = ordinalsIn(text).filter((span) => !taken.some((other) => overlap(other, span)));
  taken.push(...ordinals);
  const numbered = ordinals.map((span) => slot(text, all, span, "document", null));
  const unknown = properRuns(text, all, taken).map((span) => slot(text, all, span, null, null));
  return [...known, ...numbered, ...unknown].sort((a, b) => a.start - b.start);
}

/** "The 36th report", and "the 36th" alone. */
function ordinalsIn(text: string): Span[] {
  const found = text.matchAll(
    /(?<![\p{L}\p{N}])\d{1,3}(?:st|nd|rd|th)(?: (?:report|edition|review))?(?![\p{L}\p{N}])/gu,
  );
  return Array.from(found, (match) => ({ start: match.index, end: match.index + match[0].length }));
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function slot(
  text: string,
  all: readonly Token[],
  { start, end }: Span,
  sort: Sort | null,
  entry: GlossaryEntry | null,
): NameSlot {
  const surface = text.slice(start, end);
  const first = all.findIndex((token) => token.end > start);
  const before = all[first - 1];
  const determiner = before !== undefined && DETERMINERS.has(before.surface.toLowerCase()) ? before : null;
  const leading = determiner === null ? before : all[first - 2];
  const word = leading?.surface.toLowerCase() ?? "";
  const isAccording = word === "to" && all[all.indexOf(leading as Token) - 1]?.surface.toLowerCase() === "according";
  const isAdjacent = leading !== undefined && /^\s+(?:\p{L}+\s+)?$/u.test(text.slice(leading.end, start));
  const preposition = !isAdjacent ? null : isAccording ? "according to" : PREPOSITIONS.has(word) ? word : null;
  return {
    start,
    end,
    written: entry === null ? surface : asWritten(surface, entry),
    sort: sort ?? guessed(surface, preposition, leading, determiner !== null),
    entry,
    preposition,
    from: determiner?.start ?? start,
    determiner: determiner?.surface ?? null,
    isAdjective: entry !== null && isAdjective(surface, entry),
  };
}

/** "ttp" as "TTP": the alias that was typed, with its own capitals. */
function asWritten(surface: string, entry: GlossaryEntry): string {
  if (surface !== surface.toLowerCase()) return surface;
  const typed = fold(surface);
  return [entry.name, ...entry.aliases].find((alias) => fold(alias) === typed && alias !== surface) ?? surface;
}

function isAdjective(surface: string, entry: GlossaryEntry): boolean {
  const isLike = fold(surface).slice(0, 3) === fold(entry.name).slice(0, 3);
  if (entry.kind !== "place" || fold(surface) === fold(entry.name)) return false;
  return (isLike || entry.name.includes(" ")) && /(?:i|an|ese|ish|afghan)s?$/iu.test(surface);
}

/** The adjective of a place, where the glossary has one: "Afghan" of Afghanistan. */
export function adjectiveOf(entry: GlossaryEntry): string | null {
  return entry.aliases.find((alias) => isAdjective(alias, entry) && !alias.endsWith("s")) ?? null;
}

/** What a name that no glossary has may be, from its own last word and from what stands before it. */
function guessed(surface: string, preposition: string | null, before: Token | undefined, hasArticle: boolean): Sort {
  const parts = surface.toLowerCase().split(/[\s-]+/);
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  if (EVENT_NOUNS.has(last)) return "event";
  if (DOCUMENT_NOUNS.has(last)) return "document";
  if (parts.some((part) => GROUP_NOUNS.has(part))) return "body";
  if (TITLES.has(first) || TITLES.has(before?.surface.toLowerCase() ?? "")) return "person";
  if (PLACE_NOUNS.has(first) || PLACE_NOUNS.has(last)) return "place";
  if (preposition !== null && PLACE_PREPOSITIONS.has(preposition)) return "place";
  // "The Houthis", "the FARC".
  if (hasArticle && /^\p{Lu}\S+s$/u.test(surface)) return "group";
  if (hasArticle && /^\p{Lu}[\p{Lu}\d-]+$/u.test(surface)) return "body";
  return "unknown";
}

/** Runs of capitalised words that the start of a sentence does not explain. */
function properRuns(text: string, all: readonly Token[], taken: readonly Span[]): Span[] {
  const capitals = all.filter((token) => isCapital(token)).length;
  if (all.length > 4 && capitals > all.length * 0.7) return [];
  const free = (token: Token | undefined): token is Token =>
    token !== undefined && !taken.some((span) => overlap(span, token));
  const runs: Span[] = [];
  for (let first = 0; first < all.length; ) {
    const token = all[first];
    if (!free(token) || !isCapital(token) || !mayBegin(text, all, first)) {
      first += 1;
      continue;
    }
    let last = first;
    for (let next = first + 1; next < all.length; next += 1) {
      const word = all[next];
      if (!free(word) || !/^(?:[ \u00a0]|-)$/.test(text.slice(all[next - 1]?.end, word.start))) break;
      if (isCapital(word)) last = next;
      else if (!CONNECTORS.has(word.surface) || next - last > 2) break;
    }
    if (!isAfterAuxiliary(all, first)) last = withNoun(text, all, last);
    runs.push({ start: token.start, end: endOfName(all[last] ?? token) });
    first = last + 1;
  }
  return runs;
}

function isCapital({ surface }: Token): boolean {
  return /^\p{Lu}/u.test(surface) && surface !== "I" && !/^I['’]/.test(surface);
}

/** "Did the Houthis attack": what follows is a verb. */
function isAfterAuxiliary(all: readonly Token[], first: number): boolean {
  const before = all[first - 1]?.surface.toLowerCase() ?? "";
  const leading = DETERMINERS.has(before) ? (all[first - 2]?.surface.toLowerCase() ?? "") : before;
  return /^(?:did|do|does|can|could|will|would|should|may|might|must)$/.test(leading);
}

/** "The Nordvik oil spill", "the Orlov group": with the noun that says what it is. */
function withNoun(text: string, all: readonly Token[], last: number): number {
  for (const next of [last + 1, last + 2]) {
    const word = all[next];
    if (word === undefined || text.slice(all[next - 1]?.end, word.start) !== " ") return last;
    const lower = word.surface.toLowerCase().replace(/['’]s$/u, "");
    if (
      EVENT_NOUNS.has(lower) ||
      (next === last + 1 && (GROUP_NOUNS.has(lower) || DOCUMENT_NOUNS.has(lower) || PLACE_NOUNS.has(lower)))
    )
      return next;
    if (STOP_WORDS.has(lower) || /(?:s|ed)$/.test(lower)) return last;
  }
  return last;
}

/** "Peru's" is Peru. */
function endOfName({ surface, start, end }: Token): number {
  const possessive = /['’]s$/u.exec(surface);
  return possessive === null ? end : start + possessive.index;
}

function mayBegin(text: string, all: readonly Token[], index: number): boolean {
  const token = all[index];
  if (token === undefined) return false;
  const lower = token.surface.toLowerCase();
  const isAcronym = /^\p{Lu}[\p{Lu}\d]+/u.test(token.surface);
  if (isAcronym) return true;
  if (STOP_WORDS.has(lower)) return false;
  const startsSentence = index === 0 || /[.!?:]\s*$/.test(text.slice(all[index - 1]?.end ?? 0, token.start));
  if (!startsSentence) return !QUESTION_WORDS.has(lower) || TITLES.has(lower) || PERSON_NOUNS.has(lower);
  // The first word of a sentence is a name when it is all that there is, or when more of the name follows.
  const next = all[index + 1];
  if (QUESTION_WORDS.has(lower)) return false;
  return all.length <= 2 || (next !== undefined && isCapital(next) && !STOP_WORDS.has(next.surface.toLowerCase()));
}
