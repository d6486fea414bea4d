/** Which language the bot speaks to whom. */

import { english, type Strings } from "./strings/en.ts";
import { urdu } from "./strings/ur.ts";

export type { Strings } from "./strings/en.ts";

/** By primary language subtag; DISCORD_LANGUAGE may be any of them. */
export const LANGUAGES: Readonly<Record<string, Strings>> = { en: english, ur: urdu };

/** @param locale an interface language, as "en-GB"; a language that the bot does not speak falls back to English. */
export function stringsFor(locale: string | null): Strings {
  const language = locale?.split("-")[0]?.toLowerCase() ?? "en";
  return (Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined) ?? english;
}
