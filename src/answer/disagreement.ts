/** Figures for the same thing and time that differ between the claims of an answer. */

import type { Claim, Disagreement } from "../domain/answer.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { notComparedIn } from "./differing.ts";
import type { Candidate } from "./evidence.ts";
import { differingGroups, isOfOneThing, type QuotedFigure, shownGroup } from "./side-by-side.ts";
import { talliesOf } from "./tally.ts";
import { aboutOf } from "./tally-words.ts";
import { type Reported, reportedBy } from "./told.ts";

/** A claim with the sentence that it was made from, and those that say the same elsewhere. */
export interface Cited {
  readonly claim: Claim;
  readonly candidate: Candidate;
  readonly same: readonly Candidate[];
}

/** Disagreements beyond these, and figures of a claim beyond those, are not looked for: nobody reads on so far. */
const MOST = 3;
const MOST_OF_A_CLAIM = 15;

/**
 * Differing figures for the same thing, time and place, side by side; only those that the question asks for where there are such. Figures of
 * other times, places, sides or definitions are none, nor are such as can both be meant ("at least 74" and 80).
 */
export function disagreementsOf(question: Question, cited: readonly Cited[], glossary: Glossary): Disagreement[] {
  // A sentence that two quotes hold is one.
  const seen = new Set<Reported["view"]>();
  const quoted = cited.flatMap((each) => {
    const fresh = quotedBy(each, glossary).filter(({ tally }) => !seen.has(tally.reported.view));
    for (const { tally } of fresh) seen.add(tally.reported.view);
    return fresh.slice(0, MOST_OF_A_CLAIM);
  });
  const apart = notComparedIn(
    cited.map(({ candidate }) => candidate.hit),
    glossary,
  );
  const asked = new Set(question.units.flatMap(({ alternatives }) => alternatives.flat()));
  const groups = differingGroups(quoted, apart).map((group) => ({
    group,
    wanted: group.filter((each) => isAsked(each, asked)).length / group.length,
  }));
  const isOneAsked = groups.some(({ wanted }) => wanted > 0);
  const shownOnes = groups
    .filter(({ wanted }) => wanted > 0 || !isOneAsked)
    .sort((a, b) => b.wanted - a.wanted || b.group.length - a.group.length)
    .map(({ group }) => shownGroup(group));
  // Of two groups of one thing, time and counter the larger one says it: "685 in all, or 461 in attacks".
  return shownOnes
    .filter((one, index) => !shownOnes.slice(0, index).some((other) => isOfOneThing(one, other)))
    .slice(0, MOST);
}

/** The figures of a claim's quote, sentence by sentence. */
function quotedBy({ claim, candidate }: Cited, glossary: Glossary): QuotedFigure[] {
  const [citation] = claim.citations;
  if (citation === undefined) return [];
  const { quote, number } = citation;
  return reportedBy(candidate.hit, glossary)
    .filter(({ sentence }) => quote.start <= sentence.start && sentence.end <= quote.end)
    .flatMap((reported) => talliesOf(reported, glossary).map((tally) => ({ tally, citation: number })));
}

function isAsked({ tally }: QuotedFigure, asked: ReadonlySet<string>): boolean {
  return tokens(aboutOf(tally)).some(({ term }) => asked.has(term));
}
