/** What stands between a speaker and the verb: adverbs, dates, brackets, who they are. */

import { MONTHS } from "../text/words.ts";

/** A date, as a pattern. */
export const DATE = `(?:about |around |early |late |mid-?)?(?:\\d{1,2}(?:st|nd|rd|th)? )?(?:${MONTHS.map((month) => month.charAt(0).toUpperCase() + month.slice(1)).join("|")})(?: \\d{1,2},?)?(?: (?:19|20)\\d\\d)?|(?:about |early |late |mid-?)?(?:19|20)\\d\\d|(?:the (?:same |previous |following )?|those |these )(?:day|week|month|year)s?|\\p{Lu}\\p{Ll}+day`;
/** What may stand between somebody and a verb: adverbs, auxiliaries, dates, brackets, who they are between commas. */
const ASIDES: readonly RegExp[] = [
  /\s(?:also|has|have|had|again|then|later|instead|further|since|did|both|all|each|still|already|once|in turn|in private|in public|at least|too|have long|himself|herself|itself|themselves|either|likewise|first|even|thus|therefore|just|nevertheless|nonetheless|however|often|sometimes|never|not|(?!family|ally|assembly|anomaly|monopoly)\p{Ll}+ly)$/u,
  new RegExp(`\\s(?:on|in|around|about|during|since|by|as of|of|for|at|from|until) (?:${DATE})$`, "u"),
  /\s\([^()]{1,80}\)$/u,
  /,?\s(?:as\s)?(?:relayed|excerpted|quoted|reported|cited|carried|seen|summari[sz]ed)\sby\s[^,;]{2,60}$/u,
  /,$/u,
];
/** A name between commas behind what its bearer is: "a later envoy, Asim Iftikhar Ahmad, said". */
const NAME_BETWEEN = /,\s(?:\p{Lu}[\p{L}.'’-]+\s?){2,5},$/u;
/** "In March, the police, ...": what stands before the first comma is no subject. */
const FRONTED =
  /^\s*(?:In|On|At|By|For|During|After|Since|As|While|When|According|However|Meanwhile|Also|Around|Under|From|Before)\b[^,]{0,28}$/u;
const BETWEEN_COMMAS = /,\s[^,;:.!?"“”]{1,160},$/u;

/** "On 4 March 2025 Amina Rafi, head of the office, said": a date without a comma, and then the subject. */
const DATED_SUBJECT = new RegExp(`^\\s*(?:In|On|Around|By|During|Since) (?:${DATE}) (?=\\S)`, "u");

function isFronted(text: string): boolean {
  return FRONTED.test(text) && !DATED_SUBJECT.test(text);
}

/** The text without what stands between a subject and its verb at its end. Not longer than it was. */
export function withoutAsides(text: string): string {
  let left = text.trimEnd();
  for (let round = 0; round < 8; round += 1) {
    const before = left;
    if (NAME_BETWEEN.test(left)) return left.slice(0, -1);
    const aside = BETWEEN_COMMAS.exec(left);
    if (aside !== null && aside.index > 0 && !isFronted(left.slice(0, aside.index))) {
      left = left.slice(0, aside.index);
    } else {
      for (const pattern of ASIDES) left = left.replace(pattern, (found) => (found === "," ? "," : "")).trimEnd();
    }
    if (left === before) break;
  }
  return left;
}
