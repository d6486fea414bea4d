/** Sentences on how sources were read and graded, and not on what happened. */

import type { Span } from "../domain/passage.ts";
import { isTeller } from "./names.ts";

/** What was seen of a source, how it is graded, or what follows from its wording. */
const OF_METHOD =
  /\b(?:graded? [A-F]\b|grades? (?:of|for) (?:a |the )?sources?|weakly sourced|machine-reworded|(?:the )?(?:pages|texts|copies|excerpts?) (?:cited|seen|read|used)(?! by\b)|cited here|in the (?:excerpt|copy|text|pages) seen|seen only in part|cut off|not visible in|only an observation|interested parties|what was said, not|by our own|the text of about|a hedge|as pure opinion|which resembles?|left unnamed|not been (?:checked|compared)|misprint\w*|reached only through|proxy copy|source grad\w+|version \d(?:\.\d)? of)\b/iu;

/** Whether a sentence tells newcomers of the method of its report alone. */
export function isOfMethod(reading: string): boolean {
  return OF_METHOD.test(reading);
}

/** "The Monitoring Team's 35th report", "the Council's Monitoring Team": its text or a part of it, and not what it does. */
const OF_ITS_TEXT =
  /^(?:['’]s?)?\s(?:[\p{L}\d-]+\s){0,3}(?:reports?|listing|pages?|texts?|statements?|releases?|figures?|data|counts?)\b|^['’]s?\s(?:\p{Lu}[\p{L}-]*\s(?:and\s)?){2,}/u;

/** Whether a name stands in a sentence as a source: it tells, or its texts do. */
export function isSource(reading: string, name: Span): boolean {
  return isTeller(reading, name) || OF_ITS_TEXT.test(reading.slice(name.end));
}
