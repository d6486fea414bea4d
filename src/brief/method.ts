/** Sentences on how sources were read and graded, and not on what happened. */

/** What was seen of a source, how it is graded, or what follows from its wording. */
const OF_METHOD =
  /\b(?:graded? [A-F]\b|grades? (?:of|for) (?:a |the )?sources?|weakly sourced|machine-reworded|(?:the )?(?:pages|texts|copies|excerpts?) (?:cited|seen|read|used)(?! by\b)|cited here|in the (?:excerpt|copy|text|pages) seen|seen only in part|cut off|not visible in|only an observation|interested parties|what was said, not|by our own|the text of about|a hedge|as pure opinion|which resembles?|left unnamed|not been (?:checked|compared)|misprint\w*|reached only through|proxy copy|source grad\w+|version \d(?:\.\d)? of)\b/iu;

/** Whether a sentence tells newcomers of the method of its report alone. */
export function isOfMethod(reading: string): boolean {
  return OF_METHOD.test(reading);
}
