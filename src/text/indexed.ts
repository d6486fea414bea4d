/** What of a passage is indexed: its words with those of its title and headings, and the text to embed. */

import type { Sentence, Span } from "../domain/passage.ts";
import type { Glossary } from "./glossary.ts";
import { tokenise } from "./tokens.ts";

/** What a passage is about, as far as the index uses it. */
export interface IndexedPassage {
  /** Of the report. */
  readonly title: string;
  readonly headings: readonly string[];
  readonly reading: string;
}

/** A heading path longer than this adds noise rather than context, and would crowd out the passage. */
const MAX_CONTEXT_CHARACTERS = 200;

/** The terms of a passage for the lexical index: words and names of text, headings and title. */
export function passageTerms(passage: IndexedPassage, glossary: Glossary): string[] {
  const context = contextOf(passage.title, passage.headings);
  const terms = [...tokenise(context), ...tokenise(passage.reading)];
  for (const text of [context, passage.reading]) {
    for (const name of glossary.find(text)) for (const entry of name.entries) terms.push(glossary.term(entry));
  }
  return terms;
}

/**
 * Title (which may be empty) and headings as one line; file names read as words. Of a path that is too long the outer
 * headings are left out first: the innermost says most, and may be the head of a table, without which its rows say
 * nothing.
 */
export function contextOf(title: string, headings: readonly string[]): string {
  const [first = "", ...rest] = [title.replaceAll("_", " "), ...headings].filter((part) => part !== "");
  const joined = (parts: readonly string[]) => parts.join(". ").replace(/\s+/g, " ").trim();
  let inner = rest;
  while (inner.length > 1 && joined([first, ...inner]).length > MAX_CONTEXT_CHARACTERS) inner = inner.slice(1);
  const line = joined([first, ...inner]);
  if (line.length <= MAX_CONTEXT_CHARACTERS) return line;
  const last = joined(inner);
  // A long title gives way to a short heading, and a long heading to nothing.
  const isShort = last !== "" && last.length <= MAX_CONTEXT_CHARACTERS / 2;
  return isShort
    ? joined([cutAt(first, MAX_CONTEXT_CHARACTERS - last.length - 2), last])
    : cutAt(line, MAX_CONTEXT_CHARACTERS);
}

function cutAt(line: string, length: number): string {
  const cut = line.replace(/\s+/g, " ").trim().slice(0, length);
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2)).replace(/[\ud800-\udbff]$/, "");
}

/**
 * The text that is embedded for a passage, with the span of each sentence in it: context, then the sentences,
 * white space folded. Heading lines inside the passage are in the context already.
 * @param reading the passage's reading view; sentences are offsets into the report, of which it begins at `start`.
 */
export function embeddingText(
  context: string,
  reading: string,
  start: number,
  sentences: readonly Sentence[],
): { text: string; spans: Span[] } {
  let text = context === "" ? "" : `${context}.`;
  const spans: Span[] = [];
  for (const sentence of sentences) {
    const words = reading
      .slice(sentence.start - start, sentence.end - start)
      .replace(/\s+/g, " ")
      .trim();
    if (text !== "") text += " ";
    spans.push({ start: text.length, end: text.length + words.length });
    text += words;
  }
  return { text, spans };
}
