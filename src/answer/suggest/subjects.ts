/** What questions can be about: the names of the glossary, and others that reports write often. */

import type { Passage } from "../../domain/passage.ts";
import { createGlossary, type Glossary, type GlossaryEntry } from "../../text/glossary.ts";
import { MONTH_ABBREVIATIONS, MONTHS, STOP_WORDS } from "../../text/words.ts";

/** A name, with the words that a question has for it. */
export interface Subject {
  readonly entry: GlossaryEntry;
  /** As reports mostly write it, with "the" where they mostly do: "the TTP". */
  readonly shown: string;
  readonly isPlural: boolean;
  /** Passages of those that were read. */
  readonly passages: number;
}

export interface Subjects {
  /** Finds what the subjects are called. */
  readonly finder: Glossary;
  /** Whether reports write of a name that no entry has as of a place ("in Mali"). */
  isPlace(name: string): boolean;
  /** null for an entry that no passage of those that were read uses. */
  of(entry: GlossaryEntry): Subject | null;
}

/** Passages that have to use a name that no glossary has, where few and where many are read. */
const LEAST_PASSAGES = { few: 2, many: 3 };
const MANY = 100;
const MOST_FOUND = 60;

/** Gathers subjects from passages, one after the other, so that the caller can pause between them. */
export interface SubjectCollector {
  add(passage: Passage): void;
  subjects(): Subjects;
}

interface Written {
  passages: number;
  /** How often a verb tells that it is many, less how often that it is one. */
  plurals: number;
  readonly surfaces: Map<string, { times: number; alone: number; articles: number }>;
}

export function subjectCollector(glossary: Glossary): SubjectCollector {
  const known = new Map<GlossaryEntry, Written>();
  const unknown = new Map<string, Written & { places: number; persons: number; groups: number }>();

  function note(written: Written, surface: string, text: string, start: number, end: number): void {
    const seen = written.surfaces.get(surface) ?? { times: 0, alone: 0, articles: 0 };
    const isAlone = !isBeforeNoun(text, end);
    const verb = /^\s(?:(are|were|have)|(is|was|has))\b/.exec(text.slice(end, end + 8));
    written.plurals += verb === null ? 0 : verb[1] === undefined ? -1 : 1;
    written.surfaces.set(surface, {
      times: seen.times + 1,
      alone: seen.alone + (isAlone ? 1 : 0),
      articles: seen.articles + (isAlone && isAfterArticle(text, start) ? 1 : 0),
    });
  }

  let read = 0;

  function add(passage: Passage): void {
    read += 1;
    const { reading } = passage;
    const here = new Set<unknown>();
    const names = glossary.find(reading);
    for (const { start, end, surface, entries } of names) {
      const entry = meantBy(entries);
      if (entry === null) continue;
      const written = known.get(entry) ?? { passages: 0, plurals: 0, surfaces: new Map() };
      known.set(entry, written);
      if (!here.has(entry)) written.passages += 1;
      here.add(entry);
      note(written, surface.replace(/\s+/g, " "), reading, start, end);
    }
    for (const sentence of passage.sentences) {
      const from = sentence.start - passage.start;
      const text = reading.slice(from, sentence.end - passage.start);
      for (const match of text.matchAll(PHRASE)) {
        const surface = trimmed(match[0]);
        const start = from + match.index + match[0].indexOf(surface);
        const end = start + surface.length;
        if (!isName(surface, match.index === 0) || names.some((name) => name.start < end && start < name.end)) continue;
        const written = unknown.get(surface) ?? {
          passages: 0,
          plurals: 0,
          surfaces: new Map(),
          places: 0,
          persons: 0,
          groups: 0,
        };
        unknown.set(surface, written);
        if (!here.has(surface)) written.passages += 1;
        here.add(surface);
        note(written, surface, reading, start, end);
        const before = reading.slice(Math.max(0, start - 20), start);
        const after = reading.slice(end, end + 20);
        if (/\b(?:in|near|from|across|outside)\s$/.test(before)) written.places += 1;
        if (TITLE.test(before)) written.persons += 1;
        if (/^\s(?:group|fighters|militants|rebels|militia|malware|campaign|actors?)\b/.test(after))
          written.groups += 1;
      }
    }
  }

  function subjects(): Subjects {
    const found = [...unknown]
      .filter(([, { passages }]) => passages >= (read < MANY ? LEAST_PASSAGES.few : LEAST_PASSAGES.many))
      .sort(([left, one], [right, other]) => other.passages - one.passages || (left < right ? -1 : 1))
      .slice(0, MOST_FOUND);
    const made = new Map<GlossaryEntry, Written>();
    const folded = new Set(glossary.entries.map(({ name }) => name.toLowerCase()));
    for (const [name, written] of found) {
      if (folded.has(name.toLowerCase())) continue;
      folded.add(name.toLowerCase());
      made.set({ name, aliases: [], kind: kindOf(name, written), gloss: "", ambiguous: [] }, written);
    }
    const finder = createGlossary([...glossary.entries, ...made.keys()]);
    const all = new Map([...known, ...made].map(([entry, written]) => [entry, subjectOf(entry, written)]));
    return {
      finder,
      of: (entry) => all.get(entry) ?? null,
      isPlace: (name) => (unknown.get(name)?.places ?? 0) > 1,
    };
  }

  return { add, subjects };
}

/** What a name stands for in a report: of a group and a term of the trade with one acronym, the group. */
export function meantBy(entries: readonly GlossaryEntry[]): GlossaryEntry | null {
  const [entry, ...others] = entries.length === 1 ? entries : entries.filter(({ kind }) => kind !== "term");
  return entry === undefined || others.length > 0 ? null : entry;
}

/** One to five words with capitals, "of" and the like between them. */
const PHRASE =
  /(?<![\p{L}\p{N}'’-])\p{Lu}[\p{L}\p{N}'’-]*(?:\s(?:(?:of|for|de|al|bin|du)\s)?(?:the\s)?\p{Lu}[\p{L}\p{N}'’-]*){0,4}/gu;
const TITLE = /\b(?:President|Minister|Mr\.?|Mrs\.?|Ms\.?|General|Gen\.|Ambassador|Secretary|Sheikh|Mullah|Dr\.?)\s$/;
const NO_NAMES = new Set([
  ...MONTHS,
  ...MONTH_ABBREVIATIONS.keys(),
  ..."monday tuesday wednesday thursday friday saturday sunday section table figure chapter article annex page".split(
    " ",
  ),
  ..."part appendix note box act law constitution report english mr mrs ms president government minister".split(" "),
  ..."authorities ngos ngo north south east west northern southern eastern western international national".split(" "),
]);
const EVENT = /\b(?:attacks?|bombings?|strikes?|massacre|explosion|blast|ambush|shooting|raid|siege|coup|war)$/iu;

function trimmed(phrase: string): string {
  const words = phrase.replace(/['’]s$/u, "").split(" ");
  while (words.length > 1 && STOP_WORDS.has((words[0] ?? "").toLowerCase())) words.shift();
  return words.join(" ");
}

/** One word alone is a name only inside a sentence: the first word of one has a capital anyway. */
function isName(surface: string, isFirst: boolean): boolean {
  const words = surface.toLowerCase().split(" ");
  if (words.every((word) => NO_NAMES.has(word) || STOP_WORDS.has(word) || word.length < 3)) return false;
  if (NO_NAMES.has(words.at(-1) ?? "")) return false;
  if (words.length > 1) return !isFirst || !/^[A-Z\s]+$/.test(surface);
  return /^\p{Lu}{3,}\d*$/u.test(surface) || !isFirst;
}

function kindOf(
  name: string,
  { surfaces, places, persons, groups }: Written & { places: number; persons: number; groups: number },
): string {
  const times = [...surfaces.values()].reduce((sum, each) => sum + each.times, 0);
  if (EVENT.test(name)) return "event";
  if (persons * 5 >= times) return "person";
  if (groups * 5 >= times) return "armed-group";
  if (places * 4 >= times) return "place";
  return "other";
}

function isAfterArticle(text: string, start: number): boolean {
  return /\bthe\s$/i.test(text.slice(Math.max(0, start - 5), start));
}

/** Whether a noun follows, whose the article then is: "the Blind Eagle group". */
function isBeforeNoun(text: string, end: number): boolean {
  const after = /^\s(\p{Ll}+)/u.exec(text.slice(end, end + 20));
  return after !== null && !STOP_WORDS.has(after[1] ?? "") && !/^(?:said|says|told)$/.test(after[1] ?? "");
}

function subjectOf(entry: GlossaryEntry, { passages, plurals, surfaces }: Written): Subject {
  const own = new Set([entry.name, ...entry.aliases].filter((alias) => !isDoubtful(alias, entry)));
  const usable = [...surfaces].filter(([surface]) => own.has(surface));
  const [surface, { alone, articles }] = usable.sort(
    ([left, one], [right, other]) => other.times - one.times || (left < right ? -1 : 1),
  )[0] ?? [entry.name, { times: 1, alone: 1, articles: 0 }];
  // A short form of these is clear only where it was introduced: "the train attack", "Akram", "the 36th report".
  const written = NAMED_IN_FULL.has(entry.kind) ? entry.name : surface;
  const bare = written.replace(/^the\s/i, "");
  const takesArticle =
    TAKES_ARTICLE.has(entry.kind) || NOUN_LAST.test(bare) || (articles * 2 > alone && entry.kind !== "person");
  const isPlural =
    plurals > 0 || /(?:strikes|attacks|bombings|authorities|forces|protests|reports)(?:$| o[nf] )/i.test(bare);
  return { entry, shown: takesArticle ? `the ${bare}` : bare, isPlural, passages };
}

const NAMED_IN_FULL = new Set(["person", "place", "event", "document", "government-body"]);
const TAKES_ARTICLE = new Set(["event", "document"]);
/** Names that end in a common noun, or consist of some, stand with an article in a sentence of one's own. */
const NOUN_LAST =
  /(?:^United \p{Lu}\p{L}+|\b(?:Brigade|Army|Front|Group|Committee|Team|Council|Ministry|Office|Mission|Department|Party|Movement|Union|Commission|Court|Agency|Protocol|Code|Taliban|Nations|(?:Ministry|Office|Mission|Department) of .*))$/iu;

/** Aliases of two letters, and those that can mean something else unless they are an acronym of the name. */
function isDoubtful(alias: string, { ambiguous, name }: GlossaryEntry): boolean {
  if (alias.length < 3) return true;
  if (!ambiguous.includes(alias)) return false;
  const initials = name.split(/[\s-]+/).map((word) => word[0]?.toUpperCase());
  return ![...alias].every((letter) => initials.includes(letter));
}
