/** Whether a question asks for how things are now, so that the newest figure is the answer. */

import type { Span } from "../domain/passage.ts";

/** Words that ask for the newest, wherever they stand. "Later" and "recently" only say when something was. */
const NEWEST =
  /\b(?:latest|newest|most recent(?:ly)?|freshest|up[\s-]to[\s-]date|now|nowadays|current(?:ly)?|at present|presently|at the moment|these days|as of today|today|as things stand|so far|to date)\b/giu;
/** "At the latest" is a bound, "for now" a stretch, an electric current no wish for news, and "India Today" a paper. */
const NOT_MEANT_BEFORE: readonly [RegExp, RegExp][] = [
  [/^latest$/iu, /\bat the\s+$/iu],
  [/^now$/iu, /\b(?:for|just|every|before)\s+$/iu],
  [/^Today$/u, /\S\s+$/u],
  [/^current$/iu, /\b(?:electric(?:al)?|ocean|cross|alternating|direct)[\s-]+$/iu],
];
/** "The now banned group", "now that", "current affairs". */
const NOT_MEANT_AFTER =
  /^(?:[\s-]+(?:defunct|deceased|dead|dissolved|banned|former|famous|infamous|known|called|renamed|named)\b|\s+(?:affairs|that)\b)/iu;
/** "Now, how many ...": said by somebody who goes on to the next thing. */
const GOES_ON =
  /^\W*(?:(?:ok|okay|so|and|right|well|alright)\b\W*)*now\b(?=\W+(?:how|what|who|whom|whose|which|when|where|why|tell|give|list|show|explain|compare|is|are|was|were|did|does|do|has|have|can|could|let)\b)/iu;
/** Characters around a word that tell whether it is meant so. */
const REACH = 24;

/** "Today's Zaman" is a paper too. */
const OF_A_NAME = /^['’]s\b/u;

/**
 * Whether a question asks for the newest that there is: "latest", "most recent", "now", "currently", "so far".
 * Any text will do; linear in its length.
 */
export function asksForLatest(text: string): boolean {
  return newestWords(text).length > 0;
}

/**
 * The words that ask for the newest, in order: they say nothing of what it is that is asked about. Linear in the
 * length of the text.
 */
export function newestWords(text: string): Span[] {
  // Only its own "now" is that of somebody who goes on: "Now, who leads it now?" asks for the newest.
  const from = GOES_ON.exec(text)?.[0].length ?? 0;
  const found: Span[] = [];
  for (const { index, 0: words } of text.matchAll(NEWEST)) {
    if (index < from) continue;
    const before = text.slice(Math.max(0, index - REACH), index);
    const after = text.slice(index + words.length, index + words.length + REACH);
    const isTurned = NOT_MEANT_BEFORE.some(([word, pattern]) => word.test(words) && pattern.test(before));
    const isNamed = /^today$/iu.test(words) && OF_A_NAME.test(after);
    if (!isTurned && !isNamed && !NOT_MEANT_AFTER.test(after)) found.push({ start: index, end: index + words.length });
  }
  return found;
}
