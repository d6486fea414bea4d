/** Things that a question speaks of without a name: "the ceasefire in Gaza". */

import type { Glossary } from "../../text/glossary.ts";
import { type Token, tokens } from "../../text/tokens.ts";
import { QUESTION_WORDS, STOP_WORDS } from "../../text/words.ts";
import { namesIn } from "./names.ts";
import { AUXILIARIES, PREPOSITIONS, SAYING } from "./words.ts";

const LONGEST = 3;

/** The first phrase that begins with "the" and is no name alone, with the name after it; null where there is none. */
export function definiteIn(question: string, glossary: Glossary): string | null {
  const all = tokens(question);
  const names = namesIn(question, glossary);
  for (const [index, token] of all.entries()) {
    if (token.surface.toLowerCase() !== "the") continue;
    let last = index;
    while (last - index < LONGEST && isNominal(question, all, last + 1)) last += 1;
    const after = all[last + 1]?.surface.toLowerCase() ?? "";
    // "When did the ceasefire begin": a verb without its ending comes last.
    const isClause = /^(?:did|do|does)$/.test(all[index - 1]?.surface.toLowerCase() ?? "");
    if (isClause && last - index > 1 && !PREPOSITIONS.has(after)) last -= 1;
    const [first, end] = [all[index + 1], all[last]];
    if (last === index || first === undefined || end === undefined) continue;
    if (names.some((name) => name.start <= first.start && end.end <= name.end)) continue;
    const name = names.find(({ from }) => from === all[last + 2]?.start);
    const isWithName = name !== undefined && /^(?:of|in|at|on|near|between)$/.test(after);
    return question.slice(token.start, isWithName ? name.end : end.end);
  }
  return null;
}

function isNominal(question: string, all: readonly Token[], index: number): boolean {
  const token = all[index];
  if (token === undefined || token.numeric) return false;
  if (!/^[\s-]$/.test(question.slice(all[index - 1]?.end, token.start))) return false;
  const lower = token.surface.toLowerCase();
  return (
    ![STOP_WORDS, QUESTION_WORDS, PREPOSITIONS, AUXILIARIES, SAYING].some((words) => words.has(lower)) &&
    !/.ed$/.test(lower)
  );
}
