/** Which language the bot speaks to whom. */

import { english, type Strings } from "./strings/en.ts";

export type { Strings } from "./strings/en.ts";

/** By primary language subtag. */
const LANGUAGES: Readonly<Record<string, Strings>> = { en: english };

/** @param locale an interface language, as "en-GB"; a language that the bot does not speak falls back to English. */
export function stringsFor(locale: string | null): Strings {
  const language = locale?.split("-")[0]?.toLowerCase() ?? "en";
  return LANGUAGES[language] ?? english;
}
