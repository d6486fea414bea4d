/** Names that a question may use for what passages call otherwise, beside those of the glossary. */

import type { AliasPair } from "../text/aliases.ts";
import { COUNTRIES } from "../text/countries.ts";
import { createGlossary, type GlossaryEntry } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";
import { isCommonWord } from "./english.ts";

/** A name in a question with what else it is called. */
export interface OtherName {
  readonly start: number;
  readonly end: number;
  /** The words as they stand in the question. */
  readonly surface: string;
  /** Each says the same; at least one. */
  readonly forms: readonly string[];
  /** Also worth searching, but not the same: the country of a capital. Empty for most. */
  readonly near: readonly string[];
}

export interface OtherNames {
  /** The longest names in a question, from left to right, not overlapping. Linear in its length. */
  find(question: string): OtherName[];
}

/** Forms of one name that are searched; the ones that most reports give come first. */
const MOST_FORMS = 4;
/** Countries and peoples whose names are other words as well when written small. */
const COMMON = new Set([
  "turkey",
  "polish",
  "poles",
  "chad",
  "jordan",
  "georgia",
  "us",
  "lao",
  "lima",
  "sofia",
  "niger",
]);
const CAPITAL = "capital";
const COUNTRY = "country";

/** None but the countries are known before any report is read. */
export const NO_OTHER_NAMES: OtherNames = { find: () => [] };

/**
 * The names of the world's countries and those that reports define.
 * @param pairs as the reports give them; one that several reports give stands there several times.
 */
export function otherNames(pairs: Iterable<AliasPair>): OtherNames {
  const entries = new Map<string, { name: string; aliases: Set<string>; kind: string; count: number }>();
  for (const { name, aliases, capital } of COUNTRIES) {
    entries.set(fold(name), { name, aliases: new Set(aliases), kind: COUNTRY, count: 0 });
    entries.set(fold(capital), { name: capital, aliases: new Set([name]), kind: CAPITAL, count: 0 });
  }
  for (const { name, alias } of pairs) {
    const key = fold(name);
    const entry = entries.get(key) ?? { name, aliases: new Set<string>(), kind: "reported", count: 0 };
    entries.set(key, entry);
    entry.count += 1;
    if (entry.kind === CAPITAL) continue;
    for (const form of [alias, ...otherNumber(alias), ...otherNumber(name)]) entry.aliases.add(form);
  }
  const counts = new Map<GlossaryEntry, number>();
  // A country is no name of its capital: only the capital leads to the country.
  const glossary = createGlossary(
    [...entries.values()].map(({ name, aliases, kind, count }) => {
      const entry = { name, aliases: kind === CAPITAL ? [] : [...aliases], kind, gloss: "", ambiguous: [] };
      counts.set(entry, count);
      return entry;
    }),
  );

  function find(question: string): OtherName[] {
    const isSmall = question === question.toLowerCase();
    return glossary.find(question, true).flatMap(({ start, end, surface, entries: found }): OtherName[] => {
      const isPlace = found.every(({ kind }) => kind === CAPITAL || kind === COUNTRY);
      // "let", "rats" and "apps" are words before they are somebody's short form.
      if (
        !isPlace &&
        surface === surface.toLowerCase() &&
        isWord(surface) &&
        !found.some(({ name }) => fold(name) === fold(surface))
      )
        return [];
      if (isPlace && !/^\p{Lu}/u.test(surface) && (!isSmall || COMMON.has(fold(surface)))) return [];
      const forms = new Map<string, string>();
      const near: string[] = [];
      for (const entry of [...found].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))) {
        if (entry.kind === CAPITAL) near.push(...(entries.get(fold(entry.name))?.aliases ?? []));
        else
          for (const form of [entry.name, ...entry.aliases]) if (!forms.has(alike(form))) forms.set(alike(form), form);
      }
      forms.delete(alike(surface));
      const said = [...forms.values()].slice(0, MOST_FORMS);
      return said.length === 0 && near.length === 0 ? [] : [{ start, end, surface, forms: said, near }];
    });
  }

  return { find };
}

const isWord = (surface: string): boolean => isCommonWord(surface) || isCommonWord(surface.replace(/s$/, ""));

/** "IEDs" and "improvised explosive devices" beside "IED" and "improvised explosive device". */
function otherNumber(name: string): string[] {
  if (/\ds?$/u.test(name) || !/\p{L}$/u.test(name)) return [];
  if (/(?<![su])s$/u.test(name)) return [name.slice(0, -1)];
  return /(?:[sxz]|ch|sh|y)$/iu.test(name) && !/\p{Lu}$/u.test(name) ? [] : [`${name}s`];
}

/** What two forms that the index does not tell apart have in common. */
const alike = (form: string): string =>
  fold(form)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/s\b/g, "");
