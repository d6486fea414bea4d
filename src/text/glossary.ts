/** Names and their aliases: finding them in text, so that "Pakistani Taliban" and "TTP" are one subject. */

import { SitrepError } from "../domain/errors.ts";
import type { PartialDate } from "../domain/report.ts";
import { fold } from "./tokens.ts";
import { MONTH_ABBREVIATIONS, QUESTION_WORDS, STOP_WORDS } from "./words.ts";

/** A name of the field with everything else that it is called. */
export interface GlossaryEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  /** armed-group, organisation, think-tank, government-body, person, place, operation, event, document, term. */
  readonly kind: string;
  /** One line that says what or who it is. */
  readonly gloss: string;
  /** Those aliases that other entries share. */
  readonly ambiguous: readonly string[];
  /** Of an event, its day, month or year: what is "since" it is since then. Absent where nobody has said. */
  readonly date?: PartialDate | undefined;
}

/** A name found in a text. */
export interface FoundName {
  readonly start: number;
  readonly end: number;
  /** The words as they stand in the text. */
  readonly surface: string;
  /** More than one where the words are ambiguous. */
  readonly entries: readonly GlossaryEntry[];
}

export interface Glossary {
  readonly entries: readonly GlossaryEntry[];
  /**
   * The longest names in a text, from left to right, not overlapping.
   * @param loose also takes acronyms written in lower case ("ttp"), as people type them in questions.
   */
  find(text: string, loose?: boolean): FoundName[];
  /** The index term of an entry; starts with "@", which no word does. */
  term(entry: GlossaryEntry): string;
}

interface Node {
  readonly next: Map<string, Node>;
  entries: { entry: GlossaryEntry; alias: string }[];
}

const PIECE = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:'(?!s\b)\p{L}+)*/gu;
/** Acronyms that are also English words: they must be written in capitals, in a question as well. */
const COMMON_WORDS = new Set([
  "tip",
  "let",
  "fata",
  "mb",
  "fo",
  "is",
  "it",
  "un",
  "us",
  "uk",
  "pm",
  "dg",
  "sg",
  "ct",
  "foreign",
  "kp",
]);

/**
 * Prepares a glossary for finding. Building and finding are linear in the text.
 * @throws {SitrepError} "bad-corpus" when two entries have one name.
 */
export function createGlossary(entries: readonly GlossaryEntry[]): Glossary {
  const root: Node = { next: new Map(), entries: [] };
  const names = new Set<string>();
  for (const entry of entries) {
    const name = fold(entry.name);
    if (names.has(name)) {
      throw new SitrepError("bad-corpus", `The glossary has two entries named ${JSON.stringify(entry.name)}`);
    }
    names.add(name);
    for (const alias of new Set([entry.name, ...entry.aliases])) insert(root, entry, alias);
  }
  return { entries, find: (text, loose = false) => find(root, text, loose), term: termOf };
}

function termOf(entry: GlossaryEntry): string {
  return `@${fold(entry.name).replace(/[^\p{L}\p{N}]+/gu, "-")}`;
}

/** Apostrophes inside a name ("Da'esh") do not part it; hyphens, full stops and spaces do, and all alike. */
function pieces(text: string): { piece: string; start: number; end: number }[] {
  const straight = text.replace(/[’‘`´]/g, "'");
  return Array.from(straight.matchAll(PIECE), (match) => ({
    piece: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function insert(root: Node, entry: GlossaryEntry, alias: string): void {
  let node = root;
  for (const { piece } of pieces(alias)) {
    let next = node.next.get(piece);
    if (next === undefined) {
      next = { next: new Map(), entries: [] };
      node.next.set(piece, next);
    }
    node = next;
  }
  if (node !== root && !node.entries.some((known) => known.entry === entry)) node.entries.push({ entry, alias });
}

function find(root: Node, text: string, loose: boolean): FoundName[] {
  const words = pieces(text);
  const found: FoundName[] = [];
  for (let first = 0; first < words.length; ) {
    let node: Node | undefined = root;
    let best: { last: number; node: Node } | null = null;
    for (let last = first; last < words.length; last += 1) {
      node = node.next.get(words[last]?.piece ?? "");
      if (node === undefined) break;
      if (last > first && !joins(text.slice(words[last - 1]?.end, words[last]?.start), words[last - 1]?.piece ?? ""))
        break;
      if (node.entries.length > 0) best = { last, node };
    }
    const start = words[first]?.start ?? 0;
    const end = words[best?.last ?? first]?.end ?? 0;
    const surface = text.slice(start, end);
    const entries = best?.node.entries.filter(({ alias }) => writtenLike(surface, alias, loose)) ?? [];
    if (best !== null && entries.length > 0) {
      found.push({ start, end, surface, entries: entries.map(({ entry }) => entry) });
      first = best.last + 1;
    } else first += 1;
  }
  return found;
}

/** Whether two words with this between them can belong to one name. A full stop only follows an initial or "Sept". */
function joins(gap: string, before: string): boolean {
  if (/^(?:\s*|\s?[-‐‑/,]\s?)$/.test(gap)) return true;
  return (before.length <= 2 || MONTH_ABBREVIATIONS.has(before)) && /^\.\s?$/.test(gap);
}

/** Acronyms keep their capitals, or "IS" would be found in every sentence; other names may be in any case. */
function writtenLike(surface: string, alias: string, loose: boolean): boolean {
  const isAcronym =
    /^[\p{L}\p{N}\-/]{2,6}$/u.test(alias) && (alias === alias.toUpperCase() || /^\p{Lu}\p{Ll}\p{Lu}$/u.test(alias));
  if (!isAcronym) return true;
  if (surface === alias || surface === surface.toUpperCase()) return true;
  const word = fold(surface);
  return loose && word.length >= 3 && !STOP_WORDS.has(word) && !QUESTION_WORDS.has(word) && !COMMON_WORDS.has(word);
}
