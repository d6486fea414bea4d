/** Whether a word is one that English texts often have, and so is not mistyped where the reports happen to lack it. */

import { BUNDLED_MODEL_FILES } from "../embeddings/model-files.ts";
import { tokenizerOf } from "../embeddings/tokenizer.ts";

/** Read at the first word that no report has, which takes 50 ms once; only the list of words is used. */
const tokenizer = tokenizerOf(BUNDLED_MODEL_FILES);

/**
 * The bundled model's vocabulary holds the 30,000 most frequent words and pieces of words of English texts; a word
 * that it has in one piece is common.
 * @param word in lower case.
 */
export function isCommonWord(word: string): boolean {
  return tokenizer().countTokens(word) === 1;
}

/** What a stemmer takes off the end of a word. */
const ENDINGS = ["", "e", "s", "es", "ed", "er", "al", "ial", "ing", "ion", "ity"];

/** Whether a term of the index is the stem of a common word: "sever" of "severe", "ralli" of "rally". */
export function isCommonStem(term: string): boolean {
  const word = term.replace(/i$/, "y");
  return isCommonWord(word) || ENDINGS.some((ending) => isCommonWord(term + ending));
}
