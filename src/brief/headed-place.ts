/** The place that a heading gives to all that stands under it. */

import type { Glossary } from "../text/glossary.ts";

const NAMES = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
let countries: ReadonlySet<string> | null = null;

/** The names of countries in English. */
function countryNames(): ReadonlySet<string> {
  if (countries !== null) return countries;
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`));
  // Private codes and groups of countries have names as well, which no heading has.
  countries = new Set(codes.map((code) => NAMES.of(code)).filter((name) => name !== undefined));
  return countries;
}

/**
 * "Mali", "Country reports: Mali" and "Rival totals for Narva in 2024" are of a place; "Narva's operations" and "The
 * Narva talks" are not, and neither is what names several.
 */
export function placeOfHeading(heading: string, glossary: Glossary): string | null {
  const last = heading.split(": ").at(-1)?.trim() ?? "";
  if (countryNames().has(last)) return last;
  const places = glossary.find(heading).filter(({ entries }) => entries.some(({ kind }) => kind === "place"));
  const [place] = places;
  if (place === undefined || places.length > 1) return null;
  const [before, after] = [heading.slice(0, place.start), heading.slice(place.end)];
  const isWhere = /(?:^|: |\b(?:in|for|across)\s(?:the\s)?)$/u.test(before);
  return isWhere && /^(?:$|,|\s(?:in|on|from|during|since)\s)/u.test(after) ? place.surface : null;
}
