/** Words that reports use for one another where the thesaurus, which is for questions, has them apart. */

import { tokens } from "../text/tokens.ts";

const SAME: readonly ReadonlySet<string>[] = [
  "pay paid payment payments give gave given monthly",
  "list listed listing put place placed add added sanctions",
  "rank ranked ranks rate rated place placed",
  "behind after",
].map((words) => new Set(tokens(words).map(({ term }) => term)));

/** The terms that say the same as a term, itself among them; null where there are no others. */
export function sameWords(term: string): ReadonlySet<string> | null {
  return SAME.find((members) => members.has(term)) ?? null;
}
